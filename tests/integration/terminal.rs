//! What is different where the answer goes to a terminal: the command runs in one that `script` makes.

use std::process::{Command, Stdio};

use crate::gate::skipped;

/// What a command writes to a terminal of a width, and to a pipe; nothing where no terminal can be made.
fn written(arguments: &str, columns: u32, no_color: bool) -> Option<(String, String)> {
    let line = format!(
        "stty rows 24 cols {columns}; {} {arguments} --quiet",
        env!("CARGO_BIN_EXE_keyreach")
    );
    let mut terminal = Command::new("script");
    terminal.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
    let mut pipe = Command::new("sh");
    pipe.args(["-c", line.trim_start_matches(|letter| letter != ';').trim_start_matches("; ")]);
    let run = |command: &mut Command| {
        command.env("TERM", "xterm").env_remove("NO_COLOR").env_remove("CLICOLOR");
        if no_color {
            command.env("NO_COLOR", "1");
        }
        command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
        let output = command.output().ok()?;
        // A check that finds something ends with 4.
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 4)), "{}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n"))
    };
    Some((run(&mut terminal)?, run(&mut pipe)?))
}

/// A text without what colours it; progress lines are erased ones.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            assert_eq!(letters.next(), Some('['), "{text}");
            let ends = |letter: char| letter.is_ascii_alphabetic();
            assert!(letters.find(|letter| ends(*letter)).is_some(), "{text}");
        } else {
            bare.push(letter);
        }
    }
    bare
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn on_a_terminal_lines_fit_and_nothing_is_lost() {
    for command in [
        "report sample-data/payments.csv --as-of 2026-11-23",
        "blast-radius sample-data/payments.csv --from release-deploy-key",
        "rotation sample-data/payments.csv --from release-deploy-key",
        "check sample-data/talk.csv --fail-on critical",
        "owners sample-data/payments.csv",
    ] {
        let Some((terminal, pipe)) = written(command, 72, false) else {
            return skipped("no command `script`");
        };
        let has_headings = command.starts_with("report");
        assert!(!has_headings || terminal.contains("\u{1b}[1m"), "{command}: {terminal}");
        assert!(!pipe.contains('\u{1b}'), "{command}");
        let bare = bare(&terminal);
        let of_answer = bare.lines().filter(|line| !line.starts_with("keyreach: "));
        let too_long: Vec<&str> = of_answer.filter(|line| line.chars().count() > 72).collect();
        assert!(too_long.is_empty(), "{command}: {too_long:#?}");
        // Cells that go on below part words, so all of them are compared without their order.
        let sorted = |text: &str| {
            let mut letters: Vec<char> = words(text).concat().chars().collect();
            letters.sort_unstable();
            letters.into_iter().collect::<String>()
        };
        let errors: Vec<&str> =
            bare.lines().filter(|line| !line.starts_with("keyreach: ")).collect();
        assert_eq!(sorted(&errors.join("\n")), sorted(&pipe), "{command}");
    }
}

#[test]
fn no_color_leaves_out_the_codes_and_json_is_never_broken() {
    let arguments = "report sample-data/payments.csv --as-of 2026-11-23";
    let Some((terminal, _)) = written(arguments, 60, true) else {
        return skipped(
            "no_color_leaves_out_the_codes_and_json_is_never_broken: no command `script`",
        );
    };
    assert!(!terminal.contains('\u{1b}'), "{terminal}");
    assert!(terminal.lines().all(|line| line.chars().count() <= 60), "{terminal}");
    let (terminal, pipe) = written(&format!("{arguments} --format json"), 60, false).unwrap();
    assert_eq!(terminal, pipe);
}

// A name that would set the title of the window.
#[test]
fn a_table_on_a_terminal_has_no_control_character_either() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.csv");
    std::fs::write(&file, "id,service\n\u{1b}]0;title\u{7}k,web\n").unwrap();
    let arguments = format!("export {}", file.display());
    let Some((terminal, pipe)) = written(&arguments, 80, false) else {
        return skipped("no command `script`");
    };
    assert!(pipe.contains('\u{1b}'), "a pipe gets the name as it is: {pipe}");
    assert!(!terminal.contains(['\u{1b}', '\u{7}']), "{terminal:?}");
    assert!(terminal.contains("\\u{1b}]0;title\\u{7}k"), "{terminal}");
}

#[test]
fn a_full_report_lists_every_finding() {
    let folder = tempfile::tempdir().unwrap();
    let listed = |more: &[&str]| {
        let file = folder.path().join("report.md");
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.args(["report", "sample-data/payments.csv", "--as-of", "2026-11-23", "-o"]);
        let status = command.arg(&file).args(more).status().unwrap();
        assert!(status.success());
        let text = std::fs::read_to_string(file).unwrap();
        let findings = text.lines().filter(|line| line.starts_with("- KR")).count();
        (findings, text.contains("keyreach report --full"))
    };
    let json = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["report", "sample-data/payments.csv", "--as-of", "2026-11-23", "--format", "json"])
        .output()
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let whole = json["findings"].as_array().unwrap().len();
    assert_eq!(listed(&["--full"]), (whole, false));
    let (some, says_where) = listed(&[]);
    assert!(some < whole && says_where, "{some} of {whole}");
}

#[test]
fn what_is_no_text_is_not_written_to_a_terminal() {
    for (arguments, what) in [
        ("export sample-data/talk.csv --format xlsx", "a workbook"),
        ("export sample-data/talk.csv --what findings --format xlsx -o -", "a workbook"),
        ("report sample-data/talk.csv --format pdf", "a PDF"),
        ("owners sample-data/talk.csv --format pdf", "a PDF"),
    ] {
        let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_keyreach"));
        let mut terminal = Command::new("script");
        terminal.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        terminal.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
        let Ok(output) = terminal.output() else {
            return skipped("no command `script`");
        };
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {text}");
        assert!(text.contains(&format!("{what} is no text")), "{arguments}: {text}");
        let mut pipe = Command::new("sh");
        pipe.args(["-c", &line]).current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = pipe.output().unwrap();
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments}");
    }
}

#[test]
fn a_word_that_is_not_understood_is_repeated_with_what_hides_in_it_written_out() {
    let said = |word: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        let output = command.args(["report", "in.csv", word]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let text = said("--fo\u{1b}[31mo\u{202e}x");
    assert!(text.contains("--fo\\u{1b}[31mo\\u{202e}x"), "{text}");
    assert!(said("--plain").contains("'--plain'"));
}
