//! What was decided on environments within the names of services.

use serde::{Deserialize, Serialize};

/// Whether names like `web-prod` say the environment of their service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub enum EnvironmentInNames {
    /// Nobody decided: they do where the table says no environment elsewhere and most of its names
    /// carry one, and that counts as an assumption.
    #[default]
    Assumed,
    /// They do, as somebody confirmed.
    Confirmed,
    /// They do not: names are read as they stand.
    Ignored,
}

/// How a column mapping writes it: `true`, `false` or `"assumed"`.
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "write true, false or \"assumed\"")]
enum Written {
    Decided(bool),
    Open(Word),
}

#[derive(Serialize, Deserialize)]
enum Word {
    #[serde(rename = "assumed")]
    Assumed,
}

impl From<Written> for EnvironmentInNames {
    fn from(written: Written) -> Self {
        match written {
            Written::Decided(true) => Self::Confirmed,
            Written::Decided(false) => Self::Ignored,
            Written::Open(Word::Assumed) => Self::Assumed,
        }
    }
}

impl From<EnvironmentInNames> for Written {
    fn from(decision: EnvironmentInNames) -> Self {
        match decision {
            EnvironmentInNames::Assumed => Self::Open(Word::Assumed),
            EnvironmentInNames::Confirmed => Self::Decided(true),
            EnvironmentInNames::Ignored => Self::Decided(false),
        }
    }
}
