//! What commands take that read or write whole inventories, reports and policies.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::answer::{AnswerArguments, InputArguments, OutputFormat, TableArguments};
use super::assume::AssumptionArguments;
use crate::analysis::LISTED_PATHS;
use crate::export::ReportPart;

/// What `diff` takes.
#[derive(Args, Clone, Debug)]
pub struct DiffArguments {
    /// The older inventory.
    pub old: PathBuf,
    /// The newer inventory.
    pub new: PathBuf,
    /// Ends with exit code 5 when something got worse: a finding is new or more severe, or more
    /// pairs are connected.
    #[arg(long)]
    pub fail_on_worse: bool,
    /// Lists everything that differs, not only the first 20 of each sort; JSON always does.
    #[arg(long)]
    pub full: bool,
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

/// What `report` takes.
#[derive(Args, Clone, Debug)]
pub struct ReportArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Output format [default: what the file's name ends in, else text].
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
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
    /// The only parts to give, parted by commas [default: all].
    #[arg(long, value_name = "PART", value_delimiter = ',', value_parser = report_part())]
    pub only: Vec<ReportPart>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// Reads the name of a part; clap lists them.
fn report_part() -> impl TypedValueParser<Value = ReportPart> {
    PossibleValuesParser::new(ReportPart::ALL.map(ReportPart::word))
        .try_map(|word| ReportPart::of_word(&word).ok_or("no such part"))
}

/// What `policy` takes.
#[derive(Args, Clone, Debug)]
pub struct PolicyArguments {
    /// The project whose policy is wanted [default: that of --policy, or else the defaults].
    #[arg(value_name = "PROJECT")]
    pub project: Option<PathBuf>,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// What `schema` takes.
#[derive(Args, Clone, Debug)]
pub struct SchemaArguments {
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `layout` takes.
#[derive(Args, Clone, Debug)]
pub struct LayoutArguments {
    /// Inventories, or lists of edges under the header `source,target`; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Where to write the positions, `node,x,y` [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where to write the edges, `source,target`.
    #[arg(long, value_name = "FILE")]
    pub edges: Option<PathBuf>,
    /// The seed: another one gives another, equally good picture.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
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
