//! Pictures of scenes, drawn beside the window: in a window that nobody sees, over the same answers.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::command::Command;
use crate::app::model::export_what::Extent;
use crate::app::model::job_end::JobEnd;
use crate::app::model::picture_export::PictureWanted;
use crate::app::model::presentation::{Reveal, reveal, steps};
use crate::app::model::scene_showing::{show_scene, what_is_seen};
use crate::app::model::state::Model;
use crate::app::work::answers::Answers;
use crate::app::work::deck_file::ScenePage;
use crate::app::work::map_layout::SeenMap;
use crate::app::work::picture_file::PictureToSave;
use crate::inventory::{Progress, shown};
use crate::project::{Project, Scene};
use crate::scene::{Theme, ThemeMode};

/// How high the heading of a page is beside the map below it, in pixels at the usual size of type.
const HEADING: f32 = 80.0;

/// What scenes are drawn of, and how.
#[derive(Clone, Debug)]
pub(crate) struct SceneStudio {
    pub(crate) project: Project,
    /// The answers as the inventory is.
    pub(crate) answers: Arc<Answers>,
    /// The map as it was last laid out: pictures have everything where the window has it.
    pub(crate) seen: Option<SeenMap>,
    pub(crate) theme: ThemeMode,
    /// Width and height in pixels.
    pub(crate) size: (u32, u32),
}

impl SceneStudio {
    /// Every step of every scene. `None` when cancelled.
    pub(crate) fn pages(&self, progress: &Progress) -> Option<Vec<ScenePage>> {
        let mut model = self.open();
        let scenes = self.project.scenes.clone();
        progress.set_whole(scenes.len() as u64);
        let mut pages = Vec::new();
        for (at, scene) in scenes.list().iter().enumerate() {
            let seen = what_is_seen(scene);
            let mut count = 1;
            let mut step = 0;
            while step < count {
                if progress.is_cancelled() {
                    return None;
                }
                let shown_now = reveal(scene, step);
                show_scene(&mut model, &seen, shown_now);
                settle(&mut model);
                count = steps(scene, model.last_hop());
                let title = shown(&scene.title(at)).into_owned();
                let figure = model.scene_figure(scene, shown_now).map(|figure| figure.words());
                pages.extend(self.page(&model, (at, step), (title, figure)));
                step += 1;
            }
            progress.set_done(at as u64 + 1);
        }
        Some(pages)
    }

    /// A scene with all that comes of it, as a picture without a heading of its own.
    pub(crate) fn thumbnail(&self, model: &mut Model, scene: &Scene) -> Option<PictureToSave> {
        let seen = Scene { hop: None, ..what_is_seen(scene) };
        show_scene(model, &seen, Reveal { hop: None, after: scene.with_fixes });
        settle(model);
        model.scene_picture((String::new(), None), &self.wanted())
    }

    /// A window that nobody sees, with the answers in it.
    pub(crate) fn open(&self) -> Model {
        let mut model = Model::new(self.project.assumptions.as_of, Arc::new(|| {}));
        model.project = self.project.clone();
        model.seen.clone_from(&self.seen);
        let (width, height) = self.size;
        // Large type leaves less room to the map, and so does the heading above it.
        let type_size = Theme::of(self.theme).type_size;
        let high = height as f32 / type_size - HEADING;
        model.views.pane = Some([width as f32 / type_size, high]);
        model.apply(Command::Ended(JobEnd::Answered(self.answers.clone())));
        settle(&mut model);
        model
    }

    fn page(
        &self,
        model: &Model,
        (scene, step): (usize, usize),
        (title, figure): (String, Option<String>),
    ) -> Option<ScenePage> {
        let picture = model.scene_picture((title.clone(), figure.clone()), &self.wanted())?;
        Some(ScenePage { scene, step, title, figure, picture })
    }

    fn wanted(&self) -> PictureWanted {
        PictureWanted {
            extent: Extent::Whole,
            theme: self.theme,
            size: Some(self.size),
            scale: 1.0,
            is_transparent: false,
        }
    }
}

/// Waits until all is worked out that a picture shows: not what stands in tables alone.
fn settle(model: &mut Model) {
    loop {
        for kind in [JobKind::Assessment, JobKind::Plan, JobKind::Rotation, JobKind::Watch] {
            model.jobs.cancel(kind);
        }
        let ends = model.jobs.wait();
        if ends.is_empty() {
            return;
        }
        for end in ends {
            model.apply(Command::Ended(end));
        }
    }
}
