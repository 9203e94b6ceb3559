//! The frame of the window: its bars, the panels round the map, and the grips between them.

use egui::{CursorIcon, Margin, PointerButton, Rect, Sense, Stroke, Ui, UiBuilder, pos2};

use crate::app::model::command::{Command, LookCommand};
use crate::app::model::panes::{Grip, Pane};
use crate::app::model::session::Session;
use crate::app::paint::style::ink;
use crate::app::panels::bars::{headline_ui, top_bar_ui};
use crate::app::panels::filters::filters_ui;
use crate::app::panels::inspector::inspector_ui;
use crate::app::panels::notices::notices_ui;
use crate::app::panels::policy::page::policy_ui;
use crate::app::panels::status::status_ui;
use crate::app::panels::tables::tables_ui;
use crate::app::shell::arrangement::{
    Arrangement, HEADLINE, STATUS, TOP_BAR, Wished, arrange, tables_grip,
};
use crate::app::widgets::panel_context::PanelContext;
use crate::scene::Colour;

/// How wide the edge is that can be dragged. It lies in the margin of the panel, so that it covers
/// neither the map nor a scroll bar.
const GRIP: f32 = 6.0;

/// Draws a part of the window within its bounds: what has no room there is clipped, and moves nothing
/// else.
pub(crate) fn part_ui(
    ui: &mut Ui,
    (name, rect): (&str, Rect),
    (fill, margin): (Colour, Margin),
    add: impl FnOnce(&mut Ui),
) {
    ui.painter().rect_filled(rect, 0.0, ink(fill));
    let inner = rect - margin;
    let builder = UiBuilder::new()
        .id_salt(name)
        .max_rect(inner)
        .layout(egui::Layout::top_down(egui::Align::Min));
    let mut part = ui.new_child(builder);
    part.set_clip_rect(rect.intersect(ui.clip_rect()));
    add(&mut part);
}

/// Draws the bars at the top and at the foot; returns what lies between them.
pub(crate) fn bars_ui(ui: &mut Ui, context: &mut PanelContext<'_>, room: Rect) -> Rect {
    let has_headline = context.model.answers.is_some() && context.model.staging.is_none();
    let top = Rect::from_min_max(room.min, pos2(room.right(), room.top() + TOP_BAR));
    let below = if has_headline { top.bottom() + HEADLINE } else { top.bottom() };
    let status = Rect::from_min_max(pos2(room.left(), room.bottom() - STATUS), room.max);
    let panel = context.theme.panel;
    part_ui(ui, ("top bar", top), (panel, Margin::symmetric(12, 6)), |ui| top_bar_ui(ui, context));
    if has_headline {
        let bar = Rect::from_min_max(top.left_bottom(), pos2(room.right(), below));
        let margin = Margin { left: 12, right: 12, top: 6, bottom: 6 };
        part_ui(ui, ("headline", bar), (panel, margin), |ui| headline_ui(ui, context));
        line_ui(ui, context, [bar.left_top(), bar.right_top()]);
    }
    part_ui(ui, ("status", status), (panel, Margin::symmetric(12, 2)), |ui| {
        status_ui(ui, context);
    });
    let foot = below - 0.5;
    line_ui(ui, context, [pos2(room.left(), foot), pos2(room.right(), foot)]);
    line_ui(ui, context, [status.left_top(), status.right_top()]);
    let bottom = status.top().max(below);
    Rect::from_min_max(pos2(room.left(), below), pos2(room.right(), bottom))
}

/// Draws the panels round the map; the map itself stands in what they leave.
pub(crate) fn panes_ui(ui: &mut Ui, context: &mut PanelContext<'_>, parts: &Arrangement) {
    let panel = context.theme.panel;
    let margin = Margin { left: 12, right: 12, top: 8, bottom: 8 };
    let strip = Margin { left: 0, right: 0, top: 8, bottom: 8 };
    let tables = Margin { left: 12, right: 12, top: 6, bottom: 4 };
    part_ui(ui, ("tables", parts.tables), (panel, tables), |ui| tables_ui(ui, context));
    if is_strip(context, parts, Pane::Filters) {
        part_ui(ui, ("filters folded", parts.filters), (panel, strip), |ui| {
            unfold_ui(ui, context, ("▸", "Unfold the filters"), LookCommand::FoldFilters);
        });
    } else {
        part_ui(ui, ("filters", parts.filters), (panel, margin), |ui| filters_ui(ui, context));
    }
    if is_strip(context, parts, Pane::Inspector) {
        part_ui(ui, ("inspector folded", parts.inspector), (panel, strip), |ui| {
            unfold_ui(ui, context, ("◂", "Unfold the inspector"), LookCommand::FoldInspector);
        });
    } else if context.model.session.policy {
        part_ui(ui, ("policy", parts.inspector), (panel, margin), |ui| policy_ui(ui, context));
    } else {
        part_ui(ui, ("inspector", parts.inspector), (panel, margin), |ui| {
            inspector_ui(ui, context);
        });
    }
    // In the panels, so that they cover nothing of the map.
    let (left, right) = (parts.filters.shrink(0.5), parts.inspector.shrink(0.5));
    line_ui(ui, context, [left.right_top(), left.right_bottom()]);
    line_ui(ui, context, [right.left_top(), right.left_bottom()]);
    let tables = parts.tables.shrink(0.5);
    line_ui(ui, context, [tables.left_top(), tables.right_top()]);
    grips_ui(ui, context, parts);
    notices_ui(ui, context, parts.map);
}

