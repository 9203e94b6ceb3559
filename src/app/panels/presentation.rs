//! The stage: a scene with its caption, and nothing else of the window.

use std::time::Duration;

use egui::{Align, Color32, Layout, Rect, RichText, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::{PointerAid, Presentation, Reveal, Story, steps};
use crate::app::model::scene_figure::SceneFigure;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::guide::guide_ui;
use crate::app::panels::map::{MapState, map_ui};
use crate::app::panels::names::SIGN;
use crate::app::widgets::panel_context::PanelContext;
use crate::inventory::shown;
use crate::project::Scene;
use crate::scene::{Camera, Face};

/// The room at the sides, above the caption, and between the lines of the head, in points.
const SIDE: f32 = 24.0;
const ABOVE: f32 = 14.0;
const BETWEEN: f32 = 4.0;

/// How high the line at the foot is, and the bar that shows how far the presentation has got.
const FOOT: f32 = 26.0;
const BAR: f32 = 4.0;

/// How long each hop is in sight while they come by themselves, in seconds: time to read its line.
const PAUSE: f64 = 2.5;

/// How long a counter runs, in seconds.
const COUNTING: f32 = 0.9;

/// How much of what was written down stands at the foot, in letters: what is assumed keeps half of it.
const MOST_LETTERS: usize = 60;

/// The radius of the lit circle and of the dot, in points.
const SPOTLIGHT: f32 = 110.0;
const DOT: f32 = 6.0;

/// The stage; returns where the camera of the picture looks, and how large the picture is, in points.
pub(crate) fn presentation_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) -> Option<(Option<Camera>, egui::Vec2)> {
    let model = context.model;
    let own = model.session.presentation.clone()?;
    let (scene, reveal) = model.presented()?;
    let (scene, room) = (scene.clone(), ui.max_rect());
    ui.painter().rect_filled(room, 0.0, ink(context.theme.canvas));
    play_ui(ui, context, &own);
    if own.is_blank {
        ui.painter().rect_filled(room, 0.0, Color32::BLACK);
        return None;
    }
    let below = head_ui(ui, context, (&scene, reveal), &own);
    let foot = Rect::from_min_max(pos2(room.left(), room.bottom() - FOOT - BAR), room.max);
    let picture = Rect::from_min_max(pos2(room.left(), below), foot.right_top());
    let picture = match model.session.story {
        Story::Shown => guide_ui(ui, context, picture, (&own, &scene)),
        Story::NotShown | Story::Opening | Story::Seen => picture,
    };
    let builder = UiBuilder::new().id_salt("picture").max_rect(picture);
    let mut part = ui.new_child(builder);
    part.set_clip_rect(picture);
    let camera = map_ui(&mut part, context, model.views.active(), state);
    let assumed = assumption_words(state, model.picture);
    foot_ui(ui, context, (foot, assumed), (&own, &scene));
    aid_ui(ui, context, own.aid);
    Some((camera, picture.size()))
}

/// The caption, and below it the figure that belongs to the scene; returns where it ends.
fn head_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (scene, reveal): (&Scene, Reveal),
    own: &Presentation,
) -> f32 {
    let room = ui.max_rect();
    let place = Rect::from_min_max(
        pos2(room.left() + SIDE, room.top() + ABOVE),
        pos2(room.right() - SIDE, room.center().y),
    );
    let mut head = ui.new_child(UiBuilder::new().id_salt("head").max_rect(place));
    head.spacing_mut().item_spacing.y = BETWEEN;
    let text = context.theme.text;
    let caption = shown(&scene.title(own.at)).into_owned();
    let caption = RichText::new(caption).font(font(Face::Strong, size::HEADLINE)).color(ink(text));
    head.add(egui::Label::new(caption).wrap());
    let figure = context.model.scene_figure(scene, reveal);
    let words = figure.map(|figure| running_words(&head, &figure));
    // A line is kept for it, so that the picture stays where it is when the figure comes.
    let words = words.unwrap_or_else(|| " ".to_owned());
    let words = RichText::new(words).font(font(Face::Regular, size::HEADING)).color(ink(text));
    let line = head.add(egui::Label::new(words).wrap());
    head.ctx().accesskit_node_builder(line.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
    });
    head.min_rect().bottom() + BETWEEN
}

/// The words of a figure; a counter runs from what it showed before.
fn running_words(ui: &Ui, figure: &SceneFigure) -> String {
    let SceneFigure::Pairs { connected, .. } = figure else { return figure.words() };
    let time = if ui.style().animation_time > 0.0 { COUNTING } else { 0.0 };
    let id = egui::Id::unique("connected pairs on the stage");
    let now = ui.ctx().animate_value_with_time(id, *connected as f32, time);
    let is_there = (now - *connected as f32).abs() < 0.5;
    figure.words_with(if is_there { *connected } else { now.round() as u64 })
}

