//! What the next start finds as it was: the theme, the size of the window, whether files are listed.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::model::export_dialog::ExportChoices;
use crate::app::model::panes::Panes;
use crate::app::work::write_queue::PendingFile;
use crate::scene::ThemeMode;

/// The name of their file.
const SETTINGS: &str = "settings.toml";

/// The smallest and the largest size of a window that is taken from a file, in points.
const SIZES: [f32; 2] = [320.0, 16_384.0];

/// What is kept of how the window looks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Settings {
    /// The theme, by its word.
    theme: String,
    /// The size of the window in points.
    size: [f32; 2],
    /// Whether the files that are opened are listed for the next start.
    pub(crate) keeps_recent: bool,
    /// Whether decided column mappings are kept for the next table with the same columns.
    pub(crate) keeps_mappings: bool,
    /// Whether unsaved work is kept in case of a crash.
    pub(crate) keeps_unsaved: bool,
    /// What was chosen for the last export.
    pub(crate) export: ExportChoices,
    /// The window for the presenter.
    pub(crate) presenter: PresenterWindow,
    /// How large the panels are, and which are folded.
    panes: Panes,
    /// The folder in which all is kept; none in tests, and where nothing is to be kept.
    #[serde(skip)]
    folder: Option<PathBuf>,
}

/// The window for the presenter beside the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PresenterWindow {
    /// Whether a presentation has one.
    pub(crate) wanted: bool,
    /// The number of the screen that it fills, from 1; 0 for a window wherever the system puts it.
    pub(crate) screen: u8,
}

impl Default for Settings {
    fn default() -> Self {
        let theme = ThemeMode::default().word().to_owned();
        let export = ExportChoices::default();
        Self {
            theme,
            size: [1280.0, 800.0],
            keeps_recent: true,
            keeps_mappings: true,
            keeps_unsaved: true,
            export,
            presenter: PresenterWindow::default(),
            panes: Panes::default(),
            folder: None,
        }
    }
}

impl Settings {
    /// Reads them from a folder; what is missing, or cannot be, is as usual.
    pub(crate) fn read(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join(SETTINGS)).unwrap_or_default();
        let read: Self = toml::from_str(&text).unwrap_or_default();
        Self { folder: Some(folder.to_owned()), ..read }
    }

    /// Their file, to be written.
    pub(crate) fn pending(&self) -> Option<PendingFile> {
        let path = self.folder.as_ref()?.join(SETTINGS);
        // Texts and numbers: there is nothing that TOML could not say.
        let text = toml::to_string(self).unwrap_or_default();
        Some(PendingFile { path, text: Some(text), what: "the settings" })
    }

    /// Where the list of recent files is kept, and where earlier versions kept it.
    pub(crate) fn recent_files(&self) -> [Option<PathBuf>; 2] {
        ["recent.jsonl", "recent.txt"].map(|name| Some(self.folder.as_ref()?.join(name)))
    }

    /// Where mappings of shapes seen before are kept.
    pub(crate) fn mappings_folder(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("mappings"))
    }

    /// The theme.
    pub(crate) fn theme(&self) -> ThemeMode {
        let all = [ThemeMode::Dark, ThemeMode::Light, ThemeMode::Projector];
        all.into_iter().find(|mode| mode.word() == self.theme).unwrap_or_default()
    }

    /// The size of the window.
    pub(crate) fn size(&self) -> [f32; 2] {
        let [least, most] = SIZES;
        let can_be = |side: &f32| side.is_finite() && (least..=most).contains(side);
        if self.size.iter().all(can_be) { self.size } else { Self::default().size }
    }

    /// The panels.
    pub(crate) fn panes(&self) -> Panes {
        self.panes.kept()
    }

    /// Notes the panels.
    pub(crate) fn note_panes(&mut self, panes: &Panes) {
        self.panes = panes.kept();
    }

    /// Notes the theme.
    pub(crate) fn note_theme(&mut self, mode: ThemeMode) {
        mode.word().clone_into(&mut self.theme);
    }

    /// Notes the size of the window.
    pub(crate) fn note_size(&mut self, size: [f32; 2]) {
        self.size = size.map(f32::round);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::model::panes::{Grip, Pane};

    #[test]
    fn settings_come_back_and_what_cannot_be_is_as_usual() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(SETTINGS);
        let read = |text: &str| {
            std::fs::write(&file, text).expect("written");
            Settings::read(folder.path())
        };
        let mut made =
            Settings { keeps_recent: false, keeps_unsaved: false, ..Settings::read(folder.path()) };
        made.note_theme(ThemeMode::Projector);
        made.note_size([900.4, 700.0]);
        let mut panes = Panes::default();
        panes.set_size(Grip::Inspector, Some(410.5));
        panes.set_size(Grip::LongAnswers, Some(f32::NAN));
        panes.toggle(Pane::Filters, ThemeMode::Dark);
        panes.toggle(Pane::Tables, ThemeMode::Projector);
        made.note_panes(&panes);
        let again = read(&made.pending().and_then(|own| own.text).expect("it has a place"));
        assert_eq!(again, made);
        assert_eq!(again.theme(), ThemeMode::Projector);
        assert_eq!(again.size().map(|side| side as i32), [900, 700]);
        assert_eq!(again.panes().size(Grip::Inspector), Some(410.5));
        assert_eq!(again.panes().size(Grip::LongAnswers), None);
        assert!(again.panes().is_folded(Pane::Filters, ThemeMode::Dark));
        assert!(!again.panes().is_folded(Pane::Tables, ThemeMode::Projector));
        for damaged in [
            "theme = \"loud\"\n",
            "[panes.sizes]\nfilters = -4.0\n",
            "size = [1.0, 2.0]\n",
            "size = [nan, 900.0]\n",
            "what",
            "",
        ] {
            let usual = read(damaged);
            assert_eq!(usual.size().map(|side| side as i32), [1280, 800], "{damaged}");
            assert_eq!((usual.theme(), usual.keeps_recent), (ThemeMode::Dark, true), "{damaged}");
        }
    }
}
