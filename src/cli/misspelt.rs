//! A word that stands where a command stands, and is neither one nor a file.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;

use super::arguments::Cli;
use crate::inventory::{did_you_mean, nearest};

/// Checks that the first file that the window is to open is not a misspelt command: a word of letters,
/// digits and hyphens that names no file.
///
/// # Errors
/// One sentence with the commands that may be meant.
pub fn check_for_misspelt_command(files: &[PathBuf]) -> Result<(), String> {
    let Some(word) = files.first().and_then(|file| file.to_str()) else { return Ok(()) };
    if !is_command_like(word) || Path::new(word).exists() {
        return Ok(());
    }
    let root = Cli::command();
    let known = || root.get_subcommands().map(clap::Command::get_name);
    let word_in_lower_case = word.to_ascii_lowercase();
    let mut near = nearest(&word_in_lower_case, known());
    if near.contains(&word_in_lower_case) {
        near = vec![word_in_lower_case];
    } else if near.is_empty() {
        let begun = known().filter(|own| begins_like(own, &word_in_lower_case));
        near = begun.take(MOST_BEGUN).map(str::to_owned).collect();
    }
    let how = match near.as_slice() {
        [] => "`keyreach --help` lists the commands".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no command and no file “{word}”; {how}"))
}

/// Checks the words of a command line, the program's own name first, that could not be understood: whether
/// the first that is no option stands where a command does and is misspelt, also behind `help`.
///
/// # Errors
/// One sentence with the commands that may be meant.
pub fn check_for_misspelt_words(words: &[OsString]) -> Result<(), String> {
    let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
    let is_word = |word: &&str| !word.starts_with('-');
    let first = words.find(is_word);
    let word = if first == Some("help") { words.find(is_word) } else { first };
    let is_known = |word: &str| Cli::command().get_subcommands().any(|own| own.get_name() == word);
    match word {
        Some(word) if !is_known(word) => check_for_misspelt_command(&[PathBuf::from(word)]),
        _ => Ok(()),
    }
}

/// At most this many commands are offered for a word with which they begin.
const MOST_BEGUN: usize = 3;

/// Whether a command begins as a word does, but for the last letters of a long word: `blast`, `complete`.
fn begins_like(command: &str, word: &str) -> bool {
    let same = command.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    same >= 3 && same >= word.chars().count() - word.chars().count() / 6
}

/// Whether a word is built as commands are: letters, and digits that slipped in, with hyphens between them.
fn is_command_like(word: &str) -> bool {
    word.split('-')
        .all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &[&str]) -> Result<(), String> {
        check_for_misspelt_command(&words.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn a_bare_word_that_names_nothing_is_a_misspelt_command() {
        let report = "there is no command and no file “reprot”; did you mean “report”?";
        assert_eq!(check(&["reprot", "x.csv"]), Err(report.to_owned()));
        let radius = check(&["blast-raduis"]).unwrap_err();
        assert!(radius.contains("“blast-radius”"), "{radius}");
        for report in ["REPORT", "Report", "report2"] {
            let said = check(&[report]).unwrap_err();
            assert!(said.contains("did you mean “report”"), "{said}");
        }
        for (word, command) in [
            ("EXPORT", "export"),
            ("blast", "blast-radius"),
            ("BLAST", "blast-radius"),
            ("complete", "completions"),
        ] {
            let said = check(&[word]).unwrap_err();
            assert!(said.ends_with(&format!("did you mean “{command}”?")), "{said}");
        }
        let nothing = check(&["zzzzzzzzz"]).unwrap_err();
        assert!(nothing.contains("--help"), "{nothing}");
    }

    #[test]
    fn a_misspelt_command_with_options_is_one_too() {
        let check = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            check_for_misspelt_words(&words).err().unwrap_or_default()
        };
        assert!(check("keyreach exprot x.csv -o y.csv").contains("did you mean “export”"));
        assert!(check("keyreach help exprot").contains("did you mean “export”"));
        assert!(check("keyreach EXPORT x.csv -o y.csv").contains("did you mean “export”"));
        assert!(check("keyreach blast x.csv --from a@b").contains("did you mean “blast-radius”"));
        assert!(check("keyreach --quiet chekc x.csv --fail-on high").contains("“check”"));
        for right in ["keyreach export x.csv --wrong", "keyreach x.csv --wrong", "keyreach help"] {
            assert_eq!(check(right), "", "{right}");
        }
    }

    #[test]
    fn what_looks_like_a_file_or_is_one_is_opened() {
        assert_eq!(check(&[]), Ok(()));
        assert_eq!(check(&["reprot.csv"]), Ok(()));
        assert_eq!(check(&["some/report"]), Ok(()));
        // A folder of the project.
        assert_eq!(check(&["src"]), Ok(()));
    }
}
