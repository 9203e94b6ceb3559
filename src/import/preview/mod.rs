//! The first rows of a file as an import would understand them, before anything is imported.
//!
//! Only the start of a table is looked at. It is read by the very code that imports, so what is
//! shown is what will happen. A cell of a secret is never shown, nor one that is not read, nor any
//! cell of a row that is left out of a table with secrets. Where no line is known to be the header,
//! no name is shown either, until somebody says which line it is.

pub(crate) mod unknown_words;
pub(crate) mod table_preview;
pub(crate) mod column_reasons;
pub(crate) mod missing_columns;
pub(crate) mod first_rows;
pub(crate) mod header_lines;
pub(crate) mod read_preview;
pub(crate) mod proposed_mapping;
