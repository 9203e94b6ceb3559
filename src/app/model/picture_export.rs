//! What the active view shows, to be written as a picture.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::Model;
use crate::app::model::export_what::Extent;
use crate::app::model::lit_cells::lit_cells;
use crate::app::model::views::View;
use crate::app::work::picture_file::PictureToSave;
use crate::scene::{Area, HighlightLevel, Map, ThemeMode, area_with_regions};

/// How large a picture is that does not show what the window looks at, in pixels.
const SIZE: (u32, u32) = (1_600, 1_000);

/// The smallest picture, in pixels.
const LEAST: (f32, f32) = (320.0, 240.0);

/// How much room is left round what is selected, in scene units.
const ROOM: f32 = 60.0;

/// How a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PictureWanted {
    pub(crate) extent: Extent,
    pub(crate) theme: ThemeMode,
    /// Width and height in pixels; those of the view, or the usual ones, where none are given.
    pub(crate) size: Option<(u32, u32)>,
    /// Pixels of a file of pixels for each of these.
    pub(crate) scale: f32,
    /// Whether a file of pixels has no background.
    pub(crate) is_transparent: bool,
}

/// The marks of which a picture shows something, and where they lie.
struct Part {
    visible: Vec<bool>,
    /// How many instances are in sight in each region.
    in_regions: Vec<usize>,
    map: Arc<Map>,
    content: Option<Area>,
}

impl Model {
    /// The picture of the active view; `None` where nothing is drawn yet, or nothing is selected of what
    /// is to be shown.
    pub(crate) fn picture_to_save(&self, wanted: &PictureWanted) -> Option<PictureToSave> {
        let view = self.views.active();
        let data = &view.data;
        let Part { visible, in_regions, map, content } = match wanted.extent {
            Extent::Selected => selected_part(view)?,
            Extent::Seen | Extent::Whole => Part {
                visible: data.sight.marks.clone(),
                in_regions: data.sight.in_regions.clone(),
                map: data.map.clone()?,
                content: None,
            },
        };
        let camera = view.spec.camera.filter(|_| wanted.extent == Extent::Seen);
        let seen = camera.map(|camera| {
            let Area { width, height, .. } = camera.viewport;
            (width.max(LEAST.0) as u32, height.max(LEAST.1) as u32)
        });
        Some(PictureToSave {
            headline: self.headline()?,
            figure: self.compared_words(view),
            answers: self.answers.clone()?,
            map,
            visible,
            in_regions,
            content,
            highlight: data.highlight.clone(),
            changes: data.changes.clone(),
            selected: data.selected.clone(),
            compromised: data.compromised.clone(),
            focused: view.spec.focused || wanted.extent == Extent::Selected,
            disputed: self.project.workshop.disputed_kinds(),
            disputed_links: self.disputed_links(),
            camera,
            names: seen.filter(|_| wanted.size.is_none()).map(|_| self.views.names.clone()),
            asked: asked_area(view, self.selected()),
            is_whole: wanted.extent == Extent::Whole,
            theme: wanted.theme,
            size: wanted.size.or(seen).unwrap_or(SIZE),
            scale: wanted.scale,
            is_transparent: wanted.is_transparent,
        })
    }
}

impl Model {
    /// The picture of a scene that is on screen, under its title and its figure, as large as is wanted.
    pub(crate) fn scene_picture(
        &self,
        (title, figure): (String, Option<String>),
        wanted: &PictureWanted,
    ) -> Option<PictureToSave> {
        let view = self.views.active();
        let (map, spec) = (view.data.map.as_ref()?, &view.spec);
        let held = spec.held.iter().filter_map(|own| map.mark_of(*own));
        let in_sight = (0_u32..).zip(&view.data.sight.marks).filter(|(_, shown)| **shown);
        let marks: Vec<u32> = match (spec.held.is_empty(), spec.focused) {
            _ if map.is_table() => Vec::new(),
            (false, _) => held.collect(),
            (true, true) => in_sight.map(|(mark, _)| mark).collect(),
            (true, false) => Vec::new(),
        };
        let at = |mark: &u32| map.marks.get(*mark as usize).map(|own| own.at);
        let around = if spec.held.is_empty() {
            area_with_regions(map, marks.into_iter())
        } else {
            Area::around(marks.iter().filter_map(at))
        };
        let picture = self.picture_to_save(wanted)?;
        let content = around.map(|area| area.grown(ROOM));
        Some(PictureToSave { headline: title, figure, content, is_whole: false, ..picture })
    }
}

/// Where what is selected lies, in units of the scene.
fn asked_area(view: &View, selected: Option<Subject>) -> Option<Area> {
    let map = view.data.map.as_ref()?;
    if map.is_table() {
        return lit_cells(view, map, selected);
    }
    let marks = view.data.selected.iter();
    let at = |mark: &u32| map.marks.get(*mark as usize).map(|own| own.at);
    Some(Area::around(marks.filter_map(at))?.grown(ROOM))
}

/// What belongs to the selection, as far as it is in sight: what is lit.
fn selected_part(view: &View) -> Option<Part> {
    let data = &view.data;
    let (map, highlight) = (data.map.clone()?, data.highlight.as_ref()?);
    let is_lit = |mark: u32| highlight.mark(mark) > HighlightLevel::Dimmed;
    let visible = (0_u32..).zip(&data.sight.marks).map(|(mark, shown)| *shown && is_lit(mark));
    let visible: Vec<bool> = visible.collect();
    let mut in_regions = vec![0; map.regions.len()];
    let shown = || map.marks.iter().zip(&visible).filter(|(_, shown)| **shown);
    for (mark, _) in shown() {
        if let Some(count) = mark.region.and_then(|at| in_regions.get_mut(at as usize)) {
            *count += usize::from(matches!(mark.subject, Subject::Instance(_)));
        }
    }
    let around = Area::around(shown().map(|(mark, _)| mark.at))?;
    let base = data.base.as_ref().filter(|base| base.is_table());
    let (map, content) = match base {
        // A table leaves out the rows and columns of which nothing is shown.
        Some(base) => (Arc::new(base.closed_up(&visible)), None),
        None => (map, Some(around.grown(ROOM))),
    };
    Some(Part { visible, in_regions, map, content })
}
