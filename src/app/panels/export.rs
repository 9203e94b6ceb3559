//! Asks what is to be exported, as what, and where to, beside a preview of it.

use egui::{Key, RichText, ScrollArea, Ui, vec2};

use crate::app::model::command::Command;
use crate::app::model::export_dialog::{ExportCommand, ExportDialog};
use crate::app::model::export_what::{ExportWhat, Extent};
use crate::app::paint::style::ink;
use crate::app::panels::export_preview::export_preview_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui, page_title_ui, strong_button_ui};
use crate::inventory::shown;
use crate::scene::ThemeMode;

/// How wide the question is where there is room, and how wide the choices are in it, in points.
const WIDTH: f32 = 860.0;
const CHOICES: f32 = 400.0;

/// How much of the window's height is left free round it, in points.
const AROUND: f32 = 48.0;

/// How high is what stands below the choices: the path, and the buttons.
const BELOW: f32 = 128.0;

/// The question, where it was asked.
pub(crate) fn export_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let export = &context.model.session.export;
    let Some(dialog) = export.dialog.clone().filter(|_| export.is_open) else { return };
    // What lies behind waits.
    let behind = ui.ctx().layer_painter(egui::LayerId::background());
    let shade = ink(context.theme.canvas.faded(0.72));
    let screen = ui.ctx().content_rect();
    behind.rect_filled(screen, 0.0, shade);
    egui::Window::new("Export")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([WIDTH.min(screen.width() - AROUND), 0.0])
        .show(ui.ctx(), |ui| dialog_ui(ui, context, (&dialog, screen.height())));
}

fn push(context: &mut PanelContext<'_>, command: ExportCommand) {
    context.push(Command::Export(command));
}

fn dialog_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (dialog, window): (&ExportDialog, f32)) {
    page_title_ui(ui, context.theme, "Export");
    let most = (window - AROUND - BELOW - 48.0).clamp(160.0, 420.0);
    ui.horizontal_top(|ui| {
        let size = vec2(CHOICES, most);
        ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
            let choices = ScrollArea::vertical().id_salt("choices").auto_shrink([false, false]);
            choices.max_height(most).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 12.0);
                choices_ui(ui, context, dialog);
            });
        });
        ui.separator();
        ui.vertical(|ui| {
            ui.set_height(most);
            export_preview_ui(ui, context);
        });
    });
    ui.add_space(4.0);
    where_ui(ui, context, dialog);
}

/// What, as what, and how much of it.
fn choices_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog) {
    ui.horizontal_wrapped(|ui| {
        for what in ExportWhat::ALL {
            if ui.selectable_label(dialog.what == what, what.name()).clicked() {
                push(context, ExportCommand::What(what));
            }
        }
    });
    note_ui(ui, context.theme, dialog.what.about());
    ui.add_space(4.0);
    if !dialog.what.endings().is_empty() {
        heading_ui(ui, context.theme, "As");
    }
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
        ui.add_space(4.0);
        heading_ui(ui, context.theme, "Shows");
        extent_ui(ui, context, dialog, ["What the filters show", "All rows", "What is selected"]);
    }
}

/// Where it goes, and the buttons.
fn where_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog) {
    heading_ui(ui, context.theme, "Where");
    let mut path = dialog.path.clone();
    let field = egui::TextEdit::singleline(&mut path)
        .hint_text(if dialog.what == ExportWhat::BloodHound {
            "the path of the folder"
        } else {
            "the path of the file"
        })
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
    ui.add_space(4.0);
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

/// A part, the whole, or what is selected, where anything is.
fn extent_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog, names: [&str; 3]) {
    let is_there = match dialog.what {
        ExportWhat::Picture => context.model.has_highlight(),
        ExportWhat::Report | ExportWhat::Table(_) | ExportWhat::BloodHound => {
            !context.model.selected_all().is_empty()
        }
    };
    ui.horizontal_wrapped(|ui| {
        for (extent, text) in Extent::ALL.into_iter().zip(names) {
            let can_be = extent != Extent::Selected || is_there;
            let radio = egui::RadioButton::new(dialog.extent == extent, text);
            let response = ui.add_enabled(can_be, radio);
            let response = response.on_disabled_hover_text("Nothing is selected");
            if response.clicked() {
                push(context, ExportCommand::Extent(extent));
            }
        }
    });
}

/// What a picture shows, and how.
fn picture_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &ExportDialog) {
    ui.add_space(4.0);
    heading_ui(ui, context.theme, "Shows");
    extent_ui(ui, context, dialog, ["The view", "The whole", "The selection"]);
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
