//! The columns of a matrix, whose cells hold marks.

use std::borrow::Cow;

use crate::import::vocabulary::environment_in_names::has_tier;
use crate::import::vocabulary::synonyms::{Meaning, english, words_of};
use crate::inventory::{Environments, shown};

/// The columns whose cells hold marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MarkColumns {
    pub(crate) of: Marked,
    pub(crate) columns: Vec<usize>,
}

/// What the columns of a matrix are named after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marked {
    Environments,
    Services,
}

impl Marked {
    /// The word in a column mapping.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Environments => "environment",
            Self::Services => "service",
        }
    }

    /// What a column mapping names so.
    pub(crate) fn named(word: &str) -> Option<Self> {
        [Self::Environments, Self::Services].into_iter().find(|own| own.name() == word)
    }

    /// The meaning of such a column.
    pub(crate) fn meaning(self) -> Meaning {
        match self {
            Self::Environments => Meaning::Environment,
            Self::Services => Meaning::Service,
        }
    }
}

impl MarkColumns {
    /// What people should know of the reading.
    pub(crate) fn note(&self, header: &[String]) -> String {
        let names = self.columns.iter().filter_map(|at| header.get(*at));
        let names: Vec<Cow<'_, str>> = names.map(|name| shown(name)).collect();
        let what = self.of.name();
        format!("matrix: one column for each {what}, with marks in its cells: {}", names.join(", "))
    }
}

/// The environment with a tier that a heading of a matrix names: `prod`, `Environments / prod`.
pub(crate) fn environment_in(heading: &str) -> Option<&str> {
    let known = Environments::default();
    let is_tiered = |label: &str| has_tier(label, &known);
    if is_tiered(heading) {
        return Some(heading.trim());
    }
    let (group, label) = heading.rsplit_once(['.', '/', ' ', '_', ':'])?;
    let group = english(group.trim().trim_end_matches(['/', ':']));
    (words_of(Meaning::Environment).contains(&group.as_str()) && is_tiered(label))
        .then(|| label.trim())
}
