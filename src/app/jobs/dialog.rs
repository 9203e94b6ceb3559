//! The system's dialogs and its file manager, which a job waits for.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Where something that is saved shall go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asking {
    pub(crate) title: &'static str,
    pub(crate) file_name: &'static str,
    /// What such files are called, and how their names end.
    pub(crate) kind: (&'static str, &'static str),
    /// What does the same where no dialog can be shown.
    pub(crate) otherwise: &'static str,
}

/// Asks the user where something shall go; `None` where no place was chosen.
pub(crate) type AskWhere = Arc<dyn Fn(Asking) -> Option<PathBuf> + Send + Sync>;

/// Shows the system's dialog.
pub(crate) fn show_dialog(asking: Asking) -> Option<PathBuf> {
    let (name, ending) = asking.kind;
    let dialog = rfd::FileDialog::new().set_title(asking.title).set_file_name(asking.file_name);
    dialog.add_filter(name, &[ending]).save_file()
}

/// How a folder is shown.
type Show = dyn Fn(&Path) -> io::Result<()> + Send + Sync;

/// Shows a folder in the system's file manager.
#[derive(Clone)]
pub(crate) struct ShowFolder(pub(crate) Arc<Show>);

impl Default for ShowFolder {
    fn default() -> Self {
        Self(Arc::new(show_folder))
    }
}

impl std::fmt::Debug for ShowFolder {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ShowFolder")
    }
}

/// Asks the program for it that the system has.
fn show_folder(folder: &Path) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status()?;
    // Windows' explorer ends with 1 also where it shows the folder.
    if status.success() || cfg!(windows) {
        Ok(())
    } else {
        Err(io::Error::other(format!("{program}: {status}")))
    }
}
