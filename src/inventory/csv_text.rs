//! The one way in which tables are written as CSV: cells in quotes where they need them, and none
//! that a spreadsheet takes for a formula.

use std::io::{self, Write};

use super::shown::starts_formula;

/// Writes records as CSV with commas and line feeds.
pub struct TableWriter<W: Write> {
    inner: csv::Writer<W>,
    defused: String,
}

impl<W: Write> TableWriter<W> {
    /// A table that is written to `out`; records may have any number of cells.
    pub fn new(out: W) -> Self {
        let mut builder = csv::WriterBuilder::new();
        // A first cell that starts with `#` would be read as a comment.
        builder.flexible(true).comment(Some(b'#'));
        Self { inner: builder.from_writer(out), defused: String::new() }
    }

    /// Appends a cell to the record under way. What a spreadsheet would take for a formula gets an
    /// apostrophe before it, which import takes off again.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn cell(&mut self, cell: &str) -> io::Result<()> {
        if !starts_formula(cell) {
            return self.inner.write_field(cell).map_err(plain);
        }
        self.defused.clear();
        self.defused.push('\'');
        self.defused.push_str(cell);
        self.inner.write_field(&self.defused).map_err(plain)
    }

    /// Ends the record under way.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn end_record(&mut self) -> io::Result<()> {
        self.inner.write_record(None::<&[u8]>).map_err(plain)
    }

    /// Writes a whole record.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn record<S: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = S>) -> io::Result<()> {
        for cell in cells {
            self.cell(cell.as_ref())?;
        }
        self.end_record()
    }

    /// Hands the rest on to `out`.
    ///
    /// # Errors
    /// Where `out` cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What the output said, which decides what is done about it: a closed pipe is no failure.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One record as a line of CSV, without the line feed.
pub fn csv_line<S: AsRef<str>>(cells: impl IntoIterator<Item = S>) -> String {
    let mut line = Vec::new();
    let mut table = TableWriter::new(&mut line);
    // Memory takes whatever is written to it.
    let written = table.record(cells).and_then(|()| table.flush());
    drop(table);
    debug_assert!(written.is_ok(), "memory could not be written");
    line.pop();
    String::from_utf8(line).unwrap_or_default()
}

/// The cells of a line of CSV.
pub fn csv_cells(line: &str) -> Vec<String> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_get_quotes_where_they_need_them_and_formulas_an_apostrophe() {
        assert_eq!(
            csv_line(["a", "b,c", "d\"e", "=1+1", "", "-2"]),
            "a,\"b,c\",\"d\"\"e\",'=1+1,,'-2"
        );
        assert_eq!(csv_line(["#a", "two\nlines"]), "\"#a\",\"two\nlines\"");
        assert_eq!(csv_line([""]), "\"\"");
        assert_eq!(csv_line(["＝1+1", "＋a", "－b", "＠SUM(A1)"]), "'＝1+1,'＋a,'－b,'＠SUM(A1)");
    }

    #[test]
    fn a_line_gives_its_cells_back() {
        let cells = ["a", "b,c", "d\"e", "", " f ", "#g"];
        assert_eq!(csv_cells(&csv_line(cells)), cells);
    }
}
