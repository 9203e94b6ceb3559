//! What is written, where, and what must never be written over.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Parser as _;
use keyreach::cli::{Cli, Remarks, Terminal, run, write_whole};

use super::commands::{Asked, Ground, Slot, commands, good, keyreach, takes_time};
use super::gate::Wrong;

/// A command line must be refused in words, and must leave every file as it was.
fn is_refused(
    ground: &Ground,
    command: &Asked,
    named: &[(&Slot, &Path)],
    read: &str,
    wrong: &mut Wrong,
) {
    let before = ground.names();
    let line = command.line(ground, named);
    let output = keyreach(&line);
    let stderr = String::from_utf8(output.stderr).unwrap();
    let is_refused = output.status.code() == Some(2) && stderr.contains("name another");
    wrong.unless(is_refused, || format!("{line:?} ended with {:?}: {stderr}", output.status));
    let is_kept = std::fs::read(ground.path(read)).unwrap() == good(read).as_bytes();
    wrong.unless(is_kept, || format!("{line:?} wrote over {read}"));
    let left = ground.names();
    wrong.unless(left == before, || format!("{line:?} left {left:?}"));
    // Each of the next ones finds all as it was.
    ground.write(read, good(read));
}

/// The file under its own name and under others.
fn spellings(ground: &Ground, name: &str) -> Vec<PathBuf> {
    let plain = ground.path(name);
    let folder = plain.parent().unwrap();
    let roundabout = folder.join("..").join(folder.file_name().unwrap()).join(name);
    let mut all = vec![plain.clone(), roundabout];
    #[cfg(unix)]
    {
        let link = ground.path(&format!("link-to-{name}"));
        std::os::unix::fs::symlink(&plain, &link).unwrap();
        all.push(link);
    }
    all
}

#[test]
fn no_output_of_any_command_is_written_over_an_input() {
    let (mut pairs, mut wrong) = (0, Wrong::default());
    for command in commands() {
        for input in command.inputs() {
            let ground = Ground::new();
            let name = input.file();
            let read = ground.path(name);
            for spelt in spellings(&ground, name) {
                for output in command.outputs() {
                    let named = [(input, read.as_path()), (output, spelt.as_path())];
                    is_refused(&ground, &command, &named, name, &mut wrong);
                    let named = [(input, spelt.as_path()), (output, read.as_path())];
                    is_refused(&ground, &command, &named, name, &mut wrong);
                }
            }
            pairs += command.outputs().count();
        }
    }
    assert!(pairs >= 30, "{pairs}");
    wrong.assert_none();
}

#[test]
fn no_numbered_file_of_rejected_rows_is_written_over_an_input() {
    let report = commands().into_iter().find(|command| command.name == "report").unwrap();
    let rejected = report.outputs().find(|slot| slot.id == "rejected").unwrap();
    let mut wrong = Wrong::default();
    for input in report.inputs() {
        let ground = Ground::new();
        let (_, end) = input.file().split_once('.').unwrap();
        let (read, left) = (format!("left-2.{end}"), ground.path(&format!("left.{end}")));
        let read = ground.write(&read, good(input.file()));
        let line = report.line(&ground, &[(input, read.as_path()), (rejected, left.as_path())]);
        let output = keyreach(&line);
        let stderr = String::from_utf8(output.stderr).unwrap();
        let is_refused =
            output.status.code() == Some(2) && stderr.contains("written over what is read");
        wrong.unless(is_refused, || format!("{line:?} ended with {:?}: {stderr}", output.status));
    }
    wrong.assert_none();
}

#[test]
fn no_two_outputs_of_a_command_are_one_file() {
    let (mut pairs, mut wrong) = (0, Wrong::default());
    for command in commands() {
        let outputs: Vec<&Slot> = command.outputs().collect();
        for (at, one) in outputs.iter().enumerate() {
            for other in outputs.get(at + 1..).unwrap_or_default() {
                let ground = Ground::new();
                ground.write("in-2.csv", good("in-2.csv"));
                for spelt in spellings(&ground, "in-2.csv") {
                    let path = ground.path("in-2.csv");
                    let named = [(*one, path.as_path()), (*other, spelt.as_path())];
                    is_refused(&ground, &command, &named, "in-2.csv", &mut wrong);
                    pairs += 1;
                }
            }
        }
    }
    assert!(pairs > 0);
    wrong.assert_none();
}

