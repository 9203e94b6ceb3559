//! The views of what is open: one, or two beside each other. Each has its own filters, focus and
//! camera; what is open and what is selected they share.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::jobs::ViewId;
use crate::app::model::around::Around;
use crate::app::model::filters::Filters;
use crate::app::model::sight::Visibility;
pub(crate) use crate::app::model::view_fixes::ViewFixes;
use crate::app::work::view_layout::SpreadOf;
use crate::layout::{Point, USUAL_ASPECT};
use crate::project::RotationList;
use crate::scene::{
    Area, Camera, Grouping, Highlight, Map, MapChanges, Names, RegionState, ViewKind,
};

/// How somebody looks at what is open: gone when the window closes.
#[derive(Clone, Debug, Default)]
pub(crate) struct ViewSpec {
    pub(crate) kind: ViewKind,
    pub(crate) filters: Filters,
    /// What a spread begins with; without starts, what is in question when it is laid out.
    pub(crate) spread: SpreadOf,
    /// The fixes whose changes it shows.
    pub(crate) fixes: ViewFixes,
    /// Whether what the filters leave out is dimmed on the map instead of hidden.
    pub(crate) dims: bool,
    /// Whether no credential stands out: a scene that hides the answer was shown last.
    pub(crate) hides_answer: bool,
    /// Whether only what belongs to the selection is in sight.
    pub(crate) focused: bool,
    /// Round what the focus lies; none where it leaves what is lit.
    pub(crate) around: Option<Around>,
    /// The bodies of groups into which one went, one after the other.
    pub(crate) inside: Vec<Inside>,
    /// Where it looks, once it was drawn.
    pub(crate) camera: Option<Camera>,
    /// What the camera of the scene holds in sight that was shown last.
    pub(crate) held: Vec<Subject>,
    /// Asked of the camera, carried out where the view is drawn.
    pub(crate) camera_request: Option<CameraRequest>,
}

impl ViewSpec {
    /// Leaves what only the scene asked for that was shown last.
    pub(crate) fn leave_scene(&mut self) {
        self.held.clear();
        self.hides_answer = false;
    }

    /// Leaves the focus.
    pub(crate) fn leave_focus(&mut self) {
        self.focused = false;
        self.around = None;
    }

    /// Round what alone it is laid out: a spread and paths show a part of their own.
    pub(crate) fn part(&self) -> Option<&Around> {
        self.around.as_ref().filter(|_| self.focused && self.kind.is_grouped())
    }

    /// What of it decides which picture is laid out.
    pub(crate) fn picture(&self) -> PictureSpec {
        let Self { kind, spread, focused, around, .. } = self;
        PictureSpec {
            kind: *kind,
            spread: spread.clone(),
            focused: *focused,
            around: around.clone(),
        }
    }

    /// Asks for a picture.
    pub(crate) fn set_picture(&mut self, picture: PictureSpec) {
        let PictureSpec { kind, spread, focused, around } = picture;
        (self.kind, self.spread) = (kind, spread);
        (self.focused, self.around) = (focused, around);
    }

    /// How the camera shows what a scene holds in sight, what the focus leaves, or everything where there
    /// is neither.
    pub(crate) fn fit_of_focus(&self) -> CameraRequest {
        match (self.focused, &self.around) {
            _ if !self.held.is_empty() => CameraRequest::FitHeld,
            (false, _) => CameraRequest::Fit,
            (true, None) => CameraRequest::FitSelection,
            (true, Some(_)) => CameraRequest::FitSight,
        }
    }
}

/// A body into which one went, and where one looked from before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inside {
    pub(crate) before: Camera,
    /// Where its marks lie, in scene units.
    pub(crate) extent: Area,
    /// The region that it stands for, if that is collapsed: it is open in this view as long as one is inside.
    pub(crate) region: Option<String>,
}

/// What a view is to do with its camera next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CameraRequest {
    Fit,
    FitSelection,
    /// The same without a way there: what was in sight before is something else.
    JumpToSelection,
    /// Brings all that filters and focus leave into sight.
    FitSight,
    /// Brings what a scene holds in sight there.
    FitHeld,
    /// Brings what is lit into sight where it is not; where somebody has moved the camera, only if
    /// nothing of what is selected is.
    Reveal,
    /// Goes into the last of the bodies, or to where one looked from before.
    Enter,
    GoTo(Camera),
    Zoom(f32),
    Pan(f32, f32),
}

/// What decides which picture of a view is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PictureSpec {
    pub(crate) kind: ViewKind,
    pub(crate) spread: SpreadOf,
    pub(crate) focused: bool,
    pub(crate) around: Option<Around>,
}

