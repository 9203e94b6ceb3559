//! What is copied of a finding and of paths: a text that stands alone in a ticket or a mail.

use std::collections::BTreeSet;

use crate::analysis::{Finding, Path, Subject};
use crate::app::columns::table::Table;
use crate::app::model::Model;
use crate::app::model::tab::Tab;
use crate::app::work::answers::Answers;
use crate::export::{
    AnsweredRotation, Document, DocumentFormat, FindingWork, finding_document, route_document,
    row_line, row_text, tabletop_of_path, tabletop_of_rotation, write_document,
};

/// How many rows of the inventory stand below a finding; the report has them all.
const MOST_ROWS: usize = 20;

/// The finding in question: that of the row in question of their table, else the worst on what is selected.
pub(crate) fn finding_in_question(model: &Model) -> Option<&Finding> {
    let answers = model.answers.as_deref()?;
    if model.session.tab == Tab::Findings {
        let row = Table::in_sight(model).and_then(|table| table.row_in_question());
        if let Some(finding) = row.and_then(|row| finding_at(model, row)) {
            return Some(finding);
        }
    }
    answers.findings_of(model.selected()?).into_iter().next()
}

/// The finding in a row of their table.
pub(crate) fn finding_at(model: &Model, row: usize) -> Option<&Finding> {
    let at = *model.lists.findings.get(row)?;
    model.answers.as_ref()?.findings.get(at as usize)
}

/// A card for a tabletop exercise on a path, as Markdown.
pub(crate) fn card_of_path(answers: &Answers, path: &Path) -> String {
    written(DocumentFormat::Markdown, &tabletop_of_path(&answers.graph, path))
}

/// The same on what has fallen.
pub(crate) fn card_of_rotation(answered: &AnsweredRotation<'_>) -> String {
    written(DocumentFormat::Markdown, &tabletop_of_rotation(answered))
}

/// A finding as Markdown, with its first rows; a secret value is not among them.
pub(crate) fn finding_text(model: &Model, answers: &Answers, finding: &Finding) -> String {
    let work = model.standings.as_ref().map(|own| FindingWork {
        standings: &own.standings,
        register: &model.project.findings,
        notes: &model.project.notes,
    });
    let graph = &answers.graph;
    let evidence: BTreeSet<_> = answers.details(finding).evidence.into_iter().collect();
    let rows = match finding.subject {
        Subject::Credential(at) => graph.rows_of(at),
        Subject::Instance(at) => graph.rows_of_instance(at),
    };
    let rows = rows.iter().filter_map(|&row| {
        let place = graph.place_of(row).filter(|place| evidence.contains(place))?;
        let place = graph.inventory().place_text(place);
        Some(format!("{place}: {}", row_line(&row_text(graph, row))))
    });
    let document = finding_document(answers, work.as_ref(), finding, rows.take(MOST_ROWS));
    written(DocumentFormat::Markdown, &document)
}

/// Paths as text, hop by hop with their rows.
pub(crate) fn paths_text(answers: &Answers, paths: &[Path]) -> String {
    written(DocumentFormat::Text, &route_document(&answers.graph, paths))
}

fn written(format: DocumentFormat, document: &Document) -> String {
    let mut text = Vec::new();
    match write_document(format, document, &mut text) {
        Ok(()) => String::from_utf8_lossy(&text).into_owned(),
        // Nothing that is written into memory fails.
        Err(_) => String::new(),
    }
}
