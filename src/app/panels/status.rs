//! The bar at the bottom: every row accounted for, every assumption in sight, work that runs.

use egui::{RichText, Ui};

use super::Desk;
use crate::app::look::{ink, size};
use crate::app::model::{Command, Tab, TableCommand};
use crate::inventory::{Assumptions, Level, UnstatedAccess};

/// The status bar.
pub(in crate::app) fn status_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.horizontal(|ui| {
        rows_ui(ui, desk);
        jobs_ui(ui, desk);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            assumptions_ui(ui, desk);
        });
    });
}

fn small(desk: &Desk<'_>, text: String) -> RichText {
    RichText::new(text).size(size::NOTE).color(ink(desk.theme.second))
}

fn rows_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(inventory) = &desk.model.inventory else { return };
    let ledger = inventory.ledger();
    let account = format!(
        "{} rows: {} accepted, {} merged, {} skipped",
        ledger.read(),
        ledger.accepted,
        ledger.merged,
        ledger.skipped
    );
    let reading: Vec<String> = inventory
        .sources
        .iter()
        .map(|source| format!("{}\n{}", source.name, source.reading.join("\n")))
        .collect();
    ui.label(small(desk, account)).on_hover_text(reading.join("\n\n"));
    let rejected = format!("{} rejected", ledger.rejected);
    if ui.link(small(desk, rejected)).clicked() {
        desk.push(Command::Table(TableCommand::RejectedOnly(true)));
    }
    let problems = desk.model.answers.as_ref().map_or(0, |answers| answers.problems.len());
    if ui.link(small(desk, format!("{problems} problems"))).clicked() {
        desk.push(Command::Table(TableCommand::RejectedOnly(false)));
        desk.push(Command::Table(TableCommand::Show(Tab::Problems)));
    }
}

fn jobs_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let running: Vec<_> = desk
        .model
        .jobs
        .running()
        .map(|(kind, progress)| (kind, progress.share(), progress.rows()))
        .collect();
    for (kind, share, rows) in running {
        ui.separator();
        // First, so that it does not move away from under the pointer as the figures grow.
        if ui.small_button("Cancel").clicked() {
            desk.push(Command::Cancel(kind));
        }
        if let Some(share) = share {
            ui.add(egui::ProgressBar::new(share).desired_width(90.0).desired_height(8.0));
        }
        let text = match rows {
            0 => format!("{}…", kind.doing()),
            rows => format!("{}… {rows} rows", kind.doing()),
        };
        ui.label(small(desk, text));
    }
}

fn assumptions_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let assumptions = &desk.model.assumptions;
    ui.label(small(desk, format!("as of {}", assumptions.as_of)));
    ui.label(small(desk, "·".to_owned()));
    ui.menu_button(small(desk, format!("pivot needs {}", assumptions.pivot_word())), |ui| {
        for level in [Level::Unknown, Level::Write, Level::Admin] {
            let other = Assumptions { pivot_needs: level, ..assumptions.clone() };
            let chosen = level == assumptions.pivot_needs;
            if ui.selectable_label(chosen, other.pivot_word()).clicked() {
                desk.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
    ui.label(small(desk, "·".to_owned()));
    let word = assumptions.unstated_access.word();
    ui.menu_button(small(desk, format!("unstated access = {word}")), |ui| {
        for choice in UnstatedAccess::ALL {
            let chosen = choice == assumptions.unstated_access;
            if ui.selectable_label(chosen, choice.word()).clicked() {
                let other = Assumptions { unstated_access: choice, ..assumptions.clone() };
                desk.commands.push(Command::Assume(other));
                ui.close();
            }
        }
    });
}
