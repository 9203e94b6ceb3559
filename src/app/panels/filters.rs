//! The left panel: search, and what is in sight.

use std::collections::BTreeMap;

use egui::{Response, RichText, ScrollArea, Ui};

use super::Desk;
use super::parts::{heading_ui, note_ui, severity_ink, subject_ui, swatch_ui};
use crate::analysis::Severity;
use crate::app::look::{ink, size};
use crate::app::model::{Command, Facet, LookCommand};
use crate::graph::{EnvironmentIndex, OwnerIndex};
use crate::inventory::{NameId, shown};
use crate::scene::region_colour;

/// So many hits of a search are listed; the palette lists more.
const MOST_HITS: usize = 12;

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
    if text.trim().is_empty() {
        return;
    }
    let [found, _] = &desk.model.found;
    let shown = found.best.get(..MOST_HITS).unwrap_or(&found.best);
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
        desk.commands.push(Command::Select(shown.first().copied()));
    }
    match found.total {
        0 => {
            note_ui(ui, desk.theme, "No credential or service has that in its name");
        }
        total if total > shown.len() => {
            note_ui(ui, desk.theme, &format!("{} of {total}; type more to narrow", shown.len()));
        }
        _ => {}
    }
    for &subject in shown {
        subject_ui(ui, desk, subject);
    }
}

fn switch_ui(ui: &mut Ui, desk: &mut Desk<'_>, facet: Facet, text: String) -> Response {
    let mut on = desk.model.session.filters.has(facet);
    let response = ui.checkbox(&mut on, RichText::new(text).size(size::NOTE));
    if response.changed() {
        desk.push(Command::Filter(facet, on));
    }
    response
}

fn switches_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    let totals = &answers.totals;
    heading_ui(ui, desk.theme, "Show");
    let hint = "Hides credentials that join nothing; every service stays";
    switch_ui(ui, desk, Facet::Unshared, "Hide unshared credentials".to_owned())
        .on_hover_text(hint);
    let text = format!("Only what shares  {}", totals.shared_credentials);
    let hint = "Shows shared credentials, and of the services those that share them";
    switch_ui(ui, desk, Facet::Shared, text).on_hover_text(hint);
    let text = format!("Only what crosses  {}", totals.cross_environment_credentials);
    let hint = "Shows credentials linked to several environments, and the services they join";
    switch_ui(ui, desk, Facet::Crossing, text).on_hover_text(hint);
}

fn environments_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let Some(answers) = desk.model.answers.clone() else { return };
    heading_ui(ui, desk.theme, "Environment");
    let mut counts: BTreeMap<EnvironmentIndex, usize> = BTreeMap::new();
    for instance in answers.graph.instances() {
        *counts.entry(instance.environment).or_default() += 1;
    }
    let mut environments: Vec<_> = (0_u32..).zip(answers.graph.environments()).collect();
    environments.sort_by_key(|(_, environment)| region_colour(environment));
    for (index, environment) in environments {
        let facet = Facet::Environment(EnvironmentIndex(index));
        let mut in_sight = !desk.model.session.filters.has(facet);
        ui.horizontal(|ui| {
            let colour = desk.theme.regions.get(region_colour(environment)).copied();
            swatch_ui(ui, ink(colour.unwrap_or(desk.theme.muted)), in_sight);
            let count = counts.get(&EnvironmentIndex(index)).copied().unwrap_or(0);
            let name = format!("{}  {count}", shown(environment.display()));
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
    let mut counts = vec![0_usize; owners.len()];
    for credential in answers.graph.credential_indices() {
        for owner in answers.graph.owners_of(credential) {
            if let Some(count) = counts.get_mut(owner.0 as usize) {
                *count += 1;
            }
        }
    }
    let counted = (0_u32..).zip(owners.iter().zip(counts));
    for (index, (owner, count)) in counted.take(MOST_VALUES) {
        let text = format!("{}  {count}", shown(owner));
        switch_ui(ui, desk, Facet::Owner(OwnerIndex(index)), text);
    }
    if owners.len() > MOST_VALUES {
        let more = owners.len() - MOST_VALUES;
        note_ui(ui, desk.theme, &format!("and {more} more owners; sort the tables by owner"));
    }
}
