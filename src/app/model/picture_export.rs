//! What the active view shows, to be written as a picture.

use crate::app::model::Model;
use crate::app::work::picture_file::PictureToSave;
use crate::scene::ThemeMode;

/// How a picture is wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PictureWanted {
    /// The whole instead of what the window looks at.
    pub(crate) is_whole: bool,
    pub(crate) theme: ThemeMode,
    /// Width and height in pixels.
    pub(crate) size: (u32, u32),
    /// Pixels of a file of pixels for each of these.
    pub(crate) scale: f32,
    /// Whether a file of pixels has no background.
    pub(crate) is_transparent: bool,
}

impl Model {
    /// The picture of the active view; `None` where nothing is drawn yet.
    pub(crate) fn picture_to_save(&self, wanted: &PictureWanted) -> Option<PictureToSave> {
        let view = self.views.active();
        let data = &view.data;
        Some(PictureToSave {
            headline: self.headline()?,
            answers: self.answers.clone()?,
            map: data.map.clone()?,
            visible: data.sight.marks.clone(),
            in_regions: data.sight.in_regions.clone(),
            highlight: data.highlight.clone(),
            changes: data.changes.clone(),
            selected: data.selected.clone(),
            compromised: data.compromised.clone(),
            focused: view.spec.focused,
            camera: view.spec.camera.filter(|_| !wanted.is_whole),
            theme: wanted.theme,
            size: wanted.size,
            scale: wanted.scale,
            is_transparent: wanted.is_transparent,
        })
    }
}
