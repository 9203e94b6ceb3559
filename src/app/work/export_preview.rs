//! What an export would look like: a small picture, the first rows, the first lines, or the headings.

use std::io::{self, Write};
use std::sync::Arc;

use crate::app::work::exporting::{Export, ReportToSave, TableToSave, with_rotation};
use crate::app::work::picture_file::PictureToSave;
use crate::cli::ExportForm;
use crate::export::{BLOODHOUND_FILES, Block, FirstRows, Line, Span, TableSource};
use crate::import::Fingerprinter;
use crate::inventory::{grouped, shown};

/// How large a picture is shown at most, in pixels.
const SIZE: (f32, f32) = (760.0, 520.0);

/// How many rows are shown.
const ROWS: usize = 7;

/// How many lines of a text are shown, how long each is at most in characters, and how much of a file is
/// written for them, in bytes.
const LINES: usize = 14;
const LENGTH: usize = 120;
const BYTES: usize = 4_096;

/// What an export would look like.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExportPreview {
    Picture(Arc<egui::ColorImage>),
    Rows(FirstRows),
    Lines(Vec<String>),
    /// The headline of a document, and its headings.
    Headings(Vec<String>),
    /// Why there is none.
    Nothing(String),
}

impl ExportPreview {
    /// The preview of what would be written.
    pub(crate) fn of(export: &Export) -> Self {
        match export {
            Export::Picture(picture, _) => Self::of_picture(picture),
            Export::Report(report, _) => Self::Headings(headings(report)),
            Export::Inventory(inventory, key, _) => {
                let keyed = Fingerprinter::new(key);
                Self::Rows(FirstRows::of(&TableSource::Inventory(inventory, &keyed), ROWS))
            }
            Export::Table(table) => Self::of_table(table, export),
            Export::Tasks(list, _) => {
                list.with_tasks(|source| Self::Rows(FirstRows::of(source, ROWS)))
            }
            Export::Rotation(answers, starts, _) => {
                with_rotation(answers, starts, |source| Self::Rows(FirstRows::of(source, ROWS)))
            }
            Export::BloodHound(_) => {
                Self::Lines(BLOODHOUND_FILES.iter().map(|name| (*name).to_owned()).collect())
            }
        }
    }

    fn of_picture(picture: &PictureToSave) -> Self {
        let (width, height) = picture.size;
        let scale = (SIZE.0 / width as f32).min(SIZE.1 / height as f32).min(1.0);
        let image = PictureToSave { scale, ..picture.clone() }.image();
        let size = [image.width() as usize, image.height() as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, image.as_raw());
        Self::Picture(Arc::new(image))
    }

    fn of_table(table: &TableToSave, export: &Export) -> Self {
        match table.form {
            ExportForm::Table(_) => Self::Rows(FirstRows::of(&table.source(), ROWS)),
            ExportForm::Graph(_) => Self::Lines(first_lines(export)),
        }
    }
}

/// The first lines of a file of text.
fn first_lines(export: &Export) -> Vec<String> {
    let mut first = FirstBytes(Vec::new());
    // It ends with an error where there is more.
    let is_whole = export.write(&mut first).is_ok();
    let text = String::from_utf8_lossy(&first.0);
    let short = |line: &str| shown(line).chars().take(LENGTH).collect();
    let mut lines: Vec<String> = text.lines().map(short).collect();
    if !is_whole {
        lines.pop();
    }
    lines.truncate(LINES);
    lines
}

/// Takes the first bytes that are written.
struct FirstBytes(Vec<u8>);

impl Write for FirstBytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() >= BYTES {
            return Err(io::Error::other("there is more"));
        }
        self.0.extend(bytes.iter().take(BYTES));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The headline of a report and its headings.
fn headings(report: &ReportToSave) -> Vec<String> {
    let document = report.document();
    let first = document.blocks.iter().find_map(|block| match block {
        Block::Sentence(line) => Some(words(line)),
        _ => None,
    });
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading(line) => Some(words(line)),
        Block::Sentence(_) | Block::List(_) | Block::Table(_) | Block::Curve(_) => None,
    });
    first.into_iter().chain(headings).collect()
}

fn words(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Text(words) => shown(words).into_owned(),
        Span::Figure { count, .. } => grouped(*count),
        Span::Rows(_) | Span::Bar(_) => String::new(),
    };
    line.spans.iter().map(span).collect()
}
