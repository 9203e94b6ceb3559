//! Pseudonyms led back to names, for whoever has the project.

use std::borrow::Cow;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use thiserror::Error;

use super::names::Redaction;
use crate::inventory::{csv_line, starts_formula};
use crate::project::pseudonyms::NameOf;

/// How names are written in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// As they are.
    Plain,
    /// Within JSON strings, of one object or of one a line.
    Json,
    /// Within the cells of a table.
    Csv,
    /// As text of HTML or SVG.
    Markup,
}

/// Why nothing could be led back.
#[derive(Debug, Error)]
pub enum RevealError {
    /// It is no table.
    #[error("the table could not be read: {0}")]
    NoTable(csv::Error),
    /// There are too many pseudonyms to look for at once.
    #[error("there are too many pseudonyms to look for: {0}")]
    TooMany(aho_corasick::BuildError),
}

impl Redaction {
    /// The text with every pseudonym of these led back to its name, and how many there were. Others stay.
    ///
    /// Costs time in proportion to the text, and a sort of the pseudonyms.
    ///
    /// # Errors
    /// Where a table is none.
    pub fn reveal(&self, text: &str, kind: TextKind) -> Result<(String, usize), RevealError> {
        let names = self.names();
        let finder = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .build(names.keys().map(Cow::as_ref))
            .map_err(RevealError::TooMany)?;
        let revealer = Revealer { finder, names: names.into_values().collect(), kind };
        if kind != TextKind::Csv {
            return Ok(revealer.revealed(text));
        }
        let (mut count, mut table) = (0, String::with_capacity(text.len()));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.map_err(RevealError::NoTable)?;
            let cells = record.iter().map(|cell| {
                let (text, found) = revealer.revealed(cell);
                count += found;
                // What was defused already is not to be defused twice; a name that is a formula is.
                match text.strip_prefix('\'').filter(|rest| starts_formula(rest)) {
                    Some(rest) => rest.to_owned(),
                    None => text,
                }
            });
            table.push_str(&csv_line(cells.collect::<Vec<_>>()));
            table.push('\n');
        }
        Ok((table, count))
    }

    /// The name of each pseudonym.
    fn names(&self) -> BTreeMap<Cow<'_, str>, &str> {
        let mut names = BTreeMap::new();
        for (of, own) in self.pseudonyms.all() {
            // An answer may be older than what the user chose.
            for (name, pseudonym) in own.made().chain(own.entries()) {
                let pseudonym = match of {
                    NameOf::Environment | NameOf::PlainSight => {
                        Cow::Owned(pseudonym.to_lowercase())
                    }
                    _ => Cow::Borrowed(pseudonym),
                };
                names.insert(pseudonym, name);
            }
        }
        names
    }
}

/// Finds pseudonyms in texts and writes their names in their place.
struct Revealer<'a> {
    finder: AhoCorasick,
    names: Vec<&'a str>,
    kind: TextKind,
}

impl Revealer<'_> {
    /// The text with the names, and how many there are. Of pseudonyms that start at one place the
    /// longest counts, and only where it stands as words of its own.
    fn revealed(&self, text: &str) -> (String, usize) {
        let (mut out, mut count) = (String::with_capacity(text.len()), 0);
        self.finder.replace_all_with(text, &mut out, |found, pseudonym, out| {
            let name = self.names.get(found.pattern().as_usize());
            match name.filter(|_| is_word(text, found.start(), found.end())) {
                Some(name) => {
                    out.push_str(&self.written(name));
                    count += 1;
                }
                None => out.push_str(pseudonym),
            }
            true
        });
        (out, count)
    }

    fn written<'n>(&self, name: &'n str) -> Cow<'n, str> {
        match self.kind {
            TextKind::Plain | TextKind::Csv => Cow::Borrowed(name),
            TextKind::Json => Cow::Owned(in_json(name)),
            TextKind::Markup => Cow::Owned(in_markup(name)),
        }
    }
}

/// Whether a part of a text is words of its own: no letter, digit or further part of a pseudonym
/// touches it.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    if before.is_some_and(char::is_alphanumeric) {
        return false;
    }
    let mut rest = text.get(end..).unwrap_or_default().chars();
    match rest.next() {
        Some('-') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(letter) => !letter.is_alphanumeric(),
        None => true,
    }
}

fn in_json(name: &str) -> String {
    let quoted = serde_json::Value::from(name).to_string();
    quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned()
}

fn in_markup(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
