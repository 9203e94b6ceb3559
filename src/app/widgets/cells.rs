//! What tables are made of: cells, and headings that sort.

use egui::{RichText, Sense, Ui};
use egui_extras::TableRow;

use crate::analysis::Subject;
use crate::app::model::command::Command;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::sign;
use crate::scene::Face;

/// A heading that sorts by its column; `downwards` says how it is sorted by it now.
pub(crate) fn sort_heading_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (name, downwards): (&str, Option<bool>),
    sort: Command,
) {
    let arrow = match downwards {
        Some(true) => " ▾",
        Some(false) => " ▴",
        None => "",
    };
    let text = RichText::new(format!("{name}{arrow}")).size(size::NOTE);
    let whole = ui.max_rect();
    let response = ui.interact(whole, ui.scope_id().with(name), Sense::click());
    let colour = if response.hovered() || response.has_focus() {
        context.theme.text
    } else {
        context.theme.second
    };
    ui.add(egui::Label::new(text.color(ink(colour))).truncate());
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.0, ink(context.theme.accent));
        ui.painter().rect_stroke(whole, 3.0, stroke, egui::StrokeKind::Inside);
    }
    response.widget_info(|| {
        let label = format!("Sort by {}", name.to_lowercase());
        egui::WidgetInfo::labeled(egui::Role::Button, true, label)
    });
    if response.on_hover_text("Sort by this column").clicked() {
        context.push(sort);
    }
}

/// A cell with plain text, cut where there is no room.
pub(crate) fn cell(row: &mut TableRow<'_, '_>, text: &str, colour: egui::Color32) {
    row.col(|ui| {
        let text = RichText::new(text).size(size::NOTE).color(colour);
        ui.add(egui::Label::new(text).truncate());
    });
}

/// A cell with a name and its sign.
pub(crate) fn name_cell(
    row: &mut TableRow<'_, '_>,
    context: &PanelContext<'_>,
    name: &str,
    subject: Subject,
) {
    let (mark, colour) = sign(context, subject);
    let mut job = egui::text::LayoutJob::default();
    let format = |colour| egui::TextFormat::simple(font(Face::Regular, size::NOTE), colour);
    job.append(mark, 0.0, format(colour));
    job.append(name, 6.0, format(ink(context.theme.text)));
    row.col(|ui| {
        ui.add(egui::Label::new(job).truncate());
    });
}
