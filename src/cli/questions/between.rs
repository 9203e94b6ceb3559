//! Blast radius, paths and what-if.

use super::asked::{answer_format, graph_of_answer, starts, subjects};
use super::recovery::NO_CARD;
use crate::analysis::{
    Counting, Movement, Starts, blast_radius, ends, missing, paths_from, what_if, what_if_each,
};
use crate::cli::arguments::{PathsArguments, RadiusArguments, WhatIfArguments};
use crate::cli::fixes::fix;
use crate::cli::names::instance;
use crate::cli::streams::{Failure, Streams, USAGE, deliver};
use crate::export::{
    AnsweredPaths, AnsweredRadius, AnsweredWhatIf, AskedEnds, paths_document, radius_document,
    tabletop_of_path_from, what_if_document, write_document, write_paths_json, write_radius_json,
    write_what_if_json,
};
use crate::inventory::Progress;

pub(in crate::cli) fn radius(
    arguments: &RadiusArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = answer_format(&arguments.answer)?;
    let graph = graph_of_answer(&arguments.files, &arguments.answer, streams)?;
    let starts = starts(&graph, &streams.all_known_as(&graph, &arguments.from))?;
    let answered = AnsweredRadius {
        graph: &graph,
        starts: &starts,
        radius: &blast_radius(&graph, &starts, Counting::All),
        stated: &blast_radius(&graph, &starts, Counting::StatedOnly),
    };
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_radius_json(&answered, out),
        Some(form) => write_document(form, &radius_document(&answered), out),
    })
}

pub(in crate::cli) fn asked_what_if(
    arguments: &WhatIfArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = answer_format(&arguments.answer)?;
    let graph = graph_of_answer(&arguments.files, &arguments.answer, streams)?;
    let known_as = |name: &str| streams.known_as(&graph, name);
    let fixes = arguments.fix.iter().map(|text| fix(&graph, &known_as, text));
    let fixes = fixes.collect::<Result<Vec<_>, String>>().map_err(|why| Failure(USAGE, why))?;
    let subjects = subjects(&graph, &streams.all_known_as(&graph, &arguments.of))?;
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
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_what_if_json(&answered, out),
        Some(form) => write_document(form, &what_if_document(&answered), out),
    })
}

pub(in crate::cli) fn paths(
    arguments: &PathsArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let format = answer_format(&arguments.answer)?;
    if arguments.card && format.of_document().is_none() {
        return Err(Failure(USAGE, NO_CARD.to_owned()));
    }
    let graph = graph_of_answer(&arguments.files, &arguments.answer, streams)?;
    let usual = ends(&graph);
    let starts = match arguments.from.as_slice() {
        [] => Starts { instances: usual.entry_points.clone(), ..Starts::default() },
        names => starts(&graph, &streams.all_known_as(&graph, names))?,
    };
    let to = match arguments.to.as_slice() {
        [] => usual.crown_jewels.clone(),
        names => {
            let names = streams.all_known_as(&graph, names);
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
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_paths_json(&answered, out),
        Some(form) => match found.first().filter(|_| arguments.card) {
            Some(path) => write_document(form, &tabletop_of_path_from(&graph, path), out),
            // Without a path there is nothing to play: the answer says so.
            None => write_document(form, &paths_document(&answered), out),
        },
    })
}
