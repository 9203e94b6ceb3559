//! Refuses to write over what is read: no output may be one of the inputs, and standard input is one
//! of them at most.

use std::path::{Path, PathBuf};

use super::arguments::{
    Action, AnswerArguments, AssumptionArguments, InputArguments, PictureFormat, TableArguments,
    is_png,
};
use super::files::{is_project_file, project_of_backup};
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

impl<'a> Touched<'a> {
    /// Reads files of which `-` is standard input.
    fn reads_all(mut self, files: &'a [PathBuf]) -> Self {
        self.from_standard_input += files.iter().filter(|file| is_standard_input(file)).count();
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

    fn of(action: &'a Action) -> Self {
        let none = Self::default();
        match action {
            Action::Import(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                touched.writes(Some(&a.output))
            }
            Action::Info(a) => {
                none.reads(std::slice::from_ref(&a.project)).writes(a.output.as_ref())
            }
            Action::Scenarios(a) => {
                let touched = none.reads(std::slice::from_ref(&a.project)).assumes(&a.assume);
                touched.writes(a.output.as_ref())
            }
            Action::Tasks(a) => {
                let touched = none.reads(std::slice::from_ref(&a.project)).assumes(&a.assume);
                touched.writes(a.output.as_ref())
            }
            Action::Redact(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                touched.writes(Some(&a.output))
            }
            Action::Reveal(a) => {
                let answer = std::slice::from_ref(&a.answer);
                let touched = none.reads(answer).reads_all(&a.files).keyed(&a.reading);
                touched.assumes(&a.assume).writes(a.output.as_ref())
            }
            Action::Report(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                let touched = touched.writes(a.output.as_ref()).writes(a.rejected.as_ref());
                Self { numbered: a.rejected.as_deref(), ..touched }
            }
            Action::BlastRadius(a) => none.reads_all(&a.files).answers(&a.answer),
            Action::Paths(a) => none.reads_all(&a.files).answers(&a.answer),
            Action::ReachedBy(a) => none.reads_all(&a.files).answers(&a.answer),
            Action::Owners(a) => none.reads_all(&a.files).answers(&a.answer),
            Action::Rotation(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                touched.writes(a.output.as_ref())
            }
            Action::WhatIf(a) => none.reads_all(&a.files).answers(&a.answer),
            Action::Policy(a) => none.assumes(&a.assume).writes(a.output.as_ref()),
            Action::Diff(a) => {
                let sides = [&a.old, &a.new].map(std::slice::from_ref);
                let [old, new] = sides;
                none.reads_all(old).reads_all(new).answers(&a.answer)
            }
            Action::Export(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                touched.writes(a.output.as_ref())
            }
            Action::Check(a) => {
                let touched = none.reads_all(&a.files).reads_all(a.baseline.as_slice());
                touched.keyed(&a.reading).assumes(&a.assume).writes(a.output.as_ref())
            }
            Action::Mapping(a) => {
                let file = std::slice::from_ref(&a.file);
                none.reads_all(file).reads_as(&a.read_as).writes(a.output.as_ref())
            }
            Action::Layout(a) => {
                let touched = none.reads_all(&a.files).keyed(&a.reading).assumes(&a.assume);
                touched.writes(a.output.as_ref()).writes(a.edges.as_ref())
            }
            Action::Completions(a) => none.writes(a.output.as_ref()),
            Action::Schema(a) => none.writes(a.output.as_ref()),
            Action::Generate(a) => none.writes(a.output.as_ref()),
            // What a page for `man` is written over is a page of the same name.
            Action::Man(_) | Action::Licences | Action::Manual => none,
            Action::Render(a) => {
                let touched = none.reads_all(&a.files).reads_as(&a.read_as).assumes(&a.assume);
                touched.writes(Some(&a.output))
            }
            Action::Screenshot(a) => {
                let touched = none.reads_all(&a.files).reads_as(&a.read_as).assumes(&a.assume);
                touched.writes(Some(&a.output))
            }
        }
    }
}

/// Checks before anything is read or written that no output is an input, however it is spelt, and
/// that no two outputs are one file; and that no two inputs are standard input.
///
/// # Errors
/// One sentence that names the file.
pub fn spare_inputs(action: &Action) -> Result<(), String> {
    let Touched { read, written, from_standard_input, numbered } = Touched::of(action);
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
        if is_of_project(&goal) && !matches!(action, Action::Import(_) | Action::Redact(_)) {
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
        Action::Render(a) => PictureFormat::of_file(&a.output).map(drop),
        Action::Screenshot(a) => is_png(&a.output),
        _ => Ok(()),
    }
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

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A path with every link followed, also that of a file that is not there yet; `None` for standard
/// input, and for what is neither file nor folder, such as a terminal.
fn real(path: &Path) -> Option<PathBuf> {
    if is_standard_input(path) {
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
