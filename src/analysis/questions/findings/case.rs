//! What every rule looks at, and what it finds.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::analysis::movement::movements::Movements;
use crate::analysis::movement::reach::ReachOfAll;
use crate::analysis::questions::findings::carriers::CrossedTrust;
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::findings::identities::{Identities, identities};
use crate::analysis::questions::findings::rule::{Reason, Rule, Severity};
use crate::analysis::questions::findings::storage::in_plain_sight;
use crate::analysis::questions::findings::traits::{Words, words};
use crate::analysis::questions::sharing::{Crossing, Sharing};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{NameId, Place, RowId};

/// What the rules look at beside a graph and what reaches what; worked out once.
#[derive(Clone, Debug)]
pub(crate) struct Grounds {
    pub(crate) plain_sight: BTreeSet<NameId>,
    pub(crate) between: CrossedTrust,
    pub(crate) words: Words,
    pub(crate) identities: Identities,
}

impl Grounds {
    /// Costs time in proportion to the edges and the facts.
    pub(crate) fn new(graph: &AccessGraph, movements: &Movements) -> Self {
        let plain_sight = &graph.assumptions().plain_sight;
        Self {
            plain_sight: in_plain_sight(graph.inventory(), plain_sight),
            between: CrossedTrust::new(graph, movements),
            words: words(graph),
            identities: identities(graph, |_| true),
        }
    }
}

/// What every rule looks at.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) graph: &'a AccessGraph,
    pub(crate) sharing: &'a [Sharing],
    pub(crate) reach: &'a ReachOfAll,
    pub(crate) reach_stated: &'a ReachOfAll,
    pub(crate) grounds: &'a Grounds,
    /// Whether reasons and advice are put into words: needless where only what is found counts.
    pub(crate) in_words: bool,
}

impl Case<'_> {
    pub(crate) fn reach_of(&self, credential: CredentialIndex) -> u32 {
        self.reach.credentials.get(credential.index()).copied().unwrap_or(0)
    }

    /// A text that nobody reads where only what is found counts.
    pub(crate) fn text(&self, words: impl FnOnce() -> String) -> Cow<'static, str> {
        if self.in_words { Cow::Owned(words()) } else { Cow::Borrowed("") }
    }

    /// A reason in words of its own.
    pub(crate) fn reason(&self, weight: i8, words: impl FnOnce() -> String) -> Reason {
        Reason::new(weight, self.text(words))
    }

    /// The reach with its whole, as a reason.
    pub(crate) fn reach_reason(&self, at: CredentialIndex) -> Reason {
        self.reason(0, || {
            let (reach, whole) = (self.reach_of(at), self.graph.instances().len());
            let stated = self.reach_stated.credentials.get(at.index()).copied().unwrap_or(0);
            let beside = stated_beside(stated as usize, reach as usize);
            let noun = if whole == 1 { "service instance" } else { "service instances" };
            format!("it reaches {reach} of {whole} {noun}{beside}")
        })
    }

    /// That a credential crosses environments, as a reason that raises the severity; none where it does not.
    pub(crate) fn crossing_reason(&self, at: CredentialIndex) -> Option<Reason> {
        if self.crossing_of(at) == Crossing::None {
            return None;
        }
        Some(self.reason(1, || {
            format!("it crosses environments{}", on_assumption(!self.graph.states_crossing(at)))
        }))
    }

    pub(crate) fn crossing_of(&self, at: CredentialIndex) -> Crossing {
        self.sharing.get(at.index()).map_or(Crossing::None, |sharing| sharing.crossing)
    }
}

/// A verdict as the policy has it: none where the rule is off; where it is rated, a reason makes the
/// weights add up to that.
pub(crate) fn under_policy(case: &Case<'_>, mut verdict: Verdict) -> Option<Verdict> {
    let rules = &case.graph.assumptions().rules;
    let Some(setting) = rules.get(verdict.rule.id()) else { return Some(verdict) };
    let weight = setting.weight()?;
    let own: i8 = verdict.why.iter().map(|reason| reason.weight).sum();
    let words = || format!("the policy rates {} {}", verdict.rule.id(), setting.word());
    let reason = case.reason(weight.saturating_sub(own), words);
    verdict.why.push(reason);
    Some(verdict)
}

/// Where rows stand.
pub(crate) fn places(graph: &AccessGraph, rows: &[RowId]) -> Vec<Place> {
    rows.iter().filter_map(|&row| graph.place_of(row)).collect()
}

/// What one rule finds of a subject.
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

    /// The finding on a subject.
    pub(crate) fn on(&self, subject: Subject) -> Finding {
        let (rule, assumed) = (self.rule, self.assumed);
        Finding { rule, severity: severity(&self.why), subject, assumed }
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

/// What stands behind something that nothing but an assumption makes so.
pub(crate) fn on_assumption(is_assumed: bool) -> &'static str {
    if is_assumed { ", on assumption alone" } else { "" }
}

/// The first five names, and how many more there are.
pub(crate) fn listed<S: AsRef<str>>(names: &[S]) -> String {
    let first: Vec<&str> = names.iter().take(5).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(first.len()) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}
