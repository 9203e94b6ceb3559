//! Sends the command line to where it is carried out.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
#[cfg(feature = "gui")]
use keyreach::cli::Action;
use keyreach::cli::{Cli, run};

/// Wipes whatever is freed: the readers of workbooks and archives keep copies that nobody else can
/// reach.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let arguments = Cli::parse();
    let code = match &arguments.action {
        #[cfg(feature = "gui")]
        Some(action @ Action::Screenshot(shot)) => match keyreach::cli::spare_inputs(action) {
            Ok(()) => picture(shot),
            Err(message) => tell(2, &message),
        },
        Some(action) => run(action, &mut std::io::stdout(), &mut std::io::stderr()),
        None => window(arguments),
    };
    ExitCode::from(code)
}

/// Tells one sentence and gives an exit code.
fn tell(code: u8, message: &str) -> u8 {
    // Where the error stream is closed nobody is left to be warned.
    drop(writeln!(std::io::stderr(), "keyreach: {}", keyreach::inventory::shown(message)));
    code
}

#[cfg(feature = "gui")]
fn window(arguments: Cli) -> u8 {
    let Cli { files, read_as, assume, .. } = &arguments;
    if let Err(message) = keyreach::cli::check_beside_project(files, read_as, assume) {
        return tell(2, &message);
    }
    let assumptions = match arguments.assume.assumptions() {
        Ok(assumptions) => assumptions,
        Err(message) => return tell(2, &message),
    };
    let settings = match keyreach::cli::import_settings(&arguments.read_as) {
        Ok(settings) => settings,
        Err(message) => return tell(2, &message),
    };
    match keyreach::app::run_window(arguments.files, assumptions, settings, !arguments.no_config) {
        Ok(()) => 0,
        Err(error) => tell(2, &error.to_string()),
    }
}

#[cfg(not(feature = "gui"))]
fn window(_: Cli) -> u8 {
    tell(2, "this build has no window; `keyreach report FILE` prints the answers")
}

#[cfg(feature = "gui")]
fn picture(arguments: &keyreach::cli::ScreenshotArguments) -> u8 {
    use keyreach::app::NoPicture;
    use keyreach::cli::{ScreenshotArguments, ThemeName};
    use keyreach::scene::ThemeMode;

    let ScreenshotArguments { files, read_as, assume, .. } = arguments;
    if let Err(message) = keyreach::cli::check_beside_project(files, read_as, assume) {
        return tell(2, &message);
    }
    let settings = match keyreach::cli::import_settings(&arguments.read_as) {
        Ok(settings) => settings,
        Err(message) => return tell(2, &message),
    };
    let assumptions = match arguments.assume.assumptions() {
        Ok(assumptions) => assumptions,
        Err(message) => return tell(2, &message),
    };
    let shot = keyreach::app::ScreenshotRequest {
        settings,
        files: arguments.files.clone(),
        assumptions,
        size: arguments.size,
        theme_mode: match arguments.theme {
            ThemeName::Dark => ThemeMode::Dark,
            ThemeName::Light => ThemeMode::Light,
            ThemeName::Projector => ThemeMode::Projector,
        },
        view: arguments.view,
        select: arguments.select.clone(),
    };
    let taken = match keyreach::app::screenshot(&shot) {
        Ok(taken) => taken,
        Err(why @ NoPicture::Input(_)) => return tell(1, &why.to_string()),
        Err(why @ NoPicture::NoSuchName(_)) => return tell(2, &why.to_string()),
    };
    keyreach::cli::warn_of_unmatched_names(&taken.unmatched, &mut std::io::stderr());
    let image = taken.image;
    let written = keyreach::cli::write_whole(&arguments.output, |out| {
        let encoder = image::codecs::png::PngEncoder::new(out);
        image.write_with_encoder(encoder).map_err(std::io::Error::other)
    });
    match written {
        Ok(()) => 0,
        Err(error) => {
            tell(3, &keyreach::cli::not_written("the picture", &error, &arguments.output))
        }
    }
}
