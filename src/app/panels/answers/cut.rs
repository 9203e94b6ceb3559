//! The minimum cut with its proof.

use egui::{RichText, Ui};

use crate::analysis::{Assessment, Cut, MinimumCut, Path, Subject, UNBREAKABLE};
use crate::app::model::command::{AnswerCommand, Command, FixCommand};
use crate::app::model::route::RouteOf;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::chokes::cost_word;
use crate::app::panels::answers::parts::{sentence_ui, through};
use crate::app::widgets::pages::{PAGE, page_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{heading_ui, link_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::inventory::counted;
use crate::scene::Face;

/// The left half of the tab.
pub(crate) fn cut_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    judged: &AssessedAnswers,
) {
    let title = RichText::new("Minimum cut").font(font(Face::Strong, size::BODY));
    ui.label(title.color(ink(context.theme.text)));
    match &judged.assessment.cut {
        Cut::Unbreakable(path) => unbreakable_ui(ui, context, answers, path),
        Cut::Found(cut) if cut.credentials.is_empty() => {
            sentence_ui(ui, context, "No pair is connected, so there is nothing to cut");
        }
        Cut::Found(cut) => found_ui(ui, context, answers, (judged, cut)),
    }
    let Assessment { cut, cut_stated, .. } = &judged.assessment;
    sentence_ui(ui, context, &cut_stated.stated_words(cut));
}

fn unbreakable_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, path: &Path) {
    sentence_ui(ui, context, &format!("There is none: {UNBREAKABLE}"));
    if link_ui(ui, context.theme, &ends(answers, path)).clicked() {
        context.push(Command::Answer(AnswerCommand::Show(RouteOf::Unbreakable)));
    }
}

fn found_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    of: (&AssessedAnswers, &MinimumCut),
) {
    let (judged, cut) = of;
    let them = if cut.credentials.len() == 1 { "it" } else { "them" };
    let without = format!("Without {them} no entry point reaches a crown jewel");
    sentence_ui(ui, context, &format!("{}. {without}", cut.figures()));
    ui.horizontal(|ui| {
        if note_button_ui(ui, "Show the proof on the map").clicked() {
            context.push(Command::Answer(AnswerCommand::Show(RouteOf::Proof)));
        }
        if note_button_ui(ui, "What if all were revoked").clicked() {
            context.push(Command::Fix(FixCommand::AddCut));
        }
    });
    let page = page_ui(ui, context.theme, "members of the cut", (cut.credentials.len(), PAGE));
    for &at in cut.credentials.get(page).unwrap_or_default() {
        ui.horizontal(|ui| {
            let pairs = counted(judged.pairs_on(at) as usize, "pair depends", "pairs depend");
            let assumed = if judged.assessment.is_assumed_member(at) { " · assumed" } else { "" };
            let cost = cost_word(judged.costs.of(at));
            let figures = format!("cost {cost} · {pairs} on it{assumed}");
            subject_ui(ui, context, Subject::Credential(at));
            sentence_ui(ui, context, &figures);
        });
    }
    heading_ui(ui, context.theme, "Proof");
    sentence_ui(ui, context, &cut.proof());
    let page = page_ui(ui, context.theme, "paths of the proof", (cut.witnesses.len(), PAGE));
    let start = page.start;
    for (index, witness) in (start..).zip(cut.witnesses.get(page).unwrap_or_default()) {
        let hops = counted(witness.path.hops.len(), "hop", "hops");
        let flow = if cut.cost == cut.witnesses.len() as u64 {
            String::new()
        } else {
            format!(", carries {}", witness.flow)
        };
        let stated = witness.path.is_stated(&answers.graph);
        let assumed = if stated { "" } else { ", assumed" };
        let path = &witness.path;
        let text = format!(
            "{}   {hops}{flow}{assumed}, through {}",
            ends(answers, path),
            through(answers, path)
        );
        if link_ui(ui, context.theme, &text).clicked() {
            context.push(Command::Answer(AnswerCommand::Show(RouteOf::Witness(index))));
        }
    }
}

/// From where to where a path leads.
pub(crate) fn ends(answers: &Answers, path: &Path) -> String {
    let name = |at| answers.name(Subject::Instance(at));
    format!("{} → {}", name(path.from), name(path.to))
}
