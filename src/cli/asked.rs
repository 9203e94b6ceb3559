//! Carries out what asks a question of its own: blast radius, what-if; and prints the policy.

use std::io::Write;

use super::arguments::{Form, PolicyArguments, RadiusArguments, WhatIfArguments};
use super::fixes::fix;
use super::names::subject;
use super::run::{Failure, USAGE, assumed, deliver, graph, key, settings};
use crate::analysis::{Counting, Starts, Subject, blast_radius, ends, what_if, what_if_each};
use crate::export::{
    AnsweredRadius, AnsweredWhatIf, write_radius_json, write_radius_text, write_what_if_json,
    write_what_if_text,
};
use crate::graph::AccessGraph;
use crate::inventory::Progress;

pub(super) fn radius(arguments: &RadiusArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let settings = settings(&arguments.reading.read_as)?;
    let key = key(arguments.reading.key_file.as_deref())?;
    let graph = graph(&arguments.files, &key, &settings, &assumed(&arguments.assume)?)?;
    let mut starts = Starts::default();
    for at in subjects(&graph, &arguments.from)? {
        match at {
            Subject::Credential(at) => starts.credentials.push(at),
            Subject::Instance(at) => starts.instances.push(at),
        }
    }
    let answered = AnsweredRadius {
        graph: &graph,
        starts: &starts,
        radius: &blast_radius(&graph, &starts, Counting::All),
        stated: &blast_radius(&graph, &starts, Counting::StatedOnly),
    };
    deliver(arguments.output.as_deref(), out, |out| match arguments.format {
        Form::Json => write_radius_json(&answered, out),
        Form::Text => write_radius_text(&answered, out),
    })
}

pub(super) fn asked_what_if(
    arguments: &WhatIfArguments,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let settings = settings(&arguments.reading.read_as)?;
    let key = key(arguments.reading.key_file.as_deref())?;
    let graph = graph(&arguments.files, &key, &settings, &assumed(&arguments.assume)?)?;
    let fixes = arguments.fix.iter().map(|text| fix(&graph, text));
    let fixes = fixes.collect::<Result<Vec<_>, String>>().map_err(|why| Failure(USAGE, why))?;
    let subjects = subjects(&graph, &arguments.of)?;
    let (ends, progress) = (ends(&graph), Progress::default());
    let answer = what_if(&graph, &ends, &fixes, &subjects, &progress).unwrap_or_default();
    let answered = AnsweredWhatIf {
        graph: &graph,
        ends: &ends,
        fixes: &fixes,
        each: &what_if_each(&graph, &ends, &fixes, &progress).unwrap_or_default(),
        what_if: &answer,
    };
    deliver(arguments.output.as_deref(), out, |out| match arguments.format {
        Form::Json => write_what_if_json(&answered, out),
        Form::Text => write_what_if_text(&answered, out),
    })
}

pub(super) fn policy(arguments: &PolicyArguments, out: &mut dyn Write) -> Result<(), Failure> {
    let assumptions = assumed(&arguments.assume)?;
    deliver(arguments.output.as_deref(), out, |out| {
        out.write_all(assumptions.to_policy().as_bytes())
    })
}

fn subjects(graph: &AccessGraph, names: &[String]) -> Result<Vec<Subject>, Failure> {
    let found = names.iter().map(|name| subject(graph, name));
    found.collect::<Result<_, String>>().map_err(|message| Failure(USAGE, message))
}
