//! JSON and JSON Lines: one row for each object.
//!
//! Accepted are an array of objects, objects one after another (on lines of their own or not), and
//! one object that holds such an array, as many services answer. A member of an object within an
//! object becomes a column with a dotted name; an array of objects becomes, for each of their
//! members, a cell with a list. What breaks off in the middle keeps the rows before it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::Broken;
use super::packer::{MOST_COLUMNS, Packed, Packer, push};
use crate::inventory::Progress;

/// How often an object's name is read again; what follows overwrites the last.
const MOST_AGAIN: usize = 8;
/// Objects within objects are opened to this depth; deeper ones stay text.
const DEPTH: usize = 8;

/// What a JSON text holds.
pub(super) struct Read {
    pub(super) packed: Packed,
    pub(super) broken: Vec<Broken>,
    /// What to know of the reading, for people.
    pub(super) notes: Vec<String>,
}

/// Reads a text and names its form; `None` if it does not start as JSON with objects does.
pub(super) fn read(text: &str, progress: &Progress) -> Option<(Read, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let body = text.get(start..)?;
    let first = body.strip_prefix('[').map_or(body, str::trim_start);
    if !first.starts_with('{') {
        return None;
    }
    let is_array = body.starts_with('[');
    if !is_array {
        // A name in braces is no object: the first member's name must follow.
        let inside = first.get(1..)?.trim_start();
        if !inside.starts_with(['"', '}']) {
            return None;
        }
        if let Some(rows) = held_array(body) {
            let reading = Reading::new(text, progress).array(offset(text, rows) + 1);
            return Some((reading.finish(), "JSON, an array within an object"));
        }
    }
    let reading = Reading::new(text, progress);
    if is_array {
        return Some((reading.array(start + 1).finish(), "JSON, an array of objects"));
    }
    Some((reading.objects(start).finish(), "JSON Lines"))
}

/// Where one object is all there is: the longest array of objects among its members.
fn held_array(body: &str) -> Option<&str> {
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Members<'_>>();
    let members = stream.next()?.ok()?;
    if !body.get(stream.byte_offset()..)?.trim().is_empty() {
        return None;
    }
    let arrays = members.0.iter().map(|(_, value)| value.get()).filter(|value| {
        value.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'))
    });
    arrays.max_by_key(|value| value.len())
}

/// How far into `text` a part of it starts.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

struct Reading<'a> {
    text: &'a str,
    /// Where somebody may ask to stop; what was read until then is of no use.
    progress: &'a Progress,
    packer: Packer,
    columns: HashMap<String, usize>,
    /// In which row each column was filled last.
    filled: Vec<usize>,
    rows: usize,
    header: Vec<String>,
    left_out: bool,
    broken: Vec<Broken>,
    counted: (usize, u32),
}

impl<'a> Reading<'a> {
    fn new(text: &'a str, progress: &'a Progress) -> Self {
        Self {
            text,
            progress,
            packer: Packer::default(),
            columns: HashMap::new(),
            filled: Vec::new(),
            rows: 0,
            header: Vec::new(),
            left_out: false,
            broken: Vec::new(),
            counted: (0, 1),
        }
    }

    /// The elements of an array that was opened just before `at`.
    fn array(mut self, mut at: usize) -> Self {
        for step in 1_usize.. {
            if self.progress.stops_at(step) {
                break;
            }
            at = self.skip_space(at);
            let rest = self.text.get(at..).unwrap_or_default();
            match rest.as_bytes().first() {
                Some(b']') => return self,
                Some(b',') => at += 1,
                None => {
                    self.breaks(at, "the file ends before its array is closed; export it again");
                    return self;
                }
                Some(_) => match self.object(at) {
                    Ok(end) => at = end,
                    Err(why) => {
                        self.breaks(at, why);
                        let Some(end) = self.skip_value(at) else { return self };
                        at = end;
                    }
                },
            }
        }
        self
    }

    /// Objects one after another; after one that breaks, reading goes on with the next line.
    fn objects(mut self, mut at: usize) -> Self {
        for step in 1_usize.. {
            if self.progress.stops_at(step) {
                break;
            }
            at = self.skip_space(at);
            let rest = self.text.get(at..).unwrap_or_default();
            if rest.is_empty() {
                return self;
            }
            match self.object(at) {
                Ok(end) => at = end,
                Err(why) => {
                    self.breaks(at, why);
                    at += rest.find('\n').unwrap_or(rest.len());
                }
            }
        }
        self
    }

