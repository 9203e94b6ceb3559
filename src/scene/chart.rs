//! From the answers to a map: which marks there are, how large, and in which region.

use super::divided::divided;
use super::map::{Link, Map, Mark, MarkStyle};
use super::partition::{Partition, region_tints};
use super::theme::RegionTint;
use crate::analysis::{Answers, Crossing, Severity, Subject};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, EdgeKind, InstanceIndex, Life};
use crate::inventory::Flag;
use crate::layout::{LayoutInput, LayoutNode, LayoutRegion, LayoutSection, Point, USUAL_ASPECT};
use crate::project::GroupBy;

/// Above this many marks, credentials that join nothing are left out of the map.
const ALL_MARKS: usize = 30_000;

/// A map without places, and what a layout needs to place it.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The map; all marks lie at the origin.
    pub map: Map,
    nodes: Vec<LayoutNode>,
    edges: Vec<(u32, u32)>,
    regions: Vec<LayoutRegion>,
    sections: Vec<LayoutSection>,
    /// How much wider than high the pane is, if that is known.
    aspect: Option<f32>,
    /// How wide and how high it is, if that is known.
    pane: Option<[f32; 2]>,
}

impl Chart {
    /// What to hand to [`crate::layout::lay_out`].
    pub fn layout_input(&self) -> LayoutInput<'_> {
        let Self { nodes, edges, regions, sections, aspect: _, pane: _, map: _ } = self;
        LayoutInput { nodes, edges, regions, sections, seed: 1, aspect: self.aspect() }
    }

    /// The same for a pane that is so much wider than high.
    #[must_use]
    pub fn for_pane(self, aspect: f32) -> Self {
        Self { aspect: Some(aspect), ..self }
    }

    /// The same for tables in a pane of this width and height, in pixels at the usual size of type: the columns
    /// of a small one are as far apart as it has room.
    #[must_use]
    pub fn in_pane(self, pane: Option<[f32; 2]>) -> Self {
        Self { pane, ..self }
    }

    /// How wide and how high its pane is, if that is known.
    pub(super) fn pane(&self) -> Option<[f32; 2]> {
        self.pane
    }

    /// The same with its regions divided into sections, if it is large.
    fn divided(mut self, graph: &AccessGraph) -> Self {
        let sections = divided(graph, &self.map, &self.regions);
        for (mark, node) in (0_u32..).zip(&mut self.nodes) {
            node.section = sections.of_mark(mark);
        }
        self.sections = sections.for_layout();
        self.map.sections = sections;
        self
    }

    /// How much wider than high its picture is to be.
    pub(super) fn aspect(&self) -> f32 {
        self.aspect.unwrap_or(USUAL_ASPECT)
    }

    /// How far to the right a region stands; those of one rank stand one above the other.
    pub(super) fn column_of(&self, region: usize) -> u32 {
        self.regions.get(region).map_or(0, |own| own.column)
    }
}

/// Charts the map by environments: see [`chart_by`].
pub fn chart(answers: &Answers) -> Chart {
    chart_by(answers, GroupBy::Environment)
}

/// Charts the map: all instances and credentials, or, of a very large inventory, all instances
/// and those credentials that join something, in regions by what it is grouped by. Costs time in
/// proportion to the edges.
pub fn chart_by(answers: &Answers, by: GroupBy) -> Chart {
    let graph = &answers.graph;
    let everything = graph.instances().len() + graph.credentials().len() <= ALL_MARKS;
    charted(answers, by, everything).divided(graph)
}

/// Charts a part of the map, of an inventory however large: some instances and credentials, with all links
/// between them. Costs time in proportion to all edges.
pub fn chart_part(answers: &Answers, by: GroupBy, is_in: &dyn Fn(Subject) -> bool) -> Chart {
    let graph = &answers.graph;
    let Chart { map, nodes, regions, aspect, .. } = charted(answers, by, true);
    let shown = nodes.into_iter().zip(&map.marks).filter(|(_, mark)| is_in(mark.subject));
    let nodes = shown.map(|(node, _)| node).collect();
    let in_part = |mark: u32| map.marks.get(mark as usize).is_some_and(|own| is_in(own.subject));
    let map = map.part_in_regions(in_part);
    let edges = map.links.iter().map(|link| (link.instance, link.credential)).collect();
    Chart { map, nodes, edges, regions, aspect, ..Chart::default() }.divided(graph)
}

