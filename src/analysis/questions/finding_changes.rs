//! Which findings of a newer inventory are new or worse than in an older one, and which are gone; or
//! are not observed, because what would show them is missing.

use std::collections::BTreeMap;

use crate::analysis::questions::explained::{Compared, Explanation};
use crate::analysis::questions::findings::case::Grounds;
use crate::analysis::questions::findings::evidence;
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::matching::Matched;
use crate::analysis::questions::observed::{ColumnKind, Lacking, Observed};
use crate::graph::AccessGraph;

/// What became of findings. Each list is in the order of the findings, the worst first; numbers are
/// places in the findings of their side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingChanges {
    /// Findings of the newer side that the older one does not have.
    pub new: Vec<usize>,
    /// Findings of both sides that are more severe in the newer one.
    pub worse: Vec<WorseFinding>,
    /// Findings of the older side that the newer one would still show if they were true.
    pub gone: Vec<usize>,
    /// Findings of the older side of which the newer one can say nothing.
    pub not_observed: Vec<UnobservedFinding>,
    /// Of new findings, and of the newer of those that are more severe, those that are no sign that
    /// something got worse, with the reason.
    pub explained: BTreeMap<usize, Explanation>,
}

impl FindingChanges {
    /// How many findings are new, and how many more severe, for which nothing else is the reason than
    /// that something got worse.
    pub fn worse_counts(&self) -> (usize, usize) {
        let unexplained = |at: &usize| !self.explained.contains_key(at);
        let new = self.new.iter().filter(|at| unexplained(at)).count();
        (new, self.worse.iter().filter(|one| unexplained(&one.new)).count())
    }
}

/// A finding whose severity was raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorseFinding {
    /// It in the older findings.
    pub old: usize,
    /// It in the newer findings.
    pub new: usize,
}

/// A finding of which the newer inventory can say nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnobservedFinding {
    /// It in the older findings.
    pub old: usize,
    /// What is missing.
    pub lacking: Vec<Lacking>,
}

/// The graph and the findings of one side.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    pub(crate) graph: &'a AccessGraph,
    pub(crate) findings: &'a [Finding],
    pub(crate) grounds: &'a Grounds,
}

/// What a finding is known by on either side, in the indices of the newer one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Of(Rule, Subject),
    /// A finding on an identity stands at the first of its credentials, which may change.
    Identity(Rule, &'a str),
}

impl<'a> Key<'a> {
    fn new(graph: &'a AccessGraph, finding: &Finding, subject: Option<Subject>) -> Option<Self> {
        if let (Rule::SeveralOfOneIdentity, Subject::Credential(at)) =
            (finding.rule, finding.subject)
        {
            let identity = graph.credential(at).identity?;
            return Some(Self::Identity(finding.rule, graph.inventory().text(identity)));
        }
        Some(Self::Of(finding.rule, subject?))
    }
}

