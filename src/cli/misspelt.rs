//! A word that stands where a command stands, and is neither one nor a file.

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
    let known = root.get_subcommands().map(clap::Command::get_name);
    let how = match nearest(&word.to_ascii_lowercase(), known).as_slice() {
        [] => "`keyreach --help` lists the commands".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no command and no file “{word}”; {how}"))
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
        let nothing = check(&["zzzzzzzzz"]).unwrap_err();
        assert!(nothing.contains("--help"), "{nothing}");
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
