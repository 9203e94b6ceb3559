//! The words that cells use, and what other texts in cells look like.

mod compare;
mod unknown;
mod remarks;
mod placeholder;
mod access;
mod status;
mod marks;
mod flags;
mod footer;
mod spreadsheet;
mod random;
mod message;
mod no_names;
mod generic_names;

pub(crate) use self::access::{access, level};
pub(crate) use self::flags::{criticality, crown_jewel, exposure, yes_or_no};
pub(crate) use self::footer::is_footer;
pub(crate) use self::generic_names::{is_filler_number, is_generic_name};
pub(crate) use self::marks::{Mark, mark};
pub(crate) use self::message::{is_plain, shown};
pub(crate) use self::no_names::names_no_service;
pub(crate) use self::placeholder::{ValueKind, is_placeholder, value_kind};
pub(crate) use self::random::looks_random;
pub(crate) use self::spreadsheet::{is_day_for_id, is_rounded_number, is_spreadsheet_error};
pub(crate) use self::status::{disabled, never_used, status};
pub(crate) use self::unknown::is_unknown;
