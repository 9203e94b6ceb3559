//! The map: paints the scene, and turns the pointer into commands.

use egui::{Pos2, Rect, Response, RichText, Sense, Ui};

use super::Desk;
use super::parts::note_ui;
use crate::analysis::Subject;
use crate::app::look::{ink, size};
use crate::app::model::{CameraWish, Command, LookCommand};
use crate::app::paint::{EguiMeasure, paint};
use crate::layout::Point;
use crate::scene::{Area, Camera, Emphasis, Light, Map, View, draw};

/// How long the camera takes to get where it was asked to go, in seconds.
const TRAVEL: f64 = 0.2;

/// While the picture moves, at most this many links are drawn.
const LINKS_IN_MOTION: usize = 60_000;

/// What the map remembers between frames.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct MapState {
    camera: Option<Camera>,
    travel: Option<Travel>,
    hovered: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Travel {
    from: Camera,
    to: Camera,
    since: f64,
}

/// The map in the middle of the window.
pub(in crate::app) fn map_ui(ui: &mut Ui, desk: &mut Desk<'_>, state: &mut MapState) -> bool {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Map of credentials and services")
    });
    ui.painter().rect_filled(rect, 0.0, ink(desk.theme.canvas));
    let (Some(map), Some(answers)) = (desk.model.map.clone(), desk.model.answers.clone()) else {
        state.camera = None;
        let text = "The map appears here as soon as it is laid out";
        ui.put(rect, egui::Label::new(RichText::new(text).color(ink(desk.theme.muted))));
        return false;
    };
    let viewport = area(rect);
    let mut camera = state.camera.unwrap_or_else(|| Camera::fit(map.extent(), viewport, 28.0));
    camera.viewport = viewport;
    let granted = carry_out_wish(desk, &map, camera, state, ui.input(|input| input.time));
    camera = granted.unwrap_or(camera);
    camera = travel(ui, camera, state);
    camera = pointer(ui, &response, camera, state);
    state.camera = Some(camera);
    hover(&response, desk, (&map, camera), state);
    clicks(ui, &response, desk, &map, state);
    let hover_light = state.hovered.map(|mark| Emphasis::around(&map, mark));
    let selection = desk.model.selection.as_ref();
    let moving = response.dragged() || state.travel.is_some();
    let view = View {
        map: &map,
        graph: &answers.graph,
        camera,
        theme: desk.theme,
        visible: &desk.model.lists.marks,
        emphasis: hover_light.as_ref().or_else(|| selection.and_then(|s| s.emphasis.as_ref())),
        selected: selection.and_then(|selection| map.mark_of(selection.subject)),
        hovered: state.hovered,
        most_links: if moving { LINKS_IN_MOTION } else { usize::MAX },
        covered: area(legend_place(rect)),
    };
    let painter = ui.painter_at(rect);
    let picture = draw(&view, &EguiMeasure(&painter));
    paint(&picture, &painter);
    notes(ui, desk, rect);
    desk.model.session.wish.is_some()
}