/// Compares findings. Costs a sort of the newer ones, and where something is missing the evidence of
/// those that are not found again.
pub(crate) fn finding_changes(
    old: Judged<'_>,
    new: Judged<'_>,
    matched: &Matched,
    compared: &Compared<'_>,
) -> FindingChanges {
    let observed = compared.observed;
    let mut known: Vec<(Key<'_>, usize)> = new
        .findings
        .iter()
        .enumerate()
        .filter_map(|(at, found)| Some((Key::new(new.graph, found, Some(found.subject))?, at)))
        .collect();
    known.sort_unstable();
    let mut is_old = vec![false; new.findings.len()];
    let mut changes = FindingChanges::default();
    let is_whole = observed.shows_all();
    for (at, finding) in old.findings.iter().enumerate() {
        let subject = matched.subject(finding.subject);
        let key = Key::new(old.graph, finding, subject);
        let found = key.and_then(|key| known.binary_search_by_key(&key, |(key, _)| *key).ok());
        let Some(&(_, twin)) = found.and_then(|found| known.get(found)) else {
            let lacking = if is_whole {
                Vec::new()
            } else {
                lacking(old, finding, is_live(new.graph, subject), observed)
            };
            if lacking.is_empty() {
                changes.gone.push(at);
            } else {
                changes.not_observed.push(UnobservedFinding { old: at, lacking });
            }
            continue;
        };
        if let Some(is_old) = is_old.get_mut(twin) {
            *is_old = true;
        }
        // The worst severity comes first.
        if new.findings.get(twin).is_some_and(|found| found.severity < finding.severity) {
            changes.worse.push(WorseFinding { old: at, new: twin });
        }
    }
    let fresh = is_old.iter().enumerate().filter(|(_, is_old)| !**is_old);
    changes.new = fresh.map(|(at, _)| at).collect();
    let fresh = changes.new.iter().map(|&at| (at, false));
    let asked = fresh.chain(changes.worse.iter().map(|one| (one.new, true)));
    let explained = asked.filter_map(|(at, was_found)| {
        let finding = new.findings.get(at)?;
        Some((at, compared.explains(finding, was_found)?))
    });
    changes.explained = explained.collect();
    changes
}

/// Whether a credential is live in the newer graph; `None` where it is not there, and for instances.
fn is_live(new: &AccessGraph, subject: Option<Subject>) -> Option<bool> {
    match subject? {
        Subject::Credential(at) => Some(new.credential(at).is_live()),
        Subject::Instance(_) => None,
    }
}

/// What is missing to say whether a finding is gone.
fn lacking(
    old: Judged<'_>,
    finding: &Finding,
    is_live: Option<bool>,
    observed: &Observed,
) -> Vec<Lacking> {
    if let Subject::Credential(at) = finding.subject
        && observed.is_vague(at)
    {
        return observed.all_with_rows();
    }
    let rule = finding.rule;
    let (reads, life) = (reads(rule), reads_life(rule, is_live));
    let counts = |kind: ColumnKind| {
        let of_life = matches!(kind, ColumnKind::Status | ColumnKind::Expiry);
        IDENTITY.contains(&kind) || reads.contains(&kind) || (life && of_life)
    };
    match rule {
        // These look at the rows of other credentials too: of a path, or of what an instance holds
        // and who owns it.
        Rule::OnPath
        | Rule::ExtractionPoint
        | Rule::ReusedAcrossOwners
        | Rule::ReadyForShortLived => {
            let mut lacking = observed.lacking_anywhere(counts);
            lacking.extend(observed.rejected());
            lacking
        }
        _ => {
            let rows = evidence(old.graph, old.grounds, finding);
            let mut lacking = observed.lacking_for(rows.iter().copied(), counts);
            lacking.extend(observed.rejected_for(rows.into_iter()));
            lacking
        }
    }
}

/// What says which rows are one credential: every rule reads it.
const IDENTITY: [ColumnKind; 3] = [ColumnKind::Id, ColumnKind::Name, ColumnKind::Secret];

/// The columns without which a rule cannot be broken, though it was. That nobody says an owner or an
/// expiry is found without any column.
fn reads(rule: Rule) -> &'static [ColumnKind] {
    use ColumnKind as Of;
    match rule {
        Rule::CrossesEnvironments | Rule::ReusedAcrossServices => {
            &[Of::Service, Of::Environment, Of::Access]
        }
        Rule::ReusedAcrossOwners => &[Of::Service, Of::Environment, Of::Owner, Of::ServiceOwner],
        Rule::NoOwner | Rule::NoExpiry | Rule::SeveralIds | Rule::JoinedByIdAcrossSources => &[],
        Rule::Old => &[Of::Created, Of::LastRotated],
        Rule::DeadYetMapped => &[Of::Service],
        Rule::InPlainSight => &[Of::Storage],
        Rule::ExtractionPoint => &[Of::Service, Of::Environment, Of::Access, Of::ServiceKind],
        Rule::OnPath => {
            &[Of::Service, Of::Environment, Of::Access, Of::Level, Of::EntryPoint, Of::CrownJewel]
        }
        Rule::ReadyForShortLived => &[
            Of::Service,
            Of::Environment,
            Of::Access,
            Of::ServiceKind,
            Of::Tags,
            Of::Owner,
            Of::ServiceOwner,
        ],
        Rule::Unused => &[Of::LastUse],
        Rule::Unneeded => &[Of::Status],
        Rule::SeveralOfOneIdentity => &[Of::Identity],
    }
}

/// Whether status and expiry decide: a rule on live credentials is silent on one that is dead now, the
/// rule on dead ones where it is live now. What looks at several credentials always reads them, and so
/// do the rules on dates, for a date counts where its row is not out of use.
fn reads_life(rule: Rule, is_live: Option<bool>) -> bool {
    match rule {
        Rule::ExtractionPoint
        | Rule::OnPath
        | Rule::SeveralOfOneIdentity
        | Rule::NoExpiry
        | Rule::Old
        | Rule::Unused
        | Rule::Unneeded => true,
        Rule::DeadYetMapped => is_live == Some(true),
        Rule::CrossesEnvironments
        | Rule::ReusedAcrossServices
        | Rule::ReusedAcrossOwners
        | Rule::NoOwner
        | Rule::InPlainSight
        | Rule::SeveralIds
        | Rule::JoinedByIdAcrossSources
        | Rule::ReadyForShortLived => is_live == Some(false),
    }
}
