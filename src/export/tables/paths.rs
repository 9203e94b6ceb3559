//! The listed paths as a table: a row for each hop.

use std::io;

use super::cell::{Cell, TakeRow};
use crate::analysis::{Path, stated_hops};
use crate::export::Answered;
use crate::export::hops::rows_of;
use crate::graph::{AccessGraph, InstanceIndex};

pub(super) const COLUMNS: [&str; 13] = [
    "path",
    "hop",
    "hops",
    "entry_service",
    "entry_environment",
    "from_service",
    "from_environment",
    "credential",
    "to_service",
    "to_environment",
    "assumed",
    "crown_jewel",
    "rows",
];

/// Gives the hops of each path, the shortest path first.
pub(super) fn rows(answered: &Answered<'_>, take: &mut TakeRow<'_>) -> io::Result<()> {
    for (number, path) in (1_usize..).zip(&answered.assessment.paths) {
        hops(answered.graph(), number, path, take)?;
    }
    Ok(())
}

fn hops(graph: &AccessGraph, number: usize, path: &Path, take: &mut TakeRow<'_>) -> io::Result<()> {
    let service = |at: InstanceIndex| Cell::from(graph.service_name(at));
    let environment = |at: InstanceIndex| Cell::from(graph.environment_of(at).label.as_str());
    for (at, (hop, stated)) in path.hops.iter().zip(stated_hops(graph, &path.hops)).enumerate() {
        let from = hop.from.unwrap_or(path.from);
        let places = rows_of(graph, hop).into_iter();
        let places = places.map(|place| graph.inventory().place_text(place).into()).collect();
        take(&[
            number.into(),
            (at + 1).into(),
            path.hops.len().into(),
            service(path.from),
            environment(path.from),
            service(from),
            environment(from),
            graph.credential_name(hop.credential).into(),
            service(hop.to),
            environment(hop.to),
            (!stated).into(),
            (at + 1 == path.hops.len()).into(),
            Cell::Words(places),
        ])?;
    }
    Ok(())
}
