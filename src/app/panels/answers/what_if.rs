//! The what-if tab: the list of fixes, and before and after side by side.

use std::collections::BTreeSet;

use egui::{RichText, Ui};

use crate::analysis::{AfterFix, WhatIf, lost_words};
use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, FixCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::losses::{findings_ui, lost_ui};
use crate::app::panels::answers::parts::{sentence_ui, side_by_side_ui, waiting_ui_of};
use crate::app::panels::answers::scenarios::scenarios_ui;
use crate::app::widgets::figures::share_words;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{link_ui, note_ui};
use crate::app::work::answers::Answers;
use crate::app::work::what_if::Outcome;
use crate::inventory::grouped;
use crate::inventory::shown;
use crate::project::{FixStatus, NamedFix};
use crate::scene::Face;

/// In so much room what is lost stands beside the figures, not below them.
const BESIDE: f32 = 480.0;

/// How wide a figure before or after is.
const FIGURE: f32 = 72.0;

/// The tab.
pub(crate) fn what_if_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers_as_is().cloned() else { return };
    side_by_side_ui(ui, context, |ui, context, left| {
        if left { list_ui(ui, context) } else { result_ui(ui, context, &answers) }
    });
}

fn list_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let fixes = context.model.project.fixes.clone();
    if fixes.is_empty() {
        let text = "No fix is listed. Select a credential and press “What if…” in the inspector, \
                    or begin with what was worked out. The inventory itself never changes.";
        note_ui(ui, context.theme, text);
    }
    let after = after_each(context);
    for (at, fix) in fixes.list().iter().enumerate() {
        let state = after.get(at).copied().flatten();
        fix_ui(ui, context, (at, fix), state);
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let small = |text: &str| RichText::new(text).size(size::NOTE);
        if context.model.assessment.is_some() {
            if ui.button(small("Add the whole plan")).clicked() {
                context.push(Command::Fix(FixCommand::AddPlan));
            }
            if ui.button(small("Add the minimum cut")).clicked() {
                context.push(Command::Fix(FixCommand::AddCut));
            }
        }
        if !fixes.is_empty() && ui.button(small("Clear the list")).clicked() {
            context.push(Command::Fix(FixCommand::Clear));
        }
    });
    scenarios_ui(ui, context);
}

/// For each fix of the list what is left after it; `None` where it is not in force.
fn after_each(context: &PanelContext<'_>) -> Vec<Option<(AfterFix, AfterFix)>> {
    let Some(outcome) = &context.model.what_if.outcome else { return Vec::new() };
    let mut before = outcome.all.before();
    let mut states = outcome.each.iter().copied();
    let listed = context.model.project.fixes.list().iter().zip(&context.model.what_if.standings);
    listed
        .map(|(fix, standing)| {
            if !fix.on || standing.fix().is_none() {
                return None;
            }
            let after = states.next()?;
            Some((std::mem::replace(&mut before, after), after))
        })
        .collect()
}

fn fix_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (at, fix): (usize, &NamedFix),
    state: Option<(AfterFix, AfterFix)>,
) {
    let title = shown(&fix.title()).into_owned();
    let chosen = context.model.chosen_fix() == Some(at);
    let background = if chosen { context.theme.raised } else { context.theme.panel };
    egui::Frame::new()
        .fill(ink(background))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(4, 1))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    buttons_ui(ui, context, at, &title);
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        switch_ui(ui, context, (at, fix), &title);
                    });
                });
            });
            ui.spacing_mut().interact_size.y = 14.0;
            ui.horizontal(|ui| {
                ui.add_space(26.0);
                let says = context.model.what_if.standings.get(at).and_then(FixStatus::says);
                if let Some(says) = says {
                    ui.label(
                        RichText::new("⚠").size(size::NOTE).color(ink(context.theme.severity[1])),
                    );
                    note_ui(ui, context.theme, &says);
                } else if !fix.on {
                    note_ui(ui, context.theme, "switched off");
                } else if let Some((before, after)) = state {
                    sentence_ui(ui, context, &effect(before, after));
                }
            });
        });
}

