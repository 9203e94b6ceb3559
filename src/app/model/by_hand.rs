//! What was hidden or shown one by one, beside what the filters say.

use std::collections::BTreeSet;

use crate::analysis::Subject;
use crate::app::model::found_again::FoundAgain;

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
    /// Hides some subjects.
    pub(crate) fn hide(&mut self, subjects: &[Subject]) {
        for subject in subjects {
            self.shown.remove(subject);
            self.hidden.insert(*subject);
        }
    }

    /// Leaves some subjects alone in sight.
    pub(crate) fn hide_others(&mut self, subjects: &[Subject]) {
        let shown = subjects.iter().copied().collect();
        *self = Self { hidden: BTreeSet::new(), shown, others_hidden: true };
    }

    /// Shows some subjects, whatever hid them.
    pub(crate) fn show(&mut self, subjects: &[Subject]) {
        for subject in subjects {
            self.hidden.remove(subject);
            self.shown.insert(*subject);
        }
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

    /// The same in another graph; where nothing is left that was left alone in sight, everything is
    /// in sight again.
    pub(crate) fn found_again(&self, again: &FoundAgain<'_>) -> Self {
        let in_new = |set: &BTreeSet<Subject>| -> BTreeSet<Subject> {
            set.iter().filter_map(|own| again.subject(*own)).collect()
        };
        let shown = in_new(&self.shown);
        let others_hidden = self.others_hidden && !shown.is_empty();
        Self { hidden: in_new(&self.hidden), shown, others_hidden }
    }
}
