//! What went wrong or was done last, and files that have changed: over the map, so that nothing moves
//! when it comes or goes.

use egui::{Align2, Area, Frame, Margin, Order, Rect, RichText, Stroke, Ui, vec2};

use crate::app::model::command::Command;
use crate::app::model::export_dialog::ExportCommand;
use crate::app::paint::style::{ink, size};
use crate::app::panels::comparison::changed_on_disk_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::capitalised;
use crate::app::widgets::parts::note_button_ui;

/// How wide a notice is at most: longer lines are hard to read.
const WIDEST: f32 = 560.0;

/// The notices at the top of the map.
pub(crate) fn notices_ui(ui: &mut Ui, context: &mut PanelContext<'_>, map: Rect) {
    let is_changed = !context.model.changed_on_disk.is_empty();
    let notice = context.model.notice.clone();
    if !is_changed && notice.is_none() {
        return;
    }
    let width = (map.width() - 32.0).clamp(120.0, WIDEST);
    Area::new(ui.scope_id().with("notices"))
        .order(Order::Middle)
        .anchor(Align2::LEFT_TOP, vec2(map.center().x - width / 2.0, map.top() + 8.0))
        .show(ui.ctx(), |ui| {
            ui.set_width(width);
            if is_changed {
                card_ui(ui, context, changed_on_disk_ui);
            }
            if let Some(notice) = notice {
                card_ui(ui, context, |ui, context| notice_ui(ui, context, &notice));
            }
        });
}

fn card_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    add: impl FnOnce(&mut Ui, &mut PanelContext<'_>),
) {
    Frame::new()
        .fill(ink(context.theme.raised))
        .stroke(Stroke::new(1.0, ink(context.theme.line)))
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui, context);
        });
}

/// A sentence with a way to put it away.
fn notice_ui(ui: &mut Ui, context: &mut PanelContext<'_>, notice: &str) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
        if note_button_ui(ui, "Dismiss").clicked() {
            context.push(Command::DismissNotice);
        }
        let written = context.model.session.export.written.as_ref();
        let is_of_it = written.is_some_and(|(report, _)| report == notice);
        if is_of_it && note_button_ui(ui, "Open the folder").clicked() {
            context.push(Command::Export(ExportCommand::OpenFolder));
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::TOP), |ui| {
            let (sign, colour) = if context.model.is_done(notice) {
                ("✓", context.theme.fixed)
            } else {
                ("⚠", context.theme.severity[1])
            };
            ui.label(RichText::new(sign).color(ink(colour)));
            let text = RichText::new(capitalised(notice)).size(size::NOTE);
            ui.add(egui::Label::new(text.color(ink(context.theme.text))).wrap());
        });
    });
}
