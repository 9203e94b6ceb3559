//! Entry points and crown jewels that are picked by hand, as part of the assumptions.

use std::collections::BTreeSet;

use crate::analysis::PolicyName;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Assumptions;

/// As what an instance is picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picking {
    EntryPoint,
    CrownJewel,
}

impl Picking {
    pub(crate) const ALL: [Self; 2] = [Self::EntryPoint, Self::CrownJewel];

    pub(crate) fn one(self) -> &'static str {
        match self {
            Self::EntryPoint => "an entry point",
            Self::CrownJewel => "a crown jewel",
        }
    }

    pub(crate) fn several(self) -> &'static str {
        match self {
            Self::EntryPoint => "Entry points picked by hand",
            Self::CrownJewel => "Crown jewels picked by hand",
        }
    }

    /// What a policy calls it.
    pub(crate) fn kind(self) -> PolicyName {
        match self {
            Self::EntryPoint => PolicyName::EntryPoint,
            Self::CrownJewel => PolicyName::CrownJewel,
        }
    }

    /// How an instance is named in the assumptions.
    pub(crate) fn name(graph: &AccessGraph, at: InstanceIndex) -> String {
        graph.written_name(at)
    }

    /// The picked ones.
    pub(crate) fn of(self, assumptions: &Assumptions) -> &Vec<String> {
        match self {
            Self::EntryPoint => &assumptions.entry_points,
            Self::CrownJewel => &assumptions.crown_jewels,
        }
    }

    fn changed(self, old: &Assumptions, change: impl FnOnce(&mut Vec<String>)) -> Assumptions {
        let mut new = old.clone();
        change(match self {
            Self::EntryPoint => &mut new.entry_points,
            Self::CrownJewel => &mut new.crown_jewels,
        });
        new
    }

    /// The assumptions with one more picked.
    pub(crate) fn with(self, old: &Assumptions, name: &str) -> Assumptions {
        self.changed(old, |names| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
                names.sort_unstable();
            }
        })
    }

    /// The assumptions with several more picked, or several less.
    pub(crate) fn with_all(self, old: &Assumptions, names: Vec<String>, on: bool) -> Assumptions {
        self.changed(old, |picked| {
            let wanted: BTreeSet<String> = names.into_iter().collect();
            picked.retain(|known| !wanted.contains(known));
            if on {
                picked.extend(wanted);
                picked.sort_unstable();
            }
        })
    }

    /// The assumptions with one less.
    pub(crate) fn without(self, old: &Assumptions, name: &str) -> Assumptions {
        self.changed(old, |names| names.retain(|known| known != name))
    }

    /// The assumptions with none picked.
    pub(crate) fn cleared(self, old: &Assumptions) -> Assumptions {
        self.changed(old, Vec::clear)
    }
}
