//! What is asked on the project: under which name it is saved, and what becomes of unsaved work.

use egui::text::{CCursor, CCursorRange};
use egui::{Key, RichText, Ui};

use crate::app::model::command::{Command, ProjectCommand, UnsavedAnswer};
use crate::app::model::saving::{Replacing, SaveDialog, Waiting};
use crate::app::paint::style::ink;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, note_ui, page_title_ui, strong_button_ui};
use crate::app::work::project_files::ProjectAt;
use crate::cli::Damage;
use crate::inventory::shown;

/// How wide a question is, in points.
const WIDTH: f32 = 460.0;

/// The question that lies over the window, if there is one.
pub(crate) fn project_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let saving = &context.model.saving;
    if saving.dialog.is_none() {
        ui.data_mut(|data| data.remove::<bool>(asked_id()));
    }
    if !saving.asks() {
        return;
    }
    let (dialog, waiting) = (saving.dialog.clone(), saving.waiting.clone());
    // What lies behind waits, and takes no clicks.
    egui::Modal::new(egui::Id::unique("the project"))
        .backdrop_color(ink(context.theme.canvas.faded(0.72)))
        .frame(egui::Frame::window(ui.style()))
        .show(ui.ctx(), |ui| {
            ui.set_width(WIDTH);
            match (dialog, waiting) {
                (Some(dialog), _) => dialog_ui(ui, context, &dialog),
                (None, Some(Waiting::Found(found))) => found_ui(ui, context, &found),
                (None, Some(Waiting::Damaged(damaged))) => damaged_ui(ui, context, &damaged),
                (None, Some(waiting)) => unsaved_ui(ui, context, &waiting),
                (None, None) => {}
            }
        });
}

/// Whether the path was asked for already.
fn asked_id() -> egui::Id {
    egui::Id::unique("the path of the project is asked for")
}

/// Asks for the path.
fn dialog_ui(ui: &mut Ui, context: &mut PanelContext<'_>, dialog: &SaveDialog) {
    page_title_ui(ui, context.theme, "Save the project as");
    note_ui(
        ui,
        context.theme,
        "The key of its fingerprints is put beside it; only you can read both",
    );
    let mut path = dialog.path.clone();
    let field = egui::TextEdit::singleline(&mut path)
        .hint_text("where it shall go, named *.keyreach")
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of the project")
    });
    // What is typed once the dialog is there is the path.
    if !ui.data(|data| data.get_temp(asked_id()).unwrap_or(false)) {
        ui.data_mut(|data| data.insert_temp(asked_id(), true));
        response.request_focus();
        let all = (CCursor::new(0), CCursor::new(dialog.path.chars().count()));
        let mut state = egui::TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::two(all.0, all.1)));
        state.store(ui.ctx(), response.id);
    }
    if response.changed() {
        context.push(Command::Project(ProjectCommand::Path(path)));
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if let Some(why) = &dialog.why {
        ui.label(RichText::new(format!("⚠ {}", shown(why))).color(ink(context.theme.text)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let verb = if dialog.replaces == Replacing::No { "Save" } else { "Replace it" };
        if strong_button_ui(ui, context.theme, verb).clicked() || is_entered {
            context.push(Command::Project(ProjectCommand::SaveThere));
        }
        if ui.button("Browse…").clicked() {
            context.push(Command::Project(ProjectCommand::Browse));
        }
        cancel_ui(ui, context);
    });
}

/// Asks what becomes of unsaved work.
fn unsaved_ui(ui: &mut Ui, context: &mut PanelContext<'_>, waiting: &Waiting) {
    let name = context.model.saving.name().filter(|_| context.model.hidden.is_none());
    let name = name.unwrap_or_else(|| "a project".to_owned());
    page_title_ui(ui, context.theme, &format!("Save your changes to {name}?"));
    let then = match waiting {
        Waiting::Take(_) | Waiting::Project(_) => "Something else is opened in its place.",
        Waiting::Close => "What is open is closed.",
        Waiting::Quit => "The window is closed.",
        // It has a question of its own.
        Waiting::Found(_) | Waiting::Damaged(_) => return,
    };
    let lost = format!("{then} What you made and did not save is lost then.");
    note_ui(ui, context.theme, &lost);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let answer = |answer| Command::Project(ProjectCommand::Answer(answer));
        if strong_button_ui(ui, context.theme, "Save").clicked() {
            context.push(answer(UnsavedAnswer::Save));
        }
        if ui.button("Don't save").clicked() {
            context.push(answer(UnsavedAnswer::Discard));
        }
        cancel_ui(ui, context);
    });
}

/// Offers what a crash left.
fn found_ui(ui: &mut Ui, context: &mut PanelContext<'_>, found: &ProjectAt) {
    page_title_ui(ui, context.theme, "Open what was not saved?");
    let files = &found.opened.project.sources.files;
    let own = found.of.as_ref().map(|own| own.path.display().to_string());
    let of = own
        .as_ref()
        .or(files.first())
        .map_or_else(String::new, |first| format!(" on {}", shown(first)));
    let what = format!("Keyreach ended before your work{of} was saved.");
    note_ui(ui, context.theme, &what);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let answer = |answer| Command::Project(ProjectCommand::Answer(answer));
        if strong_button_ui(ui, context.theme, "Open it").clicked() {
            context.push(answer(UnsavedAnswer::Save));
        }
        if ui.button("Throw it away").clicked() {
            context.push(answer(UnsavedAnswer::Discard));
        }
        if ui.button("Ask me at the next start").clicked() {
            context.push(answer(UnsavedAnswer::Cancel));
        }
    });
}

/// Offers what can be read of a damaged project.
fn damaged_ui(ui: &mut Ui, context: &mut PanelContext<'_>, damaged: &ProjectAt) {
    page_title_ui(ui, context.theme, "Open what can be read as a copy?");
    let Some(Damage { what, lost }) = &damaged.damage else { return };
    note_ui(ui, context.theme, &capitalised(&shown(what)));
    let lost = match lost.as_slice() {
        [] => "Nothing of what it held is lost.".to_owned(),
        lost => format!("Lost: {}.", lost.join(", ")),
    };
    note_ui(ui, context.theme, &lost);
    note_ui(ui, context.theme, "The file stays as it is; the copy has none until you save it.");
    let backup = &damaged.place.paths.backup;
    if backup.is_file() {
        let before = format!("How it was before it was last saved is in {}", backup.display());
        note_ui(ui, context.theme, &shown(&before));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let answer = Command::Project(ProjectCommand::Answer(UnsavedAnswer::Save));
        if strong_button_ui(ui, context.theme, "Open the copy").clicked() {
            context.push(answer);
        }
        cancel_ui(ui, context);
    });
}

fn cancel_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if ui.button("Cancel").clicked() {
        context.push(Command::Project(ProjectCommand::Answer(UnsavedAnswer::Cancel)));
    }
}
