//! How files are read, and how answers are written, as options that several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::assume::AssumptionArguments;
use super::format_choice::{FormatName, chosen_by_ending};
use crate::export::DocumentFormat;
use crate::project::{RedactedKind, RedactedKinds};

/// The output format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For programs.
    Json,
    /// For people.
    Text,
    /// For tickets and wikis.
    Markdown,
    /// One page for a browser.
    Html,
    /// Pages for paper.
    Pdf,
}

/// The output format of an answer that is a table too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For programs.
    Json,
    /// For people.
    Text,
    /// For tickets and wikis.
    Markdown,
    /// One page for a browser.
    Html,
    /// Pages for paper.
    Pdf,
    /// For spreadsheets.
    Csv,
}

impl OutputFormat {
    const NAMES: [FormatName<Self>; 5] = [
        FormatName { format: Self::Text, word: "text", endings: &["txt", "text"] },
        FormatName { format: Self::Markdown, word: "markdown", endings: &["md", "markdown"] },
        FormatName { format: Self::Html, word: "html", endings: &["html", "htm"] },
        FormatName { format: Self::Pdf, word: "pdf", endings: &["pdf"] },
        FormatName { format: Self::Json, word: "json", endings: &["json"] },
    ];

    /// The format in which to write: the one that was asked for, else the one that the file's name
    /// ends in; text where there is no file.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else or in nothing.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let found = chosen_by_ending(THIS_ANSWER, asked, output, &Self::NAMES)?;
        Ok(found.unwrap_or(Self::Text))
    }

    /// What a document is written as; `None` for JSON, which is none.
    pub fn of_document(self) -> Option<DocumentFormat> {
        match self {
            Self::Json => None,
            Self::Text => Some(DocumentFormat::Text),
            Self::Markdown => Some(DocumentFormat::Markdown),
            Self::Html => Some(DocumentFormat::Html),
            Self::Pdf => Some(DocumentFormat::Pdf),
        }
    }
}

/// What is written, where no better word fits.
const THIS_ANSWER: &str = "this answer";

impl TableFormat {
    const NAMES: [FormatName<Self>; 6] = [
        FormatName { format: Self::Text, word: "text", endings: &["txt", "text"] },
        FormatName { format: Self::Markdown, word: "markdown", endings: &["md", "markdown"] },
        FormatName { format: Self::Html, word: "html", endings: &["html", "htm"] },
        FormatName { format: Self::Pdf, word: "pdf", endings: &["pdf"] },
        FormatName { format: Self::Json, word: "json", endings: &["json"] },
        FormatName { format: Self::Csv, word: "csv", endings: &["csv"] },
    ];

    /// The same for an answer that is a table too.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let found = chosen_by_ending(THIS_ANSWER, asked, output, &Self::NAMES)?;
        Ok(found.unwrap_or(Self::Text))
    }

    /// What a document is written as; `None` for JSON and CSV, which are none.
    pub fn of_document(self) -> Option<DocumentFormat> {
        match self {
            Self::Json | Self::Csv => None,
            Self::Text => Some(DocumentFormat::Text),
            Self::Markdown => Some(DocumentFormat::Markdown),
            Self::Html => Some(DocumentFormat::Html),
            Self::Pdf => Some(DocumentFormat::Pdf),
        }
    }
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
    /// Whether real names are hidden.
    #[command(flatten)]
    pub hide: RedactArguments,
}

/// Whether real names are hidden.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct RedactArguments {
    /// Puts stable pseudonyms in the place of names, in all that is printed or written: of these
    /// kinds, parted by commas [default: services,credentials,owners,files,text; environments too
    /// where they are named].
    #[arg(
        long,
        value_name = "KINDS",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        value_parser = redacted_kinds
    )]
    pub redact: Option<RedactedKinds>,
}

/// The kinds of names of `services,owners`; nothing stands for the default.
pub(super) fn redacted_kinds(text: &str) -> Result<RedactedKinds, String> {
    if text.is_empty() {
        return Ok(RedactedKinds::default());
    }
    let kinds = text.split(',').map(str::parse::<RedactedKind>);
    kinds.collect::<Result<Vec<_>, String>>().map(RedactedKinds::of)
}

/// What every question takes whose answer is first of all for people.
#[derive(Args, Clone, Debug)]
pub struct AnswerArguments {
    /// Output format [default: what the file's name ends in, else text].
    #[arg(long, value_enum)]
    pub format: Option<OutputFormat>,
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

impl AnswerArguments {
    /// The format in which to write.
    ///
    /// # Errors
    /// One sentence where the file's name ends in another one than was asked for.
    pub fn chosen_format(&self) -> Result<OutputFormat, String> {
        OutputFormat::chosen(self.format, self.output.as_deref())
    }
}
