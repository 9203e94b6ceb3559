//! What leaves the window as a file.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use crate::analysis::{Disputed, Finding, Starts, rotation};
use crate::app::work::answers::Answers;
use crate::app::work::assessment::AssessedAnswers;
use crate::app::work::picture_file::PictureToSave;
use crate::cli::{BloodhoundNotWritten, ExportForm, OutputFormat, PictureFormat};
use crate::export::{
    Answered, AnsweredRotation, AnsweredTasks, Document, DocumentFormat, ExportTable, FindingWork,
    GraphPart, ReportPart, TableFileFormat, TableSource, add_glossary, bloodhound_files,
    report_document_of, report_picture, report_picture_svg, write_document, write_document_pdf,
    write_graph, write_html, write_report, write_table,
};
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::import::{FingerprintKey, Fingerprinter};
use crate::inventory::{Inventory, Progress, counted};
use crate::project::{FindingRegister, Fixes, Notes, Standings, Workshop, fixes_in_force, tasks};

/// What is written, all of it at hand.
#[derive(Clone, Debug)]
pub(crate) enum Export {
    /// What a view shows.
    Picture(Box<PictureToSave>, PictureFormat),
    /// All answers.
    Report(Box<ReportToSave>, OutputFormat),
    /// The rows, without values.
    Inventory(Arc<Inventory>, FingerprintKey, TableFileFormat),
    /// An answer as a table, or the graph.
    Table(Box<TableToSave>),
    /// The tasks of a list of fixes.
    Tasks(Box<FixesToSave>, TableFileFormat),
    /// The order in which to replace what has fallen.
    Rotation(Arc<Answers>, Starts, TableFileFormat),
    /// The folder that BloodHound takes.
    BloodHound(Arc<Answers>),
}

/// A list of fixes whose tasks are written.
#[derive(Clone, Debug)]
pub(crate) struct FixesToSave {
    /// The answers without them.
    pub(crate) answers: Arc<Answers>,
    /// What the list is called.
    pub(crate) name: &'static str,
    pub(crate) fixes: Fixes,
}

impl FixesToSave {
    /// Gives their tasks; costs what the answers with the fixes cost.
    pub(super) fn with_tasks<T>(&self, give: impl FnOnce(&TableSource<'_>) -> T) -> T {
        let Self { answers, name, fixes } = self;
        let (made, not_made) = fixes_in_force(&answers.graph, fixes);
        // Nobody holds the handle by which it could be cancelled.
        let found = tasks(answers, &made, &Progress::default()).unwrap_or_default();
        let answered = AnsweredTasks { answers, name, tasks: &found, not_made: &not_made };
        give(&TableSource::Tasks(answered))
    }
}

/// Gives the order of rotation of what has fallen.
pub(super) fn with_rotation<T>(
    answers: &Answers,
    starts: &Starts,
    give: impl FnOnce(&TableSource<'_>) -> T,
) -> T {
    let rotation = rotation(&answers.graph, starts);
    give(&TableSource::Rotation(AnsweredRotation {
        graph: &answers.graph,
        starts,
        rotation: &rotation,
    }))
}

/// An answer as a table, or the graph, with all that it is made from.
#[derive(Clone, Debug)]
pub(crate) struct TableToSave {
    pub(crate) table: ExportTable,
    pub(crate) form: ExportForm,
    pub(crate) answers: Arc<Answers>,
    pub(crate) assessed: Arc<AssessedAnswers>,
    /// How the findings stand, as far as it is known.
    pub(crate) work: Option<WorkToSave>,
    /// What alone is wanted, where not all is.
    pub(crate) only: Option<LeftRows>,
}

/// What is known of findings beside the answers.
#[derive(Clone, Debug)]
pub(crate) struct WorkToSave {
    pub(crate) standings: Arc<Standings>,
    pub(crate) register: Arc<FindingRegister>,
    pub(crate) notes: Arc<Notes>,
}

impl WorkToSave {
    fn work(&self) -> FindingWork<'_> {
        let Self { standings, register, notes } = self;
        FindingWork { standings, register, notes }
    }
}

/// What filters leave.
#[derive(Clone, Debug)]
pub(crate) struct LeftRows {
    pub(crate) findings: Vec<Finding>,
    pub(crate) credentials: Vec<CredentialIndex>,
    pub(crate) instances: Vec<InstanceIndex>,
}

impl LeftRows {
    /// How many rows of a table are left.
    pub(crate) fn rows(&self, table: ExportTable) -> usize {
        match table {
            ExportTable::Credentials => self.credentials.len(),
            ExportTable::Services => self.instances.len(),
            ExportTable::Findings
            | ExportTable::Inventory
            | ExportTable::Paths
            | ExportTable::Plan
            | ExportTable::Rotation
            | ExportTable::Owners
            | ExportTable::Tasks => self.findings.len(),
        }
    }
}

impl TableToSave {
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self.form {
            ExportForm::Table(format) => write_table(format, &self.source(), out),
            ExportForm::Graph(format) => {
                let part = match self.table {
                    ExportTable::Paths => GraphPart::Paths(&self.assessed.assessment.paths),
                    _ => GraphPart::Whole,
                };
                write_graph(format, &self.answers, part, out)
            }
        }
    }

