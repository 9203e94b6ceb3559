//! Why a text that is JSON, or was meant to be, has no rows: told in one sentence with its place.

use crate::import::container::json::damage;
use crate::import::container::json::scan::Scan;

/// What is wrong with a text that starts like JSON and is no array of objects; `None` where it does not
/// start like JSON. `at` is its first sign.
pub(crate) fn why(scan: Scan<'_>, at: usize) -> Option<String> {
    let rest = scan.text.get(at..).unwrap_or_default();
    if !starts_like_json(rest) && !is_call(rest) {
        return None;
    }
    Some(match damage::find(scan, at) {
        Some(damage) => {
            let before = scan.text.get(..damage.at).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = scan.column(damage.at);
            format!("it is damaged in line {line}, column {column}: {}", damage.what)
        }
        None => {
            "its entries are no objects; write each row as an object, in braces and with a name \
                 for each value"
                .to_owned()
        }
    })
}

/// Whether a text starts like JSON, with what people and programs write in it that is none: comments,
/// single quotes, names without quotes.
fn starts_like_json(text: &str) -> bool {
    let rest = behind_comments(text);
    let inside = |open: char| rest.strip_prefix(open).map(behind_comments);
    if let Some(inside) = inside('{') {
        let name = inside.trim_start_matches(|sign: char| sign.is_alphanumeric() || sign == '_');
        let is_plain = name.len() < inside.len() && name.trim_start().starts_with(':');
        return is_plain || inside.starts_with(['"', '\'', '}', '{']);
    }
    let Some(inside) = inside('[') else { return false };
    let word = inside.split([',', ']', '\n']).next().unwrap_or_default().trim();
    let is_element = matches!(word, "true" | "false" | "null" | "NaN")
        || word.parse::<f64>().is_ok() && inside.contains(',');
    is_element || inside.starts_with(['"', '\'', '[', '{'])
}

/// What follows the comments at the start of a text.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let behind = if rest.starts_with("//") {
            rest.split_once('\n').map_or("", |(_, behind)| behind)
        } else if rest.starts_with("/*") {
            rest.split_once("*/").map_or("", |(_, behind)| behind)
        } else {
            return rest;
        };
        rest = behind.trim_start();
    }
}

/// Whether a text is JSON within the call of a function, as browsers once fetched it.
fn is_call(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let is_name = |letter: char| letter.is_alphanumeric() || "_.$".contains(letter);
    !name.is_empty()
        && name.chars().all(is_name)
        && (rest.starts_with("[{") || rest.starts_with("{\""))
        && text.trim_end().trim_end_matches(';').ends_with(')')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Progress;

    #[test]
    fn what_starts_like_json_is_told_as_json() {
        let progress = Progress::default();
        for (text, words) in [
            ("// x\n[{id:'k'}]", Some("line 1, column 1: JSON has no comments")),
            ("[\n// x\n{\"id\":1}]", Some("line 2, column 1: JSON has no comments")),
            ("[{'id':1}]", Some("line 1, column 3: JSON has double quotes only")),
            ("{id:1}", Some("line 1, column 2: a name in double quotes")),
            ("[\"id\",\"service\"]", Some("its entries are no objects")),
            ("[1,2]", Some("its entries are no objects")),
            ("[[[[", Some("line 1, column 5: the file ends")),
            ("call([{\"id\":1}]);", Some("line 1, column 1: a value is missing")),
            ("{name},service\n", None),
            ("[id],[service]\nk1,web\n", None),
            ("[keyring]\nname=x\n[1]\n", None),
            ("id,service\n", None),
            ("f(x),service\n", None),
        ] {
            let found = why(Scan { text, progress: &progress }, 0);
            match words {
                None => assert_eq!(found, None, "{text}"),
                Some(words) => assert!(
                    found.as_ref().is_some_and(|why| why.contains(words)),
                    "{text}: {found:?}"
                ),
            }
        }
    }
}