/// What follows from a view's spec and from what is open; rebuilt, never edited.
#[derive(Clone, Debug, Default)]
pub(crate) struct ViewData {
    pub(crate) map: Option<Arc<Map>>,
    /// What was asked for when it came to rest.
    pub(crate) shown: PictureSpec,
    /// Round what the picture was laid out that was asked for last, be it still on its way.
    pub(crate) asked_part: Option<Around>,
    /// The map as it was laid out.
    pub(crate) laid_out: Option<Arc<Map>>,
    /// The same with what is pinned in its places, and all regions open.
    pub(crate) base: Option<Arc<Map>>,
    /// Which marks the table has rows and columns for; empty where it has them for all.
    pub(crate) closed_up: Vec<bool>,
    /// The marks that are pinned, and where.
    pub(crate) pins: Vec<(u32, Point)>,
    /// The groups of the map as it was laid out at some zooms, made before it was drawn.
    pub(crate) groupings: Vec<Arc<Grouping>>,
    /// How much of each region is to be seen.
    pub(crate) regions: Vec<RegionState>,
    /// The marks of the hubs into which all is folded that hangs on them alone.
    pub(crate) folded_hubs: Vec<u32>,
    /// Whether the map is a rough one, after which the final one comes.
    pub(crate) is_rough: bool,
    /// What passes the filters, and which marks of the map are in sight.
    pub(crate) sight: Visibility,
    /// The marks of what is selected, in order.
    pub(crate) selected: Vec<u32>,
    /// The marks of what is taken to have fallen, in order.
    pub(crate) compromised: Vec<u32>,
    /// Of which list and which map they are.
    pub(crate) compromised_for: Option<Fallen>,
    /// What the selection, or the paths in question, light on the map.
    pub(crate) lit: Option<Arc<Highlight>>,
    /// The same with what the filters dim, as it is drawn.
    pub(crate) highlight: Option<Arc<Highlight>>,
    /// What the fixes in force change on the map.
    pub(crate) changes: Option<MapChanges>,
}

/// A list of what is taken to have fallen, and a map on which that is marked.
#[derive(Clone, Debug)]
pub(crate) struct Fallen {
    pub(crate) list: Arc<RotationList>,
    pub(crate) map: Arc<Map>,
}

/// One view.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) id: ViewId,
    pub(crate) spec: ViewSpec,
    pub(crate) data: ViewData,
}

impl ViewData {
    /// Lets the map be arranged anew from how it was laid out.
    pub(crate) fn forget_arranged(&mut self) {
        self.map.clone_from(&self.base);
        self.regions.clear();
        self.closed_up.clear();
    }

    /// What is shown and passes the filters, in the order of its marks.
    pub(crate) fn in_sight(&self) -> impl Iterator<Item = Subject> + '_ {
        let marks = self.map.iter().flat_map(|map| &map.marks).zip(&self.sight.marks);
        let seen = marks.filter(|(mark, shown)| **shown && self.sight.passes(mark.subject));
        seen.map(|(mark, _)| mark.subject)
    }
}

impl View {
    /// What its picture shows: until that of another kind is there, the one before.
    pub(crate) fn shown_kind(&self) -> ViewKind {
        self.data.map.as_ref().map_or(self.spec.kind, |map| map.kind)
    }
}

/// How much of a pane's width and height the regions of a map leave free, in points: the margins round the
/// map, and above and below it the names of regions and the legend.
const AROUND: [f32; 2] = [56.0, 112.0];

/// The views that are open.
#[derive(Debug, Default)]
pub(crate) struct Views {
    /// The one that the keys, the filters panel and the tables are about.
    active: View,
    other: Option<View>,
    /// The number of the view that was opened last.
    last: ViewId,
    /// Whether the two compare lists of fixes: all but these they share, the camera among it.
    pub(crate) compares: bool,
    /// How wide and how high the pane of the views is, in points, once that is known.
    pub(crate) pane: Option<[f32; 2]>,
    /// The names on the picture of the active view, as it was seen when something was asked for last.
    pub(crate) names: Names,
}

impl Views {
    pub(crate) fn active(&self) -> &View {
        &self.active
    }

    pub(crate) fn active_mut(&mut self) -> &mut View {
        &mut self.active
    }

    /// How much wider than high one view is: maps that are laid out from now on are so too.
    pub(crate) fn pane_aspect(&self) -> f32 {
        let Some([width, height]) = self.pane_of_one() else { return USUAL_ASPECT };
        let [beside, above] = AROUND;
        // A few points more or less make no other picture.
        let aspect = (width - beside).max(1.0) / (height - above).max(1.0);
        (aspect * 20.0).round() / 20.0
    }

