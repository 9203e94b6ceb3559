//! In which order to replace credentials once something has fallen, so that none leaks again.
//!
//! A credential that is replaced while somebody still gets into an instance that holds it leaks at
//! once. So it waits for every obtained credential that grants such an instance high enough to read
//! what it holds. Credentials that wait for each other are one group; groups stand in waves.
#![expect(
    clippy::indexing_slicing,
    reason = "nodes, components, credentials and instances are numbered by the arrays that they \
              lead into"
)]

use std::collections::BTreeSet;

use crate::analysis::algorithms::components::{Arcs, Components};
use crate::analysis::movement::counting::{Carried, Counting};
use crate::analysis::questions::blast_radius::Starts;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex, StatedPart};

/// A service instance to clean before anything is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToClean {
    /// The instance.
    pub instance: InstanceIndex,
    /// Whether stated access alone does not lead to it; a start never rests on assumption.
    pub assumed: bool,
    /// The wave after which no obtained credential grants it any more; 0 where none does at all.
    pub closed_after: u32,
}

/// Credentials that wait for each other, or one that waits for none of its wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotationGroup {
    /// In which wave they are replaced, counted from 1.
    pub wave: u32,
    /// The credentials, by name, to be replaced in one go.
    pub credentials: Vec<CredentialIndex>,
    /// Those of them that stated access alone does not lead to.
    pub assumed: Vec<CredentialIndex>,
    /// Every instance that holds one of them, by name: there the new secrets must be put.
    pub update: Vec<InstanceIndex>,
    /// Those of them of which no row states that they hold what was obtained, without taking an id in
    /// several sources for one credential.
    pub update_assumed: Vec<InstanceIndex>,
    /// The owners that rows name for the credentials, by name.
    pub owners: Vec<OwnerIndex>,
}

impl RotationGroup {
    /// Whether some row states that an instance holds one of the credentials.
    pub fn is_stated_holder(&self, at: InstanceIndex) -> bool {
        self.update_assumed.binary_search(&at).is_err()
    }
}

/// What stands after a wave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wave {
    /// How many groups are replaced in it, side by side.
    pub groups: usize,
    /// How many credentials.
    pub credentials: usize,
    /// How many instances the credentials that are not yet replaced still open.
    pub still_reached: usize,
    /// How many of them by stated access alone.
    pub still_reached_stated: usize,
}

/// What to do once something has fallen, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// The instances to clean first, by name: the starts and their blast radius.
    pub clean_first: Vec<ToClean>,
    /// What to replace: by wave, then by the name of the first credential.
    pub groups: Vec<RotationGroup>,
    /// The waves, in order.
    pub waves: Vec<Wave>,
    /// How many instances what was obtained opens before the first wave.
    pub reached: usize,
    /// How many of them by stated access alone.
    pub reached_stated: usize,
}

impl Rotation {
    /// How many credentials are to be replaced.
    pub fn credentials(&self) -> usize {
        self.groups.iter().map(|group| group.credentials.len()).sum()
    }
}

/// Puts the credentials that are obtained from the starts into waves. A dead start gives none.
///
/// Takes time in proportion to the edges of what is obtained and to all nodes.
pub fn rotation(graph: &AccessGraph, starts: &Starts) -> Rotation {
    let fallen = Fallen::new(graph, starts, Counting::All);
    let stated = Fallen::new(graph, starts, Counting::StatedOnly);
    let order = Order::new(graph, &fallen);
    let last = order.last_waves(graph, &fallen, Counting::All);
    let last_stated = order.last_waves(graph, &stated, Counting::StatedOnly);
    let groups = order.groups(graph, &stated);
    let mut waves = vec![Wave::default(); order.count as usize];
    for group in &groups {
        let wave = &mut waves[group.wave as usize - 1];
        wave.groups += 1;
        wave.credentials += group.credentials.len();
    }
    let still = |last: &[u32]| still_reached(last, order.count);
    let (reached, reached_stated) = (still(&last), still(&last_stated));
    for (number, wave) in waves.iter_mut().enumerate() {
        wave.still_reached = reached[number + 1];
        wave.still_reached_stated = reached_stated[number + 1];
    }
    let clean = graph.instance_indices().filter(|at| fallen.entered[at.index()]);
    let clean_first = clean.map(|instance| ToClean {
        instance,
        assumed: !stated.entered[instance.index()],
        closed_after: last[instance.index()],
    });
    Rotation {
        clean_first: clean_first.collect(),
        groups,
        waves,
        reached: reached[0],
        reached_stated: reached_stated[0],
    }
}

