//! The bar at the bottom: every row accounted for, every assumption in sight, work that runs.

use egui::{RichText, Ui};

use crate::analysis::environments_from_names;
use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, PolicyCommand};
use crate::app::model::figure::Figure;
use crate::app::model::policy_section::PolicySection;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::figures::figure_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{frameless, note_ui, note_width};
use crate::inventory::shown;
use crate::inventory::{
    AssumptionKind, Assumptions, Date, IdsAcrossSources, Inventory, Level, Progress,
    UnstatedAccess, counted, grouped,
};

/// What the account of the rows and a running job need at least; the assumptions take the rest.
const ROWS: f32 = 240.0;
const ROWS_AND_JOB: f32 = 420.0;

/// The status bar. What has no room is left out: all assumptions stand on their page, and the whole
/// account in its menu.
pub(crate) fn status_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.spacing_mut().item_spacing.x = 4.0;
    ui.spacing_mut().button_padding = egui::vec2(4.0, 2.0);
    ui.spacing_mut().interact_size.y = 20.0;
    frameless(ui);
    let size = ui.available_size();
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        assumptions_ui(ui, context);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            rows_ui(ui, context);
            jobs_ui(ui, context);
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
    let figure = |count: u64, word: &str| format!("{} {word}", grouped(count));
    let whole = format!(
        "{rows}: {}, {}, {}",
        figure(ledger.accepted, "accepted"),
        figure(ledger.merged, "merged"),
        figure(ledger.skipped, "skipped")
    );
    let rejected = figure(ledger.rejected, "rejected");
    let problems = context.model.answers.as_ref().map_or(0, |answers| answers.problem_count());
    let problems = counted(problems, "problem", "problems");
    let others = note_width(ui, &rejected) + note_width(ui, &problems) + 40.0;
    let fits = note_width(ui, &whole) + others <= ui.available_width();
    let account = if busy || !fits { rows } else { whole };
    let inventory = inventory.clone();
    let button = egui::Button::new(small(context, account));
    let hint = "What happened to the rows of each file, and how it was read";
    egui::containers::menu::MenuButton::from_button(button)
        .ui(ui, |ui| sources_ui(ui, context, &inventory))
        .0
        .on_hover_text(hint);
    ui.spacing_mut().item_spacing.x = 8.0;
    figure_ui(ui, context, &rejected, Figure::Rejected);
    figure_ui(ui, context, &problems, Figure::Problems);
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
                ui.label(small(context, format!("{}  {what}", grouped(count))));
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
    let today = context.model.today;
    if assumptions.as_of == today {
        note_ui(ui, context.theme, "This is today; tomorrow it is tomorrow");
    } else if ui.button(format!("Assess as of today, {today}")).clicked() {
        context.push(Command::Assume(Assumptions { as_of: today, ..assumptions }));
        ui.data_mut(|data| data.remove::<String>(id));
        ui.close();
        return;
    }
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
    let disputed = context
        .model
        .project
        .workshop
        .disputes()
        .map(|(_, own)| format!("{}: {}", own.assumption.words(), own.by_words()));
    let disputed: Vec<String> = disputed.collect();
    hint.extend(disputed.iter().map(|words| shown(words).into_owned()));
    let text = match disputed.len() {
        0 => text,
        count => format!("{}, {count} disputed…", text.trim_end_matches('…')),
    };
    if ui.button(small(context, text)).on_hover_text(hint.join("\n")).clicked() {
        context.push(Command::Policy(PolicyCommand::Open(!open)));
    }
}

/// Whether the bar says that a job runs; the table of problems and the inspector say so of their
/// own themselves.
fn is_told(kind: JobKind) -> bool {
    !matches!(kind, JobKind::Filter | JobKind::Radius | JobKind::ReachedBy | JobKind::ExportPreview)
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
        if note_button_ui(ui, "Cancel").clicked() {
            context.push(Command::Cancel(kind));
        }
        if let Some(share) = share.filter(|_| ui.available_width() > 200.0) {
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
        (0, _) if kind == JobKind::Export && progress.done() >= MEGABYTE => {
            format!("{doing}… {} MB", progress.done() / MEGABYTE)
        }
        (0, _) => format!("{doing}…"),
        (rows, Some((done, whole))) if kind == JobKind::Import && whole >= MEGABYTE => {
            let (done, whole) = (done / MEGABYTE, whole / MEGABYTE);
            let rows = counted(rows as usize, "row", "rows");
            format!("{doing}… {rows}, {done} of {whole} MB")
        }
        (rows, _) => format!("{doing}… {}", counted(rows as usize, "row", "rows")),
    }
}

