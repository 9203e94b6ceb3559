//! Carries out what was said on the command line, all but the window and its picture.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::arguments::{
    Action, AnswerArguments, DiffArguments, GenerateArguments, MappingArguments, PolicyArguments,
};
use super::check::checked;
use super::endings::check_endings;
use super::exit_codes::{DONE, INPUT, USAGE, WORSE};
use super::exports::exported;
use super::files::{is_project_file, open_project, read_files, today};
use super::generate;
use super::hidden::without_names;
use super::inputs::{Compared, assumed, policy as policy_named, settings, two_graphs};
use super::output_guard::spare_inputs;
use super::positions::positions;
use super::projects::{
    attestation, attested, import_into, info, minutes, recover, redact, reveal, scenarios, stated,
    task_list,
};
use super::questions::{asked_what_if, owners, paths, radius, reached_by, rotation};
use super::remarks::Remarks;
use super::report::report;
use super::shells::{completions, man};
use super::streams::{Failure, Streams, deliver};
use super::terminal::{ProgressLine, Terminal};
use crate::analysis::{Answers, difference};
use crate::export::{
    AnsweredDifference, difference_document, write_difference_json, write_document,
    write_report_schema,
};
use crate::import::{joined_mappings, mappings_of, meanings};
use crate::inventory::{Assumptions, Progress, shown};

/// Made by a test, from the packages themselves.
const LICENCES: &str = include_str!("../../packaging/licences.txt");

const MANUAL: &str = include_str!("../../docs/manual.md");

/// Carries out an action and gives the exit code. Answers go to `out`, what went wrong to `err`, with
/// those remarks that are wanted; what leads to a terminal is written as it looks best there.
pub fn run(
    action: &Action,
    (remarks, terminal): (Remarks, Terminal),
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let start = Instant::now();
    let progress = Progress::default();
    let line = ProgressLine::new(terminal, remarks, &progress);
    let has_own_codes = Arc::new(AtomicBool::new(false));
    let mut out = line.before_answer(out, terminal, has_own_codes.clone());
    let mut err = line.beside(err);
    let style = terminal.answer;
    let mut streams = Streams {
        out: &mut out,
        err: &mut err,
        remarks,
        hidden: None,
        style,
        has_own_codes,
        progress,
    };
    let code = ended(action, &mut streams);
    streams.remark(&format!("took {:.3} s", start.elapsed().as_secs_f64()));
    code
}

/// Carries out an action, says what went wrong, and gives the exit code.
fn ended(action: &Action, streams: &mut Streams<'_>) -> u8 {
    let done = spare_inputs(action).map_err(|message| Failure(USAGE, message));
    let done = done.and_then(|()| check_endings(action));
    let done = done.and_then(|()| match action {
        Action::Import(arguments) => import_into(arguments, streams),
        Action::Info(arguments) => info(arguments, streams),
        Action::Scenarios(arguments) => scenarios(arguments, streams),
        Action::Tasks(arguments) => task_list(arguments, streams),
        Action::Recover(arguments) => recover(arguments, streams),
        Action::Attestation(arguments) => attestation(arguments, streams),
        Action::Attested(arguments) => attested(arguments, streams),
        Action::Minutes(arguments) => minutes(arguments, streams),
        Action::Stated(arguments) => stated(arguments, streams),
        Action::Redact(arguments) => redact(arguments),
        Action::Reveal(arguments) => reveal(arguments, streams),
        Action::Report(arguments) => report(arguments, streams),
        Action::BlastRadius(arguments) => radius(arguments, streams),
        Action::Paths(arguments) => paths(arguments, streams),
        Action::ReachedBy(arguments) => reached_by(arguments, streams),
        Action::Rotation(arguments) => rotation(arguments, streams),
        Action::Owners(arguments) => owners(arguments, streams),
        Action::WhatIf(arguments) => asked_what_if(arguments, streams),
        Action::Policy(arguments) => policy(arguments, streams),
        Action::Diff(arguments) => differ(arguments, streams),
        Action::Export(arguments) => exported(arguments, streams),
        Action::Check(arguments) => checked(arguments, streams),
        Action::Mapping(arguments) => mapping(arguments, streams),
        Action::Layout(arguments) => positions(arguments, streams),
        Action::Generate(arguments) => generated(arguments, streams),
        Action::Schema(arguments) => {
            deliver(arguments.output.as_deref(), streams.out, |out| write_report_schema(out))
        }
        Action::Completions(arguments) => completions(arguments, streams),
        Action::Man(arguments) => man(arguments),
        Action::Licences => deliver(None, streams.out, |out| out.write_all(LICENCES.as_bytes())),
        Action::Manual => deliver(None, streams.out, |out| out.write_all(MANUAL.as_bytes())),
        Action::Screenshot(_) | Action::Render(_) | Action::Scenes(_) => {
            Err(Failure(USAGE, "this build has no window and draws no pictures".to_owned()))
        }
    });
    let Err(Failure(code, message)) = done else { return DONE };
    let message = without_names(&message, action);
    // Where even the error stream is closed nobody is left to be warned.
    drop(writeln!(streams.err, "keyreach: {}", shown(&message)));
    code
}

