//! Words of other languages than English: headings, the words of cells, placeholders and months.
//!
//! There is one text file for each language. Each of its lines says of some words, with commas between
//! them, what they mean in a column:
//!
//! ```text
//! heading owner = Eigentümer, Verantwortlich
//! access holds = nutzt, verwendet
//! unknown = keine, unbekannt
//! ```
//!
//! Behind `heading` stands an English heading of the table in `synonyms`, which the words translate.
//! Several lines may begin alike. Lower and upper case, accents, `ss` for `ß`, `ae` for `ä`, and hyphens
//! do not matter, neither here nor in files; nor do the particles in headings (`de`, `of the`). To add a
//! language, add its file to [`FILES`]; the tests name words that would have two meanings.

mod fold;
mod word_set;

use std::collections::HashMap;
use std::sync::LazyLock;

use zeroize::Zeroizing;

pub(crate) use self::fold::folded;
use self::fold::with_umlauts_spelt;
use self::word_set::WordSet;

/// The files, one for each language.
const FILES: [&str; 6] = [
    include_str!("de.txt"),
    include_str!("fr.txt"),
    include_str!("es.txt"),
    include_str!("it.txt"),
    include_str!("nl.txt"),
    include_str!("pt.txt"),
];

/// The particles of headings: `date d’expiration` and `date expiration` are one.
const PARTICLES: [&str; 37] = [
    "d", "de", "des", "du", "l", "la", "le", "les", "del", "el", "los", "las", "di", "dei",
    "della", "dello", "delle", "dell", "degli", "dal", "il", "lo", "gli", "i", "do", "da", "dos",
    "das", "o", "a", "os", "as", "van", "het", "der", "au", "al",
];

/// The columns whose words are listed, as the files call them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordColumn {
    Access,
    Level,
    Status,
    Flag,
    Exposure,
    Criticality,
}

impl WordColumn {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Access, "access"),
        (Self::Level, "level"),
        (Self::Status, "status"),
        (Self::Flag, "flag"),
        (Self::Exposure, "exposure"),
        (Self::Criticality, "criticality"),
    ];
}

/// Words, and what each means.
type Words = HashMap<String, &'static str>;

#[derive(Default)]
struct Languages {
    headings: Words,
    cells: [Words; WordColumn::ALL.len()],
    never_used: WordSet,
    unknown: WordSet,
    removed: WordSet,
    bracketed: WordSet,
    totals: WordSet,
    counted: WordSet,
    months: Vec<(String, i8)>,
    secret_first: Vec<String>,
    secret_last: Vec<String>,
    secret_asks: Vec<String>,
}

static LANGUAGES: LazyLock<Languages> = LazyLock::new(|| {
    let mut languages = Languages::default();
    for (left, word) in FILES.into_iter().flat_map(entries) {
        languages.add(left, word);
    }
    languages
});

/// What stands left of the `=`, and each of the words right of it.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).flat_map(|(left, words)| {
        words
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(move |word| (left, word))
    })
}

impl Languages {
    /// Adds a word; false if nothing of this name can be listed.
    fn add(&mut self, left: &'static str, word: &'static str) -> bool {
        let set = match left {
            "never used" => &mut self.never_used,
            "unknown" => &mut self.unknown,
            "removed" => &mut self.removed,
            "bracketed" => &mut self.bracketed,
            "total" => &mut self.totals,
            "counted" => &mut self.counted,
            _ => return self.add_with_meaning(left, word),
        };
        set.add(word);
        true
    }

    fn add_with_meaning(&mut self, left: &'static str, word: &'static str) -> bool {
        let Some((column, meaning)) = left.split_once(' ') else { return false };
        if column == "month" {
            let Ok(month) = meaning.parse() else { return false };
            self.months.extend(spellings(word).map(|word| (word, month)));
            return true;
        }
        let secrets = match left {
            "secret first" => Some(&mut self.secret_first),
            "secret last" => Some(&mut self.secret_last),
            "secret asks" => Some(&mut self.secret_asks),
            _ => None,
        };
        if let Some(secrets) = secrets {
            secrets.extend(spellings(word).map(|word| without_particles(&word)));
            return true;
        }
        if column == "heading" {
            let words = spellings(word).map(|word| heading_key(&word));
            words.for_each(|word| _ = self.headings.entry(word).or_insert(meaning));
            return true;
        }
        let at = WordColumn::ALL.iter().position(|(_, name)| *name == column);
        let Some(words) = at.and_then(|at| self.cells.get_mut(at)) else { return false };
        spellings(word).for_each(|word| _ = words.entry(word).or_insert(meaning));
        true
    }
}

