//! What is on the map: marks for credentials and service instances, links between them, regions.

use std::sync::Arc;

use super::camera::Area;
use super::grid::Grid;
use super::sections::Sections;
use super::theme::RegionTint;
use super::view_kind::ViewKind;
use crate::analysis::{Crossing, Severity, Subject};
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex, Role};
use crate::layout::{Layout, Point, RegionShape};
use crate::project::GroupBy;

/// How a mark looks, from what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MarkStyle {
    /// A service instance: a circle.
    Instance {
        /// The colour of its environment.
        colour: RegionTint,
        /// What sort of service it is.
        role: Role,
        /// A trust boundary: its ring is doubled.
        extraction_point: bool,
        /// Flagged as a place where an attacker starts.
        entry_point: bool,
        /// Flagged as what must be protected most.
        crown_jewel: bool,
    },
    /// A credential: a diamond.
    Credential {
        /// The worst finding on it.
        severity: Option<Severity>,
        /// Held by two or more instances, or granting two or more.
        shared: bool,
        /// Whether it joins environments.
        crossing: Crossing,
        /// Dead: drawn hollow.
        dead: bool,
        /// All its links are assumed, or an id alone joins its rows across sources: drawn dashed.
        assumed: bool,
    },
}

impl MarkStyle {
    /// Whether it is that of a live credential with a critical finding.
    pub(super) fn is_critical(&self) -> bool {
        matches!(self, Self::Credential { severity: Some(Severity::Critical), dead: false, .. })
    }
}

/// One credential or service instance on the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it stands for.
    pub subject: Subject,
    /// Its middle, in scene units.
    pub at: Point,
    /// Its radius, in scene units.
    pub radius: f32,
    /// How it looks.
    pub style: MarkStyle,
    /// What counts when names compete for room, the greater first: for an instance how many it reaches, or
    /// how many entry points reach it, whichever is more; for a credential what it joins, then its reach.
    pub weight: u32,
    /// The region in which it lies, if any.
    pub region: Option<u16>,
}

/// All that joins one credential and one service instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The credential's mark.
    pub credential: u32,
    /// The instance's mark.
    pub instance: u32,
    /// The instance holds the credential.
    pub holds: Option<EdgeIndex>,
    /// The credential grants the instance.
    pub grants: Option<EdgeIndex>,
    /// It is only assumed that the instance holds it.
    pub holds_assumed: bool,
    /// It is only assumed that the credential grants the instance.
    pub grants_assumed: bool,
}

impl Link {
    /// Whether all of it is assumed.
    pub fn is_assumed(&self) -> bool {
        (self.holds.is_none() || self.holds_assumed)
            && (self.grants.is_none() || self.grants_assumed)
    }
}

/// Lines of text below a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The mark.
    pub mark: u32,
    /// The lines; hostile characters are shown escaped.
    pub lines: Vec<String>,
    /// Whether the last line says how many more there are.
    pub has_more: bool,
}

/// A region of the map: an environment, or what else the map is grouped by.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The name to be written on it.
    pub name: String,
    /// Its colour.
    pub colour: RegionTint,
    /// How many instances lie in it.
    pub instances: usize,
    /// Its outline and where its name goes.
    pub shape: RegionShape,
}

/// The map in scene units, before anybody looks at it.
#[derive(Clone, Debug, Default)]
pub struct Map {
    /// Instances first, then credentials.
    pub marks: Vec<Mark>,
    /// Sorted by credential.
    pub links: Vec<Link>,
    /// By what the map is grouped by.
    pub regions: Vec<Region>,
    /// How its marks are placed, and which of them there are.
    pub kind: ViewKind,
    /// What its regions are.
    pub grouped_by: GroupBy,
    /// Which regions are collapsed to one body; empty where none is.
    pub collapsed: Vec<bool>,
    /// How many credentials were left out because they join nothing.
    pub left_out: usize,
    /// The marks of the hubs into which all is folded that hangs on them alone, sorted.
    folded_hubs: Vec<u32>,
    /// How many marks the whole map has, where this is a part of it.
    pub part_of: Option<usize>,
    /// The marks that stand where somebody put them, sorted.
    pinned: Vec<u32>,
    /// What else has to be said of what is left out.
    pub remarks: Vec<String>,
    /// Rows and columns, where the view is a table.
    pub(super) grid: Option<Arc<Grid>>,
    /// What stands below marks, by mark.
    pub notes: Vec<Note>,
    /// The sections of its regions, where it is large.
    pub sections: Sections,
    mark_of_instance: Vec<Option<u32>>,
    mark_of_credential: Vec<Option<u32>>,
    link_starts: Vec<u32>,
    link_list: Vec<u32>,
    /// The marks whose names other marks have too, sorted.
    repeated_names: Vec<u32>,
    extent: Area,
}

