//! When the picture is drawn anew, when it is only moved, and when neither.

use std::sync::Arc;

use crate::app::paint::painter::Painted;
use crate::app::panels::map::arrange::ROOM;
use crate::app::panels::map::state::{Drawn, KeptGroups, MapState, Seen, Shows};
use crate::app::widgets::panel_context::PanelContext;
use crate::layout::Point;
use crate::scene::{
    Area, Camera, FontMetrics, Grouping, MOST_LINKS, View as SceneView, draw, draw_for_audience,
    fitted_camera, move_picture,
};

/// How far beyond the viewport the map is drawn, in pixels: so far it is moved without being drawn
/// anew.
const MARGIN: f32 = 64.0;

/// The view of the map as it is filtered and selected now, without what the pointer highlights.
pub(super) fn view<'a>(
    context: &'a PanelContext<'_>,
    seen: Seen<'a>,
    camera: Camera,
) -> SceneView<'a> {
    let Seen { of, map, graph } = seen;
    SceneView {
        map,
        graph,
        camera,
        theme: context.theme,
        visible: &of.data.sight.marks,
        in_regions: &of.data.sight.in_regions,
        highlight: of.data.highlight.as_deref(),
        changes: of.data.changes.as_ref(),
        selected: &of.data.selected,
        compromised: &of.data.compromised,
        hovered: None,
        most_links: MOST_LINKS,
        names_before: None,
        disputed: context.model.disputed.disputed(),
        grouping: None,
        routes: None,
        margin: 0.0,
        reserved: context.model.session.presentation.is_none().then_some(ROOM),
        focused: of.spec.focused,
    }
}

/// A camera that shows everything above the legend.
pub(super) fn fitted(
    seen: Seen<'_>,
    context: &PanelContext<'_>,
    viewport: Area,
    fonts: &FontMetrics,
) -> Camera {
    let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
    fitted_camera(seen.map.extent(), &view(context, seen, anywhere), fonts)
}

/// Sees to it that the picture is the one that is to be shown; says whether it will be another one
/// in the next frame, though nothing else happens until then.
pub(super) fn keep_picture(
    context: &PanelContext<'_>,
    seen: Seen<'_>,
    shows: Shows,
    state: &mut MapState,
) -> bool {
    let drawn = state.drawn.take().filter(|_| !state.has_jumped);
    let mut drawn = match drawn {
        Some(drawn) if drawn.shows == shows && drawn.is_complete => {
            state.drawn = Some(drawn);
            return false;
        }
        drawn => drawn,
    };
    // The names of a table stay at its edges when it moves.
    if !seen.map.is_table()
        && let Some(moved) = drawn.as_mut().and_then(|drawn| moved_on(drawn, &shows))
        && let Some(mut drawn) = drawn.take()
    {
        let view = view(context, seen, shows.camera);
        drawn.painted.change(|picture| move_picture(picture, &view, moved), moved);
        state.drawn = Some(Drawn { shows, is_complete: false, ..drawn });
        return true;
    }
    state.drawn = drawn;
    keep_groups(context, seen, shows.camera, state);
    // Ways depend on how large things are drawn.
    let theme = (context.theme.type_size * 100.0) as u64;
    state.routes.begin(shows.picture * 1_000 + theme, Some(context.model.ways_of_a_frame));
    let painted = painted(context, seen, &shows, state);
    let is_complete = state.routes.is_complete();
    let laid_out = seen.of.data.laid_out.clone();
    let (map, moved) = (seen.of.data.map.clone(), (0.0, 0.0));
    state.drawn = Some(Drawn { shows, painted, map, laid_out, moved, is_complete });
    state.has_jumped = false;
    !is_complete
}

/// By how much a picture is to be moved to be the one that is to be shown, if that does.
fn moved_on(drawn: &mut Drawn, shows: &Shows) -> Option<(f32, f32)> {
    let by = shows.is_moved_from(&drawn.shows)?;
    let all = (drawn.moved.0 + by.0, drawn.moved.1 + by.1);
    let is_little = all.0.abs().max(all.1.abs()) <= MARGIN && by != (0.0, 0.0);
    is_little.then(|| {
        drawn.moved = all;
        by
    })
}

/// Groups the map anew where the kept groups are of another map, of other marks or of another zoom.
fn keep_groups(context: &PanelContext<'_>, seen: Seen<'_>, camera: Camera, state: &mut MapState) {
    let data = &seen.of.data;
    let Some(map) = data.map.as_ref().filter(|_| view(context, seen, camera).needs_groups()) else {
        return;
    };
    let visible = &data.sight.marks;
    let is_kept = |kept: &KeptGroups| {
        Arc::ptr_eq(&kept.map, map) && kept.groups.is_for(camera.zoom) && kept.visible == *visible
    };
    if state.grouping.as_ref().is_some_and(is_kept) {
        return;
    }
    let is_whole = data.laid_out.as_ref().is_some_and(|own| Arc::ptr_eq(own, map))
        && visible.iter().all(|is_visible| *is_visible);
    let ready = data.groupings.iter().filter(|_| is_whole).find(|own| own.is_for(camera.zoom));
    let groups = ready.cloned();
    let groups = groups.unwrap_or_else(|| Arc::new(Grouping::new(map, visible, camera.zoom)));
    state.grouping = Some(KeptGroups { map: map.clone(), visible: visible.clone(), groups });
}

/// Draws the map as it is seen.
fn painted(context: &PanelContext<'_>, seen: Seen<'_>, shows: &Shows, state: &MapState) -> Painted {
    let view = SceneView {
        hovered: shows.hovered.and_then(|subject| seen.map.mark_of(subject)),
        names_before: state
            .picture(context.model.picture)
            .filter(|_| !state.has_jumped)
            .map(|picture| &picture.names),
        grouping: state.grouping.as_ref().map(|kept| &*kept.groups),
        routes: Some(&state.routes),
        margin: MARGIN,
        ..view(context, seen, shows.camera)
    };
    let is_presented = context.model.session.presentation.is_some();
    let draw = if is_presented { draw_for_audience } else { draw };
    Painted::new(draw(&view, &state.fonts), shows.pixels_per_point)
}