    /// How wide and how high one view is, in points, once that is known.
    pub(crate) fn pane_of_one(&self) -> Option<[f32; 2]> {
        self.pane.map(|[wide, high]| [if self.is_split() { wide / 2.0 } else { wide }, high])
    }

    /// Whether there are two.
    pub(crate) fn is_split(&self) -> bool {
        self.other.is_some()
    }

    /// The view that is not the active one.
    pub(crate) fn other_id(&self) -> Option<ViewId> {
        self.other.as_ref().map(|view| view.id)
    }

    /// The views from left to right: in the order in which they were opened.
    pub(crate) fn left_to_right(&self) -> Vec<&View> {
        let mut views: Vec<&View> = self.iter().collect();
        views.sort_unstable_by_key(|view| view.id);
        views
    }

    /// The active view, then the other one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &View> {
        std::iter::once(&self.active).chain(&self.other)
    }

    /// The active view, then the other one.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut View> {
        std::iter::once(&mut self.active).chain(&mut self.other)
    }

    /// Notes where the views look, once they were drawn. Says whether one of them is to follow the other,
    /// so that it has to be drawn again.
    pub(crate) fn set_cameras(&mut self, seen: Vec<(ViewId, Option<Camera>)>) -> bool {
        let other = self.other.as_ref().and_then(|other| other.spec.camera);
        let before = (self.active.spec.camera, other);
        for (id, camera) in seen {
            self.set_camera(id, camera);
        }
        self.compares && self.join_cameras(before)
    }

    /// Lets both views look at the same: at what the one shows that was moved; where both were, as to show
    /// all that there is, at what the one shows that has the least room for it beside its legend. Says
    /// whether one of them looked elsewhere.
    fn join_cameras(&mut self, before: (Option<Camera>, Option<Camera>)) -> bool {
        let looks = |camera: &Camera| (camera.centre, camera.zoom);
        let has_moved = |before: Option<Camera>, now: &Camera| {
            before.is_none_or(|before| looks(&before) != looks(now))
        };
        let Some(other) = &mut self.other else { return false };
        let (Some(own), Some(beside)) = (&mut self.active.spec.camera, &mut other.spec.camera)
        else {
            return false;
        };
        if looks(own) == looks(beside) {
            return false;
        }
        let other_leads = match (has_moved(before.0, own), has_moved(before.1, beside)) {
            (true, true) => beside.zoom < own.zoom,
            (false, moved) => moved,
            (true, false) => false,
        };
        if other_leads {
            (own.centre, own.zoom) = (beside.centre, beside.zoom);
        } else {
            (beside.centre, beside.zoom) = (own.centre, own.zoom);
        }
        true
    }

    /// Notes where a view looks, once it was drawn: what was asked of its camera is under way.
    pub(crate) fn set_camera(&mut self, id: ViewId, camera: Option<Camera>) {
        if let Some(view) = self.get_mut(id) {
            view.spec.camera = camera;
            // Without a map nothing could be carried out.
            if camera.is_some() && view.data.map.is_some() {
                view.spec.camera_request = None;
            }
        }
    }

    /// A view that is still open.
    pub(crate) fn get_mut(&mut self, id: ViewId) -> Option<&mut View> {
        self.iter_mut().find(|view| view.id == id)
    }

    pub(crate) fn ids(&self) -> Vec<ViewId> {
        self.iter().map(|view| view.id).collect()
    }

    /// Opens a second view beside the active one, which looks at the same at first, and makes it
    /// the active one. Does nothing where there are two already.
    pub(crate) fn split(&mut self) {
        if self.is_split() {
            return;
        }
        self.last = self.last.next();
        let mut new = View { id: self.last, ..self.active.clone() };
        std::mem::swap(&mut self.active, &mut new);
        self.other = Some(new);
        for view in self.iter_mut() {
            // Each has only half of the room now.
            view.spec.camera_request = Some(view.spec.fit_of_focus());
        }
    }

    /// Closes the view that is not the active one, and returns it.
    pub(crate) fn close_other(&mut self) -> Option<View> {
        self.stop_comparing();
        self.other.take()
    }

    /// Lets each view be for itself, and show what the what-if list changes.
    pub(crate) fn stop_comparing(&mut self) {
        self.compares = false;
        for view in self.iter_mut() {
            view.spec.fixes = ViewFixes::default();
        }
    }

    /// Makes an open view the active one; says whether it was not.
    pub(crate) fn activate(&mut self, id: ViewId) -> bool {
        match &mut self.other {
            Some(other) if other.id == id => {
                std::mem::swap(&mut self.active, other);
                true
            }
            _ => false,
        }
    }
}
