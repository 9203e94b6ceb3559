//! Keeps each view's picture in step with what is asked of the view.

use crate::app::jobs::JobKind;
use crate::app::model::starts;
use crate::app::model::state::Model;

/// Lays out anew each view whose focus shows another part than its picture, or whose picture shows a part
/// that the focus leaves; and notes of each whose picture is at rest that it shows what is asked for.
pub(crate) fn follow_views(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    for id in model.views.ids() {
        let is_on_its_way = model.jobs.running().any(|(kind, _)| kind == JobKind::Layout(id));
        let view = model.views.get_mut(id).filter(|view| view.data.map.is_some());
        let Some(view) = view else { continue };
        if view.spec.kind.is_grouped() && view.spec.part() != view.data.asked_part.as_ref() {
            starts::lay_out(model, answers.clone(), id);
        } else if !is_on_its_way {
            view.data.shown = view.spec.picture();
        }
    }
}
