//! The table of problems: what could not be taken as it stands, found by a text.

use egui::{RichText, Ui};
use egui_extras::TableRow;

use super::Desk;
use super::tables::cell;
use crate::app::answers::Answers;
use crate::app::jobs::JobKind;
use crate::app::look::{ink, size};
use crate::app::model::{Command, TableCommand};
use crate::inventory::shown;

/// What stands behind the tabs: the filters, what they leave, and the way to the rejected rows.
pub(super) fn problem_tools_ui(ui: &mut Ui, desk: &mut Desk<'_>, answers: &Answers) {
    let mut text = desk.model.session.problem_text.clone();
    let hint = RichText::new("Text of a problem").size(size::NOTE);
    let field = egui::TextEdit::singleline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(hint)
        .desired_width(120.0);
    let response = ui.add(field);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter problems"));
    if response.changed() {
        desk.push(Command::Table(TableCommand::FindProblems(text)));
    }
    let mut rejected = desk.model.session.rejected_only;
    let label = RichText::new("Rejected rows only").size(size::NOTE);
    if ui.checkbox(&mut rejected, label).changed() {
        desk.push(Command::Table(TableCommand::RejectedOnly(rejected)));
    }
    let any = desk.model.inventory().is_some_and(|i| i.ledger().rejected > 0);
    let save = RichText::new("Save rejected…").size(size::NOTE);
    if any && ui.button(save).clicked() {
        desk.push(Command::SaveRejected);
    }
    let (listed, whole) = (desk.model.lists.problems.rows.len(), answers.problem_count());
    if desk.model.jobs.running().any(|(kind, _)| kind == JobKind::Filter) {
        counter_ui(ui, desk, "Looking…");
    } else if listed < whole {
        counter_ui(ui, desk, &format!("{listed} of {whole}"));
    }
}

/// In one line, however little room is left.
fn counter_ui(ui: &mut Ui, desk: &Desk<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(desk.theme.second));
    ui.add(egui::Label::new(text).extend());
}

/// Why the table of problems is empty.
pub(super) fn no_problem_text(desk: &Desk<'_>) -> &'static str {
    let session = &desk.model.session;
    match (session.problem_text.trim().is_empty(), session.rejected_only) {
        (false, _) => "No problem has this text in it",
        (true, true) => "No row was rejected",
        (true, false) => "Every row could be taken as it stands",
    }
}

/// The whole of a problem: its sentence, the byte at which its row starts, and the row.
pub(super) fn problem_text(desk: &Desk<'_>, answers: &Answers, index: usize) -> Option<String> {
    let at = desk.model.lists.problems.rows.get(index)?;
    let problem = answers.problem(*at)?;
    let mut lines = vec![shown(&problem.message).into_owned()];
    lines.extend(problem.offset.map(|offset| format!("at byte {offset} of the file")));
    lines.extend(problem.shown_row().map(|row| shown(&row).into_owned()));
    Some(lines.join("\n"))
}

/// One problem.
pub(super) fn problem_row(
    row: &mut TableRow<'_, '_>,
    desk: &Desk<'_>,
    answers: &Answers,
    index: usize,
) {
    let listed = desk.model.lists.problems.rows.get(index);
    let Some(problem) = listed.and_then(|at| answers.problem(*at)) else { return };
    let second = ink(desk.theme.second);
    let place = shown(&answers.graph.inventory().place_text(problem.place)).into_owned();
    cell(row, &place, second);
    cell(row, &shown(&problem.column), second);
    cell(row, problem.kind.word(), ink(desk.theme.text));
    cell(row, if problem.row_rejected { "rejected" } else { "taken" }, second);
    cell(row, &shown(&problem.message), ink(desk.theme.text));
}
