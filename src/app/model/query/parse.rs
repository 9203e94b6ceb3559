//! Takes a search text apart.
//!
//! Words stand between blanks; quotes (`"…"`) hold words together and make text of whatever is in
//! them. All terms must hold; of several values between commas (`env:dev,test`) one.

use crate::app::model::query::days::Days;
use crate::app::model::query::key::{Comparison, Key};

/// One part of a search text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Term {
    /// A name has this in it.
    Text(String),
    /// It is in this environment, if there is one of this name; else both words are text.
    In(String),
    /// What the key stands for is one of these; never none of them.
    Among(Key, Vec<String>),
    /// How many service instances it reaches, compared with a figure.
    Reach(Comparison, u64),
    /// A day of a credential, compared with a day, a month or a year.
    Days(Key, Days),
}

/// Why a text is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unclear {
    /// No key of this name.
    NoKey(String),
    /// Nothing stands behind the key.
    NoValue(Key),
    /// What stands behind a key is no figure.
    NoFigure(String),
    /// What stands behind a key is no day.
    NoDay(Key, String),
    /// Only a figure or a day can be more or less.
    NotAFigure(Key),
}

/// A word with the quotes taken off.
#[derive(Debug, Default)]
struct Word {
    /// Each letter, and whether it stood between quotes.
    letters: Vec<(char, bool)>,
    has_quotes: bool,
}

impl Word {
    fn text(&self) -> String {
        self.letters.iter().map(|(letter, _)| letter).collect()
    }

    /// The key, and what stands behind it with its sign; none where the word is plain text.
    fn parts(&self) -> Option<(String, &[(char, bool)])> {
        let is_sign = |(letter, quoted): &(char, bool)| !quoted && ":<>=".contains(*letter);
        let at = self.letters.iter().position(is_sign)?;
        let (before, rest) = self.letters.split_at(at);
        let is_key = before.iter().all(|(letter, quoted)| !quoted && letter.is_ascii_alphabetic());
        let key: String = before.iter().map(|(letter, _)| letter).collect();
        let has_colon = rest.first().is_some_and(|(sign, _)| *sign == ':');
        (is_key && !key.is_empty() && (has_colon || Key::find(&key).is_some()))
            .then_some((key, rest))
    }
}

/// Takes a text apart; costs time in proportion to it.
pub(crate) fn parse(text: &str) -> Result<Vec<Term>, Unclear> {
    let words = words(text);
    let mut terms = Vec::new();
    let mut rest = words.iter().peekable();
    while let Some(word) = rest.next() {
        if let Some((key, value)) = word.parts() {
            terms.push(term(&key, value)?);
            continue;
        }
        let text = word.text();
        let is_in = !word.has_quotes && text.eq_ignore_ascii_case("in");
        match rest.next_if(|next| is_in && next.parts().is_none()) {
            Some(place) => terms.push(Term::In(place.text())),
            None if text.is_empty() => {}
            None => terms.push(Term::Text(text)),
        }
    }
    Ok(terms)
}

/// The words of a text; a quote that is left open holds everything behind it together.
fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut own: Option<Word> = None;
    let mut quoted = false;
    for letter in text.chars() {
        if letter == '"' {
            quoted = !quoted;
            own.get_or_insert_default().has_quotes = true;
        } else if letter.is_whitespace() && !quoted {
            words.extend(own.take());
        } else {
            own.get_or_insert_default().letters.push((letter, quoted));
        }
    }
    words.extend(own);
    words
}

/// A key with what stands behind it.
fn term(key: &str, value: &[(char, bool)]) -> Result<Term, Unclear> {
    let Some(key) = Key::find(key) else { return Err(Unclear::NoKey(key.to_owned())) };
    let behind_colon = value.strip_prefix(&[(':', false)]);
    if key == Key::Reach || key.is_day() {
        let text: String = behind_colon.unwrap_or(value).iter().map(|(own, _)| own).collect();
        let (how, text) = comparison(&text);
        return if key == Key::Reach { figure(how, text) } else { days(key, how, text) };
    }
    let Some(value) = behind_colon else { return Err(Unclear::NotAFigure(key)) };
    let values = value.split(|own| *own == (',', false));
    let values = values.map(|own| own.iter().map(|(letter, _)| letter).collect::<String>());
    let values: Vec<String> = values.map(|own| own.trim().to_owned()).collect();
    let values: Vec<String> = values.into_iter().filter(|own| !own.is_empty()).collect();
    if values.is_empty() { Err(Unclear::NoValue(key)) } else { Ok(Term::Among(key, values)) }
}

