//! What leaves the window as a file.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::app::work::picture_file::PictureToSave;
use crate::cli::{OutputFormat, PictureFormat};
use crate::export::{
    Answered, DocumentFormat, FindingWork, report_document, report_picture, write_document,
    write_html, write_inventory, write_report,
};
use crate::import::{FingerprintKey, Fingerprinter};
use crate::inventory::Inventory;
use crate::project::{FindingRegister, Notes, Standings};

/// What is written, all of it at hand.
#[derive(Clone, Debug)]
pub(crate) enum Export {
    /// What a view shows.
    Picture(Box<PictureToSave>, PictureFormat),
    /// All answers.
    Report(Box<ReportToSave>, OutputFormat),
    /// The rows, without values.
    Inventory(Arc<Inventory>, FingerprintKey),
}

/// All answers, and what is known of their findings.
#[derive(Clone, Debug)]
pub(crate) struct ReportToSave {
    pub(crate) answers: Arc<Answers>,
    pub(crate) assessed: Arc<AssessedAnswers>,
    pub(crate) standings: Arc<Standings>,
    pub(crate) register: Arc<FindingRegister>,
    pub(crate) notes: Arc<Notes>,
}

impl ReportToSave {
    fn write(&self, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
        let Self { answers, assessed, standings, register, notes } = self;
        let work = Some(FindingWork { standings, register, notes });
        let assessment = &assessed.assessment;
        let answered = Answered { answers, assessment, full: false, work };
        match format.of_document() {
            None => write_report(&answered, out),
            Some(DocumentFormat::Html) => {
                let picture = report_picture(answers, assessment);
                write_html(&report_document(&answered), picture.as_deref(), out)
            }
            Some(form) => write_document(form, &report_document(&answered), out),
        }
    }
}

impl Export {
    /// Writes it whole or not at all; says where it is.
    ///
    /// # Errors
    /// A sentence where it cannot be written.
    pub(crate) fn write_to(&self, path: &Path) -> Result<String, String> {
        let what = match self {
            Self::Picture(..) => "the picture",
            Self::Report(..) => "the report",
            Self::Inventory(..) => "the inventory",
        };
        match crate::cli::write_whole(path, |out| self.write(out)) {
            Ok(()) => Ok(format!("Written: {what}, {}", path.display())),
            Err(error) => Err(crate::cli::not_written(what, &error, path)),
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Picture(picture, format) => picture.write(*format, out),
            Self::Inventory(inventory, key) => {
                write_inventory(inventory, &Fingerprinter::new(key), out)
            }
            Self::Report(report, format) => report.write(*format, out),
        }
    }
}
