//! What the commands take that describe the program to shells and to `man`.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;

/// What `completions` takes.
#[derive(Args, Clone, Debug)]
pub struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    pub shell: Shell,
    /// Where to write it [default: standard output].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What `man` takes.
#[derive(Args, Clone, Debug)]
pub struct ManArguments {
    /// The folder to write the pages into; it is made if it is not there.
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}
