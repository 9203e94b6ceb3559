//! The network that an attacker walks, and what fixes make of it.

pub(crate) mod counting;
pub(crate) mod ends;
pub(crate) mod fix;
pub(crate) mod step;
pub(crate) mod network;
pub(crate) mod movements;
pub(crate) mod corridor;
pub(crate) mod hops_before;
pub(crate) mod simple_paths;
pub(crate) mod overlay;
pub(crate) mod replacement_credentials;
pub(crate) mod reduced_links;
pub(crate) mod reach;
pub(crate) mod reachability_network;
pub(crate) mod pair_network;
pub(crate) mod gain_bounds;
pub(crate) mod pair_sets;
pub(crate) mod missing;
pub(crate) mod remainder;
pub(crate) mod pair_losses;
pub(crate) mod pair_growth;
