//! Places the nodes of a graph and writes where they stand.

mod edge_list;

use std::io::{self, Write};
use std::time::Instant;

use self::edge_list::EdgeList;
use super::arguments::LayoutArguments;
use super::files::{is_project_file, read_files};
use super::inputs::{Opened, key, of_files, opened, policy, settings};
use super::remarks::Remarks;
use super::streams::{Failure, INPUT, Streams, deliver};
use crate::analysis::unmatched;
use crate::graph::{AccessGraph, Edge, EdgeKind};
use crate::layout::{Point, lay_out_graph};

/// The node of each place, and the edges between places.
struct Graph {
    numbers: Vec<i64>,
    edges: Vec<(u32, u32)>,
    list: Option<EdgeList>,
}

pub(super) fn positions(
    arguments: &LayoutArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let graph = read(arguments, streams)?;
    let start = Instant::now();
    let progress = streams.progress.clone();
    let placed = lay_out_graph(graph.numbers.len(), &graph.edges, arguments.seed, &progress);
    let taken = start.elapsed().as_secs_f64();
    let placed = placed.unwrap_or_default();
    if let Some(file) = &arguments.edges {
        deliver(Some(file), streams.out, |out| match &graph.list {
            Some(list) => list.write(out),
            None => write_edges(&graph.edges, out),
        })?;
    }
    deliver(arguments.output.as_deref(), streams.out, |out| {
        write_positions(&graph.numbers, &placed, out)
    })?;
    // Where even the error stream is closed nobody is left to be told.
    if streams.remarks != Remarks::Errors {
        drop(writeln!(streams.err, "laid out in {taken:.3} s"));
    }
    Ok(())
}

fn read(arguments: &LayoutArguments, streams: &mut Streams<'_>) -> Result<Graph, Failure> {
    let LayoutArguments { files, reading, assume, .. } = arguments;
    let policy = policy(assume)?;
    let opened = if files.iter().any(|file| is_project_file(file)) {
        opened(files, reading, &streams.progress)?
    } else {
        let (settings, key) = (settings(&reading.read_as)?, key(reading.key_file.as_deref())?);
        let refused = |message| Failure(INPUT, message);
        let mut read = read_files(files).map_err(|error| refused(error.to_string()))?;
        if let Some(list) = EdgeList::read(&mut read).map_err(refused)? {
            let (numbers, edges) = (list.numbers.clone(), list.edges());
            return Ok(Graph { numbers, edges, list: Some(list) });
        }
        Opened { hide: reading.hide.redact, ..of_files(read, key, &settings, &streams.progress)? }
    };
    let graph = opened.graph(assume, policy, streams);
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    let count = (graph.instances().len() + graph.credentials().len()) as u32;
    let numbers = (0..count).map(i64::from).collect();
    Ok(Graph { numbers, edges: edges(&graph), list: None })
}

/// The edges of an inventory: service instances come first, then credentials; from holder to
/// credential, and from credential to what it opens.
fn edges(graph: &AccessGraph) -> Vec<(u32, u32)> {
    let instances = graph.instances().len() as u32;
    let edge = |edge: &Edge| {
        let (instance, credential) = (edge.instance.0, instances + edge.credential.0);
        match edge.kind {
            EdgeKind::Holds => (instance, credential),
            EdgeKind::Grants => (credential, instance),
        }
    };
    let mut edges: Vec<(u32, u32)> = graph.edges().iter().map(edge).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn write_positions(numbers: &[i64], placed: &[Point], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "node,x,y")?;
    numbers
        .iter()
        .zip(placed)
        .try_for_each(|(number, at)| writeln!(out, "{number},{},{}", at.x, at.y))
}

fn write_edges(edges: &[(u32, u32)], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "source,target")?;
    edges.iter().try_for_each(|(source, target)| writeln!(out, "{source},{target}"))
}
