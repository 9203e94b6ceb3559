//! How the map is arranged: by what its regions are, and which of them and which hubs are collapsed.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::subject_name::SubjectName;

/// What the regions of the map are.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum GroupBy {
    /// Environments.
    #[default]
    Environment,
    /// Owners of service instances.
    Owner,
    /// Kinds of service: databases, applications.
    Kind,
    /// Services, each with its instances.
    Service,
}

impl GroupBy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Environment, Self::Owner, Self::Kind, Self::Service];

    /// What one region is.
    pub fn word(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Owner => "owner",
            Self::Kind => "kind",
            Self::Service => "service",
        }
    }
}

/// Where a mark of the map was put by hand, in whole scene units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pin {
    /// To the right.
    pub x: i32,
    /// Down.
    pub y: i32,
}

/// How the map is arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// What its regions are.
    pub group_by: GroupBy,
    /// The names of the regions that are collapsed to one body.
    pub collapsed: BTreeSet<String>,
    /// The hubs into which all is folded that hangs on them alone.
    pub folded_hubs: BTreeSet<SubjectName>,
    /// Where marks were put by hand, each while the map is grouped so.
    pub pins: BTreeMap<(GroupBy, SubjectName), Pin>,
}

impl Arrangement {
    /// The marks that stand where they were put while the map is grouped as it is now.
    pub fn pins_now(&self) -> impl Iterator<Item = (&SubjectName, Pin)> {
        let now = |(by, _): &&(GroupBy, SubjectName)| *by == self.group_by;
        let own = self.pins.iter().filter(move |(key, _)| now(key));
        own.map(|((_, name), pin)| (name, *pin))
    }

    /// Whether something stands where it was put while the map is grouped as it is now.
    pub fn is_pinned(&self, name: &SubjectName) -> bool {
        self.pins.contains_key(&(self.group_by, name.clone()))
    }
}
