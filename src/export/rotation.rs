//! The order in which credentials are replaced once something has fallen, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::assumed::Basis;
use super::entries::ServiceName;
use super::json::{Each, write_json};
use crate::analysis::{Rotation, RotationGroup, Starts, ToClean, Wave, dead_by_id_alone};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};

/// The order with what has fallen.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredRotation<'a> {
    /// The graph.
    pub graph: &'a AccessGraph,
    /// What has fallen.
    pub starts: &'a Starts,
    /// What to do, in order.
    pub rotation: &'a Rotation,
}

impl AnsweredRotation<'_> {
    /// Those of the starts, and of what fallen instances hold, that count as dead by an id across sources
    /// alone.
    pub(super) fn dead_by_id_alone(&self) -> Vec<CredentialIndex> {
        let fallen = self.rotation.clean_first.iter().map(|clean| clean.instance);
        dead_by_id_alone(self.graph, &self.starts.credentials, fallen)
    }
}

#[derive(Serialize)]
struct Document<'a, Clean: Serialize, Groups: Serialize> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    from: Vec<String>,
    /// Those of the starts that are dead, and so give nothing to replace.
    dead: Vec<&'a str>,
    /// Those of them, and of what fallen instances hold, that count as dead by an id across sources alone.
    dead_by_id_alone: Vec<&'a str>,
    clean_first: Clean,
    reached_before: usize,
    reached_before_stated: usize,
    groups: Groups,
    waves: Vec<WaveEntry>,
}

#[derive(Serialize)]
struct CleanEntry<'a> {
    #[serde(flatten)]
    instance: ServiceName<'a>,
    assumed: bool,
    /// The wave after which nothing that was obtained opens it; 0 where nothing does.
    closed_after_wave: u32,
}

#[derive(Serialize)]
struct GroupEntry<'a> {
    wave: u32,
    credentials: Vec<&'a str>,
    credentials_assumed: Vec<&'a str>,
    owners: Vec<&'a str>,
    update: Vec<UpdateEntry<'a>>,
}

#[derive(Serialize)]
struct UpdateEntry<'a> {
    #[serde(flatten)]
    instance: ServiceName<'a>,
    owners: Vec<&'a str>,
    /// Whether no row states that it holds any of them.
    assumed: bool,
}

#[derive(Serialize)]
struct WaveEntry {
    wave: u32,
    groups: usize,
    credentials: usize,
    still_reached: usize,
    still_reached_stated: usize,
}

/// Writes what to clean and what to replace as JSON: by wave, then by name.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_rotation_json(answered: &AnsweredRotation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let AnsweredRotation { graph, starts, rotation } = *answered;
    let Starts { credentials, instances } = starts;
    let names = |of: &[CredentialIndex]| names(graph, of);
    let dead = credentials.iter().filter(|at| !graph.credential(**at).is_live());
    let from = credentials.iter().map(|&at| graph.credential_name(at).to_owned());
    let clean = |clean: &ToClean| CleanEntry {
        instance: ServiceName::of(graph, clean.instance),
        assumed: clean.assumed,
        closed_after_wave: clean.closed_after,
    };
    let update = |group: &RotationGroup, at: InstanceIndex| UpdateEntry {
        instance: ServiceName::of(graph, at),
        owners: owner_names(graph, graph.owners_of_instance(at)),
        assumed: !group.is_stated_holder(at),
    };
    let group = |group: &RotationGroup| GroupEntry {
        wave: group.wave,
        credentials: names(&group.credentials),
        credentials_assumed: names(&group.assumed),
        owners: owner_names(graph, &group.owners),
        update: group.update.iter().map(|&at| update(group, at)).collect(),
    };
    let wave = |(wave, state): (u32, &Wave)| {
        let &Wave { groups, credentials, still_reached, still_reached_stated } = state;
        WaveEntry { wave, groups, credentials, still_reached, still_reached_stated }
    };
    let document = Document {
        format: "keyreach-rotation",
        version: 1,
        basis: Basis::new(graph),
        from: from.chain(instances.iter().map(|&at| graph.written_name(at))).collect(),
        dead: dead.map(|&at| graph.credential_name(at)).collect(),
        dead_by_id_alone: names(&answered.dead_by_id_alone()),
        clean_first: Each(|| rotation.clean_first.iter().map(clean)),
        reached_before: rotation.reached,
        reached_before_stated: rotation.reached_stated,
        groups: Each(|| rotation.groups.iter().map(group)),
        waves: (1..).zip(&rotation.waves).map(wave).collect(),
    };
    write_json(&document, out)
}

fn names<'a>(graph: &'a AccessGraph, of: &[CredentialIndex]) -> Vec<&'a str> {
    of.iter().map(|&at| graph.credential_name(at)).collect()
}

pub(super) fn owner_names<'a>(graph: &'a AccessGraph, of: &[OwnerIndex]) -> Vec<&'a str> {
    of.iter().map(|&owner| graph.owner_name(owner)).collect()
}
