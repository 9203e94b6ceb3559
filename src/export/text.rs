//! A document for a terminal or a mail; hostile characters are shown escaped.

use std::io::{self, Write};

use super::document::{Block, Document, Item, Line, Span, Table};
use crate::inventory::shown;

/// Writes a document as plain text: a blank line before each heading, two blanks for each level.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    for block in &document.blocks {
        match block {
            Block::Heading(line) => writeln!(out, "\n{}", plain(line))?,
            Block::Sentence(line) => writeln!(out, "{}", plain(line))?,
            Block::List(items) => write_items(items, 1, out)?,
            Block::Table(table) => write_table(table, out)?,
            Block::Curve(_) => {}
        }
    }
    Ok(())
}

fn write_items(items: &[Item], level: usize, out: &mut dyn Write) -> io::Result<()> {
    for Item { line, below } in items {
        writeln!(out, "{:indent$}{}", "", plain(line), indent = 2 * level)?;
        write_items(below, level + 1, out)?;
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.figures.len()).map(width).collect();
    for row in &rows {
        let mut line = String::new();
        for ((cell, width), is_figure) in row.iter().zip(&widths).zip(&table.figures) {
            line.push_str("  ");
            if *is_figure {
                pad(&mut line, cell, *width);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                pad(&mut line, cell, *width);
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Adds the blanks that a cell leaves of its column's width.
fn pad(line: &mut String, cell: &str, width: usize) {
    line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count())));
}

fn plain(line: &Line) -> String {
    words(line, |count| count.to_string())
}

/// What a line says, without marks, its figures written as asked; hostile characters are escaped.
pub(super) fn words(line: &Line, figure: impl Fn(u64) -> String) -> String {
    let mut text = String::new();
    for span in &line.spans {
        match span {
            Span::Text(words) => text.push_str(&shown(words)),
            Span::Figure { count, .. } => text.push_str(&figure(*count)),
            Span::Rows(rows) => {
                let rows: Vec<_> = rows.iter().map(|row| shown(&row.text)).collect();
                text.push_str(&rows.join(", "));
            }
        }
    }
    text
}

/// Whether a cell is a bar, which is not broken into lines.
pub(super) fn is_bar(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|sign| sign == b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_one_below_the_other_and_hostile_characters_are_escaped() {
        let mut document = Document::default();
        document.sentence("one");
        document.heading(Line::from("two ").figure(3, "rows"));
        document.list([Item::with("a\u{202e}b", vec![Item::from("c")]), Item::from("d")]);
        document
            .table(&[true, false], [vec!["5".into(), "x".into()], vec!["10".into(), "y".into()]]);
        let mut out = Vec::new();
        write_text(&document, &mut out).unwrap();
        let expected = "one\n\ntwo 3\n  a\\u{202e}b\n    c\n  d\n   5  x\n  10  y\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
