//! What a view says that has nothing to show.

use egui::{Label, Rect, RichText, Ui};

use crate::app::model::Model;
use crate::app::model::views::View;
use crate::app::paint::style::ink;
use crate::app::widgets::panel_context::PanelContext;
use crate::scene::{Map, ViewKind};

/// Says in the middle of an empty view what would fill it.
pub(super) fn empty_ui(
    ui: &mut Ui,
    (rect, of): (Rect, &View),
    map: &Map,
    context: &PanelContext<'_>,
) {
    if !map.marks.is_empty() {
        return;
    }
    let words = what_would_fill(context.model, of.shown_kind());
    let text = RichText::new(words).color(ink(context.theme.muted));
    let room = rect.shrink2(egui::vec2(24.0, 48.0));
    ui.put(room, Label::new(text).wrap().selectable(false).halign(egui::Align::Center));
}

fn what_would_fill(model: &Model, kind: ViewKind) -> &'static str {
    match kind {
        ViewKind::Path if model.listed_paths().is_none() => "The paths are being worked out",
        ViewKind::Path if model.picked.any() => {
            "No path leads between what is picked; pick another From or To in Paths"
        }
        ViewKind::Path => "No entry point reaches a crown jewel; pick From and To in Paths",
        ViewKind::Spread => "Select something and press 3",
        ViewKind::Map | ViewKind::Lanes | ViewKind::Matrix | ViewKind::Strands => {
            "There is no credential and no service to show"
        }
    }
}
