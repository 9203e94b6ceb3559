//! Every command with every exit code. The commands, and which of their arguments name files, are
//! read from the program itself: a new one fails here until it has its row.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use clap::{Arg, CommandFactory as _};
use keyreach::cli::Cli;
use tempfile::TempDir;

use super::gate::Wrong;

/// A folder with one good file of each sort.
pub(crate) struct Ground {
    folder: TempDir,
}

const ROWS: &str = "credential_id,service,environment,access\n\
    K1,web,dev,holds\nK1,db,prod,grants\nK2,db,prod,holds\n";

impl Ground {
    pub(crate) fn new() -> Self {
        let ground = Self { folder: TempDir::new().unwrap() };
        for name in [
            "in.csv",
            "old.csv",
            "policy.toml",
            "key.txt",
            "mapping.toml",
            "project.keyreach",
            "answer.txt",
            "answers.csv",
            "second.csv",
        ] {
            ground.write(name, good(name));
        }
        ground
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The names of all that lies in the folder.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    }
}

/// What a file of a sort says where nothing is wrong with it.
pub(crate) fn good(name: &str) -> &'static str {
    match name.split(['.', '-']).next() {
        Some("in" | "old") => ROWS,
        Some("policy") => "rotation_days = 30\n",
        Some("key") => "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
        Some("mapping") => {
            "[columns]\ncredential_id = \"id\"\nservice = \"service\"\n\
             environment = \"environment\"\naccess = \"access\"\n"
        }
        Some("project") => include_str!("../projects/version-3.keyreach"),
        Some("answers") => {
            "owner,kind,id,environment,still_needed,rotated_on,expires_on\n\
             ann,credential,K1,,yes,2026-06-01,\n"
        }
        // The same list twice would be said.
        Some("second") => {
            "owner,kind,id,environment,still_needed,rotated_on,expires_on\n\
             ann,credential,K1,,yes,2026-05-01,\n"
        }
        Some("answer") => "the credential Emu has fallen\n",
        _ => panic!("say what a good {name} is"),
    }
}

/// An argument that names a file.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// Its id in the program.
    pub(crate) id: String,
    /// `--policy`; nothing where its place says what it is.
    option: Option<String>,
    /// Whether it may be given several times.
    several: bool,
}

impl Slot {
    fn of(argument: &Arg) -> Option<Self> {
        let names_a_file =
            argument.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>();
        names_a_file.then(|| Self {
            id: argument.get_id().to_string(),
            option: argument.get_long().map(|long| format!("--{long}")),
            several: matches!(argument.get_action(), clap::ArgAction::Append),
        })
    }

    pub(crate) fn is_output(&self) -> bool {
        matches!(self.id.as_str(), "output" | "rejected" | "edges" | "folder")
    }

    /// The good file that it names unless a test says otherwise.
    pub(crate) fn file(&self) -> &'static str {
        match self.id.as_str() {
            "files" | "file" | "new" => "in.csv",
            "old" | "baseline" => "old.csv",
            "policy" => "policy.toml",
            "key_file" => "key.txt",
            "mapping" => "mapping.toml",
            "project" => "project.keyreach",
            "folder" => "pages",
            "answer" => "answer.txt",
            "answers" => "answers.csv",
            other => panic!("say what sort of file “{other}” names"),
        }
    }
}

/// A command of the program.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) slots: Vec<Slot>,
    /// What `--format` may say; nothing where the command has no such option.
    pub(crate) formats: Vec<String>,
}

/// Every command of the program.
pub(crate) fn commands() -> Vec<Asked> {
    let program = Cli::command();
    let all: Vec<Asked> = program
        .get_subcommands()
        .map(|command| {
            let format = command.get_arguments().find(|argument| argument.get_id() == "format");
            let formats = format.map(Arg::get_possible_values).unwrap_or_default();
            Asked {
                name: command.get_name().to_owned(),
                slots: command.get_arguments().filter_map(Slot::of).collect(),
                formats: formats.iter().map(|value| value.get_name().to_owned()).collect(),
            }
        })
        .filter(|command| cfg!(feature = "gui") || !command.prints_nothing())
        .collect();
    assert!(all.len() >= 9, "{all:?}");
    all
}