fn charted(answers: &Answers, by: GroupBy, everything: bool) -> Chart {
    let graph = &answers.graph;
    let partition = Partition::new(graph, by);
    let signs = InstanceSigns::new(graph);
    let mut nodes = Vec::new();
    let mut marks = Vec::new();
    for index in 0..graph.instances().len() as u32 {
        let (mark, node) = instance_mark(answers, InstanceIndex(index), &signs, &partition);
        marks.push(mark);
        nodes.push(node);
    }
    let instances = marks.len() as u32;
    let mut links = Vec::new();
    let mut left_out = 0;
    for index in 0..graph.credentials().len() as u32 {
        let credential = CredentialIndex(index);
        let shared = answers.sharing.get(index as usize).is_some_and(|sharing| sharing.shared);
        if !everything && !shared {
            left_out += 1;
            continue;
        }
        let own = marks.len() as u32;
        let before = links.len();
        push_links(graph, credential, own, &mut links);
        let only_assumed = links.get(before..).is_some_and(|own_links| {
            !own_links.is_empty() && own_links.iter().all(Link::is_assumed)
        });
        let assumed = only_assumed || graph.is_joined_by_id_alone(credential);
        let severity = answers.severity(Subject::Credential(credential));
        let (mark, node) =
            credential_mark(answers, credential, CredentialSigns { severity, assumed }, &partition);
        marks.push(mark);
        nodes.push(node);
    }
    debug_assert!(links.iter().all(|link| link.instance < instances));
    let edges = links.iter().map(|link| (link.instance, link.credential)).collect();
    let Partition { regions, layout: layout_regions, .. } = partition;
    let counts = [graph.instances().len(), graph.credentials().len()];
    let map = Map::new(marks, links, regions, counts);
    let mut map = map.with_repeated_names(repeated_names(graph));
    map.left_out = left_out;
    map.grouped_by = by;
    Chart { map, nodes, edges, regions: layout_regions, ..Chart::default() }
}

/// The instances whose services have more than one, as marks: these come first, in order.
fn repeated_names(graph: &AccessGraph) -> Vec<u32> {
    let mut named: Vec<_> = (0_u32..).zip(graph.instances()).collect();
    named.sort_by_key(|(_, instance)| instance.service);
    let groups = named.chunk_by(|(_, a), (_, b)| a.service == b.service);
    groups.filter(|group| group.len() > 1).flatten().map(|(at, _)| *at).collect()
}

/// What the signs of instances depend on.
struct InstanceSigns {
    tints: Vec<RegionTint>,
    /// Whether entry points are named at all, rather than taken to be all of the lower tiers.
    entry_points_named: bool,
    crown_jewels_named: bool,
}

impl InstanceSigns {
    fn new(graph: &AccessGraph) -> Self {
        let (policy, all) = (graph.assumptions(), graph.instances());
        Self {
            tints: region_tints(graph),
            entry_points_named: !policy.entry_points.is_empty()
                || all.iter().any(|own| own.entry_point == Flag::Yes),
            crown_jewels_named: !policy.crown_jewels.is_empty()
                || all.iter().any(|own| own.crown_jewel == Flag::Yes),
        }
    }
}

