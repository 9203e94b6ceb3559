//! Where the map is looked at from: on its way to where it was asked to go, or moved by the pointer.

use egui::{Pos2, Rect, Response, Ui};

use crate::analysis::Subject;
use crate::app::model::lit_cells::lit_cells;
use crate::app::model::views::CameraRequest;
use crate::app::panels::map::drawing::{fitted, view};
use crate::app::panels::map::state::{Fit, MapState, Seen, Travel};
use crate::app::widgets::panel_context::PanelContext;
use crate::layout::Point;
use crate::scene::{
    Area, Camera, HighlightLevel, Map, area_with_regions, fitted_camera, least_zoom_into,
};

/// How much of the map what belongs to its focus covers at the top, in points.
const FOCUS_ROOM: f32 = 64.0;

/// The room round what a scene holds in sight, in scene units: its marks were near the edges already.
const HELD_ROOM: f32 = 12.0;

/// How long the camera takes to get where it was asked to go, in seconds.
const TRAVEL: f64 = 0.2;

/// The same while scenes are presented: an audience has to follow.
const TRAVEL_ON_STAGE: f64 = 0.4;

pub(super) fn area(rect: Rect) -> Area {
    Area { left: rect.left(), top: rect.top(), width: rect.width(), height: rect.height() }
}

pub(super) fn point(pos: Pos2) -> Point {
    Point { x: pos.x, y: pos.y }
}

/// Puts the camera where all is in sight, or what is lit if anything is.
pub(super) fn fit(
    (seen, what): (Seen<'_>, Fit),
    context: &PanelContext<'_>,
    viewport: Area,
    state: &mut MapState,
) -> Camera {
    let part = match what {
        Fit::All => None,
        Fit::Lit if seen.map.is_table() => lit_cells(seen.of, seen.map, context.model.selected()),
        Fit::Lit => lit_area(seen),
        Fit::InSight => area_in_sight(seen),
        Fit::Held => held_area(seen),
    };
    // What stands over the map while it has a focus covers nothing of it.
    let above =
        if seen.of.spec.part().is_some() && !seen.map.is_table() { FOCUS_ROOM } else { 0.0 };
    let room = Area { top: viewport.top + above, height: viewport.height - above, ..viewport };
    let camera = match part {
        Some(part) => {
            let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport: room };
            fitted_camera(part, &view(context, seen, anywhere), &state.fonts)
        }
        None => fitted(seen, context, room, &state.fonts),
    };
    let camera = Camera { viewport, ..camera }.panned(0.0, above / 2.0);
    state.fit = Some((what, camera));
    state.fit_with_fixes = seen.of.data.changes.is_some();
    camera
}

/// The camera in a pane that may have got another size since it was fitted, or another legend, or while it was on its
/// way there: where nobody has moved it, it is fitted anew.
pub(super) fn in_pane(
    seen: Seen<'_>,
    context: &PanelContext<'_>,
    (camera, viewport): (Camera, Area),
    state: &mut MapState,
) -> Camera {
    let fit_before = state.fit.filter(|_| fit_of(state, &camera).is_some());
    match fit_before {
        Some((what, fitted)) if state.travel.is_none() => {
            let has_fixes = seen.of.data.changes.is_some();
            if fitted.viewport == viewport && state.fit_with_fixes == has_fixes {
                return camera;
            }
            fit((seen, what), context, viewport, state)
        }
        _ => Camera { viewport, ..camera },
    }
}

/// What the camera was fitted to, if nobody has moved it since.
fn fit_of(state: &MapState, camera: &Camera) -> Option<Fit> {
    let (what, fitted) = state.fit.as_ref()?;
    let there = Camera { viewport: fitted.viewport, ..*camera };
    (there == *fitted).then_some(*what)
}

/// Where on the map something is lit.
fn lit_area(seen: Seen<'_>) -> Option<Area> {
    let highlight = seen.of.data.highlight.as_ref()?;
    let marks = 0..seen.map.marks.len() as u32;
    let lit = marks.filter(|mark| highlight.mark(*mark) > HighlightLevel::Dimmed);
    framed(seen, lit)
}

/// Whether the row or the column of what is selected lies in the pane.
fn shows_selected(context: &PanelContext<'_>, map: &Map, camera: &Camera) -> bool {
    let mark = context.model.selected().and_then(|subject| map.mark_of(subject));
    let Some(mark) = mark.and_then(|mark| map.marks.get(mark as usize)) else { return true };
    let (at, pane) = (camera.screen_from_scene(mark.at), camera.viewport);
    match mark.subject {
        Subject::Instance(_) => at.y > pane.top && at.y < pane.bottom(),
        Subject::Credential(_) => at.x > pane.left && at.x < pane.right(),
    }
}

/// Where a region of a map lies.
fn region_area(map: &Map, name: &str) -> Option<Area> {
    let region = map.regions.iter().find(|own| own.name == name)?;
    Area::around(region.shape.outline.iter().copied())
}

/// Where on the map something is in sight.
fn area_in_sight(seen: Seen<'_>) -> Option<Area> {
    let shown = (0_u32..).zip(&seen.of.data.sight.marks).filter(|(_, shown)| **shown);
    framed(seen, shown.map(|(mark, _)| mark))
}

/// Where marks lie, with some room; where nothing else is drawn, with their regions.
fn framed(seen: Seen<'_>, marks: impl Iterator<Item = u32>) -> Option<Area> {
    let at = |mark: u32| seen.map.marks.get(mark as usize).map(|own| own.at);
    let area = if seen.of.spec.focused {
        area_with_regions(seen.map, marks)
    } else {
        Area::around(marks.filter_map(at))
    };
    Some(area?.grown(60.0))
}

