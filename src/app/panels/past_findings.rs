//! The findings that earlier imports showed and the last one does not: resolved, or not observed.

use egui::Ui;

use crate::app::columns::column::{Cell, Column, Kind, plain};
use crate::app::columns::table::{Standing, copied_rows};
use crate::app::model::Model;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::sheet::{OtherCopy, Sheet, sheet_ui};
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
    let columns: Vec<(usize, Column)> = COLUMNS.into_iter().enumerate().collect();
    let cell = |row: usize, column: usize| {
        found.get(row).map_or_else(|| Cell::second(""), |past| past_cell(past, column))
    };
    let sheet = Sheet {
        id: "past findings",
        listed: model.listed.rows,
        columns: &columns,
        rows: found.len(),
        cell: &cell,
        standing: &|_| Standing::Plain,
        pick: |_| Command::Table(TableCommand::Show(Tab::Findings)),
        copied: &|row| copied_rows(&columns, [row], &cell),
        others: &[OtherCopy {
            name: "Copy the table",
            text: &|_| copied_rows(&columns, 0..found.len(), &cell),
        }],
        tip: None,
        subject: &|row| found.get(row).and_then(|past| past.subject),
        button: None,
        scroll_to: None,
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet);
}

fn past_cell(past: &PastFinding, column: usize) -> Cell {
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let PastFinding { name, record, .. } = past;
    let text = match column {
        0 => past.state.word().to_owned(),
        1 => format!("{} {}", name.rule.id(), name.rule.title()),
        2 => shown(&name.about_words()).into_owned(),
        3 => day(past.first_seen),
        4 => day(past.since),
        _ => shown(record.assignee.as_deref().unwrap_or_default()).into_owned(),
    };
    Cell::second(text)
}
