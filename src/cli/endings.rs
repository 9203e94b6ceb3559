//! Names of files that end in what is not written to them are refused before anything is read.
//!
//! Commands that write in several formats choose by the ending (`arguments::format_choice`); these write
//! in one.

use std::path::Path;

use super::arguments::{Action, is_gzip, is_named_as_file};
use super::files::is_project_file;
use super::streams::{Failure, USAGE};
use crate::project::PROJECT_ENDING;

/// What a command writes to a file, and what the name of such a file ends in.
struct Written<'a> {
    what: &'static str,
    file: Option<&'a Path>,
    ending: &'static str,
}

/// Refuses a file whose name ends in something else than what is written to it. A name without an ending
/// says nothing and is taken, but for a project, which only its ending makes known to a file manager.
///
/// # Errors
/// A usage error that names the ending.
pub(super) fn check_endings(action: &Action) -> Result<(), Failure> {
    if let Action::Attestation(asked) = action {
        let named_list = |file: &&Path| asked.owner.is_none() && ends_in(file, "csv");
        if let Some(file) = asked.output.as_deref().filter(named_list) {
            let how = "the lists of all owners are written into a folder; name one, or the owner whose \
                       list is wanted with --owner";
            return Err(Failure(USAGE, format!("{how}: {}", file.display())));
        }
    }
    if let Action::Export(asked) = action
        && asked.to.is_some()
        && let Some(folder) = asked.output.as_deref().filter(|folder| is_named_as_file(folder))
    {
        let how =
            "BloodHound's files are written into a folder; name one without the ending of a file";
        return Err(Failure(USAGE, format!("{how}: {}", folder.display())));
    }
    written(action).into_iter().try_for_each(|Written { what, file, ending }| {
        let Some(file) = file.filter(|file| file.as_os_str() != "-") else { return Ok(()) };
        let is_right = if ending == PROJECT_ENDING {
            ends_in(file, ending) || is_project_file(file) || is_no_file(file)
        } else {
            let plain = unpacked(file);
            ends_in(plain, ending) || plain.extension().is_none()
        };
        if is_right {
            return Ok(());
        }
        let how = format!("{what} is written to a file that ends in .{ending}");
        Err(Failure(USAGE, format!("{how}: {}", file.display())))
    })
}

fn written(action: &Action) -> Vec<Written<'_>> {
    let one = |what, file, ending| vec![Written { what, file, ending }];
    match action {
        Action::Import(a) => one("a project", Some(a.output.as_path()), PROJECT_ENDING),
        Action::Redact(a) => one("a project", Some(a.output.as_path()), PROJECT_ENDING),
        Action::Recover(a) => one("a project", Some(a.output.as_path()), PROJECT_ENDING),
        Action::Info(a) => one("a description", a.output.as_deref(), "txt"),
        Action::Attestation(a) if a.owner.is_some() => one("a list", a.output.as_deref(), "csv"),
        Action::Minutes(a) => one("a file of minutes", a.output.as_deref(), "md"),
        Action::Stated(a) => one("a table of what was stated", a.output.as_deref(), "csv"),
        Action::Policy(a) => one("a policy", a.output.as_deref(), "toml"),
        Action::Mapping(a) => one("a mapping", a.output.as_deref(), "toml"),
        Action::Generate(a) => one("an inventory", a.output.as_deref(), "csv"),
        Action::Schema(a) => one("a schema", a.output.as_deref(), "json"),
        Action::Layout(a) => {
            let table = |what, file| Written { what, file, ending: "csv" };
            vec![
                table("a table of positions", a.output.as_deref()),
                table("a table of edges", a.edges.as_deref()),
            ]
        }
        _ => Vec::new(),
    }
}

/// Whether a folder or a device is there, of which the reason is another why nothing can be written.
fn is_no_file(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file())
}

/// The name of a file without `.gz`.
fn unpacked(file: &Path) -> &Path {
    if is_gzip(file) { file.file_stem().map_or(file, Path::new) } else { file }
}

fn ends_in(file: &Path, ending: &str) -> bool {
    file.extension().is_some_and(|said| said.eq_ignore_ascii_case(ending))
}
