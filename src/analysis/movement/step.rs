//! One hop of an attacker.

use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex};

/// One hop of a chain: a credential, where it was found, and what it opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where the credential was found; `None` if it was compromised to begin with.
    pub from: Option<InstanceIndex>,
    /// The credential.
    pub credential: CredentialIndex,
    /// The grant that was used.
    pub edge: EdgeIndex,
    /// The instance that it opened.
    pub to: InstanceIndex,
}
