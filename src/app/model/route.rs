//! The paths in question.

use crate::analysis::Path;

/// Which paths are in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RouteOf {
    /// One of those in the tab of paths.
    Listed(usize),
    /// One of the paths that prove the minimum cut.
    Witness(usize),
    /// All of them.
    Proof,
    /// The path that nothing may cut.
    Unbreakable,
}

/// Paths on the map and in the inspector.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) of: RouteOf,
    pub(crate) paths: Vec<Path>,
}
