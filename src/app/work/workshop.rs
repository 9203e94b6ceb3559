//! What workshops brought, written off the drawing thread.

use std::path::Path;

use crate::app::work::answers::Answers;
use crate::cli::{not_written, write_whole};
use crate::export::{minutes_document, write_handed_over, write_markdown};
use crate::import::{FingerprintKey, Fingerprinter};
use crate::inventory::counted;
use crate::project::{Project, Workshop, facts_to_hand_over};

/// The minutes as Markdown.
pub(crate) fn minutes_text(project: &Project) -> String {
    let mut text = Vec::new();
    match write_markdown(&minutes_document(project), &mut text) {
        Ok(()) => String::from_utf8_lossy(&text).into_owned(),
        // Nothing that is written into memory fails.
        Err(error) => error.to_string(),
    }
}

/// Writes the minutes; says where they are, or why they are nowhere.
pub(crate) fn save_minutes(project: &Project, path: &Path) -> Result<String, String> {
    let text = minutes_text(project);
    write_whole(path, |out| out.write_all(text.as_bytes()))
        .map_err(|error| not_written("the minutes", &error, path))?;
    Ok(format!("the minutes are in {}", path.display()))
}

/// Writes what was stated as rows; says where they are, or why they are nowhere.
pub(crate) fn save_handed_over(
    (answers, workshop): (&Answers, &Workshop),
    key: Option<&FingerprintKey>,
    path: &Path,
) -> Result<String, String> {
    let keyed = key.map(Fingerprinter::new);
    let handed = facts_to_hand_over(&answers.graph, workshop, keyed.as_ref());
    if let (true, Some(first)) = (handed.facts.is_empty(), handed.left_out.first()) {
        return Err(format!("nothing was written: {first}"));
    }
    write_whole(path, |out| write_handed_over(&handed, out))
        .map_err(|error| not_written("what was stated", &error, path))?;
    let rows = counted(handed.facts.len(), "row", "rows");
    let left_out = match handed.left_out.as_slice() {
        [] => String::new(),
        [one] => format!("; left out: {one}"),
        [first, more @ ..] => format!("; left out: {first}; and {} more", more.len()),
    };
    Ok(format!("{rows} in {}{left_out}", path.display()))
}
