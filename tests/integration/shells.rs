//! Completions and pages for `man` name every command and every option; the help, the manual and the
//! program agree on how commands end.

use std::collections::BTreeSet;
use std::process::{Command, Output};

use clap::CommandFactory as _;
use keyreach::cli::{Cli, EXIT_CODES};

use super::gate::{Wrong, skipped};

fn keyreach(line: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(line)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap()
}

/// Every command with its own long options.
fn commands() -> Vec<(String, Vec<String>)> {
    let root = Cli::command();
    let options = |command: &clap::Command| {
        command.get_arguments().filter_map(clap::Arg::get_long).map(str::to_owned).collect()
    };
    let all: Vec<_> =
        root.get_subcommands().map(|one| (one.get_name().to_owned(), options(one))).collect();
    assert!(all.len() > 20);
    all
}

#[test]
fn completions_of_every_shell_name_every_command_and_option() {
    let mut wrong = Wrong::default();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = keyreach(&["completions", shell]);
        let text = String::from_utf8(output.stdout).unwrap();
        for (command, options) in commands() {
            wrong.unless(text.contains(&command), || format!("{shell}: {command}"));
            for option in options {
                let is_there = match shell {
                    "fish" => text.contains(&format!("-l {option}")),
                    _ => text.contains(&format!("--{option}")),
                };
                wrong.unless(is_there, || format!("{shell}: {command} --{option}"));
            }
        }
    }
    wrong.assert_none();
}

#[test]
fn bash_completes_commands_options_and_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keyreach.bash");
    assert!(keyreach(&["completions", "bash", "-o", file.to_str().unwrap()]).status.success());
    let complete = |words: &[&str]| -> Option<BTreeSet<String>> {
        let line = words.join(" ");
        let script = format!(
            "source '{}'; COMP_WORDS=({}); COMP_CWORD={}; COMP_LINE='{line}'; COMP_POINT={}; \
             _keyreach keyreach '{}' '{}' 2>/dev/null; echo \"${{COMPREPLY[@]}}\"",
            file.display(),
            words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
            words.len() - 1,
            line.len(),
            words[words.len() - 1],
            words[words.len() - 2],
        );
        let output = Command::new("bash").args(["--norc", "-c", &script]).output().ok()?;
        let text = String::from_utf8(output.stdout).unwrap();
        Some(text.split_whitespace().map(str::to_owned).collect())
    };
    let Some(commands) = complete(&["keyreach", "re"]) else {
        skipped("there is no bash");
        return;
    };
    assert!(commands.contains("report") && commands.contains("reached-by"), "{commands:?}");
    let options = complete(&["keyreach", "check", "--fail"]).unwrap();
    assert_eq!(options, BTreeSet::from(["--fail-on".to_owned()]));
    let words = complete(&["keyreach", "check", "--fail-on", "w"]).unwrap();
    assert_eq!(words, BTreeSet::from(["worse".to_owned()]));
}

