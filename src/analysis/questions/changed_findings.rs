//! What became of findings alone, without the rest of a difference.

use crate::analysis::questions::difference::{Side, judged};
use crate::analysis::questions::explained::Compared;
use crate::analysis::questions::finding_changes::{FindingChanges, finding_changes};
use crate::analysis::questions::matching::Matched;
use crate::analysis::questions::observed::Observed;
use crate::graph::CredentialIndex;

/// What became of the findings between two inventories, and by old credential the new one that is the
/// same. Costs a sort of the credentials and the findings on either side.
pub fn changed_findings(
    old: Side<'_>,
    new: Side<'_>,
) -> (FindingChanges, Vec<Option<CredentialIndex>>) {
    let matched = Matched::new(old.graph, new.graph);
    let observed = Observed::new(old.graph, new.graph);
    let compared = Compared::new(old.graph, (new.graph, new.grounds), &matched, &observed);
    let changes = finding_changes(judged(old), judged(new), &matched, &compared);
    (changes, matched.credential)
}
