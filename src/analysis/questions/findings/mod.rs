//! What is worth showing: each finding with its severity, the reasons for it, evidence and advice.

pub(crate) mod between;
pub(crate) mod credential;
pub(crate) mod exposure;
pub(crate) mod identity;
pub(crate) mod instance;
pub(crate) mod rule;
pub(crate) mod short_lived;
pub(crate) mod storage;
pub(crate) mod technique;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::questions::sharing::Sharing;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{NameId, Place, RowId};

pub(crate) use crate::analysis::questions::findings::rule::{Reason, Rule, Severity, Technique};

/// What a finding, or a mark on the map, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A service instance.
    Instance(InstanceIndex),
    /// A credential.
    Credential(CredentialIndex),
}

impl Subject {
    /// Its name in a graph, as it was written: escape it before it is shown.
    pub fn name(self, graph: &AccessGraph) -> String {
        match self {
            Self::Instance(at) => graph.instance_name(at),
            Self::Credential(at) => graph.credential_name(at).to_owned(),
        }
    }
}

/// One answer worth showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule behind it.
    pub rule: Rule,
    /// How bad it is; the reasons stand in `why`.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// The reasons with their weights, which add up to the severity.
    pub why: Vec<Reason>,
    /// The rows behind it, by source and line.
    pub evidence: Vec<Place>,
    /// What to do.
    pub advice: String,
    /// Whether it rests on assumed access alone.
    pub assumed: bool,
    /// What attackers do with it, where a technique fits.
    pub technique: Option<Technique>,
}

/// What every rule looks at.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    graph: &'a AccessGraph,
    sharing: &'a [Sharing],
    reach: &'a ReachOfAll,
    plain_sight: &'a BTreeSet<NameId>,
    between: &'a between::Between,
    words: &'a short_lived::Words,
}

impl Case<'_> {
    fn reach_of(&self, credential: CredentialIndex) -> u32 {
        self.reach.credentials.get(credential.index()).copied().unwrap_or(0)
    }

    /// The reach with its whole, as a reason.
    fn reach_reason(&self, reach: u32) -> Reason {
        let whole = self.graph.instances().len();
        Reason::new(0, format!("it reaches {reach} of {whole} service instances"))
    }

    fn places(&self, rows: &[RowId]) -> Vec<Place> {
        rows.iter().filter_map(|&row| self.graph.place_of(row)).collect()
    }
}

/// A finding of one rule before its evidence is gathered.
pub(crate) struct Verdict {
    rule: Rule,
    why: Vec<Reason>,
    advice: String,
    assumed: bool,
}

impl Verdict {
    fn new(rule: Rule, why: Vec<Reason>, advice: impl Into<String>) -> Self {
        Self { rule, why, advice: advice.into(), assumed: false }
    }
}

/// All findings: the worst first, then those that reach farthest, then by rule and name.
///
/// Costs time in proportion to the edges and rows.
pub fn findings(graph: &AccessGraph, sharing: &[Sharing], reach: &ReachOfAll) -> Vec<Finding> {
    let words = &graph.assumptions().plain_sight;
    let plain_sight = &storage::in_plain_sight(graph.inventory(), words);
    let (between, words) = (&between::Between::new(graph), &short_lived::words(graph));
    let case = Case { graph, sharing, reach, plain_sight, between, words };
    let credentials = (0..graph.credentials().len() as u32).into_par_iter().map(CredentialIndex);
    let mut found: Vec<Finding> =
        credentials.flat_map_iter(|at| of_credential(&case, at)).collect();
    for at in graph.instance_indices() {
        if let Some(verdict) = instance::judge(&case, at) {
            found.push(with_evidence(&case, Subject::Instance(at), verdict));
        }
    }
    identity::judge(&case, &mut found);
    found.sort_by_cached_key(|finding| {
        let reach = match finding.subject {
            Subject::Credential(at) => case.reach_of(at),
            Subject::Instance(at) => reach.instances.get(at.index()).copied().unwrap_or(0),
        };
        (finding.severity, Reverse(reach), finding.rule, finding.subject)
    });
    found
}

fn of_credential(case: &Case<'_>, at: CredentialIndex) -> Vec<Finding> {
    let mut verdicts = Vec::new();
    exposure::judge(case, at, &mut verdicts);
    if case.graph.credential(at).bound {
        // No secret: it cannot leak, grow old or be reused. What its holder reaches stays.
        // Holders of one are judged together, so that only what it grants can make it cross.
        let known = |edge| case.graph.environment_of(case.graph.edge(edge).instance).is_known();
        let leads = case.graph.grants(at).iter().any(|&edge| known(edge));
        verdicts.retain(|verdict| leads && verdict.rule == Rule::CrossesEnvironments);
        verdicts.extend(between::judge(case, at));
        let subject = Subject::Credential(at);
        return verdicts.into_iter().map(|verdict| with_evidence(case, subject, verdict)).collect();
    }
    credential::judge(case, at, &mut verdicts);
    if case.graph.credential(at).is_live() {
        verdicts.extend(between::judge(case, at));
        verdicts.extend(short_lived::judge(case, at));
    }
    let subject = Subject::Credential(at);
    verdicts.into_iter().map(|verdict| with_evidence(case, subject, verdict)).collect()
}

fn with_evidence(case: &Case<'_>, subject: Subject, verdict: Verdict) -> Finding {
    let rows = match subject {
        Subject::Credential(at) => case.graph.rows_of(at),
        Subject::Instance(at) => case.graph.rows_of_instance(at),
    };
    let Verdict { rule, why, advice, assumed } = verdict;
    Finding {
        rule,
        severity: severity(&why),
        subject,
        why,
        evidence: case.places(rows),
        advice,
        assumed,
        technique: technique::of(case.graph, rule, subject),
    }
}

/// What the reasons weigh together.
fn severity(why: &[Reason]) -> Severity {
    Severity::of_weight(why.iter().map(|reason| i32::from(reason.weight)).sum())
}

/// The first five names, and how many more there are.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let first: Vec<&str> = names.iter().take(5).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(first.len()) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
