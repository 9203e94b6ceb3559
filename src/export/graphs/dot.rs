//! DOT, which Graphviz draws. Dead credentials and assumed links are dashed, and credentials that an id
//! alone joins across sources dotted, so that colour is not the only sign.

use std::io::{self, Write};

use super::outline::{Link, Node, Outline, node_id};
use crate::analysis::Subject;
use crate::inventory::shown;

pub(super) fn write_dot(outline: &Outline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    writeln!(out, "digraph keyreach {{")?;
    writeln!(out, "  rankdir=LR;")?;
    writeln!(out, "  node [fontname=\"sans-serif\", fontsize=10];")?;
    writeln!(out, "  edge [fontname=\"sans-serif\", fontsize=8];")?;
    for one in &outline.nodes {
        writeln!(out, "  {} [{}];", node_id(one.subject), attributes(one))?;
    }
    for one in &outline.edges {
        let Link { from, to, kind, assumed, level: _ } = one;
        let dashed = if *assumed { ", style=dashed" } else { "" };
        let (from, to) = (node_id(*from), node_id(*to));
        writeln!(out, "  {from} -> {to} [label={kind}{dashed}];")?;
    }
    writeln!(out, "}}")?;
    out.flush()
}

fn attributes(node: &Node<'_>) -> String {
    let shape = match node.subject {
        Subject::Credential(_) => "ellipse",
        Subject::Instance(_) if node.entry_point => "cds",
        Subject::Instance(_) if node.crown_jewel => "doubleoctagon",
        Subject::Instance(_) => "box",
    };
    let style = match node.live {
        false => ", style=dashed",
        true if node.is_joined_by_id_alone() => ", style=dotted",
        true => "",
    };
    format!("label={}, shape={shape}{style}", quoted(&node.label))
}

/// How many bytes stand between two quotes at most: Graphviz takes no more than 16,384.
const MOST_QUOTED: usize = 8_192;

/// A name in quotes, a long one in several that are joined. A backslash would begin one of Graphviz's own
/// escapes, such as `\N` for the node's name.
fn quoted(name: &str) -> String {
    let (mut text, mut part) = (String::from("\""), 0);
    for letter in shown(name).chars() {
        if part >= MOST_QUOTED {
            text.push_str("\" + \"");
            part = 0;
        }
        if matches!(letter, '\\' | '"') {
            text.push('\\');
        }
        text.push(letter);
        part += letter.len_utf8();
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_name_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"]; b [label=\"x"), "\"a\\\"]; b [label=\\\"x\"");
        assert_eq!(quoted("\\N\\"), "\"\\\\N\\\\\"");
        assert_eq!(quoted("a\nb\u{202e}"), "\"a\\\\u{a}b\\\\u{202e}\"");
        assert_eq!(quoted("<b>"), "\"<b>\"");
    }

    #[test]
    fn a_long_name_is_joined_from_parts_that_graphviz_takes() {
        let name = "é\\".repeat(10_000);
        let text = quoted(&name);
        let parts: Vec<&str> = text.split("\" + \"").collect();
        assert!(parts.len() > 2 && parts.iter().all(|part| part.len() < 16_384));
        assert_eq!(parts.concat(), format!("\"{}\"", "é\\\\".repeat(10_000)));
    }
}
