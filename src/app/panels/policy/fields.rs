//! Fields of the page: a text counts once Enter is pressed or the field is left.

use egui::{Key, RichText, TextEdit, Ui};

use crate::app::paint::style::size;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::note_ui;

/// A whole number; says the new one once it is entered.
pub(crate) fn number_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (label, value): (&str, u32),
) -> Option<u32> {
    let id = ui.make_persistent_id(("number", label));
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = kept.unwrap_or_else(|| value.to_string());
    let field = ui.add(TextEdit::singleline(&mut text).desired_width(64.0));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    let entered = text.trim().parse::<u32>().ok().filter(|number| (1..=1_000_000).contains(number));
    if field.lost_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        let left = ui.input(|input| input.key_pressed(Key::Escape));
        return entered.filter(|number| *number != value && !left);
    }
    if field.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
        if entered.is_none() {
            note_ui(ui, context.theme, "Write a whole number from 1 up");
        }
    }
    None
}

/// A text; says it once Enter is pressed, and is empty again.
pub(crate) fn text_ui(ui: &mut Ui, (label, hint): (&str, &str)) -> Option<String> {
    let id = ui.make_persistent_id(("text", label));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let width = ui.available_width().min(230.0);
    let field = ui.add(TextEdit::singleline(&mut text).hint_text(hint).desired_width(width));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let said = text.trim().to_owned();
    ui.data_mut(|data| {
        if entered {
            data.remove::<String>(id);
        } else {
            data.insert_temp(id, text);
        }
    });
    (entered && !said.is_empty()).then_some(said)
}

/// Under a value that is changed a way back to its default.
pub(crate) fn back_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (what, default): (&str, &str),
    differs: bool,
) -> bool {
    if !differs {
        return false;
    }
    ui.horizontal_wrapped(|ui| {
        note_ui(ui, context.theme, &format!("changed; by default {default}"));
        let button = note_button_ui(ui, "Back to default");
        let label = format!("Back to default: {what}");
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        button.clicked()
    })
    .inner
}

/// A name with a button that takes it out.
pub(crate) fn listed_ui(
    ui: &mut Ui,
    name: &str,
    note: Option<&str>,
    context: &PanelContext<'_>,
) -> bool {
    ui.horizontal(|ui| {
        let button = note_button_ui(ui, "×");
        let label = format!("Take out {name}");
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        ui.add(egui::Label::new(RichText::new(name).size(size::NOTE)).truncate());
        if let Some(note) = note {
            note_ui(ui, context.theme, note);
        }
        button.clicked()
    })
    .inner
}
