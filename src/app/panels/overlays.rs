//! What lies over the window: the palette of commands and names, and the page of keys.

use egui::{Key, RichText, ScrollArea, Ui};

use super::Desk;
use super::parts::{note_ui, subject_ui};
use crate::analysis::Subject;
use crate::app::actions;
use crate::app::look::{ink, size};
use crate::app::model::{Command, LookCommand};

/// The first subjects whose name, or one of whose aliases, has the text in it; without case.
pub(super) fn hits(desk: &Desk<'_>, text: &str, most: usize) -> Vec<Subject> {
    let wanted = text.trim().to_lowercase();
    let Some(answers) = desk.model.answers.as_ref().filter(|_| !wanted.is_empty()) else {
        return Vec::new();
    };
    let graph = &answers.graph;
    let fits = |name: &str| name.to_lowercase().contains(&wanted);
    answers
        .subjects()
        .filter(|subject| match *subject {
            Subject::Instance(at) => fits(graph.service_name(at)),
            Subject::Credential(at) => {
                fits(graph.credential_name(at))
                    || graph.aliases(at).iter().any(|&id| fits(graph.inventory().text(id)))
            }
        })
        .take(most)
        .collect()
}

/// The palette: type a command's name or a thing's.
pub(in crate::app) fn palette_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    if !desk.model.session.palette {
        return;
    }
    egui::Window::new("Search or command")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_TOP, [0.0, 60.0])
        .min_width(520.0)
        .max_width(520.0)
        .show(ui.ctx(), |ui| palette_body_ui(ui, desk));
}

fn palette_body_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    let mut text = desk.model.session.search.clone();
    let field = egui::TextEdit::singleline(&mut text)
        .hint_text("Type a name or a command")
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search or command")
    });
    response.request_focus();
    if response.changed() {
        desk.push(Command::Look(LookCommand::Search(text.clone())));
    }
    let found = hits(desk, &text, 30);
    let wanted = text.trim().to_lowercase();
    let offered: Vec<&actions::Action> =
        actions::all().filter(|action| action.name.to_lowercase().contains(&wanted)).collect();
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        desk.push(Command::Look(LookCommand::Palette(false)));
        match (found.first(), offered.iter().find(|action| action.available(desk.model).is_ok())) {
            (Some(&subject), _) => desk.push(Command::Select(Some(subject))),
            (None, Some(action)) => desk.push((action.command)(desk.model)),
            (None, None) => {}
        }
    }
    ScrollArea::vertical().auto_shrink([false, true]).max_height(370.0).show(ui, |ui| {
        for &subject in &found {
            if subject_ui(ui, desk, subject).clicked() {
                desk.push(Command::Look(LookCommand::Palette(false)));
            }
        }
        for action in offered {
            offer_ui(ui, desk, action);
        }
    });
}

fn offer_ui(ui: &mut Ui, desk: &mut Desk<'_>, action: &actions::Action) {
    let available = action.available(desk.model);
    let keys = action.shortcut.map(|keys| ui.ctx().format_shortcut(&keys)).unwrap_or_default();
    let button = egui::Button::new(action.name)
        .shortcut_text(keys)
        .frame(false)
        .min_size(egui::vec2(ui.available_width(), 24.0));
    let response = ui.add_enabled(available.is_ok(), button);
    let response = match available {
        Ok(()) => response.on_hover_text(action.tooltip),
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        desk.push(Command::Look(LookCommand::Palette(false)));
        desk.push((action.command)(desk.model));
    }
}

/// The page of keys.
pub(in crate::app) fn help_ui(ui: &mut Ui, desk: &mut Desk<'_>) {
    if !desk.model.session.help {
        return;
    }
    egui::Window::new("Keys")
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([560.0, 520.0])
        .show(ui.ctx(), |ui| {
            ScrollArea::vertical().show(ui, |ui| {
                for action in actions::all() {
                    ui.horizontal(|ui| {
                        let keys = action.shortcut.map(|keys| ui.ctx().format_shortcut(&keys));
                        ui.add_sized(
                            [110.0, 20.0],
                            egui::Label::new(
                                RichText::new(keys.unwrap_or_default())
                                    .monospace()
                                    .color(ink(desk.theme.accent)),
                            ),
                        );
                        ui.label(RichText::new(action.name).size(size::BODY));
                    });
                }
                let pointer = "Wheel: zoom at the pointer. Drag: move. Click: select. Double \
                               click: focus. Hover: show what is linked.";
                note_ui(ui, desk.theme, pointer);
            });
            if ui.button("Close the page of keys").clicked() {
                desk.push(Command::Look(LookCommand::Help(false)));
            }
        });
}
