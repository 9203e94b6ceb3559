//! Completions for shells and pages for `man`, from the one table of commands and options.

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use super::arguments::{Cli, CompletionsArguments, ManArguments};
use super::files::{not_written, write_whole};
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
    let folder = &arguments.folder;
    let failed = |error: &std::io::Error, at: &std::path::Path| {
        Failure(OUTPUT, not_written("the page", error, at))
    };
    if !folder.is_dir() {
        std::fs::create_dir(folder).map_err(|error| failed(&error, folder))?;
    }
    let mut root = Cli::command().disable_help_subcommand(true);
    root.build();
    let commands = root.get_subcommands().cloned();
    for command in commands.chain([root.clone()]) {
        let name = page_name(&command);
        let page = Man::new(command);
        let file = folder.join(name);
        let written = write_whole(&file, |mut out| {
            page.render(&mut out)?;
            out.flush()
        });
        written.map_err(|error| failed(&error, &file))?;
    }
    Ok(())
}

/// `keyreach-report.1`.
fn page_name(command: &Command) -> String {
    format!("{}.1", command.get_display_name().unwrap_or(command.get_name()))
}
