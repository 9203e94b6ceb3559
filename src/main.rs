//! Sends the command line to where it is carried out.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
#[cfg(feature = "gui")]
use keyreach::cli::{Action, Remarks};
use keyreach::cli::{Cli, Terminal, has_standard_input, run, with_standard_input};

/// Wipes whatever is freed: the readers of workbooks and archives keep copies that nobody else can
/// reach.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

fn main() -> ExitCode {
    let words = std::env::args_os().collect();
    let words: Vec<OsString> = with_standard_input(words, has_standard_input());
    let arguments = match Cli::try_parse_from(&words) {
        Ok(arguments) => arguments,
        // What stands behind a misspelt command is no mistake of its own.
        Err(error) => match keyreach::cli::check_for_misspelt_words(&words)
            .and_then(|()| keyreach::cli::check_for_refused_redaction(&words))
        {
            Err(message) if error.use_stderr() => return ExitCode::from(tell(2, &message)),
            _ => visible(&words, error).exit(),
        },
    };
    let code = match &arguments.action {
        #[cfg(feature = "gui")]
        Some(action @ Action::Screenshot(shot)) => match keyreach::cli::spare_inputs(action) {
            Ok(()) => picture(action, shot, arguments.remarks()),
            Err(message) => tell_of(action, 2, &message),
        },
        #[cfg(feature = "gui")]
        Some(action @ Action::Render(request)) => match keyreach::cli::spare_inputs(action) {
            Ok(()) => rendered(action, request, arguments.remarks()),
            Err(message) => tell_of(action, 2, &message),
        },
        #[cfg(feature = "gui")]
        Some(action @ Action::Scenes(wanted)) => match keyreach::cli::spare_inputs(action) {
            Ok(()) => scenes((action, wanted), arguments.remarks()),
            Err(message) => tell_of(action, 2, &message),
        },
        Some(action) => {
            let remarks = arguments.remarks();
            let how = (remarks, Terminal::detected());
            run(action, how, &mut std::io::stdout(), &mut std::io::stderr())
        }
        None => window(arguments),
    };
    ExitCode::from(code)
}

/// The error that the same words give with what hides in them written out, for it repeats them.
fn visible(words: &[OsString], error: clap::Error) -> clap::Error {
    let shown: Vec<String> = words
        .iter()
        .map(|word| keyreach::inventory::shown(&word.to_string_lossy()).into_owned())
        .collect();
    Cli::try_parse_from(shown).err().filter(|_| error.use_stderr()).unwrap_or(error)
}

/// Tells one sentence and gives an exit code.
fn tell(code: u8, message: &str) -> u8 {
    // Where the error stream is closed nobody is left to be warned.
    drop(writeln!(std::io::stderr(), "keyreach: {}", keyreach::inventory::shown(message)));
    code
}

/// The same without the names that the command line holds, where names are hidden.
#[cfg(feature = "gui")]
fn tell_of(action: &Action, code: u8, message: &str) -> u8 {
    tell(code, &keyreach::cli::without_names(message, action))
}