/// Where what a scene holds in sight lies.
fn held_area(seen: Seen<'_>) -> Option<Area> {
    let marks = seen.of.spec.held.iter().filter_map(|own| seen.map.mark_of(*own));
    let at = |mark: u32| seen.map.marks.get(mark as usize).map(|own| own.at);
    Some(Area::around(marks.filter_map(at))?.grown(HELD_ROOM))
}

/// Whether all that is highlighted lies in the pane.
fn shows_lit(seen: Seen<'_>, camera: &Camera) -> bool {
    let Some(highlight) = seen.of.data.highlight.as_ref() else { return true };
    let at = |mark: &u32| seen.map.marks.get(*mark as usize).map(|own| own.at);
    let mut lit = highlight.lit_marks().iter().filter_map(at);
    lit.all(|at| camera.viewport.holds(camera.screen_from_scene(at)))
}

/// Whether anything that was asked for lies in the pane: of what is selected, or else of what is lit.
/// What filters hide is not looked for.
fn shows_asked(seen: Seen<'_>, camera: &Camera) -> bool {
    let data = &seen.of.data;
    let lit = data.highlight.as_ref().map_or(&[][..], |own| own.lit_marks());
    let asked = if data.selected.is_empty() { lit } else { &data.selected };
    let is_shown = |mark: &&u32| data.sight.marks.get(**mark as usize) == Some(&true);
    let at = |mark: &u32| seen.map.marks.get(*mark as usize).map(|own| own.at);
    let mut asked = asked.iter().filter(is_shown).filter_map(at).peekable();
    asked.peek().is_none() || asked.any(|at| camera.viewport.holds(camera.screen_from_scene(at)))
}

/// Starts the camera on its way to where the model asks it to go; returns where it already is.
pub(super) fn start_travel(
    context: &PanelContext<'_>,
    seen: Seen<'_>,
    camera: Camera,
    state: &mut MapState,
    now: f64,
) -> Option<Camera> {
    let request = seen.of.spec.camera_request?;
    let middle = camera.viewport.centre();
    let goal = match request {
        CameraRequest::Fit if context.model.session.presentation.is_some() => {
            fit((seen, Fit::All), context, camera.viewport, state)
        }
        CameraRequest::Fit => {
            state.travel = None;
            state.has_jumped = true;
            return Some(fit((seen, Fit::All), context, camera.viewport, state));
        }
        CameraRequest::JumpToSelection => {
            state.travel = None;
            state.has_jumped = true;
            return Some(fit((seen, Fit::Lit), context, camera.viewport, state));
        }
        CameraRequest::Reveal if seen.map.is_table() => {
            if shows_selected(context, seen.map, &camera) {
                return None;
            }
            fit((seen, Fit::Lit), context, camera.viewport, state)
        }
        CameraRequest::Reveal => {
            let is_fitted = state.travel.is_some() || fit_of(state, &camera).is_some();
            let shows_it = if is_fitted { shows_lit } else { shows_asked };
            if shows_it(seen, &camera) {
                return None;
            }
            fit((seen, Fit::Lit), context, camera.viewport, state)
        }
        CameraRequest::FitSelection => {
            seen.of.data.highlight.as_ref()?;
            fit((seen, Fit::Lit), context, camera.viewport, state)
        }
        CameraRequest::FitSight => fit((seen, Fit::InSight), context, camera.viewport, state),
        CameraRequest::FitHeld => fit((seen, Fit::Held), context, camera.viewport, state),
        CameraRequest::Enter => {
            let into = seen.of.spec.inside.last()?;
            let region = into.region.as_ref().and_then(|name| region_area(seen.map, name));
            let least = least_zoom_into(seen.map, &into.extent, camera.viewport);
            let fitted =
                Camera::fit(region.unwrap_or(into.extent).grown(40.0), camera.viewport, 40.0);
            Camera { zoom: fitted.zoom.max(least), ..fitted }
        }
        CameraRequest::GoTo(before) => Camera { viewport: camera.viewport, ..before },
        CameraRequest::Zoom(factor) => camera.zoomed_at(middle, factor),
        CameraRequest::Pan(x, y) => camera.panned(x, y),
    };
    state.travel = Some(Travel { from: camera, to: goal, since: now });
    None
}

pub(super) fn travel(
    ui: &Ui,
    camera: Camera,
    context: &PanelContext<'_>,
    state: &mut MapState,
) -> Camera {
    let Some(Travel { from, to, since }) = state.travel else { return camera };
    let presents = context.model.session.presentation.is_some();
    let whole = if presents { TRAVEL_ON_STAGE } else { TRAVEL };
    let share = ((ui.input(|input| input.time) - since) / whole) as f32;
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
pub(super) struct OnMinimap {
    /// What is to come into the middle, where it is pressed.
    pub(super) goal: Option<Point>,
}

/// Whether the pointer is over the minimap or was pressed there; where it is pressed, what it points
/// at comes into the middle.
pub(super) fn over_minimap(
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

pub(super) fn pointer(
    ui: &Ui,
    response: &Response,
    (camera, scrolls): (Camera, bool),
    state: &mut MapState,
) -> Camera {
    let mut camera = camera;
    if response.dragged() && state.catch.is_none() && state.moving.is_none() {
        state.travel = None;
        let by = response.drag_delta();
        camera = camera.panned(by.x, by.y);
    }
    if let Some(at) = response.hover_pos() {
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let factor = if scrolls { pinch } else { (wheel.y / 240.0).exp2() * pinch };
        if scrolls && wheel != egui::Vec2::ZERO {
            state.travel = None;
            camera = camera.panned(wheel.x, wheel.y);
        }
        if (factor - 1.0).abs() > 1e-4 {
            state.travel = None;
            camera = camera.zoomed_at(point(at), factor);
        }
    }
    camera
}