impl Asked {
    /// What it cannot do without, besides files.
    fn needed(&self) -> &'static [&'static str] {
        match self.name.as_str() {
            "report" | "paths" | "policy" | "diff" | "export" | "mapping" | "manual" | "owners"
            | "layout" | "info" | "scenarios" | "tasks" | "schema" | "man" | "licences"
            | "reveal" | "attested" | "minutes" | "stated" => &[],
            "attestation" => &["--owner", "ann"],
            "completions" => &["bash"],
            "import" | "redact" | "recover" => &["--force"],
            // A baseline with the same rows, and what several files of them bring.
            "check" => &["--fail-on", "high"],
            "reached-by" => &["--to", "db@prod"],
            "blast-radius" | "rotation" => &["--from", "K1"],
            "what-if" => &["--fix", "revoke K1"],
            "generate" => &["--rows", "3"],
            "render" | "screenshot" | "scenes" => &["--size", "320x240"],
            other => panic!("say what “{other}” cannot do without"),
        }
    }

    /// Its command line, with good files but where others are named. Of an argument that may be
    /// given several times the file that is named is the second.
    pub(crate) fn line(&self, ground: &Ground, named: &[(&Slot, &Path)]) -> Vec<String> {
        let mut line = vec![self.name.clone()];
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        for slot in &self.slots {
            let other = named.iter().find(|(of, _)| of.id == slot.id).map(|(_, path)| *path);
            match (&slot.option, other) {
                (None, None) => line.push(text(&ground.path(slot.file()))),
                (None, Some(other)) => {
                    if slot.several {
                        let first = match slot.id.as_str() {
                            "files" => "old.csv",
                            "answers" => "second.csv",
                            _ => slot.file(),
                        };
                        line.push(text(&ground.path(first)));
                    }
                    line.push(text(other));
                }
                (Some(option), Some(other)) => {
                    if slot.several {
                        line.extend([option.clone(), text(&ground.path(slot.file()))]);
                    }
                    line.extend([option.clone(), text(other)]);
                }
                // A picture and a project are never printed.
                (Some(option), None) if slot.id == "output" && self.prints_nothing() => {
                    let name = format!("made.{}", self.ending(slot));
                    line.extend([option.clone(), text(&ground.path(&name))]);
                }
                // What an answer is about, or compared with, has to be named.
                (Some(option), None) if matches!(slot.id.as_str(), "files" | "baseline") => {
                    line.extend([option.clone(), text(&ground.path(slot.file()))]);
                }
                (Some(_), None) => {}
            }
        }
        line.extend(self.needed().iter().map(|word| (*word).to_owned()));
        line
    }

    /// Whether it writes a picture.
    fn draws(&self) -> bool {
        matches!(self.name.as_str(), "render" | "screenshot" | "scenes")
    }

    /// What the name of a file that it writes may end in.
    pub(crate) fn ending(&self, slot: &Slot) -> &'static str {
        match slot.id.as_str() {
            "output" if self.name == "scenes" => "pdf",
            "output" if self.draws() => "png",
            "output" if self.name == "export" => "csv",
            "output" if !self.formats.is_empty() => "txt",
            "output" => match self.name.as_str() {
                "import" | "redact" | "recover" => "keyreach",
                "policy" | "mapping" => "toml",
                "attestation" | "generate" | "layout" | "stated" => "csv",
                "schema" => "json",
                "info" => "txt",
                "minutes" => "md",
                _ => "out",
            },
            "edges" => "csv",
            _ => "out",
        }
    }

    /// Whether a file that it writes may end in anything: the completions of a shell, what `reveal`
    /// leads back, which is as the answer was, and rejected rows, which are as their file was.
    pub(crate) fn writes_any_ending(&self, slot: &Slot) -> bool {
        slot.id != "output" && slot.id != "edges"
            || matches!(self.name.as_str(), "completions" | "reveal")
    }

    pub(crate) fn prints_nothing(&self) -> bool {
        matches!(
            self.name.as_str(),
            "render"
                | "screenshot"
                | "scenes"
                | "import"
                | "man"
                | "redact"
                | "attested"
                | "recover"
        )
    }

    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| !slot.is_output())
    }

    pub(crate) fn outputs(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.is_output())
    }
}

pub(crate) fn keyreach(line: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keyreach")).args(line).output().unwrap()
}

/// Runs a command line, which must end with an exit code, and returns its messages.
fn ends_with(code: i32, line: &[String], wrong: &mut Wrong) -> String {
    let output = keyreach(line);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let ended = output.status.code();
    wrong.unless(ended == Some(code), || format!("{line:?} ended with {ended:?}: {stderr}"));
    let is_told = code != 0 || takes_time(line);
    wrong.unless(is_told != stderr.is_empty(), || format!("{line:?} wrote {stderr:?}"));
    let is_silent = code == 0 || output.stdout.is_empty();
    wrong.unless(is_silent, || format!("{line:?} failed and printed an answer"));
    stderr
}

/// Whether a command says how long it took, once it is done.
pub(crate) fn takes_time(line: &[String]) -> bool {
    line.first().is_some_and(|command| command == "layout")
}

fn with(line: &[String], more: &[&str]) -> Vec<String> {
    line.iter().cloned().chain(more.iter().map(|word| (*word).to_owned())).collect()
}

