//! Arguments into answers, without a window.

mod files;
mod arguments;
mod names;
mod fixes;
pub mod generate;
mod output_guard;
mod run;
mod asked;

pub use arguments::{Action, Assume, Cli, Form, GenerateArguments, ReportArguments};
pub use arguments::{
    DiffArguments, ExportArguments, MappingArguments, PathsArguments, PolicyArguments,
    RadiusArguments, ReadAs, ScreenshotArguments, ThemeName, WhatIfArguments,
};
pub use files::{KeyFailure, ReadError, fresh_key, read_files, today, write_whole};
pub use output_guard::spare_inputs;
pub use run::{import_settings, run, save_rejected, tell_unmatched};
