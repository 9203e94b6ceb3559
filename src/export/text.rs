//! A document for a terminal or a mail; hostile characters are shown escaped.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr as _;

use super::document::{Block, Document, Item, Line, Span, Table};
use super::wrap::wrapped;
use crate::inventory::{grouped, shown};

/// How a text looks where it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextStyle {
    /// How many columns a line may have; longer ones go on below, further to the right. Without it no line
    /// is broken.
    pub width: Option<usize>,
    /// Whether headings, severities and references are set apart by the codes of terminals.
    pub colours: bool,
}

/// The narrowest that a column of words is made so that a table fits.
const NARROWEST: usize = 12;

/// What lies between columns.
const GAP: &str = "  ";

/// Writes a document as plain text: a blank line before each heading, two blanks for each level.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    write_styled_text(document, TextStyle::default(), out)
}

/// The same as it looks best where it is written.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_styled_text(
    document: &Document,
    style: TextStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    for block in &document.blocks {
        match block {
            Block::Heading(line) => {
                writeln!(out)?;
                for part in wrapped(&plain(line), style.width) {
                    let coloured = style.with_severity(&part);
                    let is_severity = coloured != part;
                    let bold = || style.paint(&part, Style::new().bold());
                    writeln!(out, "{}", if is_severity { coloured } else { bold() })?;
                }
            }
            Block::Sentence(line) => write_line(line, 0, style, out)?,
            Block::List(items) => write_items(items, 1, style, out)?,
            Block::Table(table) => write_table(table, style, out)?,
            Block::Curve(_) => {}
        }
    }
    Ok(())
}

impl TextStyle {
    fn paint(self, words: &str, style: Style) -> String {
        if self.colours { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    /// A severity in its colour, alone, behind how many there are of it, or at the end of what it is the
    /// severity of.
    fn with_severity(self, words: &str) -> String {
        let is_count = |text: &str| text.bytes().all(|own| own.is_ascii_digit() || own == b',');
        let parted = words.rsplit_once(": ").or_else(|| {
            words.split_once(' ').filter(|(count, _)| !count.is_empty() && is_count(count))
        });
        let (before, last) = match parted {
            Some((_, last)) => words.split_at(words.len() - last.len()),
            None => ("", words),
        };
        let of_colour = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
        let style = match last.trim() {
            "critical" => of_colour(AnsiColor::Red).bold(),
            "high" => of_colour(AnsiColor::Red),
            "medium" => of_colour(AnsiColor::Yellow),
            "low" => of_colour(AnsiColor::Cyan),
            _ => return words.to_owned(),
        };
        format!("{before}{}", self.paint(last, style))
    }
}

/// Writes a line as far to the right as its level says; what has no room goes on below, one level further.
fn write_line(line: &Line, level: usize, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let indent = 2 * level;
    let room = style.width.map(|width| width.saturating_sub(indent + 2).max(NARROWEST));
    for (at, part) in wrapped(&plain(line), room).iter().enumerate() {
        let indent = if at == 0 { indent } else { indent + 2 };
        writeln!(out, "{:indent$}{}", "", style.with_severity(part))?;
    }
    Ok(())
}

fn write_items(
    items: &[Item],
    level: usize,
    style: TextStyle,
    out: &mut dyn Write,
) -> io::Result<()> {
    for Item { line, below } in items {
        write_line(line, level, style, out)?;
        write_items(below, level + 1, style, out)?;
    }
    Ok(())
}

fn write_table(table: &Table, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..table.figures.len()).map(width).collect();
    if let Some(whole) = style.width {
        narrow(&mut widths, &table.figures, whole);
    }
    for row in &rows {
        let cells: Vec<Vec<String>> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| wrapped(cell, style.width.map(|_| *width)))
            .collect();
        for at in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut line = String::new();
            for ((cell, width), is_figure) in cells.iter().zip(&widths).zip(&table.figures) {
                let part = cell.get(at).map_or("", String::as_str);
                let blanks = " ".repeat(width.saturating_sub(part.width()));
                let part = style.with_severity(part);
                line.push_str(GAP);
                let parts = if *is_figure { [&blanks, &part] } else { [&part, &blanks] };
                line.extend(parts.map(String::as_str));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

/// Takes width from the widest columns of words until a table fits, or all of them are narrow.
fn narrow(widths: &mut [usize], figures: &[bool], whole: usize) {
    let needed: usize = widths.iter().map(|width| width + GAP.len()).sum();
    let mut excess = needed.saturating_sub(whole);
    while excess > 0 {
        let words = widths.iter_mut().zip(figures).filter(|(_, is_figure)| !**is_figure);
        let widest = words.map(|(width, _)| width).max_by_key(|width| **width);
        let Some(width) = widest.filter(|width| **width > NARROWEST) else { return };
        *width -= 1;
        excess -= 1;
    }
}

fn plain(line: &Line) -> String {
    words(line, grouped)
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
            Span::Bar(signs) => text.push_str(&"#".repeat(usize::from(*signs))),
        }
    }
    text
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

    fn document() -> Document {
        let mut document = Document::default();
        document.heading("Findings of the newer inventory");
        document.list([Item::with(
            "KR01 Crosses environments: release-deploy-key: critical",
            vec![Item::from("because it is held at a lower tier than one that it grants")],
        )]);
        let row =
            |figure: u64, words: &str| vec![Line::default().figure(figure, "rows"), words.into()];
        let long = "a deploy key that the build runner and a demo shop hold";
        document.table(&[true, false], [row(12_345, long), row(7, "low")]);
        document
    }

    fn written(style: TextStyle) -> String {
        let mut out = Vec::new();
        write_styled_text(&document(), style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn on_a_narrow_terminal_lines_and_cells_go_on_below() {
        let expected = "\nFindings of the newer\ninventory\n  KR01 Crosses\n    environments:\n    \
                        release-deploy-key:\n    critical\n    because it is held\n      at a lower tier than\n      \
                        one that it grants\n  12,345  a deploy key\n          that the build\n          \
                        runner and a\n          demo shop hold\n       7  low\n";
        let text = written(TextStyle { width: Some(26), colours: false });
        assert_eq!(text, expected);
        assert!(text.lines().all(|line| line.len() <= 26));
        let wide = written(TextStyle { width: Some(500), colours: false });
        assert_eq!(wide, written(TextStyle::default()));
    }

    #[test]
    fn colours_add_codes_and_take_no_room() {
        let style = TextStyle { width: Some(26), colours: true };
        let coloured = written(style);
        assert!(coloured.contains("\u{1b}[1mFindings of the newer\u{1b}[0m\n"), "{coloured:?}");
        assert!(coloured.contains("\u{1b}[1m\u{1b}[31mcritical\u{1b}[0m\n"), "{coloured:?}");
        assert!(coloured.contains("\u{1b}[36mlow\u{1b}[0m\n"), "{coloured:?}");
        let mut bare = String::new();
        let mut within = false;
        for letter in coloured.chars() {
            match letter {
                '\u{1b}' => within = true,
                'm' if within => within = false,
                _ if within => {}
                _ => bare.push(letter),
            }
        }
        let lines = |text: &str| -> Vec<String> {
            text.lines().map(|line| line.trim_end().to_owned()).collect()
        };
        assert_eq!(lines(&bare), lines(&written(TextStyle { colours: false, ..style })));
    }
}
