//! The scene in question: its caption and notes, how it is shown, and what can be done with it.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, SceneCommand};
use crate::app::model::typed::TypedText;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{box_ui, note_button_where_ui, note_ui};
use crate::app::widgets::typed::note_typed;
use crate::inventory::shown;
use crate::project::{Scene, SceneQuestion};

/// The editor of one of several scenes.
pub(crate) fn editor_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (at, count): (usize, usize),
    scene: &Scene,
) {
    let caption = Field {
        label: "Caption",
        hint: "What the audience reads",
        rows: 2,
        typed: TypedText::Caption,
    };
    if let Some(text) = field_ui(ui, (at, &caption), &scene.caption) {
        context.push(Command::Scene(SceneCommand::Caption(at, text)));
    }
    let notes = Field {
        label: "Presenter's notes",
        hint: "What only you read",
        rows: 3,
        typed: TypedText::SceneNotes,
    };
    if let Some(text) = field_ui(ui, (at, &notes), &scene.notes) {
        context.push(Command::Scene(SceneCommand::Notes(at, text)));
    }
    told_ui(ui, context, at, scene);
    ui.horizontal_wrapped(|ui| {
        let entries = [
            ("Take over what is on screen", SceneCommand::TakeOver(at), true),
            ("Duplicate", SceneCommand::Duplicate(at), true),
            ("Earlier", SceneCommand::Shift(at, at.saturating_sub(1)), at > 0),
            ("Later", SceneCommand::Shift(at, at + 1), at + 1 < count),
            ("Delete", SceneCommand::Remove(at), true),
        ];
        for (name, command, can) in entries {
            if note_button_where_ui(ui, can, name).clicked() {
                context.push(Command::Scene(command));
            }
        }
    });
    let missing = context.model.answers_as_is().map(|open| scene.missing_in(&open.graph));
    for what in missing.unwrap_or_default() {
        let text = format!("Gone from the inventory: {}", shown(&what));
        let text = RichText::new(text).size(size::NOTE).color(ink(context.theme.severity[1]));
        ui.add(egui::Label::new(text).wrap());
    }
}

/// How a scene is shown.
fn told_ui(ui: &mut Ui, context: &mut PanelContext<'_>, at: usize, scene: &Scene) {
    let mut hides = scene.hides_answer;
    if box_ui(ui, context, &mut hides, "Hide the answer: nothing lit, no figure").changed() {
        context.push(Command::Scene(SceneCommand::HideAnswer(at, hides)));
    }
    let has_hops = matches!(scene.question, SceneQuestion::Reach(_) | SceneQuestion::Paths(_));
    if has_hops && !scene.hides_answer {
        let mut by_hop = scene.hop.is_some();
        if box_ui(ui, context, &mut by_hop, "Spread hop by hop, a key a hop").changed() {
            context.push(Command::Scene(SceneCommand::HopByHop(at, by_hop)));
        }
    }
    if scene.with_fixes && !scene.fixes.is_empty() {
        note_ui(ui, context.theme, "Shows the inventory before the fixes, then after them");
    }
}

/// A field for a text of a scene.
struct Field {
    label: &'static str,
    hint: &'static str,
    rows: usize,
    typed: fn(usize, String) -> TypedText,
}

/// A text that is written in place. What was typed once the field is left, where that is something else.
fn field_ui(ui: &mut Ui, (at, field): (usize, &Field), kept: &str) -> Option<String> {
    let id = egui::Id::unique((field.label, at));
    let typed: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = typed.clone().unwrap_or_else(|| kept.to_owned());
    let edit = egui::TextEdit::multiline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(RichText::new(field.hint).size(size::NOTE))
        .desired_rows(field.rows)
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, field.label));
    if response.changed() {
        ui.data_mut(|data| data.insert_temp(id, text.clone()));
    }
    let is_left = response.lost_focus() || (typed.is_some() && !response.has_focus());
    if !is_left && text != kept {
        note_typed(ui, (field.typed)(at, text.clone()));
    }
    if is_left {
        ui.data_mut(|data| data.remove::<String>(id));
    }
    (is_left && text != kept).then_some(text)
}
