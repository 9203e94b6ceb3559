//! The map: paints the scene, and turns the pointer into commands.

use egui::{Pos2, Rect, Response, RichText, Sense, Ui};

use crate::analysis::Subject;
use crate::app::jobs::ViewId;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::views::{CameraRequest, View};
use crate::app::paint::painter::Painted;
use crate::app::paint::style::ink;
use crate::app::panels::map_description::{describe, describe_marks_ui};
use crate::app::panels::map_menu::map_menu_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::layout::Point;
use crate::scene::{
    Area, Camera, FontMetrics, Grouping, Highlight, HighlightLevel, Map, Picture, ThemeMode,
    View as SceneView, draw, fitted_camera,
};

/// How long the camera takes to get where it was asked to go, in seconds.
const TRAVEL: f64 = 0.2;

/// Up to this many links in sight are drawn one by one: more run into one solid area, and slow every
/// frame.
const MOST_LINKS: usize = 2_000;

/// How near to a mark or a link the pointer has to be, in pixels.
const REACH: f32 = 4.0;

/// What the map remembers between frames.
#[derive(Debug, Default)]
pub(crate) struct MapState {
    travel: Option<Travel>,
    /// The mark under the pointer.
    hovered: Option<Subject>,
    drawn: Option<Drawn>,
    /// The camera has jumped: names need not stay where they were.
    has_jumped: bool,
    /// The groups of the map, and of which picture of it.
    grouping: Option<(u64, Grouping)>,
    fonts: FontMetrics,
}

impl MapState {
    /// The picture on the screen, as long as it shows the map of the model.
    pub(crate) fn picture(&self, of: u64) -> Option<&Picture> {
        let drawn = self.drawn.as_ref().filter(|drawn| drawn.shows.picture == of);
        drawn.map(|drawn| drawn.painted.picture())
    }
}

/// The picture that was drawn last, and what it shows.
struct Drawn {
    shows: Shows,
    painted: Painted,
}

impl std::fmt::Debug for Drawn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Drawn").field("shows", &self.shows).finish_non_exhaustive()
    }
}

/// Everything on which a picture depends. As long as it stays the same nothing is drawn anew: a
/// blinking caret must not cost the drawing of a hundred thousand marks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shows {
    picture: u64,
    camera: Camera,
    hovered: Option<Subject>,
    theme: ThemeMode,
    pixels_per_point: f32,
}

#[derive(Clone, Copy, Debug)]
struct Travel {
    from: Camera,
    to: Camera,
    since: f64,
}

/// One view of the map, in the middle of the window; returns where its camera looks now.
pub(crate) fn map_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    of: &View,
    state: &mut MapState,
) -> Option<Camera> {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let label = name_of(context.model, of.id);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, label));
    let active = context.model.views.active().id == of.id;
    if !active && (response.is_pointer_button_down_on() || response.gained_focus()) {
        context.push(Command::Look(LookCommand::ToView(of.id)));
    }
    let (Some(map), Some(answers)) = (of.data.map.clone(), context.model.answers.clone()) else {
        ui.painter().rect_filled(rect, 0.0, ink(context.theme.canvas));
        let text = "The map appears here as soon as it is laid out";
        ui.put(rect, egui::Label::new(RichText::new(text).color(ink(context.theme.muted))));
        return None;
    };
    let seen = Seen { of, map: &map, graph: &answers.graph };
    let viewport = area(rect);
    let mut camera = match of.spec.camera {
        Some(camera) => Camera { viewport, ..camera },
        None => fitted(seen, context, viewport, &state.fonts),
    };
    let arrived = start_travel(context, seen, camera, state, ui.input(|input| input.time));
    camera = arrived.unwrap_or(camera);
    camera = travel(ui, camera, state);
    let on_minimap = over_minimap(ui, &response, context, state);
    camera = match on_minimap {
        Some(OnMinimap { goal }) => Camera { centre: goal.unwrap_or(camera.centre), ..camera },
        None => pointer(ui, &response, camera, state),
    };
    state.hovered = hovered(&response, context, state).filter(|_| on_minimap.is_none());
    if on_minimap.is_none() && !open_group(ui, &response, camera, context.model.picture, state) {
        clicks(ui, &response, context, state);
    }
    map_menu_ui(&response, context, &answers);
    let shows = Shows {
        picture: context.model.picture,
        camera,
        hovered: state.hovered,
        theme: context.theme.mode,
        pixels_per_point: ui.ctx().pixels_per_point(),
    };
    let has_moved = state.drawn.as_ref().is_none_or(|drawn| drawn.shows.camera != camera);
    if state.has_jumped || state.drawn.as_ref().is_none_or(|drawn| drawn.shows != shows) {
        keep_groups(context, seen, camera, state);
        let painted = painted(context, seen, &shows, state);
        state.drawn = Some(Drawn { shows, painted });
        state.has_jumped = false;
    }
    let painter = ui.painter_at(rect);
    if let Some(drawn) = &state.drawn {
        drawn.painted.paint(&painter);
        describe_marks_ui(ui, context, (&response, drawn.painted.picture()), &answers);
    }
    if has_moved && hovered(&response, context, state) != state.hovered {
        // The map moved under the pointer: the next frame finds what is there now.
        ui.ctx().request_repaint();
    }
    tooltip_ui(response.clone(), context, state, &answers);
    frame_ui(&painter, context, &response, active);
    Some(camera)
}

