//! What is said in a workshop while scenes are presented lasts, whatever else the scenes assume.

use std::sync::Arc;

use crate::app::model::state::Model;
use crate::app::model::step_label::StepLabel;
use crate::project::Project;

/// Why something is not kept.
const NOT_CARRIED: &str = "names are hidden, and this cannot be led back to the true ones: show them \
                           first (H)";

/// Notes as a step of the history what a command changed that lasts beyond the presentation; `before` is what
/// lasted before it.
pub(crate) fn note_what_lasts(model: &mut Model, label: StepLabel, before: Project) {
    let Some(own) = &mut model.session.presentation else { return };
    let is_same = Arc::ptr_eq(&own.before.workshop, &before.workshop)
        && Arc::ptr_eq(&own.before.sources, &before.sources);
    if is_same {
        return;
    }
    let is_carried = match &mut model.hidden {
        None => true,
        Some(hidden) => hidden.carry_over(&own.before).is_ok(),
    };
    if !is_carried {
        model.project.workshop = before.workshop.clone();
        own.before = before;
        model.notice = Some(NOT_CARRIED.to_owned());
        return;
    }
    if let Some(label) = label.after(&before, &own.before) {
        model.history.record(label, before);
    }
}
