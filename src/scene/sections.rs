//! The sections of a large map: what lies in one region, divided once more, by owner or by what else says
//! most, so that from afar each body stands for something that has a name.

use super::camera::Area;
use crate::layout::{LayoutSection, Point, SectionPlace, SectionShape, moved_inside};

/// A section is one body until it is about this many cells of groups long: between a third and two thirds of
/// the width of a window.
const CELLS_OF_ONE: f32 = 6.0;

/// What regions are divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SectionsBy {
    /// The owner of a service, or, where none is stated, of most of its credentials.
    #[default]
    Owner,
    /// What sort of service it is.
    Kind,
    /// Its environment.
    Environment,
    /// The first word of its name.
    FirstWord,
}

impl SectionsBy {
    /// What the marks of one section have in common.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Owner => "group of services, by owner or that of their credentials",
            Self::Kind => "group of services, by kind",
            Self::Environment => "group of services, by environment",
            Self::FirstWord => "group of services, by how their names begin",
        }
    }

    pub(super) fn plural(self) -> &'static str {
        match self {
            Self::Owner => "owners",
            Self::Kind => "kinds",
            Self::Environment => "environments",
            Self::FirstWord => "groups of names",
        }
    }

    pub(super) fn unknown(self) -> &'static str {
        match self {
            Self::Owner => "no owner",
            Self::Kind => "kind unknown",
            Self::Environment | Self::FirstWord => "unknown",
        }
    }
}

/// A part of a region whose marks have something in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What they have in common; hostile characters are not escaped.
    pub name: String,
    /// Its region; `None` for credentials between the regions.
    pub region: Option<u16>,
    /// Where it lies between regions, the gap, counted from the left.
    pub gap: u32,
    /// The section in which it lies, if its box does not lie in the region itself.
    pub within: Option<u32>,
    /// How many sections lie in it; it has no other marks then.
    pub folded: usize,
    /// How many instances lie in it, or in the sections in it; between the regions, how many credentials.
    pub instances: usize,
    /// Its box, in scene units.
    pub shape: SectionShape,
}

impl Section {
    /// Where its box lies.
    pub fn area(&self) -> Area {
        let SectionShape { low, high } = self.shape;
        Area { left: low.x, top: low.y, width: high.x - low.x, height: high.y - low.y }
    }
}

impl Section {
    /// The side of the cells of groups below which it is more than one body, in scene units: where others lie in
    /// it, that of the room which each of them has for its name.
    pub(super) fn opens_below(&self) -> f32 {
        let Area { width, height, .. } = self.area();
        match self.folded {
            0 => width.max(height) / CELLS_OF_ONE,
            some => (width * height / some as f32).sqrt(),
        }
    }
}

/// The sections of a map, in its regions and between them; none where it is small, a part without many marks, or
/// another view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sections {
    /// All of them: those of each region from the largest to the smallest, those in others last.
    pub all: Vec<Section>,
    /// What they are made by.
    pub by: SectionsBy,
    /// The section of each mark.
    pub(super) of_mark: Vec<Option<u32>>,
}

impl Sections {
    /// Whether a section is one body where groups have cells of this side: from nearer it falls into cells
    /// of its own, or into the sections in it.
    pub(super) fn is_one_body(&self, section: u32, cell: f32) -> bool {
        self.all.get(section as usize).is_some_and(|own| own.opens_below() <= cell)
    }

    /// What to hand to a layout.
    pub(super) fn for_layout(&self) -> Vec<LayoutSection> {
        let section = |own: &Section| LayoutSection {
            place: own.region.map_or(SectionPlace::Gap(own.gap), SectionPlace::Region),
            within: own.within,
        };
        self.all.iter().map(section).collect()
    }

    /// Whether regions are divided into any: there may be others between them.
    pub(super) fn divide_regions(&self) -> bool {
        self.all.iter().any(|own| own.region.is_some())
    }

    /// The section of a mark.
    pub fn of_mark(&self, mark: u32) -> Option<u32> {
        self.of_mark.get(mark as usize).copied().flatten()
    }

    /// The sections of a mark from the outer to its own.
    pub(super) fn chain_of(&self, mark: u32) -> [Option<u32>; 2] {
        let own = self.of_mark(mark);
        let outer = own.and_then(|at| self.all.get(at as usize)?.within);
        [outer.or(own), own.filter(|_| outer.is_some())]
    }

    /// The same with the boxes of a layout; none where the layout has none.
    pub(super) fn placed(mut self, shapes: &[SectionShape]) -> Self {
        if shapes.len() != self.all.len() {
            return Self::default();
        }
        for (section, shape) in self.all.iter_mut().zip(shapes) {
            section.shape = *shape;
        }
        self
    }

    /// The same with every box moved to where its region is now.
    pub(super) fn moved(&mut self, to: impl Fn(Option<u16>, Point) -> Point) {
        for section in &mut self.all {
            let SectionShape { low, high } = section.shape;
            let [low, high] = [low, high].map(|at| to(section.region, at));
            section.shape = SectionShape { low, high };
        }
    }

    /// A place moved into the box of a mark's section.
    pub(super) fn place_for(&self, mark: u32, wanted: Point, radius: f32) -> Point {
        let section = self.of_mark(mark).and_then(|own| self.all.get(own as usize));
        let shape = section.map(|own| own.shape).filter(|own| !own.is_empty());
        shape.map_or(wanted, |own| moved_inside(&own.corners(), wanted, radius))
    }
}
