//! The map: paints the scene, and turns the pointer into commands.

use std::sync::Arc;

use egui::{Pos2, Rect, Response, RichText, Sense, Ui, pos2, vec2};

use crate::analysis::Subject;
use crate::app::jobs::ViewId;
use crate::app::model::Model;
use crate::app::model::command::{AnswerCommand, Command, End, LookCommand};
use crate::app::model::views::{CameraRequest, View};
use crate::app::paint::painter::{EguiMeasure, Painted};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::PanelContext;
use crate::app::panels::answers::what_if_menu::fixes_ui;
use crate::app::panels::policy::ends::pick_ui;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::graph::AccessGraph;
use crate::inventory::counted;
use crate::layout::Point;
use crate::scene::draw;
use crate::scene::{
    Area, Camera, Face, Highlight, HighlightLevel, Map, ThemeMode, View as SceneView,
};

/// How long the camera takes to get where it was asked to go, in seconds.
const TRAVEL: f64 = 0.2;

/// About this many links are drawn at most, and as many lit ones: more make one solid document, and
/// slow every frame.
const MOST_LINKS: usize = 60_000;

/// What the map remembers between frames.
#[derive(Debug, Default)]
pub(crate) struct MapState {
    travel: Option<Travel>,
    hovered: Option<u32>,
    /// How high the notes at the lower left are.
    legend_height: f32,
    drawn: Option<Drawn>,
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
    covered: Area,
    hovered: Option<u32>,
    edition: ThemeMode,
    pixels_per_point: f32,
}

#[derive(Clone, Copy, Debug)]
struct Travel {
    from: Camera,
    to: Camera,
    since: f64,
}

/// One view of the map, in the middle of the window; says where its camera looks now.
pub(crate) fn map_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    view: &View,
    state: &mut MapState,
) -> Option<Camera> {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let name = name_of(context.model, view.id);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
    let active = context.model.views.active().id == view.id;
    if !active && (response.is_pointer_button_down_on() || response.gained_focus()) {
        context.push(Command::Look(LookCommand::ToView(view.id)));
    }
    ui.painter().rect_filled(rect, 0.0, ink(context.theme.canvas));
    let (Some(map), Some(answers)) = (view.data.map.clone(), context.model.answers.clone()) else {
        let text = "The map appears here as soon as it is laid out";
        ui.put(rect, egui::Label::new(RichText::new(text).color(ink(context.theme.muted))));
        return None;
    };
    let legend = legend(ui, context, view, rect);
    state.legend_height = legend.size().y + 10.0;
    let viewport = area(rect);
    let mut camera = view.spec.camera.unwrap_or_else(|| fitted(map.extent(), viewport, state));
    camera.viewport = viewport;
    let granted = carry_out_wish(view, &map, camera, state, ui.input(|input| input.time));
    camera = granted.unwrap_or(camera);
    camera = travel(ui, camera, state);
    camera = pointer(ui, &response, camera, state);
    hover(&response, view, (&map, camera), state);
    clicks(ui, &response, context, &map, state);
    context_ui(&response, context, &answers);
    let shows = Shows {
        picture: context.model.picture,
        camera,
        covered: area(legend_place(rect, state.legend_height)),
        hovered: state.hovered,
        edition: context.model.session.edition,
        pixels_per_point: ui.ctx().pixels_per_point(),
    };
    let painter = ui.painter_at(rect);
    if state.drawn.as_ref().is_none_or(|drawn| drawn.shows != shows) {
        let picture = painted(context, view, (&map, &answers.graph), &shows, &painter);
        state.drawn = Some(Drawn { shows, painted: picture });
    }
    if let Some(drawn) = &state.drawn {
        drawn.painted.paint(&painter);
    }
    if response.has_focus() {
        let stroke = egui::Stroke::new(1.0, ink(context.theme.accent));
        painter.rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Inside);
    }
    if active && context.model.views.is_split() {
        let stroke = egui::Stroke::new(2.0, ink(context.theme.accent));
        painter.hline(rect.x_range(), rect.top() + 1.0, stroke);
    }
    let low = legend_place(rect, state.legend_height);
    painter.rect_filled(low, 0.0, ink(context.theme.canvas.faded(0.86)));
    painter.galley(low.min + vec2(12.0, 4.0), legend, ink(context.theme.muted));
    Some(camera)
}

/// What a view is called for those who cannot see it.
fn name_of(model: &Model, id: ViewId) -> &'static str {
    match model.views.left_to_right().iter().position(|view| view.id == id) {
        _ if !model.views.is_split() => "Map of credentials and services",
        Some(0) => "Left map of credentials and services",
        _ => "Right map of credentials and services",
    }
}

/// Draws the map as it is seen.
fn painted(
    context: &PanelContext<'_>,
    of: &View,
    (map, graph): (&Map, &AccessGraph),
    shows: &Shows,
    painter: &egui::Painter,
) -> Painted {
    let hover_light = shows.hovered.map(|mark| Highlight::around(map, mark));
    let selection = context.model.selection.as_ref();
    let view = SceneView {
        map,
        graph,
        camera: shows.camera,
        theme: context.theme,
        visible: &of.data.sight.marks,
        in_regions: &of.data.sight.in_regions,
        highlight: hover_light.as_ref().or(of.data.highlight.as_ref()),
        changes: of.data.changes.as_ref(),
        selected: selection.and_then(|selection| map.mark_of(selection.subject)),
        hovered: shows.hovered,
        most_links: MOST_LINKS,
        covered: shows.covered,
    };
    Painted::new(draw(&view, &EguiMeasure(painter)), shows.pixels_per_point)
}

