//! The first line of a project file, and its sections in order.

use serde::{Deserialize, Serialize};

/// How the names of project files end.
pub const PROJECT_ENDING: &str = "keyreach";

/// The format that the first line names.
pub(super) const FORMAT: &str = "keyreach-project";

/// The version that is written.
pub(super) const VERSION: u64 = 7;

/// The oldest version that can be read.
pub(super) const OLDEST: u64 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
pub(super) struct FirstLine {
    pub(super) format: String,
    pub(super) version: u64,
}

/// The sections, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Section {
    /// The as-of date and which key the fingerprints have: one entry.
    About,
    /// The assumptions.
    Policy,
    /// The fixes of the what-if list.
    Fixes,
    /// The ends between which paths are looked for: one entry.
    Ends,
    /// What is taken to have fallen, and what is done of the rotation.
    Rotation,
    /// How the map is arranged.
    Arrangement,
    /// What is hidden by hand, and filters that were given a name; not in version 1.
    Filters,
    /// The imports so far; this and what follows up to the arguments not in version 1.
    Imports,
    /// What was decided on findings, and what imports made of them.
    Findings,
    /// What was noted.
    Notes,
    /// The scenarios with their fixes.
    Scenarios,
    /// The scenes; not in versions before 3.
    Scenes,
    /// What workshops brought; not in versions before 6.
    Workshop,
    /// The fingerprints of credentials that the inventory no longer has.
    LostCredentials,
    /// What stands in the place of names where these are hidden; not in versions 1 and 2.
    Pseudonyms,
    /// What was looked at last; not in versions before 4.
    LastView,
    /// What was opened, argument by argument.
    Arguments,
    /// The files that were read.
    Files,
    /// How they were to be read.
    Reading,
    /// The tables that were read, with the account of their rows.
    Sources,
    /// Every text that rows and credentials refer to; in versions before 7, as the next two.
    Names,
    /// The distinct sets of facts on credentials.
    CredentialFacts,
    /// The distinct sets of facts on service instances.
    ServiceFacts,
    /// The service instances as rows speak of them.
    Services,
    /// The credentials, with their ids and fingerprints.
    Credentials,
    /// What becomes of credentials where ids do not match across sources.
    Parting,
    /// The rows, each with its links.
    Rows,
    /// The problems.
    Problems,
}

impl Section {
    /// Every one, in the order in which they stand.
    pub(super) const ALL: [Self; 28] = [
        Self::About,
        Self::Policy,
        Self::Fixes,
        Self::Ends,
        Self::Rotation,
        Self::Arrangement,
        Self::Filters,
        Self::Imports,
        Self::Findings,
        Self::Notes,
        Self::Scenarios,
        Self::Scenes,
        Self::Workshop,
        Self::LostCredentials,
        Self::Pseudonyms,
        Self::LastView,
        Self::Arguments,
        Self::Files,
        Self::Reading,
        Self::Sources,
        Self::Names,
        Self::CredentialFacts,
        Self::ServiceFacts,
        Self::Services,
        Self::Credentials,
        Self::Parting,
        Self::Rows,
        Self::Problems,
    ];

    /// What is lost where nothing from this section on can be read, in words; the sections of the
    /// inventory say something together alone.
    pub(super) fn lost_from(self) -> Vec<&'static str> {
        // What imports made of findings says nothing without the list of imports, nor this without it.
        let first = if self == Self::Findings { Self::Imports } else { self };
        let made = Self::ALL.into_iter().take_while(|own| *own != Self::Sources);
        let lost = made.skip_while(|own| *own != first);
        lost.map(Self::words).chain(["the inventory"]).collect()
    }

    /// Whether it is part of the inventory, which says something as a whole alone.
    pub(super) fn is_of_inventory(self) -> bool {
        self >= Self::Sources
    }

    /// Whether versions before 7 alone have it.
    pub(super) fn is_of_old_versions(self) -> bool {
        matches!(self, Self::Names | Self::CredentialFacts | Self::ServiceFacts)
    }

    /// As it is called in messages.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::About => "the head",
            Self::Policy => "the policy",
            Self::Fixes => "the fixes",
            Self::Ends => "the picked ends",
            Self::Rotation => "the rotation",
            Self::Arrangement => "the arrangement",
            Self::Filters => "the filters",
            Self::Imports => "the imports",
            Self::Findings => "the findings",
            Self::Notes => "the notes",
            Self::Scenarios => "the scenarios",
            Self::Scenes => "the scenes",
            Self::Workshop => "what workshops brought",
            Self::LostCredentials => "the lost credentials",
            Self::Pseudonyms => "the pseudonyms",
            Self::LastView => "the last view",
            Self::Arguments => "what was opened",
            Self::Files => "the files",
            Self::Reading => "how files are read",
            Self::Sources => "the sources",
            Self::Names => "the names",
            Self::CredentialFacts => "the facts on credentials",
            Self::ServiceFacts => "the facts on services",
            Self::Services => "the services",
            Self::Credentials => "the credentials",
            Self::Parting => "the parted credentials",
            Self::Rows => "the rows",
            Self::Problems => "the problems",
        }
    }
}

/// The first line of a section.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionStart {
    pub(super) section: Section,
    pub(super) entries: u64,
}

/// The last line of a section: a digest of its lines before; in versions before 7, of all lines of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SectionEnd<T> {
    pub(super) digest: T,
}

/// The last line of the file: a digest of all bytes before.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEnd<T> {
    pub(super) end: T,
}
