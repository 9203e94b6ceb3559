//! Rows with their links as entries. They are most of a file, so they are short:
//! `[credential, facts, service facts, source, line, [[service, access, level, assumed], …]]`.

use serde::{Deserialize, Serialize};

use crate::inventory::{Access, Level};

/// A row: what it is about and says, where it stands, and its links.
#[derive(Serialize, Deserialize)]
pub(super) struct RowEntry<Links>(
    pub(super) Option<u32>,
    pub(super) u32,
    pub(super) u32,
    pub(super) u16,
    pub(super) u32,
    pub(super) Links,
);

/// A link: the service instance, the access and its level, and whether the environment of the instance
/// is assumed.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) struct LinkEntry(pub(super) u32, pub(super) Access, pub(super) Level, pub(super) bool);
