//! Finds where a JSON value ends, and the members of a large object, without parsing what is in them.
//!
//! One object may be the whole file. It is walked here, where the user can cancel; the parser is only
//! handed the entries within it.

use std::borrow::Cow;

use crate::import::container::json::text::{Member, Members, unquoted};
use crate::inventory::Progress;

/// How many bytes are walked between two looks at the progress: a few milliseconds.
const STEP: usize = 1 << 20;
/// Lists and objects within each other beyond this depth are damaged or meant to harm.
const MOST_DEPTH: usize = 512;

/// Walks over the text of a JSON file.
#[derive(Clone, Copy)]
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) progress: &'a Progress,
}

impl<'a> Scan<'a> {
    /// The first place from `at` on that is not white space, nor a mark that separates JSON texts.
    pub(crate) fn skip_space(self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let is_space =
            |letter: char| letter.is_whitespace() || matches!(letter, '\u{1e}' | '\u{feff}');
        at + rest.len() - rest.trim_start_matches(is_space).len()
    }

    /// Where the line of a place ends.
    pub(crate) fn line_end(self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.text.len(), |length| at + length)
    }

    /// The column of a place in its line, in characters and counted from 1.
    pub(crate) fn column(self, at: usize) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let line =
            before.rfind('\n').map_or(before, |end| before.get(end + 1..).unwrap_or_default());
        line.chars().count() + 1
    }

    /// Where the value that starts at `at` ends, if its brackets and quotes close; `None` also once
    /// the user has cancelled.
    pub(crate) fn value_end(self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        match bytes.get(at)? {
            b'"' => return self.string_end(at),
            b'{' | b'[' => {}
            _ => {
                let rest = bytes.get(at..)?;
                let is_end = |byte: &u8| b",]} \t\r\n".contains(byte);
                let length = rest.iter().position(is_end).unwrap_or(rest.len());
                return (length > 0).then_some(at + length);
            }
        }
        let (mut place, mut open, mut polled) = (at, Vec::new(), at);
        while let Some(byte) = bytes.get(place) {
            match byte {
                b'{' | b'[' if open.len() >= MOST_DEPTH => return None,
                b'{' => open.push(b'}'),
                b'[' => open.push(b']'),
                b'}' | b']' => {
                    if open.pop() != Some(*byte) {
                        return None;
                    }
                    if open.is_empty() {
                        return Some(place + 1);
                    }
                }
                b'"' => place = self.string_end(place)? - 1,
                _ => {}
            }
            place += 1;
            if place - polled > STEP {
                polled = place;
                if self.progress.is_cancelled() {
                    return None;
                }
            }
        }
        None
    }

    /// Where the string ends whose quote opens at `at`.
    fn string_end(self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut place = at + 1;
        loop {
            let found = place + memchr::memchr2(b'"', b'\\', bytes.get(place..)?)?;
            if bytes.get(found) == Some(&b'"') {
                return Some(found + 1);
            }
            place = found + 2;
        }
    }

    /// The members of the object that starts at `at`, and where it ends; `None` if it is damaged, or
    /// the user has cancelled.
    pub(crate) fn members(self, at: usize) -> Option<(Members<'a>, usize)> {
        let (members, end) = self.members_before_damage(at);
        Some((members, end?))
    }

    /// The members of the object that starts at `at`, and where it ends. If it is damaged, those before
    /// the damage, and the one that holds it with all that follows; then it ends nowhere.
    pub(crate) fn members_before_damage(self, at: usize) -> (Members<'a>, Option<usize>) {
        let mut members = Vec::new();
        let end = self.collect(at, &mut members);
        (Members(members), end)
    }

    fn collect(self, at: usize, members: &mut Vec<Member<'a>>) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut place = self.skip_space(at + 1);
        loop {
            match bytes.get(place)? {
                b'}' => return Some(place + 1),
                b',' => place = self.skip_space(place + 1),
                b'"' => {
                    let end = self.string_end(place)?;
                    let name = self.text.get(place..end)?;
                    let colon = self.skip_space(end);
                    if bytes.get(colon) != Some(&b':') {
                        return None;
                    }
                    let start = self.skip_space(colon + 1);
                    let end = self.value_end(start);
                    let all = end.unwrap_or(self.text.len());
                    members.push((name_of(name), self.text.get(start..all)?));
                    place = self.skip_space(end?);
                }
                _ => return None,
            }
        }
    }

    /// How many elements the list has that starts at `at`; those before the damage, if it is damaged.
    pub(crate) fn count(self, at: usize) -> u64 {
        let bytes = self.text.as_bytes();
        let (mut place, mut count) = (self.skip_space(at + 1), 0);
        loop {
            match bytes.get(place) {
                None | Some(b']') => return count,
                Some(b',') => place = self.skip_space(place + 1),
                Some(_) => match self.value_end(place) {
                    Some(end) => {
                        count += 1;
                        place = self.skip_space(end);
                    }
                    None => return count,
                },
            }
        }
    }
}

/// The name between the quotes.
fn name_of(quoted: &str) -> Cow<'_, str> {
    let inside = quoted.trim_matches('"');
    if inside.contains('\\') {
        return Cow::Owned(unquoted(quoted).to_string());
    }
    Cow::Borrowed(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan<'a>(text: &'a str, progress: &'a Progress) -> Scan<'a> {
        Scan { text, progress }
    }

    #[test]
    fn values_end_where_their_brackets_and_quotes_close() {
        let progress = Progress::default();
        for (text, value) in [
            (r#"{"a":"}"} x"#, r#"{"a":"}"}"#),
            (r#"["\"]",[1]] "#, r#"["\"]",[1]]"#),
            ("12,", "12"),
            (r#""a\\"b"#, r#""a\\""#),
        ] {
            let end = scan(text, &progress).value_end(0).unwrap();
            assert_eq!(&text[..end], value);
        }
        for text in [r#"{"a":1"#, "[1}", "[[", r#"["a]"#] {
            assert_eq!(scan(text, &progress).value_end(0), None, "{text}");
        }
    }

    #[test]
    fn members_and_elements_are_found() {
        let progress = Progress::default();
        let text = r#"{ "a" : 1, "b\u0041" :[{},2,"]"] , "c":{"d":null}}rest"#;
        let (members, end) = scan(text, &progress).members(0).unwrap();
        let found: Vec<(&str, &str)> =
            members.0.iter().map(|(name, value)| (name.as_ref(), *value)).collect();
        assert_eq!(found, [("a", "1"), ("bA", r#"[{},2,"]"]"#), ("c", r#"{"d":null}"#)]);
        assert_eq!(&text[end..], "rest");
        assert_eq!(scan(text, &progress).count(text.find('[').unwrap()), 3);
        assert!(scan(r#"{"a" 1}"#, &progress).members(0).is_none());
    }

    #[test]
    fn a_long_value_ends_nowhere_once_it_is_cancelled() {
        let (go, stop) = (Progress::default(), Progress::default());
        stop.cancel();
        let text = format!("[{}]", "1,".repeat(STEP));
        assert!(scan(&text, &go).value_end(0).is_some());
        assert_eq!(scan(&text, &stop).value_end(0), None);
    }
}