/// The box that says whether a fix is in force, and its name, which shows it alone.
fn switch_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (at, fix): (usize, &NamedFix),
    title: &str,
) {
    let mut on = fix.on;
    let response = ui.checkbox(&mut on, "");
    let says = format!("In force: {title}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, fix.on, &says));
    if response.changed() {
        context.push(Command::Fix(FixCommand::Switch(at, on)));
    }
    let chosen = context.model.chosen_fix() == Some(at);
    let name = link_ui(ui, context.theme, &format!("{}. {title}", at + 1));
    if name.on_hover_text("Show it alone").clicked() {
        context.push(Command::Fix(FixCommand::Choose((!chosen).then_some(at))));
    }
}

/// What one fix does, those before it in force.
fn effect(before: AfterFix, after: AfterFix) -> String {
    let lost = after.lost.saturating_sub(before.lost);
    let assumed = after.lost_assumed.saturating_sub(before.lost_assumed);
    let mark = if after.rests_on_assumption(before) { ", on assumption only;" } else { "," };
    format!(
        "{} → {} connected pairs{mark} {}",
        grouped(before.connected_pairs),
        grouped(after.connected_pairs),
        match lost {
            0 => "no access lost".to_owned(),
            lost => lost_words(lost, assumed.min(lost)),
        }
    )
}

/// The buttons at the right of a fix, the last first.
fn buttons_ui(ui: &mut Ui, context: &mut PanelContext<'_>, at: usize, title: &str) {
    let last = context.model.project.fixes.list().len().saturating_sub(1);
    let buttons = [
        ("×", "Take out", true, FixCommand::Remove(at)),
        ("▾", "Later", at < last, FixCommand::Shift(at, true)),
        ("▴", "Earlier", at > 0, FixCommand::Shift(at, false)),
    ];
    for (sign, word, able, command) in buttons {
        let button = egui::Button::new(sign).min_size(egui::vec2(24.0, 22.0));
        let response = ui.add_enabled(able, button);
        let says = format!("{word}: {title}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, able, &says));
        if response.on_hover_text(says.clone()).clicked() {
            context.push(Command::Fix(command));
        }
    }
}

fn result_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let chosen = context
        .model
        .chosen_fix()
        .and_then(|at| context.model.project.fixes.list().get(at))
        .cloned();
    if context.model.fixes_in_force().is_empty() && chosen.is_none() {
        note_ui(ui, context.theme, "With a fix in force, before and after stand here side by side");
        return;
    }
    let Some(outcome) = context.model.what_if.outcome.clone() else {
        let again = Command::Fix(FixCommand::WorkOut);
        if chosen.is_none() || context.model.runs(JobKind::WhatIf) {
            waiting_ui_of(ui, context, JobKind::WhatIf, again);
        }
        return;
    };
    let (title, found) = match (&chosen, &outcome.alone) {
        (Some(fix), Some(alone)) => (format!("Alone: {}", shown(&fix.title())), alone),
        _ => (all_title(&outcome), &outcome.all),
    };
    ui.horizontal(|ui| {
        let title = RichText::new(title).font(font(Face::Strong, size::BODY));
        ui.add(egui::Label::new(title.color(ink(context.theme.text))).truncate());
        if chosen.is_some() && note_button_ui(ui, "Show all together").clicked() {
            context.push(Command::Fix(FixCommand::Choose(None)));
        }
    });
    if ui.available_width() < BESIDE {
        before_and_after_ui(ui, context, answers, (found, chosen.is_some()));
        findings_ui(ui, context, answers, found);
        return lost_ui(ui, context, answers, found);
    }
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        ui.vertical(|ui| {
            ui.set_width(width * 0.44);
            before_and_after_ui(ui, context, answers, (found, chosen.is_some()));
            findings_ui(ui, context, answers, found);
        });
        ui.vertical(|ui| lost_ui(ui, context, answers, found));
    });
}

fn before_and_after_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    answers: &Answers,
    (found, alone): (&WhatIf, bool),
) {
    table_ui(ui, context, answers, (found, alone));
    let in_force = context.model.project.fixes.list().iter().filter(|fix| fix.on);
    let caveats: BTreeSet<&str> = in_force.filter_map(|fix| fix.kind.caveat()).collect();
    for caveat in caveats {
        note_ui(ui, context.theme, &format!("Workload identity: {caveat}"));
    }
}

fn all_title(outcome: &Outcome) -> String {
    match outcome.each.len() {
        1 => "The fix in force".to_owned(),
        count => format!("All {count} fixes in force"),
    }
}

/// Before and after, line by line.
fn table_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    answers: &Answers,
    (found, alone): (&WhatIf, bool),
) {
    let pairs = answers.exposure.pairs;
    let share = |connected: u64| share_words(connected, pairs);
    let (before, after) = found.connected_pairs;
    let (stated_before, stated_after) = found.connected_pairs_stated;
    let mut lines = vec![
        ("Connected pairs".to_owned(), grouped(before), grouped(after)),
        ("with stated access alone".to_owned(), grouped(stated_before), grouped(stated_after)),
        (format!("Exposure, of {} pairs", grouped(pairs)), share(before), share(after)),
    ];
    if let Some(radius) = context.model.what_if.radius.filter(|_| !alone) {
        let name = answers.name(radius.subject);
        let figures =
            |(before, after): (u32, u32)| (grouped(u64::from(before)), grouped(u64::from(after)));
        let (before, after) = figures((radius.before, radius.after));
        lines.push((format!("Reach of {name}"), before, after));
        if radius.stated != (radius.before, radius.after) {
            let (before, after) = figures(radius.stated);
            lines.push(("with stated access alone".to_owned(), before, after));
        }
    }
    let grid = egui::Grid::new("before and after").num_columns(3).min_row_height(18.0);
    grid.spacing([16.0, 2.0]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        let text = |text: &str, colour| RichText::new(text).size(size::NOTE).color(ink(colour));
        let figure = |ui: &mut Ui, shown: RichText| {
            let layout = egui::Layout::right_to_left(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(FIGURE, 18.0), layout, |ui| ui.label(shown));
        };
        ui.label("");
        for heading in ["Before", "After"] {
            figure(ui, text(heading, context.theme.muted));
        }
        ui.end_row();
        for (name, before, after) in &lines {
            ui.label(text(name, context.theme.second));
            figure(ui, text(before, context.theme.text));
            let colour = if before == after { context.theme.text } else { context.theme.fixed };
            figure(ui, text(after, colour));
            ui.end_row();
        }
    });
}
