//! What tables are made of: cells, and headings that sort.

use egui::{RichText, Sense, Ui};

use crate::app::columns::column::{Cell, Tone};
use crate::app::model::command::Command;
use crate::app::paint::reading_order;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{severity_ink, sign};
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

/// A cell of a table: its sign, then its text, shortened where there is no room.
pub(crate) fn cell_ui(ui: &mut Ui, context: &PanelContext<'_>, cell: &Cell) {
    let theme = context.theme;
    let colour = match cell.tone {
        Tone::Text => ink(theme.text),
        Tone::Second => ink(theme.second),
        Tone::Muted => ink(theme.muted),
        Tone::Fixed => ink(theme.fixed),
        Tone::Severity(severity) => severity_ink(theme, severity),
    };
    let mut job = egui::text::LayoutJob::default();
    let format = |colour| egui::TextFormat::simple(font(Face::Regular, size::NOTE), colour);
    let mut gap = 0.0;
    if let Some(subject) = cell.sign {
        let (mark, colour) = sign(context, subject);
        job.append(mark, 0.0, format(colour));
        gap = 6.0;
    }
    reading_order::append(&mut job, &cell.text, gap, &format(colour));
    ui.add(egui::Label::new(job).truncate());
}
