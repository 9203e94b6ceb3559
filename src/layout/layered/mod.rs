//! Layers side by side: each node belongs to one, links lead from layer to layer, and the order
//! within the layers is chosen so that few links cross.
//!
//! A link that spans several layers has a bend in each between, so that room is kept for it there
//! (Sugiyama, Tagawa and Toda 1981). Orders come from barycentres, swept forwards and backwards, and
//! then from sifting the nodes of most links (Matuszewski, Schönfeld and Molitor 1999). Heights are
//! the least squares of what neighbours ask for, in the order found (isotonic regression by pooling
//! adjacent violators).

mod input;
mod network;
mod crossings;
mod barycentre;
mod sifting;
mod heights;
mod lay_out;

pub use input::{Layered, LayeredInput, OrderEffort};
pub use lay_out::lay_out_layers;

#[cfg(test)]
mod tests;
