//! Choke points: for each credential the pairs that fall apart when it alone goes.

use egui::Ui;

use super::super::Desk;
use super::super::parts::note_ui;
use super::super::tables::{cell, name_cell};
use super::sheet::{REST, Sheet, sheet_ui};
use super::{judged_ui, said_ui};
use crate::analysis::{Precision, Subject};
use crate::app::answers::Answers;
use crate::app::judging::Judged;
use crate::app::look::ink;
use crate::app::model::{AnswerSort, Command, TableCommand};
use crate::inventory::{Cost, counted};

/// The tab.
pub(super) fn choke_points_ui(ui: &mut Ui, desk: &mut Desk<'_>, answers: &Answers) {
    let Some(judged) = judged_ui(ui, desk, answers) else { return };
    said_ui(ui, desk, &precision(&judged));
    if judged.choke_points.is_empty() {
        let none = match answers.exposure.connected_pairs {
            0 => "No pair is connected, so nothing holds any together",
            _ => "No single credential holds a pair together: every pair has two ways at least",
        };
        note_ui(ui, desk.theme, none);
        return;
    }
    let selected = match desk.model.selected() {
        Some(Subject::Credential(at)) => desk.model.row_of_choke_point(at),
        Some(Subject::Instance(_)) | None => None,
    };
    let sheet = Sheet {
        id: "choke points",
        columns: &[
            ("Credential", REST),
            ("Pairs that hang on it", 150.0),
            ("Stated alone", 90.0),
            ("Minimum cut", 90.0),
            ("Cost", 60.0),
            ("Held by", 60.0),
            ("Grants", 60.0),
            ("Reach", 60.0),
        ],
        sorts: &[
            AnswerSort::Credential,
            AnswerSort::AsFound,
            AnswerSort::PairsStated,
            AnswerSort::InCut,
            AnswerSort::Cost,
            AnswerSort::Holds,
            AnswerSort::Grants,
            AnswerSort::Reach,
        ],
        rows: judged.choke_points.len(),
        selected,
        pick: |row| Command::Table(TableCommand::Pick(row)),
        scrolls: true,
    };
    let whole = answers.exposure.connected_pairs;
    let whole_stated = answers.exposure.connected_pairs_stated;
    sheet_ui(ui, desk, &sheet, |row, desk, index| {
        let Some((at, pairs)) = desk.model.choke_point_at(index) else { return };
        let subject = Subject::Credential(at);
        let second = ink(desk.theme.second);
        name_cell(row, desk, &answers.name(subject), subject);
        cell(row, &format!("{pairs} of {whole}"), ink(desk.theme.text));
        cell(row, &format!("{} of {whole_stated}", judged.pairs_stated_on(at)), second);
        cell(row, if judged.is_in_cut(at) { "in it" } else { "" }, second);
        cell(row, &cost_word(judged.costs.of(at)), second);
        cell(row, &answers.graph.held_by(at).len().to_string(), second);
        cell(row, &answers.graph.grants(at).len().to_string(), second);
        cell(row, &answers.reach_of(subject).to_string(), second);
    });
}

/// A cost in words.
pub(super) fn cost_word(cost: Cost) -> String {
    match cost {
        Cost::Units(units) => units.to_string(),
        Cost::Never => "never".to_owned(),
    }
}

/// How far the figures can be trusted.
pub(super) fn precision(judged: &Judged) -> String {
    match judged.judgement.choke_points.precision {
        Precision::Exact => "Exact: every entry point was looked at".to_owned(),
        Precision::Sampled { taken, whole, error } => format!(
            "Sampled: {taken} of {whole} entry points were looked at; a figure is off by more than \
             {} in one of twenty cases at most",
            counted(error.ceil() as usize, "pair", "pairs")
        ),
    }
}
