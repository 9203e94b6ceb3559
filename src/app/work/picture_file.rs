//! What a view shows into a file: as it is seen, under a heading with what has to be read with it.

use std::cell::Cell;
use std::io::{self, Write};
use std::sync::Arc;

use crate::analysis::Disputed;
use crate::app::paint::image::image_of;
use crate::app::work::answers::Answers;
use crate::cli::PictureFormat;
use crate::export::{write_pdf, write_svg};
use crate::inventory::{AssumptionKind, grouped};
use crate::layout::Point;
use crate::scene::{
    Area, Camera, FontMetrics, Highlight, MOST_LINKS, Map, MapChanges, Names, PageSize, Picture,
    Theme, ThemeMode, TooManyRows, View, fitted_camera, is_in_frame, page, whole_camera,
};

/// What of a view goes into a picture, and how.
#[derive(Clone, Debug)]
pub(crate) struct PictureToSave {
    pub(crate) answers: Arc<Answers>,
    /// The sentence at the top.
    pub(crate) headline: String,
    /// The figure to it.
    pub(crate) figure: Option<String>,
    pub(crate) map: Arc<Map>,
    pub(crate) visible: Vec<bool>,
    pub(crate) in_regions: Vec<usize>,
    /// Where what is shown lies; the whole map without.
    pub(crate) content: Option<Area>,
    pub(crate) highlight: Option<Arc<Highlight>>,
    pub(crate) changes: Option<MapChanges>,
    pub(crate) selected: Vec<u32>,
    /// The marks of what is taken to have fallen, in order.
    pub(crate) compromised: Vec<u32>,
    pub(crate) focused: bool,
    /// Which assumptions somebody disputes, and how many assumed links.
    pub(crate) disputed: Vec<AssumptionKind>,
    pub(crate) disputed_links: usize,
    /// What the window looks at; without, all of it, or of a table as much as is legible.
    pub(crate) camera: Option<Camera>,
    /// Where the map is to be as large as in the window, with the heading added to the size, the names on the
    /// picture there: they stay where they are.
    pub(crate) names: Option<Names>,
    /// Where what is selected lies, which is in the picture where nobody looked elsewhere.
    pub(crate) asked: Option<Area>,
    /// Whether all of a table is shown too, legible or not.
    pub(crate) is_whole: bool,
    pub(crate) theme: ThemeMode,
    /// Width and height in pixels, where the map is as large as in the window without the heading.
    pub(crate) size: (u32, u32),
    /// Pixels of a file of pixels for each of these.
    pub(crate) scale: f32,
    /// Whether a file of pixels has no background.
    pub(crate) is_transparent: bool,
}

impl PictureToSave {
    /// Writes it.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub(crate) fn write(&self, format: PictureFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            PictureFormat::Svg => write_svg(&self.draw(), &self.answers.graph, "", out),
            PictureFormat::Pdf => write_pdf(&self.draw(), &self.answers.graph, out),
            PictureFormat::Png => write_png(&self.image(), out),
        }
    }

    /// The picture as pixels.
    pub(crate) fn image(&self) -> image::RgbaImage {
        image_of(self.draw(), self.scale, self.is_transparent)
    }

    /// Why there can be no such picture; nothing where there can. Costs as much as drawing it, where all of a
    /// table is wanted.
    pub(crate) fn refusal(&self) -> Option<String> {
        let TooManyRows { table, room } = self.drawn().1?;
        let [rows, columns, most_rows, most_columns] =
            [table.0, table.1, room.0, room.1].map(|count| grouped(count as u64));
        let (width, height) = self.size;
        Some(format!(
            "the whole has {rows} rows and {columns} columns, and a picture of {width} by {height} has room \
             for {most_rows} and {most_columns}"
        ))
    }

    /// The picture, drawn as at rest.
    pub(crate) fn draw(&self) -> Picture {
        self.drawn().0
    }

    /// The picture, and why it does not show the whole, where that was wanted and has no room.
    fn drawn(&self) -> (Picture, Option<TooManyRows>) {
        let too_many = Cell::new(None);
        let (width, height) = self.size;
        let area = Area { left: 0.0, top: 0.0, width: width as f32, height: height as f32 };
        let theme = Theme::of(self.theme);
        let fonts = FontMetrics::default();
        let view = |camera: Camera| View {
            map: &self.map,
            graph: &self.answers.graph,
            camera,
            theme: &theme,
            visible: &self.visible,
            in_regions: &self.in_regions,
            highlight: self.highlight.as_deref(),
            changes: self.changes.as_ref(),
            selected: &self.selected,
            compromised: &self.compromised,
            hovered: None,
            most_links: MOST_LINKS,
            grouping: None,
            routes: None,
            margin: 0.0,
            reserved: None,
            names_before: self.names.as_ref(),
            disputed: Disputed { kinds: &self.disputed, links: self.disputed_links },
            focused: self.focused,
        };
        let camera = |viewport: Area| {
            let anywhere = Camera { centre: Point::default(), zoom: 1.0, viewport };
            let Some(seen) = self.camera else {
                return self.fitted(&view(anywhere), &fonts).unwrap_or_else(|why| {
                    too_many.set(Some(why));
                    anywhere
                });
            };
            // What the window shows is in the picture, with more on two sides where its shape differs.
            let Area { width, height, .. } = seen.viewport;
            let larger = (viewport.width / width.max(1.0)).min(viewport.height / height.max(1.0));
            Camera { zoom: seen.zoom * larger, centre: seen.centre, viewport }
        };
        let of = |viewport: Area| view(camera(viewport));
        let size = if self.names.is_some() { PageSize::Map(area) } else { PageSize::Whole(area) };
        let picture = page((&self.headline, self.figure.as_deref()), size, of, &fonts);
        (picture, too_many.get())
    }

    /// Where nobody looks yet: at all of it, or at what is selected where that would lie beyond the frame.
    fn fitted(&self, view: &View<'_>, fonts: &FontMetrics) -> Result<Camera, TooManyRows> {
        if self.is_whole && self.content.is_none() {
            return whole_camera(view, fonts);
        }
        let content = self.content.unwrap_or_else(|| self.map.extent());
        let camera = fitted_camera(content, view, fonts);
        let shows = |mark: &u32| is_in_frame(&View { camera, ..*view }, *mark, fonts);
        Ok(match self.asked {
            Some(asked) if !self.selected.iter().all(shows) => fitted_camera(asked, view, fonts),
            _ => camera,
        })
    }
}

/// Writes pixels as PNG.
///
/// # Errors
/// Where `out` cannot be written: what it says, not what the encoder makes of it.
pub(crate) fn write_png(image: &image::RgbaImage, out: &mut dyn Write) -> io::Result<()> {
    let written = image.write_with_encoder(image::codecs::png::PngEncoder::new(out));
    written.map_err(|error| match error {
        image::ImageError::IoError(error) => error,
        error => io::Error::other(error),
    })
}
