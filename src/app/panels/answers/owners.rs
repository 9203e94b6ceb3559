//! Owners: what each answers for, in figures; a click lights and lists all that is theirs.

use egui::Ui;

use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::table::table_ui;
use crate::app::work::answers::Answers;

/// The tab.
pub(crate) fn owners_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    if answers.owners.figures.is_empty() {
        note_ui(ui, context.theme, "There is nothing that anybody could own");
        return;
    }
    table_ui(ui, context);
}
