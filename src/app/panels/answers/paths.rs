//! Lateral-movement paths: the shortest of each pair, or those between two picked instances.

use egui::{RichText, Ui};

use crate::analysis::{Path, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::command::{AnswerCommand, Command, End};
use crate::app::paint::style::size;
use crate::app::panels::answers::parts::{sentence_ui, waiting_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::picker::{Offered, picker_ui};
use crate::app::widgets::table::table_ui;
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{Picked, PickedEnd};
use crate::graph::InstanceIndex;
use crate::inventory::{counted, grouped, shown};
use crate::project::InstanceName;

/// The tab.
pub(crate) fn paths_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    ends_ui(ui, context, answers);
    let picked = context.model.picked.any();
    if !picked && answers.exposure.pairs == 0 {
        note_ui(ui, context.theme, &answers.exposure.sentence());
        return;
    }
    let model = context.model;
    let Some(paths) = model.listed_paths() else {
        let again = if picked {
            (JobKind::Paths, AnswerCommand::MorePaths)
        } else {
            (JobKind::Assessment, AnswerCommand::Assess)
        };
        waiting_ui(ui, context, again);
        return;
    };
    if paths.is_empty() {
        note_ui(ui, context.theme, &why_none(context));
        return;
    }
    table_ui(ui, context);
}

/// From where to where, and how many there are.
fn ends_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    ui.horizontal(|ui| {
        end_ui(ui, context, answers, End::From);
        end_ui(ui, context, answers, End::To);
        needing_ui(ui, context, answers);
        if context.model.picked.any() {
            if ui.button(RichText::new("Swap").size(size::NOTE)).clicked() {
                context.push(Command::Answer(AnswerCommand::SwapEnds));
            }
            let more = context.model.found_paths.as_ref();
            if more.is_some_and(|found| found.may_go_on())
                && ui.button(RichText::new("More paths").size(size::NOTE)).clicked()
            {
                context.push(Command::Answer(AnswerCommand::MorePaths));
            }
        }
        let mut stated = context.model.picked.stated_only;
        let text = RichText::new("Stated access alone").size(size::NOTE);
        if ui.checkbox(&mut stated, text).changed() {
            context.push(Command::Answer(AnswerCommand::StatedOnly(stated)));
        }
        if let Some(paths) = context.model.listed_paths() {
            sentence_ui(ui, context, &account(context, answers, paths));
        }
    });
}

fn account(context: &PanelContext<'_>, answers: &Answers, paths: &[Path]) -> String {
    let stated = paths.iter().filter(|path| path.is_stated(&answers.graph)).count();
    let count = counted(paths.len(), "path", "paths");
    let rest = if context.model.picked.stated_only {
        "; with stated access alone".to_owned()
    } else {
        format!("; {} of them stated throughout", grouped(stated as u64))
    };
    let Some(whole) = context.model.listed_pairs() else {
        return format!("{count}, the shortest first{rest}");
    };
    let depends = match (context.model.picked.needing, whole) {
        (Picked::All, _) => "",
        (_, 1) => " that depends on it",
        _ => " that depend on it",
    };
    if (paths.len() as u64) < whole {
        let [listed, whole] = [paths.len() as u64, whole].map(grouped);
        let first = format!("The first {listed} of {whole} pairs{depends}");
        return format!("{first}, the shortest path of each{rest}");
    }
    format!("{count}, the shortest of each connected pair{depends}{rest}")
}

/// Why no path is listed.
fn why_none(context: &PanelContext<'_>) -> String {
    let (picked, named) = (context.model.picked, &context.model.project.ends);
    let ends = [(picked.from, &named.from), (picked.to, &named.to)];
    let gone = ends.into_iter().find(|(end, _)| *end == Picked::Gone);
    match picked.needing {
        Picked::All => {}
        Picked::At(_) => return "No pair depends on this credential alone".to_owned(),
        Picked::Gone => {
            let name = needed_name(context);
            return format!("{name} is not in this inventory, so that no pair depends on it");
        }
    }
    gone.map_or_else(
        || "No path connects these ends".to_owned(),
        |(_, name)| {
            format!("{} is not in this inventory; pick another end", end_name(name.as_ref()))
        },
    )
}

fn needed_name(context: &PanelContext<'_>) -> String {
    let name = context.model.project.ends.needing.as_ref();
    name.map_or_else(String::new, |name| shown(name.as_str()).into_owned())
}

fn end_name(name: Option<&InstanceName>) -> String {
    name.map_or_else(String::new, |name| shown(&name.words()).into_owned())
}

/// The credential that the listed pairs depend on, and the way back to all.
fn needing_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let name = match context.model.picked.needing {
        Picked::All => return,
        Picked::At(at) => answers.name(Subject::Credential(at)),
        Picked::Gone => needed_name(context),
    };
    let text = RichText::new(format!("Depending on {name} ✕")).size(size::NOTE);
    let button = ui.button(text).on_hover_text("Show the pairs that do not depend on it too");
    if button.clicked() {
        context.push(Command::Answer(AnswerCommand::AnyCredential));
    }
}

/// One end: what it is, and a menu to pick another.
fn end_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, end: End) {
    let (model, ends) = (context.model, &answers.ends);
    let (picked, named) = match end {
        End::From => (model.picked.from, &model.project.ends.from),
        End::To => (model.picked.to, &model.project.ends.to),
    };
    let (word, all, whole) = match end {
        End::From => ("From", &ends.entry_points, "entry point"),
        End::To => ("To", &ends.crown_jewels, "crown jewel"),
    };
    let any = match all.len() {
        0 => format!("no {whole}"),
        1 => format!("the only {whole}"),
        count => format!("all {} {whole}s", grouped(count as u64)),
    };
    let name = match picked {
        Picked::All => any.clone(),
        Picked::At(at) => answers.name(Subject::Instance(at)),
        Picked::Gone => format!("{}, gone", end_name(named.as_ref())),
    };
    let hint = match end {
        End::From => "Filter where paths begin",
        End::To => "Filter where paths end",
    };
    let offer = |filter: &str| offered(answers, (all, &any), filter);
    if let Some(other) = picker_ui(ui, context.theme, (&format!("{word} {name}"), hint), offer) {
        context.push(Command::Answer(AnswerCommand::Pick(end, other.instance())));
    }
}

/// All ends together, then each of them, then whatever else has the text in its name: a path may begin
/// and end anywhere.
fn offered(
    answers: &Answers,
    (ends, any): (&[InstanceIndex], &str),
    filter: &str,
) -> Offered<PickedEnd> {
    let named = |at: InstanceIndex| (answers.name(Subject::Instance(at)), Picked::At(at));
    let whole = std::iter::once((any.to_owned(), Picked::All));
    let listed = ends.iter().copied().map(named);
    let is_other = |at: &InstanceIndex| ends.binary_search(at).is_err();
    let others = answers.graph.instance_indices().filter(is_other).map(named);
    let asked = !filter.trim().is_empty();
    Offered::of(whole.chain(listed).chain(others.filter(|_| asked)), filter)
}
