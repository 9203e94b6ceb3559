//! One view of the map, from the camera to the tooltip.

use egui::{Response, RichText, Sense, Ui};

use crate::app::commands::keys::pass_presses;
use crate::app::model::Model;
use crate::app::model::command::{Command, LookCommand};
use crate::app::model::views::View;
use crate::app::paint::style::ink;
use crate::app::panels::map::arrange::arrange_ui;
use crate::app::panels::map::camera::{
    OnMinimap, area, fit, in_pane, over_minimap, pointer, start_travel, travel,
};
use crate::app::panels::map::catch::{catch_ui, paint_catch};
use crate::app::panels::map::change::{note_change, paint_change};
use crate::app::panels::map::described::describe_groups_ui;
use crate::app::panels::map::dragging::{drag_marks, paint_moving};
use crate::app::panels::map::drawing::keep_picture;
use crate::app::panels::map::empty::empty_ui;
use crate::app::panels::map::focus::focus_ui;
use crate::app::panels::map::light::light_ui;
use crate::app::panels::map::pointer::{clicks, hovered, menu_subject, tooltip_ui};
use crate::app::panels::map::state::{Fit, MapState, Seen, Shows};
use crate::app::panels::map_description::{describe_marks_ui, last_step_ui};
use crate::app::panels::map_menu::map_menu_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::scene::{Camera, ViewKind};

/// One view of the map, in the middle of the window; returns where its camera looks now.
pub(crate) fn map_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    of: &View,
    state: &mut MapState,
) -> Option<Camera> {
    let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    let label = name_of(context.model, of);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, &label));
    let active = context.model.views.active().id == of.id;
    let presents = context.model.session.presentation.is_some();
    pass_presses(&response);
    if response.gained_focus() {
        // The arrow keys walk on the map then.
        context.push(Command::Look(LookCommand::ToMap));
    }
    if !active && (response.is_pointer_button_down_on() || response.gained_focus()) {
        context.push(Command::Look(LookCommand::ToView(of.id)));
    }
    let (Some(map), Some(answers)) = (of.data.map.clone(), context.model.answers.clone()) else {
        ui.painter().rect_filled(rect, 0.0, ink(context.theme.canvas));
        if let Some(drawn) = state.drawn.as_ref().filter(|_| presents) {
            // An audience sees the picture before until the next one is there.
            drawn.painted.paint(&ui.painter_at(rect));
            return of.spec.camera;
        }
        let text = "The map appears here as soon as it is laid out";
        ui.put(rect, egui::Label::new(RichText::new(text).color(ink(context.theme.muted))));
        return None;
    };
    state.map = Some(map.clone());
    let seen = Seen { of, map: &map, graph: &answers.graph };
    let on_minimap = over_minimap(ui, &response, context, state);
    let camera = moved_camera(ui, &response, (seen, on_minimap), context, state);
    state.hovered = hovered(&response, &map, context, state).filter(|_| on_minimap.is_none());
    if on_minimap.is_none() {
        clicks(ui, &response, (camera, seen), context, state);
    }
    let menu = menu_subject(&response, (camera, seen), context, state);
    if !presents {
        map_menu_ui(&response, context, menu);
    }
    let shows = Shows {
        picture: context.model.picture,
        camera,
        hovered: state.hovered,
        theme: context.theme.mode,
        pixels_per_point: ui.ctx().pixels_per_point(),
    };
    let has_moved = state.drawn.as_ref().is_none_or(|drawn| drawn.shows.camera != camera);
    note_change(ui, seen, state);
    if keep_picture(context, seen, shows, state) {
        ui.ctx().request_repaint();
    }
    let painter = ui.painter_at(rect);
    paint_ui(ui, &painter, (camera, seen), context, state);
    if let Some(drawn) = &state.drawn {
        describe_marks_ui(ui, context, (&response, drawn.painted.picture()), &answers);
    }
    describe_groups_ui(ui, context, (&response, camera, seen), (state, &answers));
    if has_moved && hovered(&response, &map, context, state) != state.hovered {
        // The map moved under the pointer: the next frame finds what is there now.
        ui.ctx().request_repaint();
    }
    empty_ui(ui, (rect, of), &map, context);
    around_ui(ui, (&response, camera, seen), &answers, context, state);
    Some(camera)
}

/// What stands over the picture beside it; while scenes are presented only what the pointer is on.
fn around_ui(
    ui: &mut Ui,
    (response, camera, seen): (&Response, Camera, Seen<'_>),
    answers: &Answers,
    context: &mut PanelContext<'_>,
    state: &MapState,
) {
    tooltip_ui(response.clone(), (camera, seen, answers), context, state);
    if context.model.session.presentation.is_some() {
        return;
    }
    let (of, rect) = (seen.of, response.rect);
    if let Some(drawn) = &state.drawn {
        arrange_ui(ui, of, drawn.painted.picture(), context);
    }
    focus_ui(ui, (rect, of), context, answers);
    let picture = state.drawn.as_ref().map(|drawn| drawn.painted.picture());
    last_step_ui(ui, context, (rect, of), picture);
    let active = context.model.views.active().id == of.id;
    frame_ui(&ui.painter_at(rect), context, response, active);
}

/// Paints the picture, or the way to it, and over it what is being drawn or moved.
fn paint_ui(
    ui: &Ui,
    painter: &egui::Painter,
    (camera, seen): (Camera, Seen<'_>),
    context: &PanelContext<'_>,
    state: &mut MapState,
) {
    if !paint_change(ui, painter, state)
        && let Some(drawn) = &state.drawn
    {
        drawn.painted.paint(painter);
    }
    paint_catch(painter, context, state);
    paint_moving(painter, (camera, seen), context, state);
    light_ui(ui, painter, (context.model, ink(context.theme.text)), state);
}

/// Where the camera looks now: as it was asked to, as its pane needs it, or moved by the pointer, which
/// may draw a box or a lasso instead.
fn moved_camera(
    ui: &Ui,
    response: &Response,
    (seen, on_minimap): (Seen<'_>, Option<OnMinimap>),
    context: &mut PanelContext<'_>,
    state: &mut MapState,
) -> Camera {
    let viewport = area(response.rect);
    let mut camera = match seen.of.spec.camera {
        Some(camera) => in_pane(seen, context, (camera, viewport), state),
        None => fit((seen, Fit::All), context, viewport, state),
    };
    let arrived = start_travel(context, seen, camera, state, ui.input(|input| input.time));
    camera = arrived.unwrap_or(camera);
    camera = travel(ui, camera, context, state);
    if on_minimap.is_none() || state.catch.is_some() || state.moving.is_some() {
        catch_ui(ui, response, seen, context, state);
        if context.model.session.presentation.is_none() {
            drag_marks(ui, response, (camera, seen), context, state);
        }
    }
    if let Some(OnMinimap { goal }) = on_minimap {
        return Camera { centre: goal.unwrap_or(camera.centre), ..camera };
    }
    let scrolls = seen.map.is_table() || seen.map.kind == ViewKind::Path;
    pointer(ui, response, (camera, scrolls), state)
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
fn name_of(model: &Model, of: &View) -> String {
    // Until the picture of another view is there, it is called what is seen.
    let kind = of.shown_kind().name();
    match model.views.left_to_right().iter().position(|view| view.id == of.id) {
        _ if !model.views.is_split() => format!("{kind} of credentials and services"),
        Some(0) => format!("Left {} of credentials and services", kind.to_lowercase()),
        _ => format!("Right {} of credentials and services", kind.to_lowercase()),
    }
}
