//! The question what is to be exported, as what, and where to.

use std::path::{Path, PathBuf};

use crate::cli::{OutputFormat, PictureFormat};
use crate::scene::ThemeMode;

/// What can be exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum ExportWhat {
    /// What the active view shows.
    #[default]
    Picture,
    /// All answers.
    Report,
    /// The rows, without values.
    Inventory,
}

impl ExportWhat {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 3] = [Self::Picture, Self::Report, Self::Inventory];

    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Picture => "Picture",
            Self::Report => "Report",
            Self::Inventory => "Inventory",
        }
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
            Self::Inventory => {
                "One plain table of all rows that were read; secrets are fingerprints, never values"
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
                ("md", "Markdown, for tickets and wikis"),
                ("txt", "plain text"),
                ("json", "for programs"),
            ],
            Self::Inventory => &[("csv", "for spreadsheets, and to be imported again")],
        }
    }

    /// The name that is proposed for its file, without its end.
    fn stem(self) -> &'static str {
        match self {
            Self::Picture => "keyreach-picture",
            Self::Report => "keyreach-report",
            Self::Inventory => "keyreach-inventory",
        }
    }
}

/// What is known of the question.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExportState {
    pub(crate) is_open: bool,
    /// What was answered, now or before.
    pub(crate) dialog: Option<ExportDialog>,
}

/// What was answered so far.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExportDialog {
    pub(crate) what: ExportWhat,
    /// The path as it is typed.
    pub(crate) path: String,
    /// The whole map instead of the part that the window shows.
    pub(crate) is_whole: bool,
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
    /// The whole, or what is in sight.
    Whole(bool),
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
}

impl ExportDialog {
    /// The question for the first time, beside the file that is open.
    pub(crate) fn new(folder: Option<&Path>, theme: ThemeMode) -> Self {
        let what = ExportWhat::default();
        let mut own = Self {
            what,
            path: String::new(),
            is_whole: false,
            theme,
            scale: 2,
            is_transparent: false,
            why: None,
            replaces: false,
        };
        let folder = folder.map_or_else(PathBuf::new, Path::to_owned);
        own.propose(&folder.join(what.stem()), what);
        own
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

    /// The format of a report.
    ///
    /// # Errors
    /// A sentence where the path's end says none.
    pub(crate) fn report_format(&self) -> Result<OutputFormat, String> {
        OutputFormat::chosen(None, Some(Path::new(self.path.trim())))
    }
}
