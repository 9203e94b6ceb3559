//! What can be asked of how the map is arranged.

use crate::project::{GroupBy, Pin, SubjectName};

/// What concerns the arrangement of the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ArrangeCommand {
    /// Makes something else the regions of the map.
    GroupBy(GroupBy),
    /// Collapses a region to one body, or opens it, by its name.
    Collapse(String, bool),
    /// Collapses all regions, or opens all.
    CollapseAll(bool),
    /// Folds all that hangs on a hub alone into a badge on it, or shows it again.
    FoldHub(SubjectName, bool),
    /// Puts things where they stay from now on.
    Pin(Vec<(SubjectName, Pin)>),
    /// Lets things stand where the layout puts them.
    Unpin(Vec<SubjectName>),
    /// The same for all that is pinned.
    UnpinAll,
}
