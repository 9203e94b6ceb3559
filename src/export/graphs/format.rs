//! The forms in which the graph can be written.

use std::io::{self, Write};

use super::dot::write_dot;
use super::gexf::write_gexf;
use super::graphml::write_graphml;
use super::mermaid::write_mermaid;
use super::outline::{GraphPart, Outline};
use crate::analysis::Answers;

/// What the graph is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFileFormat {
    /// For networkx, Gephi, yEd and igraph.
    GraphMl,
    /// For Gephi.
    Gexf,
    /// For Graphviz.
    Dot,
    /// For Markdown.
    Mermaid,
}

/// Writes the graph, or a part of it. Costs memory in proportion to nodes and edges.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_graph(
    format: GraphFileFormat,
    answers: &Answers,
    part: GraphPart<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let outline = Outline::new(answers, part);
    match format {
        GraphFileFormat::GraphMl => write_graphml(&outline, out),
        GraphFileFormat::Gexf => write_gexf(&outline, out),
        GraphFileFormat::Dot => write_dot(&outline, out),
        GraphFileFormat::Mermaid => write_mermaid(&outline, out),
    }
}
