//! Names hidden in a copy of a project, and led back in an answer.

use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;

use super::import::{locked, new_place, not_saved, sources};
use crate::cli::arguments::{
    AssumptionArguments, InputArguments, RedactCommandArguments, RevealArguments,
};
use crate::cli::files::{Expected, not_read, save_project, today};
use crate::cli::inputs::{key, policy, project_among, settings};
use crate::cli::streams::{Failure, INPUT, Streams, USAGE, deliver};
use crate::inventory::{Progress, counted};
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
    if reading.hide.redact.is_some() {
        let how = "`keyreach reveal` brings names back; leave --redact out";
        return Err(Failure(USAGE, how.to_owned()));
    }
    let text = text_of(answer)?;
    let project = project_of(files, reading, assume)?;
    let names = Redaction::of_project(RedactedKinds::of(RedactedKind::ALL), &project);
    let revealed = names.reveal(&text, kind_of(answer));
    let (revealed, count) =
        revealed.map_err(|error| Failure(INPUT, format!("{error}: {}", answer.display())))?;
    if count == 0 {
        let why = "nothing in it is a pseudonym of these files";
        return Err(Failure(INPUT, format!("{why}: {}", answer.display())));
    }
    let unknown = names.unknown_pseudonyms(&text);
    if unknown > 0 {
        let those = counted(unknown, "pseudonym in it is", "pseudonyms in it are");
        streams.warn(&format!(
            "{those} none of these files: if it is an answer of others, the names that were brought back \
             are wrong; name with --with what it is an answer of"
        ));
    }
    deliver(output.as_deref(), streams.out, |out| out.write_all(revealed.as_bytes()))
}

/// The text of an answer, unpacked where it is packed.
fn text_of(answer: &Path) -> Result<String, Failure> {
    let not_read = |error: &io::Error| Failure(INPUT, not_read("the answer", error, answer));
    let mut bytes = std::fs::read(answer).map_err(|error| not_read(&error))?;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        let read = GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked);
        read.map_err(|error| not_read(&error))?;
        bytes = unpacked;
    }
    if let Some(what) = no_text(&bytes) {
        let how = "in which names cannot be led back; write the same answer as JSON, CSV, HTML, SVG or text, \
                   and lead that back";
        return Err(Failure(INPUT, format!("this is {what}, {how}: {}", answer.display())));
    }
    String::from_utf8(bytes)
        .map_err(|error| not_read(&io::Error::new(io::ErrorKind::InvalidData, error.utf8_error())))
}

/// What a file is that holds an answer and is no text, by its first bytes.
fn no_text(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 3] =
        [(b"PK\x03\x04", "a workbook"), (b"%PDF-", "a PDF"), (b"\x89PNG", "a picture of dots")];
    known.into_iter().find_map(|(start, what)| bytes.starts_with(start).then_some(what))
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
    let is_packed = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    let plain = if is_packed { file.file_stem().map_or(file, Path::new) } else { file };
    let ending = plain.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("json" | "jsonl" | "ndjson") => TextKind::Json,
        Some("csv") => TextKind::Csv,
        Some("html" | "htm" | "svg" | "graphml" | "gexf" | "xml") => TextKind::Markup,
        _ => TextKind::Plain,
    }
}
