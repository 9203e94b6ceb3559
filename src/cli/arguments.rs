//! The commands and options of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{not_read, today};
use crate::analysis::LISTED_PATHS;
use crate::inventory::{Assumptions, Date, Level, UnstatedAccess};

const EXIT_CODES: &str = "Exit codes: 0 done; 1 the input could not be read or imported; 2 wrong \
                          usage, an unknown name, or no window can be opened; 3 the output could \
                          not be written";

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
    /// Prints findings, paths, minimum cut and plan.
    Report(ReportArguments),
    /// Prints what compromised credentials or service instances reach, and what to rotate then.
    BlastRadius(RadiusArguments),
    /// Prints the shortest lateral-movement paths, and the next ones: between two things, or from
    /// all entry points to all crown jewels.
    Paths(PathsArguments),
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
    /// Writes a large invented inventory, to test performance.
    Generate(GenerateArguments),
    /// Writes what the window would show as a PNG picture.
    Screenshot(ScreenshotArguments),
    /// Prints the manual.
    Manual,
}

/// What is assumed where the inventory is silent.
#[derive(Args, Clone, Debug)]
pub struct AssumptionArguments {
    /// The day on which expiry and age are judged [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<Date>,
    /// How to read a row that does not state its access [default: both].
    #[arg(long, value_enum)]
    pub unstated_access: Option<AccessWord>,
    /// The least level of a grant from which an attacker moves on [default: any].
    #[arg(long, value_enum)]
    pub pivot_needs: Option<PivotWord>,
    /// A TOML file with assumptions, thresholds, costs, entry points and crown jewels; options given
    /// here override it.
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
}

/// A choice for unstated access.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum AccessWord {
    /// Holds and grants.
    Both,
    /// Holds.
    Holds,
    /// Grants.
    Grants,
}

/// A choice for what a pivot needs.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PivotWord {
    /// Any access.
    Any,
    /// Read access.
    Read,
    /// Write access.
    Write,
    /// Administrator's access.
    Admin,
}

impl AssumptionArguments {
    /// The assumptions: those of the policy, or else the defaults, and over them what is said here.
    ///
    /// # Errors
    /// One sentence where the policy file cannot be read or is not one.
    pub fn assumptions(&self) -> Result<Assumptions, String> {
        let as_of = self.as_of.unwrap_or_else(today);
        let mut assumptions = match &self.policy {
            None => Assumptions::new(as_of),
            Some(file) => {
                let name = file.display();
                let text = std::fs::read_to_string(file)
                    .map_err(|error| not_read("the policy", &error, file))?;
                Assumptions::from_policy(&text, as_of)
                    .map_err(|error| format!("{error}: {name}"))?
            }
        };
        if let Some(access) = self.unstated_access {
            assumptions.unstated_access = match access {
                AccessWord::Both => UnstatedAccess::Both,
                AccessWord::Holds => UnstatedAccess::Holds,
                AccessWord::Grants => UnstatedAccess::Grants,
            };
        }
        if let Some(needs) = self.pivot_needs {
            assumptions.pivot_needs = match needs {
                PivotWord::Any => Level::Unknown,
                PivotWord::Read => Level::Read,
                PivotWord::Write => Level::Write,
                PivotWord::Admin => Level::Admin,
            };
        }
        Ok(assumptions)
    }
}

/// The output format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For programs.
    Json,
    /// For people.
    Text,
}

/// How files are to be read.
#[derive(Args, Clone, Debug)]
pub struct TableArguments {
    /// A column-mapping file, `-` for standard input; may be repeated. `keyreach mapping` writes one.
    #[arg(long, value_name = "FILE")]
    pub mapping: Vec<PathBuf>,
    /// The only worksheet to read [default: all that are visible].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// An array of a JSON object to read, by the names of the members around it and its own
    /// (`data.keys`); may be repeated [default: those that look most like credentials].
    #[arg(long, value_name = "NAME")]
    pub array: Vec<String>,
    /// A member of an archive to read; may be repeated [default: all that are named like tables].
    #[arg(long, value_name = "NAME")]
    pub member: Vec<String>,
    /// A worksheet, array or member to leave out; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub leave_out: Vec<String>,
}

/// How files are to be read, and under which key.
#[derive(Args, Clone, Debug)]
pub struct InputArguments {
    /// A file with 64 hexadecimal digits, the key of all fingerprints [default: a new key]. With
    /// the same key the same secrets have the same fingerprints.
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
}