/// Shows which view has the keys, and which of two is the active one.
fn frame_ui(
    painter: &egui::Painter,
    context: &PanelContext<'_>,
    response: &Response,
    active: bool,
) {
    let (rect, colour) = (response.rect, ink(context.theme.accent));
    if response.has_focus() {
        painter.rect_stroke(rect, 0.0, egui::Stroke::new(1.0, colour), egui::StrokeKind::Inside);
    }
    if active && context.model.views.is_split() {
        painter.hline(rect.x_range(), rect.top() + 1.0, egui::Stroke::new(2.0, colour));
    }
}

/// What a view is called for those who cannot see it.
fn name_of(model: &Model, id: ViewId) -> &'static str {
    match model.views.left_to_right().iter().position(|view| view.id == id) {
        _ if !model.views.is_split() => "Map of credentials and services",
        Some(0) => "Left map of credentials and services",
        _ => "Right map of credentials and services",
    }
}

/// What is drawn.
#[derive(Clone, Copy)]
struct Seen<'a> {
    of: &'a View,
    map: &'a Map,
    graph: &'a AccessGraph,
}

/// The view of the map as it is filtered and selected now, without what the pointer highlights.
fn view<'a>(context: &'a PanelContext<'_>, seen: Seen<'a>, camera: Camera) -> SceneView<'a> {
    let Seen { of, map, graph } = seen;
    let selection = context.model.selection.as_ref();
    SceneView {
        map,
        graph,
        camera,
        theme: context.theme,
        visible: &of.data.sight.marks,
        in_regions: &of.data.sight.in_regions,
        highlight: of.data.highlight.as_ref(),
        changes: of.data.changes.as_ref(),
        selected: selection.and_then(|selection| map.mark_of(selection.subject)),
        hovered: None,
        most_links: MOST_LINKS,
        names_before: None,
        grouping: None,
        focused: of.spec.focused,
    }
}

/// Groups the map anew where the kept groups are of another picture or zoom.
fn keep_groups(context: &PanelContext<'_>, seen: Seen<'_>, camera: Camera, state: &mut MapState) {
    let of = context.model.picture;
    let is_kept =
        |(picture, grouping): &(u64, Grouping)| *picture == of && grouping.is_for(camera.zoom);
    if view(context, seen, camera).needs_groups() && !state.grouping.as_ref().is_some_and(is_kept) {
        let visible = &seen.of.data.sight.marks;
        state.grouping = Some((of, Grouping::new(seen.map, visible, camera.zoom)));
    }
}

/// Draws the map as it is seen.
fn painted(context: &PanelContext<'_>, seen: Seen<'_>, shows: &Shows, state: &MapState) -> Painted {
    let hovered = shows.hovered.and_then(|subject| seen.map.mark_of(subject));
    let around = hovered.map(|mark| Highlight::around(seen.map, mark));
    let view = view(context, seen, shows.camera);
    let view = SceneView {
        highlight: around.as_ref().or(view.highlight),
        hovered,
        names_before: state
            .picture(context.model.picture)
            .filter(|_| !state.has_jumped)
            .map(|picture| &picture.names),
        grouping: state.grouping.as_ref().map(|(_, grouping)| grouping),
        ..view
    };
    Painted::new(draw(&view, &state.fonts), shows.pixels_per_point)
}

/// A camera that shows everything above the legend.
fn fitted(
    seen: Seen<'_>,
    context: &PanelContext<'_>,
    viewport: Area,
    fonts: &FontMetrics,
) -> Camera {
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
    fitted_camera(seen.map.extent(), &view(context, seen, anywhere), fonts)
}

