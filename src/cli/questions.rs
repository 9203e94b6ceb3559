//! Carries out what asks a question of its own: blast radius, paths, what-if; and prints the
//! policy.

use std::path::PathBuf;

use super::arguments::{
    AnswerArguments, OutputFormat, PathsArguments, PolicyArguments, RadiusArguments,
    WhatIfArguments,
};
use super::fixes::fix;
use super::inputs::{assumed, graph, key, settings};
use super::names::{instance, subject};
use super::streams::{Failure, Streams, USAGE, deliver};
use crate::analysis::{
    Counting, Movement, Starts, Subject, blast_radius, ends, missing, paths_from, unmatched,
    what_if, what_if_each,
};
use crate::export::{
    AnsweredPaths, AnsweredRadius, AnsweredWhatIf, AskedEnds, paths_document, radius_document,
    what_if_document, write_paths_json, write_radius_json, write_text, write_what_if_json,
};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

/// The graph of the files that a question is asked of; warns of mappings and names that fit nothing.
fn graph_in_question(
    files: &[PathBuf],
    answer: &AnswerArguments,
    streams: &mut Streams<'_>,
) -> Result<AccessGraph, Failure> {
    let settings = settings(&answer.reading.read_as)?;
    let key = key(answer.reading.key_file.as_deref())?;
    let graph = graph(files, &key, &settings, &assumed(&answer.assume)?)?;
    streams.warn_of_unused_mappings(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    Ok(graph)
}

pub(super) fn radius(
    arguments: &RadiusArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let graph = graph_in_question(&arguments.files, &arguments.answer, streams)?;
    let starts = starts(&graph, &arguments.from)?;
    let answered = AnsweredRadius {
        graph: &graph,
        starts: &starts,
        radius: &blast_radius(&graph, &starts, Counting::All),
        stated: &blast_radius(&graph, &starts, Counting::StatedOnly),
    };
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match arguments.answer.format {
        OutputFormat::Json => write_radius_json(&answered, out),
        OutputFormat::Text => write_text(&radius_document(&answered), out),
    })
}

pub(super) fn asked_what_if(
    arguments: &WhatIfArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let graph = graph_in_question(&arguments.files, &arguments.answer, streams)?;
    let fixes = arguments.fix.iter().map(|text| fix(&graph, text));
    let fixes = fixes.collect::<Result<Vec<_>, String>>().map_err(|why| Failure(USAGE, why))?;
    let subjects = subjects(&graph, &arguments.of)?;
    let (ends, progress) = (ends(&graph), Progress::default());
    let answer = what_if(&graph, &ends, &fixes, &subjects, &progress).unwrap_or_default();
    let alone = fixes.iter().map(|fix| {
        let only = std::slice::from_ref(fix);
        what_if(&graph, &ends, only, &subjects, &progress).unwrap_or_default()
    });
    let answered = AnsweredWhatIf {
        graph: &graph,
        ends: &ends,
        fixes: &fixes,
        alone: &alone.collect::<Vec<_>>(),
        each: &what_if_each(&graph, &ends, &fixes, &progress).unwrap_or_default(),
        what_if: &answer,
    };
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match arguments.answer.format {
        OutputFormat::Json => write_what_if_json(&answered, out),
        OutputFormat::Text => write_text(&what_if_document(&answered), out),
    })
}

pub(super) fn paths(arguments: &PathsArguments, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let graph = graph_in_question(&arguments.files, &arguments.answer, streams)?;
    let usual = ends(&graph);
    let starts = match arguments.from.as_slice() {
        [] => Starts { instances: usual.entry_points.clone(), ..Starts::default() },
        names => starts(&graph, names)?,
    };
    let to = match arguments.to.as_slice() {
        [] => usual.crown_jewels.clone(),
        names => {
            let found = names.iter().map(|name| instance(&graph, name));
            found.collect::<Result<_, String>>().map_err(|message| Failure(USAGE, message))?
        }
    };
    let counting = if arguments.stated_only { Counting::StatedOnly } else { Counting::All };
    let movement = Movement::new(&graph, counting);
    let most = arguments.max as usize;
    // One more shows whether there are more.
    let found = paths_from(&movement, &starts, &to, most + 1, &Progress::default());
    let mut found = found.unwrap_or_default();
    let more = found.len() > most;
    found.truncate(most);
    let answered = AnsweredPaths {
        graph: &graph,
        ends: AskedEnds {
            starts: &starts,
            to: &to,
            all_entry_points: arguments.from.is_empty(),
            all_crown_jewels: arguments.to.is_empty(),
        },
        missing: &missing(&usual),
        stated_only: arguments.stated_only,
        paths: &found,
        more,
    };
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match arguments.answer.format {
        OutputFormat::Json => write_paths_json(&answered, out),
        OutputFormat::Text => write_text(&paths_document(&answered), out),
    })
}

pub(super) fn policy(
    arguments: &PolicyArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let assumptions = assumed(&arguments.assume)?;
    deliver(arguments.output.as_deref(), streams.out, |out| {
        out.write_all(assumptions.to_policy().as_bytes())
    })
}

fn starts(graph: &AccessGraph, names: &[String]) -> Result<Starts, Failure> {
    let mut starts = Starts::default();
    for at in subjects(graph, names)? {
        match at {
            Subject::Credential(at) => starts.credentials.push(at),
            Subject::Instance(at) => starts.instances.push(at),
        }
    }
    Ok(starts)
}

fn subjects(graph: &AccessGraph, names: &[String]) -> Result<Vec<Subject>, Failure> {
    let found = names.iter().map(|name| subject(graph, name));
    found.collect::<Result<_, String>>().map_err(|message| Failure(USAGE, message))
}
