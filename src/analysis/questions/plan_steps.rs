//! A plan: its steps, what they cost and leave, and how it compares with the minimum cut.

use crate::analysis::movement::fix::Fix;
use crate::analysis::questions::minimum_cut::Cut;
use crate::inventory::counted;

/// One step, with the fixes before it in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStep {
    /// What to do.
    pub fix: Fix,
    /// What it costs.
    pub cost: u64,
    /// Connected pairs before it and after it.
    pub pairs: (u64, u64),
    /// How many direct accesses it loses.
    pub lost: u64,
}

/// The steps in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps; the pairs after one are those before the next.
    pub steps: Vec<PlanStep>,
    /// Whether no pair is left after them. Large landscapes are planned so far as time allows, and
    /// what may never be removed can leave no way.
    pub complete: bool,
}

impl Plan {
    /// What the steps cost together.
    pub fn cost(&self) -> u64 {
        self.steps.iter().map(|step| step.cost).sum()
    }

    /// The connected pairs after no step, one step, two steps and so on; empty without steps.
    pub fn curve(&self) -> Vec<u64> {
        let first = self.steps.first().map(|step| step.pairs.0);
        first.into_iter().chain(self.steps.iter().map(|step| step.pairs.1)).collect()
    }

    /// The plan beside the minimum cut, which no set of fixes that closes all pairs undercuts; what
    /// it says is empty where there is nothing to fix.
    pub fn beside(&self, cut: &Cut) -> String {
        let left = self.curve().last().copied().unwrap_or(0);
        match cut {
            Cut::Unbreakable(_) => "No fix of credentials closes every pair: some paths lead \
                                    through nothing that may be removed"
                .to_owned(),
            Cut::Found(_) if self.steps.is_empty() => String::new(),
            Cut::Found(cut) if !self.complete => format!(
                "The plan stops here with {left} pairs left; the minimum cut closes every pair at \
                 a cost of {}: rather remove its {}",
                cut.cost,
                counted(cut.credentials.len(), "credential", "credentials")
            ),
            Cut::Found(cut) if self.cost() > cut.cost => format!(
                "Step by step this costs {}; the minimum cut closes every pair at a cost of {}: to \
                 go all the way, rather remove its {}",
                self.cost(),
                cut.cost,
                counted(cut.credentials.len(), "credential", "credentials")
            ),
            Cut::Found(cut) => {
                format!("No way to close every pair costs less: the minimum cut is {}", cut.cost)
            }
        }
    }
}
