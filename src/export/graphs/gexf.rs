//! GEXF 1.2, which Gephi and networkx read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, Event};

use super::outline::{Attribute, Link, Node, OF_EDGES, OF_NODES, Outline, ValueType, node_id};
use super::xml_text::element;

pub(super) fn write_gexf(outline: &Outline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(io::BufWriter::new(out), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("xmlns", "http://www.gexf.net/1.2draft"), ("version", "1.2")];
    writer.write_event(Event::Start(element("gexf", root)))?;
    let graph = [("mode", "static"), ("defaultedgetype", "directed")];
    writer.write_event(Event::Start(element("graph", graph)))?;
    declare("node", &OF_NODES, &mut writer)?;
    declare("edge", &OF_EDGES, &mut writer)?;
    writer.write_event(Event::Start(element("nodes", [])))?;
    for one in &outline.nodes {
        node(one, &mut writer)?;
    }
    writer.write_event(Event::End(BytesEnd::new("nodes")))?;
    writer.write_event(Event::Start(element("edges", [])))?;
    for (number, one) in outline.edges.iter().enumerate() {
        edge(number, one, &mut writer)?;
    }
    for end in ["edges", "graph", "gexf"] {
        writer.write_event(Event::End(BytesEnd::new(end)))?;
    }
    let mut out = writer.into_inner();
    out.write_all(b"\n")?;
    out.flush()
}

fn declare<W: Write>(
    class: &str,
    attributes: &[Attribute],
    writer: &mut Writer<W>,
) -> io::Result<()> {
    writer.write_event(Event::Start(element("attributes", [("class", class)])))?;
    for (name, kind) in attributes {
        let kind = match kind {
            ValueType::Text => "string",
            ValueType::Flag => "boolean",
            ValueType::Number => "integer",
        };
        let attribute = [("id", *name), ("title", *name), ("type", kind)];
        writer.write_event(Event::Empty(element("attribute", attribute)))?;
    }
    writer.write_event(Event::End(BytesEnd::new("attributes")))
}

fn node<W: Write>(node: &Node<'_>, writer: &mut Writer<W>) -> io::Result<()> {
    let id = node_id(node.subject);
    let attributes = [("id", id.as_str()), ("label", node.label.as_str())];
    writer.write_event(Event::Start(element("node", attributes)))?;
    values_of(&node.values(), writer)?;
    writer.write_event(Event::End(BytesEnd::new("node")))
}

fn edge<W: Write>(number: usize, link: &Link, writer: &mut Writer<W>) -> io::Result<()> {
    let (id, from, to) = (format!("e{number}"), node_id(link.from), node_id(link.to));
    let ends = [("id", id.as_str()), ("source", from.as_str()), ("target", to.as_str())];
    writer.write_event(Event::Start(element("edge", ends)))?;
    values_of(&link.values(), writer)?;
    writer.write_event(Event::End(BytesEnd::new("edge")))
}

fn values_of<W: Write>(values: &[(&str, String)], writer: &mut Writer<W>) -> io::Result<()> {
    writer.write_event(Event::Start(element("attvalues", [])))?;
    for (key, value) in values {
        let attributes = [("for", *key), ("value", value.as_str())];
        writer.write_event(Event::Empty(element("attvalue", attributes)))?;
    }
    writer.write_event(Event::End(BytesEnd::new("attvalues")))
}
