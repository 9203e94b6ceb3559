//! A file's bytes into the tables that it holds.
//!
//! Text with delimiters is read where it lies. JSON and workbooks are laid out anew as *packed*
//! text: cells separated by the control characters that ASCII has for this, so that no cell needs a
//! quote, and beside it the line of the file from which each row came. Archives are unpacked under
//! limits, one member after another.

pub(crate) mod encoding;
pub(crate) mod parts;
pub(crate) mod archive;
pub(crate) mod packer;
pub(crate) mod raw_table;
pub(crate) mod other_text;
pub(crate) mod json;
pub(crate) mod workbook;
pub(crate) mod open;

pub(crate) use crate::import::container::archive::members;
pub(crate) use crate::import::container::open::{OpenOptions, open};
pub(crate) use crate::import::container::parts::{FilePart, PartKind, WantedParts};
pub(crate) use crate::import::container::raw_table::{
    Column, Layout, RawTable, Remark, UnreadPart,
};