fn instance_mark(
    answers: &Answers,
    index: InstanceIndex,
    signs: &InstanceSigns,
    partition: &Partition,
) -> (Mark, LayoutNode) {
    let graph = &answers.graph;
    let instance = graph.instance(index);
    let holds = graph.holds(index).len();
    let radius = (14.0 + (holds as f32).sqrt()).min(24.0);
    let extraction_point =
        instance.role.keeps_for_others() || holds >= graph.assumptions().extraction_point_holds;
    let ends = &answers.ends;
    let is_among = |members: &[InstanceIndex]| members.binary_search(&index).is_ok();
    let style = MarkStyle::Instance {
        colour: signs.tints.get(instance.environment.index()).copied().unwrap_or_default(),
        role: instance.role,
        extraction_point,
        entry_point: signs.entry_points_named && is_among(&ends.entry_points),
        crown_jewel: signs.crown_jewels_named
            && (is_among(&ends.crown_jewels) || is_among(&ends.already_fallen)),
    };
    let reaches = answers.reach_of(Subject::Instance(index));
    let weight = 100 + reaches.max(answers.reached_by.of(index).0);
    let region = partition.of(index);
    let mark = Mark {
        subject: Subject::Instance(index),
        at: Point::default(),
        radius,
        style,
        weight,
        region,
    };
    let node = LayoutNode { radius, region, ..LayoutNode::default() };
    (mark, node)
}

#[derive(Clone, Copy)]
struct CredentialSigns {
    severity: Option<Severity>,
    assumed: bool,
}

fn credential_mark(
    answers: &Answers,
    index: CredentialIndex,
    signs: CredentialSigns,
    partition: &Partition,
) -> (Mark, LayoutNode) {
    let graph = &answers.graph;
    let sharing = answers.sharing.get(index.0 as usize);
    let shared = sharing.is_some_and(|sharing| sharing.shared);
    let crossing = sharing.map_or(Crossing::None, |sharing| sharing.crossing);
    let reach = answers.reach.credentials.get(index.0 as usize).copied().unwrap_or(0);
    let whole = graph.instances().len().max(1) as f32;
    let spread = (reach as f32 / whole).sqrt() * 14.0;
    let radius = if shared { 8.0 + spread } else { 6.0 + spread * 0.6 };
    let style = MarkStyle::Credential {
        severity: signs.severity,
        shared,
        crossing,
        dead: graph.credential(index).life == Life::Dead,
        assumed: signs.assumed,
    };
    let weight = match crossing {
        Crossing::Upwards => 1_000_000,
        Crossing::Across => 500_000,
        Crossing::None if shared => 50,
        Crossing::None => 0,
    } + reach;
    let region = partition.home(graph, index);
    let mark = Mark {
        subject: Subject::Credential(index),
        at: Point::default(),
        radius,
        style,
        weight,
        region,
    };
    (mark, LayoutNode { radius, region, ..LayoutNode::default() })
}

fn push_links(graph: &AccessGraph, credential: CredentialIndex, own: u32, links: &mut Vec<Link>) {
    let start = links.len();
    let both = graph.held_by(credential).iter().chain(graph.grants(credential));
    for &at in both {
        let edge = graph.edge(at);
        links.push(link_of(own, edge.instance, at, edge.kind, edge.assumed));
    }
    let Some(added) = links.get_mut(start..) else { return };
    added.sort_unstable_by_key(|link| link.instance);
    let mut kept = start;
    for index in start..links.len() {
        let Some(&link) = links.get(index) else { break };
        let joined = kept > start
            && links.get_mut(kept - 1).is_some_and(|last| {
                let same = last.instance == link.instance;
                if same {
                    last.holds = last.holds.or(link.holds);
                    last.grants = last.grants.or(link.grants);
                    last.holds_assumed |= link.holds_assumed;
                    last.grants_assumed |= link.grants_assumed;
                }
                same
            });
        if !joined {
            if let Some(slot) = links.get_mut(kept) {
                *slot = link;
            }
            kept += 1;
        }
    }
    links.truncate(kept);
}

fn link_of(
    own: u32,
    instance: InstanceIndex,
    edge: EdgeIndex,
    kind: EdgeKind,
    assumed: bool,
) -> Link {
    let (holds, grants) = (kind == EdgeKind::Holds, kind == EdgeKind::Grants);
    Link {
        credential: own,
        instance: instance.0,
        holds: holds.then_some(edge),
        grants: grants.then_some(edge),
        holds_assumed: holds && assumed,
        grants_assumed: grants && assumed,
    }
}
