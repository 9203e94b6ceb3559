//! What concerns the tables below the map.

use crate::app::model::command::TableCommand;
use crate::app::model::listing::{list_problems, order_answers};
use crate::app::model::panes::Pane;
use crate::app::model::route::RouteOf;
use crate::app::model::selecting::{pick_owner, select, show_route};
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;

pub(crate) fn apply_table(model: &mut Model, command: &TableCommand) {
    match *command {
        TableCommand::Show(tab) => {
            model.session.tab = tab;
            model.session.in_table = true;
            model.session.unfold(Pane::Tables);
            // The problems stay listed as they were asked for.
            if tab != Tab::Problems {
                list_tab(model);
            }
            return;
        }
        TableCommand::SortAnswersBy(sort) => {
            let table = model.session.table_mut();
            table.answers_reversed = table.answer_sort == sort && !table.answers_reversed;
            table.answer_sort = sort;
        }
        TableCommand::Pick(row) => return pick_row(model, row),
        TableCommand::PickOwner(owner) => {
            apply_table(model, &TableCommand::Show(Tab::Owners));
            return pick_owner(model, owner);
        }
        TableCommand::Walk(by) => return walk_table(model, by),
        TableCommand::SortBy(sort) => {
            let table = model.session.table_mut();
            table.reversed = table.sort == sort && !table.reversed;
            table.sort = sort;
        }
        TableCommand::RejectedOnly(on) => {
            model.session.tab = Tab::Problems;
            model.session.rejected_only = on;
            model.session.unfold(Pane::Tables);
        }
        // Carried out elsewhere, with what it picks and filters.
        TableCommand::RowsOf(_) => return,
        TableCommand::FindProblems(ref text) => model.session.problem_text.clone_from(text),
    }
    model.session.table_mut().row = None;
    list_tab(model);
}

/// Lists and sorts what stands in the tab in sight.
pub(crate) fn list_tab(model: &mut Model) {
    if model.session.tab == Tab::Problems {
        return list_problems(model);
    }
    if model.session.tab.is_answer() {
        return order_answers(model);
    }
    if let Some(answers) = &model.answers {
        model.listed.rows += 1;
        let sight = &model.views.active().data.sight;
        let standings = model.standings.as_ref().map(|own| &*own.standings);
        model.lists.order(answers, (sight, standings), &model.session);
    }
}

/// Selects what stands this number of rows below what is selected.
pub(crate) fn walk_table(model: &mut Model, by: i32) {
    let Some(answers) = model.answers.clone() else { return };
    let tab = model.session.tab;
    let rows = model.rows(tab);
    let own = model.session.table().row.filter(|_| model.session.in_table).or_else(|| {
        // A problem is about no subject.
        let selected = model.selected().filter(|_| tab != Tab::Problems)?;
        (0..rows).find(|&row| model.subject_at(&answers, tab, row) == Some(selected))
    });
    let next = own.map_or(0, |row| row.saturating_add_signed(by as isize));
    pick_row(model, next.min(rows.saturating_sub(1)));
}

/// Selects what stands in a row of the table in sight.
pub(crate) fn pick_row(model: &mut Model, row: usize) {
    let Some(answers) = model.answers.clone() else { return };
    model.session.in_table = true;
    model.session.scroll_to_selection = true;
    if model.session.tab == Tab::Paths {
        if let Some((at, _)) = model.path_at(row) {
            show_route(model, RouteOf::Listed(at));
        }
    } else if model.session.tab == Tab::Owners {
        if let Some(owner) = model.owner_at(row).map(|figures| figures.owner) {
            pick_owner(model, owner);
        }
    } else if let Some(subject) = model.subject_at(&answers, model.session.tab, row) {
        select(model, Some(subject));
    }
    model.session.table_mut().row = Some(row);
}
