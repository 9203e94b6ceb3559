//! Completions for shells and pages for `man`, from the one table of commands and options.

use std::io::Write;

use clap::{Command, CommandFactory as _};

use super::arguments::{Cli, CompletionsArguments, ManArguments};
use super::files::{not_written, write_folder};
use super::man_page::man_page;
use super::streams::{Failure, OUTPUT, Streams, deliver};

/// Carries out `completions`.
pub(super) fn completions(
    arguments: &CompletionsArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "keyreach", &mut text);
    deliver(arguments.output.as_deref(), streams.out, |out| out.write_all(&text))
}

/// Carries out `man`: `keyreach.1`, and a page for each command.
pub(super) fn man(arguments: &ManArguments) -> Result<(), Failure> {
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let commands: Vec<Command> = root.get_subcommands().cloned().chain([root.clone()]).collect();
    let pages = commands.into_iter().map(|command| {
        let name = page_name(&command);
        (name, move |out: &mut dyn Write| out.write_all(man_page(&command)?.as_bytes()))
    });
    let written = write_folder(&arguments.folder, pages, &[]);
    written.map(drop).map_err(|(error, at)| Failure(OUTPUT, not_written("the page", &error, &at)))
}

/// `keyreach-report.1`.
fn page_name(command: &Command) -> String {
    format!("{}.1", command.get_display_name().unwrap_or(command.get_name()))
}
