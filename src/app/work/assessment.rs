//! What is asked between entry points and crown jewels: work that the cheap answers do not wait
//! for.

use crate::analysis::{
    Costs, Counting, Cut, LISTED_PATHS, MinimumCut, Movement, PairsNeeding, Path, Plan,
    PlanQuestion, Question, assess_only, pairs_needing, paths_between, plan_further,
};
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// The expensive answers, with what the tables need of them.
#[derive(Clone, Debug)]
pub(crate) struct AssessedAnswers {
    pub(crate) assessment: crate::analysis::Assessment,
    /// The credentials that pairs hang on, those with most pairs first, then by name.
    pub(crate) choke_points: Vec<(CredentialIndex, u64)>,
    pub(crate) costs: Costs,
}

impl AssessedAnswers {
    /// The answers to some questions; those to the others are empty. `None` when cancelled.
    pub(crate) fn of(
        answers: &Answers,
        questions: &[Question],
        progress: &Progress,
    ) -> Option<Self> {
        let graph = &answers.graph;
        let assessment = assess_only(graph, &answers.ends, LISTED_PATHS, questions, progress)?;
        let choke_points = assessment.choke_points.ranked();
        Some(Self { assessment, choke_points, costs: Costs::new(graph) })
    }

    /// Whether a further budget would make a plan longer.
    pub(crate) fn is_cut_short(&self) -> bool {
        self.assessment.plan.cut_short || self.assessment.plan_stated.cut_short
    }

    /// The same with the plans as far as a further budget goes; the rest is taken over. `None` when
    /// cancelled.
    pub(crate) fn planned_further(
        &self,
        answers: &Answers,
        budget: usize,
        progress: &Progress,
    ) -> Option<Self> {
        let (graph, ends) = (&answers.graph, &answers.ends);
        let further = |plan: &Plan, counting| {
            if !plan.cut_short {
                return Some(plan.clone());
            }
            let movement = &Movement::new(graph, Counting::All);
            let question = PlanQuestion { graph, movement, counting, ends, costs: &self.costs };
            plan_further(question, plan, budget, progress)
        };
        let mut longer = self.clone();
        longer.assessment.plan = further(&self.assessment.plan, Counting::All)?;
        longer.assessment.plan_stated = if graph.assumes() {
            further(&self.assessment.plan_stated, Counting::StatedOnly)?
        } else {
            longer.assessment.plan.clone()
        };
        Some(longer)
    }

    /// The minimum cut, unless what may never be removed leaves none.
    pub(crate) fn cut(&self) -> Option<&MinimumCut> {
        match &self.assessment.cut {
            Cut::Found(cut) => Some(cut),
            Cut::Unbreakable(_) => None,
        }
    }

    /// Whether a credential is in the minimum cut.
    pub(crate) fn is_in_cut(&self, credential: CredentialIndex) -> bool {
        self.cut().is_some_and(|cut| cut.credentials.binary_search(&credential).is_ok())
    }

    /// How many connected pairs hang on a credential.
    pub(crate) fn pairs_on(&self, credential: CredentialIndex) -> u64 {
        self.assessment.choke_points.pairs.get(credential.index()).copied().unwrap_or(0)
    }

    /// The same with stated access alone.
    pub(crate) fn pairs_stated_on(&self, credential: CredentialIndex) -> u64 {
        self.assessment.choke_points_stated.pairs.get(credential.index()).copied().unwrap_or(0)
    }
}

/// What was picked of the paths that are looked for, as the present graph has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Picked<T> {
    /// Nobody picked one: all entry points, all crown jewels, or any credential.
    #[default]
    All,
    At(T),
    /// The one that was picked is not in the inventory: no path has it.
    Gone,
}

/// An end of the paths.
pub(crate) type PickedEnd = Picked<InstanceIndex>;

impl PickedEnd {
    /// The instance that was picked, if it is there.
    pub(crate) fn instance(self) -> Option<InstanceIndex> {
        match self {
            Self::At(at) => Some(at),
            Self::All | Self::Gone => None,
        }
    }

    fn among(self, all: &[InstanceIndex]) -> Vec<InstanceIndex> {
        match self {
            Self::All => all.to_vec(),
            Self::At(at) => vec![at],
            Self::Gone => Vec::new(),
        }
    }
}

/// Between which ends paths are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PickedEnds {
    pub(crate) from: PickedEnd,
    pub(crate) to: PickedEnd,
    /// The credential that each pair needs.
    pub(crate) needing: Picked<CredentialIndex>,
    /// Whether only what is stated counts.
    pub(crate) stated_only: bool,
}

impl PickedEnds {
    /// Whether somebody picked anything.
    pub(crate) fn any(self) -> bool {
        self.from != Picked::All || self.to != Picked::All || self.needing != Picked::All
    }
}

/// The shortest paths between picked ends; none is in an instance twice.
#[derive(Debug)]
pub(crate) struct FoundPaths {
    pub(crate) ends: PickedEnds,
    pub(crate) paths: Vec<Path>,
    /// How many there are in all, where that is known: those of pairs that need a credential.
    pub(crate) whole: Option<u64>,
    /// How many were asked for: as many found means that there may be more.
    pub(crate) asked: usize,
}

impl FoundPaths {
    pub(crate) fn of(
        answers: &Answers,
        ends: PickedEnds,
        asked: usize,
        progress: &Progress,
    ) -> Option<Self> {
        let counting = if ends.stated_only { Counting::StatedOnly } else { Counting::All };
        let movement = Movement::new(&answers.graph, counting);
        let from = ends.from.among(&answers.ends.entry_points);
        let to = ends.to.among(&answers.ends.crown_jewels);
        let (paths, whole) = match ends.needing {
            Picked::All => (paths_between(&movement, &from, &to, asked, progress)?, None),
            Picked::At(credential) => {
                let between = (from.as_slice(), to.as_slice());
                let PairsNeeding { count, paths } =
                    pairs_needing(&movement, between, credential, asked, progress)?;
                (paths, Some(count))
            }
            Picked::Gone => (Vec::new(), Some(0)),
        };
        Some(Self { ends, paths, whole, asked })
    }

    /// Whether there may be more than were asked for.
    pub(crate) fn may_go_on(&self) -> bool {
        self.paths.len() == self.asked && self.whole.is_none_or(|whole| whole > self.asked as u64)
    }
}