/// How many instances are still opened after no wave, after one, and so on, from the last wave in
/// which a credential of each is replaced.
fn still_reached(last: &[u32], waves: u32) -> Vec<usize> {
    let mut still = vec![0; waves as usize + 1];
    for &wave in last.iter().filter(|&&wave| wave > 0) {
        still[wave as usize - 1] += 1;
    }
    for wave in (0..waves as usize).rev() {
        still[wave] += still[wave + 1];
    }
    still
}

/// What falls, and what an attacker has then, without the way there.
struct Fallen {
    /// The instances that fall, the starts among them.
    entered: Vec<bool>,
    /// Those whose credentials somebody reads who has the obtained ones; not by being a start.
    pivoted: Vec<bool>,
    /// The live credentials that are obtained, the starts among them.
    obtained: Vec<bool>,
    /// What is carried of them.
    carried: Vec<Carried>,
    /// The same, as marks by number.
    known: Vec<bool>,
}

impl Fallen {
    fn new(graph: &AccessGraph, starts: &Starts, counting: Counting) -> Self {
        let mut fallen = Self {
            entered: vec![false; graph.instances().len()],
            pivoted: vec![false; graph.instances().len()],
            obtained: vec![false; graph.credentials().len()],
            carried: Vec::new(),
            known: vec![false; counting.carried(graph)],
        };
        let mut open = Vec::new();
        for &credential in &starts.credentials {
            if graph.credential(credential).is_live() {
                fallen.obtain(graph, Carried::whole(credential), &mut open);
            }
        }
        for &instance in &starts.instances {
            if mark(&mut fallen.entered, instance.index()) {
                fallen.take_from(graph, instance, counting, &mut open);
            }
        }
        while let Some(carried) = open.pop() {
            for (_, to, goes_on) in counting.entered_with(graph, carried) {
                mark(&mut fallen.entered, to.index());
                if goes_on && mark(&mut fallen.pivoted, to.index()) {
                    fallen.take_from(graph, to, counting, &mut open);
                }
            }
        }
        fallen
    }

    fn take_from(
        &mut self,
        graph: &AccessGraph,
        instance: InstanceIndex,
        counting: Counting,
        open: &mut Vec<Carried>,
    ) {
        for carried in counting.taken_from(graph, instance) {
            self.obtain(graph, carried, open);
        }
    }

    fn obtain(&mut self, graph: &AccessGraph, carried: Carried, open: &mut Vec<Carried>) {
        mark(&mut self.obtained, carried.credential.index());
        if mark(&mut self.known, carried.number(graph)) {
            self.carried.push(carried);
            open.push(carried);
        }
    }
}

impl Fallen {
    /// The instances that rows say hold a credential: of one that is obtained in parts, those that hold
    /// such a part.
    fn holders(&self, graph: &AccessGraph, credential: CredentialIndex) -> Vec<InstanceIndex> {
        let range = graph.stated_part_range(credential);
        let first = graph.credentials().len();
        let is_known = |number: usize| self.known.get(number).copied().unwrap_or(false);
        let parts = range.clone().zip(graph.all_stated_parts().get(range).unwrap_or_default());
        let obtained = parts.filter(|(at, _)| is_known(first + at)).map(|(_, part)| part);
        let obtained: Vec<&StatedPart> = obtained.collect();
        if !obtained.is_empty() && !is_known(credential.index()) {
            return obtained.iter().flat_map(|part| &part.holders).copied().collect();
        }
        let held_by = graph.held_by(credential).iter().map(|&edge| graph.edge(edge));
        held_by.filter(|edge| !edge.assumed).map(|edge| edge.instance).collect()
    }
}

/// Sets a mark; returns whether it is new. A place outside the list is never new.
fn mark(marks: &mut [bool], at: usize) -> bool {
    marks.get_mut(at).is_some_and(|marked| !std::mem::replace(marked, true))
}

/// Which credentials are one group, and the wave of each.
struct Order {
    /// The obtained credentials, by name.
    credentials: Vec<CredentialIndex>,
    /// The component of each of them.
    group_of: Vec<u32>,
    /// The wave of each component.
    wave_of: Vec<u32>,
    /// For each credential of the graph its wave; 0 for one that is not obtained.
    wave: Vec<u32>,
    /// How many waves there are.
    count: u32,
}

