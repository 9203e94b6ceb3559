//! How the regions of a large map are divided into sections: by owner, or by what else says most.

use std::collections::BTreeMap;

use super::combinations::add_gap_sections;
use super::map::{Link, Map};
use super::sections::{Section, Sections, SectionsBy};
use crate::analysis::Subject;
use crate::graph::{AccessGraph, InstanceIndex, OwnerIndex, Role};
use crate::inventory::grouped;
use crate::layout::{LayoutRegion, SectionShape};
use crate::project::GroupBy;

/// Above this many marks a map is divided, or above this many links: these are drawn by groups.
const FEW_MARKS: usize = 4_000;
const FEW_LINKS: usize = 2_000;

/// About this many sections have boxes of their own in the picture of a whole map: in a pane of 700 by 300 pixels,
/// as a window of 1280 by 800 has, each has room for a name of fourteen letters. The regions share them by their
/// instances.
const MOST_SECTIONS: usize = 24;

/// How many there are at least in each region.
const LEAST_OF_REGION: usize = 3;

/// What divides nine tenths of all instances from nothing says nothing.
const MOST_IN_ONE: f32 = 0.9;

/// Divides the regions of a map, if it is large and something says more of its marks than their regions
/// do, and what lies between its regions by what it joins. Costs time in proportion to its marks and links.
pub(super) fn divided(graph: &AccessGraph, map: &Map, regions: &[LayoutRegion]) -> Sections {
    if map.marks.len() <= FEW_MARKS && map.links.len() <= FEW_LINKS {
        return Sections::default();
    }
    let of = |by: SectionsBy| Labels::new(graph, map, by);
    let found = candidates(map.grouped_by).iter().map(|by| of(*by)).find(Labels::say_much);
    let mut sections = found.map_or_else(Sections::default, |labels| labels.sections(map));
    if sections.divide_regions() {
        add_credentials(map, &mut sections.of_mark);
    }
    add_gap_sections(&mut sections, map, regions);
    sections
}

/// The box that each section had on a map that was seen before: the section of the same name in a region
/// of the same name, or in the same gap, which lay in a box of its own, or among the small ones, as it does now.
pub fn shapes_before(sections: &Sections, regions: &[&str], before: &Map) -> Vec<SectionShape> {
    // Those that the small ones of a region lie in have no name of their own.
    let key = |section: &Section| {
        let name = if section.folded > 0 { "" } else { &section.name };
        (name.to_owned(), section.gap, section.within.is_some(), section.folded > 0)
    };
    let mut shapes = BTreeMap::new();
    for section in before.sections.all.iter().filter(|_| before.sections.by == sections.by) {
        let region = section.region.and_then(|own| before.regions.get(usize::from(own)));
        if region.is_some() == section.region.is_some() {
            shapes.insert((region.map(|own| own.name.as_str()), key(section)), section.shape);
        }
    }
    let shape = |section: &Section| {
        let region = section.region.map(|own| regions.get(usize::from(own)).copied());
        shapes.get(&(region.flatten(), key(section))).copied()
    };
    sections.all.iter().map(|own| shape(own).unwrap_or_default()).collect()
}

/// Puts each credential of a region into the section in which most of what it is linked to lies, of several
/// into the first.
fn add_credentials(map: &Map, of_mark: &mut Vec<Option<u32>>) {
    let instances = of_mark.len();
    for mark in instances..map.marks.len() {
        let region = map.marks.get(mark).and_then(|own| own.region);
        let links = map.links_of(mark as u32).iter();
        let links = links.filter_map(|&at| map.links.get(at as usize));
        let of_links = |link: &Link| of_mark.get(link.instance as usize).copied().flatten();
        let mut linked: Vec<u32> = links.filter_map(of_links).collect();
        linked.sort_unstable();
        let groups = linked.chunk_by(|a, b| a == b);
        let most = groups.max_by_key(|own| (own.len(), std::cmp::Reverse(own.first().copied())));
        let own = most.and_then(|own| own.first().copied()).filter(|_| region.is_some());
        of_mark.push(own);
    }
}

/// What regions can be divided by, beside what they are made by; owners first.
fn candidates(by: GroupBy) -> &'static [SectionsBy] {
    match by {
        GroupBy::Environment => &[SectionsBy::Owner, SectionsBy::Kind, SectionsBy::FirstWord],
        GroupBy::Owner => &[SectionsBy::Environment, SectionsBy::Kind, SectionsBy::FirstWord],
        GroupBy::Kind => &[SectionsBy::Owner, SectionsBy::Environment, SectionsBy::FirstWord],
        GroupBy::Service => &[SectionsBy::Owner, SectionsBy::Environment, SectionsBy::Kind],
    }
}

/// What each instance of a map is called by, in the order of its marks.
struct Labels<'a> {
    by: SectionsBy,
    of_instance: Vec<Option<&'a str>>,
}

impl<'a> Labels<'a> {
    fn new(graph: &'a AccessGraph, map: &Map, by: SectionsBy) -> Self {
        let instances = map.marks.iter().map_while(|mark| match mark.subject {
            Subject::Instance(at) => Some(at),
            Subject::Credential(_) => None,
        });
        Self { by, of_instance: instances.map(|at| label(graph, at, by)).collect() }
    }

