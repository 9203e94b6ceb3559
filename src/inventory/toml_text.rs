//! Policy and mapping files as texts: what they say of mistakes in them, where, and what was probably
//! meant; and hidden characters in what is written.

use crate::inventory::nearest::{did_you_mean, nearest};
use crate::inventory::shown::is_hidden;

/// Line and column of a byte, both counted from 1, the column in characters.
pub(crate) fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// What TOML says is wrong, in one line, and at which byte.
pub(crate) fn syntax(error: &toml::de::Error) -> (String, usize) {
    let lines: Vec<&str> = error.message().lines().map(str::trim).collect();
    (lines.join("; "), error.span().map_or(0, |span| span.start))
}

/// What there is instead of a name that there is not: the nearest, or else all.
pub(crate) fn meant(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()).as_slice() {
        [] => format!("write one of: {}", known.join(", ")),
        near => did_you_mean(near),
    }
}

/// TOML as it was written, without comments, with every hidden character of its texts as a number:
/// it says the same, and nobody who looks at it is misled.
pub(crate) fn visible(toml: &str) -> String {
    let mut out = String::with_capacity(toml.len());
    let mut rest = toml;
    while let Some(at) = rest.find(['"', '\'']) {
        let (before, from) = rest.split_at(at);
        let text = first_text(from);
        out.push_str(before);
        push_visible(&mut out, text);
        rest = from.get(text.len()..).unwrap_or_default();
    }
    out + rest
}

/// The text that starts here, with its quotes.
fn first_text(from: &str) -> &str {
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| from.starts_with(quote)).unwrap_or_default();
    let mut at = quote.len();
    while let Some(rest) = from.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(quote) {
            // Of more quotes than close it the last ones do.
            let sign = quote.chars().next().unwrap_or_default();
            let all = rest.len() - rest.trim_start_matches(sign).len();
            let end = if quote.len() == 1 { 1 } else { all };
            return from.get(..at + end).unwrap_or(from);
        }
        let escaped = rest.starts_with('\\') && quote.starts_with('"');
        at += rest.chars().take(1 + usize::from(escaped)).map(char::len_utf8).sum::<usize>();
    }
    from
}

fn push_visible(out: &mut String, text: &str) {
    let is_odd = |sign: char| is_hidden(sign) && sign != '\n';
    if !text.chars().any(is_odd) {
        return out.push_str(text);
    }
    // Between apostrophes nothing can be said by its number.
    let between = |quote: &str| text.strip_prefix(quote)?.strip_suffix(quote);
    let lines = between("'''").map(|text| text.strip_prefix('\n').unwrap_or(text));
    let bare = lines.or_else(|| between("'"));
    let quote = if bare.is_some() { "\"" } else { "" };
    out.push_str(quote);
    for sign in bare.unwrap_or(text).chars() {
        match sign {
            '"' | '\\' if bare.is_some() => out.extend(['\\', sign]),
            '\n' if bare.is_some() => out.push_str("\\n"),
            sign if is_odd(sign) => out.extend([format!("\\U{:08X}", u32::from(sign))]),
            sign => out.push(sign),
        }
    }
    out.push_str(quote);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{is_hidden, meant, place, visible};

    #[test]
    fn hidden_characters_are_numbers_in_every_sort_of_text() {
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let between = ["", "\"", "'", "\"\"\"", "'''", "\"'", "\\", "\\\"", "\n", "'\n\"", "\\'"];
        for sign in between {
            for hidden in ["", "\u{202e}", "\u{1b}", "\u{9b}", "\u{e0041}"] {
                let all = [format!("{sign}{hidden}"), format!("{hidden}{sign}x{sign}")];
                texts.insert(format!("{sign}a{hidden}{sign}"), all.into());
            }
        }
        let written = toml::to_string(&texts).unwrap();
        let shown = visible(&written);
        let is_odd = |sign: char| is_hidden(sign) && sign != '\n';
        assert!(written.chars().any(is_odd) && !shown.chars().any(is_odd), "{shown:?}");
        assert_eq!(toml::from_str::<BTreeMap<String, Vec<String>>>(&shown).unwrap(), texts);
        let plain = "a = \"b\"\n'c\"' = \"\"\n";
        assert_eq!(visible(plain), plain);
    }

    #[test]
    fn a_byte_has_a_line_and_a_column_in_characters() {
        assert_eq!(place("a\näb = 1", 0), (1, 1));
        assert_eq!(place("a\näb = 1", 4), (2, 2));
        assert_eq!(place("a\n", 9), (2, 1));
    }

    #[test]
    fn the_nearest_names_are_told_or_else_all() {
        let known = ["rotation_days", "unused_days", "costs"];
        assert_eq!(meant("rotaton_days", &known), "did you mean “rotation_days”?");
        assert_eq!(meant("zzz", &known), "write one of: rotation_days, unused_days, costs");
    }
}
