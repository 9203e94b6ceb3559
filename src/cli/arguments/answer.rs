//! How files are read, and how answers are written, as options that several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::assume::AssumptionArguments;
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
    /// For spreadsheets.
    Csv,
}

impl OutputFormat {
    /// The format in which to write: the one that was asked for, else the one that the file's name
    /// ends in, else text.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let asked = asked.map(|asked| match asked {
            Self::Json => TableFormat::Json,
            Self::Text => TableFormat::Text,
            Self::Markdown => TableFormat::Markdown,
            Self::Html => TableFormat::Html,
        });
        match TableFormat::chosen_of(asked, output, &TableFormat::ALL[..4])? {
            TableFormat::Json => Ok(Self::Json),
            TableFormat::Text => Ok(Self::Text),
            TableFormat::Markdown => Ok(Self::Markdown),
            TableFormat::Html => Ok(Self::Html),
            TableFormat::Csv => Err(no_such(output, &TableFormat::ALL[..4])),
        }
    }

    /// What a document is written as; `None` for JSON, which is none.
    pub fn of_document(self) -> Option<DocumentFormat> {
        match self {
            Self::Json => None,
            Self::Text => Some(DocumentFormat::Text),
            Self::Markdown => Some(DocumentFormat::Markdown),
            Self::Html => Some(DocumentFormat::Html),
        }
    }
}

impl TableFormat {
    /// Every one; the last is for tables alone.
    const ALL: [Self; 5] = [Self::Text, Self::Markdown, Self::Html, Self::Json, Self::Csv];

    /// The same for an answer that is a table too.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        Self::chosen_of(asked, output, &Self::ALL)
    }

    fn chosen_of(
        asked: Option<Self>,
        output: Option<&Path>,
        known: &[Self],
    ) -> Result<Self, String> {
        let ending = output.and_then(ending_of);
        let said = ending.as_ref().map(|ending| {
            Self::ALL.into_iter().find(|form| form.endings().contains(&ending.as_str()))
        });
        match (asked, said) {
            (Some(asked), Some(Some(other))) if asked != other => Err(format!(
                "the file's name ends in .{} and the format asked for is {}; make them agree{}",
                ending.unwrap_or_default(),
                asked.word(),
                named(output)
            )),
            (Some(chosen), _) | (None, Some(Some(chosen))) => Ok(chosen),
            (None, Some(None)) => Err(no_such(output, known)),
            (None, None) => Ok(Self::Text),
        }
    }

    /// What the names of its files end in; the first is the usual one.
    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["json"],
            Self::Text => &["txt", "text"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm"],
            Self::Csv => &["csv"],
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }
}

/// What a file's name ends in, before `.gz`, in lower case.
fn ending_of(file: &Path) -> Option<String> {
    let unpacked = if is_gzip(file) { Path::new(file.file_stem()?) } else { file };
    Some(unpacked.extension()?.to_str()?.to_lowercase())
}

/// The sentence on a file whose name ends in what is not known.
fn no_such(output: Option<&Path>, known: &[TableFormat]) -> String {
    let usual = known.iter().filter_map(|form| form.endings().first());
    let endings: Vec<String> = usual.map(|ending| format!(".{ending}")).collect();
    let endings = match endings.split_last() {
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    };
    format!("this answer is written to a file that ends in {endings}{}", named(output))
}

/// Whether a file's name asks for it to be packed.
pub(in crate::cli) fn is_gzip(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}

/// The file behind a sentence.
fn named(output: Option<&Path>) -> String {
    output.map(|file| format!(": {}", file.display())).unwrap_or_default()
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
#[derive(Args, Clone, Debug, Default)]
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