/// Divides the room as the user wished it.
pub(crate) fn arranged(context: &PanelContext<'_>, room: Rect) -> Arrangement {
    let session = &context.model.session;
    let (panes, long) = (&session.panes, session.tab.is_long());
    arrange(room, Wished { panes, long, theme: session.theme_mode })
}

/// How wide and how high the pane of the picture is in a window of this size that shows an inventory.
pub(crate) fn pane_in(session: &Session, window: egui::Vec2) -> [f32; 2] {
    let below = TOP_BAR + HEADLINE;
    let room = Rect::from_min_max(pos2(0.0, below), pos2(window.x, window.y - STATUS));
    let (panes, long) = (&session.panes, session.tab.is_long());
    let map = arrange(room, Wished { panes, long, theme: session.theme_mode }).map;
    [map.width(), map.height()]
}

fn is_strip(context: &PanelContext<'_>, parts: &Arrangement, pane: Pane) -> bool {
    context.model.session.is_folded(pane) || parts.squeezed.contains(&pane)
}

fn line_ui(ui: &Ui, context: &PanelContext<'_>, ends: [egui::Pos2; 2]) {
    ui.painter().line_segment(ends, Stroke::new(1.0, ink(context.theme.line)));
}

/// The edges that can be dragged; a double click goes back to the size of a new window.
fn grips_ui(ui: &mut Ui, context: &mut PanelContext<'_>, parts: &Arrangement) {
    let long = context.model.session.tab.is_long();
    let Arrangement { filters, inspector, tables, .. } = parts;
    if !is_strip(context, parts, Pane::Filters) {
        let right = filters.right();
        let edge = filters.with_min_x(right - GRIP);
        let width = |at: egui::Pos2| at.x - filters.left() + GRIP / 2.0;
        grip_ui(ui, context, (edge, "Width of the filters"), (Grip::Filters, &width));
    }
    if !is_strip(context, parts, Pane::Inspector) {
        let edge = inspector.with_max_x(inspector.left() + GRIP);
        let width = |at: egui::Pos2| inspector.right() - at.x + GRIP / 2.0;
        grip_ui(ui, context, (edge, "Width of the inspector"), (Grip::Inspector, &width));
    }
    if !context.model.session.is_folded(Pane::Tables) {
        let edge = tables.with_max_y(tables.top() + GRIP);
        let height = |at: egui::Pos2| tables.bottom() - at.y + GRIP / 2.0;
        grip_ui(ui, context, (edge, "Height of the tables"), (tables_grip(long), &height));
    }
}

fn grip_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (edge, name): (Rect, &str),
    (grip, size): (Grip, &dyn Fn(egui::Pos2) -> f32),
) {
    let sense = Sense::CLICK | Sense::DRAG;
    let response = ui.interact(edge, ui.scope_id().with(("grip", name)), sense);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Splitter, true, name));
    let is_upright = edge.height() > edge.width();
    if response.hovered() || response.dragged() {
        let icon =
            if is_upright { CursorIcon::ResizeHorizontal } else { CursorIcon::ResizeVertical };
        ui.ctx().set_cursor_icon(icon);
        ui.painter().rect_filled(edge.shrink(2.0), 1.0, ink(context.theme.accent));
    }
    if response.double_clicked() {
        context.push(Command::Look(LookCommand::Resize(grip, None)));
    } else if response.dragged_by(PointerButton::Primary)
        && let Some(at) = response.interact_pointer_pos()
    {
        context.push(Command::Look(LookCommand::Resize(grip, Some(size(at).round()))));
    }
}

/// The strip that a folded panel leaves behind.
fn unfold_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (sign, says): (&str, &str),
    command: LookCommand,
) {
    let size = egui::vec2(ui.available_width(), 28.0);
    let response = ui.add(egui::Button::new(sign).frame(false).min_size(size));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, says));
    if response.on_hover_text(says).clicked() {
        context.commands.push(Command::Look(command));
    }
}
