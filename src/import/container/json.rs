//! JSON and JSON Lines: one row for each object.
//!
//! Accepted are an array of objects, objects one after another (on lines of their own or not), and
//! one object that holds such an array, as many services answer. A member of an object within an
//! object becomes a column with a dotted name; an array of objects becomes, for each of their
//! members, a cell with a list. Where such an array lists secrets, each of its objects is a row of
//! its own, together with the other members of the object around it. If the text breaks off, the
//! rows before that are kept.

use crate::import::container::json_lists::{listed_kind, names_something, opens};
use crate::import::container::json_rows::{DEPTH, JsonRows, RowReader, offset};
use crate::import::container::json_text::Members;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::Progress;

/// Reads a text and names its form; `None` if it does not start like JSON with objects.
pub(crate) fn read(text: &str, progress: &Progress) -> Option<(JsonRows, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let body = text.get(start..)?;
    let first = body.strip_prefix('[').map_or(body, str::trim_start);
    if first.strip_prefix(']').is_some_and(|rest| rest.trim().is_empty()) {
        return Some((RowReader::new(text, progress).finish(), "JSON"));
    }
    if !first.starts_with('{') {
        return None;
    }
    let is_array = body.starts_with('[');
    if !is_array {
        // A word in braces is no object: the name of the first member must follow.
        let inside = first.get(1..)?.trim_start();
        if !inside.starts_with(['"', '}']) {
            return None;
        }
        match inner_array(body) {
            InnerArray::Nothing => {}
            InnerArray::Empty => return Some((RowReader::new(text, progress).finish(), "JSON")),
            InnerArray::Rows(rows) => {
                let reader = RowReader::new(text, progress).array(offset(text, rows) + 1);
                return Some((reader.finish(), "JSON, an array within an object"));
            }
        }
    }
    let reader = RowReader::new(text, progress);
    if is_array {
        return Some((reader.array(start + 1).finish(), "JSON, an array of objects"));
    }
    Some((reader.objects(start).finish(), "JSON Lines"))
}

/// What an object holds that is the whole text.
enum InnerArray<'a> {
    /// No array of objects: the object is itself a row.
    Nothing,
    /// Only empty arrays.
    Empty,
    Rows(&'a str),
}

/// The longest array of objects among the members of an object that is the whole text.
///
/// If there is none, the members of the objects within it are searched, as long as none of them
/// names a credential or a service.
fn inner_array(body: &str) -> InnerArray<'_> {
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Members<'_>>();
    let Some(Ok(members)) = stream.next() else { return InnerArray::Nothing };
    if !body.get(stream.byte_offset()..).unwrap_or_default().trim().is_empty() {
        return InnerArray::Nothing;
    }
    let synonyms = Synonyms::new();
    let (mut level, mut empty) = (vec![members], false);
    for depth in 0..DEPTH {
        let values = || level.iter().flat_map(|members| &members.0);
        let arrays =
            values().filter(|(name, value)| listed_kind(name).is_none() && opens(value, '[', '{'));
        if let Some((_, rows)) = arrays.max_by_key(|(_, value)| value.get().len()) {
            return InnerArray::Rows(rows.get());
        }
        if values().any(|(name, value)| names_something(&synonyms, name, value)) {
            return InnerArray::Nothing;
        }
        empty |= values().any(|(_, value)| opens(value, '[', ']'))
            || (depth == 0 && values().next().is_none());
        let within = values().filter(|(_, value)| value.get().starts_with('{'));
        level = within.filter_map(|(_, value)| serde_json::from_str(value.get()).ok()).collect();
    }
    if empty { InnerArray::Empty } else { InnerArray::Nothing }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> (Vec<Vec<String>>, Vec<u32>, Vec<u32>) {
        let (read, _) = read(text, &Progress::default()).unwrap();
        let rows = read.packed.text.trim_end_matches('\u{1e}').split('\u{1e}');
        let rows = rows.map(|row| row.split('\u{1f}').map(str::to_owned).collect()).collect();
        (rows, read.packed.lines, read.broken.iter().map(|broken| broken.line).collect())
    }

    #[test]
    fn arrays_lines_and_arrays_within_objects_are_rows() {
        let expected = [["id", "env"], ["a", "1"], ["b", ""]];
        for (text, lines) in [
            ("[{\"id\":\"a\",\"env\":1},\n{\"id\":\"b\",\"env\":null}]", [1, 1, 2]),
            ("{\"id\":\"a\",\"env\":1}\n{\"id\":\"b\"}\n", [1, 1, 2]),
            ("{\"n\":2,\n\"items\":[\n{\"id\":\"a\",\"env\":1},{\"id\":\"b\"}]}", [1, 3, 3]),
        ] {
            let (rows, found, broken) = rows(text);
            assert_eq!(rows, expected, "{text}");
            assert_eq!((found.as_slice(), broken.len()), (&lines[..], 0), "{text}");
        }
    }

    #[test]
    fn objects_and_lists_within_become_columns() {
        let (rows, ..) = rows(
            r#"[{"login":{"user":"u","uris":[{"uri":"x"},{"uri":"y","m":1}]},"t":["a","b"],"o":["a"]}]"#,
        );
        assert_eq!(rows[0], ["login.user", "login.uris.uri", "login.uris.m", "t", "o"]);
        assert_eq!(rows[1], ["u", r#"["x","y"]"#, "[1]", r#"["a","b"]"#, "a"]);
    }

    #[test]
    fn what_breaks_is_reported_with_its_line_and_the_rest_is_kept() {
        let (kept, _, broken) = rows("{\"id\":1}\n{\"id\":\n7\n{\"id\":2}\n");
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert_eq!(broken, [2, 3]);
        let (kept, _, broken) = rows("[{\"id\":1},\n5,\n{\"id\":2},\n{\"id\":");
        assert_eq!(kept.len(), 3);
        assert_eq!(broken, [2, 4]);
    }

    #[test]
    fn text_in_braces_is_no_json() {
        let progress = Progress::default();
        assert!(read("{name},service\n", &progress).is_none());
        assert!(read("[1,2]", &progress).is_none());
    }
}
