//! From the options of a question to what it is asked of.

use std::path::PathBuf;

use crate::analysis::{Starts, Subject, unmatched};
use crate::cli::arguments::{AnswerArguments, AssumptionArguments, InputArguments, OutputFormat};
use crate::cli::inputs::graph;
use crate::cli::names::subject;
use crate::cli::streams::{Failure, Streams, USAGE};
use crate::graph::AccessGraph;

/// The graph of the files that a question is asked of; warns of mappings and names that fit nothing.
pub(super) fn graph_in_question(
    files: &[PathBuf],
    reading: &InputArguments,
    assume: &AssumptionArguments,
    streams: &mut Streams<'_>,
) -> Result<AccessGraph, Failure> {
    let graph = graph(files, reading, assume, streams)?;
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    Ok(graph)
}

/// The same with the options that most questions take.
pub(super) fn graph_of_answer(
    files: &[PathBuf],
    answer: &AnswerArguments,
    streams: &mut Streams<'_>,
) -> Result<AccessGraph, Failure> {
    graph_in_question(files, &answer.reading, &answer.assume, streams)
}

/// The format in which an answer is to be written.
pub(super) fn answer_format(answer: &AnswerArguments) -> Result<OutputFormat, Failure> {
    answer.chosen_format().map_err(|message| Failure(USAGE, message))
}

pub(in crate::cli) fn starts(graph: &AccessGraph, names: &[String]) -> Result<Starts, Failure> {
    let mut starts = Starts::default();
    for at in subjects(graph, names)? {
        match at {
            Subject::Credential(at) => starts.credentials.push(at),
            Subject::Instance(at) => starts.instances.push(at),
        }
    }
    Ok(starts)
}

pub(super) fn subjects(graph: &AccessGraph, names: &[String]) -> Result<Vec<Subject>, Failure> {
    let found = names.iter().map(|name| subject(graph, name));
    found.collect::<Result<_, String>>().map_err(|message| Failure(USAGE, message))
}
