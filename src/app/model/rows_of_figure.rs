//! Shows exactly the rows that a figure counts, whatever was picked or filtered before.

use crate::app::model::command::{FixCommand, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::model::filters::Facet;
use crate::app::model::fix_list::apply_fix;
use crate::app::model::hiding::clear_filters;
use crate::app::model::listing::relist;
use crate::app::model::paths::pick_ends;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::app::model::tables::apply_table;
use crate::project::{CredentialName, NamedEnds};

pub(crate) fn show_rows_of(model: &mut Model, figure: Figure) {
    match figure {
        Figure::Headline => {
            let answers = model.answers.as_ref();
            let is_of_ends = answers.is_some_and(|of| !of.headline.counted().1.is_empty());
            let tab = if is_of_ends { Tab::Services } else { Tab::Credentials };
            show_filtered(model, tab, Facet::Headline);
        }
        Figure::ConnectedPairs => show_pairs(model, NamedEnds::default()),
        Figure::StatedPairs => {
            show_pairs(model, NamedEnds { stated_only: true, ..NamedEnds::default() });
        }
        Figure::PairsNeeding(credential) => {
            let graph = model.answers.as_ref().map(|answers| &answers.graph);
            let needing = graph.map(|graph| CredentialName::of(graph, credential));
            show_pairs(model, NamedEnds { needing, ..NamedEnds::default() });
        }
        Figure::PairsWithFixes => {
            apply_fix(model, FixCommand::ShowWith(true));
            show_pairs(model, NamedEnds::default());
        }
        Figure::PairsAsIs => {
            apply_fix(model, FixCommand::ShowWith(false));
            show_pairs(model, NamedEnds::default());
        }
        Figure::Ends(kind) => show_filtered(model, Tab::Services, Facet::End(kind)),
        Figure::Cut => show(model, Tab::CutAndPlan),
        Figure::Rejected => {
            model.session.problem_text.clear();
            apply_table(model, &TableCommand::RejectedOnly(true));
        }
        Figure::Problems => {
            model.session.problem_text.clear();
            apply_table(model, &TableCommand::RejectedOnly(false));
        }
        Figure::Findings(severity) => {
            show_filtered(model, Tab::Findings, Facet::Severity(severity));
        }
        Figure::HiddenCredentials => show_hidden(model, Tab::Credentials),
        Figure::HiddenServices => show_hidden(model, Tab::Services),
    }
}

fn show(model: &mut Model, tab: Tab) {
    apply_table(model, &TableCommand::Show(tab));
}

/// Pairs between all ends, as the tab of paths lists them.
fn show_pairs(model: &mut Model, between: NamedEnds) {
    pick_ends(model, |ends| *ends = between);
    show(model, Tab::Paths);
}

/// A table with one filter alone.
fn show_filtered(model: &mut Model, tab: Tab, facet: Facet) {
    clear_filters(model);
    model.views.active_mut().spec.filters.set(facet, true);
    relist(model);
    show(model, tab);
}

fn show_hidden(model: &mut Model, tab: Tab) {
    model.views.active_mut().spec.filters.set(Facet::Hidden, true);
    relist(model);
    show(model, tab);
}
