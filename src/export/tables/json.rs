//! A table as JSON: one object for each row, on a line of its own. Hidden characters are escaped; a
//! parser gives the names as they are.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::cell::Cell;
use super::table::TableSource;
use crate::export::json::write_compact;

/// A row with the names of its columns.
struct Row<'a> {
    columns: &'a [&'static str],
    cells: &'a [Cell<'a>],
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.columns.iter().zip(self.cells))
    }
}

/// Writes one object with the rows as a list.
pub(super) fn write_json(source: &TableSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    // Known to the compiler, unlike `out`: most writes are of a few bytes.
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    out.write_all(b"{\"format\":\"keyreach-table\",\"version\":1,\"table\":")?;
    write_compact(&source.table().word(), &mut out)?;
    out.write_all(b",\"columns\":")?;
    write_compact(&source.columns(), &mut out)?;
    out.write_all(b",\"rows\":[")?;
    let mut before: &[u8] = b"\n";
    let columns = source.columns();
    source.rows(&mut |cells| {
        out.write_all(std::mem::replace(&mut before, b",\n"))?;
        write_compact(&Row { columns, cells }, &mut out)
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// Writes one object a line, without anything around them.
pub(super) fn write_json_lines(source: &TableSource<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let columns = source.columns();
    source.rows(&mut |cells| {
        write_compact(&Row { columns, cells }, &mut out)?;
        out.write_all(b"\n")
    })?;
    out.flush()
}