fn area(rect: Rect) -> Area {
    Area { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

fn point(pos: Pos2) -> Point {
    Point { x: pos.x, y: pos.y }
}

/// Starts the camera on its way to where the model asks it to go; returns where it already is.
fn start_travel(
    context: &PanelContext<'_>,
    seen: Seen<'_>,
    camera: Camera,
    state: &mut MapState,
    now: f64,
) -> Option<Camera> {
    let request = seen.of.spec.camera_request?;
    let middle = camera.viewport.centre();
    let goal = match request {
        CameraRequest::Fit => {
            state.travel = None;
            state.has_jumped = true;
            return Some(fitted(seen, context, camera.viewport, &state.fonts));
        }
        CameraRequest::FitSelection => {
            let highlight = seen.of.data.highlight.as_ref()?;
            let lit = (0_u32..)
                .zip(&seen.map.marks)
                .filter(|(index, _)| highlight.mark(*index) > HighlightLevel::Dimmed)
                .map(|(_, mark)| mark.at);
            let lit = Area::around(lit)?.grown(60.0);
            fitted_camera(lit, &view(context, seen, camera), &state.fonts)
        }
        CameraRequest::Zoom(factor) => camera.zoomed_at(middle, factor),
        CameraRequest::Pan(x, y) => camera.panned(x, y),
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

/// The pointer is over the minimap.
#[derive(Clone, Copy)]
struct OnMinimap {
    /// What is to come into the middle, where it is pressed.
    goal: Option<Point>,
}

/// Whether the pointer is over the minimap or was pressed there; where it is pressed, what it points
/// at comes into the middle.
fn over_minimap(
    ui: &Ui,
    response: &Response,
    context: &PanelContext<'_>,
    state: &mut MapState,
) -> Option<OnMinimap> {
    let minimap = state.picture(context.model.picture)?.minimap?;
    let (origin, now) = ui.input(|input| (input.pointer.press_origin(), input.pointer.hover_pos()));
    let pressed = response.is_pointer_button_down_on();
    let from = if pressed { origin } else { response.hover_pos() };
    from.filter(|&at| minimap.area.grown(4.0).holds(point(at)))?;
    let goal = now.filter(|_| pressed).map(|at| minimap.to_scene(point(at)));
    if goal.is_some() {
        state.travel = None;
    }
    Some(OnMinimap { goal })
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

/// The mark under the pointer, in the picture that is on the screen.
fn hovered(response: &Response, context: &PanelContext<'_>, state: &MapState) -> Option<Subject> {
    let at = response.hover_pos().filter(|_| !response.dragged())?;
    state.picture(context.model.picture)?.mark_at(point(at), REACH)
}

/// Shows what a mark or a link stands for, with its whole name, once the pointer rests on it.
fn tooltip_ui(response: Response, context: &PanelContext<'_>, state: &MapState, answers: &Answers) {
    let Some(at) = response.hover_pos().filter(|_| !response.dragged()) else { return };
    let picture = state.picture(context.model.picture);
    let Some(subject) = picture.and_then(|picture| picture.subject_at(point(at), REACH)) else {
        return;
    };
    response.on_hover_text_at_pointer(describe(answers, subject));
}

/// A click on the body of a group moves the camera to its marks; says whether there is one below
/// the pointer.
fn open_group(
    ui: &Ui,
    response: &Response,
    camera: Camera,
    picture: u64,
    state: &mut MapState,
) -> bool {
    let pointer = response.hover_pos().filter(|_| state.hovered.is_none());
    let body = pointer.and_then(|at| state.picture(picture)?.body_at(point(at)));
    let Some(body) = body else { return false };
    ui.ctx().set_cursor_icon(egui::CursorIcon::ZoomIn);
    if response.clicked() {
        let to = Camera::fit(body.extent.grown(40.0), camera.viewport, 40.0);
        let now = ui.input(|input| input.time);
        state.travel = Some(Travel { from: camera, to, since: now });
    }
    true
}

fn clicks(ui: &Ui, response: &Response, context: &mut PanelContext<'_>, state: &MapState) {
    let subject = state.hovered;
    if subject.is_some() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if response.double_clicked() && subject.is_some() {
        context.push(Command::Select(subject));
        context.push(Command::Look(LookCommand::Focus));
    } else if response.clicked() {
        context.push(Command::Select(subject));
    }
    if response.secondary_clicked() && subject.is_some() {
        context.push(Command::Select(subject));
    }
    if response.clicked() || response.dragged() {
        context.push(Command::Look(LookCommand::ToMap));
    }
}
