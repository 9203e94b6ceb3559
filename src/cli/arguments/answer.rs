//! How files are read, and how answers are written, as options that several commands take.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::assume::AssumptionArguments;

/// The output format of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// For programs.
    Json,
    /// For people.
    Text,
}

/// The output format of an answer that is a table too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For programs.
    Json,
    /// For people.
    Text,
    /// For spreadsheets.
    Csv,
}

impl OutputFormat {
    /// The format in which to write: the one that was asked for, else the one that the file's name
    /// ends in, else text.
    ///
    /// # Errors
    /// One sentence where the two do not agree.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let asked = asked.map(|asked| match asked {
            Self::Json => TableFormat::Json,
            Self::Text => TableFormat::Text,
        });
        match TableFormat::chosen(asked, output)? {
            TableFormat::Json => Ok(Self::Json),
            TableFormat::Text => Ok(Self::Text),
            TableFormat::Csv => Err(format!(
                "this answer is written as text or JSON; name a file that ends in .txt or .json{}",
                named(output)
            )),
        }
    }
}

impl TableFormat {
    /// The same for an answer that is a table too.
    ///
    /// # Errors
    /// One sentence where the two do not agree.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        match (asked, output.and_then(Self::of_file)) {
            (Some(asked), Some(other)) if asked != other => Err(format!(
                "the file's name ends in .{} and the format asked for is {}; make them agree{}",
                other.ending(),
                asked.word(),
                named(output)
            )),
            (Some(chosen), _) | (None, Some(chosen)) => Ok(chosen),
            (None, None) => Ok(Self::Text),
        }
    }

    /// What the end of a file's name says, before `.gz`.
    fn of_file(file: &Path) -> Option<Self> {
        let unpacked = if is_gzip(file) { Path::new(file.file_stem()?) } else { file };
        let ending = unpacked.extension()?.to_str()?.to_lowercase();
        [Self::Json, Self::Text, Self::Csv].into_iter().find(|form| form.ending() == ending)
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "txt",
            Self::Csv => "csv",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
            Self::Csv => "csv",
        }
    }
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
