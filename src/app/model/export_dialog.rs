//! The question what is to be exported, as what, and where to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::app::jobs::dialog::ShowFolder;
use crate::app::model::export_what::{ExportWhat, Extent};
use crate::app::work::export_preview::ExportPreview;
use crate::cli::{ExportForm, ExportFormat, OutputFormat, PictureFormat};
use crate::export::{ExportTable, TableFileFormat};
use crate::scene::ThemeMode;

/// Why a table is not written as a graph.
const NO_GRAPH: &str = "this is no graph; name a file that ends in .csv, .xlsx, .json or .jsonl";

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