#[test]
fn there_is_a_page_for_every_command_with_its_options() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    let output = keyreach(&["man", pages.to_str().unwrap()]);
    assert!(output.status.success() && output.stdout.is_empty());
    let mut wrong = Wrong::default();
    for (command, options) in commands() {
        let page = std::fs::read_to_string(pages.join(format!("keyreach-{command}.1"))).unwrap();
        wrong.unless(page.contains(".TH"), || format!("{command} is no page"));
        for option in options {
            // A hyphen is escaped, so that it stays one.
            let written = format!("\\-\\-{}", option.replace('-', "\\-"));
            wrong.unless(page.contains(&written), || format!("{command} --{option}"));
        }
    }
    wrong.assert_none();
    let synopsis = |command: &str| {
        let page = std::fs::read_to_string(pages.join(format!("{command}.1"))).unwrap();
        let text = page.split(".SH SYNOPSIS\n").nth(1).unwrap().split("\n.SH").next().unwrap();
        let marks = ["\\fB", "\\fI", "\\fR", "\\"];
        marks.iter().fold(text.to_owned(), |text, mark| text.replace(mark, ""))
    };
    for (command, parts) in [
        ("keyreach-rotation", &["keyreach rotation [", " --from <NAME>... FILE..."][..]),
        ("keyreach-export", &["[--what <TABLE>]", "[-o|--output <FILE>]", "[--redact[=<KINDS>]]"]),
        ("keyreach-render", &["[--from <NAME>]...", " -o|--output <FILE> FILE..."]),
        ("keyreach-completions", &[" SHELL"]),
        ("keyreach", &["[FILE]...", "[COMMAND]"]),
    ] {
        let text = synopsis(command);
        assert!(!text.contains('\n'), "{text}");
        for part in parts {
            assert!(text.contains(part), "{part:?}: {text}");
        }
    }
    let root = std::fs::read_to_string(pages.join("keyreach.1")).unwrap();
    assert!(root.contains("Exit codes") && root.contains("report"), "{root}");
    assert_eq!(std::fs::read_dir(&pages).unwrap().count(), commands().len() + 1);
}

#[test]
fn the_manual_and_the_help_have_every_exit_code_and_no_other() {
    let manual = include_str!("../../docs/manual.md");
    let table = manual.split("### Exit codes").nth(1).unwrap().split("\n\n").nth(1).unwrap();
    let rows: Vec<(u8, String)> = table
        .lines()
        .skip(2)
        .map(|row| {
            let mut cells = row.trim_matches('|').split('|').map(str::trim);
            (cells.next().unwrap().parse().unwrap(), cells.next().unwrap().to_owned())
        })
        .collect();
    let known: Vec<(u8, String)> =
        EXIT_CODES.iter().map(|(code, meaning)| (*code, (*meaning).to_owned())).collect();
    assert_eq!(rows, known);
    let help = String::from_utf8(keyreach(&["--help"]).stdout).unwrap();
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for (code, meaning) in EXIT_CODES {
        let meaning = meaning.replace('`', "");
        assert!(help.contains(&format!("{code} {meaning}")), "{help}");
    }
}

#[test]
fn a_misspelt_command_says_what_was_meant_and_opens_no_window() {
    for (word, meant) in [("reprot", "“report”"), ("ownres", "“owners”"), ("chek", "“check”")]
    {
        let output = keyreach(&[word, "sample-data/talk.csv"]);
        assert_eq!(output.status.code(), Some(2), "{word}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(meant) && output.stdout.is_empty(), "{stderr}");
    }
}

#[test]
fn a_file_that_is_not_there_is_said_to_be_missing_and_opens_no_window() {
    for (files, says) in [
        (&["sample-data/payment.csv"][..], "did you mean “payments.csv”?: sample-data/payment.csv"),
        (&["sample-data/talk.csv", "absent/x.csv"], "check its name: absent/x.csv"),
    ] {
        let output = keyreach(files);
        assert_eq!(output.status.code(), Some(1), "{files:?}");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(says) && stderr.contains("there is no such file"), "{stderr}");
    }
}

#[test]
fn quiet_leaves_warnings_out_and_verbose_says_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.toml");
    std::fs::write(&policy, "crown_jewels = [\"nobody@prod\"]\n").unwrap();
    let stderr = |more: &[&str]| {
        let line = ["report", "sample-data/talk.csv", "--policy", policy.to_str().unwrap()];
        let output = keyreach(&[&line[..], more].concat());
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(stderr(&[]).contains("warning"), "{}", stderr(&[]));
    assert_eq!(stderr(&["--quiet"]), "");
    let verbose = stderr(&["-v"]);
    assert!(
        verbose.contains("read sample-data/talk.csv: ") && verbose.contains("took "),
        "{verbose}"
    );
    // Errors are said all the same.
    let output = keyreach(&["report", "absent.csv", "-q"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("absent.csv"));
    assert_eq!(keyreach(&["report", "sample-data/talk.csv", "-q", "-v"]).status.code(), Some(2));
}
