//! The commands and options of the command line.

mod assume;
mod answer;
mod questions;
mod tables;
mod picture;
mod projects;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

pub(super) use answer::{AnswerArguments, InputArguments, TableArguments, is_gzip};
pub use answer::{OutputFormat, TableFormat};
pub use assume::AssumptionArguments;
pub(super) use picture::is_png;
pub use picture::{PictureFormat, RenderArguments, ScreenshotArguments, ThemeName};
pub use projects::{ImportArguments, InfoArguments, RedactCommandArguments, RevealArguments};
pub use questions::{
    OwnersArguments, PathsArguments, RadiusArguments, ReachedByArguments, RotationArguments,
    WhatIfArguments,
};
pub use tables::{
    DiffArguments, ExportArguments, GenerateArguments, LayoutArguments, MappingArguments,
    PolicyArguments, ReportArguments,
};

const EXIT_CODES: &str = "Exit codes: 0 done; 1 the input could not be read or imported; 2 wrong \
                          usage, an unknown name, or no window can be opened; 3 the output could \
                          not be written; 5 something got worse (diff --fail-on-worse)";

/// How far does one key reach?
#[derive(Clone, Debug, Parser)]
#[command(name = "keyreach", version, about, after_help = EXIT_CODES, args_conflicts_with_subcommands = true)]
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
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What can be done without a window.
#[derive(Clone, Debug, Subcommand)]
pub enum Action {
    /// Imports inventories into a project file, which keeps what you decide and opens without them.
    Import(ImportArguments),
    /// Prints what a project holds.
    Info(InfoArguments),
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
    /// Writes the inventory as one plain CSV table, without secret values, that opens as the same
    /// inventory again.
    Export(ExportArguments),
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
    /// Writes what the window would show as a PNG picture.
    Screenshot(ScreenshotArguments),
    /// Prints the manual.
    Manual,
}
