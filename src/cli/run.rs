//! Carries out what was said on the command line, all but the window and its picture.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::{
    Action, Assume, DiffArguments, ExportArguments, Form, GenerateArguments, MappingArguments,
    ReadAs, ReportArguments,
};
use super::asked::{asked_what_if, paths, policy, radius};
use super::output_guard::spare_inputs;
use super::{fresh_key, generate, read_files, write_whole};
use crate::analysis::{
    Counting, Side, Unmatched, difference, findings, headline, judge, reach_of_all, sharing_of_all,
    totals, unmatched,
};
use crate::export::rejected;
use crate::export::{
    Answered, AnsweredDifference, unmatched_lines, write_difference_json, write_difference_text,
    write_inventory, write_rejected, write_report, write_text,
};
use crate::graph::AccessGraph;
use crate::import::{
    ColumnMapping, FingerprintKey, Fingerprinter, ImportSettings, import, mapping_of, meanings,
};
use crate::inventory::shown;
use crate::inventory::{Assumptions, Inventory, Progress, SourceId};

const INPUT: u8 = 1;
pub(super) const USAGE: u8 = 2;
const OUTPUT: u8 = 3;

/// Where answers and warnings go.
pub(super) struct Streams<'a> {
    pub(super) out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl Streams<'_> {
    /// Warns of mappings that serve nothing.
    pub(super) fn tell_unmapped(&mut self, inventory: &Inventory) {
        tell_unmapped(inventory, self.err);
    }

    /// Warns of names of the policy that the inventory does not know.
    pub(super) fn tell_unmatched(&mut self, unmatched: &[Unmatched]) {
        tell_unmatched(unmatched, self.err);
    }
}

/// Warns of names of the policy that the inventory does not know, a line for each.
pub fn tell_unmatched(unmatched: &[Unmatched], err: &mut dyn Write) {
    let says = "keyreach: warning: the policy names what is not in the inventory";
    for line in unmatched_lines(unmatched) {
        // Where even the error stream is closed nobody is left to tell.
        drop(writeln!(err, "{says}: {line}"));
    }
}

/// What ends a run early: an exit code and a sentence.
pub(super) struct Failure(pub(super) u8, pub(super) String);

/// Carries out an action and gives the exit code. Answers go to `out`, what went wrong to `err`.
pub fn run(action: &Action, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let mut outlets = Streams { out, err };
    let outlets = &mut outlets;
    let done = spare_inputs(action).map_err(|message| Failure(USAGE, message));
    let done = done.and_then(|()| match action {
        Action::Report(arguments) => report(arguments, outlets),
        Action::BlastRadius(arguments) => radius(arguments, outlets),
        Action::Paths(arguments) => paths(arguments, outlets),
        Action::WhatIf(arguments) => asked_what_if(arguments, outlets),
        Action::Policy(arguments) => policy(arguments, outlets),
        Action::Diff(arguments) => differ(arguments, outlets),
        Action::Export(arguments) => exported(arguments, outlets),
        Action::Mapping(arguments) => mapping(arguments, outlets),
        Action::Generate(arguments) => generated(arguments, outlets),
        Action::Screenshot(_) => {
            Err(Failure(USAGE, "this build has no window and draws no pictures".to_owned()))
        }
    });
    let Err(Failure(code, message)) = done else { return 0 };
    // Where even the error stream is closed nobody is left to tell.
    drop(writeln!(outlets.err, "keyreach: {}", shown(&message)));
    code
}

pub(super) fn key(file: Option<&Path>) -> Result<FingerprintKey, Failure> {
    let Some(file) = file else {
        return fresh_key().map_err(|error| Failure(INPUT, error.to_string()));
    };
    let text = std::fs::read_to_string(file).map_err(|error| {
        Failure(INPUT, format!("the key could not be read ({error}): {}", file.display()))
    })?;
    FingerprintKey::parse(&text)
        .map_err(|error| Failure(INPUT, format!("{error}: {}", file.display())))
}