fn area(rect: Rect) -> Area {
    Area { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

fn point(pos: Pos2) -> Point {
    Point { x: pos.x, y: pos.y }
}

/// Starts the camera on its way to where the model asks it to go.
fn carry_out_wish(
    desk: &Desk<'_>,
    map: &Map,
    camera: Camera,
    state: &mut MapState,
    now: f64,
) -> Option<Camera> {
    let wish = desk.model.session.wish?;
    let middle = camera.viewport.centre();
    let goal = match wish {
        CameraWish::Fit => {
            state.travel = None;
            return Some(Camera::fit(map.extent(), camera.viewport, 28.0));
        }
        CameraWish::FitSelection => {
            let emphasis = desk.model.selection.as_ref().and_then(|s| s.emphasis.as_ref())?;
            let lit = (0_u32..)
                .zip(&map.marks)
                .filter(|(index, _)| emphasis.mark(*index) > Light::Dimmed)
                .map(|(_, mark)| mark.at);
            Camera::fit(Area::around(lit)?.grown(60.0), camera.viewport, 28.0)
        }
        CameraWish::Zoom(factor) => camera.zoomed_at(middle, factor),
        CameraWish::Pan(x, y) => camera.panned(x, y),
    };
    state.travel = Some(Travel { from: camera, to: goal, since: now });
    None
}

fn travel(ui: &Ui, camera: Camera, state: &mut MapState) -> Camera {
    let Some(Travel { from, to, since }) = state.travel else { return camera };
    let share = ((ui.input(|input| input.time) - since) / TRAVEL) as f32;
    if share >= 1.0 || ui.style().animation_time == 0.0 {
        state.travel = None;
        return Camera { viewport: camera.viewport, ..to };
    }
    ui.ctx().request_repaint();
    let eased = 1.0 - (1.0 - share) * (1.0 - share);
    Camera { viewport: camera.viewport, ..from.towards(&to, eased) }
}

fn pointer(ui: &Ui, response: &Response, camera: Camera, state: &mut MapState) -> Camera {
    let mut camera = camera;
    if response.dragged() {
        state.travel = None;
        let by = response.drag_delta();
        camera = camera.panned(by.x, by.y);
    }
    if let Some(at) = response.hover_pos() {
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        let factor = (wheel / 240.0).exp2() * pinch;
        if (factor - 1.0).abs() > 1e-4 {
            state.travel = None;
            camera = camera.zoomed_at(point(at), factor);
        }
    }
    camera
}

fn hover(response: &Response, desk: &Desk<'_>, seen: (&Map, Camera), state: &mut MapState) {
    let (map, camera) = seen;
    state.hovered = response.hover_pos().filter(|_| !response.dragged()).and_then(|at| {
        let reach = 4.0 / camera.zoom;
        map.mark_at(camera.scene_from_screen(point(at)), reach, &desk.model.lists.marks)
    });
}

fn clicks(ui: &Ui, response: &Response, desk: &mut Desk<'_>, map: &Map, state: &MapState) {
    let subject: Option<Subject> =
        state.hovered.and_then(|mark| map.marks.get(mark as usize)).map(|mark| mark.subject);
    if subject.is_some() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if response.double_clicked() && subject.is_some() {
        desk.push(Command::Select(subject));
        desk.push(Command::Look(LookCommand::Focus));
    } else if response.clicked() {
        desk.push(Command::Select(subject));
    }
}

/// Where the notes lie, at the lower left.
fn legend_place(rect: Rect) -> Rect {
    let width = 500.0_f32.min(rect.width());
    Rect::from_min_size(rect.left_bottom() - egui::vec2(0.0, 46.0), egui::vec2(width, 46.0))
}

/// What the map owes the viewer in words: what is hidden, and what the marks mean.
fn notes(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let Some(map) = desk.model.map.clone() else { return };
    let shown = desk.model.lists.marks.iter().filter(|shown| **shown).count();
    let legend =
        "● service   ◆ credential   ◇ dead   → grants   ··· assumed   double edge: leads upwards";
    let low = legend_place(rect);
    ui.painter().rect_filled(low, 0.0, ink(desk.theme.canvas.faded(0.8)));
    let low = low.shrink2(egui::vec2(12.0, 4.0));
    let mut area = ui.new_child(egui::UiBuilder::new().max_rect(low));
    if shown < map.marks.len() {
        let hidden = map.marks.len() - shown;
        let why = if desk.model.session.focused { "focus, Esc leaves it" } else { "filters" };
        let text = format!("{shown} of {} shown, {hidden} hidden by {why}", map.marks.len());
        area.label(RichText::new(text).size(size::NOTE).color(ink(desk.theme.second)));
    } else if map.left_out > 0 {
        let text = format!("{} credentials that join nothing are not drawn", map.left_out);
        area.label(RichText::new(text).size(size::NOTE).color(ink(desk.theme.second)));
    } else {
        area.add_space(18.0);
    }
    note_ui(&mut area, desk.theme, legend);
}
