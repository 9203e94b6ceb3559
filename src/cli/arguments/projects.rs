//! What commands take that make projects and describe them.

use std::path::PathBuf;

use clap::Args;

use super::answer::{InputArguments, RedactArguments, TableFormat, redacted_kinds};
use super::assume::AssumptionArguments;
use crate::inventory::Date;
use crate::project::RedactedKinds;

/// What `import` takes.
#[derive(Args, Clone, Debug)]
pub struct ImportArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The project file to write, named *.keyreach; the key of its fingerprints is put beside it.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Reads the inventories into the project that is there, in place of those that it has; what you
    /// made stays, and what no longer has its thing is listed.
    #[arg(long)]
    pub update: bool,
    /// Replaces the file that is there; it is kept as *.bak.
    #[arg(long, conflicts_with = "update")]
    pub force: bool,
    /// Reads on under a new key where that of the project is lost: what was read before is matched by
    /// ids alone then.
    #[arg(long, requires = "update", conflicts_with = "key_file")]
    pub new_key: bool,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// What to assume from now on.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `info` takes.
#[derive(Args, Clone, Debug)]
pub struct InfoArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `scenarios` takes.
#[derive(Args, Clone, Debug)]
pub struct ScenariosArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Output format; csv is a table with a row for each list of fixes [default: what the file's name
    /// ends in, else text].
    #[arg(long, value_enum)]
    pub format: Option<TableFormat>,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
    /// Which names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `tasks` takes.
#[derive(Args, Clone, Debug)]
pub struct TasksArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The scenario whose fixes are to be done [default: the what-if list, or the plan where that is
    /// empty].
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Output format; csv is a table for ticket systems [default: what the file's name ends in, else
    /// text].
    #[arg(long, value_enum)]
    pub format: Option<TableFormat>,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
    /// Which names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `attestation` takes.
#[derive(Args, Clone, Debug)]
pub struct AttestationArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The owner whose list is wanted [default: all, each in a file of its own].
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// Where to write it [default: standard output]; without --owner a folder.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replaces lists that are in the folder already, with whatever was answered in them.
    #[arg(long, conflicts_with = "owner")]
    pub force: bool,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
    /// Which names are hidden: such lists are to be looked at, their answers cannot be read in.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `attested` takes.
#[derive(Args, Clone, Debug)]
pub struct AttestedArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Lists that owners have answered.
    #[arg(required = true, value_name = "ANSWERS")]
    pub answers: Vec<PathBuf>,
    /// The day of the answers, as in 2026-11-23 [default: today].
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,
}

/// What `minutes` takes.
#[derive(Args, Clone, Debug)]
pub struct MinutesArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Where to write them [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Whether real names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `stated` takes.
#[derive(Args, Clone, Debug)]
pub struct StatedArguments {
    /// The project.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Which names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// What `recover` takes.
#[derive(Args, Clone, Debug)]
pub struct RecoverArguments {
    /// The damaged project; it stays as it is.
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The project file to write, named *.keyreach.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Replaces the file that is there; it is kept as *.bak.
    #[arg(long)]
    pub force: bool,
}

/// What `redact` takes.
#[derive(Args, Clone, Debug)]
pub struct RedactCommandArguments {
    /// A project, or inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The project file to write, named *.keyreach.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Which names are hidden, parted by commas: services, credentials, owners, environments, files,
    /// text [default: all but environments].
    #[arg(long, value_name = "KINDS", value_parser = redacted_kinds)]
    pub kinds: Option<RedactedKinds>,
    /// Replaces the file that is there; it is kept as *.bak.
    #[arg(long)]
    pub force: bool,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `reveal` takes.
#[derive(Args, Clone, Debug)]
pub struct RevealArguments {
    /// An answer with names hidden: .json, .csv, .html, .svg, or plain text.
    #[arg(value_name = "ANSWER")]
    pub answer: PathBuf,
    /// The project, or the inventories, of which it is an answer; may be given several times.
    #[arg(long = "with", required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// What was assumed.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}
