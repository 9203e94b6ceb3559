//! What it costs to remove a credential.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

/// What it costs to remove a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    /// A number of units; one unless something else is set.
    Units(NonZeroU32),
    /// It may never be removed.
    Never,
}

impl Default for Cost {
    fn default() -> Self {
        Self::Units(NonZeroU32::MIN)
    }
}
