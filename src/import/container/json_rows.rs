//! The objects of a JSON text as rows.

use std::collections::HashMap;

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::import::container::json_lists::{listed_kind, lists_secrets};
use crate::import::container::json_text::{Members, owned, unquoted};
use crate::import::container::packer::{MOST_COLUMNS, Packed, Packer, push};
use crate::import::container::raw_table::Broken;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::Progress;

/// How many more columns a name gets that an object has several times; later values overwrite the
/// last. No export repeats a name more often, and without a limit one object could fill the table.
const MOST_AGAIN: usize = 8;
/// Objects within objects are opened to this depth; deeper ones stay text. Exports nest four or five
/// deep, and the limit bounds the stack.
pub(crate) const DEPTH: usize = 8;

/// The rows of a JSON text.
pub(crate) struct JsonRows {
    pub(crate) packed: Packed,
    pub(crate) broken: Vec<Broken>,
    /// What people should know of the reading.
    pub(crate) notes: Vec<String>,
}

/// How far into `text` a part of it starts.
pub(crate) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Reads objects of a JSON text into rows.
pub(crate) struct RowReader<'a> {
    text: &'a str,
    /// Where the user may cancel; then the rows read so far are of no use.
    progress: &'a Progress,
    packer: Packer,
    columns: HashMap<String, usize>,
    header: Vec<String>,
    left_out: bool,
    broken: Vec<Broken>,
    /// A place of the text, and its line.
    counted: (usize, u32),
    synonyms: Synonyms,
    /// For each column the last row that has a cell in it.
    filled: Vec<u32>,
    /// The present row, counted from 1.
    row: u32,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(text: &'a str, progress: &'a Progress) -> Self {
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
        }
    }

    /// The elements of an array that was opened just before `at`.
    pub(crate) fn array(mut self, mut at: usize) -> Self {
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

    /// Objects one after another; after a damaged one, reading goes on with the next line.
    pub(crate) fn objects(mut self, mut at: usize) -> Self {
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

    /// Reads the object that starts at `at`; returns where it ends, or why it is none.
    fn object(&mut self, at: usize) -> Result<usize, &'static str> {
        let rest: &'a str = self.text.get(at..).unwrap_or_default();
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Members<'a>>();
        match stream.next() {
            Some(Ok(members)) => {
                let end = at + stream.byte_offset();
                let lists: Vec<bool> = members
                    .0
                    .iter()
                    .map(|(name, value)| lists_secrets(&self.synonyms, name, value))
                    .collect();
                if lists.contains(&true) {
                    self.spread(&members, &lists, at);
                } else {
                    self.start_row(at);
                    self.flatten(&members, &mut String::new(), DEPTH);
                }
                Ok(end)
            }
            Some(Err(error)) if error.is_data() => {
                Err("this entry is not an object; each entry must be one row in braces")
            }
            Some(Err(error)) if error.is_eof() => {
                Err("the file ends in the middle of this entry; export it again")
            }
            Some(Err(_)) | None => Err("this entry is damaged JSON; correct it or export it again"),
        }
    }

    /// Where the value that starts at `at` ends, if it is complete.
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

    /// The line of a place; places must be asked for in order.
    fn line_of(&mut self, at: usize) -> u32 {
        let (before, line) = self.counted;
        let between = self.text.as_bytes().get(before..at).unwrap_or_default();
        self.counted = (at.max(before), line + memchr::memchr_iter(b'\n', between).count() as u32);
        self.counted.1
    }

    fn start_row(&mut self, at: usize) {
        let line = self.line_of(at);
        self.row += 1;
        self.packer.start_row(line);
    }

    /// One row for each object of the arrays that list secrets, with the other members beside it;
    /// one row with only these where the arrays are empty.
    fn spread(&mut self, members: &Members<'a>, lists: &[bool], at: usize) {
        let beside = members.0.iter().zip(lists).filter(|(_, lists)| !**lists);
        let beside = Members(beside.map(|(member, _)| member.clone()).collect());
        let mut any = false;
        for ((name, value), _) in members.0.iter().zip(lists).filter(|(_, lists)| **lists) {
            let elements: Vec<&'a RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
            let kind = listed_kind(name);
            for element in elements {
                let at = offset(self.text, element.get());
                let Ok(own) = serde_json::from_str::<Members<'a>>(element.get()) else {
                    self.breaks(
                        at,
                        "this entry is not an object; each entry must be one row in braces",
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
            collect_lists(&members, "", &mut lists, DEPTH);
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

    /// The column with a key, or a new one with this name.
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

    pub(crate) fn finish(self) -> JsonRows {
        let Self { packer, header, left_out, broken, .. } = self;
        let note = || format!("members beyond the first {MOST_COLUMNS} names are not read");
        let notes = left_out.then(note).into_iter().collect();
        let width = header.len();
        JsonRows { packed: packer.finish(&header, width), broken, notes }
    }
}

/// Adds the members of an object to the lists that replace an array of objects.
fn collect_lists(
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
            collect_lists(&within, &path, lists, depth - 1);
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
