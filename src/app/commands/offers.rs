//! What the palette offers.

use crate::analysis::Subject;
use crate::app::commands::action::Action;
use crate::app::commands::table;
use crate::app::model::Model;

/// One line of the palette.
#[derive(Clone, Copy)]
pub(crate) enum Offer {
    Subject(Subject),
    Action(&'static Action),
}

/// The hits, then the actions whose names have the text in them.
pub(crate) fn offers(model: &Model) -> Vec<Offer> {
    let wanted = model.session.palette_text.trim().to_lowercase();
    let [_, found] = &model.found;
    let actions =
        table::all().filter(|action| action.title(model).to_lowercase().contains(&wanted));
    let hits = found.best.iter().map(|&subject| Offer::Subject(subject));
    hits.chain(actions.map(Offer::Action)).collect()
}
