//! A page for `man`. The synopsis has the value of each option, and dots behind what may be given several
//! times; `clap_mangen` leaves both out.

use std::io;

use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;

/// Where the synopsis stands in a page.
const SYNOPSIS: &str = ".SH SYNOPSIS\n";

/// The page of a command, which must have been built.
///
/// # Errors
/// Where `clap_mangen` cannot write it.
pub(super) fn man_page(command: &Command) -> io::Result<String> {
    let mut bytes = Vec::new();
    Man::new(command.clone()).render(&mut bytes)?;
    let page = String::from_utf8(bytes).map_err(io::Error::other)?;
    let Some((before, rest)) = page.split_once(SYNOPSIS) else { return Ok(page) };
    let after = rest.find("\n.SH ").and_then(|at| rest.get(at..)).unwrap_or_default();
    Ok(format!("{before}{SYNOPSIS}{}{after}", synopsis(command)))
}

/// One line: options that may be left out, those that are needed, then files and commands.
fn synopsis(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let shown = || command.get_arguments().filter(|argument| !argument.is_hide_set());
    let options = |needed: bool| {
        let of_sort = move |it: &&Arg| !it.is_positional() && it.is_required_set() == needed;
        shown().filter(of_sort).map(option)
    };
    let mut parts = vec![bold(name)];
    parts.extend(options(false).chain(options(true)));
    parts.extend(shown().filter(|argument| argument.is_positional()).map(positional));
    if command.has_subcommands() {
        parts.push(format!("[{}]", italic("COMMAND")));
    }
    parts.join(" ")
}

fn option(option: &Arg) -> String {
    let short = option.get_short().map(|short| bold(&format!("-{short}")));
    let long = option.get_long().map(|long| bold(&format!("--{long}")));
    let mut text = short.into_iter().chain(long).collect::<Vec<_>>().join("|");
    if option.get_num_args().is_some_and(|values| values.takes_values()) {
        let names = option.get_value_names().unwrap_or_default().iter();
        let names: Vec<String> = names.map(|name| italic(&format!("<{name}>"))).collect();
        // A value that may be left out stands behind a sign of equality.
        let may_lack = option.get_num_args().is_some_and(|values| values.min_values() == 0);
        let [before, after] = if may_lack { ["[=", "]"] } else { [" ", ""] };
        text.extend([before, &names.join(" "), after]);
    }
    let text = if option.is_required_set() { text } else { format!("[{text}]") };
    text + repeated(option)
}

fn positional(argument: &Arg) -> String {
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = italic(name.map_or(argument.get_id().as_str(), |name| name.as_str()));
    let text = if argument.is_required_set() { name } else { format!("[{name}]") };
    text + repeated(argument)
}

/// Dots behind what may be given several times.
fn repeated(argument: &Arg) -> &'static str {
    let is_list = matches!(argument.get_action(), ArgAction::Append | ArgAction::Count);
    let takes_more = argument.get_num_args().is_some_and(|values| values.max_values() > 1);
    if is_list || takes_more { "..." } else { "" }
}

fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", escaped(text))
}

fn italic(text: &str) -> String {
    format!("\\fI{}\\fR", escaped(text))
}

/// A hyphen that stays one, and no backslash that means something.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\e").replace('-', "\\-")
}
