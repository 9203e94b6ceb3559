//! The rotation order as the window lists it: line by line.

use crate::analysis::{Rotation, RotationGroup, dead_by_id_alone, dead_by_id_words, rotation};
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::project::{CredentialName, InstanceName, RotationList, RotationStep};

/// What stands in a line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RotationLine {
    /// What follows is cleaned before anything is replaced.
    CleanFirst,
    /// An instance to clean, by its place in the answer.
    Clean(u32),
    /// A wave begins; they are counted from 0.
    Wave(u32),
    /// A group of several credentials begins.
    Group(u32),
    /// A credential of a group is replaced.
    Replace(u32, CredentialIndex),
    /// The new secret of a credential of a group is put into an instance.
    Put(u32, CredentialIndex, InstanceIndex),
    /// What is still reached after a wave.
    After(u32),
}

/// The order for what is taken to have fallen.
#[derive(Debug)]
pub(crate) struct FoundRotation {
    /// For each start whether the inventory has it.
    pub(crate) known: Vec<bool>,
    pub(crate) rotation: Rotation,
    pub(crate) lines: Vec<RotationLine>,
    /// How many of the lines can be ticked off.
    pub(crate) steps: usize,
    /// What is left out because it counts as dead by an id across sources alone, in words.
    pub(crate) dead_by_id: Option<String>,
    /// The credentials to replace, sorted.
    replaced: Vec<CredentialIndex>,
}

impl FoundRotation {
    pub(crate) fn of(answers: &Answers, list: &RotationList) -> Self {
        let graph = &answers.graph;
        let (known, starts) = list.found_in(graph);
        let rotation = rotation(graph, &starts);
        let lines = lines(graph, &rotation);
        let steps = lines.iter().filter(|line| line.is_step()).count();
        let groups = rotation.groups.iter();
        let mut replaced: Vec<_> = groups.flat_map(|group| group.credentials.clone()).collect();
        replaced.sort_unstable();
        let fallen = rotation.clean_first.iter().map(|clean| clean.instance);
        let doubted = dead_by_id_alone(graph, &starts.credentials, fallen);
        let dead_by_id = dead_by_id_words(graph, &doubted);
        Self { known, rotation, lines, steps, dead_by_id, replaced }
    }

    /// How many of its steps are ticked off.
    pub(crate) fn done(&self, graph: &AccessGraph, list: &RotationList) -> usize {
        let is_replaced = |name: &CredentialName| {
            let at = name.found_in(graph).found();
            at.filter(|at| self.replaced.binary_search(at).is_ok())
        };
        let is_step = |step: &&RotationStep| match step {
            RotationStep::Clean(name) => name.found_in(graph).is_some_and(|at| {
                let cleaned = &self.rotation.clean_first;
                cleaned.binary_search_by_key(&at, |clean| clean.instance).is_ok()
            }),
            RotationStep::Replace(name) => is_replaced(name).is_some(),
            RotationStep::Put(name, into) => is_replaced(name).is_some_and(|at| {
                holders(graph, at).any(|holder| Some(holder) == into.found_in(graph))
            }),
        };
        list.done().filter(is_step).count()
    }
}

impl RotationLine {
    /// Whether it can be ticked off.
    pub(crate) fn is_step(self) -> bool {
        match self {
            Self::Clean(_) | Self::Replace(..) | Self::Put(..) => true,
            Self::CleanFirst | Self::Wave(_) | Self::Group(_) | Self::After(_) => false,
        }
    }

    /// What is ticked off with the line, if it can be.
    pub(crate) fn step(self, graph: &AccessGraph, rotation: &Rotation) -> Option<RotationStep> {
        match self {
            Self::Clean(at) => {
                let clean = rotation.clean_first.get(at as usize)?;
                Some(RotationStep::Clean(InstanceName::of(graph, clean.instance)))
            }
            Self::Replace(_, at) => Some(RotationStep::Replace(CredentialName::of(graph, at))),
            Self::Put(_, at, into) => {
                let into = InstanceName::of(graph, into);
                Some(RotationStep::Put(CredentialName::of(graph, at), into))
            }
            Self::CleanFirst | Self::Wave(_) | Self::Group(_) | Self::After(_) => None,
        }
    }
}

/// The instances that hold a credential, by name.
fn holders(graph: &AccessGraph, at: CredentialIndex) -> impl Iterator<Item = InstanceIndex> + '_ {
    graph.held_by(at).iter().map(|&edge| graph.edge(edge).instance)
}

fn lines(graph: &AccessGraph, rotation: &Rotation) -> Vec<RotationLine> {
    let mut lines = Vec::new();
    if !rotation.clean_first.is_empty() {
        lines.push(RotationLine::CleanFirst);
        lines.extend((0..rotation.clean_first.len() as u32).map(RotationLine::Clean));
    }
    let mut wave = 0;
    for (at, group) in (0_u32..).zip(&rotation.groups) {
        if group.wave != wave {
            lines.extend(wave.checked_sub(1).map(RotationLine::After));
            wave = group.wave;
            lines.push(RotationLine::Wave(wave - 1));
        }
        group_lines(graph, (at, group), &mut lines);
    }
    lines.extend(wave.checked_sub(1).map(RotationLine::After));
    lines
}

fn group_lines(
    graph: &AccessGraph,
    (at, group): (u32, &RotationGroup),
    lines: &mut Vec<RotationLine>,
) {
    if group.credentials.len() > 1 {
        lines.push(RotationLine::Group(at));
    }
    for &credential in &group.credentials {
        lines.push(RotationLine::Replace(at, credential));
        let put = |into| RotationLine::Put(at, credential, into);
        lines.extend(holders(graph, credential).map(put));
    }
}
