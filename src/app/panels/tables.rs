//! The linked tables below the map; only the rows in sight are drawn.

use egui::{RichText, Sense, Ui};
use egui_extras::{Column, TableBody, TableBuilder, TableRow};

use crate::analysis::Subject;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::paint::style::{ink, size};
use crate::app::panels::answers::tab::{answer_ui, count_of};
use crate::app::panels::problems::{no_problem_text, problem_row, problem_text, problem_tools_ui};
use crate::app::widgets::cells::{cell, name_cell, sort_heading_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{note_ui, severity_ink};
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{live_and_dead, shown};

const ROW: f32 = 22.0;

/// Stands for the width that the other columns leave.
const REST: f32 = 0.0;

/// The tabs and the table in sight.
pub(crate) fn tables_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    // The panel keeps its size whatever stands in it.
    ui.set_min_size(ui.available_size());
    tabs_ui(ui, context, &answers);
    if context.model.session.tab == Tab::Problems && answers.problem_count() > 0 {
        ui.horizontal(|ui| problem_tools_ui(ui, context, &answers));
    }
    if context.model.session.tab.is_answer() {
        return answer_ui(ui, context, &answers);
    }
    if context.model.lists.rows(context.model.session.tab) == 0 {
        let empty = match context.model.session.tab {
            Tab::Problems => no_problem_text(context),
            _ => "Nothing passes the filters; C clears them",
        };
        note_ui(ui, context.theme, empty);
        return;
    }
    table_ui(ui, context, &answers);
}

/// The tabs alone: what is left of the tables when they are folded.
pub(crate) fn tabs_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    ui.horizontal_wrapped(|ui| {
        for tab in Tab::ALL {
            if tab == Tab::Paths {
                ui.separator();
            }
            let text = match tab_count(context, answers, tab) {
                Some(count) => format!("{} {count}", tab.name()),
                None => tab.name().to_owned(),
            };
            let chosen = context.model.session.tab == tab;
            if ui.selectable_label(chosen, RichText::new(text).size(size::NOTE)).clicked() {
                context.push(Command::Table(TableCommand::Show(tab)));
            }
        }
    });
}

/// What stands beside the name of a tab: how many rows it has, with their whole.
fn tab_count(context: &PanelContext<'_>, answers: &Answers, tab: Tab) -> Option<String> {
    if tab.is_answer() {
        return count_of(context, tab);
    }
    let (rows, whole) = (context.model.lists.count(tab), whole_of(answers, tab));
    let count = match tab {
        Tab::Credentials => live_and_dead(rows, context.model.lists.dead),
        _ => rows.to_string(),
    };
    Some(if rows == whole { count } else { format!("{count} of {whole}") })
}

/// How many rows a table has when nothing is filtered.
fn whole_of(answers: &Answers, tab: Tab) -> usize {
    match tab {
        Tab::Findings => answers.findings.len(),
        Tab::Credentials => answers.graph.credentials().len(),
        Tab::Services => answers.graph.instances().len(),
        Tab::Problems => answers.problem_count(),
        Tab::Paths
        | Tab::ChokePoints
        | Tab::CutAndPlan
        | Tab::WhatIf
        | Tab::Coverage
        | Tab::Owners
        | Tab::Rotation => 0,
    }
}

