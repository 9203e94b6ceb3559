//! Choke points: for each credential the pairs that fall apart when it alone goes.

use egui::Ui;

pub(crate) use crate::app::columns::chokes::cost_word;
use crate::app::panels::answers::parts::{judged_ui, sentence_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::table::table_ui;
use crate::app::work::answers::Answers;

/// The tab.
pub(crate) fn choke_points_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(judged) = judged_ui(ui, context, answers) else { return };
    sentence_ui(ui, context, &judged.assessment.choke_points.precision.words());
    if judged.choke_points.is_empty() {
        let none = match answers.exposure.connected_pairs {
            0 => "No pair is connected, so none depends on a credential",
            _ => "No pair depends on a single credential: every pair has at least two ways",
        };
        note_ui(ui, context.theme, none);
        return;
    }
    table_ui(ui, context);
}
