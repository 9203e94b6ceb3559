//! The plan of fixes, with its curve, beside the minimum cut as the yardstick.

use egui::{RichText, Ui};

use crate::analysis::{Plan, Subject, marked_words};
use crate::app::columns::column::{Cell, Column, Kind, Tone, plain};
use crate::app::columns::table::{Standing, copied_rows};
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command, FixCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::curve::curve_ui;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::sheet::{OtherCopy, Sheet, sheet_ui};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::inventory::{counted, grouped};
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
        if !plan.steps.is_empty()
            && note_button_ui(ui, "What if the whole plan were done").clicked()
        {
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
            let marked = marked_words(&answers.graph, &judged.costs);
            let sentences =
                [plan.words(), first, beside, plan.assumed_words(), precision, stated, marked];
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
        let left = left
            .map(|left| format!(", {} connected pairs left", grouped(left)))
            .unwrap_or_default();
        sentence_ui(ui, context, &format!("Planning further fixes: {steps} so far{left}"));
    } else if judged.is_cut_short() && note_button_ui(ui, "Plan further fixes").clicked() {
        context.push(Command::Answer(AnswerCommand::PlanFurther));
    }
}

const STEPS: [Column; 7] = [
    plain("Step", Kind::Figures),
    plain("Fix", Kind::Words),
    plain("Credential", Kind::Words),
    plain("Cost", Kind::Figures),
    plain("Pairs", Kind::Figures),
    plain("Lost", Kind::Figures),
    plain("Access", Kind::Words),
];

fn step_cell(answers: &Answers, (plan, index): (&Plan, usize), column: usize) -> Cell {
    let Some(step) = plan.steps.get(index) else { return Cell::second("") };
    match column {
        0 => Cell::figure(index as u64 + 1),
        1 => Cell::new(format!("{}{}", step.fix.kind.word(), plan.adds_to(index)), Tone::Text),
        2 => {
            let subject = Subject::Credential(step.fix.credential);
            Cell::subject(answers.name(subject), subject)
        }
        3 => Cell::figure(step.cost),
        4 => {
            let (before, after) = step.pairs;
            let text = format!("{} → {}", grouped(before), grouped(after));
            Cell { plain: Some(format!("{before} → {after}")), ..Cell::new(text, Tone::Text) }
        }
        5 => Cell::figure(step.lost),
        _ => Cell::second(match (step.parts_nothing(), step.assumed()) {
            (true, _) => "none yet",
            (false, true) => "assumed",
            (false, false) => "stated",
        }),
    }
}

fn steps_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, plan: &Plan) {
    let selected = context.model.selected();
    let chosen = plan
        .steps
        .iter()
        .position(|step| selected == Some(Subject::Credential(step.fix.credential)));
    let columns: Vec<(usize, Column)> = STEPS.into_iter().enumerate().collect();
    let cell = |row: usize, column: usize| step_cell(answers, (plan, row), column);
    let sheet = Sheet {
        id: "plan",
        listed: context.model.listed.rows,
        columns: &columns,
        rows: plan.steps.len(),
        cell: &cell,
        standing: &|row| if chosen == Some(row) { Standing::Selected } else { Standing::Plain },
        pick: &|row| Some(Command::Answer(AnswerCommand::SelectStep(row))),
        copied: &|row| copied_rows(&columns, [row], &cell),
        others: &[OtherCopy {
            name: "Copy the plan",
            text: &|_| copied_rows(&columns, 0..plan.steps.len(), &cell),
        }],
        tip: None,
        subject: &|row| plan.steps.get(row).map(|step| Subject::Credential(step.fix.credential)),
        button: Some(("What if…", |row| Command::Fix(FixCommand::AddStep(row)))),
        scroll_to: None,
        scrolls: false,
    };
    sheet_ui(ui, context, &sheet);
}
