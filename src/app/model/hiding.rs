//! Hides and shows things one by one, and what a search finds; saves filters and sets them again.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::by_hand::ByHand;
use crate::app::model::command::SightCommand;
use crate::app::model::filters::Filters;
use crate::app::model::listing::relist;
use crate::app::model::named_filters::{filters_of, named};
use crate::app::model::neighbours::neighbours;
use crate::app::model::state::Model;
use crate::app::work::answers::Answers;
use crate::inventory::shown;
use crate::project::{HiddenByHand, KeptFilters, SubjectName};

/// Carries out what hides and shows things: one by one in every view, else in the active one.
pub(crate) fn apply_sight(model: &mut Model, command: SightCommand) {
    let Some(answers) = model.answers.clone() else { return };
    let graph = &answers.graph;
    let names = |subjects: &[Subject]| -> Vec<SubjectName> {
        subjects.iter().map(|own| SubjectName::of(graph, *own)).collect()
    };
    let leaves_sight = matches!(command, SightCommand::Save(_) | SightCommand::Forget(_));
    let mut kept = KeptFilters::clone(&model.project.filters);
    let spec = &mut model.views.active_mut().spec;
    match command {
        SightCommand::OnlyFound(text) => spec.filters.set_search(text.trim().to_owned()),
        SightCommand::Hide(subjects) => kept.by_hand.hide(names(&subjects)),
        SightCommand::HideOthers(subjects) => kept.by_hand.hide_others(names(&subjects)),
        SightCommand::ShowNeighbours(subjects) => {
            let near = subjects.iter().flat_map(|own| neighbours(graph, *own));
            let near: Vec<Subject> = near.chain(subjects.iter().copied()).collect();
            kept.by_hand.show(names(&near));
        }
        SightCommand::Dim(dims) => spec.dims = dims,
        SightCommand::Save(name) => {
            let filters = named(&spec.filters, &kept.by_hand, graph);
            kept.save(&name, filters);
        }
        SightCommand::Use(place) => {
            let Some(saved) = kept.saved().get(place).cloned() else { return };
            spec.filters = filters_of(&saved.filters, graph);
            let missing = saved.filters.missing_in(graph);
            if !missing.is_empty() {
                let (name, missing) = (shown(&saved.name), missing.join(", "));
                let missing = shown(&missing);
                model.notice =
                    Some(format!("the inventory lacks of the filters “{name}”: {missing}"));
            }
            kept.by_hand = saved.filters.by_hand;
        }
        SightCommand::Forget(place) => kept.forget(place),
    }
    model.project.filters = Arc::new(kept);
    if !leaves_sight {
        hide_by_hand(model, &answers);
        relist(model);
    }
}

/// Hides in every view what is to be hidden by hand.
pub(crate) fn hide_by_hand(model: &mut Model, answers: &Answers) {
    let by_hand = ByHand::of(&model.project.filters.by_hand, &answers.graph);
    for view in model.views.iter_mut() {
        view.spec.filters.set_by_hand(by_hand.clone());
    }
}

/// Takes every filter out of the active view, and shows what was hidden by hand.
pub(crate) fn clear_filters(model: &mut Model) {
    model.views.active_mut().spec.filters = Filters::default();
    if model.project.filters.by_hand.any() {
        Arc::make_mut(&mut model.project.filters).by_hand = HiddenByHand::default();
        for view in model.views.iter_mut() {
            view.spec.filters.set_by_hand(ByHand::default());
        }
    }
}
