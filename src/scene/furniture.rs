//! What has to be read with a picture: title, legend, assumptions, day, and what is hidden.

use crate::analysis::Severity;
use crate::graph::Role;
use crate::inventory::Date;

/// In which of the theme's text colours a line of the legend is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LegendTone {
    /// About this picture: how much is hidden.
    Count,
    /// About every picture: what the marks mean.
    Key,
    /// What the signs of fixes mean.
    Fixes,
}

/// What of the map an entry of the legend shows, drawn as it is on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LegendSign {
    /// A service instance.
    Service,
    /// One of a role.
    Role(Role),
    /// One that holds credentials for others.
    ExtractionPoint,
    /// Where an attacker starts.
    EntryPoint,
    /// What must be protected most.
    CrownJewel,
    /// What stands where somebody put it.
    Pinned,
    /// What is taken to have fallen.
    Compromised,
    /// A credential without findings, or one that joins nothing.
    Credential,
    /// A credential with a finding.
    Severity(Severity),
    /// A credential that is dead.
    Dead,
    /// A credential all of whose access is assumed.
    AssumedCredential,
    /// A credential that an id alone joins across sources.
    JoinedCredential,
    /// A credential that leads to a higher tier.
    Upwards,
    /// Credentials of one service alone, folded into a badge on it.
    Folded,
    /// A service holds a credential.
    Holds,
    /// A credential grants access to a service.
    Grants,
    /// Both.
    HoldsAndGrants,
    /// A link that is assumed.
    Assumed,
    /// Both, of which it is only assumed that the service holds the credential.
    HoldsAssumed,
    /// Both, of which it is only assumed that the credential grants access.
    GrantsAssumed,
    /// In a table, a service holds a credential.
    CellHolds,
    /// In a table, a credential grants access to a service.
    CellGrants,
    /// In a table, both.
    CellBoth,
    /// In a table, a link that is assumed.
    CellAssumed,
    /// In a table seen from afar, links that lie together.
    Spot,
    /// An environment, in whose colour its services are drawn.
    Environment(u16),
    /// Marks that lie together, as one body.
    Group,
    /// Credentials that lie together, as one body.
    CredentialGroup,
    /// One of either that has a critical credential.
    CriticalGroup,
    /// One some of whose services are lit, with their number.
    LitGroup,
    /// Links that join two groups, as one.
    Bundle,
    /// A link that a fix cuts.
    Cut,
    /// A link that a fix reduces.
    Reduced,
    /// A credential that a fix ends.
    Gone,
    /// A credential that a fix replaces.
    Replaced,
}

impl LegendSign {
    /// What it means.
    pub fn words(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Role(role) => role.word(),
            Self::ExtractionPoint => "holds for others",
            Self::EntryPoint => "entry point",
            Self::CrownJewel => "crown jewel",
            Self::Pinned => "pinned",
            Self::Compromised => "compromised",
            Self::Credential => "credential, size: reach",
            Self::Severity(severity) => severity.word(),
            Self::Dead => "dead",
            Self::AssumedCredential => "only assumed access",
            Self::JoinedCredential => "one by its id across sources",
            Self::Upwards => "leads upwards",
            Self::Folded => "its own credentials",
            Self::Holds | Self::CellHolds => "holds",
            Self::Grants | Self::CellGrants => "grants",
            Self::HoldsAndGrants | Self::CellBoth => "holds and grants",
            Self::Assumed | Self::CellAssumed => "assumed",
            Self::HoldsAssumed => "grants, holds assumed",
            Self::GrantsAssumed => "holds, grants assumed",
            Self::Spot => "links",
            Self::Environment(_) => "environment",
            Self::Group => "group of services",
            Self::CredentialGroup => "group of credentials",
            Self::CriticalGroup => "has a critical credential",
            Self::LitGroup => "as 2/9: 2 of 9 are lit",
            Self::Bundle => "bundle of links",
            Self::Cut => "cut by a fix",
            Self::Reduced => "reduced by a fix: joins fewer services than before",
            Self::Gone => "secret gone",
            Self::Replaced => "replaced by another credential",
        }
    }
}

/// One entry of the legend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    /// What is drawn before the text.
    pub sign: Option<LegendSign>,
    /// The text.
    pub text: String,
}

/// Entries of the legend that begin a new line together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegendLine {
    /// The colour.
    pub tone: LegendTone,
    /// The entries, in order; a line is only broken between them.
    pub entries: Vec<LegendEntry>,
}

/// What has to be read with a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// What the picture is.
    pub title: String,
    /// The day as of which everything was assessed.
    pub as_of: Date,
    /// What the picture assumes, one entry for each assumption; hostile characters are escaped.
    pub assumptions: Vec<String>,
    /// How much is hidden or left out, and why; empty where everything is in the picture.
    pub hidden: Vec<String>,
    /// What the marks mean, with `hidden` at its top.
    pub legend: Vec<LegendLine>,
}

impl Furniture {
    /// All but the legend as one text, for those who cannot see the picture.
    pub fn description(&self) -> String {
        let as_of = format!("as of {}", self.as_of);
        let assumed = self.assumptions.iter().cloned();
        let all: Vec<String> =
            std::iter::once(as_of).chain(assumed).chain(self.hidden.iter().cloned()).collect();
        all.join("; ")
    }
}