/// A camera that shows everything above the notes.
fn fitted(content: Area, viewport: Area, state: &MapState) -> Camera {
    let low = state.legend_height.min(viewport.height / 3.0);
    let above = Area { height: viewport.height - low, ..viewport };
    let camera = Camera::fit(content, above, 28.0);
    Camera { viewport, ..camera }.panned(0.0, -low / 2.0)
}

fn area(rect: Rect) -> Area {
    Area { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

fn point(pos: Pos2) -> Point {
    Point { x: pos.x, y: pos.y }
}

/// Starts the camera on its way to where the model asks it to go.
fn carry_out_wish(
    view: &View,
    map: &Map,
    camera: Camera,
    state: &mut MapState,
    now: f64,
) -> Option<Camera> {
    let wish = view.spec.camera_request?;
    let middle = camera.viewport.centre();
    let goal = match wish {
        CameraRequest::Fit => {
            state.travel = None;
            return Some(fitted(map.extent(), camera.viewport, state));
        }
        CameraRequest::FitSelection => {
            let highlight = view.data.highlight.as_ref()?;
            let lit = (0_u32..)
                .zip(&map.marks)
                .filter(|(index, _)| highlight.mark(*index) > HighlightLevel::Dimmed)
                .map(|(_, mark)| mark.at);
            fitted(Area::around(lit)?.grown(60.0), camera.viewport, state)
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

fn hover(response: &Response, view: &View, seen: (&Map, Camera), state: &mut MapState) {
    let (map, camera) = seen;
    state.hovered = response.hover_pos().filter(|_| !response.dragged()).and_then(|at| {
        let reach = 4.0 / camera.zoom;
        map.mark_at(camera.scene_from_screen(point(at)), reach, &view.data.sight.marks)
    });
}

fn clicks(
    ui: &Ui,
    response: &Response,
    context: &mut PanelContext<'_>,
    map: &Map,
    state: &MapState,
) {
    let subject: Option<Subject> =
        state.hovered.and_then(|mark| map.marks.get(mark as usize)).map(|mark| mark.subject);
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

/// What can be done with what is selected, where the secondary button was pressed.
fn context_ui(response: &Response, context: &mut PanelContext<'_>, answers: &Answers) {
    if context.model.selected().is_none() {
        return;
    }
    response.context_menu(|ui| {
        ui.set_min_width(220.0);
        let Some(subject) = context.model.selected() else { return };
        note_ui(ui, context.theme, &answers.name(subject));
        match subject {
            Subject::Credential(at) => {
                note_ui(ui, context.theme, "What if…");
                fixes_ui(ui, context, answers, at);
            }
            Subject::Instance(at) => {
                for (text, end) in [("Paths from here", End::From), ("Paths to here", End::To)] {
                    if ui.button(text).clicked() {
                        context.push(Command::Answer(AnswerCommand::Pick(end, Some(at))));
                        ui.close();
                    }
                }
                if pick_ui(ui, context, answers, at) {
                    ui.close();
                }
            }
        }
    });
}

/// What the marks mean, in words.
const LEGEND: &str = "● service   ◎ holds for others   ◆ credential   ◇ dead   size: reach   \
                      colour: severity   → grants   ··· assumed   double edge: leads upwards";

/// What the signs of fixes mean, while some are in force.
const FIXED: &str = "\n–×– cut by a fix   –| |– parted by a fix: joins less than before   \
                     × secret gone   | something else in its place";

/// Where the notes lie, along the lower edge.
fn legend_place(rect: Rect, height: f32) -> Rect {
    Rect::from_min_max(pos2(rect.left(), rect.bottom() - height), rect.right_bottom())
}

/// What the map owes the viewer in words: what is hidden, and what the marks mean.
fn legend(ui: &Ui, context: &PanelContext<'_>, view: &View, rect: Rect) -> Arc<egui::Galley> {
    let data = &view.data;
    let (whole, left_out) = data.map.as_ref().map_or((0, 0), |map| (map.marks.len(), map.left_out));
    let shown = data.sight.marks.iter().filter(|shown| **shown).count();
    let hidden = whole - shown.min(whole);
    let said = if hidden > 0 {
        let why = if view.spec.focused { "focus, Esc leaves it" } else { "filters" };
        format!("{shown} of {whole} shown, {hidden} hidden by {why}\n")
    } else if left_out > 0 {
        let nouns = ("credential that joins nothing is", "credentials that join nothing are");
        format!("{} not drawn\n", counted(left_out, nouns.0, nouns.1))
    } else {
        String::new()
    };
    let links = data.map.as_ref().map_or(0, |map| map.links.len());
    let said = if links > MOST_LINKS {
        format!("{said}of {links} links about {MOST_LINKS} are drawn\n")
    } else {
        said
    };
    let mut job = egui::text::LayoutJob::default();
    job.wrap.max_width = (rect.width() - 24.0).max(60.0);
    let format = |colour| egui::TextFormat::simple(font(Face::Regular, size::NOTE), ink(colour));
    job.append(&said, 0.0, format(context.theme.second));
    job.append(LEGEND, 0.0, format(context.theme.muted));
    if data.changes.is_some() {
        job.append(FIXED, 0.0, format(context.theme.fixed));
    }
    ui.painter().layout_job(job)
}
