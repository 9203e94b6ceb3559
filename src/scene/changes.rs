//! What fixes would change, as marks and links of a map.

use std::collections::{BTreeMap, BTreeSet};

use super::map::Map;
use crate::analysis::{Changes, Subject};
use crate::graph::{CredentialIndex, InstanceIndex};

/// What becomes of a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its secret is of no use any longer.
    Gone,
    /// Another credential took its place.
    Replaced,
}

/// Which marks and links of a map fixes change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MapChanges {
    fates: BTreeMap<u32, Fate>,
    cut: BTreeSet<u32>,
    reduced: BTreeSet<u32>,
}

impl MapChanges {
    /// The changes where the map shows them. Costs time in proportion to the changes.
    pub fn new(map: &Map, changes: &Changes) -> Self {
        let mut fates = BTreeMap::new();
        let of = [(&changes.gone, Fate::Gone), (&changes.replaced, Fate::Replaced)];
        for (credentials, fate) in of {
            let marks = credentials.iter().filter_map(|&at| map.mark_of(Subject::Credential(at)));
            fates.extend(marks.map(|mark| (mark, fate)));
        }
        let links = |of: &[(CredentialIndex, InstanceIndex)]| {
            of.iter().filter_map(|&(credential, at)| map.link_between(credential, at)).collect()
        };
        Self { fates, cut: links(&changes.cut), reduced: links(&changes.parted) }
    }

    /// Whether a link leads nowhere any longer.
    pub fn is_cut(&self, link: u32) -> bool {
        self.cut.contains(&link)
    }

    /// Whether a link still leads somewhere, but no longer joins everything that it did.
    pub fn is_reduced(&self, link: u32) -> bool {
        self.reduced.contains(&link)
    }

    /// How many links lead nowhere any longer.
    pub fn cut_links(&self) -> usize {
        self.cut.len()
    }

    /// What becomes of a credential's mark.
    pub(super) fn fate(&self, mark: u32) -> Option<Fate> {
        self.fates.get(&mark).copied()
    }

    /// Whether a credential's mark is crossed out.
    pub fn is_gone(&self, mark: u32) -> bool {
        self.fate(mark) == Some(Fate::Gone)
    }
}
