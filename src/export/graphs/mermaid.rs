//! Mermaid, which wikis and code forges draw within Markdown. Theirs draw up to 500 links unless they
//! are set otherwise, so it is for paths and small inventories.

use std::io::{self, Write};

use super::outline::{Link, Node, Outline, node_id};
use crate::analysis::Subject;
use crate::inventory::shown;

pub(super) fn write_mermaid(outline: &Outline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = io::BufWriter::new(out);
    writeln!(out, "flowchart LR")?;
    for one in &outline.nodes {
        writeln!(out, "  {}", node(one))?;
    }
    for one in &outline.edges {
        let Link { from, to, kind, assumed, level: _ } = one;
        let arrow = if *assumed { "-.->" } else { "-->" };
        let (from, to) = (node_id(*from), node_id(*to));
        writeln!(out, "  {from} {arrow}|{kind}| {to}")?;
    }
    out.flush()
}

/// A node in its shape: rounded for credentials, with a point where attackers start, six sides for what
/// must not fall.
fn node(node: &Node<'_>) -> String {
    let (before, after) = match node.subject {
        Subject::Credential(_) => ("([", "])"),
        Subject::Instance(_) if node.entry_point => (">", "]"),
        Subject::Instance(_) if node.crown_jewel => ("{{", "}}"),
        Subject::Instance(_) => ("[", "]"),
    };
    let remark = match node.live {
        false => " (dead)",
        true if node.is_joined_by_id_alone() => " (one by its id across sources)",
        true => "",
    };
    format!("{}{before}\"{}{remark}\"{after}", node_id(node.subject), escaped(&node.label))
}

/// A name within quotes: whatever may have a meaning, there or in the HTML that it becomes, stands as the
/// number of its character.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in shown(name).chars() {
        let is_plain =
            letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '@' | '~');
        if is_plain {
            out.push(letter);
        } else {
            out.extend([format!("#{};", u32::from(letter))]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_may_have_a_meaning_stands_as_its_number() {
        assert_eq!(escaped("pay-1_a.b@prod ä"), "pay-1_a.b@prod ä");
        assert_eq!(escaped("\"]<b>#`"), "#34;#93;#60;b#62;#35;#96;");
        assert_eq!(escaped("a\nb"), "a#92;u#123;a#125;b");
    }
}
