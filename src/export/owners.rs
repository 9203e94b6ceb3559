//! What each owner answers for, as JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::assumed::Basis;
use super::entries::ServiceName;
use super::json::{Each, write_json};
use super::rotation::owner_names;
use crate::analysis::{Answers, OwnerFigures, Severity, is_alone, owner_label};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};

/// The owners, or one of them.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredOwners<'a> {
    /// The answers.
    pub answers: &'a Answers,
    /// The only one that was asked for.
    pub only: Option<&'a OwnerFigures>,
}

impl<'a> AnsweredOwners<'a> {
    pub(super) fn graph(&self) -> &'a AccessGraph {
        &self.answers.graph
    }
}

/// An owner in figures.
#[derive(Serialize, JsonSchema)]
pub(super) struct OwnerEntry<'a> {
    owner: &'a str,
    /// Whether it is an owner, and not what stands for nobody.
    is_named: bool,
    credentials: usize,
    credentials_live: usize,
    service_instances: usize,
    shared_credentials: usize,
    shared_credentials_live: usize,
    cross_environment_credentials: usize,
    cross_environment_credentials_live: usize,
    no_expiry: usize,
    findings: FindingsEntry,
    /// Instances of others that all of it reaches together.
    reach: u32,
    reach_stated: u32,
    /// What names no other owner.
    alone: AloneEntry,
}

#[derive(Serialize, JsonSchema)]
struct FindingsEntry {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
}

#[derive(Serialize, JsonSchema)]
struct AloneEntry {
    credentials: usize,
    credentials_live: usize,
    /// Live ones beside these that would be, were ids across sources apart.
    credentials_live_apart: usize,
    service_instances: usize,
}

impl<'a> OwnerEntry<'a> {
    pub(super) fn new(graph: &'a AccessGraph, figures: &OwnerFigures) -> Self {
        let of = |severity: Severity| figures.findings.get(severity.rank()).copied().unwrap_or(0);
        Self {
            owner: owner_label(graph, figures.owner),
            is_named: figures.owner.is_some(),
            credentials: figures.credentials.all(),
            credentials_live: figures.credentials.live,
            service_instances: figures.service_instances,
            shared_credentials: figures.shared.all(),
            shared_credentials_live: figures.shared.live,
            cross_environment_credentials: figures.crossing.all(),
            cross_environment_credentials_live: figures.crossing.live,
            no_expiry: figures.no_expiry,
            findings: FindingsEntry {
                critical: of(Severity::Critical),
                high: of(Severity::High),
                medium: of(Severity::Medium),
                low: of(Severity::Low),
            },
            reach: figures.reach,
            reach_stated: figures.reach_stated,
            alone: AloneEntry {
                credentials: figures.credentials_alone.all(),
                credentials_live: figures.credentials_alone.live,
                credentials_live_apart: figures.credentials_alone_apart,
                service_instances: figures.service_instances_alone,
            },
        }
    }
}

#[derive(Serialize)]
struct Document<'a, Owners: Serialize, Credentials: Serialize, Services: Serialize> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    service_instances: usize,
    owners: Owners,
    /// Of the only owner that was asked for, everything that is theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    credentials: Option<Credentials>,
    #[serde(skip_serializing_if = "Option::is_none")]
    services: Option<Services>,
    #[serde(skip_serializing_if = "Option::is_none")]
    without_anybody_if_they_leave: Option<Left<'a>>,
}

/// What stands without anybody if one owner leaves.
#[derive(Serialize)]
struct Left<'a> {
    credentials: Vec<&'a str>,
    credentials_dead: Vec<&'a str>,
    services: Vec<ServiceName<'a>>,
}

#[derive(Serialize)]
struct OwnCredential<'a> {
    id: &'a str,
    live: bool,
    other_owners: Vec<&'a str>,
}

#[derive(Serialize)]
struct OwnService<'a> {
    #[serde(flatten)]
    instance: ServiceName<'a>,
    other_owners: Vec<&'a str>,
}

/// Writes owners as JSON, by name.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_owners_json(answered: &AnsweredOwners<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredOwners { answers, only } = *answered;
    let graph = answered.graph();
    let listed = || only.map_or(answers.owners.figures.as_slice(), std::slice::from_ref);
    let document = Document {
        format: "keyreach-owners",
        version: 1,
        basis: Basis::new(graph),
        service_instances: graph.instances().len(),
        owners: Each(|| listed().iter().map(|figures| OwnerEntry::new(graph, figures))),
        credentials: only.map(|of| Each(move || credentials(answers, of.owner))),
        services: only.map(|of| Each(move || services(answers, of.owner))),
        without_anybody_if_they_leave: only.map(|of| left(answers, of.owner)),
    };
    write_json(&document, out)
}

fn credentials(
    answers: &Answers,
    owner: Option<OwnerIndex>,
) -> impl Iterator<Item = OwnCredential<'_>> {
    let graph = &answers.graph;
    answers.owners.credentials_of(owner).map(move |at| OwnCredential {
        id: graph.credential_name(at),
        live: graph.credential(at).is_live(),
        other_owners: others(graph, graph.owners_of(at), owner),
    })
}

fn services(answers: &Answers, owner: Option<OwnerIndex>) -> impl Iterator<Item = OwnService<'_>> {
    let graph = &answers.graph;
    answers.owners.instances_of(owner).map(move |at| OwnService {
        instance: ServiceName::of(graph, at),
        other_owners: others(graph, graph.owners_of_instance(at), owner),
    })
}

/// The owners that are named beside one.
pub(super) fn others<'a>(
    graph: &'a AccessGraph,
    owners: &[OwnerIndex],
    than: Option<OwnerIndex>,
) -> Vec<&'a str> {
    let mut names = owner_names(graph, owners);
    names.retain(|&name| Some(name) != than.map(|owner| graph.owner_name(owner)));
    names
}

fn left(answers: &Answers, owner: Option<OwnerIndex>) -> Left<'_> {
    let graph = &answers.graph;
    let (live, dead): (Vec<_>, Vec<_>) =
        credentials_alone(answers, owner).partition(|&at| graph.credential(at).is_live());
    let names = |of: Vec<CredentialIndex>| {
        of.into_iter().map(|at| graph.credential_name(at)).collect::<Vec<_>>()
    };
    let services = instances_alone(answers, owner).map(|at| ServiceName::of(graph, at));
    Left { credentials: names(live), credentials_dead: names(dead), services: services.collect() }
}

/// An owner's credentials for which no other owner is named.
pub(super) fn credentials_alone(
    answers: &Answers,
    owner: Option<OwnerIndex>,
) -> impl Iterator<Item = CredentialIndex> {
    let alone = move |at: &CredentialIndex| is_alone(answers.graph.owners_of(*at), owner);
    answers.owners.credentials_of(owner).filter(alone)
}

/// An owner's service instances for which no other owner is named.
pub(super) fn instances_alone(
    answers: &Answers,
    owner: Option<OwnerIndex>,
) -> impl Iterator<Item = InstanceIndex> {
    let alone = move |at: &InstanceIndex| is_alone(answers.graph.owners_of_instance(*at), owner);
    answers.owners.instances_of(owner).filter(alone)
}
