//! The bar at the bottom: every row accounted for, every assumption in sight, work that runs.

use egui::{RichText, Ui};

use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, PolicyCommand};
use crate::app::model::figure::Figure;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::figures::figure_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::inventory::shown;
use crate::inventory::{
    Assumptions, Date, IdsAcrossSources, Inventory, Level, Progress, UnstatedAccess, counted,
};

/// The status bar.
pub(crate) fn status_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            assumptions_ui(ui, context);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                rows_ui(ui, context);
                jobs_ui(ui, context);
            });
        });
    });
}

fn small(context: &PanelContext<'_>, text: String) -> RichText {
    RichText::new(text).size(size::NOTE).color(ink(context.theme.second))
}

fn rows_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(inventory) = context.model.inventory() else { return };
    let ledger = inventory.ledger();
    let busy = context.model.jobs.running().any(|(kind, _)| is_told(kind));
    let rows = counted(ledger.read() as usize, "row", "rows");
    let account = if busy || ui.available_width() < 500.0 {
        rows
    } else {
        format!(
            "{rows}: {} accepted, {} merged, {} skipped",
            ledger.accepted, ledger.merged, ledger.skipped
        )
    };
    let inventory = inventory.clone();
    let button = egui::Button::new(small(context, account)).frame(false);
    let hint = "What happened to the rows of each file, and how it was read";
    egui::containers::menu::MenuButton::from_button(button)
        .ui(ui, |ui| sources_ui(ui, context, &inventory))
        .0
        .on_hover_text(hint);
    let rejected = format!("{} rejected", ledger.rejected);
    figure_ui(ui, context, &rejected, Figure::Rejected);
    let problems = context.model.answers.as_ref().map_or(0, |answers| answers.problem_count());
    figure_ui(ui, context, &counted(problems, "problem", "problems"), Figure::Problems);
}

/// Each file with its account and how it was read.
fn sources_ui(ui: &mut Ui, context: &PanelContext<'_>, inventory: &Inventory) {
    ui.set_min_width(420.0);
    egui::ScrollArea::vertical().max_height(460.0).show(ui, |ui| {
        for source in &inventory.sources {
            let name = RichText::new(shown(&source.name)).color(ink(context.theme.text));
            ui.add(egui::Label::new(name).wrap());
            let ledger = &source.ledger;
            for (count, what) in [
                (ledger.read(), "rows read"),
                (ledger.accepted, "accepted: adds something new"),
                (ledger.merged, "merged: repeats what other rows say"),
                (ledger.skipped, "skipped: blank, a comment, a repeated header, not a credential"),
                (ledger.rejected, "rejected: a problem says why"),
            ] {
                ui.label(small(context, format!("{count:>8}  {what}")));
            }
            for line in source.reading() {
                note_ui(ui, context.theme, &shown(&line));
            }
            ui.add_space(8.0);
        }
    });
}

/// A field for the day on which everything is judged.
fn as_of_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let id = ui.make_persistent_id("as of");
    let assumptions = Assumptions::clone(&context.model.project.assumptions);
    let kept: Option<String> = ui.data(|data| data.get_temp(id));
    let mut text = kept.unwrap_or_else(|| assumptions.as_of.to_string());
    ui.label(small(context, "Assess everything as of".to_owned()));
    let field = ui.add(egui::TextEdit::singleline(&mut text).desired_width(120.0));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "As-of date"));
    match text.trim().parse::<Date>() {
        Err(_) => {
            note_ui(ui, context.theme, "Write the day as 2026-03-01");
        }
        Ok(as_of) => {
            let entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
            if ui.button("Assess as of this day").clicked() || entered {
                context.push(Command::Assume(Assumptions { as_of, ..assumptions }));
                ui.data_mut(|data| data.remove::<String>(id));
                ui.close();
                return;
            }
        }
    }
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// The way to the page of assumptions; it says how many differ from their defaults, and which.
fn policy_button_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let changed = context.model.project.assumptions.changed();
    let text = match changed.len() {
        0 => "Assumptions…".to_owned(),
        count => format!("Assumptions, {count} changed…"),
    };
    let open = context.model.session.policy;
    let mut hint = vec!["Everything that the answers assume".to_owned()];
    hint.extend(changed.iter().map(|words| shown(words).into_owned()));
    if ui.button(small(context, text)).on_hover_text(hint.join("\n")).clicked() {
        context.push(Command::Policy(PolicyCommand::Open(!open)));
    }
}

