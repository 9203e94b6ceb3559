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
            Span::Bar(signs) => add_escaped(&"#".repeat(usize::from(*signs)), &mut text),
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

/// Adds a text, word by word: names stay names, whatever they hold. Blanks at the start of a line would
/// make it code, and are left out.
fn add_escaped(text: &str, out: &mut String) {
    for word in text.split_inclusive(' ') {
        let name = word.strip_suffix(' ').unwrap_or(word);
        if is_live(name) {
            add_code(name, out);
        } else {
            add_word(name, out);
        }
        if name.len() < word.len() && !out.is_empty() {
            out.push(' ');
        }
    }
}

/// Whether a code forge makes something of a word even behind a backslash: an address on the web, an
/// address of mail, a mention, a reference to an issue or to the like, an emoji. It looks for these in the
/// text that is left when Markdown is gone, but never within code.
fn is_live(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if lower.contains("://") || lower.contains("www.") {
        return true;
    }
    let mut before = ' ';
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let is_reference = match letter {
            '@' | '#' => next.is_alphanumeric(),
            '!' | '$' | '%' | '~' | '&' => !before.is_alphanumeric() && next.is_alphanumeric(),
            '-' => {
                before.eq_ignore_ascii_case(&'h') && next.is_ascii_digit() && lower.contains("gh-")
            }
            _ => false,
        };
        if is_reference {
            return true;
        }
        before = letter;
    }
    let mut parts = word.split(':').skip(1).peekable();
    let is_name = |part: &str| {
        let is_of_name = |letter: char| letter.is_ascii_alphanumeric() || "_+-".contains(letter);
        // The number of a line, as in `keys.csv:2:`, is none; these two are.
        let is_number = part.bytes().all(|digit| digit.is_ascii_digit());
        part.chars().all(is_of_name) && (!is_number || ["100", "1234"].contains(&part))
    };
    // What follows the last colon is no emoji.
    while let Some(part) = parts.next() {
        if parts.peek().is_some() && is_name(part) {
            return true;
        }
    }
    false
}

/// Adds a word as code, in which nothing has a meaning. A bar parts the cells of a table even there, so
/// it stands outside.
fn add_code(word: &str, out: &mut String) {
    for (at, part) in word.split('|').enumerate() {
        if at > 0 {
            out.push_str("\\|");
        }
        if part.is_empty() {
            continue;
        }
        if out.ends_with('`') {
            out.push(' ');
        }
        let longest = part.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let blank = if part.starts_with('`') || part.ends_with('`') { " " } else { "" };
        out.extend([fence.as_str(), blank, part, blank, fence.as_str()]);
    }
}

/// Adds a word with a backslash before each character that Markdown, or HTML within it, could read as
/// its own.
fn add_word(word: &str, out: &mut String) {
    for character in word.chars() {
        let is_mark = "\\`*_[]<>|#~&!$@".contains(character);
        // A list, a rule or a quotation begins a line; a number before a dot or a bracket does too.
        let begins_block = match character {
            '-' | '+' | '=' | ':' => out.is_empty(),
            '.' => out.is_empty() || is_number(out),
            ')' => is_number(out),
            _ => false,
        };
        if is_mark || begins_block {
            out.push('\\');
        }
        out.push(character);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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

    /// What stands in an entry of a list whose only words are a name.
    fn entry(name: &str) -> String {
        let mut document = Document::default();
        document.list([Item::from(name)]);
        let mut out = Vec::new();
        write_markdown(&document, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.trim_start_matches('\n').strip_prefix("- ").unwrap().trim_end_matches('\n').to_owned()
    }

    #[test]
    fn a_name_begins_no_block() {
        // The examples of list items, rules and headings of the GFM specification.
        for (name, expected) in [
            ("1. a", "1\\. a"),
            ("1) a", "1\\) a"),
            ("123456789. ok", "123456789\\. ok"),
            ("- a", "\\- a"),
            ("+ a", "\\+ a"),
            ("* a", "\\* a"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("# a", "\\# a"),
            ("> a", "\\> a"),
            ("~~~", "\\~\\~\\~"),
            ("    indented", "indented"),
            ("v1.2 (x) 3)", "v1.2 (x) 3)"),
        ] {
            assert_eq!(entry(name), expected, "{name}");
        }
    }

    #[test]
    fn a_name_is_no_link_no_mention_and_no_reference() {
        // The examples of extended autolinks of the GFM specification, and what code forges add.
        for name in [
            "www.commonmark.org",
            "Visit-www.commonmark.org/help",
            "http://commonmark.org",
            "https://evil.example/x",
            "(HTTPS://encrypted.google.com/search?q=Markup+(business))",
            "ftp://foo.bar.baz",
            "foo@bar.baz",
            "hello+xyz@mail.example",
            "mailto:foo@bar.baz",
            "xmpp:foo@bar.baz/txt",
            "@name",
            "(@name)",
            "#1",
            "owner/repository#12",
            "GH-12",
            "!7",
            "~label",
            "&3",
            "$4",
            ":tada:",
        ] {
            assert_eq!(entry(name), format!("`{name}`"));
            assert_eq!(entry(&format!("a {name} b")), format!("a `{name}` b"));
        }
        assert_eq!(entry("@a`b"), "``@a`b``");
        assert_eq!(entry("`@a"), "`` `@a ``");
        assert_eq!(entry("@a|@b"), "`@a`\\|`@b`");
        for plain in ["keys.csv:2:", "R&D", "a:b", "50%", "C#", "web.dev.example", "a - b"] {
            assert!(!entry(plain).contains('`'), "{plain}");
        }
    }
}
