//! Texts that look as if a machine had made them.

/// The least length of a random run of letters and digits: keys have 16 characters and more, and the
/// longest words of names with a number in them mostly have fewer than 14.
const SHORTEST: usize = 14;
/// How often letters and digits must alternate: a random run does so about every fourth character, while
/// names have a number or two at an end.
const LEAST_CHANGES: usize = 4;

/// Whether a cell looks as if a machine had made it: long, without spaces, letters and digits mixed.
pub(crate) fn looks_random(cell: &str) -> bool {
    let run =
        cell.split(|letter: char| !letter.is_ascii_alphanumeric()).max_by_key(|run| run.len());
    let run = run.unwrap_or_default();
    let changes = run.as_bytes().windows(2).filter(
        |two| matches!(two, [one, other] if one.is_ascii_digit() != other.is_ascii_digit()),
    );
    run.len() >= SHORTEST && changes.count() >= LEAST_CHANGES && !cell.contains(char::is_whitespace)
}
