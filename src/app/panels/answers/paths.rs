//! Lateral-movement paths: the shortest of each pair, or those between two picked instances.

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{Path, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{AnswerCommand, Command, End, TableCommand};
use crate::app::model::route::RouteOf;
use crate::app::paint::style::{ink, size};
use crate::app::panels::answers::parts::{sentence_ui, through, waiting_ui};
use crate::app::widgets::cells::cell;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::sheet::{REST, Sheet, sheet_ui};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::{Picked, PickedEnd};
use crate::inventory::counted;
use crate::inventory::shown;
use crate::project::InstanceName;

/// The menus of ends list this many.
const MOST_OFFERED: usize = 200;

/// The last is there only while fixes are in force.
const COLUMNS: [(&str, f32); 6] = [
    ("Hops", 44.0),
    ("From", REST),
    ("To", REST),
    ("Through", REST),
    ("Rests on", 110.0),
    ("With the fixes", 100.0),
];
const SORTS: [AnswerSort; 5] = [
    AnswerSort::AsFound,
    AnswerSort::From,
    AnswerSort::To,
    AnswerSort::Through,
    AnswerSort::Assumed,
];

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
    let selected = match model.route.as_ref().map(|route| route.of) {
        Some(RouteOf::Listed(at)) => model.row_of_path(at),
        _ => None,
    };
    // With fixes in force, those of the inventory as it is are marked that a fix cuts.
    let outcome = model.what_if.outcome.as_ref();
    let ways = outcome.filter(|found| model.as_is.is_none() && !found.each.is_empty());
    let shown_columns = COLUMNS.len() - usize::from(ways.is_none());
    let sheet = Sheet {
        id: "paths",
        columns: COLUMNS.get(..shown_columns).unwrap_or_default(),
        sorts: &SORTS,
        rows: paths.len(),
        selected,
        pick: |row| Command::Table(TableCommand::Pick(row)),
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet, |row, context, index| {
        let Some((_, path)) = model.path_at(index) else { return };
        let (text, second) = (ink(context.theme.text), ink(context.theme.second));
        cell(row, &path.hops.len().to_string(), second);
        cell(row, &answers.name(Subject::Instance(path.from)), text);
        cell(row, &answers.name(Subject::Instance(path.to)), text);
        cell(row, &through(answers, path), second);
        let stated = path.is_stated(&answers.graph);
        cell(row, if stated { "stated access" } else { "assumed access" }, second);
        if let Some(found) = ways {
            let (word, colour) = if found.ways.cut(path) {
                ("cut", ink(context.theme.fixed))
            } else {
                ("remains", text)
            };
            cell(row, word, colour);
        }
    });
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
        String::new()
    } else {
        format!("; {stated} of them stated throughout")
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
        let first = format!("The first {} of {whole} pairs{depends}", paths.len());
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
        count => format!("all {count} {whole}s"),
    };
    let name = match picked {
        Picked::All => any.clone(),
        Picked::At(at) => answers.name(Subject::Instance(at)),
        Picked::Gone => format!("{}, gone", end_name(named.as_ref())),
    };
    let title = RichText::new(format!("{word} {name}")).size(size::NOTE);
    ui.menu_button(title, |ui| {
        ui.set_min_width(260.0);
        let mut offer = |ui: &mut Ui, text: String, offered: PickedEnd| {
            let is_picked = picked == offered;
            if ui.selectable_label(is_picked, RichText::new(text).size(size::NOTE)).clicked() {
                context.push(Command::Answer(AnswerCommand::Pick(end, offered.instance())));
                ui.close();
            }
        };
        offer(ui, any, Picked::All);
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for &at in all.iter().take(MOST_OFFERED) {
                offer(ui, answers.name(Subject::Instance(at)), Picked::At(at));
            }
        });
        let button = match end {
            End::From => "Paths from here",
            End::To => "Paths to here",
        };
        let any_other = "Any other: select a service and press";
        note_ui(ui, context.theme, &format!("{any_other} “{button}” in the inspector"));
    });
}
