//! The table of problems: what could not be taken as it stands, found by a text.

use egui::{RichText, Ui};
use egui_extras::TableRow;

use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::cells::cell;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::shown;

/// What stands behind the tabs: the filters, what they leave, and the way to the rejected rows.
pub(crate) fn problem_tools_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let mut text = context.model.session.problem_text.clone();
    let hint = RichText::new("Text of a problem").size(size::NOTE);
    let field = egui::TextEdit::singleline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(hint)
        .desired_width(120.0);
    let response = ui.add(field);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter problems"));
    if response.changed() {
        context.push(Command::Table(TableCommand::FindProblems(text)));
    }
    let mut rejected = context.model.session.rejected_only;
    let label = RichText::new("Rejected rows only").size(size::NOTE);
    if ui.checkbox(&mut rejected, label).changed() {
        context.push(Command::Table(TableCommand::RejectedOnly(rejected)));
    }
    let any = context.model.inventory().is_some_and(|i| i.ledger().rejected > 0);
    let save = RichText::new("Save rejected…").size(size::NOTE);
    if any && ui.button(save).clicked() {
        context.push(Command::SaveRejected);
    }
    let (listed, whole) = (context.model.lists.problems.rows.len(), answers.problem_count());
    if context.model.jobs.running().any(|(kind, _)| kind == JobKind::Filter) {
        counter_ui(ui, context, "Looking…");
    } else if listed < whole {
        counter_ui(ui, context, &format!("{listed} of {whole}"));
    }
}

/// In one line, however little room is left.
fn counter_ui(ui: &mut Ui, context: &PanelContext<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(context.theme.second));
    ui.add(egui::Label::new(text).extend());
}

/// Why the table of problems is empty.
pub(crate) fn no_problem_text(context: &PanelContext<'_>) -> &'static str {
    let session = &context.model.session;
    match (session.problem_text.trim().is_empty(), session.rejected_only) {
        (false, _) => "No problem has this text in it",
        (true, true) => "No row was rejected",
        (true, false) => "Every row could be read as it is",
    }
}

/// The whole of a problem: its sentence, the byte at which its row starts, and the row.
pub(crate) fn problem_text(
    context: &PanelContext<'_>,
    answers: &Answers,
    index: usize,
) -> Option<String> {
    let at = context.model.lists.problems.rows.get(index)?;
    let problem = answers.problem(*at)?;
    let mut lines = vec![shown(&problem.message).into_owned()];
    lines.extend(problem.offset.map(|offset| format!("at byte {offset} of the file")));
    lines.extend(problem.shown_row().map(|row| shown(&row).into_owned()));
    Some(lines.join("\n"))
}

/// One problem.
pub(crate) fn problem_row(
    row: &mut TableRow<'_, '_>,
    context: &PanelContext<'_>,
    answers: &Answers,
    index: usize,
) {
    let listed = context.model.lists.problems.rows.get(index);
    let Some(problem) = listed.and_then(|at| answers.problem(*at)) else { return };
    let second = ink(context.theme.second);
    let place = shown(&answers.graph.inventory().place_text(problem.place)).into_owned();
    cell(row, &place, second);
    cell(row, &shown(&problem.column), second);
    cell(row, problem.kind.word(), ink(context.theme.text));
    cell(row, if problem.row_rejected { "rejected" } else { "accepted" }, second);
    cell(row, &shown(&problem.message), ink(context.theme.text));
}