#[test]
fn every_command_ends_with_0_where_it_is_done() {
    let mut wrong = Wrong::default();
    for command in commands() {
        let ground = Ground::new();
        let line = command.line(&ground, &[]);
        ends_with(0, &line, &mut wrong);
        for format in &command.formats {
            ends_with(0, &with(&line, &["--format", format]), &mut wrong);
        }
        // With every file that it may read and write at once; of what was read before some commands speak.
        let ground = Ground::new();
        let inputs: Vec<(&Slot, PathBuf)> =
            command.inputs().map(|slot| (slot, ground.path(slot.file()))).collect();
        let outputs: Vec<(&Slot, PathBuf)> = command
            .outputs()
            .map(|slot| (slot, ground.path(&format!("{}.{}", slot.id, command.ending(slot)))))
            .collect();
        let named: Vec<(&Slot, &Path)> =
            inputs.iter().chain(&outputs).map(|(slot, path)| (*slot, path.as_path())).collect();
        ends_with(0, &command.line(&ground, &named), &mut wrong);
        for (_, path) in &outputs {
            let size = std::fs::metadata(path).map_or(0, |written| written.len());
            wrong.unless(size > 0, || format!("{} wrote no {}", command.name, path.display()));
        }
    }
    wrong.assert_none();
}

#[test]
fn every_command_ends_with_1_where_an_inventory_or_the_key_cannot_be_read() {
    let (mut tried, mut wrong) = (0, Wrong::default());
    for command in commands() {
        let ground = Ground::new();
        let folder = ground.path("empty");
        std::fs::create_dir(&folder).unwrap();
        let picture = ground.path("picture.csv");
        std::fs::write(&picture, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
        let damaged = ground.path("damaged.xlsx");
        std::fs::write(&damaged, b"PK\x03\x04 and no more of it").unwrap();
        let poem = ground.write("poem.csv", "Roses are red\nand violets are blue\n");
        let blank = ground.write("blank.csv", "");
        let missing = ground.path("absent.csv");
        for slot in command.inputs() {
            let paths: &[&Path] = match slot.id.as_str() {
                "files" | "file" | "old" | "new" | "baseline" | "project" | "answers" => {
                    &[&missing, &folder, &picture, &damaged, &poem, &blank]
                }
                "key_file" => &[&missing, &folder, &poem, &blank],
                _ => &[],
            };
            for path in paths {
                let stderr = ends_with(1, &command.line(&ground, &[(slot, path)]), &mut wrong);
                let name = path.file_name().unwrap().to_str().unwrap();
                let is_named = stderr.contains(name);
                wrong.unless(is_named, || format!("{} names no {name}: {stderr}", command.name));
                tried += 1;
            }
        }
    }
    assert!(tried >= 60, "{tried}");
    wrong.assert_none();
}

/// What none of several words is.
const NO_CHOICE: &[&str] = &["sort of"];

/// What an option cannot be.
fn wrong_words(argument: &Arg) -> &'static [&'static str] {
    match argument.get_id().as_str() {
        "from" | "to" | "of" | "select" => &["nobody", "nobody@nowhere"],
        "owner" | "scenario" => &["nobody"],
        "fix" => &["revoke nobody", "polish K1", ""],
        "as_of" | "on" => &["2026-02-30", "today"],
        "size" => &["1x1", "large"],
        "rows" | "seed" | "max" | "max_paths" => &["-1", "many"],
        "scale" => &["0", "5", "many"],
        "format" | "only" | "what" | "fail_on" | "theme" | "view" | "extent"
        | "unstated_access" | "pivot_needs" | "ids_across_sources" | "redact" | "kinds" => {
            NO_CHOICE
        }
        "help" | "version" | "full" | "force" | "update" | "new_key" | "fail_on_worse"
        | "stated_only" | "card" | "transparent" | "sheet" | "array" | "member" | "leave_out" => {
            &[]
        }
        _ if Slot::of(argument).is_some() => &[],
        other => panic!("say what “{other}” cannot be"),
    }
}

