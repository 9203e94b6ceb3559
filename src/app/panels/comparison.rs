//! What a newer export would change, before it takes the place of the old one.

use egui::{RichText, ScrollArea, Ui, vec2};

use crate::app::model::Model;
use crate::app::model::command::{Command, ReimportCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::pages::{PAGE, page_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui, strong_button_ui};
use crate::app::work::comparison::Comparison;
use crate::export::{BY_COUNT_ALONE, DifferenceSection};
use crate::inventory::counted;
use crate::scene::Face;

/// Says that files changed on disk, and offers to read them anew.
pub(crate) fn changed_on_disk_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let changed = &context.model.changed_on_disk;
    let Some(first) = changed.first() else { return };
    let name = first.file_name().unwrap_or_default().to_string_lossy();
    let name = match &context.model.hidden {
        Some(_) => "a file of what is open".into(),
        None => crate::inventory::shown(&name),
    };
    let sentence = match changed.len() {
        1 => format!("{name} has changed on disk"),
        count => format!("{name} and {} more have changed on disk", count - 1),
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new("⚠").color(ink(context.theme.accent)));
        note_ui(ui, context.theme, &sentence);
        if ui.button("See what is different…").clicked() {
            context.push(Command::Reimport(ReimportCommand::Read));
        }
        if ui.button("Not now").clicked() {
            context.push(Command::Reimport(ReimportCommand::Keep));
        }
    });
}

/// The sheet that lies over the window while a newer export waits to be taken.
pub(crate) fn comparison_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(comparison) = context.model.comparison.clone() else { return };
    let screen = ui.ctx().content_rect();
    // What lies behind waits.
    let behind = ui.ctx().layer_painter(egui::LayerId::background());
    behind.rect_filled(screen, 0.0, ink(context.theme.canvas.faded(0.72)));
    let room = vec2((screen.width() - 120.0).min(860.0), screen.height() - 220.0);
    egui::Window::new("What the newer export changes")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size(room)
        .show(ui.ctx(), |ui| {
            let title = RichText::new("What the newer export changes");
            let title = title.font(font(Face::Strong, size::HEADING));
            ui.label(title.color(ink(context.theme.text)));
            body_ui(ui, context, &comparison);
        });
}

fn body_ui(ui: &mut Ui, context: &mut PanelContext<'_>, comparison: &Comparison) {
    let account = comparison.newer.inventory.ledger();
    let rows = format!(
        "{}: {} accepted, {} merged, {} skipped, {} rejected. What is open stays until you \
         replace it, and Undo brings it back.",
        counted(account.read() as usize, "row", "rows"),
        account.accepted,
        account.merged,
        account.skipped,
        account.rejected
    );
    note_ui(ui, context.theme, &rows);
    let list = (ui.available_height() - 48.0).max(120.0);
    ScrollArea::vertical().auto_shrink([false, false]).max_height(list).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 14.0);
        for line in &comparison.before_and_after {
            let text = RichText::new(crate::inventory::shown(line)).size(size::NOTE);
            ui.add(egui::Label::new(text.color(ink(context.theme.text))).wrap());
        }
        if comparison.is_same() {
            note_ui(ui, context.theme, "Nothing is different: no credential, service or link");
        }
        for section in comparison.sections.iter().filter(|section| section.total > 0) {
            section_ui(ui, context, section);
        }
        let none: Vec<&str> = comparison
            .sections
            .iter()
            .filter(|section| section.total == 0)
            .map(|section| {
                let [_, several] = section.what;
                several
            })
            .collect();
        if !none.is_empty() && !comparison.is_same() {
            ui.add_space(8.0);
            note_ui(ui, context.theme, &format!("No {}", none.join(", no ")));
        }
        if comparison.by_count_alone {
            note_ui(ui, context.theme, BY_COUNT_ALONE);
        }
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if strong_button_ui(ui, context.theme, "Replace what is open").clicked() {
            context.push(Command::Reimport(ReimportCommand::Replace));
        }
        if can_be_added(context.model, comparison) && ui.button("Add it instead…").clicked() {
            context.push(Command::Reimport(ReimportCommand::AddInstead));
        }
        if ui.button("Keep what is open").clicked() {
            context.push(Command::Reimport(ReimportCommand::Keep));
        }
    });
}

/// Whether it comes from other files, which can be read once more.
fn can_be_added(model: &Model, comparison: &Comparison) -> bool {
    let opening = &comparison.newer.opening;
    let open = &model.project.sources;
    opening.kept().is_some() && open.opening.is_some() && opening.names() != open.files
}

fn section_ui(ui: &mut Ui, context: &PanelContext<'_>, section: &DifferenceSection) {
    heading_ui(ui, context.theme, &section.heading());
    let [_, name] = section.what;
    let page = page_ui(ui, context.theme, name, (section.entries.len(), PAGE));
    for entry in section.entries.get(page).unwrap_or_default() {
        let text = RichText::new(&entry.text).size(size::NOTE).color(ink(context.theme.text));
        ui.add(egui::Label::new(text).wrap());
        for detail in &entry.details {
            let inset = egui::Margin { left: 16, ..egui::Margin::ZERO };
            egui::Frame::new()
                .inner_margin(inset)
                .show(ui, |ui| note_ui(ui, context.theme, detail));
        }
    }
    let more = section.total.saturating_sub(section.entries.len());
    if more > 0 {
        note_ui(ui, context.theme, &format!("and {more} more"));
    }
}
