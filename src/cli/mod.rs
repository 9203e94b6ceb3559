//! Arguments into answers, without a window.

mod files;
mod arguments;
mod names;
mod fixes;
pub mod generate;
mod output_guard;
mod streams;
mod inputs;
mod rejected;
mod questions;
mod positions;
mod run;

pub use arguments::{
    Action, AssumptionArguments, Cli, GenerateArguments, OutputFormat, ReportArguments,
};
pub use arguments::{
    DiffArguments, ExportArguments, LayoutArguments, MappingArguments, OwnersArguments,
    PathsArguments, PolicyArguments, RadiusArguments, ReachedByArguments, RotationArguments,
    ScreenshotArguments, TableFormat, ThemeName, WhatIfArguments,
};
pub use files::{
    KeyFailure, ReadError, fresh_key, not_read, not_written, read_files, today, write_whole,
};
pub use inputs::import_settings;
pub use output_guard::spare_inputs;
pub use rejected::save_rejected;
pub use run::run;
pub use streams::warn_of_unmatched_names;
