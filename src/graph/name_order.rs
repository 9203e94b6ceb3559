//! In which order the nodes of a graph stand by name, where that is not the order of their indices.

/// The nodes by name; empty where they stand in that order.
#[derive(Clone, Debug, Default)]
pub(super) struct NameOrder {
    pub(super) credentials: Vec<u32>,
    pub(super) instances: Vec<u32>,
}

/// The node at a place by name.
pub(super) fn nth(order: &[u32], place: u32) -> u32 {
    order.get(place as usize).copied().unwrap_or(place)
}
