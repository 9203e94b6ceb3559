//! What the map is grouped by, to be changed at the map itself.

use egui::{Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::app::model::command::{ArrangeCommand, Command};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::project::GroupBy;
use crate::scene::{Area, Picture};

/// The room that is kept for it in the corner of the map, in points.
pub(super) const ROOM: (f32, f32) = (160.0, 26.0);

/// Shows what the map is grouped by, with a menu of what else it can be.
pub(super) fn arrange_ui(ui: &mut Ui, picture: &Picture, context: &mut PanelContext<'_>) {
    let Some(Area { left, top, width, height }) = picture.reserved else { return };
    let place = Rect::from_min_size(pos2(left, top), vec2(width, height));
    let now = context.model.project.arrangement.group_by;
    let text = RichText::new(format!("Group by {} ▾", now.word()))
        .size(size::NOTE)
        .color(ink(context.theme.second));
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.menu_button(text, |ui| {
            for by in GroupBy::ALL {
                if ui.selectable_label(by == now, by.word()).clicked() {
                    context.push(Command::Arrange(ArrangeCommand::GroupBy(by)));
                    ui.close();
                }
            }
            ui.separator();
            for (text, collapse) in [("Collapse all regions", true), ("Open all regions", false)] {
                if ui.button(text).clicked() {
                    context.push(Command::Arrange(ArrangeCommand::CollapseAll(collapse)));
                    ui.close();
                }
            }
        });
    });
}
