//! The window for the presenter: what to say, what comes next, and the time.

use std::time::Duration;

use egui::{RichText, Ui, vec2};

use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::{Presentation, steps};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::presentation::time_words;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui, strong_button_ui};
use crate::inventory::shown;
use crate::project::Scene;
use crate::scene::Face;

/// The room at the edge, in points.
const SIDE: f32 = 16.0;

/// How much of the width the picture of the next scene has at most, and how wide it is at most.
const SHARE: f32 = 0.4;
const WIDEST: f32 = 360.0;

/// How often the time is written anew.
const EVERY: Duration = Duration::from_secs(1);

/// Draws all of it.
pub(crate) fn presenter_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(own) = context.model.session.presentation.clone() else { return };
    let scenes = context.model.project.scenes.clone();
    let Some(scene) = scenes.get(own.at) else { return };
    ui.painter().rect_filled(ui.max_rect(), 0.0, ink(context.theme.panel));
    ui.ctx().request_repaint_after(EVERY);
    egui::Frame::new().inner_margin(SIDE).show(ui, |ui| {
        ui.set_min_size(ui.available_size());
        time_ui(ui, context, (&own, scene), scenes.len());
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let notes = shown(&scene.notes).into_owned();
            let notes = if notes.trim().is_empty() { "No notes".to_owned() } else { notes };
            let text = RichText::new(notes).font(font(Face::Regular, size::HEADING));
            ui.add(egui::Label::new(text.color(ink(context.theme.text))).wrap());
            ui.add_space(12.0);
            heading_ui(ui, context.theme, "Next");
            match scenes.get(own.at + 1) {
                Some(next) => next_ui(ui, context, (next, own.at + 1)),
                None => {
                    note_ui(ui, context.theme, "This is the last scene");
                }
            }
        });
    });
}

/// Where the presentation is, the time, and the way on.
fn time_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (own, scene): (&Presentation, &Scene),
    count: usize,
) {
    let caption = shown(&scene.title(own.at)).into_owned();
    let caption = RichText::new(caption).font(font(Face::Strong, size::HEADING));
    ui.add(egui::Label::new(caption.color(ink(context.theme.text))).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.button("Back").clicked() {
            context.push(Command::Present(PresentCommand::Previous));
        }
        if strong_button_ui(ui, context.theme, "On").clicked() {
            context.push(Command::Present(PresentCommand::Next));
        }
        let last = steps(scene, context.model.last_hop());
        let step = match last {
            1 => String::new(),
            last => format!(", step {} of {last}", own.step + 1),
        };
        let seconds = own.since.elapsed().as_secs();
        let clock = format!("{}:{:02}", seconds / 60, seconds % 60);
        let planned =
            if own.minutes > 0 { format!(" ({})", time_words(own)) } else { String::new() };
        let place = format!("Scene {} of {count}{step}; {clock}{planned}", own.at + 1);
        ui.label(RichText::new(place).color(ink(context.theme.second)));
    });
    ui.add_space(8.0);
}

/// The caption of what comes next, with its picture if that is drawn already.
fn next_ui(ui: &mut Ui, context: &PanelContext<'_>, (next, at): (&Scene, usize)) {
    note_ui(ui, context.theme, &shown(&next.title(at)));
    let Some(image) = context.model.session.thumbnails.picture(next) else { return };
    let width = (ui.available_width() * SHARE).min(WIDEST);
    let [across, down] = image.size.map(|side| side as f32);
    let id =
        egui::Id::unique(("picture of the next scene", std::sync::Arc::as_ptr(image) as usize));
    let texture = ui.data(|data| data.get_temp::<egui::TextureHandle>(id)).unwrap_or_else(|| {
        let options = egui::TextureOptions::LINEAR;
        ui.ctx().load_texture("next scene", image.clone(), options)
    });
    ui.data_mut(|data| data.insert_temp(id, texture.clone()));
    ui.image((texture.id(), vec2(width, width * down / across.max(1.0))));
}
