//! A light that runs once along what is newly highlighted, from the holder to what is granted.

use egui::{Color32, Painter, Pos2, Stroke, Ui, pos2};

use crate::app::model::Model;
use crate::app::panels::map::state::{MapState, Question};
use crate::layout::Point;
use crate::scene::{LitWay, Picture};

/// How long it runs, in seconds.
const RUN: f64 = 0.25;

/// The same while scenes are presented: an audience has to follow.
const RUN_ON_STAGE: f64 = 0.4;

/// Along more ways than this it would be a flash.
const MOST_WAYS: usize = 60;

/// Which part of a way is bright at a time.
const PART: f32 = 0.35;

/// What is in question now.
fn question_of(model: &Model) -> Option<Question> {
    let hop = model.session.hop;
    let route = model.route.as_ref().map(|route| Question::Route(route.of, hop));
    let subject = model.selected_all().last();
    let subject = subject.map(|&own| Question::Subject(own, model.session.shows_reached_by, hop));
    route.or(model.owner.map(Question::Owner)).or(subject)
}

/// Paints the light where something was put in question a moment ago.
pub(super) fn light_ui(
    ui: &Ui,
    painter: &Painter,
    (model, colour): (&Model, Color32),
    state: &mut MapState,
) {
    let (question, is_presented) = (question_of(model), model.session.presentation.is_some());
    let now = ui.input(|input| input.time);
    if state.question != question {
        state.question = question;
        let is_seen = question.is_some() && ui.style().animation_time > 0.0;
        state.lit_since = is_seen.then_some(now);
    }
    let Some(since) = state.lit_since else { return };
    let whole = if is_presented { RUN_ON_STAGE } else { RUN };
    let share = ((now - since) / whole) as f32;
    if share >= 1.0 {
        state.lit_since = None;
        return;
    }
    ui.ctx().request_repaint();
    if let Some(drawn) = &state.drawn {
        paint(painter, drawn.painted.picture(), share, colour);
    }
}

fn paint(painter: &Painter, picture: &Picture, share: f32, colour: Color32) {
    if picture.lit_ways.len() > MOST_WAYS {
        return;
    }
    for LitWay { points, is_second } in &picture.lit_ways {
        // First to the credentials, then from them on.
        let own = 2.0 * share - f32::from(u8::from(*is_second));
        if (0.0..=1.0).contains(&own) {
            let bright = part(points, own * (1.0 + PART) - PART, own * (1.0 + PART));
            painter.line(bright, Stroke::new(3.5, colour));
        }
    }
}

/// The part of a line through corners between two shares of its length.
fn part(points: &[Point], from: f32, to: f32) -> Vec<Pos2> {
    let steps = 8_u8;
    let at = |step: u8| from + (to - from) * f32::from(step) / f32::from(steps);
    (0..=steps).filter_map(|step| along(points, at(step).clamp(0.0, 1.0))).collect()
}

/// The point at a share of the length of a line through corners.
fn along(points: &[Point], share: f32) -> Option<Pos2> {
    let sides = || points.iter().zip(points.iter().skip(1));
    let length = |(a, b): (&Point, &Point)| (b.x - a.x).hypot(b.y - a.y);
    let mut left = sides().map(length).sum::<f32>() * share;
    for (a, b) in sides() {
        let own = length((a, b));
        if left <= own {
            let way = left / own.max(1e-6);
            return Some(pos2(a.x + (b.x - a.x) * way, a.y + (b.y - a.y) * way));
        }
        left -= own;
    }
    points.last().map(|last| pos2(last.x, last.y))
}
