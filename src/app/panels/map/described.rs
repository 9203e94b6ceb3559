//! The bodies of groups and the bundles between them in the accessibility tree: what cannot be told apart
//! from afar is read as what it is drawn as.

use egui::{Rect, Response, Ui, UiBuilder, pos2, vec2};

use crate::app::model::command::{Command, GoCommand};
use crate::app::model::views::Inside;
use crate::app::panels::map::joined::{Joined, bundles, groups_words, links_of_bundle};
use crate::app::panels::map::pointer::region_name;
use crate::app::panels::map::state::{MapState, Seen};
use crate::app::panels::map_description::{describe, node_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::counted;
use crate::layout::Point;
use crate::scene::{Camera, Picture, PictureSubject};

/// Up to this many bodies and as many bundles, the strongest, are in the tree: more are walked by nobody.
const MOST: usize = 100;

/// The side of the place of a bundle, in pixels.
const SPOT: f32 = 12.0;

/// Puts bodies and bundles into the accessibility tree, below the map; costs nothing while nobody reads it.
pub(super) fn describe_groups_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (map, camera, seen): (&Response, Camera, Seen<'_>),
    (state, answers): (&MapState, &Answers),
) {
    let Some(drawn) = &state.drawn else { return };
    if ui.ctx().accesskit_node_builder(map.id, |_| {}).is_none() {
        return;
    }
    let picture = drawn.painted.picture();
    let builder = UiBuilder::new().max_rect(map.rect).accessibility_parent(map.id);
    let below = ui.new_child(builder);
    for (place, (subject, at)) in groups(picture).into_iter().take(MOST).enumerate() {
        let Some(body) = picture.body_at(at) else { continue };
        let text = describe(answers, seen.map, subject);
        let region = body.collapsed.and_then(|at| region_name(seen.map, at));
        let inside = Inside { before: camera, extent: body.extent, region };
        let area = (rect(at, 2.0 * body.radius), map.id.with(("body", place)));
        node_ui(&below, context, area, (text, Command::Go(GoCommand::Into(inside))));
    }
    let Some(kept) = &state.grouping else { return };
    for (place, (subject, at)) in bundles(picture).into_iter().take(MOST).enumerate() {
        let PictureSubject::Bundle { links, groups, lit } = subject else { continue };
        let between = groups_words((seen.map, answers), &kept.groups, groups);
        let lit_word = if lit { ", lit" } else { "" };
        let text =
            format!("{} between {between}{lit_word}", counted(links as usize, "link", "links"));
        let area = (rect(at, SPOT), map.id.with(("bundle", place)));
        let Some(links) = links_of_bundle(seen, Some(kept), (groups, lit)) else { continue };
        let command = Joined::Several(links).pressed((seen.map, context.model), false);
        node_ui(&below, context, area, (text, command));
    }
}

fn rect(at: Point, side: f32) -> Rect {
    Rect::from_center_size(pos2(at.x, at.y), vec2(side, side))
}

/// The bodies of groups, with where they are drawn.
fn groups(picture: &Picture) -> Vec<(PictureSubject, Point)> {
    let groups = picture.map.groups.iter().filter_map(|group| {
        let shapes = picture.map.shapes.get(group.shapes.clone())?;
        match group.subject {
            PictureSubject::Group { .. } => Some((group.subject, shapes.first()?.middle()?)),
            _ => None,
        }
    });
    groups.collect()
}