impl Map {
    /// Puts marks, links and regions together; `counts` are the graph's instances and credentials.
    pub fn new(
        marks: Vec<Mark>,
        links: Vec<Link>,
        regions: Vec<Region>,
        counts: [usize; 2],
    ) -> Self {
        let [instances, credentials] = counts;
        let mut mark_of_instance = vec![None; instances];
        let mut mark_of_credential = vec![None; credentials];
        for (index, mark) in (0_u32..).zip(&marks) {
            let slot = match mark.subject {
                Subject::Instance(InstanceIndex(at)) => mark_of_instance.get_mut(at as usize),
                Subject::Credential(CredentialIndex(at)) => mark_of_credential.get_mut(at as usize),
            };
            if let Some(slot) = slot {
                *slot = Some(index);
            }
        }
        let (link_starts, link_list) = links_by_mark(marks.len(), &links);
        let map = Self {
            marks,
            links,
            regions,
            kind: ViewKind::Map,
            grouped_by: GroupBy::default(),
            collapsed: Vec::new(),
            extent: Area::default(),
            left_out: 0,
            folded_hubs: Vec::new(),
            part_of: None,
            pinned: Vec::new(),
            remarks: Vec::new(),
            notes: Vec::new(),
            grid: None,
            sections: Sections::default(),
            mark_of_instance,
            mark_of_credential,
            link_starts,
            link_list,
            repeated_names: Vec::new(),
        };
        map.measured()
    }

    /// The same map, its extent found anew.
    pub(super) fn measured(mut self) -> Self {
        let marks = self.marks.iter().map(|mark| mark.at);
        let outlines = self.regions.iter().flat_map(|region| region.shape.outline.iter().copied());
        let around = Area::around(marks.chain(outlines));
        self.extent = around.unwrap_or_default().grown(30.0);
        self
    }

    /// Whether a region is collapsed to one body.
    pub fn is_collapsed(&self, region: u16) -> bool {
        self.collapsed.get(usize::from(region)).copied().unwrap_or(false)
    }

    /// The same map with all that hangs on some marks alone folded into badges on them.
    #[must_use]
    pub fn with_folded_hubs(mut self, hubs: &[u32]) -> Self {
        self.folded_hubs = hubs.to_vec();
        self.folded_hubs.sort_unstable();
        self
    }

    /// The same map with some marks where somebody put them, whatever else stands there; sorted by mark.
    #[must_use]
    pub fn with_pins(&self, pins: &[(u32, Point)]) -> Self {
        let mut map = self.clone();
        for &(mark, at) in pins {
            if let Some(slot) = map.marks.get_mut(mark as usize) {
                slot.at = at;
            }
        }
        map.pinned = pins.iter().map(|&(mark, _)| mark).collect();
        map.measured()
    }

    /// The same map with nothing that distinguishes one credential from another but its place, its size and
    /// whether it is dead: for whoever is to look first.
    #[must_use]
    pub fn without_answer(&self) -> Self {
        let mut map = self.clone();
        for mark in &mut map.marks {
            if let MarkStyle::Credential { severity, shared, crossing, dead: _, assumed: _ } =
                &mut mark.style
            {
                (*severity, *shared, *crossing) = (None, false, Crossing::None);
            }
        }
        map
    }

    /// Whether a mark stands where somebody put it.
    pub fn is_pinned(&self, mark: u32) -> bool {
        self.pinned.binary_search(&mark).is_ok()
    }

    /// Whether all that hangs on a mark alone is folded into a badge on it.
    pub fn is_hub_folded(&self, mark: u32) -> bool {
        self.folded_hubs.binary_search(&mark).is_ok()
    }

    /// Whether a mark is folded into the badge of the one mark that it is linked to.
    pub fn is_in_folded_hub(&self, mark: u32) -> bool {
        !self.folded_hubs.is_empty()
            && self.only_neighbour(mark).is_some_and(|hub| self.is_hub_folded(hub))
    }

