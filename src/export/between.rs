//! What lies between entry points and crown jewels, as part of the report.

use schemars::JsonSchema;
use serde::Serialize;

use super::Answered;
use super::entries::{EvidenceEntry, ServiceName, place};
use super::hops::rows_of;
use crate::analysis::{
    ChokePoints, Coverage, Cut, Exposure, Gap, MinimumCut, Path, Plan, Precision, Step, UnreadFact,
    stated_hops, unread_facts,
};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{Inventory, SourceId};

/// How many choke points the report lists.
const MOST_CHOKE_POINTS: usize = 1_000;

#[derive(Serialize, JsonSchema)]
pub(super) struct ExposureEntry {
    entry_points: usize,
    crown_jewels: usize,
    already_fallen: usize,
    pairs: u64,
    connected_pairs: u64,
    connected_pairs_stated: u64,
    sentence: String,
    missing: Vec<&'static str>,
}

impl ExposureEntry {
    pub(super) fn new(exposure: &Exposure) -> Self {
        Self {
            entry_points: exposure.entry_points,
            crown_jewels: exposure.crown_jewels,
            already_fallen: exposure.already_fallen,
            pairs: exposure.pairs,
            connected_pairs: exposure.connected_pairs,
            connected_pairs_stated: exposure.connected_pairs_stated,
            sentence: exposure.sentence(),
            missing: exposure.missing.iter().map(|missing| missing.advice()).collect(),
        }
    }
}

/// The keys that stand beside the findings.
#[derive(Serialize, JsonSchema)]
pub(super) struct BetweenEntry<'a> {
    already_fallen: Vec<ServiceName<'a>>,
    paths: Vec<PathEntry<'a>>,
    minimum_cut: CutEntry<'a>,
    minimum_cut_stated: CutEntry<'a>,
    choke_points: ChokeEntry<'a>,
    plan: Vec<PlanEntry<'a>>,
    #[serde(flatten)]
    plan_end: PlanEnd,
    plan_cost: u64,
    /// The plan beside the minimum cut, in words.
    plan_beside_cut: String,
    paths_stated: Vec<PathEntry<'a>>,
    choke_points_stated: ChokeEntry<'a>,
    plan_stated: Vec<PlanEntry<'a>>,
    #[serde(flatten)]
    plan_stated_end: PlanStatedEnd,
    coverage: CoverageEntry,
}

/// How the plan ended.
#[derive(Serialize, JsonSchema)]
struct PlanEnd {
    plan_complete: bool,
    /// Whether its budget ended it while further steps would close more.
    plan_cut_short: bool,
    /// Whether each step is the best that there is, and not the best of the most promising alone.
    plan_exact: bool,
}

/// The same of the plan for stated access alone.
#[derive(Serialize, JsonSchema)]
struct PlanStatedEnd {
    plan_stated_complete: bool,
    plan_stated_cut_short: bool,
    plan_stated_exact: bool,
}

#[derive(Serialize, JsonSchema)]
struct PathEntry<'a> {
    from: ServiceName<'a>,
    to: ServiceName<'a>,
    hops: Vec<HopEntry<'a>>,
    assumed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
struct HopEntry<'a> {
    credential: &'a str,
    to: ServiceName<'a>,
    assumed: bool,
    /// The first row by which the credential is held, and the first by which it opens.
    evidence: Vec<EvidenceEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct CutEntry<'a> {
    #[serde(flatten)]
    sum: CutSum<'a>,
    /// The credentials, each with whether it lies on no stated path.
    members: Vec<MemberEntry<'a>>,
    others_exist: bool,
    witness_paths: Vec<PathEntry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unbreakable_path: Option<PathEntry<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct MemberEntry<'a> {
    credential: &'a str,
    assumed: bool,
}

#[derive(Serialize, JsonSchema)]
struct CutSum<'a> {
    cost: Option<u64>,
    credentials: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct ChokeEntry<'a> {
    exact: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sampled: Option<SampleEntry>,
    credentials: Vec<ChokePoint<'a>>,
    total: usize,
}

