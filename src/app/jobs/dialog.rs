//! The system's dialogs, which a job waits for.

use std::path::PathBuf;
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
