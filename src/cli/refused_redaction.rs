//! Commands that hide no names: why, and what to do instead.

use std::ffi::OsString;

use clap::CommandFactory as _;

use super::arguments::Cli;

/// Checks the words of a command line, the program's own name first, that could not be understood: whether
/// names are to be hidden by a command that cannot hide them.
///
/// # Errors
/// One sentence that says why not, and what to do.
pub fn check_for_refused_redaction(words: &[OsString]) -> Result<(), String> {
    let words = words.iter().skip(1).filter_map(|word| word.to_str());
    let words: Vec<&str> = words.take_while(|word| *word != "--").collect();
    if !words.iter().any(|word| *word == "--redact" || word.starts_with("--redact=")) {
        return Ok(());
    }
    let program = Cli::command();
    let named = words.iter().find_map(|word| program.find_subcommand(word));
    let hides = |command: &clap::Command| {
        command.get_arguments().any(|argument| argument.get_long() == Some("redact"))
    };
    match named {
        Some(command) if hides(command) => Ok(()),
        Some(command) => {
            let name = command.get_name();
            Err(format!("`keyreach {name}` does not hide names: {}", why_not(name)))
        }
        None => Err("the window hides names by a key: leave --redact out, and press H".to_owned()),
    }
}

/// Why a command hides no names, and what to do.
fn why_not(command: &str) -> &'static str {
    match command {
        "attested" | "recover" => {
            "the project that it writes keeps the real ones; `keyreach redact` then writes a copy without them"
        }
        "mapping" => {
            "a column mapping has the headings of a file as they are, or it would not fit it; leave --redact \
             out, and give the file to nobody who is not to see them"
        }
        "policy" => {
            "a policy has names as they are, or it would fit nothing; write a copy of the project with \
             `keyreach redact` and print its policy"
        }
        "generate" => "every name that it writes is invented; leave --redact out",
        _ => "what it prints has no names of yours; leave --redact out",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str) -> Result<(), String> {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        check_for_refused_redaction(&words)
    }

    #[test]
    fn every_command_hides_names_or_says_why_not() {
        for command in Cli::command().get_subcommands() {
            let hides = command.get_arguments().any(|own| own.get_id() == "redact");
            let said = check(&format!("keyreach {} x --redact", command.get_name()));
            assert_eq!(said.is_ok(), hides, "{}", command.get_name());
            let said = said.err().unwrap_or_default();
            assert!(
                hides || said.contains("leave --redact out") || said.contains("keyreach redact")
            );
        }
        assert!(check("keyreach x.csv --redact=services").unwrap_err().contains("press H"));
        assert_eq!(check("keyreach mapping x.csv"), Ok(()));
        assert_eq!(check("keyreach mapping -- --redact"), Ok(()));
    }
}
