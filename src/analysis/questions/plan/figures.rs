//! The steps of a plan with their figures.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::fix::Fix;
use crate::analysis::movement::network::MovementCredential;
use crate::analysis::movement::overlay::Overlay;
use crate::analysis::questions::landscape::{Landscape, Made};
use crate::analysis::questions::minimum_cut::Costs;
use crate::analysis::questions::plan::brought_back::BroughtBack;
use crate::analysis::questions::plan::state::{lost_with, was_of};
use crate::analysis::questions::plan::steps::PlanStep;
use crate::inventory::Cost;

/// The fixes of a plan, and what each makes of its credential after those of the same before it.
struct Course<'l, 'a> {
    landscape: &'l Landscape<'a>,
    fixes: &'l [Fix],
    made: Vec<Vec<MovementCredential>>,
    most_words: usize,
}

/// The steps of a plan with their figures, each with those before it in force; `None` when
/// cancelled.
pub(crate) fn figures(
    landscape: &Landscape<'_>,
    costs: &Costs,
    fixes: &[Fix],
    most_words: usize,
) -> Option<Vec<PlanStep>> {
    let made = landscape.made_by_each(fixes);
    let course = Course { landscape, fixes, made, most_words };
    let (pairs, stated) = if landscape.assumes() {
        let of = |counting| course.pairs(counting);
        rayon::join(|| of(Counting::All), || of(Counting::StatedOnly))
    } else {
        let pairs = course.pairs(Counting::All);
        (pairs.clone(), pairs)
    };
    let losses = course.losses();
    let each = |all: &[u64], at: usize| {
        let of = |at: usize| all.get(at).copied().unwrap_or(0);
        (of(at), of(at + 1))
    };
    let (pairs, stated) = (pairs?, stated?);
    let steps = fixes.iter().zip(losses).enumerate().map(|(at, (fix, lost))| PlanStep {
        fix: fix.clone(),
        cost: match costs.of(fix.credential) {
            Cost::Units(units) => u64::from(units.get()),
            Cost::Never => 0,
        },
        pairs: each(&pairs, at),
        pairs_stated: each(&stated, at),
        lost,
    });
    Some(steps.collect())
}

impl Course<'_, '_> {
    /// How many pairs are connected after no fix, the first, the first two and so on. Counted from
    /// the end, because what comes back when a fix is undone is little; `None` when cancelled.
    fn pairs(&self, counting: Counting) -> Option<Vec<u64>> {
        let count = self.fixes.len();
        let Some(mut base) = self.base(counting, count) else {
            let each = (0..=count).into_par_iter();
            return each.map(|at| self.landscape.pairs(counting, &self.first(at))).collect();
        };
        let mut of_base = self.landscape.pairs(counting, &self.first(count))?;
        let mut pairs = vec![of_base; count + 1];
        for at in (0..count).rev() {
            let left = of_base + base.keep(&self.before(counting, at));
            if let Some(slot) = pairs.get_mut(at) {
                *slot = left;
            }
            if base.is_full()
                && let Some(fresh) = self.base(counting, at)
            {
                (base, of_base) = (fresh, left);
            }
            if self.landscape.progress.is_cancelled() {
                return None;
            }
        }
        Some(pairs)
    }

    fn first(&self, count: usize) -> Made<'_> {
        let made = self.fixes.iter().zip(&self.made).take(count);
        made.map(|(fix, made)| (fix.credential, made.as_slice())).collect()
    }

    fn base(&self, counting: Counting, count: usize) -> Option<BroughtBack> {
        let sets = self.landscape.sets(counting, &self.first(count), self.most_words);
        sets.map(BroughtBack::new)
    }

    /// What the credential of a fix was before it.
    fn before(&self, counting: Counting, at: usize) -> Vec<MovementCredential> {
        let Some(fix) = self.fixes.get(at) else { return Vec::new() };
        let earlier = self.fixes.iter().take(at).filter(|of| of.credential == fix.credential);
        let earlier: Vec<Fix> = earlier.cloned().collect();
        self.landscape.carriers_or_own(counting, fix.credential, &earlier)
    }

    /// How many direct accesses each fix loses.
    fn losses(&self) -> Vec<u64> {
        let mut now = Overlay::new(self.landscape.movement);
        let each = self.fixes.iter().zip(&self.made).map(|(fix, made)| {
            let was = was_of(&now, fix.credential);
            let lost = lost_with(&mut now, fix.credential, &was, made);
            now.replace(fix.credential, made);
            lost
        });
        each.collect()
    }
}
