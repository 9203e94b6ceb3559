//! What each owner answers for.

use super::asked::{answer_format, graph_of_answer};
use crate::analysis::Answers;
use crate::cli::arguments::OwnersArguments;
use crate::cli::names::owner;
use crate::cli::streams::{Failure, Streams, USAGE, deliver};
use crate::export::{AnsweredOwners, owners_document, write_document, write_owners_json};

pub(in crate::cli) fn owners(
    arguments: &OwnersArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = answer_format(&arguments.answer)?;
    let graph = graph_of_answer(&arguments.files, &arguments.answer, streams)?;
    let Some(answers) = Answers::compute(graph, &streams.progress) else { return Ok(()) };
    let only = match &arguments.owner {
        None => None,
        Some(name) => {
            let name = streams.known_as(&answers.graph, name);
            let owner = owner(&answers.graph, &answers.owners, &name);
            Some(owner.map_err(|message| Failure(USAGE, message))?)
        }
    };
    let answered = AnsweredOwners { answers: &answers, only };
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_owners_json(&answered, out),
        Some(form) => write_document(form, &owners_document(&answered), out),
    })
}