    /// Reads the object that starts at `at`; where it ends, or why it is none.
    fn object(&mut self, at: usize) -> Result<usize, &'static str> {
        let rest: &'a str = self.text.get(at..).unwrap_or_default();
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Members<'a>>();
        match stream.next() {
            Some(Ok(members)) => {
                let end = at + stream.byte_offset();
                let line = self.line_of(at);
                self.packer.start_row(line);
                self.rows += 1;
                self.flatten(&members, &mut String::new(), DEPTH);
                Ok(end)
            }
            Some(Err(error)) if error.is_data() => {
                Err("this entry is no object; each entry must be one row in braces")
            }
            Some(Err(error)) if error.is_eof() => {
                Err("the file ends in the middle of this entry; export it again")
            }
            Some(Err(_)) | None => Err("this entry is damaged JSON; mend it or export it again"),
        }
    }

    /// Where the value that starts at `at` ends, if it is whole.
    fn skip_value(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        stream.next()?.ok()?;
        Some(at + stream.byte_offset())
    }

    fn skip_space(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    }

    fn breaks(&mut self, at: usize, why: &'static str) {
        let line = self.line_of(at);
        self.broken.push(Broken { line, why });
    }

    /// The line of a place; places must be asked for in their order.
    fn line_of(&mut self, at: usize) -> u32 {
        let (before, line) = self.counted;
        let between = self.text.as_bytes().get(before..at).unwrap_or_default();
        self.counted = (at.max(before), line + memchr::memchr_iter(b'\n', between).count() as u32);
        self.counted.1
    }

    fn flatten(&mut self, members: &Members<'a>, path: &mut String, depth: usize) {
        for (name, value) in &members.0 {
            let before = path.len();
            if before > 0 {
                path.push('.');
            }
            path.push_str(name);
            self.value(value, path, depth);
            path.truncate(before);
        }
    }

    fn value(&mut self, value: &'a RawValue, path: &mut String, depth: usize) {
        let raw = value.get();
        match raw.as_bytes().first() {
            Some(b'{') if depth > 0 => {
                if let Ok(members) = serde_json::from_str::<Members<'a>>(raw) {
                    self.flatten(&members, path, depth - 1);
                }
            }
            Some(b'[') => self.list(raw, path),
            Some(b'n') => self.cell(path, ""),
            Some(b'"') => self.cell(path, &unquoted(raw)),
            _ => self.cell(path, raw),
        }
    }

    /// A list of plain values stays a list; one of objects becomes a list for each member.
    fn list(&mut self, raw: &'a str, path: &mut String) {
        let Ok(elements) = serde_json::from_str::<Vec<&'a RawValue>>(raw) else { return };
        let mut lists: Vec<(String, Zeroizing<String>)> = Vec::new();
        for element in &elements {
            let Ok(members) = serde_json::from_str::<Members<'a>>(element.get()) else {
                let only = matches!(elements.as_slice(), [_]) && element.get().starts_with('"');
                let text =
                    if only { unquoted(raw.trim_matches(['[', ']', ' '])) } else { owned(raw) };
                return self.cell(path, &text);
            };
            for (name, value) in &members.0 {
                let at = lists.iter().position(|(known, _)| known == name.as_ref());
                let at = at.unwrap_or_else(|| {
                    lists.push((name.clone().into_owned(), Zeroizing::new(String::new())));
                    lists.len() - 1
                });
                if let Some((_, list)) = lists.get_mut(at).filter(|_| value.get() != "null") {
                    push(list, if list.is_empty() { "[" } else { "," });
                    push(list, value.get());
                }
            }
        }
        for (name, mut list) in lists {
            if !list.is_empty() {
                push(&mut list, "]");
            }
            let before = path.len();
            path.push('.');
            path.push_str(&name);
            self.cell(path, &list);
            path.truncate(before);
        }
    }

    fn cell(&mut self, path: &str, text: &str) {
        let Some(mut column) = self.column(path, path) else { return };
        // A name that an object has twice makes a second column of this name.
        for again in 1..=MOST_AGAIN {
            if self.filled.get(column) != Some(&self.rows) {
                break;
            }
            let Some(next) = self.column(&format!("{path}\0{again}"), path) else { return };
            column = next;
        }
        if let Some(filled) = self.filled.get_mut(column) {
            *filled = self.rows;
        }
        self.packer.push(column, text);
    }

    /// The column that is known by a key, or a new one with this name.
    fn column(&mut self, key: &str, name: &str) -> Option<usize> {
        if let Some(column) = self.columns.get(key) {
            return Some(*column);
        }
        if self.header.len() >= MOST_COLUMNS {
            self.left_out = true;
            return None;
        }
        self.header.push(name.to_owned());
        self.filled.push(0);
        self.columns.insert(key.to_owned(), self.header.len() - 1);
        Some(self.header.len() - 1)
    }

    fn finish(self) -> Read {
        let Self { packer, header, left_out, broken, .. } = self;
        let note = || format!("members beyond the first {MOST_COLUMNS} names are not read");
        let notes = left_out.then(note).into_iter().collect();
        let width = header.len();
        Read { packed: packer.finish(&header, width), broken, notes }
    }
}

