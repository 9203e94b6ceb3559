//! The plan of fixes, with its curve, beside the minimum cut as the yardstick.

use egui::{RichText, Ui};

use crate::analysis::{Plan, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command, FixCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::curve::curve_ui;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::cells::{cell, name_cell};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::sheet::{REST, Sheet, sheet_ui};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::inventory::counted;
use crate::scene::Face;

/// The width that is left to the curve beside the words.
const CURVE: f32 = 260.0;

/// The right half of the tab.
pub(crate) fn plan_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    judged: &AssessedAnswers,
) {
    let plan = &judged.assessment.plan;
    let title = RichText::new("Plan").font(font(Face::Strong, size::BODY));
    ui.horizontal(|ui| {
        ui.label(title.color(ink(context.theme.text)));
        if !plan.steps.is_empty() && ui.small_button("What if the whole plan were done").clicked() {
            context.push(Command::Fix(FixCommand::AddPlan));
        }
    });
    growing_ui(ui, context, judged);
    if plan.steps.is_empty() {
        if !plan.cut_short {
            let beside = plan.beside(&judged.assessment.cut);
            let nothing = "No pair is connected, so there is nothing to fix";
            let sentence = if beside.is_empty() { nothing } else { &beside };
            sentence_ui(ui, context, sentence);
        }
        return;
    }
    ui.horizontal_top(|ui| {
        let words = (ui.available_width() - CURVE).max(140.0);
        ui.vertical(|ui| {
            ui.set_max_width(words);
            let assessment = &judged.assessment;
            let first = "What closes most pairs for its cost comes first".to_owned();
            let beside = plan.beside(&assessment.cut);
            let stated = assessment.plan_stated.stated_words();
            let precision = plan.precision_words().to_owned();
            let sentences = [plan.words(), first, beside, plan.assumed_words(), precision, stated];
            let sentences: Vec<String> =
                sentences.into_iter().filter(|sentence| !sentence.is_empty()).collect();
            sentence_ui(ui, context, &sentences.join(". "));
        });
        curve_ui(ui, context, plan);
    });
    steps_ui(ui, context, answers, plan);
}

/// While a plan that was cut short grows, or where it could.
fn growing_ui(ui: &mut Ui, context: &mut PanelContext<'_>, judged: &AssessedAnswers) {
    if context.model.runs(JobKind::Plan) {
        let steps = counted(judged.assessment.plan.steps.len(), "step", "steps");
        let left = judged.assessment.plan.steps.last().map(|step| step.pairs.1);
        let left = left.map(|left| format!(", {left} connected pairs left")).unwrap_or_default();
        sentence_ui(ui, context, &format!("Planning further fixes: {steps} so far{left}"));
    } else if judged.is_cut_short() && ui.small_button("Plan further fixes").clicked() {
        context.push(Command::Answer(AnswerCommand::PlanFurther));
    }
}

fn steps_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, plan: &Plan) {
    let selected = context.model.selected().and_then(|selected| {
        plan.steps.iter().position(|step| Subject::Credential(step.fix.credential) == selected)
    });
    let sheet = Sheet {
        id: "plan",
        columns: &[
            ("", 24.0),
            ("Fix", 126.0),
            ("Credential", REST),
            ("Cost", 36.0),
            ("Pairs", 86.0),
            ("Lost", 40.0),
            ("Access", 62.0),
            ("", 68.0),
        ],
        sorts: &[],
        rows: plan.steps.len(),
        selected,
        pick: |row| Command::Answer(AnswerCommand::SelectStep(row)),
        scrolls: false,
    };
    sheet_ui(ui, context, &sheet, |row, context, index| {
        let Some(step) = plan.steps.get(index) else { return };
        let subject = Subject::Credential(step.fix.credential);
        let (text, second) = (ink(context.theme.text), ink(context.theme.second));
        cell(row, &(index + 1).to_string(), second);
        cell(row, step.fix.kind.word(), text);
        name_cell(row, context, &answers.name(subject), subject);
        cell(row, &step.cost.to_string(), second);
        cell(row, &format!("{} → {}", step.pairs.0, step.pairs.1), text);
        cell(row, &step.lost.to_string(), second);
        let rests = match (step.parts_nothing(), step.assumed()) {
            (true, _) => "none yet",
            (false, true) => "assumed",
            (false, false) => "stated",
        };
        cell(row, rests, second);
        row.col(|ui| {
            let text = RichText::new("What if…").size(size::NOTE);
            if ui.add(egui::Button::new(text).small()).clicked() {
                context.push(Command::Fix(FixCommand::AddStep(index)));
            }
        });
    });
}
