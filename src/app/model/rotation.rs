//! What is taken to have fallen, and what is done about it already.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::command::RotationCommand;
use crate::app::model::panes::Pane;
use crate::app::model::starts;
use crate::app::model::state::{ChosenOwner, Model, RotationInSight};
use crate::app::model::tab::Tab;
use crate::app::work::rotation::FoundRotation;
use crate::project::{RotationList, SubjectName};

pub(crate) fn apply_rotation(model: &mut Model, command: RotationCommand) {
    match command {
        RotationCommand::Add(start) => {
            model.session.tab = Tab::Rotation;
            model.session.unfold(Pane::Tables);
            change(model, |list| list.add(start));
        }
        RotationCommand::AddAll(starts) => {
            model.session.tab = Tab::Rotation;
            model.session.unfold(Pane::Tables);
            change(model, |list| list.add_all(starts));
        }
        RotationCommand::Mark(starts, true) => change(model, |list| list.add_all(starts)),
        RotationCommand::Mark(starts, false) => change(model, |list| list.take_out_all(&starts)),
        RotationCommand::TakeOut(at) => change(model, |list| list.take_out(at)),
        RotationCommand::Clear => change(model, |list| {
            let had_some = !list.is_empty();
            *list = RotationList::default();
            had_some
        }),
        RotationCommand::Tick(step, on) => {
            let mut list = RotationList::clone(&model.project.rotation);
            if list.tick(step, on) {
                model.project.rotation = Arc::new(list);
                count_done(model);
            }
        }
        RotationCommand::WorkOut => ask_rotation(model),
    }
}

fn change(model: &mut Model, change: impl FnOnce(&mut RotationList) -> bool) {
    let mut list = RotationList::clone(&model.project.rotation);
    if change(&mut list) {
        model.project.rotation = Arc::new(list);
        ask_rotation(model);
    }
}

/// Works the order out anew, where anything is taken to have fallen.
pub(crate) fn ask_rotation(model: &mut Model) {
    model.jobs.cancel(JobKind::Rotation);
    model.rotation = None;
    if let Some(answers) = model.answers.clone()
        && !model.project.rotation.starts().is_empty()
    {
        starts::find_rotation(model, answers);
    }
}

pub(crate) fn take_rotation(model: &mut Model, found: Arc<FoundRotation>) {
    if found.known.len() == model.project.rotation.starts().len() {
        model.rotation = Some(RotationInSight { found, done: 0 });
        count_done(model);
    }
}

/// Counts anew what is ticked off.
pub(crate) fn count_done(model: &mut Model) {
    let (Some(rotation), Some(answers)) = (&mut model.rotation, &model.answers) else { return };
    rotation.done = rotation.found.done(&answers.graph, &model.project.rotation);
}

/// What is selected, or the owner in question, by name; nobody is no name.
pub(crate) fn start_in_question(model: &Model) -> Option<SubjectName> {
    let answers = model.answers.as_ref()?;
    if let Some(subject) = model.selected() {
        return Some(SubjectName::of(&answers.graph, subject));
    }
    let ChosenOwner(owner) = model.owner?;
    owner.map(|owner| SubjectName::Owner(answers.graph.owner_name(owner).to_owned()))
}
