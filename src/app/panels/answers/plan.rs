//! The plan of fixes, with its curve, beside the minimum cut as the yardstick.

use egui::{RichText, Ui};

use crate::analysis::{Plan, Subject};
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
    if plan.steps.is_empty() {
        sentence_ui(ui, context, "No pair is connected, so there is nothing to fix");
        return;
    }
    ui.horizontal_top(|ui| {
        let words = (ui.available_width() - CURVE).max(140.0);
        ui.vertical(|ui| {
            ui.set_max_width(words);
            let sentences = [
                Some(account(plan)),
                yardstick(plan, judged),
                Some(stated(&judged.assessment.plan_stated)),
            ];
            sentence_ui(
                ui,
                context,
                &sentences.into_iter().flatten().collect::<Vec<_>>().join(". "),
            );
        });
        curve_ui(ui, context, plan);
    });
    steps_ui(ui, context, answers, plan);
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
        row.col(|ui| {
            let text = RichText::new("What if…").size(size::NOTE);
            if ui.add(egui::Button::new(text).small()).clicked() {
                context.push(Command::Fix(FixCommand::AddStep(index)));
            }
        });
    });
}

fn cost(plan: &Plan) -> u64 {
    plan.steps.iter().map(|step| step.cost).sum()
}

/// What the plan is and where it ends.
fn account(plan: &Plan) -> String {
    let fixes = counted(plan.steps.len(), "fix", "fixes");
    let left = plan.steps.last().map_or(0, |step| step.pairs.1);
    let end = match (plan.complete, left) {
        (true, _) => "then no pair is connected".to_owned(),
        (false, left) => {
            let stay = counted(left as usize, "pair stays", "pairs stay");
            format!("{stay} connected after the planned ones")
        }
    };
    format!("{fixes}, cost {}, what cuts most for its cost first; {end}", cost(plan))
}

/// What would have to be done if stated access alone counted.
fn stated(plan: &Plan) -> String {
    if plan.steps.is_empty() {
        return "With stated access alone there is nothing to fix".to_owned();
    }
    let fixes = counted(plan.steps.len(), "fix", "fixes");
    format!("With stated access alone: {fixes}, cost {}", cost(plan))
}

/// How the plan stands to the minimum cut.
fn yardstick(plan: &Plan, judged: &AssessedAnswers) -> Option<String> {
    let (own, cut) = (cost(plan), judged.cut()?);
    if !plan.complete {
        return Some(format!("The minimum cut would end them all at cost {}", cut.cost));
    }
    if own > cut.cost {
        return Some(format!(
            "Step by step it costs {own}; the minimum cut does it at once for {}",
            cut.cost
        ));
    }
    Some(format!("No plan can be cheaper: the minimum cut costs {} too", cut.cost))
}
