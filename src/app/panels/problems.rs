//! The table of problems: what could not be taken as it stands, found by a text.

use egui::{RichText, Ui};

use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::grouped;

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
        let text = format!("{} of {}", grouped(listed as u64), grouped(whole as u64));
        counter_ui(ui, context, &text);
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
