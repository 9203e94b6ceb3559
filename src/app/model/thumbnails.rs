//! Keeps a small picture of each scene while they are in sight.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::job_end::JobEnd;
use crate::app::model::presentation::is_same_picture;
use crate::app::model::scene_pictures::SceneStudio;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::project::Scene;

/// How large a scene is drawn, and how much smaller the picture in the list is, in pixels.
const DRAWN: (u32, u32) = (960, 600);
const LISTED: (u32, u32) = (384, 240);

/// Draws the scenes of which there is no picture, while they are listed.
pub(crate) fn follow_scenes(model: &mut Model) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let arrangement = model.project.arrangement.clone();
    let thumbnails = &mut model.session.thumbnails;
    let is_same = thumbnails
        .of
        .as_ref()
        .is_some_and(|(own, arranged)| Arc::ptr_eq(own, &answers) && *arranged == arrangement);
    if !is_same && !thumbnails.pictures.is_empty() {
        thumbnails.pictures.clear();
        thumbnails.of = None;
        model.jobs.cancel(JobKind::Thumbnails);
    }
    let scenes = &model.project.scenes;
    let thumbnails = &mut model.session.thumbnails;
    thumbnails
        .pictures
        .retain(|(own, _)| scenes.list().iter().any(|one| is_same_picture(own, one)));
    let is_listed = model.session.tab == Tab::Scenes && model.session.presentation.is_none();
    if !is_listed {
        return model.jobs.cancel(JobKind::Thumbnails);
    }
    let missing = scenes.list().iter().filter(|one| thumbnails.picture(one).is_none());
    let missing: Vec<Scene> = missing.cloned().collect();
    // The map that stays is awaited: pictures have everything where the window has it.
    let is_busy = model.jobs.running().next().is_some();
    if missing.is_empty() || is_busy || model.jobs.runs(JobKind::Thumbnails) {
        return;
    }
    thumbnails.of = Some((answers.clone(), arrangement));
    let studio = SceneStudio {
        project: model.project.clone(),
        answers,
        seen: model.seen.clone(),
        theme: model.session.theme_mode,
        size: DRAWN,
    };
    model.jobs.start(JobKind::Thumbnails, move |progress| {
        let mut hidden = studio.open();
        let mut pictures = Vec::new();
        for scene in missing {
            if progress.is_cancelled() {
                return JobEnd::Cancelled;
            }
            let picture = studio.thumbnail(&mut hidden, &scene);
            let image = picture.map(|picture| smaller(&picture.image()));
            pictures.extend(image.map(|image| (scene, Arc::new(image))));
        }
        JobEnd::ScenesDrawn(pictures)
    });
}

/// Takes pictures over that were drawn.
pub(crate) fn take_thumbnails(model: &mut Model, pictures: Vec<(Scene, Arc<egui::ColorImage>)>) {
    model.session.thumbnails.pictures.extend(pictures);
}

fn smaller(image: &image::RgbaImage) -> egui::ColorImage {
    let (width, height) = LISTED;
    let filter = image::imageops::FilterType::Triangle;
    let small = image::imageops::resize(image, width, height, filter);
    egui::ColorImage::from_rgba_unmultiplied([width as usize, height as usize], small.as_raw())
}
