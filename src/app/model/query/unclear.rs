//! What is wrong with a search text, in words.

use crate::app::model::query::days::NO_DAY;
use crate::app::model::query::key::Key;
use crate::app::model::query::known::known_values;
use crate::app::model::query::parse::Unclear;
use crate::app::work::answers::Answers;
use crate::inventory::{did_you_mean, nearest, shown};

/// At most this many values are named where one is wrong.
const MOST_NAMED: usize = 8;

/// What is wrong with a text, and what to write instead.
pub(crate) fn sentence(answers: &Answers, unclear: &Unclear) -> String {
    match unclear {
        Unclear::NoKey(word) => {
            let known = Key::ALL.map(Key::word);
            let near = nearest(word, known.into_iter());
            let hint = if near.is_empty() { String::new() } else { did_you_mean(&near) + " " };
            format!(
                "there is no key “{}”; {hint}keys are {}; in quotes it is text",
                shown(word),
                known.join(", ")
            )
        }
        Unclear::NoValue(Key::Reach) => {
            "write a number behind reach, for instance reach>20".to_owned()
        }
        Unclear::NoValue(key) if key.is_day() => format!("write a day behind {}", days_of(*key)),
        Unclear::NoDay(key, text) => {
            format!("“{}” is no day; write one behind {}", shown(text), days_of(*key))
        }
        Unclear::NoValue(key) => {
            let known = named(&known_values(answers, *key));
            format!("write what is wanted behind {}: {known}", key.written())
        }
        Unclear::NoFigure(text) => {
            format!("“{}” is not a whole number; write, for instance, reach>20", shown(text))
        }
        Unclear::NotAFigure(key) => {
            let own = key.written();
            format!("only reach and days can be more or less; write {own} and what is wanted")
        }
    }
}

/// How a key of days is written.
fn days_of(key: Key) -> String {
    let word = key.word();
    format!(
        "{word}, for instance {word}<2027, {word}>=2026-11 or {word}=2026-11-23; {word}:{NO_DAY} where no row says one"
    )
}

/// Says that there is no such value, and which there are.
pub(crate) fn no_such_value(answers: &Answers, key: Key, value: &str) -> String {
    let what = match key {
        Key::Env | Key::Held | Key::Opens => "environment",
        Key::Owner | Key::Holder | Key::Target => "owner",
        Key::Severity => "severity",
        Key::Type => "type of credential",
        Key::Kind => "kind of service",
        Key::Rule => "rule",
        Key::Storage => "storage",
        Key::Dead | Key::Assumed | Key::Stated => {
            let written = key.written();
            return format!(
                "“{}” is neither yes nor no; write {written}yes or {written}no",
                shown(value)
            );
        }
        Key::Reach => "number",
        Key::Created | Key::Rotated | Key::Used | Key::Expires => "day",
    };
    let known = known_values(answers, key);
    let near = nearest(value, known.iter().map(String::as_str));
    let near: Vec<String> = near.iter().map(|own| shown(own).into_owned()).collect();
    let hint = if near.is_empty() { String::new() } else { did_you_mean(&near) + " " };
    let which = if key == Key::Rule { "with findings" } else { "known" };
    format!("there is no {what} “{}”; {hint}{which}: {}", shown(value), named(&known))
}

/// The first of some values, and how many more there are.
fn named(known: &[String]) -> String {
    if known.is_empty() {
        return "none".to_owned();
    }
    let first = known.iter().take(MOST_NAMED).map(|own| shown(own).into_owned());
    let first = first.collect::<Vec<String>>().join(", ");
    match known.len().saturating_sub(MOST_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