/// The sign at the beginning of what stands behind a key, or that of what is equal, and what follows it.
fn comparison(text: &str) -> (Comparison, &str) {
    let mut signs = Comparison::SIGNS.into_iter();
    let found = signs.find_map(|(sign, how)| Some((how, text.strip_prefix(sign)?)));
    found.unwrap_or((Comparison::Equal, text))
}

/// What stands behind `reach`: a whole figure.
fn figure(how: Comparison, figure: &str) -> Result<Term, Unclear> {
    if figure.is_empty() {
        return Err(Unclear::NoValue(Key::Reach));
    }
    let number = figure.parse().map_err(|_error| Unclear::NoFigure(figure.to_owned()))?;
    Ok(Term::Reach(how, number))
}

/// What stands behind a key of days: a day, a month, a year, or the word for no day.
fn days(key: Key, how: Comparison, text: &str) -> Result<Term, Unclear> {
    if text.is_empty() {
        return Err(Unclear::NoValue(key));
    }
    let days = Days::of(how, text).ok_or_else(|| Unclear::NoDay(key, text.to_owned()))?;
    Ok(Term::Days(key, days))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Term {
        Term::Text(text.to_owned())
    }

    fn among(key: Key, values: &[&str]) -> Term {
        Term::Among(key, values.iter().map(|own| (*own).to_owned()).collect())
    }

    #[test]
    fn words_keys_values_and_figures_are_told_apart() {
        let cases: [(&str, Vec<Term>); 16] = [
            ("", vec![]),
            ("   ", vec![]),
            ("deploy key", vec![text("deploy"), text("key")]),
            ("\"deploy key\"", vec![text("deploy key")]),
            ("env:prod", vec![among(Key::Env, &["prod"])]),
            ("ENV:Prod,dev,", vec![among(Key::Env, &["Prod", "dev"])]),
            ("owner:\"Web, shop\"", vec![among(Key::Owner, &["Web, shop"])]),
            ("reach>20", vec![Term::Reach(Comparison::More, 20)]),
            ("reach:>=3", vec![Term::Reach(Comparison::AtLeast, 3)]),
            ("reach:7", vec![Term::Reach(Comparison::Equal, 7)]),
            ("reach<=0", vec![Term::Reach(Comparison::AtMost, 0)]),
            ("shop in prod", vec![text("shop"), Term::In("prod".to_owned())]),
            ("shop in", vec![text("shop"), text("in")]),
            ("in env:dev", vec![text("in"), among(Key::Env, &["dev"])]),
            ("\"arn:aws:iam\"", vec![text("arn:aws:iam")]),
            ("a=b 10:30", vec![text("a=b"), text("10:30")]),
        ];
        for (written, expected) in cases {
            assert_eq!(parse(written), Ok(expected), "{written}");
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let cases = [
            ("envv:prod", Unclear::NoKey("envv".to_owned())),
            ("arn:aws", Unclear::NoKey("arn".to_owned())),
            ("shop owner:", Unclear::NoValue(Key::Owner)),
            ("env:\"\"", Unclear::NoValue(Key::Env)),
            ("reach>", Unclear::NoValue(Key::Reach)),
            ("reach>many", Unclear::NoFigure("many".to_owned())),
            ("reach>-1", Unclear::NoFigure("-1".to_owned())),
            ("severity>low", Unclear::NotAFigure(Key::Severity)),
        ];
        for (written, expected) in cases {
            assert_eq!(parse(written), Err(expected), "{written}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,40}") {
            let _understood = parse(&text).is_ok();
        }

        #[test]
        fn quoted_text_is_text_whatever_stands_in_it(word in "[^\"]{1,20}") {
            prop_assert_eq!(parse(&format!("\"{word}\"")), Ok(vec![Term::Text(word)]));
        }
    }
}