/// The settings of an import that the command line asks for.
///
/// # Errors
/// One sentence where a mapping file cannot be read or is none.
pub fn import_settings(read_as: &ReadAs) -> Result<ImportSettings, String> {
    let mut settings = ImportSettings { sheet: read_as.sheet.clone(), ..ImportSettings::default() };
    for file in &read_as.mapping {
        let text = std::fs::read_to_string(file).map_err(|error| {
            format!("the mapping could not be read ({error}): {}", file.display())
        })?;
        let mapping =
            ColumnMapping::parse(&text).map_err(|error| format!("{error}: {}", file.display()))?;
        settings.mappings.push(mapping);
    }
    Ok(settings)
}

/// Warns of mappings that were named and do not serve a table, a line for each and why.
fn tell_unmapped(inventory: &Inventory, err: &mut dyn Write) {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for source in &inventory.sources {
        for why in &source.unmapped {
            match told.iter_mut().find(|(known, _)| known == why) {
                Some((_, files)) => files.push(&source.name),
                None => told.push((why, vec![&source.name])),
            }
        }
    }
    for (why, files) in told {
        let first = files.first().copied().unwrap_or_default();
        let more = match files.len() - 1 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let line = format!("keyreach: warning: {why}: {first}{more}");
        // Where even the error stream is closed nobody is left to tell.
        drop(writeln!(err, "{}", shown(&line)));
    }
}

pub(super) fn settings(read_as: &ReadAs) -> Result<ImportSettings, Failure> {
    import_settings(read_as).map_err(|message| Failure(USAGE, message))
}

pub(super) fn assumed(assume: &Assume) -> Result<Assumptions, Failure> {
    assume.assumptions().map_err(|message| Failure(USAGE, message))
}

fn differ(arguments: &DiffArguments, outlets: &mut Streams<'_>) -> Result<(), Failure> {
    let settings = settings(&arguments.answer.reading.read_as)?;
    let key = key(arguments.answer.reading.key_file.as_deref())?;
    let assumptions = assumed(&arguments.answer.assume)?;
    let of = |path: &PathBuf| graph(std::slice::from_ref(path), &key, &settings, &assumptions);
    let (old, new) = (of(&arguments.old)?, of(&arguments.new)?);
    let reach = |graph: &AccessGraph| {
        reach_of_all(graph, Counting::All, &Progress::default()).unwrap_or_default()
    };
    let (before, after) = (reach(&old), reach(&new));
    let sides = (Side { graph: &old, reach: &before }, Side { graph: &new, reach: &after });
    let found = difference(sides.0, sides.1, &Progress::default()).unwrap_or_default();
    let answered = AnsweredDifference { old: &old, new: &new, difference: &found };
    outlets.tell_unmapped(old.inventory());
    outlets.tell_unmapped(new.inventory());
    outlets.tell_unmatched(&answered.unmatched());
    deliver(arguments.answer.output.as_deref(), outlets.out, |out| match arguments.answer.format {
        Form::Json => write_difference_json(&answered, out),
        Form::Text => write_difference_text(&answered, out),
    })
}

fn mapping(arguments: &MappingArguments, outlets: &mut Streams<'_>) -> Result<(), Failure> {
    let settings = settings(&arguments.read_as)?;
    let paths = std::slice::from_ref(&arguments.file);
    let mut files = read_files(paths).map_err(|error| Failure(INPUT, error.to_string()))?;
    // Of a folder the first part that has a header tells.
    files.reverse();
    let Some(first) = files.pop() else { return Ok(()) };
    let mut found = mapping_of(first, &settings);
    while let (true, Some(next)) = (found.is_err(), files.pop()) {
        found = mapping_of(next, &settings).or(found);
    }
    let mapping = found.map_err(|error| Failure(INPUT, error.to_string()))?;
    let known = meanings().join(", ");
    deliver(arguments.output.as_deref(), outlets.out, |out| {
        writeln!(out, "# What the columns mean; keyreach reads a table so with --mapping.")?;
        writeln!(out, "# Meanings: {known}")?;
        out.write_all(mapping.to_toml().as_bytes())
    })
}

fn exported(arguments: &ExportArguments, outlets: &mut Streams<'_>) -> Result<(), Failure> {
    let settings = settings(&arguments.reading.read_as)?;
    let key = key(arguments.reading.key_file.as_deref())?;
    let inventory = inventory(&arguments.files, &key, &settings)?;
    outlets.tell_unmapped(&inventory);
    let keyed = Fingerprinter::new(&key);
    deliver(arguments.output.as_deref(), outlets.out, |out| {
        write_inventory(&inventory, &keyed, out)
    })
}