#[derive(Serialize, JsonSchema)]
struct SampleEntry {
    entry_points_taken: usize,
    entry_points: usize,
    error_in_pairs: u64,
}

#[derive(Serialize, JsonSchema)]
struct ChokePoint<'a> {
    credential: &'a str,
    pairs: u64,
    /// Whether it parts no stated pair.
    assumed: bool,
}

#[derive(Serialize, JsonSchema)]
struct PlanEntry<'a> {
    credential: &'a str,
    fix: &'static str,
    cost: u64,
    connected_pairs_before: u64,
    connected_pairs_after: u64,
    connected_pairs_before_stated: u64,
    connected_pairs_after_stated: u64,
    accesses_lost: u64,
    /// Whether it parts no pair of stated access.
    assumed: bool,
}

#[derive(Serialize, JsonSchema)]
struct CoverageEntry {
    credentials_without_holder: GapEntry,
    credentials_without_grant: GapEntry,
    credentials_without_owner: GapEntry,
    credentials_without_expiry: GapEntry,
    instances_without_grant: GapEntry,
    instances_without_owner: GapEntry,
    instances_without_environment: GapEntry,
    assumed_edges: usize,
    edges: usize,
    /// The facts for which no column was read, and in which files.
    no_column_read: Vec<UnreadFactEntry>,
}

#[derive(Serialize, JsonSchema)]
struct UnreadFactEntry {
    fact: &'static str,
    files: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct GapEntry {
    missing: usize,
    missing_stated: usize,
    of: usize,
}

impl<'a> BetweenEntry<'a> {
    pub(super) fn new(answered: &Answered<'a>) -> Self {
        let (graph, assessment) = (answered.graph(), answered.assessment);
        let fallen = answered.answers.ends.already_fallen.iter();
        let paths =
            |found: &[Path]| found.iter().map(|found| path(answered, found, None)).collect();
        Self {
            already_fallen: fallen.map(|&at| ServiceName::of(graph, at)).collect(),
            paths: paths(&assessment.paths),
            minimum_cut: cut(answered, &assessment.cut),
            minimum_cut_stated: cut(answered, &assessment.cut_stated),
            choke_points: choke_points(answered, &assessment.choke_points),
            plan: steps(graph, &assessment.plan),
            plan_end: PlanEnd {
                plan_complete: assessment.plan.complete,
                plan_cut_short: assessment.plan.cut_short,
                plan_exact: !assessment.plan.estimated,
            },
            plan_cost: assessment.plan.cost(),
            plan_beside_cut: assessment.plan.beside(&assessment.cut),
            paths_stated: paths(&assessment.paths_stated),
            choke_points_stated: choke_points(answered, &assessment.choke_points_stated),
            plan_stated: steps(graph, &assessment.plan_stated),
            plan_stated_end: PlanStatedEnd {
                plan_stated_complete: assessment.plan_stated.complete,
                plan_stated_cut_short: assessment.plan_stated.cut_short,
                plan_stated_exact: !assessment.plan_stated.estimated,
            },
            coverage: CoverageEntry::new(&answered.answers.coverage, graph.inventory()),
        }
    }
}

impl CoverageEntry {
    fn new(coverage: &Coverage, inventory: &Inventory) -> Self {
        let unread = |unread: &UnreadFact| {
            let file = |at: &SourceId| inventory.sources.get(usize::from(at.0));
            let files = unread.sources.iter().filter_map(file).map(|source| source.name.clone());
            UnreadFactEntry { fact: unread.fact.word(), files: files.collect() }
        };
        let gap = |gap: Gap| {
            let Gap { missing, missing_stated, of } = gap;
            GapEntry { missing, missing_stated, of }
        };
        Self {
            credentials_without_holder: gap(coverage.credentials_without_holder),
            credentials_without_grant: gap(coverage.credentials_without_grant),
            credentials_without_owner: gap(coverage.credentials_without_owner),
            credentials_without_expiry: gap(coverage.credentials_without_expiry),
            instances_without_grant: gap(coverage.instances_without_grant),
            instances_without_owner: gap(coverage.instances_without_owner),
            instances_without_environment: gap(coverage.instances_without_environment),
            assumed_edges: coverage.assumed_edges,
            edges: coverage.edges,
            no_column_read: unread_facts(inventory).iter().map(unread).collect(),
        }
    }
}

fn path<'a>(answered: &Answered<'a>, path: &Path, flow: Option<u64>) -> PathEntry<'a> {
    let graph = answered.graph();
    let hop = |(step, stated): (&Step, bool)| HopEntry {
        credential: graph.credential_name(step.credential),
        to: ServiceName::of(graph, step.to),
        assumed: !stated,
        evidence: rows_of(graph, step).into_iter().map(|at| place(answered, at)).collect(),
    };
    PathEntry {
        from: ServiceName::of(graph, path.from),
        to: ServiceName::of(graph, path.to),
        hops: path.hops.iter().zip(stated_hops(graph, &path.hops)).map(hop).collect(),
        assumed: !path.is_stated(graph),
        flow,
    }
}

