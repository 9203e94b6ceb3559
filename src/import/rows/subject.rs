//! Which credential a row is about, as far as the row itself says.

use crate::inventory::NameId;

/// What a row is about, until all files are read and credentials are matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowSubject {
    /// A service alone.
    Service,
    /// A credential; with neither id nor fingerprint it is one that no other row is about.
    Credential { id: Option<NameId>, fingerprint: Option<u32> },
}

impl RowSubject {
    /// The id that the row gives its credential.
    pub(crate) fn id(self) -> Option<NameId> {
        match self {
            Self::Credential { id, .. } => id,
            Self::Service => None,
        }
    }
}