fn inventory(
    files: &[PathBuf],
    key: &FingerprintKey,
    settings: &ImportSettings,
) -> Result<Inventory, Failure> {
    let files = read_files(files).map_err(|error| Failure(INPUT, error.to_string()))?;
    import(files, key, settings, &Progress::default())
        .map_err(|error| Failure(INPUT, error.to_string()))
}

pub(super) fn graph(
    files: &[PathBuf],
    key: &FingerprintKey,
    settings: &ImportSettings,
    assumptions: &Assumptions,
) -> Result<AccessGraph, Failure> {
    let inventory = inventory(files, key, settings)?;
    Ok(AccessGraph::build(std::sync::Arc::new(inventory), assumptions))
}

fn report(arguments: &ReportArguments, outlets: &mut Streams<'_>) -> Result<(), Failure> {
    let key = key(arguments.reading.key_file.as_deref())?;
    let settings = settings(&arguments.reading.read_as)?;
    let graph = graph(&arguments.files, &key, &settings, &assumed(&arguments.assume)?)?;
    outlets.tell_unmapped(graph.inventory());
    outlets.tell_unmatched(&unmatched(&graph));
    let sharing = sharing_of_all(&graph);
    let reach = reach_of_all(&graph, Counting::All, &Progress::default()).unwrap_or_default();
    let Some(judgement) = judge(&graph, arguments.max_paths, &Progress::default()) else {
        // Nobody holds the handle by which it could be cancelled.
        return Ok(());
    };
    let answered = Answered {
        graph: &graph,
        judgement: &judgement,
        sharing: &sharing,
        reach: &reach,
        findings: &findings(&graph, &sharing, &reach),
        totals: &totals(&graph, &sharing),
        headline: &headline(&graph, &sharing),
        full: arguments.full,
    };
    if let Some(file) = &arguments.rejected {
        save_rejected(graph.inventory(), file).map_err(|message| Failure(OUTPUT, message))?;
    }
    let write = |out: &mut dyn Write| match arguments.format {
        Form::Json => write_report(&answered, out),
        Form::Text => write_text(&answered, out),
    };
    deliver(arguments.output.as_deref(), outlets.out, write)
}

/// Writes the rejected rows, one file for each source that has some, at least one in all; tells
/// which files.
///
/// # Errors
/// One sentence where a file cannot be written.
pub fn save_rejected(inventory: &Inventory, file: &Path) -> Result<Vec<String>, String> {
    let sources = (0..inventory.sources.len() as u16).map(SourceId);
    let mut with_some: Vec<SourceId> =
        sources.filter(|source| rejected(inventory, *source).next().is_some()).collect();
    if with_some.is_empty() {
        with_some.push(SourceId(0));
    }
    let mut written = Vec::new();
    for (number, source) in (1..).zip(with_some) {
        let path = numbered(file, number);
        let name = path.display().to_string();
        write_whole(&path, |out| write_rejected(inventory, source, out))
            .map_err(|error| format!("the file could not be written ({error}): {name}"))?;
        written.push(name);
    }
    Ok(written)
}

/// `rejected.csv`, `rejected-2.csv` and so on.
fn numbered(file: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return file.to_owned();
    }
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let end = file.extension().map(|end| format!(".{}", end.to_string_lossy()));
    file.with_file_name(format!("{stem}-{number}{}", end.unwrap_or_default()))
}

/// Writes to the file that was named, or else to standard output.
pub(super) fn deliver(
    file: Option<&Path>,
    out: &mut dyn Write,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(file) = file else {
        let mut buffered = io::BufWriter::new(out);
        return match write(&mut buffered).and_then(|()| buffered.flush()) {
            // Whoever reads has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure(OUTPUT, format!("the answer could not be written: {error}"))),
            Ok(()) => Ok(()),
        };
    };
    write_whole(file, write).map_err(|error| {
        Failure(OUTPUT, format!("the file could not be written ({error}): {}", file.display()))
    })
}

fn generated(arguments: &GenerateArguments, outlets: &mut Streams<'_>) -> Result<(), Failure> {
    deliver(arguments.output.as_deref(), outlets.out, |out| {
        generate::write_inventory(arguments.rows, arguments.seed, out)
    })
}
