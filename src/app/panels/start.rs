//! The start screen: recent files, sample stories, a place to drop files, a path to type.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::Story;
use crate::app::model::story::SAMPLE;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, link_ui, note_ui, strong_button_ui};
use crate::inventory::shown;
use crate::project::Opening;
use crate::scene::Face;

/// What the start screen remembers between frames.
#[derive(Clone, Debug, Default)]
pub(crate) struct StartState {
    path: String,
}

struct Sample {
    name: &'static str,
    story: &'static str,
    bytes: &'static [u8],
}

const SAMPLES: [Sample; 4] = [
    Sample {
        name: SAMPLE.0,
        story: "A small one for a talk: one CI key joins dev to prod",
        bytes: SAMPLE.1,
    },
    Sample {
        name: "payments.csv",
        story: "A payments company: four environments, shared keys, brokers, an AI provider",
        bytes: include_bytes!("../../../sample-data/payments.csv"),
    },
    Sample {
        name: "messy.csv",
        story: "A messy export with every kind of trouble",
        bytes: include_bytes!("../../../sample-data/messy.csv"),
    },
    Sample {
        name: "no-access.csv",
        story: "One that names no access: everything rests on the assumption",
        bytes: include_bytes!("../../../sample-data/no-access.csv"),
    },
];

/// The start screen.
pub(crate) fn start_ui(ui: &mut Ui, context: &mut PanelContext<'_>, state: &mut StartState) {
    let width = ui.available_width().min(640.0);
    let margin = ((ui.available_width() - width) / 2.0).max(0.0);
    ui.horizontal(|ui| {
        ui.add_space(margin);
        ui.vertical(|ui| {
            ui.set_max_width(width);
            ui.add_space((ui.available_height() * 0.12).max(12.0));
            let title = RichText::new("How far does one key reach?");
            ui.label(title.font(font(Face::Strong, size::HEADLINE)).color(ink(context.theme.text)));
            let what = "Open an inventory that says which credential belongs to which services. \
                        Nothing leaves this machine, and no secret value is kept.";
            ui.add(egui::Label::new(RichText::new(what).color(ink(context.theme.second))).wrap());
            ui.add_space(16.0);
            open_ui(ui, context, state);
            running_ui(ui, context);
            story_ui(ui, context);
            samples_ui(ui, context);
            recent_ui(ui, context);
        });
    });
}

fn open_ui(ui: &mut Ui, context: &mut PanelContext<'_>, state: &mut StartState) {
    ui.horizontal(|ui| {
        if strong_button_ui(ui, context.theme, "Open…").clicked() {
            context.push(Command::AskForFiles);
        }
        let field = egui::TextEdit::singleline(&mut state.path)
            .hint_text("or type a path and press Enter, or drop files here")
            .desired_width(430.0);
        let response = ui.add(field);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Path of an inventory")
        });
        let entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
        if response.lost_focus() && entered && !state.path.trim().is_empty() {
            context.push(Command::Open(Opening::Files(vec![state.path.trim().into()])));
        }
    });
    if let Some(notice) = &context.model.notice {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("⚠").color(ink(context.theme.severity[1])));
            ui.add(egui::Label::new(notice.as_str()).wrap());
        });
    }
}

/// What is being read; the status bar has its progress too.
fn running_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let running: Vec<_> = context.model.jobs.running().map(|(kind, _)| kind).collect();
    for kind in running {
        ui.add_space(8.0);
        note_ui(ui, context.theme, &format!("{}…", kind.doing()));
    }
}

/// The way into the guided story; after it what comes next.
fn story_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.add_space(16.0);
    let is_seen = context.model.session.story == Story::Seen;
    let (heading, verb) = if is_seen {
        ("Now with a file of your own", "Show it again")
    } else {
        ("New here?", "Show me in two minutes")
    };
    heading_ui(ui, context.theme, heading);
    if is_seen {
        let how =
            "Drop an export of your own here: CSV, JSON or Excel, whatever its columns are called.";
        note_ui(ui, context.theme, how);
    }
    ui.horizontal(|ui| {
        if ui.add_sized([190.0, 26.0], egui::Button::new(verb)).clicked() {
            context.push(Command::Present(PresentCommand::Story));
        }
        note_ui(ui, context.theme, "A guided story on a small sample; skip it whenever you like");
    });
}

fn samples_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.add_space(16.0);
    heading_ui(ui, context.theme, "Sample stories");
    for sample in &SAMPLES {
        ui.horizontal(|ui| {
            if ui.add_sized([130.0, 26.0], egui::Button::new(sample.name)).clicked() {
                let parts = vec![(sample.name.to_owned(), sample.bytes.to_vec())];
                context.push(Command::Open(Opening::Bytes(parts)));
            }
            note_ui(ui, context.theme, sample.story);
        });
    }
}

fn recent_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.add_space(16.0);
    heading_ui(ui, context.theme, "Recent files");
    let keeps = context.model.settings.keeps_recent;
    if context.model.recent.is_empty() {
        let note = if keeps {
            "Files that you open will be listed here"
        } else {
            "Files that you open are not listed"
        };
        note_ui(ui, context.theme, note);
    }
    let model = context.model;
    for (at, file) in model.recent.iter().enumerate() {
        if link_ui(ui, context.theme, &shown(&file.words())).clicked() {
            context.push(Command::OpenRecent(at));
        }
    }
}