    /// What its rows are made from.
    pub(super) fn source(&self) -> TableSource<'_> {
        let (answers, assessment) = (&self.answers, &self.assessed.assessment);
        let answered = Answered {
            answers,
            assessment,
            full: true,
            work: self.work.as_ref().map(WorkToSave::work),
            // No table has a word of what is disputed.
            workshop: None,
        };
        let only = self.only.as_ref();
        match self.table {
            ExportTable::Credentials => {
                TableSource::Credentials(answers, only.map(|left| left.credentials.as_slice()))
            }
            ExportTable::Services => {
                TableSource::Services(answers, only.map(|left| left.instances.as_slice()))
            }
            ExportTable::Paths => TableSource::Paths(answered),
            ExportTable::Plan => TableSource::Plan(answered),
            ExportTable::Owners => TableSource::Owners(answers),
            // The others are written by themselves.
            ExportTable::Findings
            | ExportTable::Inventory
            | ExportTable::Rotation
            | ExportTable::Tasks => {
                TableSource::Findings(answered, only.map(|left| left.findings.as_slice()))
            }
        }
    }
}

/// All answers, and what is known of their findings.
#[derive(Clone, Debug)]
pub(crate) struct ReportToSave {
    pub(crate) answers: Arc<Answers>,
    pub(crate) assessed: Arc<AssessedAnswers>,
    pub(crate) work: WorkToSave,
    /// What was disputed in workshops.
    pub(crate) workshop: Arc<Workshop>,
    /// What has fallen, whose order of rotation is in it.
    pub(crate) fallen: Starts,
}

impl ReportToSave {
    pub(super) fn answered(&self) -> Answered<'_> {
        let Self { answers, assessed, work, workshop, fallen: _ } = self;
        let (assessment, workshop) = (&assessed.assessment, Some(&**workshop));
        Answered { answers, assessment, full: false, work: Some(work.work()), workshop }
    }

    /// The report for people, with the order of rotation where something has fallen.
    pub(super) fn document(&self) -> Document {
        let (graph, starts) = (&self.answers.graph, &self.fallen);
        let any = !starts.credentials.is_empty() || !starts.instances.is_empty();
        let rotation = any.then(|| rotation(graph, starts));
        let order = rotation.as_ref().map(|rotation| AnsweredRotation { graph, starts, rotation });
        report_document_of(&self.answered(), &ReportPart::ALL, order.as_ref())
    }

    /// The same for whoever was not there when it was made.
    fn with_glossary(&self) -> Document {
        let mut document = self.document();
        add_glossary(&mut document);
        document
    }

    fn write(&self, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
        let answered = self.answered();
        let (answers, assessment) = (answered.answers, answered.assessment);
        match format.of_document() {
            None => write_report(&answered, out),
            Some(DocumentFormat::Html) => {
                let kinds = self.workshop.disputed_kinds();
                let links = self.workshop.disputed_links(&answers.graph).len();
                let disputed = Disputed { kinds: &kinds, links };
                let picture = report_picture(answers, assessment, disputed);
                let picture = picture.and_then(|it| report_picture_svg(&it, &answers.graph));
                write_html(&self.with_glossary(), picture.as_deref(), out)
            }
            Some(DocumentFormat::Pdf) => {
                let kinds = self.workshop.disputed_kinds();
                let links = self.workshop.disputed_links(&answers.graph).len();
                let disputed = Disputed { kinds: &kinds, links };
                let picture = report_picture(answers, assessment, disputed);
                let picture = picture.as_ref().map(|picture| &picture.light);
                write_document_pdf(&self.with_glossary(), picture, out)
            }
            Some(form) => write_document(form, &self.document(), out),
        }
    }
}

