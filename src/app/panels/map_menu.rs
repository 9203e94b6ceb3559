//! The menu on the map: what can be done with what is selected.

use egui::Response;

use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::entries_ui;

/// Shows the menu where the secondary button was pressed.
pub(crate) fn map_menu_ui(response: &Response, context: &mut PanelContext<'_>) {
    let selected = context.model.selected_all().to_vec();
    if !selected.is_empty() {
        response.context_menu(|ui| entries_ui(ui, context, &selected));
    }
}
