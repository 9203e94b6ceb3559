//! The table of choke points.

use crate::analysis::Subject;
use crate::app::columns::column::{Cell, Column, Kind, Tone, answers as by};
use crate::app::columns::subjects::reach_cell;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::graph::CredentialIndex;
use crate::inventory::{Cost, grouped};

pub(crate) const CHOKE_POINTS: [Column; 8] = [
    by("Credential", Kind::Words, AnswerSort::Credential),
    by("Pairs that depend on it", Kind::Figures, AnswerSort::AsFound),
    by("Stated alone", Kind::Figures, AnswerSort::PairsStated),
    by("Minimum cut", Kind::Words, AnswerSort::InCut),
    by("Cost", Kind::Figures, AnswerSort::Cost),
    by("Held by", Kind::Figures, AnswerSort::Holds),
    by("Grants", Kind::Figures, AnswerSort::Grants),
    by("Reach", Kind::Figures, AnswerSort::Reach),
];

pub(crate) fn choke_cell(
    answers: &Answers,
    judged: &AssessedAnswers,
    (at, pairs): (CredentialIndex, u64),
    column: usize,
) -> Cell {
    let (graph, exposure) = (&answers.graph, &answers.exposure);
    let subject = Subject::Credential(at);
    match column {
        0 => Cell::subject(answers.name(subject), subject),
        1 => Cell::of(pairs, exposure.connected_pairs).in_tone(Tone::Text),
        2 => {
            let stated = judged.pairs_stated_on(at);
            let cell = Cell::of(stated, exposure.connected_pairs_stated);
            if stated > 0 {
                return cell;
            }
            let plain = cell.plain.map(|plain| format!("{plain}, assumed"));
            Cell { plain, ..Cell::second(format!("{}, assumed", cell.text)) }
        }
        3 => Cell::second(if judged.is_in_cut(at) { "in it" } else { "" }),
        4 => match judged.costs.of(at) {
            Cost::Units(units) => Cell::figure(u64::from(units.get())),
            Cost::Never => Cell::second("never"),
        },
        5 => Cell::figure(graph.held_by(at).len() as u64),
        6 => Cell::figure(graph.grants(at).len() as u64),
        _ => reach_cell(answers, subject),
    }
}

/// A cost in words.
pub(crate) fn cost_word(cost: Cost) -> String {
    match cost {
        Cost::Units(units) => grouped(u64::from(units.get())),
        Cost::Never => "never".to_owned(),
    }
}
