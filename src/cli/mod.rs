//! Arguments into answers, without a window.

mod arguments;
mod files;
pub mod generate;
mod run;

pub use arguments::{Action, Assume, Cli, Form, GenerateArguments, ReportArguments};
pub use arguments::{
    DiffArguments, ExportArguments, MappingArguments, RadiusArguments, ReadAs, ScreenshotArguments,
    ThemeName,
};
pub use files::{KeyFailure, ReadError, fresh_key, read_files, today, write_whole};
pub use run::{import_settings, run, save_rejected};
