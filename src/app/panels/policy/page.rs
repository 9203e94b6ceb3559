//! The page as a whole: where policies are loaded and saved, and its parts in order.

use egui::{RichText, ScrollArea, Ui};

use crate::app::model::command::{Command, PolicyCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::panels::policy::{costs, ends, environments, fields, limits, rules};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::note_ui;
use crate::inventory::{Assumptions, IdsAcrossSources, Level, UnstatedAccess};
use crate::scene::Face;

/// The page, in the place of the inspector.
pub(crate) fn policy_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.set_width(ui.available_width());
    ui.horizontal(|ui| {
        ui.label(
            RichText::new("Assumptions")
                .font(font(Face::Strong, size::HEADING))
                .color(ink(context.theme.text)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Done").clicked() {
                context.push(Command::Policy(PolicyCommand::Open(false)));
            }
        });
    });
    let now = Assumptions::clone(&context.model.project.assumptions);
    let default = Assumptions::new(now.as_of);
    ui.horizontal_wrapped(|ui| {
        if note_button_ui(ui, "Load policy…").clicked() {
            context.push(Command::Policy(PolicyCommand::Load));
        }
        if note_button_ui(ui, "Save policy…").clicked() {
            context.push(Command::Policy(PolicyCommand::Save));
        }
        if now != default && note_button_ui(ui, "All back to default").clicked() {
            context.push(Command::Assume(default.clone()));
        }
    });
    ScrollArea::vertical().id_salt("policy").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 14.0);
        note_ui(ui, context.theme, "A change takes effect at once, and can be undone");
        access_ui(ui, context, (&now, &default));
        ids_ui(ui, context, (&now, &default));
        ends::ends_ui(ui, context, (&now, &default));
        limits::limits_ui(ui, context, (&now, &default));
        limits::plain_sight_ui(ui, context, (&now, &default));
        environments::environments_ui(ui, context, (&now, &default));
        costs::costs_ui(ui, context, (&now, &default));
        rules::rules_ui(ui, context, (&now, &default));
    });
}

fn access_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
    let differs =
        now.unstated_access != default.unstated_access || now.pivot_needs != default.pivot_needs;
    section_ui(ui, context, ("Access", differs), |ui, context| {
        note_ui(ui, context.theme, "Rows without access");
        ui.horizontal_wrapped(|ui| {
            for choice in UnstatedAccess::ALL {
                if ui.radio(choice == now.unstated_access, choice.words()).clicked() {
                    let other = Assumptions { unstated_access: choice, ..now.clone() };
                    context.push(Command::Assume(other));
                }
            }
        });
        if fields::back_ui(
            ui,
            context,
            ("rows without access", default.unstated_access.words()),
            now.unstated_access != default.unstated_access,
        ) {
            let other = Assumptions { unstated_access: default.unstated_access, ..now.clone() };
            context.push(Command::Assume(other));
        }
        note_ui(ui, context.theme, "An attacker moves on from a service if the access is at least");
        ui.horizontal_wrapped(|ui| {
            for level in [Level::Unknown, Level::Read, Level::Write, Level::Admin] {
                let other = Assumptions { pivot_needs: level, ..now.clone() };
                if ui.radio(level == now.pivot_needs, other.pivot_word()).clicked() {
                    context.push(Command::Assume(other));
                }
            }
        });
        if fields::back_ui(
            ui,
            context,
            ("what a pivot needs", "any"),
            now.pivot_needs != default.pivot_needs,
        ) {
            let other = Assumptions { pivot_needs: default.pivot_needs, ..now.clone() };
            context.push(Command::Assume(other));
        }
    });
}

fn ids_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
    let differs = now.ids_across_sources != default.ids_across_sources;
    section_ui(ui, context, ("Ids across sources", differs), |ui, context| {
        note_ui(
            ui,
            context.theme,
            "An id that stands in several sources, without fingerprints, is",
        );
        ui.horizontal_wrapped(|ui| {
            for choice in IdsAcrossSources::ALL {
                if ui.radio(choice == now.ids_across_sources, choice.words()).clicked() {
                    let other = Assumptions { ids_across_sources: choice, ..now.clone() };
                    context.push(Command::Assume(other));
                }
            }
        });
        let usual = default.ids_across_sources.words();
        if fields::back_ui(ui, context, ("an id in several sources", usual), differs) {
            let other =
                Assumptions { ids_across_sources: default.ids_across_sources, ..now.clone() };
            context.push(Command::Assume(other));
        }
    });
}
