//! The paths that their tab lists.

use crate::analysis::Path;
use crate::app::model::state::Model;

impl Model {
    /// The paths of the tab: between picked ends, or the shortest of each pair; `None` while they
    /// are not known.
    pub(crate) fn listed_paths(&self) -> Option<&[Path]> {
        if self.picked.any() {
            return self.found_paths.as_ref().map(|found| found.paths.as_slice());
        }
        let assessment = self.assessment.as_ref().map(|assessed| &assessed.assessment)?;
        let paths =
            if self.picked.stated_only { &assessment.paths_stated } else { &assessment.paths };
        Some(paths)
    }

    /// Of how many connected pairs the tab of paths lists the first, by the access that counts
    /// there; `None` where it lists several paths between two ends.
    pub(crate) fn listed_pairs(&self) -> Option<u64> {
        if self.picked.any() {
            return self.found_paths.as_ref()?.whole;
        }
        let exposure = self.answers.as_ref().map(|answers| &answers.exposure)?;
        Some(if self.picked.stated_only {
            exposure.connected_pairs_stated
        } else {
            exposure.connected_pairs
        })
    }
}
