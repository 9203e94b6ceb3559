//! Which links may be in sight, and which of them are too many.

use super::crowd::Crowd;
use super::view::View;
use crate::scene::camera::Area;
use crate::scene::grouping::Grouping;
use crate::scene::map::Link;

/// Where more links than this are in sight, those with no end in the picture are left out: they say nothing
/// of what is in it, and cover it.
const MOST_WITH_PASSING: usize = 400;

/// Marks so far outside of the picture still reach into it, in pixels.
const AROUND: f32 = 30.0;

/// All highlighted links that may run through the picture. Costs time in proportion to these.
pub(super) fn all_lit(view: &View<'_>) -> Vec<u32> {
    let mut lit = view.lit_links();
    lit.retain(|&at| view.map.links.get(at as usize).is_some_and(|link| meets(view, link)));
    lit
}

/// The links that may be in sight.
pub(super) enum Candidates {
    /// These, and whether others run through the picture from outside to outside.
    Some { links: Vec<u32>, others_pass: bool },
    /// About as many, too many to be drawn one by one.
    TooMany(usize),
}

/// Finds the links that may be in sight. Costs time in proportion to the groups and to these.
pub(super) fn candidates(view: &View<'_>, grouping: Option<&Grouping>, crowd: Crowd) -> Candidates {
    let seen = |at: u32| {
        view.map.links.get(at as usize).is_some_and(|link| meets(view, link)).then_some(at)
    };
    let Some(grouping) = grouping else {
        let links = (0..view.map.links.len() as u32).filter_map(seen).collect();
        return Candidates::Some { links, others_pass: false };
    };
    let area = view.scene_area();
    // The boxes of bundles meet the picture where some of their links do not.
    if crowd.links <= view.most_links.saturating_mul(4) {
        let bundles = grouping.bundles.iter().filter(|bundle| bundle.extent.meets(&area));
        let links = bundles.flat_map(|bundle| grouping.links(bundle).iter().copied());
        let mut links: Vec<u32> = links.filter_map(seen).collect();
        links.sort_unstable();
        if links.len() <= view.most_links {
            let whole = links.len();
            if whole > MOST_WITH_PASSING && !crowd.is_far(view) {
                links.retain(|&at| {
                    view.map.links.get(at as usize).is_some_and(|own| ends(view, own))
                });
            }
            return Candidates::Some { others_pass: links.len() < whole, links };
        }
    }
    if crowd.is_far(view) {
        return Candidates::TooMany(crowd.links);
    }
    let groups = grouping.groups.iter().filter(|group| group.extent.meets(&area));
    let marks = groups.flat_map(|group| grouping.members(group).iter().copied());
    let viewport = view.drawn_area().grown(AROUND);
    let inside = |mark: &u32| view.centre_of(*mark).is_some_and(|at| viewport.holds(at));
    let own = marks.filter(inside).flat_map(|mark| view.map.links_of(mark).iter().copied());
    let mut links: Vec<u32> = own.filter_map(seen).collect();
    links.sort_unstable();
    links.dedup();
    if links.len() > view.most_links {
        return Candidates::TooMany(crowd.links);
    }
    Candidates::Some { links, others_pass: true }
}

/// Whether an end of a link lies in the picture.
fn ends(view: &View<'_>, link: &Link) -> bool {
    let viewport = view.drawn_area().grown(AROUND);
    [link.credential, link.instance]
        .into_iter()
        .any(|mark| view.centre_of(mark).is_some_and(|at| viewport.holds(at)))
}

/// Whether both ends are shown and the link may run through the picture.
fn meets(view: &View<'_>, link: &Link) -> bool {
    view.is_visible(link.credential)
        && view.is_visible(link.instance)
        && span(view, link).is_some_and(|span| span.meets(&view.drawn_area()))
}

/// Whether a link that is drawn may run through the viewport.
pub(super) fn is_in_sight(view: &View<'_>, at: u32) -> bool {
    let link = view.map.links.get(at as usize);
    let span = link.and_then(|link| span(view, link));
    span.is_some_and(|span| span.meets(&view.camera.viewport))
}

/// The area between the ends of a link, in pixels.
fn span(view: &View<'_>, link: &Link) -> Option<Area> {
    let ends = [link.credential, link.instance].map(|mark| view.centre_of(mark));
    let [Some(from), Some(to)] = ends else { return None };
    Area::around([from, to].into_iter())
}
