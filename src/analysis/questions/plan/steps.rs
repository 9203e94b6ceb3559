//! A plan: its steps, what they cost and leave, and how it compares with the minimum cut.

use crate::analysis::movement::counting::Counting;
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
    /// The same with stated access alone.
    pub pairs_stated: (u64, u64),
    /// How many direct accesses it loses.
    pub lost: u64,
}

impl PlanStep {
    /// Whether no pair falls apart by itself, stated or not: it is there for the steps after it.
    pub fn parts_nothing(&self) -> bool {
        self.pairs.0 == self.pairs.1 && self.assumed()
    }

    /// Whether what it closes rests on assumed access alone: no stated pair falls apart.
    pub fn assumed(&self) -> bool {
        self.pairs_stated.0 == self.pairs_stated.1
    }

    /// What has to be said of the pairs that it parts, after all else: that it parts none yet, or
    /// with stated access alone only, and that it rests on assumption; empty where none of it is so.
    pub fn remark(&self) -> String {
        let parts = if self.parts_nothing() {
            ", parts no pair until a later step is done"
        } else if self.pairs.0 == self.pairs.1 {
            ", parts pairs with stated access alone that assumption still connects"
        } else {
            ""
        };
        // Of a step that parts nothing yet it is the later one that says on what both rest.
        let rests = self.assumed() && self.pairs.0 != self.pairs.1;
        let assumed = if rests { ", on assumption only" } else { "" };
        format!("{parts}{assumed}")
    }
}

/// The steps in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps; the pairs after one are those before the next.
    pub steps: Vec<PlanStep>,
    /// Which pairs it is to part.
    pub counting: Counting,
    /// Whether no such pair is left after them; what may never be removed can leave no way.
    pub complete: bool,
    /// Whether the budget ended it while further steps would close more.
    pub cut_short: bool,
    /// Whether some step is the best of the most promising credentials alone: too many could have
    /// been better for all of them to be tried.
    pub estimated: bool,
    /// The fixes as they were chosen one after another, before the pass that tidies them up: what a
    /// further budget goes on from.
    pub chosen: Vec<Fix>,
}

impl Plan {
    /// What the steps cost together.
    pub fn cost(&self) -> u64 {
        self.steps.iter().map(|step| step.cost).sum()
    }

    /// That a step adds to an earlier one, where its credential has one: ", adds to step 1".
    pub fn adds_to(&self, at: usize) -> String {
        let earlier = self.steps.get(at).and_then(|step| {
            let before = self.steps.get(..at).unwrap_or_default();
            before.iter().rposition(|other| other.fix.credential == step.fix.credential)
        });
        earlier.map_or_else(String::new, |earlier| format!(", adds to step {}", earlier + 1))
    }

    /// The pairs that it is to part, connected after no step, one step, two steps and so on; empty
    /// without steps.
    pub fn curve(&self) -> Vec<u64> {
        let of = |step: &PlanStep| match self.counting {
            Counting::All => step.pairs,
            Counting::StatedOnly => step.pairs_stated,
        };
        let first = self.steps.first().map(|step| of(step).0);
        first.into_iter().chain(self.steps.iter().map(|step| of(step).1)).collect()
    }

    /// The plan beside the minimum cut, which no set of fixes that closes all pairs undercuts; what
    /// it says is empty where there is nothing to fix.
    pub fn beside(&self, cut: &Cut) -> String {
        match cut {
            Cut::Unbreakable(_) => "No fix of credentials closes every pair: some paths use only \
                                    credentials that may never be removed"
                .to_owned(),
            Cut::Found(_) if self.steps.is_empty() && !self.cut_short => String::new(),
            Cut::Found(cut) if !self.complete => format!(
                "The plan was cut short here; to close every pair, remove the {} of the minimum cut (cost \
                 {})",
                counted(cut.credentials.len(), "credential", "credentials"),
                cut.cost
            ),
            Cut::Found(cut) if self.cost() > cut.cost => {
                let credentials = match cut.credentials.len() {
                    1 => "credential".to_owned(),
                    count => format!("{count} credentials"),
                };
                format!(
                    "Step by step this costs {}; to close every pair, removing the {credentials} \
                     of the minimum cut is cheaper (cost {})",
                    self.cost(),
                    cut.cost
                )
            }
            // Only the parts of a credential that an id joins across sources cost more than it.
            Cut::Found(cut) if self.cost() < cut.cost => String::new(),
            Cut::Found(cut) => {
                format!(
                    "No way to close every pair costs less: the minimum cut costs {} too",
                    cut.cost
                )
            }
        }
    }

