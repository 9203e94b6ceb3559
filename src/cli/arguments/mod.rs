//! The commands and options of the command line.

mod assume;
mod format_choice;
mod answer;
mod questions;
mod tables;
mod export;
mod check;
mod picture;
mod deck;
mod projects;
mod shells;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use super::exit_codes::exit_codes;
use super::remarks::Remarks;

pub(super) use answer::{AnswerArguments, InputArguments, RedactArguments, TableArguments};
pub use answer::{OutputFormat, TableFormat};
pub use assume::AssumptionArguments;
pub use check::{CheckArguments, CheckFormat};
pub use deck::{DeckFormat, ScenesArguments};
pub use export::{ExportArguments, ExportForm, ExportFormat, ExportTarget};
pub(super) use format_choice::{is_gzip, is_named_as_file};
pub(super) use picture::is_png;
pub use picture::{PictureExtent, PictureFormat, RenderArguments, ScreenshotArguments, ThemeName};
pub(super) use projects::{
    AttestationArguments, AttestedArguments, MinutesArguments, RecoverArguments,
    ScenariosArguments, StatedArguments, TasksArguments,
};
pub use projects::{ImportArguments, InfoArguments, RedactCommandArguments, RevealArguments};
pub use questions::{
    OwnersArguments, PathsArguments, RadiusArguments, ReachedByArguments, RotationArguments,
    WhatIfArguments,
};
pub use shells::{CompletionsArguments, ManArguments};
pub use tables::{
    DiffArguments, GenerateArguments, LayoutArguments, MappingArguments, PolicyArguments,
    ReportArguments, SchemaArguments,
};

/// How far does one key reach?
#[derive(Clone, Debug, Parser)]
#[command(name = "keyreach", version, about, after_help = exit_codes(), args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; without it the window opens.
    #[command(subcommand)]
    pub action: Option<Action>,
    /// Inventories to open in the window.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Starts the window as the first time, and keeps nothing for the next: no theme, no recent files.
    #[arg(long)]
    pub no_config: bool,
    /// Writes no warnings.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Writes what was read, and how long it took, to the error stream.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

impl Cli {
    /// How much is written beside the answer.
    pub fn remarks(&self) -> Remarks {
        match (self.quiet, self.verbose) {
            (true, _) => Remarks::Errors,
            (false, true) => Remarks::All,
            (false, false) => Remarks::Warnings,
        }
    }
}

/// What can be done without a window.
#[derive(Clone, Debug, Subcommand)]
pub enum Action {
    /// Imports inventories into a project file, which keeps what you decide and opens without them.
    Import(ImportArguments),
    /// Prints what a project holds.
    Info(InfoArguments),
    /// Compares the scenarios of a project, its what-if list and the plan: exposure, findings, cost, and
    /// what each breaks.
    Scenarios(ScenariosArguments),
    /// Prints the tasks of a scenario by owner: what to do, where new secrets go, what is lost, how it
    /// is undone, and what proves it done.
    Tasks(TasksArguments),
    /// Writes what can be read of a damaged project as another one, and says what is lost.
    Recover(RecoverArguments),
    /// Writes for each owner a list of what is theirs, with the questions whether it is still needed, when
    /// it was rotated and when it expires, as CSV to be answered.
    Attestation(AttestationArguments),
    /// Reads the answers of owners into a project, each as a row of evidence with its day.
    Attested(AttestedArguments),
    /// Prints the minutes of workshops: what was decided, disputed, added and parked, scene by scene, as
    /// Markdown.
    Minutes(MinutesArguments),
    /// Writes what was stated in workshops, and no file has, as CSV rows that whoever keeps the inventory can
    /// take over.
    Stated(StatedArguments),
    /// Writes a project with pseudonyms in the place of all names, and nothing that leads back.
    Redact(RedactCommandArguments),
    /// Leads the pseudonyms of an answer back to the names, for whoever has the project.
    Reveal(RevealArguments),
    /// Prints findings, paths, minimum cut and plan.
    Report(ReportArguments),
    /// Prints what compromised credentials or service instances reach, and what to rotate then.
    BlastRadius(RadiusArguments),
    /// Prints the shortest lateral-movement paths, and the next ones: between two things, or from
    /// all entry points to all crown jewels.
    Paths(PathsArguments),
    /// Prints which entry points reach a service instance, over how many hops, and through which
    /// last credentials.
    ReachedBy(ReachedByArguments),
    /// Prints in which order to replace credentials once something has fallen, so that none leaks
    /// again.
    Rotation(RotationArguments),
    /// Prints what each owner answers for, and what would stand without anybody if one left.
    Owners(OwnersArguments),
    /// Prints what fixes would bring and what they would break: exposure, blast radii, findings and
    /// lost accesses, before and after.
    WhatIf(WhatIfArguments),
    /// Prints the policy in force, all defaults included, as a file for --policy with a comment for
    /// each key.
    Policy(PolicyArguments),
    /// Prints what differs between an older and a newer export of the same inventory.
    Diff(DiffArguments),
    /// Writes the inventory, without secret values, or an answer as a table, a workbook or JSON, or the
    /// graph for other programs. The inventory as CSV opens as the same inventory again.
    Export(ExportArguments),
    /// Fails where findings are bad enough, or where a baseline does not have them; for pipelines.
    #[command(after_help = exit_codes())]
    Check(CheckArguments),
    /// Prints how the columns of a file are read, as a column-mapping file that can be edited and
    /// given to --mapping.
    Mapping(MappingArguments),
    /// Writes where the nodes of the graph stand once it is laid out, and its edges; takes a bare
    /// list of edges too.
    Layout(LayoutArguments),
    /// Writes a large invented inventory, to test performance.
    Generate(GenerateArguments),
    /// Draws the map or another view into a picture, under a heading: SVG, PNG or PDF.
    Render(RenderArguments),
    /// Writes the scenes of a project as pages, one for each step: PDF, HTML, a folder of PNG pictures, or
    /// captions and notes as Markdown.
    Scenes(ScenesArguments),
    /// Writes what the window would show as a PNG picture.
    Screenshot(ScreenshotArguments),
    /// Prints what a report as JSON looks like, as a JSON Schema.
    Schema(SchemaArguments),
    /// Prints what a shell needs to complete commands and options.
    Completions(CompletionsArguments),
    /// Writes pages for `man`, one for each command.
    Man(ManArguments),
    /// Prints the licences of what the program is built from.
    Licences,
    /// Prints the manual.
    Manual,
}