fn differ(arguments: &DiffArguments, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let format = arguments.answer.chosen_format().map_err(|message| Failure(USAGE, message))?;
    let AnswerArguments { reading, assume, .. } = &arguments.answer;
    let sides = [&arguments.old, &arguments.new].map(std::slice::from_ref);
    let Compared { old, new, findings: _ } = two_graphs(sides, reading, assume, streams)?;
    let progress = streams.progress.clone();
    let answers = (Answers::compute(old, &progress), Answers::compute(new, &progress));
    let (Some(old), Some(new)) = answers else { return Ok(()) };
    let found = difference(old.side(), new.side(), &progress).unwrap_or_default();
    let answered = AnsweredDifference { old: &old, new: &new, difference: &found };
    streams.remark_on_reading(old.graph.inventory());
    streams.remark_on_reading(new.graph.inventory());
    streams.warn_of_unmatched_names(&answered.unmatched());
    let form = streams.form(format.of_document(), arguments.answer.output.as_deref())?;
    deliver(arguments.answer.output.as_deref(), streams.out, |out| match form {
        None => write_difference_json(&answered, out),
        Some(form) => write_document(form, &difference_document(&answered, arguments.full), out),
    })?;
    match answered.worse().filter(|_| arguments.fail_on_worse) {
        Some(worse) => Err(Failure(WORSE, format!("the newer inventory is worse: {worse}"))),
        None => Ok(()),
    }
}

fn policy(arguments: &PolicyArguments, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let assumptions = match &arguments.project {
        None => assumed(&arguments.assume)?,
        Some(project) => {
            let policy = policy_named(&arguments.assume)?;
            let opened = open_project(project, today(), &Progress::default());
            let opened = opened.map_err(|message| Failure(INPUT, message))?;
            let own = Assumptions::clone(&opened.project.assumptions);
            arguments.assume.over(policy, Some(own))
        }
    };
    deliver(arguments.output.as_deref(), streams.out, |out| {
        out.write_all(assumptions.to_policy().as_bytes())
    })
}

fn mapping(arguments: &MappingArguments, streams: &mut Streams<'_>) -> Result<(), Failure> {
    if is_project_file(&arguments.file) {
        let how = "a project keeps how its files were read; name one of its files";
        return Err(Failure(USAGE, format!("{how}: {}", arguments.file.display())));
    }
    let settings = settings(&arguments.read_as)?;
    let paths = std::slice::from_ref(&arguments.file);
    let files = read_files(paths).map_err(|error| Failure(INPUT, error.to_string()))?;
    let (mut found, mut first_error) = (Vec::new(), None);
    for file in files {
        match mappings_of(file, &settings) {
            Ok(mappings) => found.push(mappings),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    // Of a folder, files in which nothing is recognised are passed over, as in an import.
    if let Some(error) = first_error.filter(|_| found.is_empty()) {
        return Err(Failure(INPUT, error.to_string()));
    }
    let mapping = joined_mappings(found);
    let known = meanings().join(", ");
    deliver(arguments.output.as_deref(), streams.out, |out| {
        writeln!(out, "# What the columns mean; give this file to --mapping.")?;
        writeln!(out, "# Meanings: {known}")?;
        out.write_all(mapping.to_toml().as_bytes())
    })
}

fn generated(arguments: &GenerateArguments, streams: &mut Streams<'_>) -> Result<(), Failure> {
    deliver(arguments.output.as_deref(), streams.out, |out| {
        generate::write_inventory(arguments.rows, arguments.seed, out)
    })
}
