//! The findings that earlier imports showed and the last one does not: resolved, or not observed.

use egui::Ui;

use crate::app::columns::column::{Cell, Column, Kind, plain};
use crate::app::model::Model;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::plain_table::{PlainTable, plain_table_ui};
use crate::inventory::{Date, shown};
use crate::project::{FindingState, PastFinding};

const COLUMNS: [Column; 6] = [
    plain("State", Kind::Words),
    plain("Finding", Kind::Words),
    plain("About", Kind::Words),
    plain("First seen", Kind::Words),
    plain("Since", Kind::Words),
    plain("Assignee", Kind::Words),
];

/// Those of the state that is listed; none where all states are, or one that findings in sight have.
pub(crate) fn past_findings(model: &Model) -> Vec<&PastFinding> {
    let (Some(own), Some(state)) = (&model.standings, model.session.finding_state) else {
        return Vec::new();
    };
    if !matches!(state, FindingState::Resolved | FindingState::NotObserved) {
        return Vec::new();
    }
    own.standings.past().iter().filter(|past| past.state == state).collect()
}

pub(crate) fn past_findings_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let model = context.model;
    let found = past_findings(model);
    let is_as_is = model.as_is.is_none();
    let cell = |row: usize, column: usize| match found.get(row) {
        Some(past) => past_cell(past, column, is_as_is),
        None => Cell::second(""),
    };
    let table = PlainTable {
        id: "past findings",
        columns: &COLUMNS,
        rows: found.len(),
        cell: &cell,
        subject: &|row| found.get(row).and_then(|past| past.subject),
    };
    plain_table_ui(ui, context, &table);
}

fn past_cell(past: &PastFinding, column: usize, is_as_is: bool) -> Cell {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let PastFinding { name, record, .. } = past;
    let text = match column {
        0 => past.state.word().to_owned(),
        1 => format!("{} {}", name.rule.id(), name.rule.title()),
        2 => {
            let about = shown(&name.about_words()).into_owned();
            match past.subject {
                Some(subject) => return Cell::subject(about, subject),
                None if is_as_is => format!("{about} (no longer in the inventory)"),
                None => format!("{about} (not there with the fixes)"),
            }
        }
        3 => day(past.first_seen),
        4 => day(past.since),
        _ => shown(record.assignee.as_deref().unwrap_or_default()).into_owned(),
    };
    Cell::second(text)
}
