//! A document as Markdown, for tickets and wikis; what Markdown would read as its own is escaped.

use std::io::{self, Write};

use super::document::{Block, Document, Item, Line, Span, Table};
use crate::inventory::{grouped, shown};

/// Writes a document; its first line is the title.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_markdown(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    for (at, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(line) | Block::Sentence(line) if at == 0 => {
                writeln!(out, "# {}", escaped(line))?;
            }
            Block::Heading(line) => writeln!(out, "\n## {}", escaped(line))?,
            Block::Sentence(line) => {
                let text = escaped(line);
                if !text.is_empty() {
                    writeln!(out, "\n{text}")?;
                }
            }
            Block::List(items) => {
                writeln!(out)?;
                write_items(items, 0, out)?;
            }
            Block::Table(table) => write_table(table, out)?,
            Block::Curve(_) => {}
        }
    }
    Ok(())
}

fn write_items(items: &[Item], level: usize, out: &mut dyn Write) -> io::Result<()> {
    for Item { line, below } in items {
        writeln!(out, "{:indent$}- {}", "", escaped(line), indent = 2 * level)?;
        write_items(below, level + 1, out)?;
    }
    Ok(())
}

/// A table without a header: Markdown wants a row for it all the same.
fn write_table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "|{}", " |".repeat(table.figures.len()))?;
    let rule = |is_figure: &bool| if *is_figure { " ---: |" } else { " --- |" };
    writeln!(out, "|{}", table.figures.iter().map(rule).collect::<String>())?;
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(escaped).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn escaped(line: &Line) -> String {
    let mut text = String::new();
    for span in &line.spans {
        match span {
            Span::Text(words) => add_escaped(&shown(words), &mut text),
            Span::Figure { count, .. } => text.push_str(&grouped(*count)),
            Span::Rows(rows) => {
                let rows: Vec<_> = rows.iter().map(|row| shown(&row.text)).collect();
                add_escaped(&rows.join(", "), &mut text);
            }
        }
    }
    text
}

/// A text in which Markdown reads nothing as its own.
pub(super) fn escaped_text(text: &str) -> String {
    let mut out = String::new();
    add_escaped(&shown(text), &mut out);
    out
}

/// Adds a text with a backslash before each character that Markdown, or HTML within it, could read as
/// its own.
fn add_escaped(text: &str, out: &mut String) {
    for (at, character) in text.char_indices() {
        let is_mark = matches!(
            character,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '#'
                | '~'
                | '&'
                | '!'
                | '$'
                | '@'
        );
        // A list, a rule or a quotation begins a line.
        let begins_block = at == 0 && out.is_empty() && matches!(character, '-' | '+' | '=' | '.');
        if is_mark || begins_block {
            out.push('\\');
        }
        out.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_names() {
        let mut document = Document::default();
        document.sentence("Title");
        document.sentence("");
        document.sentence("- a [b](c) *d* <e> f|g");
        document.heading(Line::default().figure(2, "rows").text(" `x`"));
        document.list([Item::with("one", vec![Item::from("two")])]);
        document.table(&[false, true], [vec!["a|b".into(), "5".into()]]);
        let mut out = Vec::new();
        write_markdown(&document, &mut out).unwrap();
        let expected = "# Title\n\n\\- a \\[b\\](c) \\*d\\* \\<e\\> f\\|g\n\n## 2 \\`x\\`\n\n- one\n  - two\n\n\
                        | | |\n| --- | ---: |\n| a\\|b | 5 |\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
