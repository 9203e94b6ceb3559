//! Keeps what is known of each view's picture in step with what is asked of it.

use crate::app::jobs::JobKind;
use crate::app::model::state::Model;

/// Notes of each view whose picture is not being laid out anew that it shows what is asked for.
pub(crate) fn follow_views(model: &mut Model) {
    for id in model.views.ids() {
        let is_on_its_way = model.jobs.running().any(|(kind, _)| kind == JobKind::Layout(id));
        let view = model.views.get_mut(id).filter(|view| view.data.map.is_some());
        if let Some(view) = view.filter(|_| !is_on_its_way) {
            view.data.shown = view.spec.picture();
        }
    }
}
