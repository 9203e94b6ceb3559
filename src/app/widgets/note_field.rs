//! The note on something: shown, written and taken away in place.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, FindingCommand, TableCommand};
use crate::app::model::typed::TypedText;
use crate::app::paint::style::size;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{link_ui, note_button_ui, note_ui, subject_ui};
use crate::app::widgets::typed::note_typed;
use crate::inventory::shown;
use crate::project::{NamedSubject, NoteOn, mentions};

/// A field with the note on something. What is typed is kept once the field is left, as one step.
pub(crate) fn note_field_ui(ui: &mut Ui, context: &mut PanelContext<'_>, on: NoteOn) {
    let kept = context.model.project.notes.on(&on).unwrap_or_default().to_owned();
    let id = egui::Id::unique(("note", on.words()));
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    if typed.is_none() && kept.is_empty() {
        let button = note_button_ui(ui, "Add a note");
        if button.on_hover_text("Plain text, kept in the project").clicked() {
            ui.data_mut(|data| data.insert_temp(id, String::new()));
            // It is drawn in the next frame.
            ui.memory_mut(|memory| memory.request_focus(id.with("field")));
        }
        return;
    }
    let mut text = typed.clone().unwrap_or_else(|| kept.clone());
    let field = egui::TextEdit::multiline(&mut text)
        .id(id.with("field"))
        .font(egui::TextStyle::Small)
        .hint_text(RichText::new("A note, in plain text").size(size::NOTE))
        .desired_rows(2)
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    let label = format!("Note on {}", on.words());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &label));
    named_ui(ui, context, &kept);
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    let is_left = response.lost_focus() || (typed.is_some() && !response.has_focus());
    if text != kept {
        if is_left {
            context.push(Command::Finding(FindingCommand::Note(on, text)));
        } else {
            note_typed(ui, TypedText::Note(on, text));
        }
    }
    if response.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
    }
}

/// What the note names, each a way there.
fn named_ui(ui: &mut Ui, context: &mut PanelContext<'_>, text: &str) {
    let Some(answers) = context.model.answers.clone().filter(|_| !text.is_empty()) else { return };
    let named = mentions(&answers.graph, text);
    if named.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        note_ui(ui, context.theme, "names");
        for own in named {
            match own {
                NamedSubject::Subject(subject) => {
                    subject_ui(ui, context, subject);
                }
                NamedSubject::Owner(owner) => {
                    let name = shown(answers.graph.owner_name(owner));
                    if link_ui(ui, context.theme, &name).clicked() {
                        context.push(Command::Table(TableCommand::PickOwner(Some(owner))));
                    }
                }
                NamedSubject::Path(_) => {}
            }
        }
    });
}
