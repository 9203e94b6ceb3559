//! How the last word of a search text may go on.

use crate::app::model::query::key::Key;
use crate::app::model::query::known::known_values;
use crate::app::work::answers::Answers;
use crate::inventory::shown;

/// At most this many are offered.
const MOST: usize = 6;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What is offered.
    pub(crate) name: String,
    /// The whole text with it.
    pub(crate) text: String,
}

/// How the last word of a text may go on: keys that begin so, or values of its key that have what
/// stands behind it in them. None within quotes.
pub(crate) fn completions(text: &str, answers: &Answers) -> Vec<Completion> {
    if text.matches('"').count() % 2 == 1 {
        return Vec::new();
    }
    let begin = text.rfind(char::is_whitespace).map_or(0, |at| {
        at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    });
    let (before, word) = text.split_at(begin);
    if word.is_empty() {
        return Vec::new();
    }
    let Some((key, value)) = word.split_once(':') else { return keys(before, word) };
    let Some(key) = Key::find(key) else { return Vec::new() };
    let (kept, last) = value.rsplit_once(',').map_or(("", value), |(kept, last)| (kept, last));
    let wanted = last.to_lowercase();
    let known = known_values(answers, key).into_iter();
    let fits = known.filter(|own| own.to_lowercase().contains(&wanted) && **own != *last);
    let kept = if kept.is_empty() { String::new() } else { format!("{kept},") };
    fits.take(MOST)
        .map(|own| {
            let value = if own.contains([' ', ',', '"']) { quoted(&own) } else { own.clone() };
            let text = format!("{before}{}{kept}{value} ", key.written());
            Completion { name: shown(&own).into_owned(), text }
        })
        .collect()
}

/// A value between quotes; a quote within it cannot be written, and goes.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('"', ""))
}

fn keys(before: &str, word: &str) -> Vec<Completion> {
    let wanted = word.to_ascii_lowercase();
    let fits = Key::ALL.into_iter().filter(|key| key.word().starts_with(&wanted));
    fits.map(|key| Completion { name: key.written(), text: format!("{before}{}", key.written()) })
        .collect()
}
