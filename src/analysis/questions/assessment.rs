//! Everything that is asked between entry points and crown jewels, asked at once.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::network::Movement;
use crate::analysis::questions::choke_points::ChokePoints;
use crate::analysis::questions::choke_points::choke_points;
use crate::analysis::questions::cut_members::assumed_members;
use crate::analysis::questions::minimum_cut::minimum_cut;
use crate::analysis::questions::minimum_cut::{Costs, Cut, MinimumCut};
use crate::analysis::questions::path::Path;
use crate::analysis::questions::paths::shortest_paths;
use crate::analysis::questions::plan::question::PlanQuestion;
use crate::analysis::questions::plan::steps::Plan;
use crate::analysis::questions::plan::{PLAN_BUDGET, plan_further};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Progress;

/// The answers.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The shortest path of each connected pair, as many as were asked for.
    pub paths: Vec<Path>,
    /// The cheapest credentials to remove.
    pub cut: Cut,
    /// Those of them, by name, that lie on no path of stated access.
    pub cut_assumed: Vec<CredentialIndex>,
    /// The same with stated access alone.
    pub cut_stated: Cut,
    /// The pairs that depend on each credential.
    pub choke_points: ChokePoints,
    /// What to fix, step by step.
    pub plan: Plan,
    /// The shortest paths of stated access alone, as many as were asked for.
    pub paths_stated: Vec<Path>,
    /// The pairs that depend on each credential when stated access alone counts.
    pub choke_points_stated: ChokePoints,
    /// What to fix if stated access alone counts.
    pub plan_stated: Plan,
}

impl Assessment {
    /// The answers where nothing was asked.
    pub fn unasked() -> Self {
        let cut = Cut::Found(MinimumCut::default());
        Self {
            paths: Vec::new(),
            cut: cut.clone(),
            cut_assumed: Vec::new(),
            cut_stated: cut,
            choke_points: ChokePoints::default(),
            plan: Plan::default(),
            paths_stated: Vec::new(),
            choke_points_stated: ChokePoints::default(),
            plan_stated: Plan::default(),
        }
    }

    /// Whether a member of the minimum cut rests on assumed access.
    pub fn is_assumed_member(&self, at: CredentialIndex) -> bool {
        self.cut_assumed.binary_search(&at).is_ok()
    }
}

/// What is asked of one way of counting.
#[derive(Clone)]
struct Side {
    paths: Vec<Path>,
    cut: Cut,
    choke_points: ChokePoints,
    plan: Plan,
}

/// What can be asked between entry points and crown jewels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The shortest paths.
    Paths,
    /// The cheapest credentials to remove.
    MinimumCut,
    /// The pairs that depend on each credential.
    ChokePoints,
    /// What to fix, step by step.
    Plan,
}

impl Question {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Paths, Self::MinimumCut, Self::ChokePoints, Self::Plan];
}

/// Asks everything; `None` when cancelled.
///
/// Where nothing is assumed, what is stated alone is not asked a second time.
pub fn assess(
    graph: &AccessGraph,
    ends: &Ends,
    most_paths: usize,
    progress: &Progress,
) -> Option<Assessment> {
    assess_only(graph, ends, most_paths, &Question::ALL, progress)
}

/// Asks some questions alone; the answers to the others are empty. `None` when cancelled.
pub fn assess_only(
    graph: &AccessGraph,
    ends: &Ends,
    most_paths: usize,
    wanted: &[Question],
    progress: &Progress,
) -> Option<Assessment> {
    let is_wanted = |question: Question| wanted.contains(&question);
    let costs = Costs::new(graph);
    let movements = Movements::new(graph);
    let (all, stated) = movements.both();
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    let planned = |counting| {
        if !is_wanted(Question::Plan) {
            return Some(Plan::default());
        }
        let question = PlanQuestion { graph, movement: all, counting, ends, costs: &costs };
        plan_further(question, &Plan::default(), PLAN_BUDGET, progress)
    };
    let others = |movement: &Movement| {
        let paths = if is_wanted(Question::Paths) {
            shortest_paths(movement, from, to, most_paths, progress)?
        } else {
            Vec::new()
        };
        let cut = if is_wanted(Question::MinimumCut) {
            minimum_cut(movement, ends, &costs, progress)?
        } else {
            Cut::Found(MinimumCut::default())
        };
        let choke_points = if is_wanted(Question::ChokePoints) {
            choke_points(movement, ends, progress)?
        } else {
            ChokePoints::default()
        };
        Some((paths, cut, choke_points))
    };
    let ask = |counting, movement: &Movement| {
        let (plan, others) = rayon::join(|| planned(counting), || others(movement));
        let (paths, cut, choke_points) = others?;
        Some(Side { paths, cut, choke_points, plan: plan? })
    };
    let (of_all, of_stated) = if graph.assumes() {
        let (of_all, of_stated) =
            rayon::join(|| ask(Counting::All, all), || ask(Counting::StatedOnly, stated));
        (of_all?, of_stated?)
    } else {
        let of_all = ask(Counting::All, all)?;
        (of_all.clone(), of_all)
    };
    let Side { paths, cut, choke_points, plan } = of_all;
    let cut_assumed = members_assumed(stated, ends, (&cut, &of_stated.cut));
    Some(Assessment {
        cut_assumed,
        paths,
        cut,
        choke_points,
        plan,
        cut_stated: of_stated.cut,
        paths_stated: of_stated.paths,
        choke_points_stated: of_stated.choke_points,
        plan_stated: of_stated.plan,
    })
}

/// The members of a cut that lie on no path of stated access.
fn members_assumed(
    stated: &Movement,
    ends: &Ends,
    (cut, cut_stated): (&Cut, &Cut),
) -> Vec<CredentialIndex> {
    let Cut::Found(found) = cut else { return Vec::new() };
    if cut == cut_stated {
        return Vec::new();
    }
    let mut asked = found.credentials.clone();
    if let Cut::Found(of_stated) = cut_stated {
        asked.retain(|at| of_stated.credentials.binary_search(at).is_err());
    }
    assumed_members(stated, ends, &asked)
}