    /// Whether they tell several sorts apart, and not one from a few exceptions.
    fn say_much(&self) -> bool {
        let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for label in &self.of_instance {
            *counts.entry(*label).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or(0);
        let whole = self.of_instance.len();
        // Names of which hardly any begin alike are no groups.
        let are_groups = self.by != SectionsBy::FirstWord || counts.len() * 4 <= whole;
        counts.len() > 1 && are_groups && most as f32 <= MOST_IN_ONE * whole as f32
    }

    fn sections(&self, map: &Map) -> Sections {
        let mut counts: BTreeMap<(u16, Option<&str>), usize> = BTreeMap::new();
        let regions = map.marks.iter().map(|mark| mark.region);
        for (region, label) in regions.clone().zip(&self.of_instance) {
            if let Some(region) = region {
                *counts.entry((region, *label)).or_default() += 1;
            }
        }
        let whole: usize = counts.values().sum();
        let mut counts: Vec<((u16, Option<&str>), usize)> = counts.into_iter().collect();
        counts.sort_by(|((a, _), own), ((b, _), other)| a.cmp(b).then(other.cmp(own)));
        let mut all: Vec<Section> = Vec::new();
        let mut numbers: BTreeMap<(u16, Option<&str>), u32> = BTreeMap::new();
        for of_region in counts.chunk_by(|a, b| a.0.0 == b.0.0) {
            let count: usize = of_region.iter().map(|(_, count)| count).sum();
            let most = (MOST_SECTIONS * count / whole.max(1)).max(LEAST_OF_REGION);
            // One for the rest is not worth it where it would be one section alone.
            let own = if of_region.len() > most + 1 { most } else { of_region.len() };
            let (largest, rest) = of_region.split_at(own);
            for &((region, label), instances) in largest {
                numbers.insert((region, label), all.len() as u32);
                all.push(self.section((region, label), instances, None));
            }
            let Some(&((region, _), _)) = rest.first() else { continue };
            let outer = all.len() as u32;
            all.push(self.section_of_rest(region, rest.iter().map(|(_, count)| *count)));
            for &((region, label), instances) in rest {
                numbers.insert((region, label), all.len() as u32);
                all.push(self.section((region, label), instances, Some(outer)));
            }
        }
        let number =
            |(region, label): (Option<u16>, Option<&str>)| numbers.get(&(region?, label)).copied();
        let of_mark = regions.zip(self.of_instance.iter().copied()).map(number).collect();
        Sections { all, by: self.by, of_mark }
    }

    fn section(
        &self,
        (region, label): (u16, Option<&str>),
        instances: usize,
        within: Option<u32>,
    ) -> Section {
        let name = label.unwrap_or_else(|| self.by.unknown()).to_owned();
        Section {
            name,
            region: Some(region),
            gap: 0,
            within,
            folded: 0,
            instances,
            shape: SectionShape::default(),
        }
    }

    fn section_of_rest(
        &self,
        region: u16,
        counts: impl ExactSizeIterator<Item = usize>,
    ) -> Section {
        let folded = counts.len();
        Section {
            name: format!("and {} more {}", grouped(folded as u64), self.by.plural()),
            region: Some(region),
            gap: 0,
            within: None,
            folded,
            instances: counts.sum(),
            shape: SectionShape::default(),
        }
    }
}

/// What an instance is called by; `None` where that is not known.
fn label(graph: &AccessGraph, at: InstanceIndex, by: SectionsBy) -> Option<&str> {
    match by {
        SectionsBy::Owner => match graph.owners_of_instance(at) {
            [] => owner_of_credentials(graph, at),
            [one] => Some(graph.owner_name(*one)),
            [_, ..] => Some(SEVERAL),
        },
        SectionsBy::Kind => match graph.instance(at).role {
            Role::Unknown => None,
            role => Some(role.word()),
        },
        SectionsBy::Environment => Some(graph.environment_of(at).display()),
        SectionsBy::FirstWord => {
            let name = graph.service_name(at);
            let word = name.split(|sign: char| !sign.is_alphanumeric()).find(|own| !own.is_empty());
            Some(word.unwrap_or(name))
        }
    }
}

const SEVERAL: &str = "several owners";

/// The owner of at least half of the credentials that an instance holds or that grant access to it.
fn owner_of_credentials(graph: &AccessGraph, at: InstanceIndex) -> Option<&str> {
    let edges = graph.holds(at).iter().chain(graph.granted_by(at));
    let mut credentials: Vec<_> = edges.map(|&edge| graph.edge(edge).credential).collect();
    credentials.sort_unstable();
    credentials.dedup();
    let owned = credentials.iter().map(|own| graph.owners_of(*own)).filter(|own| !own.is_empty());
    let whole = owned.clone().count();
    let mut owners: Vec<OwnerIndex> = owned.flatten().copied().collect();
    owners.sort_unstable();
    let groups = owners.chunk_by(|a, b| a == b);
    let most = groups.max_by_key(|own| (own.len(), std::cmp::Reverse(own.first().copied())))?;
    let first = most.first()?;
    Some(if most.len() * 2 >= whole { graph.owner_name(*first) } else { SEVERAL })
}
