//! What the command takes that a pipeline runs.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::answer::InputArguments;
use super::assume::AssumptionArguments;
use super::format_choice::{FormatName, chosen_by_ending};
use crate::export::FailOn;

/// What `check` writes as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For code forges, which show it beside the code.
    Sarif,
    /// For build servers, which show it as tests.
    Junit,
}

impl CheckFormat {
    const NAMES: [FormatName<Self>; 4] = [
        FormatName { format: Self::Text, word: "text", endings: &["txt", "text"] },
        FormatName { format: Self::Json, word: "json", endings: &["json"] },
        FormatName { format: Self::Sarif, word: "sarif", endings: &["sarif", "sarif.json"] },
        FormatName { format: Self::Junit, word: "junit", endings: &["xml"] },
    ];

    /// The format in which to write: the one that was asked for, else the one that the file's name
    /// ends in; text where there is no file.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else or in nothing.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let found = chosen_by_ending("a check", asked, output, &Self::NAMES)?;
        Ok(found.unwrap_or(Self::Text))
    }
}

/// What `check` takes.
#[derive(Args, Clone, Debug)]
pub struct CheckArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What is known already, so that only what is new fails: a report of earlier as JSON, a project, or
    /// an older inventory.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// What fails: findings of this severity and of worse ones; or whatever is worse than the baseline,
    /// more connected pairs too [default: low, or worse with a baseline].
    #[arg(long, value_name = "SEVERITY", value_parser = fail_on())]
    pub fail_on: Option<FailOn>,
    /// Output format [default: what the file's name ends in, else text].
    #[arg(long, value_enum)]
    pub format: Option<CheckFormat>,
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

/// Reads what fails; clap lists the words.
fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::word)).try_map(|word| {
        FailOn::ALL.into_iter().find(|one| one.word() == word).ok_or("no such severity")
    })
}
