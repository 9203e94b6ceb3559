//! A fact as somebody wrote it down, checked and taken in.

use std::sync::Arc;

use super::placing::Placing;
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex};
use crate::import::{holds_secret, is_service_name};
use crate::inventory::{Access, Date, Level, did_you_mean, nearest};
use crate::project::sources::Sources;
use crate::project::state::Project;
use crate::project::subject_name::{CredentialName, InstanceName};
use crate::project::workshop::{SceneMark, StatedFact, Workshop, WorkshopItem};

/// A fact as it was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFact {
    /// An id of a credential.
    pub credential: String,
    /// How the two belong together.
    pub access: Access,
    /// What a grant allows.
    pub level: Level,
    /// A service, which may be a new one.
    pub service: String,
    /// Its environment; blank where it is unknown.
    pub environment: String,
    /// Who states it; may be blank.
    pub by: String,
}

impl Default for WrittenFact {
    fn default() -> Self {
        let blank = String::new;
        let (access, level) = (Access::Holds, Level::Unknown);
        Self {
            credential: blank(),
            access,
            level,
            service: blank(),
            environment: blank(),
            by: blank(),
        }
    }
}

impl WrittenFact {
    /// The service instance, by the names that it has, or will have.
    pub fn instance(&self, graph: &AccessGraph) -> InstanceName {
        let environments = &graph.assumptions().environments;
        InstanceName {
            service: self.service.trim().to_owned(),
            environment: environments.canonical(&self.environment),
        }
    }

    /// Whether it names a service instance that the inventory does not have.
    pub fn is_new_instance(&self, graph: &AccessGraph) -> bool {
        !self.service.trim().is_empty() && self.instance(graph).found_in(graph).is_none()
    }
}

/// Takes a fact, stated on a day, into the project of whose inventory the graph is.
///
/// Costs a copy of the inventory.
///
/// # Errors
/// One sentence with what to do, where the credential is not known, the inventory says so already, or what
/// was written may hold a secret value.
pub fn state_fact(
    project: &Project,
    graph: &AccessGraph,
    written: &WrittenFact,
    (on, scene): (Date, Option<SceneMark>),
) -> Result<Project, String> {
    let WrittenFact { credential, access, level, service, environment, by } = written;
    // What the inventory has as a name is no secret that is written down here.
    let labels = || graph.environments().iter().map(|own| own.label.as_str());
    let is_known = [
        graph.find_credential(credential.trim()).is_some(),
        graph.instances_called(service).next().is_some(),
        labels().any(|label| label == graph.assumptions().environments.canonical(environment)),
        graph.owners().iter().any(|owner| owner == by.trim()),
    ];
    for (text, is_known) in [credential, service, environment, by].into_iter().zip(is_known) {
        if !is_known && holds_secret(text) {
            return Err(
                "this looks like a secret value, which is never kept; write a name".to_owned()
            );
        }
        if text.chars().any(char::is_control) {
            return Err("a name is one line without control characters; write it anew".to_owned());
        }
    }
    if service.trim().is_empty() {
        return Err("name the service".to_owned());
    }
    if !is_service_name(service.trim()) {
        return Err(format!(
            "a table that says “{}” in the place of a service names none; write another name",
            service.trim()
        ));
    }
    let at = credential_named(graph, credential.trim())?;
    let instance = written.instance(graph);
    let known = instance.found_in(graph);
    if let Some(edge) = known.and_then(|to| stated_already(graph, (at, to), (*access, *level))) {
        let place = graph.place_of_link(edge);
        let place = place.map_or_else(String::new, |at| graph.inventory().place_text(at));
        return Err(format!("a row of the inventory says so already: {place}"));
    }
    let mut workshop = Workshop::clone(&project.workshop);
    let lines = workshop.facts().filter(|(own, _)| own.on == on).map(|(_, fact)| fact.line);
    let fact = StatedFact {
        credential: CredentialName::of(graph, at),
        instance,
        access: *access,
        level: if *access == Access::Holds { Level::Unknown } else { *level },
        by: by.trim().to_owned(),
        // The first line of the table that is handed over has its headings.
        line: lines.max().unwrap_or(1).saturating_add(1),
    };
    let mut placing = Placing::to(graph);
    placing
        .place(&fact, (at, on))
        .ok_or("the project has as many sources as it can have; import fewer files together")?;
    workshop.add(on, scene, WorkshopItem::Fact(fact));
    let inventory = Some(Arc::new(placing.done()));
    let sources = Sources { inventory, ..Sources::clone(&project.sources) };
    let (sources, workshop) = (Arc::new(sources), Arc::new(workshop));
    Ok(Project { sources, workshop, ..project.clone() })
}

/// The credential that has an id.
fn credential_named(graph: &AccessGraph, id: &str) -> Result<CredentialIndex, String> {
    if id.is_empty() {
        return Err("name the credential".to_owned());
    }
    if let Some(at) = graph.find_credential(id) {
        return Ok(at);
    }
    if !graph.bearers_of(id).is_empty() {
        return Err(
            "several credentials have this id; write the id that Keyreach prints".to_owned()
        );
    }
    let names = graph.credential_indices().map(|at| graph.credential_name(at));
    let near = nearest(id, names);
    let meant = match near.as_slice() {
        [] => "write it as the table of credentials has it".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no such credential; {meant}"))
}

/// A link that says all of it already, where there is one for each part.
fn stated_already(
    graph: &AccessGraph,
    (at, to): (CredentialIndex, InstanceIndex),
    (access, level): (Access, Level),
) -> Option<EdgeIndex> {
    let stated = |edges: &[EdgeIndex], level: Level| {
        edges.iter().copied().find(|&edge| {
            let edge = graph.edge(edge);
            edge.instance == to && !edge.assumed && edge.level >= level
        })
    };
    let holds = || stated(graph.held_by(at), Level::Unknown);
    let grants = || stated(graph.grants(at), level);
    match access {
        Access::Holds => holds(),
        Access::Grants => grants(),
        Access::Both | Access::Unstated => holds().and_then(|_| grants()),
    }
}
