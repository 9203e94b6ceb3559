//! The words that answers are written in: a pseudonym that is made of them alone could not be led back.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::inventory::Environments;

/// Written by a test from answers whose names are hidden, a word a line.
const WORDS: &str = include_str!("answer_words.txt");

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.lines().collect());

/// Whether an answer may hold a text by itself: each of its words is one that answers are written in, a
/// standard label of an environment, or a number.
pub fn is_of_answers(text: &str) -> bool {
    let environments = Environments::default();
    let text = text.to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    environments.knows(&text)
        || words.all(|word| {
            let is_number = word.bytes().all(|letter| letter.is_ascii_digit());
            is_number || KNOWN.contains(word) || environments.knows(word)
        })
}
