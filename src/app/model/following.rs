//! Keeps each view's picture in step with what is asked of the view.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::views::Fallen;
use crate::app::model::wanted::fallen;
use crate::scene::Map;

/// Lays out anew each view whose focus shows another part than its picture, or whose picture shows a part
/// that the focus leaves; and notes of each whose picture is at rest that it shows what is asked for.
pub(crate) fn follow_views(model: &mut Model) {
    let Some(answers) = model.answers.clone() else { return };
    mark_fallen(model);
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

/// Marks in each view what is taken to have fallen, where that, or what the view shows, is something else.
fn mark_fallen(model: &mut Model) {
    let list = model.project.rotation.clone();
    let is_known = |marked: &Option<Fallen>, map: &Arc<Map>| {
        marked
            .as_ref()
            .is_some_and(|own| Arc::ptr_eq(&own.list, &list) && Arc::ptr_eq(&own.map, map))
    };
    let views = model.views.iter().map(|view| &view.data);
    let mut unmarked = views.filter(|data| {
        data.base.as_ref().is_some_and(|base| !is_known(&data.compromised_for, base))
    });
    if unmarked.next().is_none() {
        return;
    }
    drop(unmarked);
    let Some(answers) = model.answers.clone() else { return };
    let fallen = fallen(model, &answers);
    for data in model.views.iter_mut().map(|view| &mut view.data) {
        let Some(map) = data.base.clone() else { continue };
        let mut marks: Vec<u32> = fallen.iter().filter_map(|own| map.mark_of(*own)).collect();
        marks.sort_unstable();
        marks.dedup();
        if data.compromised != marks {
            data.compromised = marks;
            model.picture += 1;
        }
        data.compromised_for = Some(Fallen { list: list.clone(), map });
    }
}