#[test]
fn no_command_writes_a_file_that_ends_in_what_it_does_not_write() {
    let (mut refused, mut wrong) = (0, Wrong::default());
    for command in commands() {
        for slot in command.outputs().filter(|slot| !command.writes_any_ending(slot)) {
            let ground = Ground::new();
            let before = ground.names();
            for name in ["a.docx", "a.docx.gz"] {
                let line = command.line(&ground, &[(slot, ground.path(name).as_path())]);
                let output = keyreach(&line);
                let stderr = String::from_utf8(output.stderr).unwrap();
                let is_refused = output.status.code() == Some(2)
                    && (stderr.contains("ends in .") || stderr.contains("end in ."))
                    && output.stdout.is_empty()
                    && ground.names() == before;
                wrong.unless(is_refused, || format!("{line:?}: {:?} {stderr}", output.status));
                refused += 1;
            }
        }
    }
    assert!(refused > 40, "{refused}");
    wrong.assert_none();
}

/// Accepts a number of bytes and fails at the next.
struct Full {
    room: usize,
    why: io::ErrorKind,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.room);
        self.room -= taken;
        if taken == 0 && !bytes.is_empty() { Err(self.why.into()) } else { Ok(taken) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_writer_that_fails_anywhere_is_reported_and_one_that_is_closed_is_not() {
    let (ground, mut wrong) = (Ground::new(), Wrong::default());
    for command in commands().iter().filter(|command| !command.prints_nothing()) {
        let line = command.line(&ground, &[]);
        let forms: &[String] =
            if command.formats.is_empty() { &[String::new()] } else { &command.formats };
        for form in forms {
            let mut line = [vec!["keyreach".to_owned()], line.clone()].concat();
            if !form.is_empty() {
                line.extend(["--format".to_owned(), form.clone()]);
            }
            let action = Cli::try_parse_from(&line).unwrap().action.unwrap();
            let (mut whole, mut err) = (Vec::new(), Vec::new());
            assert_eq!(
                run(&action, (Remarks::Warnings, Terminal::default()), &mut whole, &mut err),
                0,
                "{line:?}"
            );
            for room in [0, 1, whole.len() / 2, whole.len() - 1] {
                for (why, code) in [(io::ErrorKind::StorageFull, 3), (io::ErrorKind::BrokenPipe, 0)]
                {
                    let mut stderr = Vec::new();
                    let ended = run(
                        &action,
                        (Remarks::Warnings, Terminal::default()),
                        &mut Full { room, why },
                        &mut stderr,
                    );
                    let is_told = code != 0 || takes_time(line.get(1..).unwrap_or_default());
                    let is_right = ended == code && stderr.is_empty() != is_told;
                    wrong.unless(is_right, || {
                        format!("{line:?} ended with {ended}: {why} after {room} bytes")
                    });
                }
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn a_file_that_is_not_written_to_its_end_is_the_old_one_and_leaves_nothing_beside_it() {
    let ground = Ground::new();
    let old = ground.write("old.csv", "old");
    let names = ground.names();
    for room in [0, 1, 100_000] {
        for path in [&old, &ground.path("new.csv")] {
            let written = write_whole(path, |out| {
                out.write_all(&vec![b'x'; room])?;
                Err(io::ErrorKind::StorageFull.into())
            });
            assert_eq!(written.unwrap_err().kind(), io::ErrorKind::StorageFull);
            assert_eq!(ground.names(), names, "after {room} bytes");
            assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
        }
    }
}

#[test]
fn the_rejected_rows_of_each_file_are_written_to_a_file_of_their_own() {
    let ground = Ground::new();
    let header = "id,service,environment\n";
    let texts = [
        ("one.csv", "k1,web,dev\nk2,db,eu,prod\n"),
        ("two.csv", "k3,web,dev\n"),
        ("three.csv", "k4,web,dev\nk5,api,eu,prod\nk6,api,eu,prod\n"),
        ("four.csv", "k7,mail,eu,prod\n"),
    ];
    let files = texts.map(|(name, rows)| ground.write(name, &format!("{header}{rows}")));
    let report = |files: &[PathBuf], left: &Path| {
        let files = files.iter().map(|file| file.to_str().unwrap().to_owned());
        let mut line = vec!["report".to_owned(), "--rejected".to_owned()];
        line.push(left.to_str().unwrap().to_owned());
        line.extend(files);
        assert!(keyreach(&line).status.success());
    };
    let before = ground.names();
    report(&files, &ground.path("left.csv"));
    let new: Vec<String> =
        ground.names().into_iter().filter(|name| !before.contains(name)).collect();
    assert_eq!(new, ["left-2.csv", "left-3.csv", "left.csv"]);
    let ids = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(ground.path(name)).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("rejected_line,rejected_because,id,service,environment"));
        let id = |line: &str| line.rsplit(',').nth(3).unwrap().to_owned();
        lines.map(id).collect()
    };
    assert_eq!(ids("left.csv"), ["k2"]);
    assert_eq!(ids("left-2.csv"), ["k5", "k6"]);
    assert_eq!(ids("left-3.csv"), ["k7"]);
    // Where nothing was rejected the file says so by its header alone.
    report(&files[1..2], &ground.path("none.csv"));
    assert!(ids("none.csv").is_empty());
}
