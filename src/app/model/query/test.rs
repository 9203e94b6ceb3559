//! One test on a credential or a service, as a term of a search asks for it.

use std::collections::BTreeSet;

use crate::analysis::{Severity, Subject};
use crate::app::model::query::days::{Days, day_of};
use crate::app::model::query::key::{Comparison, Key};
use crate::app::model::query::owned::{Owned, has};
use crate::app::model::query::ways::Ways;
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, EdgeIndex, EnvironmentIndex};
use crate::inventory::NameId;

/// One test; what a key stands for is resolved to what has it.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Text(String),
    Environment(BTreeSet<EnvironmentIndex>),
    /// Credentials that are held in one of these.
    Held(BTreeSet<EnvironmentIndex>),
    /// Credentials that open something in one of these.
    Opens(BTreeSet<EnvironmentIndex>),
    Owner(Owned),
    /// Credentials that are held by a service of one of these.
    Holder(Owned),
    /// Credentials that open a service of one of these.
    Target(Owned),
    /// The worst finding is of one of these.
    Severity(Vec<Severity>),
    /// The type of a credential.
    Type(BTreeSet<NameId>),
    /// The kind of a service.
    Kind(BTreeSet<NameId>),
    Storage(BTreeSet<NameId>),
    /// What has a finding of a rule.
    Rule(BTreeSet<Subject>),
    Dead(Vec<bool>),
    Assumed(Vec<bool>),
    /// Credentials that lead as the other tests say by stated access alone, or do not.
    Stated(Vec<bool>, Ways),
    Reach(Comparison, u64),
    /// A day of a credential.
    Days(Key, Days),
}

impl Test {
    /// Whether a subject is so. Costs time in proportion to its names and links.
    pub(super) fn holds(&self, answers: &Answers, subject: Subject) -> bool {
        let graph = &answers.graph;
        match (self, subject) {
            (Self::Text(text), _) => any_name(answers, subject, |name| has(name, text)),
            (Self::Environment(among), Subject::Instance(at)) => {
                among.contains(&graph.instance(at).environment)
            }
            (Self::Environment(among), Subject::Credential(at)) => {
                lies_in(graph, graph.held_by(at), among) || lies_in(graph, graph.grants(at), among)
            }
            (Self::Held(among), Subject::Credential(at)) => {
                lies_in(graph, graph.held_by(at), among)
            }
            (Self::Opens(among), Subject::Credential(at)) => {
                lies_in(graph, graph.grants(at), among)
            }
            (Self::Owner(owned), Subject::Credential(at)) => owned.has(graph.owners_of(at)),
            (Self::Owner(owned), Subject::Instance(at)) => owned.has(graph.owners_of_instance(at)),
            (Self::Holder(owned), Subject::Credential(at)) => {
                owned.has_end(graph, graph.held_by(at))
            }
            (Self::Target(owned), Subject::Credential(at)) => {
                owned.has_end(graph, graph.grants(at))
            }
            (Self::Severity(among), _) => {
                answers.severity(subject).is_some_and(|worst| among.contains(&worst))
            }
            (Self::Type(among), Subject::Credential(at)) => is_in(graph.credential(at).kind, among),
            (Self::Kind(among), Subject::Instance(at)) => is_in(graph.instance(at).kind, among),
            (Self::Storage(among), Subject::Credential(at)) => {
                graph.storages_of(at).iter().any(|own| among.contains(own))
            }
            (Self::Rule(among), _) => among.contains(&subject),
            (Self::Dead(among), Subject::Credential(at)) => {
                among.contains(&!graph.credential(at).is_live())
            }
            (Self::Assumed(among), _) => among.contains(&rests_on_assumption(answers, subject)),
            (Self::Stated(among, ways), Subject::Credential(at)) => {
                among.contains(&ways.are_stated(graph, at))
            }
            (Self::Days(key, days), Subject::Credential(at)) => {
                days.holds(day_of(*key, graph.credential(at)))
            }
            (Self::Reach(how, figure), _) => {
                how.holds(u64::from(answers.reach_of(subject)), *figure)
            }
            (
                Self::Held(_)
                | Self::Opens(_)
                | Self::Holder(_)
                | Self::Target(_)
                | Self::Type(_)
                | Self::Storage(_)
                | Self::Dead(_)
                | Self::Stated(..)
                | Self::Days(..),
                Subject::Instance(_),
            )
            | (Self::Kind(_), Subject::Credential(_)) => false,
        }
    }
}

fn is_in(kind: Option<NameId>, among: &BTreeSet<NameId>) -> bool {
    kind.is_some_and(|kind| among.contains(&kind))
}

/// Whether a service at the end of one of the links lies in one of the environments.
fn lies_in(graph: &AccessGraph, links: &[EdgeIndex], among: &BTreeSet<EnvironmentIndex>) -> bool {
    let place = |edge: &EdgeIndex| graph.instance(graph.edge(*edge).instance).environment;
    links.iter().map(place).any(|own| among.contains(&own))
}

/// Whether a link of the subject is assumed, or its level is.
fn rests_on_assumption(answers: &Answers, subject: Subject) -> bool {
    let graph = &answers.graph;
    let (one, other) = match subject {
        Subject::Credential(at) => (graph.held_by(at), graph.grants(at)),
        Subject::Instance(at) => (graph.holds(at), graph.granted_by(at)),
    };
    one.iter().chain(other).any(|edge| graph.edge(*edge).assumes())
}

/// Whether any name of a subject is as wished: of a credential its ids and its readable name too.
pub(super) fn any_name(answers: &Answers, subject: Subject, is_it: impl Fn(&str) -> bool) -> bool {
    let graph = &answers.graph;
    match subject {
        Subject::Instance(at) => is_it(graph.service_name(at)),
        Subject::Credential(at) => {
            is_it(graph.credential_name(at))
                || graph.aliases(at).iter().any(|id| is_it(graph.inventory().text(*id)))
                || graph.readable_name(at).is_some_and(|name| is_it(&name))
        }
    }
}
