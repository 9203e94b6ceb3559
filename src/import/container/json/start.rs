//! Where JSON starts in a text, and what its first signs announce.

use crate::import::container::json::lists::opens;
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::Members;

/// In how many of the first lines JSON is searched behind a banner.
const BANNER: usize = 100;
/// How much text is handed to the parser at once, at most, unless it is one entry: the parser cannot
/// be interrupted.
const AT_ONCE: usize = 1 << 20;

/// Where the JSON starts: at once, or at one of the first lines that is a whole object or array.
pub(crate) fn start(scan: Scan<'_>, first: usize) -> Option<usize> {
    let mut at = first;
    for _ in 0..BANNER {
        let rest = scan.text.get(at..).unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        if starts_json(rest) && (at == first || stands_alone(scan, at)) {
            return Some(at);
        }
        at = scan.skip_space(scan.line_end(at));
    }
    None
}

/// Whether a text starts like an object, an array of objects, or an empty array.
pub(crate) fn starts_json(text: &str) -> bool {
    // A word in braces is not an object: the name of the first member must follow.
    opens(text, '[', '{')
        || opens(text, '[', ']')
        || opens(text, '{', '"')
        || opens(text, '{', '}')
        || lists_arrays(text)
}

/// Whether a text starts like an array of arrays of objects.
pub(crate) fn lists_arrays(text: &str) -> bool {
    let within = text.strip_prefix('[').map_or("", str::trim_start);
    let mut rest = within;
    while let Some(after) = rest.strip_prefix('[').map(str::trim_start) {
        rest = after
            .strip_prefix(']')
            .map_or(after, |after| after.trim_start_matches([',', ' ', '\n', '\r', '\t']));
    }
    within.starts_with('[') && (rest.starts_with('{') || rest.starts_with(']'))
}

/// Whether the value that starts at a place is complete and nothing follows it on its line.
fn stands_alone(scan: Scan<'_>, at: usize) -> bool {
    let Some(end) = scan.value_end(at) else { return false };
    let is_empty = |text: &str| opens(text, '[', ']') || opens(text, '{', '}');
    let value = scan.text.get(at..end).unwrap_or_default();
    let behind = scan.text.get(end..scan.line_end(end)).unwrap_or_default().trim();
    !is_empty(value)
        && (behind.is_empty() || starts_json(behind))
        && (value.len() > AT_ONCE || serde_json::from_str::<serde::de::IgnoredAny>(value).is_ok())
}

/// The members of the object that starts at a place, and where it ends. A short one is parsed; in a
/// long one only the places of the members are found.
pub(crate) fn members(scan: Scan<'_>, at: usize) -> Option<(Members<'_>, usize)> {
    let rest = scan.text.get(at..)?;
    let parsed = |text| {
        let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Members<'_>>();
        let members = stream.next()?.ok()?;
        Some((members, at + stream.byte_offset()))
    };
    if rest.len() <= AT_ONCE {
        return parsed(rest);
    }
    let line = scan.text.get(at..scan.line_end(at)).filter(|line| line.len() <= AT_ONCE);
    line.and_then(parsed).or_else(|| scan.members(at))
}

/// Where a damaged document ends: where its brackets close, at the end of its line if the next one
/// begins a document, or with the file.
pub(crate) fn end_of_damaged(scan: Scan<'_>, at: usize) -> usize {
    let line_end = scan.line_end(at);
    let next = scan.text.get(line_end..).unwrap_or_default();
    match scan.value_end(at) {
        Some(end) => end,
        None if next.starts_with("\n{") => line_end,
        None => scan.text.len(),
    }
}
