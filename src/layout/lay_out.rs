//! The order of the steps, from links and sizes to positions.

use crate::inventory::Progress;
use crate::layout::force::Effort;
use crate::layout::input::{Before, LayoutInput};
use crate::layout::placement::Layout;
use crate::layout::regions::again::keep;
use crate::layout::regions::cluster::{AIR, Satellites, Shape, blocks, radius};
use crate::layout::regions::shelf_packing::Content;
use crate::layout::regions::{frame, sections};

/// Places all marks; `None` when cancelled.
pub fn lay_out(input: &LayoutInput<'_>, progress: &Progress) -> Option<Layout> {
    laid_out(input, Effort::Full, progress)
}

/// Places all marks in a part of the time: groups stand where they will stand, but their insides are
/// rough and not yet free of overlaps. `None` when cancelled.
pub fn lay_out_draft(input: &LayoutInput<'_>, progress: &Progress) -> Option<Layout> {
    laid_out(input, Effort::Draft, progress)
}

/// Places all marks so that those of an earlier picture stay exactly where they were, and what is new
/// stands beside what it is linked to. `None` where that does not do, because most of it is new or a
/// region is new or full: then everything must be laid out anew; and when cancelled.
pub fn lay_out_again(
    input: &LayoutInput<'_>,
    before: &Before<'_>,
    progress: &Progress,
) -> Option<Layout> {
    let mut layout = keep(input, before, progress)?;
    put_pinned(input, &mut layout);
    Some(layout)
}

fn put_pinned(input: &LayoutInput<'_>, layout: &mut Layout) {
    for (at, node) in layout.positions.iter_mut().zip(input.nodes) {
        if let Some(pin) = node.pinned.filter(|pin| pin.x.is_finite() && pin.y.is_finite()) {
            *at = pin;
        }
    }
}

fn laid_out(input: &LayoutInput<'_>, effort: Effort, progress: &Progress) -> Option<Layout> {
    if progress.is_cancelled() {
        return None;
    }
    let satellites = Satellites::new(input);
    let upright = sections::upright(input, &satellites.rooms(input));
    let shape = Shape { seed: input.seed, upright: &upright, effort };
    let (clusters, alone) = satellites.clusters(blocks(input), shape, progress)?;
    let half = |node: u32| {
        let own = radius(input, node as usize);
        if satellites.is_named(node, own) { (own + AIR + 4.0).max(50.0) } else { own + 6.0 }
    };
    let contents: Vec<Content> = clusters
        .into_iter()
        .zip(alone)
        .map(|(clusters, alone)| {
            let alone = alone.into_iter().map(|node| (node, half(node))).collect();
            Content::new(clusters, alone)
        })
        .collect();
    let contents = sections::nested(input, contents);
    if progress.is_cancelled() {
        return None;
    }
    let mut layout = frame::frame(input, &satellites, &contents);
    put_pinned(input, &mut layout);
    (!progress.is_cancelled()).then_some(layout)
}
