//! In the inspector: what several things that are selected have together.

use egui::{RichText, Ui};

use crate::analysis::{NO_OWNER, Severity, Subject};
use crate::app::model::command::Command;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::figures::stated_beside;
use crate::app::widgets::pages::page_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    chip_ui, heading_ui, note_button_ui, note_ui, severity_ink, subject_ui,
};
use crate::app::widgets::subject_menu::entries_ui;
use crate::app::work::answers::Answers;
use crate::inventory::{counted, grouped, live_and_dead, shown};
use crate::scene::Face;

/// So many are listed on a page.
const MOST: usize = 40;

/// At most this many names stand in one line.
const MOST_NAMES: usize = 8;

/// How many are selected, their common figures, and what can be done with them.
pub(crate) fn several_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let Some(selection) = &context.model.selection else { return };
    let together = &selection.together;
    let title = format!("{} selected", grouped(selection.all.len() as u64));
    let face = font(Face::Strong, size::HEADING);
    ui.label(RichText::new(title).font(face).color(ink(context.theme.text)));
    let what = format!(
        "credentials {}, {}",
        live_and_dead(together.credentials, together.dead),
        counted(together.instances, "service", "services")
    );
    note_ui(ui, context.theme, &what);
    ui.horizontal_wrapped(|ui| {
        for (severity, count) in Severity::ALL.into_iter().zip(together.findings) {
            if count > 0 {
                let text = format!("{} {}", grouped(count as u64), severity.word());
                chip_ui(ui, context.theme, &text, severity_ink(context.theme, Some(severity)));
            }
        }
    });
    let (reached, stated) = (selection.radius.reached.len(), selection.stated.reached.len());
    let reach = format!(
        "together they reach {} of {}{}",
        grouped(reached as u64),
        counted(answers.graph.instances().len(), "instance", "instances"),
        stated_beside(reached as u64, Some(stated as u64))
    );
    ui.label(RichText::new(reach).color(ink(context.theme.second)));
    let environments = together.environments.iter();
    let environments = environments.map(|at| answers.graph.environment(*at).display());
    names_ui(ui, context, ("Environments", environments.collect()));
    let owners = together.owners.iter().map(|at| answers.graph.owner_name(*at));
    let nobody = (together.without_owner > 0).then_some(NO_OWNER);
    names_ui(ui, context, ("Owners", owners.chain(nobody).collect()));
    let selected = selection.all.clone();
    ui.menu_button(RichText::new("Do with all of them…").size(size::NOTE), |ui| {
        entries_ui(ui, context, &selected);
    });
    list_ui(ui, context, &selected);
}

/// A line of names, the first of them.
fn names_ui(ui: &mut Ui, context: &PanelContext<'_>, (what, names): (&str, Vec<&str>)) {
    let mut words: Vec<String> =
        names.iter().take(MOST_NAMES).map(|name| shown(name).into_owned()).collect();
    if names.len() > MOST_NAMES {
        words.push(format!("{} more", names.len() - MOST_NAMES));
    }
    if !words.is_empty() {
        note_ui(ui, context.theme, &format!("{what}: {}", words.join(", ")));
    }
}

/// All of them, each with the way to take it out.
fn list_ui(ui: &mut Ui, context: &mut PanelContext<'_>, selected: &[Subject]) {
    heading_ui(ui, context.theme, &format!("Selected {}", grouped(selected.len() as u64)));
    let page = page_ui(ui, context.theme, "selected", (selected.len(), MOST));
    for subject in selected.get(page).unwrap_or_default() {
        ui.horizontal(|ui| {
            let others = || selected.iter().copied().filter(|own| own != subject).collect();
            let out = note_button_ui(ui, "×");
            out.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Take it out"));
            if out.on_hover_text("Take it out of the selection").clicked() {
                context.push(Command::SelectAll(others()));
            }
            subject_ui(ui, context, *subject);
        });
    }
}
