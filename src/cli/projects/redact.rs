//! Names hidden in a copy of a project, and led back in an answer.

use std::path::Path;
use std::sync::Arc;

use super::import::{locked, new_place, not_saved, sources};
use crate::cli::arguments::{
    AssumptionArguments, InputArguments, RedactCommandArguments, RevealArguments,
};
use crate::cli::files::{Expected, not_read, save_project, today};
use crate::cli::inputs::{key, policy, project_among, settings};
use crate::cli::streams::{Failure, INPUT, Streams, USAGE, deliver};
use crate::inventory::Progress;
use crate::project::{Project, RedactedKind, RedactedKinds, Redaction, TextKind};

/// Carries out `redact`.
pub(in crate::cli) fn redact(arguments: &RedactCommandArguments) -> Result<(), Failure> {
    let RedactCommandArguments { output, kinds, force, reading, .. } = arguments;
    if reading.hide.redact.is_some() {
        let how = "`keyreach redact` hides names already; --kinds says which";
        return Err(Failure(USAGE, how.to_owned()));
    }
    let place = new_place(output, *force)?;
    let project = project_of(&arguments.files, reading, &arguments.assume)?;
    let hidden = Redaction::of_project(kinds.unwrap_or_default(), &project).project(&project);
    let _lock = locked(&place, output)?;
    let saved = save_project(&hidden, None, &place, (today(), Expected::Anything));
    saved.map(drop).map_err(not_saved)
}

/// Carries out `reveal`.
pub(in crate::cli) fn reveal(
    arguments: &RevealArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let RevealArguments { answer, files, output, reading, assume } = arguments;
    let text = std::fs::read_to_string(answer)
        .map_err(|error| Failure(INPUT, not_read("the answer", &error, answer)))?;
    let project = project_of(files, reading, assume)?;
    let names = Redaction::of_project(RedactedKinds::of(RedactedKind::ALL), &project);
    let revealed = names.reveal(&text, kind_of(answer));
    let (revealed, count) =
        revealed.map_err(|error| Failure(INPUT, format!("{error}: {}", answer.display())))?;
    if count == 0 {
        let why = "nothing in it is a pseudonym of these files";
        return Err(Failure(INPUT, format!("{why}: {}", answer.display())));
    }
    deliver(output.as_deref(), streams.out, |out| out.write_all(revealed.as_bytes()))
}

/// A project, or one of nothing but inventories.
fn project_of(
    files: &[std::path::PathBuf],
    reading: &InputArguments,
    assume: &AssumptionArguments,
) -> Result<Project, Failure> {
    let policy = policy(assume)?;
    if let Some(opened) = project_among(files, reading, &Progress::default())? {
        let mut project = opened.project;
        let own = (*project.assumptions).clone();
        project.assumptions = Arc::new(assume.over(policy, Some(own)));
        return Ok(project);
    }
    let settings = settings(&reading.read_as)?;
    let sources = sources(files, &key(reading.key_file.as_deref())?, settings)?;
    let assumptions = assume.over(policy, None);
    Ok(Project { sources: Arc::new(sources), ..Project::under(assumptions) })
}

/// How names are written in a file, by how its name ends.
fn kind_of(file: &Path) -> TextKind {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("json" | "jsonl" | "ndjson") => TextKind::Json,
        Some("csv") => TextKind::Csv,
        Some("html" | "htm" | "svg" | "graphml" | "gexf" | "xml") => TextKind::Markup,
        _ => TextKind::Plain,
    }
}