/// Columns by tab: the heading, what it sorts by, its width.
fn columns(tab: Tab) -> &'static [(&'static str, Sort, f32)] {
    match tab {
        Tab::Findings => &[
            ("Severity", Sort::Severity, 80.0),
            ("Finding", Sort::Kind, 240.0),
            ("About", Sort::Name, REST),
            ("Reach", Sort::Reach, 60.0),
            ("Rests on", Sort::Assumed, 120.0),
        ],
        Tab::Credentials => &[
            ("Credential", Sort::Name, REST),
            ("Severity", Sort::Severity, 80.0),
            ("Type", Sort::Kind, 110.0),
            ("Owner", Sort::Owner, 150.0),
            ("Environments", Sort::Environment, 150.0),
            ("Held by", Sort::Holds, 60.0),
            ("Grants", Sort::Grants, 60.0),
            ("Reach", Sort::Reach, 60.0),
        ],
        Tab::Services => &[
            ("Service", Sort::Name, REST),
            ("Severity", Sort::Severity, 80.0),
            ("Kind", Sort::Kind, 110.0),
            ("Environment", Sort::Environment, 110.0),
            ("Owner", Sort::Owner, 150.0),
            ("Holds", Sort::Holds, 100.0),
            ("Granted by", Sort::Grants, 100.0),
            ("Reach", Sort::Reach, 60.0),
            ("Reached by", Sort::ReachedBy, 110.0),
        ],
        Tab::Problems => &[
            ("Place", Sort::Place, 180.0),
            ("Column", Sort::Name, 120.0),
            ("Kind", Sort::Kind, 130.0),
            ("Row", Sort::Rejected, 70.0),
            ("What was found", Sort::Message, REST),
        ],
        Tab::Paths
        | Tab::ChokePoints
        | Tab::CutAndPlan
        | Tab::WhatIf
        | Tab::Coverage
        | Tab::Owners
        | Tab::Rotation => &[],
    }
}

fn table_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let tab = context.model.session.tab;
    let mut builder = TableBuilder::new(ui)
        .id_salt(tab.name())
        // Rows are walked with the arrow keys; with Tab a thousand stops would lie in the way.
        .sense(Sense::CLICK)
        .auto_shrink(false)
        .min_scrolled_height(0.0)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .striped(false);
    for &(_, _, width) in columns(tab) {
        builder = builder.column(match width {
            REST => Column::remainder().clip(true).at_least(160.0),
            width => Column::initial(width).clip(true).resizable(true).at_least(40.0),
        });
    }
    if context.model.session.scroll_to_selection
        && let Some(row) = selected_row(context, answers, tab)
    {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(ROW, |mut header| {
            for &(name, sort, _) in columns(tab) {
                header.col(|ui| sorting_ui(ui, context, name, sort));
            }
        })
        .body(|body| body_ui(body, context, answers));
}

fn sorting_ui(ui: &mut Ui, context: &mut PanelContext<'_>, name: &str, sort: Sort) {
    let downwards = sort.starts_with_the_greatest() != context.model.session.reversed;
    let downwards = (context.model.session.sort == sort).then_some(downwards);
    sort_heading_ui(ui, context, (name, downwards), Command::Table(TableCommand::SortBy(sort)));
}

fn body_ui(body: TableBody<'_>, context: &mut PanelContext<'_>, answers: &Answers) {
    let tab = context.model.session.tab;
    let count = context.model.lists.rows(tab);
    let selected = context.model.selected();
    let walked = context.model.session.row;
    body.rows(ROW, count, |mut row| {
        let index = row.index();
        let subject = context.model.lists.subject_at(answers, tab, index);
        let is_selected = walked.map_or(subject.is_some() && subject == selected, |at| at == index);
        row.set_selected(is_selected);
        match tab {
            Tab::Findings => finding_row(&mut row, context, answers, index),
            Tab::Credentials | Tab::Services => {
                if let Some(subject) = subject {
                    subject_row(&mut row, context, answers, subject);
                }
            }
            Tab::Problems => problem_row(&mut row, context, answers, index),
            Tab::Paths
            | Tab::ChokePoints
            | Tab::CutAndPlan
            | Tab::WhatIf
            | Tab::Coverage
            | Tab::Owners
            | Tab::Rotation => {}
        }
        if tab == Tab::Problems {
            // Made for the one row under the pointer alone.
            row.response().on_hover_ui(|ui| {
                ui.label(problem_text(context, answers, index).unwrap_or_default());
            });
        }
        if row.response().clicked() {
            context.push(Command::Table(TableCommand::Pick(index)));
        }
    });
}

fn selected_row(context: &PanelContext<'_>, answers: &Answers, tab: Tab) -> Option<usize> {
    let lists = &context.model.lists;
    context.model.session.row.filter(|row| *row < lists.rows(tab)).or_else(|| {
        // A problem is about no subject.
        let selected = context.model.selected().filter(|_| tab != Tab::Problems)?;
        (0..lists.rows(tab)).find(|&row| lists.subject_at(answers, tab, row) == Some(selected))
    })
}

