//! What commands take that ask a question of their own.

use std::path::PathBuf;

use clap::Args;

use super::answer::{AnswerArguments, InputArguments, TableFormat};
use super::assume::AssumptionArguments;

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
    /// Writes a card of the first path for a tabletop exercise instead, one page: how it starts, what the players hear one
    /// after the other, roles and questions.
    #[arg(long)]
    pub card: bool,
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
                              for some holders, and only for some of what it grants";

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

/// What `reached-by` takes.
#[derive(Args, Clone, Debug)]
pub struct ReachedByArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What is reached: `service@environment`.
    #[arg(long, value_name = "NAME")]
    pub to: String,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What `rotation` takes.
#[derive(Args, Clone, Debug)]
pub struct RotationArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What has fallen: a credential's id, or `service@environment`; may be given several times.
    #[arg(long, required = true, value_name = "NAME")]
    pub from: Vec<String>,
    /// Writes a card for a tabletop exercise instead, one page: how it starts, what the players hear one
    /// after the other, roles and questions.
    #[arg(long)]
    pub card: bool,
    /// Output format; csv is a table to tick off [default: what the file's name ends in, else
    /// text].
    #[arg(long, value_enum)]
    pub format: Option<TableFormat>,
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

/// What `owners` takes.
#[derive(Args, Clone, Debug)]
pub struct OwnersArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The only owner to tell of, with everything that is theirs and what would stand without
    /// anybody if they left; “no owner” for what nobody owns.
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// How it is answered.
    #[command(flatten)]
    pub answer: AnswerArguments,
}