/// Whether the bar says that a job runs; the table of problems and the inspector say so of their
/// own themselves.
fn is_told(kind: JobKind) -> bool {
    !matches!(kind, JobKind::Filter | JobKind::Radius | JobKind::ReachedBy)
}

fn jobs_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let running: Vec<_> = context
        .model
        .jobs
        .running()
        .filter(|(kind, _)| is_told(*kind))
        .map(|(kind, progress)| (kind, progress.share(), progress_text(kind, progress)))
        .collect();
    let waiting = running.len().saturating_sub(1);
    if let Some((kind, share, text)) = running.into_iter().next() {
        ui.separator();
        // First, so that it does not move away from under the pointer as the figures grow.
        if ui.small_button("Cancel").clicked() {
            context.push(Command::Cancel(kind));
        }
        if let Some(share) = share {
            ui.add(egui::ProgressBar::new(share).desired_width(90.0).desired_height(8.0));
        }
        let more = if waiting > 0 { format!(" and {waiting} more") } else { String::new() };
        ui.add(egui::Label::new(small(context, format!("{text}{more}"))).truncate());
    }
}

/// What a job is doing, and how far it is; an import with its rows and bytes.
fn progress_text(kind: JobKind, progress: &Progress) -> String {
    const MEGABYTE: u64 = 1_000_000;
    let doing = kind.doing();
    match (progress.rows(), progress.amounts()) {
        (0, _) => format!("{doing}…"),
        (rows, Some((done, whole))) if kind == JobKind::Import && whole >= MEGABYTE => {
            let (done, whole) = (done / MEGABYTE, whole / MEGABYTE);
            let rows = counted(rows as usize, "row", "rows");
            format!("{doing}… {rows}, {done} of {whole} MB")
        }
        (rows, _) => format!("{doing}… {}", counted(rows as usize, "row", "rows")),
    }
}

fn assumptions_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if context.model.answers.is_some() && context.model.staging.is_none() {
        policy_button_ui(ui, context);
        ui.label(small(context, "·".to_owned()));
    }
    let as_of = small(context, format!("as of {}", context.model.project.assumptions.as_of));
    egui::containers::menu::MenuButton::new(as_of)
        .config(
            egui::containers::menu::MenuConfig::new()
                .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside),
        )
        .ui(ui, |ui| as_of_ui(ui, context));
    let assumptions = &context.model.project.assumptions;
    ui.label(small(context, "·".to_owned()));
    ui.menu_button(small(context, format!("pivot needs {}", assumptions.pivot_word())), |ui| {
        for level in [Level::Unknown, Level::Write, Level::Admin] {
            let other = Assumptions { pivot_needs: level, ..Assumptions::clone(assumptions) };
            let chosen = level == assumptions.pivot_needs;
            if ui.selectable_label(chosen, other.pivot_word()).clicked() {
                context.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
    ui.label(small(context, "·".to_owned()));
    ui.menu_button(small(context, assumptions.unstated_access_words()), |ui| {
        for choice in UnstatedAccess::ALL {
            let chosen = choice == assumptions.unstated_access;
            if ui.selectable_label(chosen, choice.words()).clicked() {
                let other =
                    Assumptions { unstated_access: choice, ..Assumptions::clone(assumptions) };
                context.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
    let is_several = context.model.inventory().is_some_and(|inventory| inventory.is_of_several());
    if is_several || assumptions.ids_across_sources != IdsAcrossSources::Same {
        ids_ui(ui, context);
    }
}

/// What an id in several sources means; where there is one source alone, nothing depends on it.
fn ids_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let assumptions = &context.model.project.assumptions;
    ui.label(small(context, "·".to_owned()));
    let words = format!("ids across sources: {}", assumptions.ids_across_sources.word());
    ui.menu_button(small(context, words), |ui| {
        for choice in IdsAcrossSources::ALL {
            let chosen = choice == assumptions.ids_across_sources;
            if ui.selectable_label(chosen, choice.words()).clicked() {
                let other =
                    Assumptions { ids_across_sources: choice, ..Assumptions::clone(assumptions) };
                context.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
}