fn finding_row(
    row: &mut TableRow<'_, '_>,
    context: &PanelContext<'_>,
    answers: &Answers,
    index: usize,
) {
    let at = context.model.lists.findings.get(index).copied().unwrap_or(0);
    let Some(finding) = answers.findings.get(at as usize) else { return };
    let colour = severity_ink(context.theme, Some(finding.severity));
    cell(row, finding.severity.word(), colour);
    let title = format!("{} {}", finding.rule.id(), finding.rule.title());
    cell(row, &title, ink(context.theme.text));
    name_cell(row, context, &answers.name(finding.subject), finding.subject);
    let reach = answers.reach_of(finding.subject).to_string();
    cell(row, &reach, ink(context.theme.second));
    let rests = if finding.assumed { "assumed access" } else { "stated access" };
    cell(row, rests, ink(context.theme.second));
}

/// A credential as tables name it: the readable name before an id that says nothing.
fn credential_title(graph: &AccessGraph, at: CredentialIndex) -> String {
    let name = match graph.readable_name(at) {
        Some(name) => format!("{name} ({})", graph.credential_name(at)),
        None => graph.credential_name(at).to_owned(),
    };
    shown(&name).into_owned()
}

fn subject_row(
    row: &mut TableRow<'_, '_>,
    context: &PanelContext<'_>,
    answers: &Answers,
    subject: Subject,
) {
    let graph = &answers.graph;
    let inventory = graph.inventory();
    let second = ink(context.theme.second);
    let severity = answers.severity(subject);
    let owner_names = |owners: &[crate::graph::OwnerIndex]| {
        let names: Vec<_> =
            owners.iter().map(|&o| shown(graph.owner_name(o)).into_owned()).collect();
        names.join(", ")
    };
    let (name, kind, owner, environments, ways) = match subject {
        Subject::Credential(at) => {
            let kind =
                graph.credential(at).kind.map(|kind| shown(inventory.text(kind)).into_owned());
            let known = answers.sharing.get(at.index()).map(|sharing| {
                let labels: Vec<_> = sharing
                    .environments
                    .iter()
                    .map(|&environment| {
                        shown(graph.environment(environment).display()).into_owned()
                    })
                    .collect();
                labels.join(", ")
            });
            let ways = [graph.held_by(at), graph.grants(at)].map(|edges| edges.len().to_string());
            (credential_title(graph, at), kind, owner_names(graph.owners_of(at)), known, ways)
        }
        Subject::Instance(at) => {
            let kind = Some(graph.instance(at).role.word().to_owned());
            let environment = Some(shown(graph.environment_of(at).display()).into_owned());
            let ways = [graph.holds(at), graph.granted_by(at)]
                .map(|edges| live_and_dead(edges.len(), graph.dead_among(edges)));
            let name = shown(graph.service_name(at)).into_owned();
            (name, kind, owner_names(graph.owners_of_instance(at)), environment, ways)
        }
    };
    name_cell(row, context, &name, subject);
    let word = severity.map_or("", |severity| severity.word());
    cell(row, word, severity_ink(context.theme, severity));
    cell(row, &kind.unwrap_or_default(), second);
    let environments = environments.unwrap_or_default();
    let (third, fourth) = match subject {
        Subject::Credential(_) => (&owner, &environments),
        Subject::Instance(_) => (&environments, &owner),
    };
    cell(row, third, second);
    cell(row, fourth, second);
    for count in ways {
        cell(row, &count, second);
    }
    cell(row, &answers.reach_of(subject).to_string(), second);
    if let Subject::Instance(at) = subject {
        cell(row, &reached_by_cell(answers.reached_by.of(at)), second);
    }
}

/// How many entry points reach an instance, and how many of them by stated access alone.
fn reached_by_cell((all, stated): (u32, u32)) -> String {
    if all == stated { all.to_string() } else { format!("{all}, {stated} stated") }
}