/// What every question takes whose answer is first of all for people.
#[derive(Args, Clone, Debug)]
pub struct AnswerArguments {
    /// Output format.
    #[arg(long, value_enum, default_value = "text")]
    pub format: OutputFormat,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `diff` takes.
#[derive(Args, Clone, Debug)]
pub struct DiffArguments {
    /// The older inventory.
    pub old: PathBuf,
    /// The newer inventory.
    pub new: PathBuf,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What `mapping` takes.
#[derive(Args, Clone, Debug)]
pub struct MappingArguments {
    /// The inventory.
    pub file: PathBuf,
    /// Where to write the column mapping [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How the file is to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
}

/// What `export` takes.
#[derive(Args, Clone, Debug)]
pub struct ExportArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
}

/// What `report` takes.
#[derive(Args, Clone, Debug)]
pub struct ReportArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Output format.
    #[arg(long, value_enum, default_value = "json")]
    pub format: OutputFormat,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// Where to write the rows that could not be imported, to be corrected and imported again; if
    /// several files have some, a number is added to the name.
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,
    /// How many lateral-movement paths are listed, the shortest first.
    #[arg(long, default_value_t = LISTED_PATHS, value_name = "COUNT")]
    pub max_paths: usize,
    /// Gives all evidence and all problems.
    #[arg(long)]
    pub full: bool,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `blast-radius` takes.
#[derive(Args, Clone, Debug)]
pub struct RadiusArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// A credential's id, or `service@environment`; may be given several times.
    #[arg(long, required = true, value_name = "NAME")]
    pub from: Vec<String>,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What `paths` takes.
#[derive(Args, Clone, Debug)]
pub struct PathsArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where paths start: `service@environment`, or a credential's id; may be given several times
    /// [default: all entry points].
    #[arg(long, value_name = "NAME")]
    pub from: Vec<String>,
    /// Where paths end: `service@environment`; may be given several times [default: all crown
    /// jewels].
    #[arg(long, value_name = "NAME")]
    pub to: Vec<String>,
    /// How many paths are listed, the shortest first.
    #[arg(long, default_value_t = 20, value_name = "COUNT",
          value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max: u32,
    /// Counts only what the inventory states, and nothing that is assumed.
    #[arg(long)]
    pub stated_only: bool,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}

const FIXES: &str = "\
Fixes, applied in the order in which they are given:
  revoke ID
  split by environment ID     one new credential for each environment
  split by service ID         one for each service that holds it
  split by owner ID           one for each owner of instances that hold it
  workload identity ID        an identity that cannot be carried away, for every holder, or
  workload identity ID for SERVICE@ENV, SERVICE@ENV granting SERVICE@ENV
                              for some holders, and only for some of what it grants

Exit codes: 0 done; 1 the input could not be read or imported; 2 wrong usage, or an \
unknown name; 3 the output could not be written";

/// What `what-if` takes.
#[derive(Args, Clone, Debug)]
#[command(after_help = FIXES)]
pub struct WhatIfArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to do to a credential, as listed below; may be given several times.
    #[arg(long, required = true)]
    pub fix: Vec<String>,
    /// A credential's id, or `service@environment`, whose blast radius is given before and after;
    /// may be given several times.
    #[arg(long, value_name = "NAME")]
    pub of: Vec<String>,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What `policy` takes.
#[derive(Args, Clone, Debug)]
pub struct PolicyArguments {
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `generate` takes.
#[derive(Args, Clone, Debug)]
pub struct GenerateArguments {
    /// How many rows.
    #[arg(long, value_name = "COUNT")]
    pub rows: u64,
    /// The seed: the same seed gives the same bytes on every machine.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A theme by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ThemeName {
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
}

/// What `screenshot` takes.
#[derive(Args, Clone, Debug)]
pub struct ScreenshotArguments {
    /// Inventories; without any the start screen is drawn.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// How files are to be read.
    #[command(flatten)]
    pub read_as: TableArguments,
    /// The picture to write.
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Width and height in pixels.
    #[arg(long, default_value = "1280x800", value_name = "WxH", value_parser = parse_size)]
    pub size: (u32, u32),
    /// The theme.
    #[arg(long, value_enum, default_value = "dark")]
    pub theme: ThemeName,
    /// A credential's id, or `service@environment`, to select.
    #[arg(long, value_name = "NAME")]
    pub select: Option<String>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X']).and_then(|(width, height)| {
        Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
    });
    sides
        .filter(|(width, height)| (320..=8192).contains(width) && (240..=8192).contains(height))
        .ok_or_else(|| "write a width and a height from 320x240 to 8192x8192".to_owned())
}
