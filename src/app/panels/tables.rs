//! The linked tables below the map; only the rows in sight are drawn.

use egui::{RichText, Ui};

use crate::app::model::Model;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::panes::Pane;
use crate::app::model::tab::Tab;
use crate::app::paint::style::size;
use crate::app::panels::answers::tab::{answer_ui, count_of};
use crate::app::panels::finding_work::finding_tools_ui;
use crate::app::panels::past_findings::{past_findings, past_findings_ui};
use crate::app::panels::problems::{no_problem_text, problem_tools_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{frameless, note_ui, note_width};
use crate::app::widgets::table::table_ui;
use crate::app::work::answers::Answers;
use crate::inventory::{grouped, live_and_dead_of};

/// The tabs and the table in sight.
pub(crate) fn tables_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    tabs_ui(ui, context, &answers);
    if context.model.session.is_folded(Pane::Tables) {
        return;
    }
    if context.model.session.tab == Tab::Problems && answers.problem_count() > 0 {
        ui.horizontal(|ui| problem_tools_ui(ui, context, &answers));
    }
    if context.model.session.tab == Tab::Findings && has_findings(context.model, &answers) {
        ui.horizontal(|ui| finding_tools_ui(ui, context));
    }
    if context.model.session.tab.is_answer() {
        return answer_ui(ui, context, &answers);
    }
    if context.model.session.tab == Tab::Findings && !past_findings(context.model).is_empty() {
        return past_findings_ui(ui, context);
    }
    if context.model.lists.rows(context.model.session.tab) == 0 {
        let empty = match context.model.session.tab {
            Tab::Problems => no_problem_text(context),
            Tab::Findings if context.model.session.finding_state.is_some() => {
                "No finding has this state here; C clears the filters"
            }
            _ if !context.model.filters().any() => "The inventory has none",
            _ => "Nothing passes the filters; C clears them",
        };
        note_ui(ui, context.theme, empty);
        return;
    }
    table_ui(ui, context);
}

/// Whether there are findings, or were.
fn has_findings(model: &Model, answers: &Answers) -> bool {
    let past = model.standings.as_ref().is_some_and(|own| !own.standings.past().is_empty());
    past || !answers.findings.is_empty()
}

/// How high the line of tabs is, what a tab has beside its words, and how wide the menu is for those
/// that have no room.
const TAB: f32 = 28.0;
const TAB_MARGIN: f32 = 16.0;
const OTHERS: f32 = 72.0;

/// The tabs alone: what is left of the tables when they are folded. Always one line; where there is
/// no room for all, a menu has the others.
fn tabs_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let texts = Tab::ALL.map(|tab| match tab_count(context, answers, tab) {
        Some(count) => (tab, format!("{} {count}", tab.name())),
        None => (tab, tab.name().to_owned()),
    });
    let shown = fitting(ui, context.model.session.tab, &texts);
    let size = egui::vec2(ui.available_width(), TAB);
    ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
        ui.set_min_size(size);
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.spacing_mut().button_padding = egui::vec2(TAB_MARGIN / 2.0, 4.0);
        frameless(ui);
        for (tab, text) in texts.iter().filter(|(tab, _)| shown.contains(tab)) {
            tab_ui(ui, context, (*tab, text));
        }
        if shown.len() < texts.len() {
            ui.menu_button(RichText::new("More ▾").size(size::NOTE), |ui| {
                for (tab, text) in texts.iter().filter(|(tab, _)| !shown.contains(tab)) {
                    tab_ui(ui, context, (*tab, text));
                }
            });
        }
    });
}

fn tab_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (tab, text): (Tab, &str)) {
    let chosen = context.model.session.tab == tab;
    if ui.selectable_label(chosen, RichText::new(text).size(size::NOTE)).clicked() {
        context.push(Command::Table(TableCommand::Show(tab)));
    }
}

/// The tabs for which one line has room, from the left; the one in sight is always among them.
fn fitting(ui: &Ui, chosen: Tab, texts: &[(Tab, String)]) -> Vec<Tab> {
    let widths = texts.iter().map(|(tab, text)| (*tab, note_width(ui, text) + TAB_MARGIN));
    let widths: Vec<(Tab, f32)> = widths.collect();
    let all: f32 = widths.iter().map(|(_, width)| width).sum();
    if all <= ui.available_width() {
        return Tab::ALL.to_vec();
    }
    let own = widths.iter().find(|(tab, _)| *tab == chosen).map_or(0.0, |(_, width)| *width);
    let mut left = ui.available_width() - OTHERS - own;
    let mut is_full = false;
    let shown = widths.into_iter().filter(|&(tab, width)| {
        if tab == chosen {
            return true;
        }
        is_full |= width > left;
        left -= width;
        !is_full
    });
    shown.map(|(tab, _)| tab).collect()
}

/// What stands beside the name of a tab: how many rows it has, with their whole.
fn tab_count(context: &PanelContext<'_>, answers: &Answers, tab: Tab) -> Option<String> {
    if tab.is_answer() {
        return count_of(context, tab);
    }
    let (rows, whole) = (context.model.lists.count(tab), whole_of(answers, tab));
    if tab == Tab::Credentials {
        let whole = (whole, answers.totals.dead_credentials);
        return Some(live_and_dead_of((rows, context.model.lists.dead), whole));
    }
    let count = grouped(rows as u64);
    Some(if rows == whole { count } else { format!("{count} of {}", grouped(whole as u64)) })
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
        | Tab::Overview
        | Tab::Imports
        | Tab::Scenes
        | Tab::Workshop
        | Tab::Owners
        | Tab::Rotation => 0,
    }
}
