//! Words of cells that somebody may have to explain: of access, level, status and environment.

use std::collections::BTreeSet;

use crate::import::container::RawTable;
use crate::import::csv::records::Found;
use crate::import::rows::listed_links;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::value_words::WordKind;
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::{lists, words};
use crate::inventory::{Environments, shown};

/// How many words are shown: more are no list of words.
const MOST: usize = 40;
/// The most bytes of a word; a longer text is a sentence, or a value.
const LONGEST: usize = 40;

/// A word that is not known, or that was explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewWord {
    /// What sort of word it is.
    pub kind: WordKind,
    /// The word, safe to show.
    pub word: String,
    /// What it means, as the user or a column mapping says; nothing where it is not known.
    pub meant: Option<String>,
}

/// The columns in which each kind of word stands.
const COLUMNS: [(WordKind, Meaning); 6] = [
    (WordKind::Access, Meaning::Access),
    (WordKind::Level, Meaning::Level),
    (WordKind::Status, Meaning::Status),
    (WordKind::Environment, Meaning::Environment),
    (WordKind::Environment, Meaning::HolderEnvironment),
    (WordKind::Environment, Meaning::TargetEnvironment),
];

/// The words of the first rows that are not known, and those that were explained.
pub(crate) fn unknown_words(
    plan: &Plan,
    raw: &RawTable<'_>,
    environments: &Environments,
) -> Vec<PreviewWord> {
    let mut seen: BTreeSet<(WordKind, String)> = BTreeSet::new();
    let mut records = plan.records(raw.text.as_str());
    while let Ok(Some(found)) = records.read() {
        let line = records.line();
        let is_row =
            found == Found::Cells && line > plan.schema.header_line.max(plan.schema.second_header);
        if !is_row || records.width() != plan.schema.header.len() {
            continue;
        }
        for (kind, meaning) in COLUMNS {
            let Some(column) = plan.columns().of(meaning) else { continue };
            let cell = records.cell(column);
            // The words of a list may be short though it is long.
            if (cell.len() > LONGEST && !cell.starts_with('[')) || words::is_unknown(cell) {
                continue;
            }
            let words = parts(kind, cell, environments).into_iter();
            for word in words.filter(|word| word.len() <= LONGEST && !words::is_unknown(word)) {
                if seen.len() < MOST && is_to_be_shown(plan, (kind, &word), environments) {
                    seen.insert((kind, word));
                }
            }
        }
    }
    let explained = &plan.schema.words;
    let meant = |kind, word: &str| {
        let meant = explained.meant(kind, word);
        (meant != word).then(|| meant.to_owned())
    };
    seen.into_iter()
        .map(|(kind, word)| PreviewWord {
            kind,
            meant: meant(kind, &word),
            word: shown(&word).into_owned(),
        })
        .collect()
}

fn parts(kind: WordKind, cell: &str, environments: &Environments) -> Vec<String> {
    match kind {
        WordKind::Environment => lists::labels(cell, environments),
        // A list says a word for each object of another list; each is explained by itself.
        WordKind::Access | WordKind::Level | WordKind::Status => listed_links::words(cell),
    }
}

/// Whether a word is not known or was explained, and is no secret.
fn is_to_be_shown(
    plan: &Plan,
    (kind, word): (WordKind, &str),
    environments: &Environments,
) -> bool {
    let is_explained = plan.schema.words.meant(kind, word) != word;
    let is_known = match kind {
        WordKind::Access => words::access(word).is_some() || words::level(word).is_some(),
        WordKind::Level => words::level(word).is_some(),
        WordKind::Status => words::status(word).is_some(),
        WordKind::Environment => environments.knows(word),
    };
    let may_be_shown = kind == WordKind::Environment || words::is_plain(word);
    (is_explained || !is_known)
        && may_be_shown
        && matches!(secret_detection::masked(word), std::borrow::Cow::Borrowed(_))
}