fn names<'a>(graph: &'a AccessGraph, cut: &MinimumCut) -> Vec<&'a str> {
    cut.credentials.iter().map(|&at| graph.credential_name(at)).collect()
}

fn cut_sum<'a>(graph: &'a AccessGraph, cut: &Cut) -> CutSum<'a> {
    match cut {
        Cut::Found(cut) => CutSum { cost: Some(cut.cost), credentials: names(graph, cut) },
        Cut::Unbreakable(_) => CutSum { cost: None, credentials: Vec::new() },
    }
}

fn cut<'a>(answered: &Answered<'a>, cut: &Cut) -> CutEntry<'a> {
    let sum = cut_sum(answered.graph(), cut);
    match cut {
        Cut::Found(cut) => {
            let witnesses = cut.witnesses.iter();
            let paths = witnesses.map(|found| path(answered, &found.path, Some(found.flow)));
            let member = |&at: &CredentialIndex| MemberEntry {
                credential: answered.graph().credential_name(at),
                assumed: answered.assessment.is_assumed_member(at),
            };
            CutEntry {
                sum,
                members: cut.credentials.iter().map(member).collect(),
                others_exist: cut.others_exist,
                witness_paths: paths.collect(),
                unbreakable_path: None,
            }
        }
        Cut::Unbreakable(found) => CutEntry {
            sum,
            members: Vec::new(),
            others_exist: false,
            witness_paths: Vec::new(),
            unbreakable_path: Some(path(answered, found, None)),
        },
    }
}

fn steps<'a>(graph: &'a AccessGraph, plan: &Plan) -> Vec<PlanEntry<'a>> {
    let steps = plan.steps.iter().map(|step| PlanEntry {
        credential: graph.credential_name(step.fix.credential),
        fix: step.fix.kind.word(),
        cost: step.cost,
        connected_pairs_before: step.pairs.0,
        connected_pairs_after: step.pairs.1,
        connected_pairs_before_stated: step.pairs_stated.0,
        connected_pairs_after_stated: step.pairs_stated.1,
        accesses_lost: step.lost,
        assumed: step.assumed(),
    });
    steps.collect()
}

fn choke_points<'a>(answered: &Answered<'a>, chokes: &ChokePoints) -> ChokeEntry<'a> {
    let (graph, ranked) = (answered.graph(), chokes.ranked());
    let most = if answered.full { usize::MAX } else { MOST_CHOKE_POINTS };
    let total = ranked.len();
    let stated = &answered.assessment.choke_points_stated.pairs;
    let point = |(at, pairs): (CredentialIndex, u64)| ChokePoint {
        credential: graph.credential_name(at),
        pairs,
        assumed: stated.get(at.index()).is_none_or(|pairs| *pairs == 0),
    };
    let credentials = ranked.into_iter().take(most).map(point).collect();
    let sampled = match chokes.precision {
        Precision::Exact => None,
        Precision::Sampled { taken, whole, error } => Some(SampleEntry {
            entry_points_taken: taken,
            entry_points: whole,
            error_in_pairs: error.ceil() as u64,
        }),
    };
    ChokeEntry { exact: sampled.is_none(), sampled, credentials, total }
}
