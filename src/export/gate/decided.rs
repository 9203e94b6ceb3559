//! What was decided on the findings of a project: an accepted risk does not fail a check until its day.

use std::collections::BTreeMap;

use crate::analysis::Answers;
use crate::project::{Acceptance, Decision, FindingState, Standings};

/// The findings of which the risk is or was accepted, as places in the findings.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    /// Accepted on the day of the check.
    pub(super) accepted: BTreeMap<usize, Acceptance>,
    /// Accepted until a day that has come: they count again.
    pub(super) ended: BTreeMap<usize, Acceptance>,
}

impl Decided {
    /// What was decided on findings. Costs a look at each.
    pub(super) fn of(answers: &Answers, standings: &Standings) -> Self {
        let as_of = answers.graph.assumptions().as_of;
        let mut decided = Self::default();
        for (at, finding) in answers.findings.iter().enumerate() {
            let standing = standings.standing(finding);
            let Some(record) = standing.record else { continue };
            let Decision::RiskAccepted(own) = &record.decision else { continue };
            let list = match standing.state {
                FindingState::RiskAccepted => &mut decided.accepted,
                _ if as_of >= own.until => &mut decided.ended,
                _ => continue,
            };
            list.insert(at, own.clone());
        }
        decided
    }

    /// That a risk is accepted, in words: until when, by whom and why.
    pub(super) fn accepted_words(&self, at: usize) -> Option<String> {
        let accepted = self.accepted.get(&at)?;
        Some(Decision::RiskAccepted(accepted.clone()).words())
    }

    /// That a risk is no longer accepted, in words.
    pub(super) fn ended_words(&self, at: usize) -> Option<String> {
        let ended = self.ended.get(&at)?;
        Some(format!("its risk was accepted until {}: that day has come", ended.until))
    }
}
