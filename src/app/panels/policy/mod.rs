//! The page of assumptions: every value that answers rest on, each with its default.

mod costs;
mod ends;
mod environments;
mod fields;
mod limits;

use egui::{RichText, ScrollArea, Ui};

use super::Desk;
use super::parts::note_ui;
use crate::app::look::{font, ink, size};
use crate::app::model::{Command, PolicyCommand};
use crate::inventory::{Assumptions, Level, UnstatedAccess};
use crate::scene::Face;

pub(super) use costs::{cost_menu_ui, cost_set};
pub(super) use ends::pick_ui;

/// The page, in the place of the inspector.
pub(in crate::app) fn policy_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    ui.set_width(ui.available_width());
    ui.horizontal(|ui| {
        ui.label(
            RichText::new("Assumptions")
                .font(font(Face::Strong, size::HEADING))
                .color(ink(desk.theme.text)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Done").clicked() {
                desk.push(Command::Policy(PolicyCommand::Open(false)));
            }
        });
    });
    let now = desk.model.assumptions.clone();
    let default = Assumptions::new(now.as_of);
    ui.horizontal_wrapped(|ui| {
        if ui.small_button("Load policy…").clicked() {
            desk.push(Command::Policy(PolicyCommand::Load));
        }
        if ui.small_button("Save policy…").clicked() {
            desk.push(Command::Policy(PolicyCommand::Save));
        }
        if now != default && ui.small_button("All back to default").clicked() {
            desk.push(Command::Assume(default.clone()));
        }
    });
    ScrollArea::vertical().id_salt("policy").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 14.0);
        note_ui(ui, desk.theme, "A change takes effect at once, and can be undone");
        access_ui(ui, desk, (&now, &default));
        ends::ends_ui(ui, desk, (&now, &default));
        limits::limits_ui(ui, desk, (&now, &default));
        limits::plain_sight_ui(ui, desk, (&now, &default));
        environments::environments_ui(ui, desk, (&now, &default));
        costs::costs_ui(ui, desk, (&now, &default));
    });
}

/// A part of the page that can be folded; it says whether something in it is changed.
fn section_ui(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    (title, differs): (&str, bool),
    body: impl FnOnce(&mut Ui, &mut Desk<'_>),
) {
    let mut job = egui::text::LayoutJob::default();
    let format = |colour| egui::TextFormat::simple(font(Face::Strong, size::NOTE), ink(colour));
    job.append(title, 0.0, format(desk.theme.text));
    if differs {
        job.append("· changed", 8.0, format(desk.theme.accent));
    }
    egui::CollapsingHeader::new(job)
        .id_salt(("section", title))
        .default_open(differs || title == "Access")
        .show(ui, |ui| body(ui, desk));
}

type Both<'a> = (&'a Assumptions, &'a Assumptions);

fn access_ui(ui: &mut Ui, desk: &mut Desk<'_>, (now, default): Both<'_>) {
    let differs =
        now.unstated_access != default.unstated_access || now.pivot_needs != default.pivot_needs;
    section_ui(ui, desk, ("Access", differs), |ui, desk| {
        note_ui(ui, desk.theme, "A row that says no access means");
        ui.horizontal_wrapped(|ui| {
            for choice in UnstatedAccess::ALL {
                if ui.radio(choice == now.unstated_access, choice.word()).clicked() {
                    let other = Assumptions { unstated_access: choice, ..now.clone() };
                    desk.push(Command::Assume(other));
                }
            }
        });
        if fields::back_ui(
            ui,
            desk,
            ("unstated access", "both"),
            now.unstated_access != default.unstated_access,
        ) {
            let other = Assumptions { unstated_access: default.unstated_access, ..now.clone() };
            desk.push(Command::Assume(other));
        }
        note_ui(ui, desk.theme, "An attacker goes on from a service if the access is at least");
        ui.horizontal_wrapped(|ui| {
            for level in [Level::Unknown, Level::Read, Level::Write, Level::Admin] {
                let other = Assumptions { pivot_needs: level, ..now.clone() };
                if ui.radio(level == now.pivot_needs, other.pivot_word()).clicked() {
                    desk.push(Command::Assume(other));
                }
            }
        });
        if fields::back_ui(
            ui,
            desk,
            ("what a pivot needs", "any"),
            now.pivot_needs != default.pivot_needs,
        ) {
            let other = Assumptions { pivot_needs: default.pivot_needs, ..now.clone() };
            desk.push(Command::Assume(other));
        }
    });
}