#[test]
fn every_command_ends_with_2_where_it_is_used_wrongly() {
    let mut wrong = Wrong::default();
    for command in commands() {
        let ground = Ground::new();
        let line = command.line(&ground, &[]);
        let poem = ground.write("poem.toml", "Roses are red\nand violets are blue\n");
        let missing = ground.path("absent.toml");
        ends_with(2, &with(&line, &["--no-such-option"]), &mut wrong);
        ends_with(2, &["no-such-command".to_owned()], &mut wrong);
        let program = Cli::command();
        let known = program.find_subcommand(&command.name).unwrap();
        let mut choices = 0;
        for argument in known.get_arguments() {
            let Some(long) = argument.get_long().map(|long| format!("--{long}")) else { continue };
            let words = wrong_words(argument);
            choices += usize::from(words == NO_CHOICE);
            for word in words {
                // The last of several counts where one alone is wanted.
                let needed = command.needed();
                let given = needed.first() == Some(&long.as_str());
                let cut = line.len() - if given { needed.len() } else { 0 };
                ends_with(2, &with(&line[..cut], &[&format!("{long}={word}")]), &mut wrong);
            }
        }
        assert!(
            choices > 0
                || matches!(
                    command.name.as_str(),
                    "attested"
                        | "completions"
                        | "generate"
                        | "info"
                        | "licences"
                        | "man"
                        | "manual"
                        | "mapping"
                        | "recover"
                        | "schema"
                        | "stated"
                )
        );
        for slot in command.inputs().filter(|slot| matches!(slot.id.as_str(), "policy" | "mapping"))
        {
            for path in [&missing, &poem] {
                let stderr = ends_with(2, &command.line(&ground, &[(slot, path)]), &mut wrong);
                let name = path.file_name().unwrap().to_str().unwrap();
                let is_named = stderr.contains(name);
                wrong.unless(is_named, || format!("{} names no {name}: {stderr}", command.name));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn every_command_ends_with_3_where_an_output_cannot_be_written() {
    let mut wrong = Wrong::default();
    for command in commands() {
        let ground = Ground::new();
        let folder = ground.path("folder");
        std::fs::create_dir(&folder).unwrap();
        let nowhere = ground.path("absent").join("out");
        let ends_in = if command.name == "scenes" { "pdf" } else { "png" };
        let [pictured, drawn] = [&folder, &nowhere].map(|path| path.with_extension(ends_in));
        std::fs::create_dir(&pictured).unwrap();
        let full = ground.path(&format!("full.{ends_in}"));
        #[cfg(target_os = "linux")]
        std::os::unix::fs::symlink("/dev/full", &full).unwrap();
        let in_a_file = ground.path("in.csv").join("pages");
        let names = ground.names();
        let is_picture = command.draws();
        // A folder that is there already is one that it can write into.
        let paths_of_man = [&nowhere, &in_a_file];
        for slot in command.outputs() {
            let made;
            let paths = match command.name.as_str() {
                "man" => paths_of_man,
                _ if is_picture => [&drawn, &pictured],
                _ => {
                    made = nowhere.with_extension(command.ending(slot));
                    [&made, &folder]
                }
            };
            for path in paths {
                let stderr = ends_with(3, &command.line(&ground, &[(slot, path)]), &mut wrong);
                let is_named = stderr.contains(path.to_str().unwrap());
                wrong.unless(is_named, || format!("{} names no file: {stderr}", command.name));
                let left = ground.names();
                wrong.unless(left == names, || format!("{} leaves {left:?}", command.name));
            }
            #[cfg(target_os = "linux")]
            {
                let full = if is_picture { full.as_path() } else { Path::new("/dev/full") };
                ends_with(3, &command.line(&ground, &[(slot, full)]), &mut wrong);
            }
        }
        let prints = ["licences", "manual", "attested"].contains(&command.name.as_str());
        let writes = command.outputs().count() > 0 || prints;
        wrong.unless(writes, || format!("{} writes nothing", command.name));
    }
    wrong.assert_none();
}

/// The exit code and the messages of a command with this as its standard output.
fn printing_to(out: Stdio, line: &[String]) -> (Option<i32>, String) {
    let child = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(line)
        .stdout(out)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The command lines of everything that prints, in every form.
fn printing(ground: &Ground) -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for command in commands().iter().filter(|command| !command.prints_nothing()) {
        let line = command.line(ground, &[]);
        let forms = command.formats.iter().map(|form| with(&line, &["--format", form]));
        lines.extend(forms);
        lines.push(line);
    }
    assert!(lines.len() >= 19, "{lines:?}");
    lines
}

#[cfg(target_os = "linux")]
#[test]
fn every_command_ends_with_3_where_nothing_more_can_be_printed() {
    let (ground, mut wrong) = (Ground::new(), Wrong::default());
    for line in printing(&ground) {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let (code, stderr) = printing_to(full.into(), &line);
        let is_reported = code == Some(3) && stderr.contains("could not be written");
        wrong.unless(is_reported, || format!("{line:?} ended with {code:?}: {stderr}"));
    }
    wrong.assert_none();
}

#[test]
fn a_reader_who_has_seen_enough_gets_no_message() {
    let (ground, mut wrong) = (Ground::new(), Wrong::default());
    for line in printing(&ground) {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let (code, stderr) = printing_to(writer.into(), &line);
        let is_calm = stderr.is_empty() != takes_time(&line) && !stderr.contains("keyreach");
        let is_calm = code == Some(0) && is_calm;
        wrong.unless(is_calm, || format!("{line:?} ended with {code:?}: {stderr}"));
    }
    wrong.assert_none();
}
