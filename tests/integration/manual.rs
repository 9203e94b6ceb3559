//! The manual is true: its commands run, its options exist, and no option is missing in it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use clap::CommandFactory as _;

const MANUAL: &str = include_str!("../../docs/manual.md");
const README: &str = include_str!("../../README.md");

/// The lines of the code blocks that a shell runs.
fn command_lines() -> Vec<&'static str> {
    let blocks = MANUAL.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).collect()
}

/// The words of a command line; single quotes hold words together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').enumerate();
    let split = parts.flat_map(|(at, part)| match at % 2 {
        1 => vec![part.to_owned()],
        _ => part.split_whitespace().map(str::to_owned).collect(),
    });
    split.collect()
}

/// Every long option of every command.
fn options() -> BTreeSet<String> {
    let root = keyreach::cli::Cli::command();
    let commands = std::iter::once(&root).chain(root.get_subcommands());
    let long = commands.flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_long);
    long.map(|name| format!("--{name}")).chain(["--help".into(), "--version".into()]).collect()
}

/// The words of the text that look like long options.
fn named_options(text: &str) -> BTreeSet<String> {
    let inside = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    let words = text.split(|letter: char| !inside(letter));
    let long =
        words.filter(|word| word.starts_with("--") && word.len() > 3 && !word.starts_with("---"));
    long.map(str::to_owned).collect()
}

fn folder_with_samples() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    std::fs::create_dir(folder.path().join("sample-data")).unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/answers.csv");
    std::fs::copy(answers, folder.path().join("docs/answers.csv")).unwrap();
    for entry in std::fs::read_dir(samples).unwrap() {
        let from = entry.unwrap().path();
        let name = from.file_name().unwrap().to_owned();
        std::fs::copy(from, folder.path().join("sample-data").join(name)).unwrap();
    }
    folder
}

#[test]
fn every_command_line_of_the_manual_runs() {
    let folder = folder_with_samples();
    let lines = command_lines();
    assert!(lines.len() >= 17, "{lines:?}");
    for line in lines {
        let words = words(line);
        let (program, arguments) = words.split_first().unwrap();
        assert_eq!(program, "keyreach", "{line}");
        if cfg!(not(feature = "gui"))
            && ["render", "screenshot", "scenes"].contains(&arguments[0].as_str())
        {
            continue;
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        let output = command.args(arguments).current_dir(folder.path()).output().unwrap();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {complaint}");
        let to_file = line.contains(" -o ")
            || line.contains("--output")
            || ["man", "attested"].contains(&arguments[0].as_str());
        assert_ne!(output.stdout.is_empty(), !to_file, "{line}");
    }
}

#[test]
fn the_manual_names_every_option_and_none_that_does_not_exist() {
    // Below that heading the options are those of cargo.
    let reference = MANUAL.split("## Development").next().unwrap();
    let (known, named) = (options(), named_options(reference));
    assert!(known.len() > 20, "{known:?}");
    let missing: Vec<_> = known.difference(&named).collect();
    assert!(missing.is_empty(), "not in the manual: {missing:?}");
    let invented: Vec<_> = named.difference(&known).collect();
    assert!(invented.is_empty(), "not in the program: {invented:?}");
}

#[test]
fn the_manual_has_a_section_for_every_command() {
    let root = keyreach::cli::Cli::command();
    for command in root.get_subcommands().filter(|command| command.get_name() != "help") {
        let heading = format!("\n### {}\n", command.get_name());
        assert!(MANUAL.contains(&heading), "{heading}");
        assert!(README.contains(&format!("`keyreach {}", command.get_name())), "{heading}");
    }
}

#[test]
fn the_manual_is_printed_as_it_stands() {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach")).arg("manual").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), MANUAL);
}

#[test]
fn the_readme_is_read_in_four_minutes() {
    assert!(README.len() <= 9_000, "{} bytes", README.len());
}