impl Export {
    /// Writes it whole or not at all; says where it is.
    ///
    /// # Errors
    /// A sentence where it cannot be written, or nobody waits for it any more.
    pub(crate) fn write_to(&self, path: &Path, progress: &Progress) -> Result<String, String> {
        let what = match self {
            Self::Picture(..) => "the picture",
            Self::Report(..) => "the report",
            Self::Inventory(..) => "the inventory",
            Self::Table(table) => table.table.word(),
            Self::Tasks(..) => "the tasks",
            Self::Rotation(..) => "the order of rotation",
            Self::BloodHound(answers) => return bloodhound(answers, path, progress),
        };
        if let Self::Picture(picture, _) = self
            && let Some(why) = picture.is_whole.then(|| picture.refusal()).flatten()
        {
            return Err(format!("{why}; choose the view or the selection"));
        }
        let written = crate::cli::write_whole(path, |out| {
            let mut watched = Watched { out, progress, bytes: 0 };
            self.write(&mut watched)?;
            // The last that is written in place of the old file comes after this.
            watched.flush()
        });
        match written {
            Ok(()) => Ok(format!("Written: {what}, {}", path.display())),
            Err(error) => Err(crate::cli::not_written(what, &error, path)),
        }
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Picture(picture, format) => picture.write(*format, out),
            Self::Inventory(inventory, key, format) => {
                let keyed = Fingerprinter::new(key);
                write_table(*format, &TableSource::Inventory(inventory, &keyed), out)
            }
            Self::Report(report, format) => report.write(*format, out),
            Self::Table(table) => table.write(out),
            Self::Tasks(list, format) => {
                list.with_tasks(|source| write_table(*format, source, out))
            }
            Self::Rotation(answers, starts, format) => {
                with_rotation(answers, starts, |source| write_table(*format, source, out))
            }
            // It is a folder.
            Self::BloodHound(_) => Ok(()),
        }
    }
}

/// Writes the folder that BloodHound takes: all of its files or none.
fn bloodhound(answers: &Answers, folder: &Path, progress: &Progress) -> Result<String, String> {
    let failed = |error: &io::Error, at: &Path| crate::cli::not_written("the folder", error, at);
    let files = bloodhound_files(answers).map_err(|error| failed(&error, folder))?;
    if progress.is_cancelled() {
        return Err("it was cancelled".to_owned());
    }
    // Whoever replaces a folder was asked.
    let count = crate::cli::write_bloodhound(files, folder, true).map_err(|why| match why {
        BloodhoundNotWritten::Failed((error, at)) => failed(&error, &at),
        BloodhoundNotWritten::Foreign(file) => {
            let how = "the folder has a file of this name that Keyreach did not write; name another \
                       folder";
            format!("{how}: {}", file.display())
        }
    })?;
    Ok(format!("Written: {} for BloodHound, {}", counted(count, "file", "files"), folder.display()))
}

/// Counts what is written, and fails once nobody waits for it any more: no half file stays then.
struct Watched<'a> {
    out: &'a mut dyn Write,
    progress: &'a Progress,
    bytes: u64,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(io::Error::other("it was cancelled"));
        }
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        self.progress.set_done(self.bytes);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.progress.is_cancelled() {
            return Err(io::Error::other("it was cancelled"));
        }
        self.out.flush()
    }
}
