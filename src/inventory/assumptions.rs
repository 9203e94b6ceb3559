//! What is filled in where the inventory is silent; shown beside every answer.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Access, Cost, CredentialMark, Date, Environments, IdsAcrossSources, Level, RuleSetting,
};

/// What a row that names a credential and a service, but no access, is taken to mean.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum UnstatedAccess {
    /// The worst case: whoever runs the service has the secret, and the secret opens the service.
    #[default]
    Both,
    /// The service holds the credential.
    Holds,
    /// The credential grants the service.
    Grants,
}

impl UnstatedAccess {
    /// Every choice, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Both, Self::Holds, Self::Grants];

    /// The word in arguments, policies and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Both => "both",
            Self::Holds => "holds",
            Self::Grants => "grants",
        }
    }

    /// What it makes of a row, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Both => "holds and grants",
            Self::Holds => "holds",
            Self::Grants => "grants",
        }
    }

    /// The access that stands in for an unstated one.
    pub fn access(self) -> Access {
        match self {
            Self::Both => Access::Both,
            Self::Holds => Access::Holds,
            Self::Grants => Access::Grants,
        }
    }
}

/// Words for places where everyone who works there, or everything that runs there, can read.
const PLAIN_SIGHT: [&str; 38] = [
    "code",
    "source",
    "hard coded",
    "hardcoded",
    "script",
    "repository",
    "repositories",
    "repo",
    "git",
    "github",
    "gitlab",
    "bitbucket",
    "svn",
    "environment variable",
    "environment",
    "env",
    "env var",
    "envvar",
    "env file",
    "dotenv",
    "config",
    "configuration file",
    "config map",
    "configmap",
    "ci variable",
    "pipeline variable",
    "wiki",
    "confluence",
    "sharepoint",
    "chat",
    "slack",
    "teams",
    "email",
    "e mail",
    "laptop",
    "desktop",
    "spreadsheet",
    "excel",
];

/// Everything that is assumed rather than said, with its defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// The day on which expiry and age are judged.
    pub as_of: Date,
    /// What a row without an access means.
    pub unstated_access: UnstatedAccess,
    /// The least level of a grant from which an attacker goes on; `Unknown` stands for any.
    pub pivot_needs: Level,
    /// Whether an id that stands in several sources means one credential.
    pub ids_across_sources: IdsAcrossSources,
    /// Which environment labels are the same, and their tiers.
    pub environments: Environments,
    /// Days after which a credential counts as old (KR06).
    pub rotation_days: i32,
    /// Days without use after which a credential counts as unused (KR13).
    pub unused_days: i32,
    /// How many credentials make their holder an extraction point (KR09).
    pub extraction_point_holds: usize,
    /// Words for storage places in plain sight (KR08), in lower case.
    pub plain_sight: Vec<String>,
    /// What removing credentials costs, by id, where it is not one unit.
    pub costs: BTreeMap<String, Cost>,
    /// What removing credentials of a type costs, by type in lower case; a cost by id wins.
    pub costs_by_type: BTreeMap<String, Cost>,
    /// Whether any other credential costs as many units as it has holders, and one at least.
    pub cost_by_holders: bool,
    /// Entry points beside those that rows flag, as `service@environment`.
    pub entry_points: Vec<String>,
    /// Crown jewels beside those that rows flag, written likewise.
    pub crown_jewels: Vec<String>,
    /// What makes credentials harder to fix, by id; a cost by id wins.
    pub marks: BTreeMap<String, CredentialMark>,
    /// What becomes of rules that are not as their reasons have them, by id.
    pub rules: BTreeMap<String, RuleSetting>,
}

impl Assumptions {
    /// The defaults of the design, judged on `as_of`.
    pub fn new(as_of: Date) -> Self {
        Self {
            as_of,
            unstated_access: UnstatedAccess::Both,
            pivot_needs: Level::Unknown,
            ids_across_sources: IdsAcrossSources::Same,
            environments: Environments::default(),
            rotation_days: 90,
            unused_days: 90,
            extraction_point_holds: 10,
            plain_sight: PLAIN_SIGHT.map(str::to_owned).to_vec(),
            costs: BTreeMap::new(),
            costs_by_type: BTreeMap::new(),
            cost_by_holders: false,
            entry_points: Vec::new(),
            crown_jewels: Vec::new(),
            marks: BTreeMap::new(),
            rules: BTreeMap::new(),
        }
    }

    /// What rows without an access are taken to mean: "rows without access: holds and grants".
    pub fn unstated_access_words(&self) -> String {
        format!("rows without access: {}", self.unstated_access.words())
    }

    /// What an id in several sources is taken to mean: "an id in several sources: the same
    /// credential".
    pub fn ids_across_sources_words(&self) -> String {
        format!("an id in several sources: {}", self.ids_across_sources.words())
    }

    /// The word for what a pivot needs: `any`, `read`, `write` or `admin`.
    pub fn pivot_word(&self) -> &'static str {
        match self.pivot_needs {
            Level::Unknown => "any",
            level => level.word(),
        }
    }
}