#[cfg(feature = "gui")]
fn window(arguments: Cli) -> u8 {
    if let Err(message) = keyreach::cli::check_for_misspelt_command(&arguments.files) {
        return tell(2, &message);
    }
    if let Err(message) = keyreach::cli::check_for_missing_files(&arguments.files) {
        return tell(1, &message);
    }
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
fn picture(
    action: &Action,
    arguments: &keyreach::cli::ScreenshotArguments,
    remarks: Remarks,
) -> u8 {
    let keyreach::cli::ScreenshotArguments { files, read_as, assume, .. } = arguments;
    if let Err(message) = keyreach::cli::check_beside_project(files, read_as, assume) {
        return tell_of(action, 2, &message);
    }
    let settings = match keyreach::cli::import_settings(&arguments.read_as) {
        Ok(settings) => settings,
        Err(message) => return tell_of(action, 2, &message),
    };
    let assumptions = match arguments.assume.assumptions() {
        Ok(assumptions) => assumptions,
        Err(message) => return tell_of(action, 2, &message),
    };
    let shot = keyreach::app::ScreenshotRequest {
        settings,
        files: arguments.files.clone(),
        assumptions,
        size: arguments.size,
        theme_mode: arguments.theme.mode(),
        view: arguments.view,
        select: arguments.select.clone(),
        from: arguments.from.clone(),
        hide: arguments.hide.redact,
    };
    let taken = match keyreach::app::screenshot(&shot) {
        Ok(taken) => taken,
        Err(why) => return no_picture(action, &why),
    };
    warn(&taken.unmatched, remarks);
    let written = keyreach::cli::write_whole(&arguments.output, |out| taken.write(out));
    written_or_told(written, action, &arguments.output)
}

#[cfg(feature = "gui")]
fn rendered(action: &Action, arguments: &keyreach::cli::RenderArguments, remarks: Remarks) -> u8 {
    use keyreach::cli::{PictureFormat, import_settings, write_whole};

    let keyreach::cli::RenderArguments { files, read_as, assume, .. } = arguments;
    if let Err(message) = keyreach::cli::check_beside_project(files, read_as, assume) {
        return tell_of(action, 2, &message);
    }
    let read = import_settings(&arguments.read_as).and_then(|settings| {
        let format = PictureFormat::of_file(&arguments.output)?;
        Ok((settings, arguments.assume.assumptions()?, format))
    });
    let (settings, assumptions, format) = match read {
        Ok(read) => read,
        Err(message) => return tell_of(action, 2, &message),
    };
    let request = keyreach::app::RenderRequest {
        of: keyreach::app::ScreenshotRequest {
            settings,
            files: arguments.files.clone(),
            assumptions,
            size: arguments.size,
            theme_mode: arguments.theme.mode(),
            view: arguments.view,
            select: arguments.select.clone(),
            from: arguments.from.clone(),
            hide: arguments.hide.redact,
        },
        extent: arguments.extent,
        scale: arguments.scale,
        transparent: arguments.transparent,
    };
    let picture = match keyreach::app::render(&request) {
        Ok(picture) => picture,
        Err(why) => return no_picture(action, &why),
    };
    warn(&picture.unmatched, remarks);
    let written = write_whole(&arguments.output, |out| picture.write(format, out));
    written_or_told(written, action, &arguments.output)
}

/// Writes the scenes of a project.
#[cfg(feature = "gui")]
fn scenes((action, arguments): (&Action, &keyreach::cli::ScenesArguments), remarks: Remarks) -> u8 {
    use keyreach::cli::{DeckFormat, open_project, today};

    let keyreach::cli::ScenesArguments { project, output, size, theme, hide } = arguments;
    let format = match DeckFormat::of_file(output) {
        Ok(format) => format,
        Err(message) => return tell_of(action, 2, &message),
    };
    let progress = keyreach::inventory::Progress::default();
    let opened = match open_project(project, today(), &progress) {
        Ok(opened) => opened,
        Err(message) => return tell_of(action, 1, &message),
    };
    let look = (*size, theme.mode());
    let drawn = keyreach::app::draw_deck(&opened.project, look, hide.redact);
    let Some(deck) = drawn else {
        let how =
            "the project has no scenes; press S in the window to make one of what is on screen";
        return tell_of(action, 1, &format!("{how}: {}", project.display()));
    };
    if remarks != Remarks::Errors {
        keyreach::cli::warn_of_gone(deck.gone(), &mut std::io::stderr());
    }
    match deck.write(format, output) {
        Ok(()) => 0,
        Err(error) => tell_of(action, 3, &keyreach::cli::not_written("the scenes", &error, output)),
    }
}

/// Warns of names of the policy that the inventory does not know.
#[cfg(feature = "gui")]
fn warn(unmatched: &[keyreach::analysis::Unmatched], remarks: Remarks) {
    if remarks != Remarks::Errors {
        keyreach::cli::warn_of_unmatched_names(unmatched, &mut std::io::stderr());
    }
}

/// Tells why there is no picture, and gives the exit code.
#[cfg(feature = "gui")]
fn no_picture(action: &Action, why: &keyreach::app::NoPicture) -> u8 {
    let code = match why {
        keyreach::app::NoPicture::Input(_) => 1,
        keyreach::app::NoPicture::NoSuchName(_) | keyreach::app::NoPicture::TooLarge(_) => 2,
    };
    tell_of(action, code, &why.to_string())
}

/// The exit code of what was written; tells what went wrong.
#[cfg(feature = "gui")]
fn written_or_told(written: std::io::Result<()>, action: &Action, file: &std::path::Path) -> u8 {
    match written {
        Ok(()) => 0,
        Err(error) => tell_of(action, 3, &keyreach::cli::not_written("the picture", &error, file)),
    }
}
