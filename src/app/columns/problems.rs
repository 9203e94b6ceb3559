//! The table of problems.

use crate::app::columns::column::{Cell, Column, Kind, Tone, rows};
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::inventory::{Problem, shown};

pub(crate) const PROBLEMS: [Column; 5] = [
    rows("Place", Kind::Places, Sort::Place),
    rows("Column", Kind::Words, Sort::Name),
    rows("Kind", Kind::Words, Sort::Kind),
    rows("Row", Kind::Words, Sort::Rejected),
    rows("What was found", Kind::Words, Sort::Message),
];

pub(crate) fn problem_cell(answers: &Answers, problem: &Problem, column: usize) -> Cell {
    match column {
        0 => Cell::second(shown(&answers.graph.inventory().place_text(problem.place))),
        1 => Cell::second(shown(&problem.column)),
        2 => Cell::new(problem.kind.word(), Tone::Text),
        3 => Cell::second(if problem.row_rejected { "rejected" } else { "accepted" }),
        _ => Cell::new(shown(&problem.message), Tone::Text),
    }
}

/// The whole of a problem: its sentence, the byte at which its row starts, and the row.
pub(crate) fn whole_problem(problem: &Problem) -> String {
    let mut lines = vec![shown(&problem.message).into_owned()];
    lines.extend(problem.offset.map(|offset| format!("at byte {offset} of the file")));
    lines.extend(problem.shown_row().map(|row| shown(&row).into_owned()));
    lines.join("\n")
}
