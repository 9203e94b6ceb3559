//! The list of what an owner is asked, as a table to fill in.

use std::io::{self, Write};

use crate::import::ANSWER_COLUMNS;
use crate::inventory::{Date, TableWriter};
use crate::project::{AskedList, AskedThing};

/// Writes a list as CSV, with a blank cell for each answer.
///
/// # Errors
/// Where it cannot be written.
pub fn write_asked_list(list: &AskedList, out: &mut dyn Write) -> io::Result<()> {
    // Spreadsheets take a table without the mark for another encoding.
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = TableWriter::new(out);
    table.record(ANSWER_COLUMNS)?;
    for thing in &list.things {
        let AskedThing { kind, id, environment, name, sort, used_in, last_rotated, expires } =
            thing;
        let day = |date: &Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let (used_in, rotated, expires) = (used_in.join("; "), day(last_rotated), day(expires));
        let known = [&list.owner, *kind, id, environment, name, sort, &used_in, &rotated, &expires];
        table.record(known.into_iter().chain(["", "", ""]))?;
    }
    table.flush()
}
