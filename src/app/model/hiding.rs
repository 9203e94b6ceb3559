//! Hides and shows things one by one, and what a search finds.

use crate::analysis::Subject;
use crate::app::model::command::SightCommand;
use crate::app::model::listing::relist;
use crate::app::model::neighbours::neighbours;
use crate::app::model::state::Model;

/// Carries out what hides and shows things in the active view.
pub(crate) fn apply_sight(model: &mut Model, command: SightCommand) {
    let spec = &mut model.views.active_mut().spec;
    let by_hand = spec.filters.by_hand_mut();
    match command {
        SightCommand::OnlyFound(text) => spec.filters.set_search(text.trim().to_owned()),
        SightCommand::Hide(subjects) => by_hand.hide(&subjects),
        SightCommand::HideOthers(subjects) => by_hand.hide_others(&subjects),
        SightCommand::ShowNeighbours(subjects) => {
            let Some(answers) = &model.answers else { return };
            let near = subjects.iter().flat_map(|own| neighbours(&answers.graph, *own));
            let near: Vec<Subject> = near.chain(subjects.iter().copied()).collect();
            by_hand.show(&near);
        }
        SightCommand::Dim(dims) => spec.dims = dims,
        SightCommand::Save(name) => {
            let filters = spec.filters.clone();
            return model.session.saved_filters.save(&name, filters);
        }
        SightCommand::Use(place) => {
            let Some(filters) = model.session.saved_filters.at(place) else { return };
            spec.filters = filters.clone();
        }
        SightCommand::Forget(place) => return model.session.saved_filters.forget(place),
    }
    relist(model);
}