/// Draws one of the assumptions in these words.
type Draw = fn(&mut Ui, &mut PanelContext<'_>, &str);

/// The assumptions from the right, the page with all of them first, as far as there is room.
fn assumptions_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let mut is_first = context.model.answers.is_none() || context.model.staging.is_some();
    if !is_first {
        policy_button_ui(ui, context);
    }
    let busy = context.model.jobs.running().any(|(kind, _)| is_told(kind));
    let left = if context.model.inventory().is_none() && !busy {
        0.0
    } else if busy {
        ROWS_AND_JOB
    } else {
        ROWS
    };
    let assumptions = context.model.project.assumptions.clone();
    let as_of = format!("as of {}", assumptions.as_of);
    let model = context.model;
    let pivot = format!("pivot needs {}", assumptions.pivot_word());
    let pivot = model.with_dispute(AssumptionKind::PivotNeeds, pivot);
    let unstated = assumptions.unstated_access_words();
    let unstated = model.with_dispute(AssumptionKind::UnstatedAccess, unstated);
    let is_several = context.model.inventory().is_some_and(|inventory| inventory.is_of_several());
    let ids = (is_several || assumptions.ids_across_sources != IdsAcrossSources::Same)
        .then(|| format!("ids across sources: {}", assumptions.ids_across_sources.word()))
        .map(|words| model.with_dispute(AssumptionKind::IdsAcrossSources, words));
    let names = context.model.answers.as_ref();
    let names = names.and_then(|answers| environments_from_names(&answers.graph));
    let names = names.map(|words| shown(&words).into_owned());
    let names = names.map(|words| model.with_dispute(AssumptionKind::EnvironmentsFromNames, words));
    let items: [(Option<String>, Draw); 5] = [
        (Some(as_of), as_of_menu_ui),
        (Some(pivot), pivot_menu_ui),
        (Some(unstated), unstated_menu_ui),
        (ids, ids_menu_ui),
        (names, names_ui),
    ];
    for (words, draw) in items {
        let Some(words) = words else { continue };
        if note_width(ui, &words) + 28.0 > ui.available_width() - left {
            break;
        }
        if !is_first {
            ui.label(RichText::new("·").size(size::NOTE).color(ink(context.theme.muted)));
        }
        is_first = false;
        draw(ui, context, &words);
    }
}

/// Which environments were read from names: the way to what says what can be done about it.
fn names_ui(ui: &mut Ui, context: &mut PanelContext<'_>, words: &str) {
    if ui.link(small(context, words.to_owned())).clicked() {
        let command = PolicyCommand::OpenAt(PolicySection::Environments);
        context.push(Command::Policy(command));
    }
}

fn as_of_menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>, words: &str) {
    let config = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    egui::containers::menu::MenuButton::new(small(context, words.to_owned()))
        .config(config)
        .ui(ui, |ui| as_of_ui(ui, context));
}

fn pivot_menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>, words: &str) {
    let now = context.model.project.assumptions.clone();
    let choices = [Level::Unknown, Level::Write, Level::Admin].map(|level| {
        let other = Assumptions { pivot_needs: level, ..Assumptions::clone(&now) };
        (other.pivot_word().to_owned(), other)
    });
    choices_ui(ui, context, words, choices);
}

fn unstated_menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>, words: &str) {
    let now = context.model.project.assumptions.clone();
    let choices = UnstatedAccess::ALL.map(|choice| {
        let other = Assumptions { unstated_access: choice, ..Assumptions::clone(&now) };
        (choice.words().to_owned(), other)
    });
    choices_ui(ui, context, words, choices);
}

/// What an id in several sources means; where there is one source alone, nothing depends on it.
fn ids_menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>, words: &str) {
    let now = context.model.project.assumptions.clone();
    let choices = IdsAcrossSources::ALL.map(|choice| {
        let other = Assumptions { ids_across_sources: choice, ..Assumptions::clone(&now) };
        (choice.words().to_owned(), other)
    });
    choices_ui(ui, context, words, choices);
}

/// A menu of assumptions of which one is in force.
fn choices_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    words: &str,
    choices: impl IntoIterator<Item = (String, Assumptions)>,
) {
    ui.menu_button(small(context, words.to_owned()), |ui| {
        for (word, other) in choices {
            let chosen = other == *context.model.project.assumptions;
            if ui.selectable_label(chosen, word).clicked() {
                context.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
}
