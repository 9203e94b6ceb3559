//! Refuses to write over what is read: no output may be one of the inputs, and standard input is one
//! of them at most.

use std::path::{Path, PathBuf};

use super::arguments::{
    Action, AnswerArguments, AssumptionArguments, DeckFormat, InputArguments, TableArguments,
    is_png,
};
use super::files::{is_project_file, is_standard_stream, project_of_backup, project_sources};
use crate::project::PROJECT_ENDING;

/// What a command reads and what it writes.
#[derive(Default)]
struct Touched<'a> {
    read: Vec<&'a Path>,
    written: Vec<&'a Path>,
    /// How many inventories and column mappings are to be read from standard input.
    from_standard_input: usize,
    /// Where rejected rows go: beside this file there may be others, with a number in their names.
    numbered: Option<&'a Path>,
}

/// A file as a list of one.
fn one(file: &PathBuf) -> &[PathBuf] {
    std::slice::from_ref(file)
}

impl<'a> Touched<'a> {
    /// Reads files of which `-` is standard input.
    fn reads_all(mut self, files: &'a [PathBuf]) -> Self {
        self.from_standard_input += files.iter().filter(|file| is_standard_stream(file)).count();
        self.reads(files)
    }

    fn reads(mut self, files: &'a [PathBuf]) -> Self {
        self.read.extend(files.iter().map(PathBuf::as_path));
        self
    }

    fn writes(mut self, file: Option<&'a PathBuf>) -> Self {
        self.written.extend(file.map(PathBuf::as_path));
        self
    }

    fn assumes(self, assume: &'a AssumptionArguments) -> Self {
        self.reads(assume.policy.as_slice())
    }

    fn reads_as(self, read_as: &'a TableArguments) -> Self {
        self.reads_all(&read_as.mapping)
    }

    fn keyed(self, reading: &'a InputArguments) -> Self {
        self.reads(reading.key_file.as_slice()).reads_as(&reading.read_as)
    }

    fn answers(self, answer: &'a AnswerArguments) -> Self {
        self.keyed(&answer.reading).assumes(&answer.assume).writes(answer.output.as_ref())
    }

    /// What a command that works on inventories reads.
    fn inventories(
        files: &'a [PathBuf],
        reading: &'a InputArguments,
        assume: &'a AssumptionArguments,
    ) -> Self {
        Self::default().reads_all(files).keyed(reading).assumes(assume)
    }

    /// The same of one that draws them.
    fn drawn(
        files: &'a [PathBuf],
        read_as: &'a TableArguments,
        assume: &'a AssumptionArguments,
    ) -> Self {
        Self::default().reads_all(files).reads_as(read_as).assumes(assume)
    }

    /// The same of a command that takes a project alone.
    fn of_project(action: &'a Action) -> (Self, Option<&'a PathBuf>) {
        let project = |path| Self::default().reads(std::slice::from_ref::<PathBuf>(path));
        match action {
            Action::Info(a) => (project(&a.project), a.output.as_ref()),
            Action::Scenarios(a) => (project(&a.project).assumes(&a.assume), a.output.as_ref()),
            Action::Tasks(a) => (project(&a.project).assumes(&a.assume), a.output.as_ref()),
            Action::Attestation(a) => (project(&a.project).assumes(&a.assume), a.output.as_ref()),
            Action::Minutes(a) => (project(&a.project), a.output.as_ref()),
            Action::Stated(a) => (project(&a.project), a.output.as_ref()),
            Action::Recover(a) => (project(&a.project), Some(&a.output)),
            Action::Policy(a) => {
                let own = Self::default().reads_all(a.project.as_slice());
                (own.assumes(&a.assume), a.output.as_ref())
            }
            Action::Scenes(a) => (project(&a.project), Some(&a.output)),
            // It writes the project that it reads.
            Action::Attested(a) => (Self::default().reads_all(&a.answers), None),
            _ => (Self::default(), None),
        }
    }

    /// The same of a command that draws inventories.
    fn of_picture(action: &'a Action) -> (Self, Option<&'a PathBuf>) {
        match action {
            Action::Render(a) => (Self::drawn(&a.files, &a.read_as, &a.assume), Some(&a.output)),
            Action::Screenshot(a) => {
                (Self::drawn(&a.files, &a.read_as, &a.assume), Some(&a.output))
            }
            _ => (Self::default(), None),
        }
    }

