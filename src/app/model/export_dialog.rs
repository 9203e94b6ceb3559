//! The question what is to be exported, as what, and where to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::jobs::dialog::ShowFolder;
use crate::app::work::export_preview::ExportPreview;
use crate::cli::{ExportForm, ExportFormat, OutputFormat, PictureFormat};
use crate::export::{ExportTable, TableFileFormat};
use crate::scene::ThemeMode;

/// Why a table is not written as a graph.
const NO_GRAPH: &str = "this is no graph; name a file that ends in .csv, .xlsx, .json or .jsonl";

/// What can be exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExportWhat {
    /// What the active view shows.
    #[default]
    Picture,
    /// All answers.
    Report,
    /// An answer, or the rows without values, as a table or a graph.
    Table(ExportTable),
    /// The folder that BloodHound takes.
    BloodHound,
}

impl ExportWhat {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 12] = [
        Self::Picture,
        Self::Report,
        Self::Table(ExportTable::Inventory),
        Self::Table(ExportTable::Findings),
        Self::Table(ExportTable::Credentials),
        Self::Table(ExportTable::Services),
        Self::Table(ExportTable::Paths),
        Self::Table(ExportTable::Plan),
        Self::Table(ExportTable::Tasks),
        Self::Table(ExportTable::Rotation),
        Self::Table(ExportTable::Owners),
        Self::BloodHound,
    ];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Picture => "Picture",
            Self::Report => "Report",
            Self::Table(ExportTable::Inventory) => "Inventory",
            Self::Table(ExportTable::Findings) => "Findings",
            Self::Table(ExportTable::Credentials) => "Credentials",
            Self::Table(ExportTable::Services) => "Services",
            Self::Table(ExportTable::Paths) => "Paths",
            Self::Table(ExportTable::Plan) => "Plan",
            Self::Table(ExportTable::Rotation) => "Rotation",
            Self::Table(ExportTable::Owners) => "Owners",
            Self::Table(ExportTable::Tasks) => "Tasks",
            Self::BloodHound => "BloodHound",
        }
    }

    /// Whether the filters can leave something of it out.
    pub(crate) fn is_filtered(self) -> bool {
        matches!(
            self,
            Self::Table(ExportTable::Findings | ExportTable::Credentials | ExportTable::Services)
        )
    }

    /// What it holds, in one line.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Self::Picture => {
                "The view as it is seen, under a heading with the headline, the day and what is assumed"
            }
            Self::Report => {
                "Headline, picture, paths, minimum cut, plan, findings, owners and what became of each row"
            }
            Self::Table(ExportTable::Inventory) => {
                "All rows that were read, or the graph; secrets are fingerprints, never values"
            }
            Self::Table(ExportTable::Findings) => {
                "A row for each finding: severity, why, what to do, and where it stands"
            }
            Self::Table(ExportTable::Credentials) => {
                "A row for each credential: holders, grants, owners, reach, worst severity"
            }
            Self::Table(ExportTable::Services) => {
                "A row for each service instance: what it holds, what opens it, who reaches it"
            }
            Self::Table(ExportTable::Paths) => {
                "A row for each hop of the shortest paths, or what they use as a graph"
            }
            Self::Table(ExportTable::Plan) => {
                "A row for each step: what it closes and what it breaks"
            }
            Self::Table(ExportTable::Rotation) => {
                "What to replace, and in which order, where what is marked as compromised has fallen"
            }
            Self::Table(ExportTable::Owners) => "A row for each owner: what they answer for",
            Self::Table(ExportTable::Tasks) => {
                "A row for each task of the what-if list, or of the plan where that is empty, by owner"
            }
            Self::BloodHound => {
                "A folder that an administrator of BloodHound uploads: schema, data, queries, icons"
            }
        }
    }

    /// What the names of its files end in, each with what that is.
    pub(crate) fn endings(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Picture => &[
                ("svg", "vectors, for slides and pages"),
                ("pdf", "a page of vectors"),
                ("png", "pixels"),
            ],
            Self::Report => &[
                ("html", "one page, with the picture"),
                ("pdf", "pages for paper, with the picture"),
                ("md", "Markdown, for tickets and wikis"),
                ("txt", "plain text"),
                ("json", "for programs"),
            ],
            Self::Table(ExportTable::Inventory) => &[
                ("csv", "for spreadsheets, and to be imported again"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
                ("graphml", "the graph for networkx, Gephi and yEd"),
                ("gexf", "the graph for Gephi"),
                ("dot", "the graph for Graphviz"),
                ("mmd", "the graph for Mermaid"),
            ],
            Self::Table(ExportTable::Paths) => &[
                ("csv", "for spreadsheets"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
                ("mmd", "Mermaid, for Markdown"),
                ("dot", "for Graphviz"),
                ("graphml", "for networkx, Gephi and yEd"),
                ("gexf", "for Gephi"),
            ],
            Self::BloodHound => &[],
            Self::Table(_) => &[
                ("csv", "for spreadsheets"),
                ("xlsx", "a workbook"),
                ("json", "for programs"),
                ("jsonl", "for programs, a row a line"),
            ],
        }
    }

    /// The name that is proposed for its file, without its end.
    fn stem(self) -> &'static str {
        match self {
            Self::Picture => "keyreach-picture",
            Self::Report => "keyreach-report",
            Self::Table(ExportTable::Inventory) => "keyreach-inventory",
            Self::Table(ExportTable::Findings) => "keyreach-findings",
            Self::Table(ExportTable::Credentials) => "keyreach-credentials",
            Self::Table(ExportTable::Services) => "keyreach-services",
            Self::Table(ExportTable::Paths) => "keyreach-paths",
            Self::Table(ExportTable::Plan) => "keyreach-plan",
            Self::Table(ExportTable::Rotation) => "keyreach-rotation",
            Self::Table(ExportTable::Owners) => "keyreach-owners",
            Self::Table(ExportTable::Tasks) => "keyreach-tasks",
            Self::BloodHound => "keyreach-bloodhound",
        }
    }
}

