//! The field in which something is written down in a workshop: over the map, or over the stage.

use egui::text::{CCursor, CCursorRange};
use egui::{Key, Response, RichText, Ui};

use crate::app::model::command::{Command, WorkshopCommand, Written};
use crate::app::model::workshop_command::WorkshopDraft;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    capitalised, covers_all, note_ui, page_title_ui, strong_button_ui,
};
use crate::inventory::{Access, Level, grouped, shown};
use crate::project::{
    Assumption, Dispute, SubjectName, WorkshopNote, WorkshopNoteKind, WrittenFact,
};

/// How wide the field is, in points, and how far it stands above the foot of the window.
const WIDTH: f32 = 520.0;
const ABOVE: f32 = 48.0;

/// How many of the things that a note is on its title names.
const MOST_NAMED: usize = 4;

/// How wide the name before a field is.
const NAME: f32 = 92.0;

fn push(context: &mut PanelContext<'_>, command: WorkshopCommand) {
    context.push(Command::Workshop(command));
}

/// The field, while it is open.
pub(crate) fn workshop_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(draft) = context.model.session.workshop.clone() else {
        return ui.data_mut(|data| data.remove::<bool>(begun_id()));
    };
    let room = ui.ctx().content_rect().width() - 32.0;
    let shown = egui::Window::new("Workshop")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .order(egui::Order::Foreground)
        .anchor(egui::Align2::CENTER_BOTTOM, [0.0, -ABOVE])
        .fixed_size([WIDTH.min(room), 0.0])
        .show(ui.ctx(), |ui| draft_ui(ui, context, &draft));
    // Tab goes round within it.
    covers_all(ui, shown);
}

fn draft_ui(ui: &mut Ui, context: &mut PanelContext<'_>, before: &WorkshopDraft) {
    let mut written = before.written.clone();
    let entered = match &mut written {
        Written::Note(note) => note_field_ui(ui, context, note),
        Written::Dispute(dispute) => dispute_ui(ui, context, dispute),
        Written::Fact(fact) => fact_ui(ui, context, fact),
    };
    if written != before.written {
        push(context, WorkshopCommand::Edit(Box::new(written)));
    }
    if let Some(why) = &before.why {
        let why = RichText::new(format!("⚠ {}", shown(why))).color(ink(context.theme.text));
        let line = ui.add(egui::Label::new(why).wrap());
        ui.ctx().accesskit_node_builder(line.id, |node| {
            node.set_live(egui::accesskit::Live::Polite);
        });
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if strong_button_ui(ui, context.theme, "Keep").clicked() || entered {
            push(context, WorkshopCommand::Keep);
        }
        if ui.button("Cancel").clicked() {
            push(context, WorkshopCommand::Leave);
        }
        note_ui(ui, context.theme, "Enter keeps it, Esc leaves");
    });
}

/// A note: one field. Says whether Enter was pressed in it.
fn note_field_ui(ui: &mut Ui, context: &PanelContext<'_>, note: &mut WorkshopNote) -> bool {
    let about = about_words(note);
    let title = match (note.kind, note.about.is_empty()) {
        (WorkshopNoteKind::Owner, _) => format!("Owner of {about}"),
        (WorkshopNoteKind::NextStep, false) => format!("Next step for {about}"),
        (WorkshopNoteKind::NextStep, true) => "Next step".to_owned(),
        (WorkshopNoteKind::Parked, false) => format!("Parked, on {about}"),
        (WorkshopNoteKind::Parked, true) => "Parked".to_owned(),
    };
    page_title_ui(ui, context.theme, &title);
    let hint = match note.kind {
        WorkshopNoteKind::Owner => "who answers for it from now on",
        WorkshopNoteKind::NextStep => "what is done, by whom, by when",
        WorkshopNoteKind::Parked => "what is talked about another time",
    };
    let field =
        egui::TextEdit::singleline(&mut note.text).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        let name = capitalised(note.kind.word());
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, name)
    });
    begin_here(ui, &response);
    is_entered(ui, &response)
}

/// What a note is on: the first few of many.
fn about_words(note: &WorkshopNote) -> String {
    let first: Vec<String> = note.about.iter().take(MOST_NAMED).map(SubjectName::words).collect();
    let first = first.join(", ");
    let words = match note.about.len().saturating_sub(MOST_NAMED) {
        0 => first,
        more => format!("{first} and {} more", grouped(more as u64)),
    };
    shown(&words).into_owned()
}

