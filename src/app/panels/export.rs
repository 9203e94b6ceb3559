//! Asks what is to be exported, as what, and where to.

use egui::{Key, RichText, Ui};

use crate::app::model::command::Command;
use crate::app::model::export_dialog::{ExportCommand, ExportDialog, ExportWhat};
use crate::app::paint::style::ink;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui, page_title_ui, strong_button_ui};
use crate::inventory::shown;
use crate::scene::ThemeMode;

/// How wide the question is, in points.
const WIDTH: f32 = 520.0;

/// The question, where it was asked.
pub(crate) fn export_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let export = &context.model.session.export;
    let Some(dialog) = export.dialog.clone().filter(|_| export.is_open) else { return };
    // What lies behind waits.
    let behind = ui.ctx().layer_painter(egui::LayerId::background());
    let shade = ink(context.theme.canvas.faded(0.72));
    behind.rect_filled(ui.ctx().content_rect(), 0.0, shade);
    egui::Window::new("Export")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([WIDTH, 0.0])
        .show(ui.ctx(), |ui| dialog_ui(ui, context, &dialog));
}

fn push(context: &mut PanelContext<'_>, command: ExportCommand) {
    context.push(Command::Export(command));
}

fn dialog_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog) {
    page_title_ui(ui, context.theme, "Export");
    ui.horizontal_wrapped(|ui| {
        for what in ExportWhat::ALL {
            if ui.selectable_label(dialog.what == what, what.name()).clicked() {
                push(context, ExportCommand::What(what));
            }
        }
    });
    note_ui(ui, context.theme, dialog.what.about());
    ui.add_space(8.0);
    heading_ui(ui, context.theme, "As");
    let ending = dialog.ending();
    for (own, about) in dialog.what.endings() {
        let is_chosen = ending.as_deref() == Some(*own);
        if ui.radio(is_chosen, format!(".{own}: {about}")).clicked() {
            push(context, ExportCommand::Ending(own));
        }
    }
    if dialog.what == ExportWhat::Picture {
        picture_ui(ui, context, dialog);
    }
    if dialog.what.is_filtered() {
        ui.add_space(8.0);
        heading_ui(ui, context.theme, "Shows");
        whole_ui(ui, context, dialog, ["What the filters show", "All rows"]);
    }
    ui.add_space(8.0);
    heading_ui(ui, context.theme, "Where");
    let mut path = dialog.path.clone();
    let field = egui::TextEdit::singleline(&mut path)
        .hint_text("the path of the file")
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of the file"));
    if response.changed() {
        push(context, ExportCommand::Path(path));
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let Some(why) = &dialog.why {
        ui.label(RichText::new(format!("⚠ {}", shown(why))).color(ink(context.theme.text)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let verb = if dialog.replaces { "Replace it" } else { "Export" };
        if strong_button_ui(ui, context.theme, verb).clicked() || is_entered {
            push(context, ExportCommand::Write);
        }
        if ui.button("Browse…").clicked() {
            push(context, ExportCommand::Browse);
        }
        if ui.button("Cancel").clicked() {
            push(context, ExportCommand::Cancel);
        }
    });
}

/// A part, or the whole.
fn whole_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog, names: [&str; 2]) {
    ui.horizontal(|ui| {
        for (is_whole, text) in [false, true].into_iter().zip(names) {
            if ui.radio(dialog.is_whole == is_whole, text).clicked() {
                push(context, ExportCommand::Whole(is_whole));
            }
        }
    });
}

/// What a picture shows, and how.
fn picture_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog) {
    ui.add_space(8.0);
    heading_ui(ui, context.theme, "Shows");
    whole_ui(ui, context, dialog, ["What is in sight", "The whole"]);
    ui.horizontal(|ui| {
        let modes = [
            (ThemeMode::Light, "Light"),
            (ThemeMode::Dark, "Dark"),
            (ThemeMode::Projector, "Projector"),
        ];
        for (mode, text) in modes {
            if ui.radio(dialog.theme == mode, text).clicked() {
                push(context, ExportCommand::Theme(mode));
            }
        }
    });
    if dialog.ending().as_deref() != Some("png") {
        return;
    }
    ui.horizontal(|ui| {
        for scale in 1..=4 {
            if ui.radio(dialog.scale == scale, format!("{scale}×")).clicked() {
                push(context, ExportCommand::Scale(scale));
            }
        }
        let mut is_transparent = dialog.is_transparent;
        if ui.checkbox(&mut is_transparent, "Without background").changed() {
            push(context, ExportCommand::Transparent(is_transparent));
        }
    });
}
