//! The menu on the map: what can be done with what is under the pointer.

use egui::Response;

use crate::analysis::Subject;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::subject_menu_ui;

/// Shows the menu where the secondary button was pressed on something; none on empty ground.
pub(crate) fn map_menu_ui(
    response: &Response,
    context: &mut PanelContext<'_>,
    subject: Option<Subject>,
) {
    if let Some(subject) = subject {
        subject_menu_ui(response, context, subject);
    }
}
