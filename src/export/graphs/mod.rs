//! The graph as a file for other programs: credentials and service instances as nodes, who holds and who
//! grants as directed edges. In order:
//!
//! - `outline`: the nodes and edges with what is said of them, which every form writes.
//! - `xml_text`: names in XML.
//! - `graphml`, `gexf`, `dot`, `mermaid`: the forms.
//! - `format`: the forms under one name.

mod outline;
mod xml_text;
mod graphml;
mod gexf;
mod dot;
mod mermaid;
mod format;

pub use format::{GraphFileFormat, write_graph};
pub use outline::GraphPart;
pub(super) use xml_text::{element, xml_text};
