//! What a view shows, and what the map is grouped by, to be changed at the map itself.

use egui::{Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::app::jobs::ViewId;
use crate::app::model::command::{ArrangeCommand, Command, LookCommand};
use crate::app::model::views::View;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::project::GroupBy;
use crate::scene::{Area, Picture, ViewKind};

/// The room that is kept for it in the corner of the map, in points.
pub(super) const ROOM: (f32, f32) = (306.0, 26.0);

/// Shows what the view is and what it is grouped by, each with a menu of what else it can be.
pub(super) fn arrange_ui(
    ui: &mut Ui,
    of: &View,
    picture: &Picture,
    context: &mut PanelContext<'_>,
) {
    let Some(Area { left, top, width, height }) = picture.reserved else { return };
    let place = Rect::from_min_size(pos2(left, top), vec2(width, height));
    let kind = of.shown_kind();
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        ui.horizontal(|ui| {
            kinds_ui(ui, (of.id, kind), context);
            // A narrow view has room for its name alone.
            if kind.is_grouped() && width >= ROOM.0 {
                groups_ui(ui, (of.id, kind), context);
            }
            if width >= ROOM.0 {
                lasso_ui(ui, of.id, context);
            }
        });
    });
}

fn kinds_ui(ui: &mut Ui, (view, now): (ViewId, ViewKind), context: &mut PanelContext<'_>) {
    ui.menu_button(title(now.name(), context), |ui| {
        for kind in ViewKind::ALL {
            let text = format!("{}  {}", kind.key(), kind.name());
            let choice = ui.selectable_label(kind == now, text);
            if choice.on_hover_text(kind.question()).clicked() {
                context.push(Command::Look(LookCommand::ToView(view)));
                context.push(Command::Look(LookCommand::ShowAs(kind)));
                ui.close();
            }
        }
    });
}

fn groups_ui(ui: &mut Ui, (view, kind): (ViewId, ViewKind), context: &mut PanelContext<'_>) {
    let now = context.model.project.arrangement.group_by;
    ui.menu_button(title(&format!("Group by {}", now.word()), context), |ui| {
        for by in GroupBy::ALL {
            if ui.selectable_label(by == now, by.word()).clicked() {
                context.push(Command::Arrange(ArrangeCommand::GroupBy(by)));
                ui.close();
            }
        }
        if kind != ViewKind::Map {
            return;
        }
        ui.separator();
        for (text, collapse) in [("Collapse all regions", true), ("Open all regions", false)] {
            if ui.button(text).clicked() {
                context.push(Command::Look(LookCommand::ToView(view)));
                context.push(Command::Arrange(ArrangeCommand::CollapseAll(collapse)));
                ui.close();
            }
        }
    });
}

/// The button that lets the next drag draw a lasso.
fn lasso_ui(ui: &mut Ui, view: ViewId, context: &mut PanelContext<'_>) {
    let on = context.model.session.lasso;
    let colour = if on { context.theme.text } else { context.theme.second };
    let text = RichText::new("Lasso").size(size::NOTE).color(ink(colour));
    let button = ui.add(egui::Button::new(text).selected(on));
    if button
        .on_hover_text("Draw a line round what is to be selected (L, or Alt and a drag)")
        .clicked()
    {
        context.push(Command::Look(LookCommand::ToView(view)));
        context.push(Command::Look(LookCommand::Lasso(!on)));
    }
}

fn title(text: &str, context: &PanelContext<'_>) -> RichText {
    RichText::new(format!("{text} ▾")).size(size::NOTE).color(ink(context.theme.second))
}
