//! The sections of regions: how high beside their width their groups are to be, and which box lies in which.

use crate::layout::regions::frame;
use crate::layout::regions::shelf_packing::Content;
use crate::layout::regions::strips::{EDGE, GAP, HEADING, box_areas, strips};
use crate::layout::{LayoutInput, SectionPlace};

/// How much higher than wide the groups of each block are to be; `rooms` is about how much room the marks of
/// each block take, and last, those of no region.
pub(crate) fn upright(input: &LayoutInput<'_>, rooms: &[f32]) -> Vec<f32> {
    let regions = input.regions.len();
    let room = |block: usize| rooms.get(block).copied().unwrap_or(0.0);
    let tree = Tree::new(input);
    let mut needed: Vec<f32> = (0..input.sections.len()).map(|at| room(regions + at)).collect();
    for (at, within) in tree.inner.iter().enumerate().filter(|(_, within)| !within.is_empty()) {
        let inner =
            box_areas(within.iter().map(|&own| room(regions + own)).filter(|own| *own > 0.0));
        if let Some(slot) = needed.get_mut(at) {
            *slot += inner.iter().sum::<f32>();
        }
    }
    let needed = |at: &usize| needed.get(*at).copied().unwrap_or(0.0);
    let mut of_regions: Vec<f32> = (0..regions).map(room).collect();
    for (own, sections) in of_regions.iter_mut().zip(&tree.outer) {
        *own += box_areas(sections.iter().map(needed).filter(|own| *own > 0.0)).iter().sum::<f32>();
    }
    of_regions.push(room(regions + input.sections.len()));
    let mut upright = frame::upright(input, &of_regions);
    upright.resize(regions + input.sections.len(), 1.0);
    for (region, sections) in tree.outer.iter().enumerate() {
        let Some(&of_region) = upright.get(region) else { continue };
        let whole = of_regions.get(region).copied().unwrap_or(0.0);
        let wide = (whole / of_region.max(0.01)).sqrt();
        for (at, of_box) in shapes(sections, needed, wide) {
            if let Some(slot) = upright.get_mut(regions + at) {
                *slot = of_box;
            }
            let Some(inner) = tree.inner.get(at).filter(|inner| !inner.is_empty()) else {
                continue;
            };
            let wide = (needed(&at) / of_box).sqrt();
            for (at, of_box) in shapes(inner, |own| room(regions + own), wide) {
                if let Some(slot) = upright.get_mut(regions + at) {
                    *slot = of_box;
                }
            }
        }
    }
    upright
}

/// How much higher than wide the content of each box is to be in rows of a width.
fn shapes(sections: &[usize], room: impl Fn(&usize) -> f32, wide: f32) -> Vec<(usize, f32)> {
    let sections: Vec<usize> = sections.iter().copied().filter(|at| room(at) > 0.0).collect();
    let areas = box_areas(sections.iter().map(room));
    let mut shapes = Vec::new();
    for strip in strips(&areas, wide) {
        let of_strip = sections.iter().zip(&areas).skip(strip.first).take(strip.count);
        shapes.extend(of_strip.map(|(&at, area)| {
            let wide = (area / strip.high - GAP - 2.0 * EDGE).max(1.0);
            let high = (strip.high - GAP - 2.0 * EDGE - HEADING).max(1.0);
            (at, (high / wide).clamp(0.25, 4.0))
        }));
    }
    shapes
}

/// The contents of all regions, each with those of its sections in it, from those of all blocks. A section in
/// which nothing lies has no box.
pub(crate) fn nested(input: &LayoutInput<'_>, mut blocks: Vec<Content>) -> Vec<Content> {
    let tree = Tree::new(input);
    let sections = blocks.split_off(input.regions.len().min(blocks.len()));
    let mut sections: Vec<Option<Content>> = sections.into_iter().map(Some).collect();
    let take = |at: usize, sections: &mut Vec<Option<Content>>| {
        sections.get_mut(at)?.take().filter(|own| !own.is_empty()).map(|own| (at as u32, own))
    };
    for (at, inner) in tree.inner.iter().enumerate() {
        let taken: Vec<(u32, Content)> =
            inner.iter().filter_map(|&own| take(own, &mut sections)).collect();
        if let Some(Some(outer)) = sections.get_mut(at) {
            outer.sections = taken;
        }
    }
    for (region, outer) in blocks.iter_mut().zip(&tree.outer) {
        region.sections = outer.iter().filter_map(|&own| take(own, &mut sections)).collect();
    }
    blocks
}

/// Which sections lie in which, in order.
struct Tree {
    /// Those of each region that lie in no other section.
    outer: Vec<Vec<usize>>,
    /// Those in each section.
    inner: Vec<Vec<usize>>,
}

impl Tree {
    fn new(input: &LayoutInput<'_>) -> Self {
        let mut tree = Self {
            outer: vec![Vec::new(); input.regions.len()],
            inner: vec![Vec::new(); input.sections.len()],
        };
        for (at, section) in input.sections.iter().enumerate() {
            let is_outer = |outer: &u32| {
                let outer = input.sections.get(*outer as usize);
                outer.is_some_and(|own| own.within.is_none() && own.place == section.place)
            };
            let SectionPlace::Region(region) = section.place else { continue };
            let list = match section.within.filter(is_outer) {
                Some(outer) => tree.inner.get_mut(outer as usize),
                None => tree.outer.get_mut(usize::from(region)),
            };
            if let Some(list) = list {
                list.push(at);
            }
        }
        tree
    }
}