    fn of(action: &'a Action) -> Self {
        let none = Self::default();
        let (read, written) = match action {
            Action::Import(a) => {
                (Self::inventories(&a.files, &a.reading, &a.assume), Some(&a.output))
            }
            Action::Redact(a) => {
                (Self::inventories(&a.files, &a.reading, &a.assume), Some(&a.output))
            }
            Action::Render(_) | Action::Screenshot(_) => Self::of_picture(action),
            Action::Info(_)
            | Action::Scenarios(_)
            | Action::Tasks(_)
            | Action::Attestation(_)
            | Action::Attested(_)
            | Action::Minutes(_)
            | Action::Stated(_)
            | Action::Scenes(_)
            | Action::Policy(_)
            | Action::Recover(_) => Self::of_project(action),
            Action::Reveal(a) => {
                let names = Self::inventories(&a.files, &a.reading, &a.assume);
                (names.reads(one(&a.answer)), a.output.as_ref())
            }
            Action::Report(a) => {
                let read = Self::inventories(&a.files, &a.reading, &a.assume);
                let numbered = a.rejected.as_deref();
                (Self { numbered, ..read.writes(a.rejected.as_ref()) }, a.output.as_ref())
            }
            Action::Rotation(a) => {
                (Self::inventories(&a.files, &a.reading, &a.assume), a.output.as_ref())
            }
            Action::Export(a) => {
                (Self::inventories(&a.files, &a.reading, &a.assume), a.output.as_ref())
            }
            Action::Check(a) => {
                let read = Self::inventories(&a.files, &a.reading, &a.assume);
                (read.reads_all(a.baseline.as_slice()), a.output.as_ref())
            }
            Action::Layout(a) => {
                let read = Self::inventories(&a.files, &a.reading, &a.assume);
                (read.writes(a.edges.as_ref()), a.output.as_ref())
            }
            Action::BlastRadius(a) => (none.reads_all(&a.files).answers(&a.answer), None),
            Action::Paths(a) => (none.reads_all(&a.files).answers(&a.answer), None),
            Action::ReachedBy(a) => (none.reads_all(&a.files).answers(&a.answer), None),
            Action::Owners(a) => (none.reads_all(&a.files).answers(&a.answer), None),
            Action::WhatIf(a) => (none.reads_all(&a.files).answers(&a.answer), None),
            Action::Diff(a) => {
                (none.reads_all(one(&a.old)).reads_all(one(&a.new)).answers(&a.answer), None)
            }
            Action::Mapping(a) => {
                (none.reads_all(one(&a.file)).reads_as(&a.read_as), a.output.as_ref())
            }
            Action::Completions(a) => (none, a.output.as_ref()),
            Action::Schema(a) => (none, a.output.as_ref()),
            Action::Generate(a) => (none, a.output.as_ref()),
            // What a page for `man` is written over is a page of the same name.
            Action::Man(_) | Action::Licences | Action::Manual => (none, None),
        };
        read.writes(written)
    }
}

/// Every file that the command line of an action names, to be read or written.
pub(super) fn touched_files(action: &Action) -> Vec<&Path> {
    let Touched { read, written, from_standard_input: _, numbered } = Touched::of(action);
    let own = match action {
        // Neither is read before it is written.
        Action::Attested(a) => Some(a.project.as_path()),
        Action::Man(a) => Some(a.folder.as_path()),
        _ => None,
    };
    read.into_iter().chain(written).chain(numbered).chain(own).collect()
}

/// Checks before anything is read or written that no output is an input, however it is spelt, and
/// that no two outputs are one file; and that no two inputs are standard input.
///
/// # Errors
/// One sentence that names the file.
pub fn spare_inputs(action: &Action) -> Result<(), String> {
    let Touched { read, written, from_standard_input, numbered } = Touched::of(action);
    let sources = if written.iter().any(|output| output.exists()) {
        read.iter()
            .filter(|file| is_project_file(file))
            .flat_map(|file| project_sources(file))
            .collect()
    } else {
        Vec::new()
    };
    if from_standard_input > 1 {
        let why = "standard input can be read only once; name files for all inventories and column \
                   mappings but one";
        return Err(format!("{why}: -"));
    }
    for (at, output) in written.iter().enumerate() {
        let Some(goal) = real(output) else { continue };
        let numbered = numbered.filter(|file| file == output).and(Some(goal.as_path()));
        for input in &read {
            let Some(source) = real(input) else { continue };
            let within = source.is_dir() && goal.starts_with(&source) && goal.exists();
            if goal == source || within || numbered.is_some_and(|file| is_numbered(&source, file)) {
                let why = "the output would be written over what is read; name another file";
                return Err(format!("{why}: {}", output.display()));
            }
        }
        if sources.iter().any(|source| real(source).as_ref() == Some(&goal)) {
            let why = "the project was made of this file; name another one";
            return Err(format!("{why}: {}", output.display()));
        }
        if is_of_project(&goal) && !makes_a_project(action) {
            let why = "this is a project, or belongs to one; name another file";
            return Err(format!("{why}: {}", output.display()));
        }
        let others = written.get(..at).unwrap_or_default();
        if others.iter().any(|other| real(other).as_ref() == Some(&goal)) {
            let why = "two outputs would be written to one file; name another";
            return Err(format!("{why}: {}", output.display()));
        }
    }
    match action {
        Action::Render(a) => a.check(),
        Action::Screenshot(a) => is_png(&a.output),
        Action::Scenes(a) => DeckFormat::of_file(&a.output).map(drop),
        _ => Ok(()),
    }
}

/// Whether what a command writes is a project.
fn makes_a_project(action: &Action) -> bool {
    matches!(action, Action::Import(_) | Action::Redact(_) | Action::Recover(_))
}

/// Whether a file is a project, or the key, the backup or the lock of one.
fn is_of_project(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_beside = [".key", ".lock"].into_iter().any(|end| {
        name.strip_suffix(end).is_some_and(|own| own.ends_with(&format!(".{PROJECT_ENDING}")))
    });
    let is_beside = is_beside || project_of_backup(&name).is_some();
    is_project_file(file) || (is_beside && file.exists())
}

/// A path with every link followed, also that of a file that is not there yet; `None` for standard
/// input, and for what is neither file nor folder, such as a terminal.
fn real(path: &Path) -> Option<PathBuf> {
    if is_standard_stream(path) {
        return None;
    }
    if let Ok(real) = std::fs::canonicalize(path) {
        return (real.is_file() || real.is_dir()).then_some(real);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = std::fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
    Some(folder.join(path.file_name()?))
}

/// Whether a file has the name of another with a number behind it, as `rejected-2.csv` does.
fn is_numbered(file: &Path, plain: &Path) -> bool {
    let text =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (own, stem) = (text(file.file_stem()), text(plain.file_stem()));
    let number = own.strip_prefix(stem.as_str()).and_then(|rest| rest.strip_prefix('-'));
    file.parent() == plain.parent()
        && file.extension() == plain.extension()
        && number.is_some_and(|digits| digits.parse::<u32>().is_ok_and(|number| number > 1))
}
