//! The table of lateral-movement paths.

use crate::analysis::{Path, Subject};
use crate::app::columns::column::{Cell, Column, Kind, Tone, answers as by, plain};
use crate::app::model::Model;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::work::answers::Answers;
use crate::inventory::shown;

/// The last is there only while fixes are in force.
pub(crate) const PATHS: [Column; 6] = [
    by("Hops", Kind::Figures, AnswerSort::AsFound),
    by("From", Kind::Words, AnswerSort::From),
    by("To", Kind::Words, AnswerSort::To),
    by("Through", Kind::Words, AnswerSort::Through),
    by("Rests on", Kind::Words, AnswerSort::Assumed),
    plain("With the fixes", Kind::Words),
];

pub(crate) fn path_cell(model: &Model, answers: &Answers, path: &Path, column: usize) -> Cell {
    match column {
        0 => Cell::figure(path.hops.len() as u64),
        1 => Cell::new(answers.name(Subject::Instance(path.from)), Tone::Text),
        2 => Cell::new(answers.name(Subject::Instance(path.to)), Tone::Text),
        3 => Cell::second(through(answers, path)),
        4 => {
            let is_stated = path.is_stated(&answers.graph);
            Cell::second(if is_stated { "stated access" } else { "assumption" })
        }
        _ => match &model.what_if.outcome {
            Some(found) if found.ways.cut(path) => Cell::new("cut", Tone::Fixed),
            Some(_) => Cell::new("remains", Tone::Text),
            None => Cell::second(""),
        },
    }
}

/// Whether the paths of the inventory as it is are marked that a fix in force cuts.
pub(crate) fn marks_cut(model: &Model) -> bool {
    let outcome = model.what_if.outcome.as_ref();
    outcome.is_some_and(|found| model.as_is.is_none() && !found.each.is_empty())
}

/// The credentials of a path, in order.
pub(crate) fn through(answers: &Answers, path: &Path) -> String {
    let names: Vec<_> =
        path.hops.iter().map(|hop| shown(answers.graph.credential_name(hop.credential))).collect();
    names.join(" → ")
}
