//! What the command takes that writes tables and graphs for other programs.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::answer::InputArguments;
use super::assume::AssumptionArguments;
use super::format_choice::{FormatName, chosen_by_ending};
use crate::analysis::LISTED_PATHS;
use crate::export::{ExportTable, GraphFileFormat, TableFileFormat};

/// What `export` writes as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A table for spreadsheets and scripts.
    Csv,
    /// A workbook for spreadsheets.
    Xlsx,
    /// One JSON object.
    Json,
    /// A JSON object a line.
    Jsonl,
    /// The graph for networkx, Gephi, yEd and igraph.
    Graphml,
    /// The graph for Gephi.
    Gexf,
    /// The graph for Graphviz.
    Dot,
    /// The graph as Mermaid, for Markdown.
    Mmd,
}

impl ExportFormat {
    const NAMES: [FormatName<Self>; 8] = [
        FormatName { format: Self::Csv, word: "csv", endings: &["csv"] },
        FormatName { format: Self::Xlsx, word: "xlsx", endings: &["xlsx"] },
        FormatName { format: Self::Json, word: "json", endings: &["json"] },
        FormatName { format: Self::Jsonl, word: "jsonl", endings: &["jsonl", "ndjson"] },
        FormatName { format: Self::Graphml, word: "graphml", endings: &["graphml"] },
        FormatName { format: Self::Gexf, word: "gexf", endings: &["gexf"] },
        FormatName { format: Self::Dot, word: "dot", endings: &["dot", "gv"] },
        FormatName { format: Self::Mmd, word: "mmd", endings: &["mmd"] },
    ];

    /// The format in which to write: the one that was asked for, else the one that the file's name
    /// ends in, and CSV for standard output.
    ///
    /// # Errors
    /// One sentence where the two do not agree, or the file's name ends in something else, or in nothing.
    pub fn chosen(asked: Option<Self>, output: Option<&Path>) -> Result<Self, String> {
        let found = chosen_by_ending("an export", asked, output, &Self::NAMES)?;
        Ok(found.unwrap_or(Self::Csv))
    }

    /// What it writes.
    pub fn form(self) -> ExportForm {
        match self {
            Self::Csv => ExportForm::Table(TableFileFormat::Csv),
            Self::Xlsx => ExportForm::Table(TableFileFormat::Workbook),
            Self::Json => ExportForm::Table(TableFileFormat::Json),
            Self::Jsonl => ExportForm::Table(TableFileFormat::JsonLines),
            Self::Graphml => ExportForm::Graph(GraphFileFormat::GraphMl),
            Self::Gexf => ExportForm::Graph(GraphFileFormat::Gexf),
            Self::Dot => ExportForm::Graph(GraphFileFormat::Dot),
            Self::Mmd => ExportForm::Graph(GraphFileFormat::Mermaid),
        }
    }
}

/// A table or a graph, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// A table.
    Table(TableFileFormat),
    /// A graph.
    Graph(GraphFileFormat),
}

/// A program that takes a folder of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportTarget {
    /// BloodHound, as OpenGraph.
    Bloodhound,
}

/// What `export` takes.
#[derive(Args, Clone, Debug)]
pub struct ExportArguments {
    /// Inventories; `-` reads standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What to write; the graph formats write the inventory or the paths.
    #[arg(long, value_name = "TABLE", default_value = ExportTable::Inventory.word(), value_parser = table())]
    pub what: ExportTable,
    /// Output format [default: what the file's name ends in; csv on standard output].
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// Another program, which takes a folder of files: `--output` names the folder.
    #[arg(long, value_enum, conflicts_with_all = ["what", "format", "from", "scenario"], requires = "output")]
    pub to: Option<ExportTarget>,
    /// Replaces files of the same names that are in BloodHound's folder already and were not written by
    /// this program.
    #[arg(long, requires = "to")]
    pub force: bool,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// What has fallen, for the order of rotation: a credential's id, or `service@environment`; may
    /// be given several times [default: what the project says].
    #[arg(long, value_name = "NAME")]
    pub from: Vec<String>,
    /// The scenario of the project whose tasks are written [default: the what-if list, or else the plan].
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// How many lateral-movement paths are written, the shortest first.
    #[arg(long, default_value_t = LISTED_PATHS, value_name = "COUNT")]
    pub max_paths: usize,
    /// How files are to be read, and under which key.
    #[command(flatten)]
    pub reading: InputArguments,
    /// What to assume.
    #[command(flatten)]
    pub assume: AssumptionArguments,
}

/// Reads the name of a table; clap lists them.
fn table() -> impl TypedValueParser<Value = ExportTable> {
    PossibleValuesParser::new(ExportTable::ALL.map(ExportTable::word))
        .try_map(|word| ExportTable::of_word(&word).ok_or("no such table"))
}
