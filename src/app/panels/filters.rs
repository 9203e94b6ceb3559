//! The left panel: search, and what is in sight.

use std::collections::BTreeMap;

use egui::{RichText, ScrollArea, Ui};

use super::Desk;
use super::overlays::hits;
use super::parts::{heading_ui, note_ui, severity_ink, subject_ui, swatch_ui};
use crate::analysis::Severity;
use crate::app::look::{ink, size};
use crate::app::model::{Command, Facet, LookCommand};
use crate::graph::{EnvironmentIndex, OwnerIndex};
use crate::inventory::{NameId, shown};
use crate::scene::region_colour;

/// Most values of one facet that are listed.
const MOST_VALUES: usize = 200;

/// The left panel.
pub(in crate::app) fn filters_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    search_ui(ui, desk);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        switches_ui(ui, desk);
        environments_ui(ui, desk);
        severities_ui(ui, desk);
        kinds_ui(ui, desk);
        owners_ui(ui, desk);
        ui.add_space(8.0);
        if desk.model.session.filters.any() && ui.button("Clear the filters").clicked() {
            desk.push(Command::ClearFilters);
        }
    });
}

fn search_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut text = desk.model.session.search.clone();
    let field =
        egui::TextEdit::singleline(&mut text).hint_text("Search").desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search credentials and services")
    });
    if response.changed() {
        desk.push(Command::Look(LookCommand::Search(text.clone())));
    }
    if text.trim().is_empty() || desk.model.session.palette {
        return;
    }
    let found = hits(desk, &text, 8);
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        desk.push(Command::Select(found.first().copied()));
    }
    if found.is_empty() {
        note_ui(ui, desk.theme, "No credential or service has that in its name");
    }
    for subject in found {
        subject_ui(ui, desk, subject);
    }
}

fn switch_ui(ui: &mut Ui, desk: &mut Desk<'_>, facet: Facet, text: String) {
    let mut on = desk.model.session.filters.has(facet);
    if ui.checkbox(&mut on, RichText::new(text).size(size::NOTE)).changed() {
        desk.push(Command::Filter(facet, on));
    }
}

fn switches_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    let totals = &answers.totals;
    heading_ui(ui, desk.theme, "Show");
    switch_ui(ui, desk, Facet::Unshared, "Hide unshared".to_owned());
    switch_ui(ui, desk, Facet::Shared, format!("Shared only  {}", totals.shared_credentials));
    let crossing = totals.cross_environment_credentials;
    switch_ui(ui, desk, Facet::Crossing, format!("Crossing only  {crossing}"));
}

fn environments_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    heading_ui(ui, desk.theme, "Environment");
    let mut environments: Vec<_> = (0_u32..).zip(answers.graph.environments()).collect();
    environments.sort_by_key(|(_, environment)| region_colour(environment));
    for (index, environment) in environments {
        let facet = Facet::Environment(EnvironmentIndex(index));
        let mut in_sight = !desk.model.session.filters.has(facet);
        ui.horizontal(|ui| {
            let colour = desk.theme.regions.get(region_colour(environment)).copied();
            swatch_ui(ui, ink(colour.unwrap_or(desk.theme.muted)), in_sight);
            let name = shown(environment.display()).into_owned();
            if ui.checkbox(&mut in_sight, RichText::new(name).size(size::NOTE)).changed() {
                desk.push(Command::Filter(facet, !in_sight));
            }
        });
    }
}

fn severities_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    heading_ui(ui, desk.theme, "Severity");
    for severity in Severity::ALL {
        let count = answers.findings.iter().filter(|finding| finding.severity == severity).count();
        ui.horizontal(|ui| {
            swatch_ui(ui, severity_ink(desk.theme, Some(severity)), true);
            let text = format!("{}  {count}", severity.word());
            switch_ui(ui, desk, Facet::Severity(severity), text);
        });
    }
}

fn kinds_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    let mut counts: BTreeMap<NameId, usize> = BTreeMap::new();
    for credential in answers.graph.credentials() {
        if let Some(kind) = credential.kind {
            *counts.entry(kind).or_default() += 1;
        }
    }
    if counts.is_empty() {
        return;
    }
    heading_ui(ui, desk.theme, "Type");
    let mut kinds: Vec<(usize, NameId)> = counts.into_iter().map(|(kind, n)| (n, kind)).collect();
    kinds.sort_unstable_by_key(|&(count, kind)| (usize::MAX - count, kind));
    for (count, kind) in kinds.into_iter().take(MOST_VALUES) {
        let name = shown(answers.graph.inventory().text(kind)).into_owned();
        switch_ui(ui, desk, Facet::Kind(kind), format!("{name}  {count}"));
    }
}

fn owners_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    let owners = answers.graph.owners();
    if owners.is_empty() {
        return;
    }
    heading_ui(ui, desk.theme, "Owner");
    for (index, owner) in (0_u32..).zip(owners.iter().take(MOST_VALUES)) {
        switch_ui(ui, desk, Facet::Owner(OwnerIndex(index)), shown(owner).into_owned());
    }
    if owners.len() > MOST_VALUES {
        let more = owners.len() - MOST_VALUES;
        note_ui(ui, desk.theme, &format!("and {more} more owners; sort the tables by owner"));
    }
}
