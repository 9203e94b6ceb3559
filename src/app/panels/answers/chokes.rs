//! Choke points: for each credential the pairs that fall apart when it alone goes.

use egui::Ui;

use crate::analysis::Subject;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::ink;
use crate::app::panels::answers::parts::{judged_ui, sentence_ui};
use crate::app::widgets::cells::{cell, name_cell};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::sheet::{REST, Sheet, sheet_ui};
use crate::app::work::answers::Answers;
use crate::inventory::Cost;

/// The tab.
pub(crate) fn choke_points_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(judged) = judged_ui(ui, context, answers) else { return };
    sentence_ui(ui, context, &judged.assessment.choke_points.precision.words());
    if judged.choke_points.is_empty() {
        let none = match answers.exposure.connected_pairs {
            0 => "No pair is connected, so none depends on a credential",
            _ => "No pair depends on a single credential: every pair has at least two ways",
        };
        note_ui(ui, context.theme, none);
        return;
    }
    let selected = match context.model.selected() {
        Some(Subject::Credential(at)) => context.model.row_of_choke_point(at),
        Some(Subject::Instance(_)) | None => None,
    };
    let sheet = Sheet {
        id: "choke points",
        columns: &[
            ("Credential", REST),
            ("Pairs that depend on it", 150.0),
            ("Stated alone", 120.0),
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
    sheet_ui(ui, context, &sheet, |row, context, index| {
        let Some((at, pairs)) = context.model.choke_point_at(index) else { return };
        let subject = Subject::Credential(at);
        let second = ink(context.theme.second);
        name_cell(row, context, &answers.name(subject), subject);
        cell(row, &format!("{pairs} of {whole}"), ink(context.theme.text));
        let stated = judged.pairs_stated_on(at);
        let assumed = if stated == 0 { ", assumed" } else { "" };
        cell(row, &format!("{stated} of {whole_stated}{assumed}"), second);
        cell(row, if judged.is_in_cut(at) { "in it" } else { "" }, second);
        cell(row, &cost_word(judged.costs.of(at)), second);
        cell(row, &answers.graph.held_by(at).len().to_string(), second);
        cell(row, &answers.graph.grants(at).len().to_string(), second);
        cell(row, &answers.reach_of(subject).to_string(), second);
    });
}

/// A cost in words.
pub(crate) fn cost_word(cost: Cost) -> String {
    match cost {
        Cost::Units(units) => units.to_string(),
        Cost::Never => "never".to_owned(),
    }
}