/// A dispute: what, who, and why.
fn dispute_ui(ui: &mut Ui, context: &PanelContext<'_>, dispute: &mut Dispute) -> bool {
    page_title_ui(ui, context.theme, "Dispute an assumption");
    ui.horizontal(|ui| {
        name_ui(ui, "Assumed");
        let chosen = words_of(&dispute.assumption);
        let width = ui.available_width() - 8.0;
        let combo = egui::ComboBox::from_id_salt("assumption").width(width);
        let list = combo.selected_text(&chosen).show_ui(ui, |ui| {
            for own in context.model.disputable() {
                let words = words_of(&own);
                ui.selectable_value(&mut dispute.assumption, own, words);
            }
        });
        let label = format!("Assumed: {chosen}");
        list.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
    });
    let why = text_ui(ui, ("Why", "a remark, if there is one"), &mut dispute.remark);
    let by = text_ui(ui, ("Who", "who disputes it"), &mut dispute.by);
    select_whole(ui, &by, &dispute.by);
    begin_here(ui, &why);
    is_entered(ui, &why) || is_entered(ui, &by)
}

/// What is assumed, in words.
fn words_of(assumption: &Assumption) -> String {
    match assumption {
        Assumption::Policy(kind) => capitalised(kind.words()),
        Assumption::Link(link) => format!("Link: {}", shown(&link.words())),
    }
}

/// A fact: a credential, how it belongs to a service, and who says so.
fn fact_ui(ui: &mut Ui, context: &PanelContext<'_>, fact: &mut WrittenFact) -> bool {
    page_title_ui(ui, context.theme, "State a holder or a grant");
    let credential = text_ui(ui, ("Credential", "an id of the table"), &mut fact.credential);
    ui.horizontal(|ui| {
        name_ui(ui, "Access");
        for (access, words) in [
            (Access::Holds, "the service holds it"),
            (Access::Grants, "it grants the service"),
            (Access::Both, "both"),
        ] {
            ui.radio_value(&mut fact.access, access, words);
        }
    });
    let service = text_ui(ui, ("Service", "a name, known or new"), &mut fact.service);
    let environment =
        text_ui(ui, ("Environment", "such as prod; blank if unknown"), &mut fact.environment);
    if fact.access != Access::Holds {
        ui.horizontal(|ui| {
            name_ui(ui, "Level");
            for (level, words) in [
                (Level::Unknown, "not said"),
                (Level::Read, "read"),
                (Level::Write, "write"),
                (Level::Admin, "admin"),
            ] {
                ui.radio_value(&mut fact.level, level, words);
            }
        });
    }
    let by = text_ui(ui, ("Who", "who states it"), &mut fact.by);
    select_whole(ui, &by, &fact.by);
    let graph = context.model.answers_as_is().map(|answers| &answers.graph);
    if let Some(graph) = graph.filter(|graph| fact.is_new_instance(graph)) {
        let name = fact.instance(graph).words();
        let words = format!("“{}” is in no file yet: it is added", shown(&name));
        note_ui(ui, context.theme, &words);
    }
    let all = [&credential, &service, &environment, &by];
    let first = if fact.credential.is_empty() { &credential } else { &service };
    begin_here(ui, first);
    all.into_iter().any(|own| is_entered(ui, own))
}

/// A field with its name before it.
fn text_ui(ui: &mut Ui, (name, hint): (&str, &str), text: &mut String) -> Response {
    ui.horizontal(|ui| {
        name_ui(ui, name);
        let field = egui::TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
        response
    })
    .inner
}

/// Selects all of a field that is reached by a key: what stands in it was proposed, and gives way to what is
/// typed.
fn select_whole(ui: &Ui, response: &Response, text: &str) {
    if !response.gained_focus() || ui.input(|input| input.pointer.any_down()) {
        return;
    }
    if let Some(mut state) = egui::TextEdit::load_state(ui.ctx(), response.id) {
        let end = CCursor::new(text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
        state.store(ui.ctx(), response.id);
    }
}

fn name_ui(ui: &mut Ui, name: &str) {
    let label = egui::Label::new(RichText::new(name).size(size::NOTE));
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(NAME, 20.0), layout, |ui| {
        ui.set_min_width(NAME);
        ui.add(label);
    });
}

/// Writing begins in this field, once it is opened.
fn begin_here(ui: &Ui, response: &Response) {
    if ui.data(|data| data.get_temp::<bool>(begun_id())).is_none() {
        ui.data_mut(|data| data.insert_temp(begun_id(), true));
        response.request_focus();
    }
}

fn begun_id() -> egui::Id {
    egui::Id::unique("writing has begun in the field of the workshop")
}

/// Whether Enter was pressed in a field, in which writing goes on where what was written is refused.
fn is_entered(ui: &Ui, response: &Response) -> bool {
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if is_entered {
        response.request_focus();
    }
    is_entered
}