    /// How many marks are linked to this one alone, on the map itself: elsewhere nothing is folded into
    /// it. Costs time in proportion to its links.
    pub fn hanging_on(&self, mark: u32) -> usize {
        if self.kind != ViewKind::Map {
            return 0;
        }
        let hangs = |&&at: &&u32| {
            self.other_end(at, mark).is_some_and(|other| self.links_of(other).len() == 1)
        };
        self.links_of(mark).iter().filter(hangs).count()
    }

    /// The mark at the other end of a link.
    pub fn other_end(&self, link: u32, mark: u32) -> Option<u32> {
        let link = self.links.get(link as usize)?;
        Some(if link.credential == mark { link.instance } else { link.credential })
    }

    /// The mark that a mark is linked to, if that is one alone.
    fn only_neighbour(&self, mark: u32) -> Option<u32> {
        match self.links_of(mark) {
            &[link] => self.other_end(link, mark),
            _ => None,
        }
    }

    /// The same map, knowing which marks have names that others have too.
    #[must_use]
    pub fn with_repeated_names(mut self, mut marks: Vec<u32>) -> Self {
        marks.sort_unstable();
        self.repeated_names = marks;
        self
    }

    /// Whether another mark has the same name: it is no name without its environment.
    pub fn has_repeated_name(&self, mark: u32) -> bool {
        self.repeated_names.binary_search(&mark).is_ok()
    }

    /// The same map with the places of a layout, and without sections where that has none.
    #[must_use]
    pub fn placed(mut self, layout: &Layout) -> Self {
        for (mark, &at) in self.marks.iter_mut().zip(&layout.positions) {
            mark.at = at;
        }
        for (region, shape) in self.regions.iter_mut().zip(&layout.regions) {
            region.shape = shape.clone();
        }
        self.sections = std::mem::take(&mut self.sections).placed(&layout.sections);
        self.measured()
    }

    /// The mark of a subject, if it is on the map.
    pub fn mark_of(&self, subject: Subject) -> Option<u32> {
        match subject {
            Subject::Instance(at) => self.mark_of_instance.get(at.0 as usize).copied().flatten(),
            Subject::Credential(at) => {
                self.mark_of_credential.get(at.0 as usize).copied().flatten()
            }
        }
    }

    /// The links of a mark, as indices into [`Map::links`].
    pub fn links_of(&self, mark: u32) -> &[u32] {
        let start = self.link_starts.get(mark as usize).copied().unwrap_or(0) as usize;
        let end = self.link_starts.get(mark as usize + 1).copied().unwrap_or(0) as usize;
        self.link_list.get(start..end).unwrap_or_default()
    }

    /// The link between a credential and an instance.
    pub fn link_between(
        &self,
        credential: CredentialIndex,
        instance: InstanceIndex,
    ) -> Option<u32> {
        let (credential, instance) = (
            self.mark_of(Subject::Credential(credential))?,
            self.mark_of(Subject::Instance(instance))?,
        );
        let range = self
            .links
            .partition_point(|link| (link.credential, link.instance) < (credential, instance));
        let link = self.links.get(range)?;
        (link.credential == credential && link.instance == instance).then_some(range as u32)
    }

    /// Whether it is a table: its names stay at the edges, and it is scrolled through.
    pub fn is_table(&self) -> bool {
        self.grid.is_some()
    }

    /// How many instances and credentials the graph behind it has.
    pub(super) fn counts(&self) -> [usize; 2] {
        [self.mark_of_instance.len(), self.mark_of_credential.len()]
    }

    /// The area that all marks and regions need, in scene units.
    pub fn extent(&self) -> Area {
        self.extent
    }
}

fn links_by_mark(marks: usize, links: &[Link]) -> (Vec<u32>, Vec<u32>) {
    let mut ends: Vec<(u32, u32)> = Vec::with_capacity(links.len() * 2);
    for (index, link) in (0_u32..).zip(links) {
        ends.push((link.credential, index));
        ends.push((link.instance, index));
    }
    ends.sort_unstable();
    let mut starts = Vec::with_capacity(marks + 1);
    let mut at = 0;
    for mark in 0..=marks as u32 {
        while ends.get(at).is_some_and(|&(end, _)| end < mark) {
            at += 1;
        }
        starts.push(at as u32);
    }
    (starts, ends.into_iter().map(|(_, link)| link).collect())
}
