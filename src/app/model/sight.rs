//! What of the credentials, services and marks is in sight of a view.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{Finding, Severity, Subject};
use crate::app::model::by_hand::ByHand;
use crate::app::model::filters::Filters;
use crate::app::work::answers::Answers;
use crate::scene::{Highlight, Map, RegionState};

/// What passes the filters of a view, and which marks of its map are in sight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visibility {
    /// One for each mark of the map.
    pub(crate) marks: Vec<bool>,
    /// How many instances are in sight, one count for each region of the map.
    pub(crate) in_regions: Vec<usize>,
    credential_passes: Vec<bool>,
    instance_passes: Vec<bool>,
    /// The severities of which findings are not listed.
    unlisted: BTreeSet<Severity>,
    /// Whether what would pass is what is hidden.
    inverted: bool,
    /// Whether what does not pass is dimmed on the map, unless it was hidden by hand.
    dims: bool,
    by_hand: ByHand,
    /// How many credentials, and how many instances, the filters hide.
    pub(crate) hidden: (usize, usize),
    /// How many of those credentials are dead.
    pub(crate) hidden_dead: usize,
    /// What is wrong with the search text of the filters, which hides nothing then.
    pub(crate) unclear: Option<String>,
}

impl Visibility {
    /// Filters credentials and services; the marks are still to be shown.
    pub(crate) fn build(answers: &Answers, filters: &Filters, dims: bool) -> Self {
        let graph = &answers.graph;
        let mut credential_passes: Vec<bool> =
            graph.credential_indices().map(|at| filters.pass_credential(answers, at)).collect();
        let mut instance_passes: Vec<bool> = graph
            .instance_indices()
            .map(|at| filters.pass_instance(answers, at, &credential_passes))
            .collect();
        let unclear = match filters.wanted(answers) {
            Ok(wanted) => {
                wanted.narrow(answers, &mut credential_passes, &mut instance_passes);
                None
            }
            Err(unclear) => Some(unclear),
        };
        filters.by_hand().apply(&mut credential_passes, &mut instance_passes);
        let inverted = filters.are_inverted();
        if inverted {
            for passes in credential_passes.iter_mut().chain(&mut instance_passes) {
                *passes = !*passes;
            }
        }
        let count = |passes: &[bool]| passes.iter().filter(|&&own| own == inverted).count();
        let hidden = (count(&credential_passes), count(&instance_passes));
        let credentials = graph.credentials().iter().zip(&credential_passes);
        let hidden_dead =
            credentials.filter(|(own, passes)| **passes == inverted && !own.is_live()).count();
        let all = Severity::ALL.into_iter();
        let unlisted = all.filter(|severity| !filters.pass_severity(*severity)).collect();
        Self {
            credential_passes,
            instance_passes,
            unlisted,
            inverted,
            dims: dims && filters.any(),
            by_hand: if dims { filters.by_hand().clone() } else { ByHand::default() },
            hidden,
            hidden_dead,
            unclear,
            ..Self::default()
        }
    }

    /// How many credentials and services of all are left in sight.
    pub(crate) fn left(&self, whole: usize) -> usize {
        let hidden = self.hidden.0 + self.hidden.1;
        if self.inverted { hidden } else { whole.saturating_sub(hidden) }
    }

    /// Which marks of a map are in sight; a focus leaves only what is lit.
    pub(crate) fn show_marks(&mut self, map: &Map, lit: impl Fn(u32) -> bool) {
        self.marks = (0_u32..)
            .zip(&map.marks)
            .map(|(index, mark)| self.is_on_map(mark.subject) && lit(index))
            .collect();
        self.in_regions = vec![0; map.regions.len()];
        for (mark, _) in map.marks.iter().zip(&self.marks).filter(|(_, shown)| **shown) {
            if let Some(count) = mark.region.and_then(|at| self.in_regions.get_mut(at as usize)) {
                *count += usize::from(matches!(mark.subject, Subject::Instance(_)));
            }
        }
    }

    /// How much of each region of a map is to be seen: nothing of those in which the filters hide all.
    pub(crate) fn region_states(
        &self,
        map: &Map,
        is_collapsed: impl Fn(&String) -> bool,
    ) -> Vec<RegionState> {
        let mut states = vec![RegionState::Empty; map.regions.len()];
        for mark in &map.marks {
            let slot = mark.region.and_then(|at| states.get_mut(usize::from(at)));
            if let Some(slot) = slot.filter(|_| self.is_on_map(mark.subject)) {
                *slot = RegionState::Open;
            }
        }
        // Where nothing at all is in sight, the regions stay and say so.
        if states.iter().all(|own| *own == RegionState::Empty) {
            states.fill(RegionState::Open);
        }
        for (state, region) in states.iter_mut().zip(&map.regions) {
            if *state == RegionState::Open && is_collapsed(&region.name) {
                *state = RegionState::Collapsed;
            }
        }
        states
    }

    /// Whether a subject is on the map, be it dimmed.
    fn is_on_map(&self, subject: Subject) -> bool {
        self.passes(subject) || (self.dims && !self.by_hand.hides(subject))
    }

    /// A highlight with what does not pass dimmed; the same one where the filters dim nothing.
    pub(crate) fn dimmed(&self, map: &Map, lit: Option<&Arc<Highlight>>) -> Option<Arc<Highlight>> {
        if !self.dims {
            return lit.cloned();
        }
        let passes =
            |mark: u32| map.marks.get(mark as usize).is_some_and(|own| self.passes(own.subject));
        Some(Arc::new(Highlight::dimmed_where(map, lit.map(Arc::as_ref), passes)))
    }

    /// Whether a finding is listed.
    pub(crate) fn passes_finding(&self, finding: &Finding) -> bool {
        let of_subject = self.passes(finding.subject) != self.inverted;
        (of_subject && !self.unlisted.contains(&finding.severity)) != self.inverted
    }

    /// Whether a subject passes the filters.
    pub(crate) fn passes(&self, subject: Subject) -> bool {
        match subject {
            Subject::Credential(at) => self.credential_passes.get(at.index()).copied(),
            Subject::Instance(at) => self.instance_passes.get(at.index()).copied(),
        }
        .unwrap_or(false)
    }
}
