//! What every rule looks at, and what it finds.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::questions::findings::carriers::CrossedTrust;
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::findings::rule::{Reason, Rule, Severity};
use crate::analysis::questions::findings::technique;
use crate::analysis::questions::findings::traits::Words;
use crate::analysis::questions::sharing::Sharing;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{NameId, Place, RowId};

/// What every rule looks at.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) graph: &'a AccessGraph,
    pub(crate) sharing: &'a [Sharing],
    pub(crate) reach: &'a ReachOfAll,
    pub(crate) reach_stated: &'a ReachOfAll,
    pub(crate) plain_sight: &'a BTreeSet<NameId>,
    pub(crate) between: &'a CrossedTrust,
    pub(crate) words: &'a Words,
}

impl Case<'_> {
    pub(crate) fn reach_of(&self, credential: CredentialIndex) -> u32 {
        self.reach.credentials.get(credential.index()).copied().unwrap_or(0)
    }

    /// The reach with its whole, as a reason.
    pub(crate) fn reach_reason(&self, at: CredentialIndex) -> Reason {
        let (reach, whole) = (self.reach_of(at), self.graph.instances().len());
        let stated = self.reach_stated.credentials.get(at.index()).copied().unwrap_or(0);
        let beside = stated_beside(stated as usize, reach as usize);
        let noun = if whole == 1 { "service instance" } else { "service instances" };
        Reason::new(0, format!("it reaches {reach} of {whole} {noun}{beside}"))
    }

    pub(crate) fn places(&self, rows: &[RowId]) -> Vec<Place> {
        rows.iter().filter_map(|&row| self.graph.place_of(row)).collect()
    }
}

/// A finding of one rule before its evidence is gathered.
pub(crate) struct Verdict {
    pub(crate) rule: Rule,
    pub(crate) why: Vec<Reason>,
    pub(crate) advice: Cow<'static, str>,
    pub(crate) assumed: bool,
}

impl Verdict {
    pub(crate) fn new(rule: Rule, why: Vec<Reason>, advice: impl Into<Cow<'static, str>>) -> Self {
        Self { rule, why, advice: advice.into(), assumed: false }
    }
}

pub(crate) fn with_evidence(case: &Case<'_>, subject: Subject, verdict: Verdict) -> Finding {
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
pub(crate) fn severity(why: &[Reason]) -> Severity {
    Severity::of_weight(why.iter().map(|reason| i32::from(reason.weight)).sum())
}

/// What stands behind a figure of which stated access gives less; empty where it gives as much.
pub(crate) fn stated_beside(stated: usize, all: usize) -> String {
    match stated {
        stated if stated >= all => String::new(),
        0 => ", none with stated access alone".to_owned(),
        stated => format!(", {stated} with stated access alone"),
    }
}

/// The first five names, and how many more there are.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let first: Vec<&str> = names.iter().take(5).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(first.len()) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
