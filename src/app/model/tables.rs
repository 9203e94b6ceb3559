//! What concerns the tables below the map.

use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::TableCommand;
use crate::app::model::listing::{list_problems, order_answers};
use crate::app::model::route::RouteOf;
use crate::app::model::selecting::{select, show_owner, show_route};
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::app::work::sort::Sort;

pub(crate) fn apply_table(model: &mut Model, command: &TableCommand) {
    match *command {
        TableCommand::Show(tab) => {
            model.session.tab = tab;
            model.session.sort = if tab == Tab::Problems { Sort::Place } else { Sort::default() };
            model.session.reversed = false;
            model.session.answer_sort = AnswerSort::default();
            model.session.answers_reversed = false;
            model.session.in_table = true;
            model.session.folded.remove("tables");
        }
        TableCommand::SortAnswersBy(sort) => {
            let again = model.session.answer_sort == sort;
            model.session.answers_reversed = again && !model.session.answers_reversed;
            model.session.answer_sort = sort;
        }
        TableCommand::Pick(row) => return pick_row(model, row),
        TableCommand::PickOwner(owner) => {
            apply_table(model, &TableCommand::Show(Tab::Owners));
            return show_owner(model, owner);
        }
        TableCommand::Walk(by) => return walk_table(model, by),
        TableCommand::SortBy(sort) => {
            model.session.reversed = model.session.sort == sort && !model.session.reversed;
            model.session.sort = sort;
        }
        TableCommand::RejectedOnly(on) => {
            model.session.tab = Tab::Problems;
            model.session.sort = Sort::Place;
            model.session.reversed = false;
            model.session.rejected_only = on;
            model.session.folded.remove("tables");
        }
        // Carried out elsewhere, with what it picks and filters.
        TableCommand::RowsOf(_) => return,
        TableCommand::FindProblems(ref text) => model.session.problem_text.clone_from(text),
    }
    model.session.row = None;
    if model.session.tab == Tab::Problems {
        return list_problems(model);
    }
    if model.session.tab.is_answer() {
        return order_answers(model);
    }
    if let Some(answers) = &model.answers {
        model.lists.order(answers, &model.views.active().data.sight, &model.session);
    }
}

/// Selects what stands this number of rows below what is selected.
pub(crate) fn walk_table(model: &mut Model, by: i32) {
    let Some(answers) = model.answers.clone() else { return };
    let tab = model.session.tab;
    let rows = model.rows(tab);
    let own = model.session.row.filter(|_| model.session.in_table).or_else(|| {
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
            show_owner(model, owner);
        }
    } else if let Some(subject) = model.subject_at(&answers, model.session.tab, row) {
        select(model, Some(subject));
    }
    model.session.row = Some(row);
}
