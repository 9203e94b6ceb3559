//! JSON and JSON Lines: one row for each object.
//!
//! Accepted are an array of objects, objects one after another (on lines of their own or not), and
//! one object that holds such an array, as many services answer. A member of an object within an
//! object becomes a column with a dotted name; an array of objects becomes, for each of their
//! members, a cell with a list. Where such an array lists secrets, each of its objects is a row of
//! its own, with what stands beside the array. What breaks off in the middle keeps the rows before
//! it.

use std::collections::HashMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::import::container::Broken;
use crate::import::container::json_text::{Members, owned, unquoted};
use crate::import::container::packer::{MOST_COLUMNS, Packed, Packer, push};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::inventory::Progress;

/// How often an object's name is read again; what follows overwrites the last.
const MOST_AGAIN: usize = 8;
/// Objects within objects are opened to this depth; deeper ones stay text.
const DEPTH: usize = 8;

/// What a JSON text holds.
pub(crate) struct Read {
    pub(crate) packed: Packed,
    pub(crate) broken: Vec<Broken>,
    /// What to know of the reading, for people.
    pub(crate) notes: Vec<String>,
}

/// Reads a text and names its form; `None` if it does not start as JSON with objects does.
pub(crate) fn read(text: &str, progress: &Progress) -> Option<(Read, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let body = text.get(start..)?;
    let first = body.strip_prefix('[').map_or(body, str::trim_start);
    if first.strip_prefix(']').is_some_and(|rest| rest.trim().is_empty()) {
        return Some((Reading::new(text, progress).finish(), "JSON"));
    }
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
        match held_array(body) {
            Held::Nothing => {}
            Held::Empty => return Some((Reading::new(text, progress).finish(), "JSON")),
            Held::Rows(rows) => {
                let reading = Reading::new(text, progress).array(offset(text, rows) + 1);
                return Some((reading.finish(), "JSON, an array within an object"));
            }
        }
    }
    let reading = Reading::new(text, progress);
    if is_array {
        return Some((reading.array(start + 1).finish(), "JSON, an array of objects"));
    }
    Some((reading.objects(start).finish(), "JSON Lines"))
}

/// What one object holds that is all there is.
enum Held<'a> {
    /// No array of objects: it is itself a row.
    Nothing,
    /// Arrays without anything in them.
    Empty,
    Rows(&'a str),
}

/// Where one object is all there is: the longest array of objects among its members, and if there is
/// none, among those of the objects within it, as long as they name nothing themselves.
fn held_array(body: &str) -> Held<'_> {
    let mut stream = serde_json::Deserializer::from_str(body).into_iter::<Members<'_>>();
    let Some(Ok(members)) = stream.next() else { return Held::Nothing };
    if !body.get(stream.byte_offset()..).unwrap_or_default().trim().is_empty() {
        return Held::Nothing;
    }
    let synonyms = Synonyms::new();
    let (mut level, mut empty) = (vec![members], false);
    for depth in 0..DEPTH {
        let values = || level.iter().flat_map(|members| &members.0);
        let arrays = values().filter(|(name, value)| !lists_keys(name) && opens(value, '[', '{'));
        if let Some((_, rows)) = arrays.max_by_key(|(_, value)| value.get().len()) {
            return Held::Rows(rows.get());
        }
        if values().any(|(name, value)| names_something(&synonyms, name, value)) {
            return Held::Nothing;
        }
        empty |= values().any(|(_, value)| opens(value, '[', ']'))
            || (depth == 0 && values().next().is_none());
        let within = values().filter(|(_, value)| value.get().starts_with('{'));
        level = within.filter_map(|(_, value)| serde_json::from_str(value.get()).ok()).collect();
    }
    if empty { Held::Empty } else { Held::Nothing }
}

/// Whether a value starts with two signs, white space between them.
fn opens(value: &RawValue, first: char, second: char) -> bool {
    let rest = value.get().strip_prefix(first);
    rest.is_some_and(|rest| rest.trim_start().starts_with(second))
}

/// Whether a member says what a row would: its object is no wrapping.
fn names_something(synonyms: &Synonyms, name: &str, value: &RawValue) -> bool {
    let is_plain = !value.get().starts_with(['{', '[']);
    let meaning = synonyms.meaning(name).map(|(meaning, _)| meaning);
    lists_keys(name)
        || (is_plain
            && meaning.is_some_and(|meaning| {
                use Meaning::{Fingerprint, Holder, Id, Identity, Label, Service, Target, Value};
                let named = [Fingerprint, Holder, Id, Identity, Label, Service, Target, Value];
                named.contains(&meaning)
            }))
}

/// Whether a member of an application in Entra ID lists its secrets or certificates.
fn lists_keys(name: &str) -> bool {
    KEYS.iter().any(|(list, _)| *list == name)
}