/// The members of an object in their order, their values as they are written.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Name<'de>, &'de RawValue>()? {
                    members.push((name.0, value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

/// A member's name, borrowed where it holds no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Letters;
        impl<'de> Visitor<'de> for Letters {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Letters)
    }
}

fn owned(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

/// What a whole JSON string says. Done here, for a parser's own buffers are not wiped.
fn unquoted(raw: &str) -> Zeroizing<String> {
    let inside = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')).unwrap_or(raw);
    if !inside.contains('\\') {
        return owned(inside);
    }
    // What is escaped is never shorter than what it stands for.
    let mut text = Zeroizing::new(String::with_capacity(inside.len()));
    let mut rest = inside;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        let (letter, after) = escape(escaped);
        text.push(letter);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The character that an escape stands for, and what follows it.
fn escape(escaped: &str) -> (char, &str) {
    let after = escaped.get(1..).unwrap_or_default();
    match escaped.as_bytes().first() {
        Some(b'n') => ('\n', after),
        Some(b't') => ('\t', after),
        Some(b'r') => ('\r', after),
        Some(b'b') => ('\u{8}', after),
        Some(b'f') => ('\u{c}', after),
        Some(b'u') => unit(after),
        Some(plain) => (char::from(*plain), after),
        None => (char::REPLACEMENT_CHARACTER, after),
    }
}

fn unit(digits: &str) -> (char, &str) {
    let read = |text: &str| text.get(..4).and_then(|four| u32::from_str_radix(four, 16).ok());
    let high = read(digits).unwrap_or(0xfffd);
    let after = digits.get(4..).unwrap_or_default();
    let low = after.strip_prefix("\\u").filter(|_| (0xd800..0xdc00).contains(&high)).and_then(read);
    if let Some(low) = low.filter(|low| (0xdc00..0xe000).contains(low)) {
        let letter = char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00));
        let after = after.get(6..).unwrap_or_default();
        return (letter.unwrap_or(char::REPLACEMENT_CHARACTER), after);
    }
    (char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER), after)
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
    fn what_breaks_is_told_with_its_line_and_the_rest_is_kept() {
        let (kept, _, broken) = rows("{\"id\":1}\n{\"id\":\n7\n{\"id\":2}\n");
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert_eq!(broken, [2, 3]);
        let (kept, _, broken) = rows("[{\"id\":1},\n5,\n{\"id\":2},\n{\"id\":");
        assert_eq!(kept.len(), 3);
        assert_eq!(broken, [2, 4]);
    }

    #[test]
    fn escapes_are_read_and_text_in_braces_is_no_json() {
        assert_eq!(*unquoted(r#""a\n\u00e4\ud83d\ude00\/\"\\""#), "a\nä😀/\"\\");
        assert_eq!(*unquoted(r#""\ud83dx""#), "\u{fffd}x");
        let progress = Progress::default();
        assert!(read("{name},service\n", &progress).is_none());
        assert!(read("[1,2]", &progress).is_none());
    }
}
