//! Pseudonyms led back to names, for whoever has the project.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use thiserror::Error;

use super::field_text::behind_storage;
use super::kept_words::{KeptWords, default_places};
use super::names::Redaction;
use crate::inventory::{csv_line, starts_formula};
use crate::project::pseudonyms::{NOUNS, NameOf};

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
        let names = self.led_back();
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

    /// How many different pseudonyms a text holds that were made and are none of these: it is an answer of
    /// something else, or of names that are gone. Those of environments look like
    /// other words.
    ///
    /// Costs time in proportion to the text, and a sort of the pseudonyms.
    pub fn unknown_pseudonyms(&self, text: &str) -> usize {
        let known = self.led_back();
        let mut unknown = BTreeSet::new();
        let made = NameOf::ALL.into_iter().filter(|of| !of.is_in_lower_case());
        for prefix in made.map(NameOf::prefix) {
            for (at, _) in text.match_indices(prefix) {
                let rest = text.get(at + prefix.len()..).unwrap_or_default();
                let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
                let end = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or_default().trim_end_matches('-');
                let noun = word.split('-').next().unwrap_or_default();
                let whole = text.get(at..at + prefix.len() + word.len()).unwrap_or_default();
                let is_made = NOUNS.binary_search(&noun).is_ok();
                if is_made && is_word(text, at, at + whole.len()) && !known.contains_key(whole) {
                    unknown.insert(whole);
                }
            }
        }
        unknown.len()
    }

    /// What each pseudonym leads back to.
    fn led_back(&self) -> BTreeMap<Cow<'_, str>, LedBack<'_>> {
        let (mut names, kept) = (BTreeMap::new(), KeptWords::new(&default_places()));
        for (of, own) in self.pseudonyms.all() {
            // An answer may be older than what the user chose.
            for (name, pseudonym) in own.made().chain(own.entries()) {
                let pseudonym = match of {
                    NameOf::Environment | NameOf::PlainSight => {
                        Cow::Owned(pseudonym.to_lowercase())
                    }
                    _ => Cow::Borrowed(pseudonym),
                };
                let behind = match of {
                    NameOf::Type | NameOf::Storage | NameOf::Tags => self.behind(of, name, &kept),
                    _ => String::new(),
                };
                names.insert(pseudonym, LedBack { name, behind });
            }
        }
        names
    }

    /// What stands behind the pseudonym of a type, a storage place or tags: the words that stay.
    fn behind(&self, of: NameOf, name: &str, kept: &KeptWords) -> String {
        let phrases = kept.of(name);
        let mut behind = match phrases.as_slice() {
            [] => String::new(),
            phrases => format!(" ({})", phrases.join(", ")),
        };
        if of == NameOf::Storage {
            behind.push_str(&behind_storage(self, name));
        }
        behind
    }
}

/// What a pseudonym leads back to.
struct LedBack<'a> {
    name: &'a str,
    /// What of the name stands behind its pseudonym, and goes with it.
    behind: String,
}

/// Finds pseudonyms in texts and writes their names in their place.
struct Revealer<'a> {
    finder: AhoCorasick,
    names: Vec<LedBack<'a>>,
    kind: TextKind,
}

impl Revealer<'_> {
    /// The text with the names, and how many there are. Of pseudonyms that start at one place the
    /// longest counts, and only where it stands as words of its own.
    fn revealed(&self, text: &str) -> (String, usize) {
        let (mut out, mut count, mut done) = (String::with_capacity(text.len()), 0, 0);
        for found in self.finder.find_iter(text) {
            let (from, to) = (found.start(), found.end());
            let own = self.names.get(found.pattern().as_usize());
            // What stands behind one may hold another: that of the policy's own word for a storage place.
            let is_one = from >= done && is_word(text, from, to);
            let Some(LedBack { name, behind }) = own.filter(|_| is_one) else { continue };
            out.push_str(text.get(done..from).unwrap_or_default());
            out.push_str(&self.written(name));
            done = to + length_behind(text.get(to..).unwrap_or_default(), behind);
            count += 1;
        }
        out.push_str(text.get(done..).unwrap_or_default());
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

/// How many bytes of a text are what stands behind a pseudonym, where the text begins with it; lines may
/// be broken between its words. A pseudonym may also stand without it.
fn length_behind(text: &str, behind: &str) -> usize {
    let mut rest = text;
    for word in behind.split_whitespace() {
        let without = rest.trim_start();
        let is_parted = without.len() < rest.len();
        match without.strip_prefix(word).filter(|_| is_parted) {
            Some(after) => rest = after,
            None => return 0,
        }
    }
    text.len() - rest.len()
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
