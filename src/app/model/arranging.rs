//! How the map is arranged: by what its regions are, which of them are collapsed, and which have
//! nothing in sight.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::command::ArrangeCommand;
use crate::app::model::rebuild::lay_out_again;
use crate::app::model::selecting::relight;
use crate::app::model::state::Model;
use crate::project::{Arrangement, SubjectName};
use crate::scene::{Map, ViewKind};

/// Carries out what concerns the arrangement of the map.
pub(crate) fn apply_arrange(model: &mut Model, command: ArrangeCommand) {
    let mut new = Arrangement::clone(&model.project.arrangement);
    come_out(model, &command);
    match command {
        ArrangeCommand::GroupBy(by) => {
            new = Arrangement { group_by: by, pins: new.pins, ..Arrangement::default() };
        }
        ArrangeCommand::Collapse(name, true) => {
            new.collapsed.insert(name);
        }
        ArrangeCommand::Collapse(name, false) => {
            new.collapsed.remove(&name);
        }
        ArrangeCommand::FoldHub(name, true) => {
            new.folded_hubs.insert(name);
        }
        ArrangeCommand::FoldHub(name, false) => {
            new.folded_hubs.remove(&name);
        }
        ArrangeCommand::Pin(pins) => {
            let by = new.group_by;
            new.pins.extend(pins.into_iter().map(|(name, pin)| ((by, name), pin)));
        }
        ArrangeCommand::Unpin(names) => {
            for name in names {
                new.pins.remove(&(new.group_by, name));
            }
        }
        ArrangeCommand::UnpinAll => new.pins.retain(|(by, _), _| *by != new.group_by),
        ArrangeCommand::CollapseAll(false) => new.collapsed.clear(),
        ArrangeCommand::CollapseAll(true) => {
            let Some(map) = map_in_sight(model) else { return };
            new.collapsed = map.regions.iter().map(|own| own.name.clone()).collect();
        }
    }
    let before = std::mem::replace(&mut model.project.arrangement, Arc::new(new));
    rearrange(model, &before);
}

/// Leaves the regions, in all views, that a command collapses or opens for good.
fn come_out(model: &mut Model, command: &ArrangeCommand) {
    for inside in model.views.iter_mut().map(|view| &mut view.spec.inside) {
        match command {
            ArrangeCommand::GroupBy(_) => inside.clear(),
            ArrangeCommand::Collapse(name, _) => {
                inside.retain(|own| own.region.as_ref() != Some(name));
            }
            ArrangeCommand::CollapseAll(_) => inside.retain(|own| own.region.is_none()),
            ArrangeCommand::FoldHub(..)
            | ArrangeCommand::Pin(_)
            | ArrangeCommand::Unpin(_)
            | ArrangeCommand::UnpinAll => {}
        }
    }
}

/// What a view shows as a map: the active one, or else the other one.
pub(crate) fn map_in_sight(model: &Model) -> Option<&Map> {
    let mut maps = model.views.iter().filter_map(|view| view.data.map.as_deref());
    maps.find(|map| map.kind == ViewKind::Map)
}

/// Shows the map as it is arranged now; it was arranged otherwise before.
pub(crate) fn rearrange(model: &mut Model, before: &Arrangement) {
    if before.group_by == model.project.arrangement.group_by {
        relight(model);
    } else {
        lay_out_again(model);
    }
}

/// What is selected, if anything hangs on it alone on the map: its name, and whether that is folded.
pub(crate) fn hub_in_question(model: &Model) -> Option<(SubjectName, bool)> {
    hub_of(model, model.selected()?)
}

/// The same for any subject.
pub(crate) fn hub_of(model: &Model, subject: Subject) -> Option<(SubjectName, bool)> {
    let answers = model.answers.as_ref()?;
    let map = model.map().filter(|map| map.kind == ViewKind::Map)?;
    let hub = map.mark_of(subject).filter(|&mark| map.hanging_on(mark) > 0)?;
    Some((SubjectName::of(&answers.graph, subject), map.is_hub_folded(hub)))
}

/// The region of what is selected, by its name, and whether it is open.
pub(crate) fn region_in_question(model: &Model) -> Option<(String, bool)> {
    let map = model.map().filter(|map| map.kind == ViewKind::Map)?;
    let mark = map.marks.get(map.mark_of(model.selected()?)? as usize)?;
    let region = mark.region?;
    Some((map.regions.get(usize::from(region))?.name.clone(), !map.is_collapsed(region)))
}
