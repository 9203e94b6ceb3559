//! The paths in question, or the owner.

use crate::analysis::Path;
use crate::graph::OwnerIndex;

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
    /// Those of a scene.
    Scene,
}

/// Paths on the map and in the inspector.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Route {
    pub(crate) of: RouteOf,
    pub(crate) paths: Vec<Path>,
}

/// The owner whose things are lit and listed; `None` within it for what nobody owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChosenOwner(pub(crate) Option<OwnerIndex>);
