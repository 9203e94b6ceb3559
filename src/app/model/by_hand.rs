//! What was hidden or shown one by one, as it is found in a graph.

use std::collections::BTreeSet;

use crate::analysis::Subject;
use crate::graph::AccessGraph;
use crate::project::{HiddenByHand, Lookup, NamedSubject, SubjectName};

/// What was hidden or shown by hand. It goes before every filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ByHand {
    hidden: BTreeSet<Subject>,
    /// In sight whatever the filters say.
    shown: BTreeSet<Subject>,
    /// Whether nothing but what is shown by hand is in sight.
    others_hidden: bool,
}

impl ByHand {
    /// What of the names a graph has. Where nothing is left that was left alone in sight, everything is
    /// in sight.
    pub(crate) fn of(names: &HiddenByHand, graph: &AccessGraph) -> Self {
        let found = |names: &BTreeSet<SubjectName>| -> BTreeSet<Subject> {
            let found = names.iter().filter_map(|name| match name.found_in(graph, &[]) {
                Lookup::Found(NamedSubject::Subject(subject)) => Some(subject),
                Lookup::Found(NamedSubject::Owner(_) | NamedSubject::Path(_))
                | Lookup::Several
                | Lookup::Gone => None,
            });
            found.collect()
        };
        let shown = found(&names.shown);
        let others_hidden = names.others_hidden && !shown.is_empty();
        Self { hidden: found(&names.hidden), shown, others_hidden }
    }

    /// Whether a subject was hidden by hand: then it is never only dimmed.
    pub(crate) fn hides(&self, subject: Subject) -> bool {
        self.hidden.contains(&subject) || (self.others_hidden && !self.shown.contains(&subject))
    }

    /// Changes what passes the filters. Costs time in proportion to what was hidden or shown, and to
    /// all subjects where all others are hidden.
    pub(crate) fn apply(&self, credentials: &mut [bool], instances: &mut [bool]) {
        let Self { hidden, shown, others_hidden } = self;
        if *others_hidden {
            credentials.fill(false);
            instances.fill(false);
        }
        let changed =
            hidden.iter().map(|own| (own, false)).chain(shown.iter().map(|own| (own, true)));
        for (subject, passes) in changed {
            let slot = match subject {
                Subject::Credential(at) => credentials.get_mut(at.index()),
                Subject::Instance(at) => instances.get_mut(at.index()),
            };
            if let Some(slot) = slot {
                *slot = passes;
            }
        }
    }
}