/// The lists of secrets and certificates that Graph gives of an application, and what each lists.
const KEYS: [(&str, &str); 2] =
    [("passwordCredentials", "client secret"), ("keyCredentials", "certificate")];

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
    header: Vec<String>,
    left_out: bool,
    broken: Vec<Broken>,
    counted: (usize, u32),
    synonyms: Synonyms,
    /// By column the last row that has it; the present row; and its line.
    filled: Vec<u32>,
    row: u32,
    line: u32,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str, progress: &'a Progress) -> Self {
        Self {
            text,
            progress,
            packer: Packer::default(),
            columns: HashMap::new(),
            header: Vec::new(),
            left_out: false,
            broken: Vec::new(),
            counted: (0, 1),
            synonyms: Synonyms::new(),
            filled: Vec::new(),
            row: 0,
            line: 0,
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
                let lists: Vec<bool> =
                    members.0.iter().map(|(name, value)| self.lists_secrets(name, value)).collect();
                if lists.contains(&true) {
                    self.spread(&members, &lists, at);
                } else {
                    self.start_row(at);
                    self.flatten(&members, &mut String::new(), DEPTH);
                }
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

    fn start_row(&mut self, at: usize) {
        self.line = self.line_of(at);
        self.row += 1;
        self.packer.start_row(self.line);
    }

    /// Whether a member is an array of objects of which each has a secret of its own.
    fn lists_secrets(&self, name: &str, value: &RawValue) -> bool {
        if lists_keys(name) {
            return opens(value, '[', '{') || opens(value, '[', ']');
        }
        let meaning = |name: &str| self.synonyms.meaning(name).map(|(meaning, _)| meaning);
        if !opens(value, '[', '{') || meaning(name) == Some(Meaning::OtherSecret) {
            return false;
        }
        let Ok(elements) = serde_json::from_str::<Vec<Members<'_>>>(value.get()) else {
            return false;
        };
        let is_secret = |(name, value): &(std::borrow::Cow<'_, str>, &RawValue)| {
            value.get().starts_with('"') && meaning(name) == Some(Meaning::Value)
        };
        elements.iter().any(|element| element.0.iter().any(is_secret))
    }

    /// One row for each object of the arrays that list secrets, with all that stands beside them;
    /// one row without any where they are empty.
    fn spread(&mut self, members: &Members<'a>, lists: &[bool], at: usize) {
        let beside = members.0.iter().zip(lists).filter(|(_, lists)| !**lists);
        let beside = Members(beside.map(|(member, _)| member.clone()).collect());
        let mut any = false;
        for ((name, value), _) in members.0.iter().zip(lists).filter(|(_, lists)| **lists) {
            let elements: Vec<&'a RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
            let kind = KEYS.iter().find(|(list, _)| list == name).map(|(_, kind)| *kind);
            for element in elements {
                let at = offset(self.text, element.get());
                let Ok(own) = serde_json::from_str::<Members<'a>>(element.get()) else {
                    self.breaks(
                        at,
                        "this entry is no object; each entry must be one row in braces",
                    );
                    continue;
                };
                any = true;
                self.start_row(at);
                self.flatten(&beside, &mut String::new(), DEPTH);
                for (member, value) in &own.0 {
                    let mut path = match kind {
                        Some(_) => format!("credential.{member}"),
                        None => format!("{member} ({name})"),
                    };
                    self.value(value, &mut path, DEPTH);
                }
                if let Some(kind) = kind {
                    self.cell("credential.kind", kind);
                }
            }
        }
        if !any {
            self.start_row(at);
            self.flatten(&beside, &mut String::new(), DEPTH);
        }
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
            gather(&members, "", &mut lists, DEPTH);
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
            if self.filled.get(column) != Some(&self.row) {
                break;
            }
            let Some(next) = self.column(&format!("{path}\0{again}"), path) else { return };
            column = next;
        }
        if let Some(filled) = self.filled.get_mut(column) {
            *filled = self.row;
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

/// Adds what the members of an object say to the lists that stand for an array of objects.
fn gather(
    members: &Members<'_>,
    path: &str,
    lists: &mut Vec<(String, Zeroizing<String>)>,
    depth: usize,
) {
    for (name, value) in &members.0 {
        let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
        if depth > 0
            && value.get().starts_with('{')
            && let Ok(within) = serde_json::from_str::<Members<'_>>(value.get())
        {
            gather(&within, &path, lists, depth - 1);
            continue;
        }
        let at = lists.iter().position(|(known, _)| *known == path).unwrap_or_else(|| {
            lists.push((path, Zeroizing::new(String::new())));
            lists.len() - 1
        });
        if let Some((_, list)) = lists.get_mut(at).filter(|_| value.get() != "null") {
            push(list, if list.is_empty() { "[" } else { "," });
            push(list, value.get());
        }
    }
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
    fn text_in_braces_is_no_json() {
        let progress = Progress::default();
        assert!(read("{name},service\n", &progress).is_none());
        assert!(read("[1,2]", &progress).is_none());
    }
}