/// How much of it is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    /// The part of the map that the window shows; the rows that the filters leave.
    #[default]
    Seen,
    /// The whole map; all rows.
    Whole,
    /// What belongs to what is selected; the rows about it.
    Selected,
}

impl Extent {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Seen, Self::Whole, Self::Selected];
}

/// What was chosen before, as it is kept for the next start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct ExportChoices {
    what: String,
    ending: String,
    theme: String,
    scale: u8,
    is_transparent: bool,
}

impl Default for ExportChoices {
    /// Twice the pixels, for a file of pixels; all else as the dialog begins with.
    fn default() -> Self {
        let nothing = String::new;
        Self {
            what: nothing(),
            ending: nothing(),
            theme: nothing(),
            scale: 2,
            is_transparent: false,
        }
    }
}

/// What is known of the question.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExportState {
    pub(crate) is_open: bool,
    /// What was answered, now or before.
    pub(crate) dialog: Option<ExportDialog>,
    /// What the preview that was asked for last is of, and the preview once it is there.
    pub(crate) preview: Option<(PreviewOf, Option<Arc<ExportPreview>>)>,
    /// What was written last: the sentence that says so, and its folder.
    pub(crate) written: Option<(String, PathBuf)>,
    /// How its folder is shown.
    pub(crate) show_folder: ShowFolder,
}

/// What a preview depends on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PreviewOf {
    what: ExportWhat,
    extent: Extent,
    theme: ThemeMode,
    ending: Option<String>,
}

/// What was answered so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExportDialog {
    pub(crate) what: ExportWhat,
    /// The path as it is typed.
    pub(crate) path: String,
    /// How much of it.
    pub(crate) extent: Extent,
    /// The theme of a picture.
    pub(crate) theme: ThemeMode,
    /// Pixels of a file of pixels for each of the picture.
    pub(crate) scale: u8,
    /// Whether a file of pixels has no background.
    pub(crate) is_transparent: bool,
    /// Why it could not be written there.
    pub(crate) why: Option<String>,
    /// Whether what is there is to be replaced.
    pub(crate) replaces: bool,
}

/// What is asked of the question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExportCommand {
    /// Asks it.
    Ask,
    /// What is to be exported.
    What(ExportWhat),
    /// What the file's name shall end in.
    Ending(&'static str),
    /// What the field for the path says.
    Path(String),
    /// How much of it.
    Extent(Extent),
    /// In which theme.
    Theme(ThemeMode),
    /// How many pixels.
    Scale(u8),
    /// Without a background.
    Transparent(bool),
    /// Shows the system's dialog.
    Browse,
    /// Writes it where the field says.
    Write,
    /// Takes the question back.
    Cancel,
    /// Shows the folder of what was written last in the system's file manager.
    OpenFolder,
}

