//! Mappings merged into edges, each with the rows behind it.

use super::links::Links;
use crate::graph::grouped::Grouped;
use crate::graph::{CredentialIndex, Edge, EdgeIndex, EdgeKind, InstanceIndex};
use crate::inventory::{Access, Assumptions, Level};

/// One claim of a link.
///
/// What a claim says travels with it, so that merging need not go back to the links.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    /// The kind in the highest bit, the instance below it.
    key: u32,
    link: u32,
    said: Said,
}
const GRANTS: u32 = 1 << 31;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    level: Level,
    stated: bool,
}

/// One edge for each distinct credential, instance and kind, and the links behind each.
pub(super) fn edges(links: &Links<'_>, assumptions: &Assumptions) -> (Vec<Edge>, Grouped<u32>) {
    let mut claims = Grouped::new(links.naming.names.len(), claims(links, assumptions));
    claims.sort_each();
    let mut edges = Vec::new();
    let (mut starts, mut evidence) = (vec![0], Vec::new());
    for credential in 0..claims.groups() {
        for same in claims.of(credential).chunk_by(|a, b| a.key == b.key) {
            evidence.extend(same.iter().map(|claim| claim.link));
            starts.push(evidence.len() as u32);
            edges.push(edge(assumptions.pivot_needs, credential as u32, same));
        }
    }
    (edges, Grouped::from_parts(starts, evidence))
}

fn claims<'a>(
    links: &'a Links<'a>,
    assumptions: &'a Assumptions,
) -> impl Iterator<Item = (u32, Claim)> + Clone + 'a {
    let all = links.inventory.links.iter().enumerate();
    let linked = all.filter_map(move |(at, link)| {
        let credential = links.credential_of(link.row)?;
        let instance = links.instance_of(link)?;
        let access = match link.access {
            Access::Unstated => assumptions.unstated_access.access(),
            stated => stated,
        };
        let stated = link.access != Access::Unstated && !link.instance_assumed;
        let said = Said { level: link.level, stated };
        let claim = Claim { key: instance, link: at as u32, said };
        Some((credential, claim, access))
    });
    linked.flat_map(|(credential, claim, access)| {
        let holds = access != Access::Grants;
        let grants = access != Access::Holds;
        let held = holds.then_some((credential, claim));
        let granted = Claim { key: claim.key | GRANTS, ..claim };
        let granted = grants.then_some((credential, granted));
        held.into_iter().chain(granted)
    })
}

fn edge(needs: Level, credential: u32, claims: &[Claim]) -> Edge {
    let key = claims.first().map_or(0, |claim| claim.key);
    let (mut level, mut stated_level, mut assumed) = (Level::Unknown, Level::Unknown, true);
    for Claim { said, .. } in claims {
        level = level.max(said.level);
        if said.stated {
            assumed = false;
            stated_level = stated_level.max(said.level);
        }
    }
    let kind = if key & GRANTS == 0 { EdgeKind::Holds } else { EdgeKind::Grants };
    let holds = kind == EdgeKind::Holds;
    let pivots = holds || level == Level::Unknown || level >= needs;
    let pivots_stated = !assumed && (holds || stated_level >= needs);
    Edge {
        credential: CredentialIndex(credential),
        instance: InstanceIndex(key & !GRANTS),
        kind,
        level,
        assumed,
        pivots,
        pivots_stated,
    }
}

/// The edges of each node: held by, grants (by credential), holds, granted by (by instance).
pub(in crate::graph) fn adjacency(
    edges: &[Edge],
    credentials: usize,
    instances: usize,
) -> [Grouped<EdgeIndex>; 4] {
    let of_kind = |kind: EdgeKind| {
        let indexed = edges.iter().enumerate();
        indexed.filter(move |(_, edge)| edge.kind == kind)
    };
    let by_credential = |kind| {
        let pairs = of_kind(kind).map(|(at, edge)| (edge.credential.0, EdgeIndex(at as u32)));
        Grouped::new(credentials, pairs)
    };
    let by_instance = |kind| {
        let pairs = of_kind(kind).map(|(at, edge)| (edge.instance.0, EdgeIndex(at as u32)));
        Grouped::new(instances, pairs)
    };
    let ((held_by, grants), (holds, granted_by)) = rayon::join(
        || (by_credential(EdgeKind::Holds), by_credential(EdgeKind::Grants)),
        || (by_instance(EdgeKind::Holds), by_instance(EdgeKind::Grants)),
    );
    [held_by, grants, holds, granted_by]
}
