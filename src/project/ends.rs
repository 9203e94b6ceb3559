//! The two ends between which paths are looked for, by name.

use serde::{Deserialize, Serialize};

use crate::project::subject_name::{CredentialName, InstanceName};

/// The picked ends; one that nobody picked stands for all entry points, or all crown jewels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedEnds {
    /// Where paths start.
    pub from: Option<InstanceName>,
    /// Where they end.
    pub to: Option<InstanceName>,
    /// The credential that paths have to go through, for lack of another way.
    pub needing: Option<CredentialName>,
    /// Whether only stated access counts.
    pub stated_only: bool,
}
