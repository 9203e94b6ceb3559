//! In the inspector: where what is selected stands between entry points and crown jewels.

use egui::{RichText, Ui};

use crate::analysis::{Precision, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command, End, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::model::tab::Tab;
use crate::app::paint::style::size;
use crate::app::panels::answers::chokes::cost_word;
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::panels::answers::what_if_menu::what_if_menu_ui;
use crate::app::panels::policy::costs::{cost_menu_ui, cost_set};
use crate::app::panels::policy::ends::pick_ui;
use crate::app::widgets::figures::figure_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{heading_ui, note_ui};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Flag, grouped};

/// The pairs that depend on a credential, and whether it is in the minimum cut.
pub(crate) fn credential_standing_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: CredentialIndex,
) {
    heading_ui(ui, context.theme, "Between entry points and crown jewels");
    if answers.exposure.pairs == 0 {
        note_ui(ui, context.theme, &answers.exposure.sentence());
        return;
    }
    let Some(judged) = context.model.assessment.clone() else {
        if context.model.runs(JobKind::Assessment) {
            note_ui(ui, context.theme, "Working out…");
        }
        return;
    };
    let (pairs, whole) = (judged.pairs_on(at), answers.exposure.connected_pairs);
    let (noun, verb) = match whole {
        1 => ("pair", "depends"),
        _ => ("pairs", if pairs == 1 { "depends" } else { "depend" }),
    };
    let [part, all] = [pairs, whole].map(grouped);
    let text = format!("{part} of {all} connected {noun} {verb} on it");
    if pairs == 0 {
        sentence_ui(ui, context, &text);
    } else {
        figure_ui(ui, context, &text, Figure::PairsNeeding(at));
    }
    if judged.assessment.choke_points.precision != Precision::Exact {
        note_ui(ui, context.theme, &judged.assessment.choke_points.precision.words());
    }
    let cost = cost_word(judged.costs.of(at));
    let id = answers.graph.credential_name(at);
    if let Some(mark) = context.model.project.assumptions.marks.get(id) {
        sentence_ui(ui, context, &format!("Marked: {}", mark.words()));
    }
    if judged.is_in_cut(at) {
        let text = RichText::new(format!("In the minimum cut, at cost {cost}"));
        if ui.link(text.size(size::NOTE)).clicked() {
            context.push(Command::Table(TableCommand::Show(Tab::CutAndPlan)));
        }
    } else {
        sentence_ui(ui, context, &format!("Not in the minimum cut; to remove it costs {cost}"));
    }
    step_ui(ui, context, &judged, at);
}

/// What can be tried with a credential, and what removing it costs.
pub(crate) fn credential_actions_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: CredentialIndex,
) {
    let id = answers.graph.credential_name(at);
    let now = context.model.project.assumptions.clone();
    let name = answers.name(Subject::Credential(at));
    ui.horizontal_wrapped(|ui| {
        what_if_menu_ui(ui, context, answers, at);
        if let Some(choice) = cost_menu_ui(ui, context, (&name, now.costs.get(id).copied())) {
            context.push(Command::Assume(cost_set(&now, id, choice.own())));
        }
    });
}

/// What the plan does to a credential, and what that brings.
fn step_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    judged: &AssessedAnswers,
    at: CredentialIndex,
) {
    let steps = &judged.assessment.plan.steps;
    let Some(place) = steps.iter().position(|step| step.fix.credential == at) else { return };
    let Some(step) = steps.get(place) else { return };
    let text = format!(
        "Step {} of the plan: {}, {} → {} connected pairs{}",
        place + 1,
        step.fix.kind.word(),
        grouped(step.pairs.0),
        grouped(step.pairs.1),
        step.remark()
    );
    if ui.link(RichText::new(text).size(size::NOTE)).clicked() {
        context.push(Command::Table(TableCommand::Show(Tab::CutAndPlan)));
    }
}

/// Whether an instance is an end, why, and the paths that start or end there.
pub(crate) fn instance_standing_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: InstanceIndex,
) {
    for (what, why) in ends_of(answers, at) {
        sentence_ui(ui, context, &format!("{what}: {why}"));
    }
}

/// What an instance can be picked as.
pub(crate) fn instance_actions_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: InstanceIndex,
) {
    ui.horizontal_wrapped(|ui| {
        pick_ui(ui, context, answers, at);
        for (text, end) in [("Paths from here", End::From), ("Paths to here", End::To)] {
            if note_button_ui(ui, text).clicked() {
                context.push(Command::Answer(AnswerCommand::Pick(end, Some(at))));
            }
        }
    });
}

/// What an instance is, and why.
pub(crate) fn ends_of(answers: &Answers, at: InstanceIndex) -> Vec<(&'static str, &'static str)> {
    let graph = &answers.graph;
    let policy = graph.assumptions();
    let instance = graph.instance(at);
    let picked = |names: &[String]| {
        names.iter().any(|name| {
            let (service, environment) = name.rsplit_once('@').unwrap_or((name, ""));
            graph.find_instance(service, environment) == Some(at)
        })
    };
    let ends = &answers.ends;
    let why = |flag: Flag, names: &[String], default: &'static str| {
        if flag == Flag::Yes {
            "its rows say so"
        } else if picked(names) {
            "picked by hand"
        } else {
            default
        }
    };
    let mut found = Vec::new();
    if ends.entry_points.binary_search(&at).is_ok() {
        let below =
            "by default: everything below the highest tier, because no row flags an entry point";
        found.push(("Entry point", why(instance.entry_point, &policy.entry_points, below)));
    }
    let fallen = ends.already_fallen.binary_search(&at).is_ok();
    if ends.crown_jewels.binary_search(&at).is_ok() || fallen {
        let top = "by default: everything in the highest tier, because no row flags a crown jewel";
        found.push(("Crown jewel", why(instance.crown_jewel, &policy.crown_jewels, top)));
    }
    if fallen {
        found.push(("Already fallen", "it is both, so no path has to reach it"));
    }
    found
}
