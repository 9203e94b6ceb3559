//! What policy and mapping files say of mistakes in them: where, and what was probably meant.

use crate::inventory::nearest::nearest;

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
        near => format!("did you mean {}?", near.join(" or ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{meant, place};

    #[test]
    fn a_byte_has_a_line_and_a_column_in_characters() {
        assert_eq!(place("a\näb = 1", 0), (1, 1));
        assert_eq!(place("a\näb = 1", 4), (2, 2));
        assert_eq!(place("a\n", 9), (2, 1));
    }

    #[test]
    fn the_nearest_names_are_told_or_else_all() {
        let known = ["rotation_days", "unused_days", "costs"];
        assert_eq!(meant("rotaton_days", &known), "did you mean rotation_days?");
        assert_eq!(meant("zzz", &known), "write one of: rotation_days, unused_days, costs");
    }
}
