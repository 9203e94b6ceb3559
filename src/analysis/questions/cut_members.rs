//! Which members of a cut lie on no path of stated access.

use crate::analysis::movement::ends::Ends;
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::simple_paths::on_simple_paths;
use crate::graph::CredentialIndex;

/// Those of some `asked` members of a cut that rest on assumed access: no path of stated access from an
/// entry point to a crown jewel goes through them that is in no instance twice.
///
/// Costs time in proportion to the edges.
pub(crate) fn assumed_members(
    stated: &Movement,
    ends: &Ends,
    asked: &[CredentialIndex],
) -> Vec<CredentialIndex> {
    if asked.is_empty() {
        return Vec::new();
    }
    let on_paths = on_simple_paths(stated, &ends.entry_points, &ends.crown_jewels);
    let is_on_path = |origin: CredentialIndex| {
        let on_path = |at: u32| on_paths.get(at as usize).copied().unwrap_or(false);
        stated.of_origin(origin).any(on_path)
    };
    asked.iter().copied().filter(|&at| !is_on_path(at)).collect()
}