impl Order {
    /// Arcs lead from a credential to the fallen instances that hold it, and from those to the
    /// obtained credentials that grant them: from what waits to what it waits for.
    fn new(graph: &AccessGraph, fallen: &Fallen) -> Self {
        let obtained = graph.credential_indices().filter(|at| fallen.obtained[at.index()]);
        let credentials: Vec<CredentialIndex> = obtained.collect();
        let mut nodes = credentials.len() as u32;
        let mut node_of = vec![0; graph.instances().len()];
        for at in graph.instance_indices().filter(|at| fallen.pivoted[at.index()]) {
            node_of[at.index()] = nodes;
            nodes += 1;
        }
        let mut pairs = Vec::new();
        for (node, &credential) in (0..).zip(&credentials) {
            for &edge in graph.held_by(credential) {
                let holder = graph.edge(edge).instance.index();
                if fallen.pivoted[holder] {
                    pairs.push((node, node_of[holder]));
                }
            }
            for (_, to, goes_on) in Counting::All.entered_with(graph, Carried::whole(credential)) {
                if goes_on {
                    pairs.push((node_of[to.index()], node));
                }
            }
        }
        let arcs = Arcs::new(nodes as usize, &pairs);
        let components = Components::new(&arcs);
        let wave_of = waves(&arcs, &components, credentials.len());
        let group_of = components.of_node.get(..credentials.len()).unwrap_or_default().to_vec();
        let mut wave = vec![0; graph.credentials().len()];
        for (&credential, &group) in credentials.iter().zip(&group_of) {
            wave[credential.index()] = wave_of[group as usize];
        }
        let count = wave.iter().copied().max().unwrap_or(0);
        Self { credentials, group_of, wave_of, wave, count }
    }

    /// The groups with what is to be done for each.
    fn groups(&self, graph: &AccessGraph, stated: &Fallen) -> Vec<RotationGroup> {
        let mut members: Vec<(u32, CredentialIndex)> =
            self.group_of.iter().copied().zip(self.credentials.iter().copied()).collect();
        members.sort_unstable();
        let group = |members: &[(u32, CredentialIndex)]| {
            let group = members.first().map_or(0, |member| member.0);
            let credentials: Vec<CredentialIndex> = members.iter().map(|member| member.1).collect();
            let is_assumed = |at: &&CredentialIndex| !stated.obtained[at.index()];
            let assumed = credentials.iter().filter(is_assumed).copied().collect();
            let held_by = credentials.iter().flat_map(|&at| graph.held_by(at));
            let mut update: Vec<InstanceIndex> =
                held_by.map(|&edge| graph.edge(edge).instance).collect();
            update.sort_unstable();
            update.dedup();
            let stated: BTreeSet<InstanceIndex> =
                credentials.iter().flat_map(|&at| stated.holders(graph, at)).collect();
            let is_assumed = |at: &&InstanceIndex| !stated.contains(at);
            let update_assumed = update.iter().filter(is_assumed).copied().collect();
            let owners = credentials.iter().flat_map(|&at| graph.owners_of(at)).copied();
            let mut owners: Vec<OwnerIndex> = owners.collect();
            owners.sort_unstable();
            owners.dedup();
            let wave = self.wave_of[group as usize];
            RotationGroup { wave, credentials, assumed, update, update_assumed, owners }
        };
        let mut groups: Vec<RotationGroup> =
            members.chunk_by(|a, b| a.0 == b.0).map(group).collect();
        groups.sort_by_key(|group| (group.wave, group.credentials.first().copied()));
        groups
    }

    /// For each instance the last wave in which an obtained credential that grants it is replaced;
    /// 0 where none grants it.
    fn last_waves(&self, graph: &AccessGraph, fallen: &Fallen, counting: Counting) -> Vec<u32> {
        let mut last = vec![0; graph.instances().len()];
        for &carried in &fallen.carried {
            let wave = self.wave[carried.credential.index()];
            for (_, to, _) in counting.entered_with(graph, carried) {
                let slot = &mut last[to.index()];
                *slot = wave.max(*slot);
            }
        }
        last
    }
}

/// The wave of each component: one more than the highest that it waits for, where it has a
/// credential; else just as high. Credentials are the nodes below `credentials`.
fn waves(arcs: &Arcs, components: &Components, credentials: usize) -> Vec<u32> {
    let condensed = components.condense(arcs);
    let mut has_credential = vec![false; components.count];
    for &component in components.of_node.iter().take(credentials) {
        has_credential[component as usize] = true;
    }
    // Arcs lead to components with lower numbers.
    let mut waves = vec![0u32; components.count];
    for component in 0..components.count {
        let before = condensed.from(component).iter().map(|&other| waves[other as usize]);
        let highest = before.max().unwrap_or(0);
        waves[component] = highest + u32::from(has_credential[component]);
    }
    waves
}
