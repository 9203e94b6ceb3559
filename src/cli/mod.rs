//! Arguments into answers, without a window.

mod files;
mod exit_codes;
mod remarks;
mod terminal;
mod arguments;
mod names;
mod fixes;
pub mod generate;
mod output_guard;
mod standard_input;
mod streams;
mod endings;
mod inputs;
mod hidden;
mod rejected;
mod projects;
mod questions;
mod report;
mod exports;
mod check;
mod man_page;
mod shells;
mod misspelt;
mod missing_files;
mod refused_redaction;
mod positions;
mod run;

pub use arguments::{
    Action, AssumptionArguments, Cli, GenerateArguments, OutputFormat, ReportArguments,
};
pub use arguments::{
    CheckArguments, CheckFormat, CompletionsArguments, DeckFormat, DiffArguments, ExportArguments,
    ExportForm, ExportFormat, ExportTarget, ImportArguments, InfoArguments, LayoutArguments,
    ManArguments, MappingArguments, OwnersArguments, PathsArguments, PictureExtent, PictureFormat,
    PolicyArguments, RadiusArguments, ReachedByArguments, RedactCommandArguments, RenderArguments,
    RevealArguments, RotationArguments, ScenesArguments, SchemaArguments, ScreenshotArguments,
    TableFormat, ThemeName, WhatIfArguments,
};
pub use exit_codes::EXIT_CODES;
#[cfg(all(test, feature = "gui"))]
pub(crate) use files::faulty_disk;
pub use files::{
    BloodhoundNotWritten, Damage, Expected, FolderError, KeyFailure, ListsNotWritten, Locking,
    NotSaved, OpenedProject, ProjectKey, ProjectLock, ProjectPaths, ReadError, SalvagedProject,
    digest_of, foreign_bloodhound_file, fresh_key, is_project_file, not_read, not_written,
    open_project, read_files, salvage_project_at, save_project, today, write_asked_lists,
    write_bloodhound, write_folder, write_private, write_whole,
};
#[cfg(feature = "gui")]
pub(crate) use files::{Disk, RealDisk, save_project_on};
pub use hidden::without_names;
pub use inputs::{check_beside_project, import_settings};
pub use missing_files::check_for_missing_files;
pub use misspelt::{check_for_misspelt_command, check_for_misspelt_words};
pub use output_guard::spare_inputs;
pub use refused_redaction::check_for_refused_redaction;
pub use rejected::save_rejected;
pub use remarks::Remarks;
pub use run::run;
pub use standard_input::{has_standard_input, with_standard_input};
pub use streams::{warn_of_gone, warn_of_unmatched_names};
pub use terminal::Terminal;
