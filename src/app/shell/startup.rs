//! Opens the window, or says in one sentence why it cannot be opened and what would help.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::app::model::Model;
use crate::app::model::autosave::keep_unsaved_in;
use crate::app::model::command::Command;
use crate::app::model::day::{follow_day, until_tomorrow};
use crate::app::model::remembered::{load_mappings, load_recent};
use crate::app::model::saving::Saving;
use crate::app::model::settings::Settings;
use crate::app::shell::window::Window;
use crate::import::ImportSettings;
use crate::inventory::Assumptions;
use crate::project::{Opening, Project};

/// What keeps the window from opening: a sentence for the user.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NoWindow(String);

struct Native {
    window: Window,
    drawn: Arc<AtomicBool>,
}

impl eframe::App for Native {
    fn logic(&mut self, context: &egui::Context, _: &mut eframe::Frame) {
        follow_day(&mut self.window.model, crate::cli::today());
        context.request_repaint_after(until_tomorrow());
        self.window.logic(context);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.window.ui(ui);
        self.drawn.store(true, Ordering::Relaxed);
    }
}

/// Opens the window on these files and returns when it is closed. Where it `keeps` nothing, it begins
/// as the first time, and leaves nothing for the next.
///
/// # Errors
/// Where no window can be opened: no display, a missing system library, no graphics driver.
pub fn run_window(
    files: Vec<PathBuf>,
    assumptions: Assumptions,
    settings: ImportSettings,
    keeps: bool,
) -> Result<(), NoWindow> {
    let drawn = Arc::new(AtomicBool::new(false));
    let seen = drawn.clone();
    if !has_display() {
        return Err(NoWindow(diagnosis(None)));
    }
    // A missing library panics deep inside the window system; until something was drawn the panic
    // is not the user's to read.
    let quiet = drawn.clone();
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if quiet.load(Ordering::Relaxed) {
            usual(info);
        }
    }));
    let opened = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        open(files, (assumptions, settings), (keeps, drawn))
    }));
    match opened {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(NoWindow(diagnosis(Some(&error.to_string())))),
        Err(panic) if seen.load(Ordering::Relaxed) => std::panic::resume_unwind(panic),
        Err(_) => Err(NoWindow(diagnosis(None))),
    }
}

fn open(
    files: Vec<PathBuf>,
    (assumptions, settings): (Assumptions, ImportSettings),
    (keeps, drawn): (bool, Arc<AtomicBool>),
) -> Result<(), eframe::Error> {
    let folder = dirs::config_dir().filter(|_| keeps).map(|folder| folder.join("keyreach"));
    let kept = folder.as_ref().map(|folder| Settings::read(folder));
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Keyreach")
            .with_app_id("app.keyreach.Keyreach")
            .with_inner_size(kept.unwrap_or_default().size())
            .with_min_inner_size([800.0, 520.0]),
        ..Default::default()
    };
    eframe::run_native(
        "Keyreach",
        options,
        Box::new(move |creation| {
            let context = creation.egui_ctx.clone();
            let wake = Arc::new(move || context.request_repaint());
            let mut model = Model::new(assumptions.as_of, wake);
            model.today = crate::cli::today();
            model.project = Project::under(assumptions);
            model.saving = Saving::new(model.project.clone());
            model.import_settings = settings;
            if let Some(folder) = &folder {
                load_kept(&mut model, folder);
                if let Some(unsaved) = dirs::data_local_dir() {
                    keep_unsaved_in(&mut model, unsaved.join("keyreach").join("unsaved"));
                }
            }
            if !files.is_empty() {
                model.apply(Command::Open(Opening::Files(files)));
            }
            Ok(Box::new(Native { window: Window::new(model), drawn }))
        }),
    )
}

/// Reads what was kept between two starts, and keeps it there from now on.
pub(crate) fn load_kept(model: &mut Model, folder: &Path) {
    model.settings = Settings::read(folder);
    model.session.theme_mode = model.settings.theme();
    model.session.panes = model.settings.panes();
    load_recent(model);
    load_mappings(model);
}

fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The libraries that are opened at run time, and the Debian packages that bring them.
const LIBRARIES: [(&str, &str); 5] = [
    ("libX11.so.6", "libx11-6"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libEGL.so.1", "libegl1"),
];

/// Why no window opened, as far as it is known, and what would help.
fn diagnosis(error: Option<&str>) -> String {
    if !has_display() {
        return "there is no display to open a window on: log in to a desktop or set DISPLAY; \
                `keyreach report FILE` and `keyreach screenshot FILE -o out.png` work without one"
            .to_owned();
    }
    let missing: Vec<&str> = LIBRARIES
        .iter()
        .filter(|(library, _)| cfg!(target_os = "linux") && !is_installed(library))
        .map(|&(_, package)| package)
        .collect();
    if !missing.is_empty() {
        return format!(
            "the window needs system libraries that are not there; install them with \
             `apt-get install {}`",
            missing.join(" ")
        );
    }
    let why = error.map(|error| format!(" ({})", without_source(error))).unwrap_or_default();
    format!(
        "the window could not be opened{why}: check that the display can be reached and that a \
         graphics driver is there, with `apt-get install mesa-vulkan-drivers libgl1 libegl1`"
    )
}

/// What happened, without where in a library's source it was noticed.
fn without_source(error: &str) -> &str {
    match error.split_once(".rs:") {
        Some((_, rest)) => {
            rest.split_once(": ").map_or(rest, |(_, what)| what).trim_end_matches(')')
        }
        None => error,
    }
}

fn is_installed(library: &str) -> bool {
    let listed = std::process::Command::new("ldconfig")
        .arg("-p")
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(library));
    listed
        || ["/lib", "/usr/lib", "/usr/lib64", "/usr/local/lib"]
            .iter()
            .any(|folder| Path::new(folder).join(library).exists())
        || ["x86_64-linux-gnu", "aarch64-linux-gnu"]
            .iter()
            .any(|triplet| Path::new("/usr/lib").join(triplet).join(library).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnosis_does_not_name_a_librarys_source() {
        let error = "winit EventLoopError: os error at /a/winit/src/mod.rs:788: No connection";
        assert_eq!(without_source(error), "No connection");
        assert_eq!(without_source("no adapter"), "no adapter");
    }
}