fn spellings(word: &str) -> impl Iterator<Item = String> {
    [Some(folded(word)), with_umlauts_spelt(word)].into_iter().flatten()
}

/// A folded heading as words with one space between two.
fn heading_key(folded: &str) -> String {
    let plain = folded.replace(|letter: char| !letter.is_alphanumeric(), " ");
    without_particles(&plain)
}

/// Leaves out particles, but for the last word: `Acceso` and `Acceso a` differ.
fn without_particles(words: &str) -> String {
    let mut kept: Vec<&str> = words.split_whitespace().collect();
    let last = kept.pop().unwrap_or_default();
    kept.retain(|word| !PARTICLES.contains(word));
    kept.push(last);
    kept.join(" ")
}

/// The English heading that a heading translates. Its words as `normalised` gives them.
pub(crate) fn english_heading(words: &str) -> Option<&'static str> {
    // While a header is searched, the cells of rows come here too, and may be secrets.
    let words = Zeroizing::new(folded(words));
    LANGUAGES.headings.get(Zeroizing::new(heading_key(&words)).as_str()).copied()
}

/// Whether a heading that is not listed names secrets: `mot de passe de la base`, `Datenbankkennwort`.
pub(crate) fn names_secrets(words: &str) -> bool {
    let Languages { secret_first, secret_last, secret_asks, .. } = &*LANGUAGES;
    let words = Zeroizing::new(folded(words));
    let words = Zeroizing::new(without_particles(&words));
    let mut parts = words.split(' ');
    if parts.clone().any(|part| secret_asks.iter().any(|asks| asks == part)) {
        return false;
    }
    let last = parts.next_back().unwrap_or_default();
    let ends = |end: &String| last == end || (end.len() > 6 && last.ends_with(end.as_str()));
    let starts = |start: &String| {
        words
            .strip_prefix(start.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    secret_last.iter().any(ends) || secret_first.iter().any(starts)
}

/// What a word means in a column, as the files call it.
pub(crate) fn meaning_of(column: WordColumn, word: &str) -> Option<&'static str> {
    LANGUAGES.cells.get(column as usize)?.get(&folded(word)).copied()
}

/// Whether a word says yes; `None` if it says neither yes nor no.
pub(crate) fn is_yes(word: &str) -> Option<bool> {
    meaning_of(WordColumn::Flag, word).map(|meaning| meaning == "yes")
}

/// Whether a trimmed cell has a word for a value that is not known.
pub(crate) fn is_unknown(cell: &str) -> bool {
    LANGUAGES.unknown.contains(cell)
}

/// Whether a trimmed cell says that there was no use.
pub(crate) fn is_never_used(cell: &str) -> bool {
    LANGUAGES.never_used.contains(cell)
}

/// Whether a word stands for a removed value.
pub(crate) fn is_removed(word: &str) -> bool {
    LANGUAGES.removed.contains(word)
}

/// Whether a word in brackets stands for a value.
pub(crate) fn is_bracketed(word: &str) -> bool {
    LANGUAGES.bracketed.contains(word)
}

/// Whether a word begins a line of totals.
pub(crate) fn is_total(word: &str) -> bool {
    LANGUAGES.totals.contains(word)
}

/// Whether a word follows a number in a line of totals.
pub(crate) fn is_counted(word: &str) -> bool {
    LANGUAGES.counted.contains(word)
}

/// The months whose names begin with a folded word.
pub(crate) fn months_with(start: &str) -> impl Iterator<Item = i8> {
    let names = LANGUAGES.months.iter().filter(move |(name, _)| name.starts_with(start));
    names.map(|(_, month)| *month)
}

/// Every word of the files with what stands left of it.
#[cfg(test)]
pub(crate) fn all_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.into_iter().flat_map(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_comment_blank_or_lists_words_of_a_known_column() {
        for file in FILES {
            let lists = |line: &&str| !line.is_empty() && !line.starts_with('#');
            for line in file.lines().filter(lists) {
                let (left, words) = line.split_once(" = ").unwrap();
                let words = words.split(',').map(str::trim);
                for word in words {
                    assert!(!word.is_empty() && Languages::default().add(left, word), "{line}");
                }
            }
        }
    }

    #[test]
    fn no_word_has_two_meanings_within_a_column() {
        let mut known: HashMap<(&str, String), &str> = HashMap::new();
        for (left, word) in all_words() {
            let (column, meaning) = left.split_once(' ').unwrap_or((left, ""));
            if !matches!(column, "access" | "level" | "status" | "flag" | "exposure" | "month") {
                continue;
            }
            let key = folded(word);
            let before = *known.entry((column, key)).or_insert(meaning);
            assert_eq!(before, meaning, "{column}: {word}");
        }
    }
}