impl ExportDialog {
    /// The question for the first time, beside the file that is open, with the choices of before.
    pub(crate) fn new(folder: Option<&Path>, theme: ThemeMode, choices: &ExportChoices) -> Self {
        let what = ExportWhat::ALL.into_iter().find(|what| what.name() == choices.what);
        let what = what.unwrap_or_default();
        let mut themes = [ThemeMode::Light, ThemeMode::Dark, ThemeMode::Projector].into_iter();
        let chosen = themes.find(|mode| mode.word() == choices.theme);
        let mut own = Self {
            what,
            path: String::new(),
            extent: Extent::default(),
            theme: chosen.unwrap_or(theme),
            scale: choices.scale.clamp(1, 4),
            is_transparent: choices.is_transparent,
            why: None,
            replaces: false,
        };
        let folder = folder.map_or_else(PathBuf::new, Path::to_owned);
        own.propose(&folder.join(what.stem()), what);
        let mut endings = what.endings().iter();
        if let Some((ending, _)) = endings.find(|(ending, _)| *ending == choices.ending) {
            own.set_ending(ending);
        }
        own
    }

    /// The choices, for the next time.
    pub(crate) fn choices(&self) -> ExportChoices {
        ExportChoices {
            what: self.what.name().to_owned(),
            ending: self.ending().unwrap_or_default(),
            theme: self.theme.word().to_owned(),
            scale: self.scale,
            is_transparent: self.is_transparent,
        }
    }

    /// What its preview depends on.
    pub(crate) fn preview_of(&self) -> PreviewOf {
        let Self { what, extent, theme, .. } = *self;
        PreviewOf { what, extent, theme, ending: self.ending() }
    }

    /// What the path ends in, in lower case.
    pub(crate) fn ending(&self) -> Option<String> {
        Some(Path::new(self.path.trim()).extension()?.to_str()?.to_lowercase())
    }

    /// Takes over another thing to export, in the same folder under its usual name.
    pub(crate) fn set_what(&mut self, what: ExportWhat) {
        let folder = Path::new(self.path.trim()).parent().map(Path::to_owned).unwrap_or_default();
        self.propose(&folder.join(what.stem()), what);
    }

    /// Gives the path another end.
    pub(crate) fn set_ending(&mut self, ending: &str) {
        let path = Path::new(self.path.trim()).with_extension(ending);
        self.set_path(path.display().to_string());
    }

    /// Takes over a path.
    pub(crate) fn set_path(&mut self, path: String) {
        (self.path, self.why, self.replaces) = (path, None, false);
    }

    fn propose(&mut self, path: &Path, what: ExportWhat) {
        self.what = what;
        let ending = what.endings().first().map_or("", |(ending, _)| ending);
        self.set_path(path.with_extension(ending).display().to_string());
    }

    /// The format of a picture.
    ///
    /// # Errors
    /// A sentence where the path's end says none.
    pub(crate) fn picture_format(&self) -> Result<PictureFormat, String> {
        PictureFormat::of_file(Path::new(self.path.trim()))
    }

    /// The form of a table or a graph.
    ///
    /// # Errors
    /// A sentence where the path's end says none.
    pub(crate) fn table_form(&self) -> Result<ExportForm, String> {
        let form = ExportFormat::chosen(None, Some(Path::new(self.path.trim())))?.form();
        let is_drawn =
            matches!(self.what, ExportWhat::Table(ExportTable::Inventory | ExportTable::Paths));
        if matches!(form, ExportForm::Graph(_)) && !is_drawn {
            return Err(NO_GRAPH.to_owned());
        }
        Ok(form)
    }

    /// The format of a table that is no graph.
    ///
    /// # Errors
    /// A sentence where the path's end says none.
    pub(crate) fn table_format(&self) -> Result<TableFileFormat, String> {
        match self.table_form()? {
            ExportForm::Table(format) => Ok(format),
            ExportForm::Graph(_) => Err(NO_GRAPH.to_owned()),
        }
    }

    /// The format of a report.
    ///
    /// # Errors
    /// A sentence where the path's end says none.
    pub(crate) fn report_format(&self) -> Result<OutputFormat, String> {
        OutputFormat::chosen(None, Some(Path::new(self.path.trim())))
    }
}
