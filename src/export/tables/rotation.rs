//! The order of rotation as a table to tick off: a row for each instance to clean, then one for each
//! credential and each instance into which its new secret is put, in order.

use std::io;

use super::cell::{Cell, TakeRow, owners};
use crate::analysis::RotationGroup;
use crate::export::rotation::AnsweredRotation;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};

pub(super) const COLUMNS: [&str; 9] = [
    "action",
    "wave",
    "group",
    "credential",
    "credential_owner",
    "service",
    "environment",
    "service_owner",
    "assumed",
];

/// Gives the rows.
pub(super) fn rows(answered: &AnsweredRotation<'_>, take: &mut TakeRow<'_>) -> io::Result<()> {
    let AnsweredRotation { graph, rotation, .. } = *answered;
    for clean in &rotation.clean_first {
        let [service, environment, owner] = instance(graph, Some(clean.instance));
        let empty = || Cell::from("");
        take(&[
            "clean".into(),
            empty(),
            empty(),
            empty(),
            empty(),
            service,
            environment,
            owner,
            clean.assumed.into(),
        ])?;
    }
    for (number, group) in (1..).zip(&rotation.groups) {
        for &credential in &group.credentials {
            replaced(graph, (number, group), credential, take)?;
        }
    }
    Ok(())
}

/// A row for each instance that holds a credential, or one where nothing is known to.
fn replaced(
    graph: &AccessGraph,
    (number, group): (usize, &RotationGroup),
    credential: CredentialIndex,
    take: &mut TakeRow<'_>,
) -> io::Result<()> {
    let held_by = graph.held_by(credential).iter().map(|&edge| graph.edge(edge));
    let mut holders: Vec<_> = held_by.map(|edge| (Some(edge.instance), edge.assumed)).collect();
    if holders.is_empty() {
        holders.push((None, false));
    }
    for (holder, holds_assumed) in holders {
        let [service, environment, owner] = instance(graph, holder);
        let assumed = group.assumed.binary_search(&credential).is_ok();
        take(&[
            "replace".into(),
            group.wave.into(),
            number.into(),
            graph.credential_name(credential).into(),
            owners(graph, graph.owners_of(credential)),
            service,
            environment,
            owner,
            (assumed || holds_assumed).into(),
        ])?;
    }
    Ok(())
}

/// The cells of an instance; empty for a credential that nothing holds.
fn instance(graph: &AccessGraph, at: Option<InstanceIndex>) -> [Cell<'_>; 3] {
    let Some(at) = at else { return ["".into(), "".into(), Cell::Words(Vec::new())] };
    [
        graph.service_name(at).into(),
        graph.environment_of(at).label.as_str().into(),
        owners(graph, graph.owners_of_instance(at)),
    ]
}
