//! Answers as tables: rows of typed cells under columns with fixed names, written as CSV, as a workbook,
//! as JSON or as JSON Lines. In order:
//!
//! - `cell`: one cell of a row.
//! - `credentials`, `services`, `findings`, `paths`, `plan`, `tasks`, `rotation`, `owners`: one table
//!   each.
//! - `table`: all of them under one name, with the inventory.
//! - `csv`, `json`, `workbook`: the forms.
//! - `format`: the forms under one name.
//! - `first_rows`: a preview.

mod cell;
mod credentials;
mod services;
mod findings;
mod paths;
mod plan;
mod tasks;
mod rotation;
mod owners;
mod table;
mod csv;
mod json;
mod workbook;
mod format;
mod first_rows;

pub use first_rows::FirstRows;
pub use format::{TableFileFormat, write_table};
pub use table::{ExportTable, TableSource};
