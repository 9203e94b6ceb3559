//! GraphML, which networkx, Gephi, yEd and igraph read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesText, Event};

use super::outline::{Link, Node, OF_EDGES, OF_NODES, Outline, ValueType, node_id};
use super::xml_text::{element, xml_text};

pub(super) fn write_graphml(outline: &Outline<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(io::BufWriter::new(out), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let namespace = ("xmlns", "http://graphml.graphdrawing.org/xmlns");
    writer.write_event(Event::Start(element("graphml", [namespace])))?;
    let of_nodes = [("label", ValueType::Text)].into_iter().chain(OF_NODES);
    let of_edges = OF_EDGES.into_iter().map(|attribute| ("edge", attribute));
    for (of, (name, kind)) in of_nodes.map(|attribute| ("node", attribute)).chain(of_edges) {
        let kind = match kind {
            ValueType::Text => "string",
            ValueType::Flag => "boolean",
            ValueType::Number => "int",
        };
        let attributes = [("id", name), ("for", of), ("attr.name", name), ("attr.type", kind)];
        writer.write_event(Event::Empty(element("key", attributes)))?;
    }
    let graph = [("id", "keyreach"), ("edgedefault", "directed")];
    writer.write_event(Event::Start(element("graph", graph)))?;
    for one in &outline.nodes {
        node(one, &mut writer)?;
    }
    for one in &outline.edges {
        edge(one, &mut writer)?;
    }
    writer.write_event(Event::End(BytesEnd::new("graph")))?;
    writer.write_event(Event::End(BytesEnd::new("graphml")))?;
    let mut out = writer.into_inner();
    out.write_all(b"\n")?;
    out.flush()
}

fn node<W: Write>(node: &Node<'_>, writer: &mut Writer<W>) -> io::Result<()> {
    let id = node_id(node.subject);
    writer.write_event(Event::Start(element("node", [("id", id.as_str())])))?;
    data("label", &node.label, writer)?;
    node.values().iter().try_for_each(|(key, value)| data(key, value, writer))?;
    writer.write_event(Event::End(BytesEnd::new("node")))
}

fn edge<W: Write>(link: &Link, writer: &mut Writer<W>) -> io::Result<()> {
    let (from, to) = (node_id(link.from), node_id(link.to));
    let ends = [("source", from.as_str()), ("target", to.as_str())];
    writer.write_event(Event::Start(element("edge", ends)))?;
    link.values().iter().try_for_each(|(key, value)| data(key, value, writer))?;
    writer.write_event(Event::End(BytesEnd::new("edge")))
}

fn data<W: Write>(key: &str, value: &str, writer: &mut Writer<W>) -> io::Result<()> {
    writer.write_event(Event::Start(element("data", [("key", key)])))?;
    writer.write_event(Event::Text(BytesText::from_escaped(xml_text(value))))?;
    writer.write_event(Event::End(BytesEnd::new("data")))
}
