//! The blast radius of chosen starts, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::assumed::Basis;
use super::json::write_json;
use crate::analysis::{BlastRadius, Starts, dead_by_id_alone};
use crate::graph::{AccessGraph, CredentialIndex};

/// A blast radius with what it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredRadius<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// What is compromised to begin with.
    pub starts: &'a Starts,
    /// What falls.
    pub radius: &'a BlastRadius,
    /// What falls by stated access alone.
    pub stated: &'a BlastRadius,
}

#[derive(Serialize)]
struct Radius<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    from: From<'a>,
    service_instances: usize,
    reached_total: usize,
    reached_stated: usize,
    reached: Vec<ReachedEntry<'a>>,
    obtained: Vec<ObtainedEntry<'a>>,
}

#[derive(Serialize)]
struct From<'a> {
    credentials: Vec<&'a str>,
    dead: Vec<&'a str>,
    /// Those of them, and of what reached instances hold, that count as dead by an id across sources alone.
    dead_by_id_alone: Vec<&'a str>,
    services: Vec<Site<'a>>,
}

#[derive(Serialize)]
struct Site<'a> {
    service: &'a str,
    environment: &'a str,
}

#[derive(Serialize)]
struct ReachedEntry<'a> {
    service: &'a str,
    environment: &'a str,
    hops: u32,
    through: &'a str,
    assumed: bool,
}

#[derive(Serialize)]
struct ObtainedEntry<'a> {
    credential: &'a str,
    hops: u32,
    held_by: Site<'a>,
    assumed: bool,
}

/// Writes what falls as JSON: by hops, then by name.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_radius_json(answered: &AnsweredRadius<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredRadius { graph, starts, radius, stated } = *answered;
    let site = |instance| Site {
        service: graph.service_name(instance),
        environment: &graph.environment_of(instance).label,
    };
    let names = || starts.credentials.iter();
    let dead = |at: &&CredentialIndex| !graph.credential(**at).is_live();
    let reached = radius.reached.iter().map(|own| own.instance);
    let instances = starts.instances.iter().copied().chain(reached);
    let doubted = dead_by_id_alone(graph, &starts.credentials, instances);
    let reached = radius.reached.iter().map(|reached| ReachedEntry {
        service: graph.service_name(reached.instance),
        environment: &graph.environment_of(reached.instance).label,
        hops: reached.hops,
        through: graph.credential_name(reached.via),
        assumed: !stated.reaches(reached.instance),
    });
    let obtained = radius.obtained.iter().map(|obtained| ObtainedEntry {
        credential: graph.credential_name(obtained.credential),
        hops: obtained.hops,
        held_by: site(obtained.held_by),
        assumed: !stated.obtains(obtained.credential),
    });
    let document = Radius {
        format: "keyreach-blast-radius",
        version: 1,
        basis: Basis::new(graph),
        from: From {
            credentials: names().map(|&at| graph.credential_name(at)).collect(),
            dead: names().filter(dead).map(|&at| graph.credential_name(at)).collect(),
            dead_by_id_alone: doubted.iter().map(|&at| graph.credential_name(at)).collect(),
            services: starts.instances.iter().map(|&at| site(at)).collect(),
        },
        service_instances: graph.instances().len(),
        reached_total: radius.reached.len(),
        reached_stated: stated.reached.len(),
        reached: reached.collect(),
        obtained: obtained.collect(),
    };
    write_json(&document, out)
}