    /// What the plan does, in short: "36 → 0 connected pairs by 5 fixes, cost 5"; empty where there
    /// is nothing to fix.
    pub fn words(&self) -> String {
        let curve = self.curve();
        let (Some(first), Some(last)) = (curve.first(), curve.last()) else {
            return String::new();
        };
        let fixes = counted(self.steps.len(), "fix", "fixes");
        format!("{first} → {last} connected pairs by {fixes}, cost {}", self.cost())
    }

    /// How far the choice of the steps can be trusted; empty where each is the best that there is.
    pub fn precision_words(&self) -> &'static str {
        if self.estimated {
            return "Some steps are the best of the most promising credentials, because not all \
                    could be tried; their figures are exact";
        }
        ""
    }

    /// What of the steps rests on assumption alone or parts nothing by itself; empty where none does.
    pub fn assumed_words(&self) -> String {
        let count = |is: &dyn Fn(&PlanStep) -> bool| self.steps.iter().filter(|s| is(s)).count();
        let assumed = match count(&|step| step.assumed() && !step.parts_nothing()) {
            0 => String::new(),
            1 => "1 step parts pairs that rest on assumption only".to_owned(),
            count => format!("{count} steps part pairs that rest on assumption only"),
        };
        let alone = match count(&PlanStep::parts_nothing) {
            0 => String::new(),
            1 => "1 step parts no pair until a later one is done".to_owned(),
            count => format!("{count} steps part no pair until later ones are done"),
        };
        let said = [assumed, alone].into_iter().filter(|said| !said.is_empty());
        said.collect::<Vec<_>>().join("; ")
    }

    /// The same of the plan for stated access alone, and what is left then with what is assumed.
    pub fn stated_words(&self) -> String {
        let Some(last) = self.steps.last() else {
            return "With stated access alone there is nothing to fix".to_owned();
        };
        let left = match last.pairs.1.saturating_sub(last.pairs_stated.1) {
            0 => String::new(),
            1 => "; 1 pair stays connected by assumption".to_owned(),
            left => format!("; {left} pairs stay connected by assumption"),
        };
        format!("With stated access alone: {}{left}", self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, PlanStep};
    use crate::analysis::movement::counting::Counting;
    use crate::analysis::movement::fix::{Fix, FixKind};
    use crate::graph::CredentialIndex;

    fn step(credential: u32, pairs: (u64, u64), pairs_stated: (u64, u64)) -> PlanStep {
        let fix = Fix {
            kind: FixKind::Revoke,
            credential: CredentialIndex(credential),
            holders: Vec::new(),
            grants: None,
        };
        PlanStep { fix, cost: 1, pairs, pairs_stated, lost: 0 }
    }

    #[test]
    fn a_remark_says_what_a_step_parts_and_on_what_it_rests() {
        assert_eq!(step(0, (5, 4), (3, 2)).remark(), "");
        assert_eq!(step(0, (5, 4), (3, 3)).remark(), ", on assumption only");
        let none = ", parts no pair until a later step is done";
        assert_eq!(step(0, (5, 5), (3, 3)).remark(), none);
        // Three pairs are stated, and one of them goes on by assumed access.
        let stated = ", parts pairs with stated access alone that assumption still connects";
        assert_eq!(step(0, (5, 5), (3, 2)).remark(), stated);
    }

    #[test]
    fn a_further_step_for_a_credential_names_the_one_before() {
        let steps = [7, 8, 7, 7].map(|at| step(at, (5, 4), (3, 2))).to_vec();
        let plan = Plan { steps, counting: Counting::All, ..Plan::default() };
        let words: Vec<String> = (0..5).map(|at| plan.adds_to(at)).collect();
        assert_eq!(words, ["", "", ", adds to step 1", ", adds to step 3", ""]);
    }
}