/// What is assumed, where one is in the presentation, and how long it has taken.
fn foot_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (foot, assumed): (Rect, String),
    (own, scene): (&Presentation, &Scene),
) {
    let count = context.model.project.scenes.len();
    let line = foot.with_max_y(foot.bottom() - BAR).shrink2(vec2(SIDE, 0.0));
    let layout = Layout::right_to_left(Align::Center);
    let builder = UiBuilder::new().id_salt("foot").max_rect(line).layout(layout);
    let mut part = ui.new_child(builder);
    part.set_clip_rect(line);
    let second = ink(context.theme.second);
    let note = |text: String| RichText::new(text).size(size::NOTE).color(second);
    part.label(note(format!("{} of {count}", own.at + 1)));
    if own.has_clock {
        part.label(note(time_words(own)));
        part.ctx().request_repaint_after(Duration::from_secs(5));
    }
    if context.model.hidden.is_some() {
        part.label(note(SIGN.to_owned()));
    }
    if let Some(words) = workshop_words(own) {
        part.label(note(words));
    }
    if own.explores {
        part.label(note("R: back to the scene".to_owned()));
    }
    if own.plays {
        part.label(note("P: stop".to_owned()));
    }
    part.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.add(egui::Label::new(note(assumed)).truncate());
    });
    let whole = steps(scene, context.model.last_hop()).max(1) as f32;
    let share = (own.at as f32 + (own.step as f32 + 1.0) / whole) / count.max(1) as f32;
    let bar = foot.with_min_y(foot.bottom() - BAR);
    ui.painter().rect_filled(bar, 0.0, ink(context.theme.line));
    let done = bar.with_max_x(bar.left() + bar.width() * share.clamp(0.0, 1.0));
    ui.painter().rect_filled(done, 0.0, ink(context.theme.accent));
}

/// What was written down last on the scene in sight, with the key that takes it back, or what was taken back.
pub(crate) fn workshop_words(own: &Presentation) -> Option<String> {
    if let Some(taken_back) = &own.taken_back {
        return Some(shortened(taken_back));
    }
    let last = own.said_last()?;
    let number = last.scene.as_ref().map_or(0, |scene| scene.number as usize);
    let words = shortened(&last.item.words());
    let added = if own.added == Some(last.number) { ", added: no file has it" } else { "" };
    (number == own.at + 1).then(|| format!("written down: {words}{added} (U: take it back)"))
}

/// The beginning of a text, as it is shown.
fn shortened(text: &str) -> String {
    let text = shown(text);
    match text.char_indices().nth(MOST_LETTERS) {
        None => text.into_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
    }
}

/// What the picture assumes, and the day as of which; nothing while it is not drawn yet.
fn assumption_words(state: &MapState, picture: u64) -> String {
    let Some(picture) = state.picture(picture) else { return String::new() };
    let furniture = &picture.furniture;
    format!("Assumed: {}; as of {}", furniture.assumptions.join("; "), furniture.as_of)
}

/// How long it has taken, and how much of the planned time is left.
pub(crate) fn time_words(own: &Presentation) -> String {
    let minutes = own.since.elapsed().as_secs() / 60;
    let planned = u64::from(own.minutes);
    match planned {
        0 => format!("{minutes} min"),
        planned if planned >= minutes => format!("{minutes} min, {} left", planned - minutes),
        planned => format!("{minutes} min, {} over", minutes - planned),
    }
}

/// Asks for the next step once the one in sight was there long enough, while they come by themselves.
fn play_ui(ui: &Ui, context: &mut PanelContext<'_>, own: &Presentation) {
    let id = egui::Id::unique("since when a step is in sight");
    if !own.plays {
        ui.data_mut(|data| data.remove::<(usize, usize, f64)>(id));
        return;
    }
    let now = ui.input(|input| input.time);
    let (at, step, since) = ui.data_mut(|data| *data.get_temp_mut_or(id, (own.at, own.step, now)));
    if (at, step) != (own.at, own.step) {
        ui.data_mut(|data| data.insert_temp(id, (own.at, own.step, now)));
        return ui.ctx().request_repaint();
    }
    let left = PAUSE - (now - since);
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    } else {
        context.push(Command::Present(PresentCommand::PlayOn));
    }
}

/// What stands at the pointer.
fn aid_ui(ui: &Ui, context: &PanelContext<'_>, aid: PointerAid) {
    let Some(at) = ui.ctx().pointer_latest_pos().filter(|_| aid != PointerAid::None) else {
        return;
    };
    let painter = ui.ctx().layer_painter(egui::LayerId::new(
        egui::Order::Foreground,
        egui::Id::unique("at the pointer"),
    ));
    match aid {
        PointerAid::None => {}
        PointerAid::Spotlight => {
            let room = ui.max_rect().size();
            let width = room.x + room.y;
            let dim = Stroke::new(width, Color32::from_black_alpha(150));
            // The stroke of a circle lies outside of it.
            painter.circle_stroke(at, SPOTLIGHT, dim);
        }
        PointerAid::LaserDot => {
            ui.ctx().set_cursor_icon(egui::CursorIcon::None);
            let colour = context.theme.severity[0];
            painter.circle_filled(at, 2.0 * DOT, ink(colour.faded(0.3)));
            painter.circle_filled(at, DOT, ink(colour));
        }
    }
}
