//! Who reaches a service instance.

use super::asked::{answer_format, graph_of_answer};
use crate::analysis::{self, Movements, ends};
use crate::cli::arguments::ReachedByArguments;
use crate::cli::names::instance;
use crate::cli::streams::{Failure, Streams, USAGE, deliver};
use crate::export::{
    AnsweredReachedBy, reached_by_document, write_document, write_reached_by_json,
};

pub(in crate::cli) fn reached_by(
    arguments: &ReachedByArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = answer_format(&arguments.answer)?;
    let graph = graph_of_answer(&arguments.files, &arguments.answer, streams)?;
    let to = instance(&graph, &streams.known_as(&graph, &arguments.to))
        .map_err(|message| Failure(USAGE, message))?;
    let ends = ends(&graph);
    let movements = Movements::new(&graph);
    let progress = streams.progress.clone();
    let found = analysis::reached_by(movements.both(), &ends.entry_points, to, &progress);
    let Some(found) = found else { return Ok(()) };
    let answered = AnsweredReachedBy { graph: &graph, ends: &ends, reached_by: &found };
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_reached_by_json(&answered, out),
        Some(form) => write_document(form, &reached_by_document(&answered), out),
    })
}
