//! In the left panel: filters that were given a name, and whether what filters leave out is dimmed.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, SightCommand};
use crate::app::paint::style::size;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{box_ui, heading_ui, note_button_ui, note_ui};
use crate::inventory::shown;
use crate::project::SavedFilters;

/// The filters that were given a name, and a field to give those in force one.
pub(crate) fn saved_filters_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    heading_ui(ui, context.theme, "Saved filters");
    let model = context.model;
    let mut dims = model.views.active().spec.dims;
    let dim = box_ui(ui, context, &mut dims, "Dim what is filtered out");
    if dim.on_hover_text("It stays on the map at a quarter of its strength").changed() {
        context.push(Command::Sight(SightCommand::Dim(dims)));
    }
    for (place, SavedFilters { name, filters: _ }) in
        model.project.filters.saved().iter().enumerate()
    {
        ui.horizontal(|ui| {
            let text = RichText::new(shown(name).into_owned()).size(size::NOTE);
            if ui.link(text).on_hover_text("Set these filters").clicked() {
                context.push(Command::Sight(SightCommand::Use(place)));
            }
            let forget = ui.small_button("×");
            let label = format!("Forget the filters “{}”", shown(name));
            forget.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if forget.on_hover_text(&label).clicked() {
                context.push(Command::Sight(SightCommand::Forget(place)));
            }
        });
    }
    if !model.filters().any() {
        note_ui(ui, context.theme, "Filters that are set can be given a name here");
    } else if let Some(name) = name_ui(ui) {
        context.push(Command::Sight(SightCommand::Save(name)));
    }
}

/// A field for a name; the name once Enter or the button is pressed.
fn name_ui(ui: &mut Ui) -> Option<String> {
    let id = ui.make_persistent_id("name of the filters");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = egui::TextEdit::singleline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(RichText::new("Name these filters").size(size::NOTE))
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    let label = "Name these filters";
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let pressed = note_button_ui(ui, "Save the filters").clicked();
    let is_done = (entered || pressed) && !text.trim().is_empty();
    let name = is_done.then(|| std::mem::take(&mut text));
    ui.data_mut(|data| data.insert_temp(id, text));
    name
}
