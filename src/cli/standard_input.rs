//! Standard input where a command is given no file, as programs in a pipeline read it.

use std::ffi::OsString;
use std::io::{IsTerminal as _, stdin};

use clap::Parser as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::arguments::Cli;

/// The arguments, with `-` for standard input where a command lacks its inventories and something is
/// handed to it: `has_input` says so.
pub fn with_standard_input(mut arguments: Vec<OsString>, has_input: bool) -> Vec<OsString> {
    if has_input && lacks_files(&arguments) {
        arguments.push("-".into());
    }
    arguments
}

/// Whether inventories are all that is missing.
fn lacks_files(arguments: &[OsString]) -> bool {
    let Err(error) = Cli::try_parse_from(arguments) else { return false };
    let Some(ContextValue::Strings(missing)) = error.get(ContextKind::InvalidArg) else {
        return false;
    };
    error.kind() == ErrorKind::MissingRequiredArgument
        && matches!(missing.as_slice(), [only] if only == "<FILE>...")
}

/// Whether a pipe or a file is handed to the program: no terminal, and no device such as the one that
/// is always empty.
pub fn has_standard_input() -> bool {
    let input = stdin();
    if input.is_terminal() {
        return false;
    }
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        use std::os::unix::fs::FileTypeExt as _;

        let copy = input.as_fd().try_clone_to_owned();
        let metadata = copy.and_then(|copy| std::fs::File::from(copy).metadata());
        metadata.is_ok_and(|there| there.is_file() || there.file_type().is_fifo())
    }
    #[cfg(not(unix))]
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(line: &str) -> String {
        let words = line.split(' ').map(OsString::from).collect();
        let completed = with_standard_input(words, true);
        let words: Vec<String> =
            completed.into_iter().map(|word| word.into_string().unwrap()).collect();
        words.join(" ")
    }

    #[test]
    fn a_command_that_lacks_its_files_alone_reads_standard_input() {
        for line in [
            "keyreach report",
            "keyreach report --format json --only summary",
            "keyreach blast-radius --from K1",
            "keyreach import -o p.keyreach",
            "keyreach export --what findings",
            "keyreach check --fail-on high",
        ] {
            assert_eq!(completed(line), format!("{line} -"));
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            assert_eq!(with_standard_input(words.clone(), false), words);
        }
        for line in [
            "keyreach",
            "keyreach in.csv",
            "keyreach report in.csv",
            "keyreach blast-radius",
            "keyreach diff old.csv",
            "keyreach info",
            "keyreach report --nonsense",
            "keyreach import",
        ] {
            assert_eq!(completed(line), line);
        }
    }
}
