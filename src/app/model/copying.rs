//! What the active view shows, into the clipboard.

use std::sync::Arc;

use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::export_what::Extent;
use crate::app::model::job_end::JobEnd;
use crate::app::model::picture_export::PictureWanted;
use crate::app::model::to_copy::ToCopy;

/// How many pixels a copied picture has for each point on the screen: enough for a slide.
const SCALE: f32 = 2.0;

/// Draws what the active view shows, off the drawing thread.
pub(crate) fn copy_picture(model: &mut Model) {
    let wanted = PictureWanted {
        extent: Extent::Seen,
        theme: model.session.theme_mode,
        size: None,
        scale: SCALE,
        is_transparent: false,
    };
    let Some(picture) = model.picture_to_save(&wanted) else {
        model.notice = Some("nothing is drawn yet; try again in a moment".to_owned());
        return;
    };
    model.jobs.start(JobKind::CopyPicture, move |progress| {
        let image = picture.image();
        if progress.is_cancelled() {
            return JobEnd::Cancelled;
        }
        let size = [image.width() as usize, image.height() as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, image.as_raw());
        JobEnd::PictureDrawn(Arc::new(image))
    });
}

/// Hands the picture to the window. Whether the system takes it is not reported.
pub(crate) fn take_picture(model: &mut Model, image: Arc<egui::ColorImage>) {
    let [width, height] = image.size;
    model.to_copy = Some(ToCopy::Picture(image));
    model.report_done(format!(
        "the picture, {width} × {height} pixels, was handed to the clipboard; where the system has \
         none for pictures, export it instead (Ctrl+E)"
    ));
}
