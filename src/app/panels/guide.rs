//! What the guided story says beside each scene, and the way on.

use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::{Presentation, steps};
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::strong_button_ui;
use crate::project::Scene;
use crate::scene::Face;

/// How high the guide is, and the room round its text, in points.
const HEIGHT: f32 = 78.0;
const SIDE: f32 = 24.0;
const ABOVE: f32 = 8.0;

/// How wide the buttons are together, in points.
const BUTTONS: f32 = 330.0;

/// The guide at the foot of the room for the picture; returns what it leaves.
pub(crate) fn guide_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    room: Rect,
    (own, scene): (&Presentation, &Scene),
) -> Rect {
    let bar = room.with_min_y((room.bottom() - HEIGHT).max(room.top()));
    ui.painter().rect_filled(bar, 0.0, ink(context.theme.panel));
    let inner = bar.shrink2(vec2(SIDE, ABOVE));
    let middle = (inner.right() - BUTTONS).max(inner.left());
    let (text, buttons) = (inner.with_max_x(middle - SIDE), inner.with_min_x(middle));
    let mut part = ui.new_child(UiBuilder::new().id_salt("guide").max_rect(text));
    part.set_clip_rect(text);
    let words = RichText::new(&scene.notes).font(font(Face::Regular, size::BODY));
    part.add(egui::Label::new(words.color(ink(context.theme.text))).wrap());
    let layout = Layout::right_to_left(Align::Center);
    let mut part = ui.new_child(UiBuilder::new().id_salt("ways").max_rect(buttons).layout(layout));
    let is_last_scene = own.at + 1 >= context.model.project.scenes.len();
    let is_last = is_last_scene && own.step + 1 >= steps(scene, context.model.last_hop());
    let (verb, command) = if is_last {
        ("Now with my own file", PresentCommand::Leave)
    } else {
        ("Next", PresentCommand::Next)
    };
    if strong_button_ui(&mut part, context.theme, verb).clicked() {
        context.push(Command::Present(command));
    }
    let is_first = own.at == 0 && own.step == 0;
    if part.add_enabled(!is_first, egui::Button::new("Back")).clicked() {
        context.push(Command::Present(PresentCommand::Previous));
    }
    if !is_last && part.button("Skip the story").clicked() {
        context.push(Command::Present(PresentCommand::Leave));
    }
    Rect::from_min_max(room.min, pos2(room.right(), bar.top()))
}
