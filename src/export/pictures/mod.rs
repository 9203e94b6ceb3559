//! A finished picture into files that others draw: as they see it here, letter for letter.

mod subject_words;
mod svg;
mod pdf;
mod report_picture;

pub(super) use pdf::draw_picture;
pub use pdf::write_pdf;
pub(super) use pdf::write_pdf_pages;
pub use report_picture::{ReportPicture, report_picture, report_picture_svg};
pub use svg::write_svg;
