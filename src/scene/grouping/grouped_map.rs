//! A map with the groups that its first picture needs, made before the picture is drawn.

use std::sync::Arc;

use super::group::Grouping;
use crate::scene::map::Map;

/// From this many links on, or this many marks, groups are made beforehand: smaller maps are grouped
/// within a frame.
const MANY: usize = 4_000;

/// Panes in which the whole map may be shown, in pixels.
const PANES: [(f32, f32); 4] = [(450.0, 200.0), (700.0, 300.0), (1000.0, 420.0), (1400.0, 600.0)];

/// A map, and its groups at the zooms at which panes of usual sizes show all of it.
#[derive(Clone, Debug, Default)]
pub struct GroupedMap {
    /// The map.
    pub map: Arc<Map>,
    /// Its groups, one for each zoom; none where it is small, or a table.
    pub groupings: Vec<Arc<Grouping>>,
}

impl GroupedMap {
    /// Costs a sort of the marks and links for each of two or three zooms.
    pub fn new(map: Map) -> Self {
        let mut groupings: Vec<Arc<Grouping>> = Vec::new();
        let extent = map.extent();
        let is_large = map.marks.len().max(map.links.len()) >= MANY && !map.is_table();
        for (width, height) in PANES.into_iter().filter(|_| is_large) {
            let zoom = (width / extent.width.max(1.0)).min(height / extent.height.max(1.0));
            if !groupings.iter().any(|known| known.is_for(zoom)) {
                groupings.push(Arc::new(Grouping::new(&map, &[], zoom)));
            }
        }
        Self { map: Arc::new(map), groupings }
    }
}
