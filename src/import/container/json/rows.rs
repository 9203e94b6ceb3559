//! The objects of a JSON text as rows.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::import::container::json::lists::{
    FORM_FIELDS, collect_lists, designated, joined, listed_kind, lists_secrets,
};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Member, Members, owned, unquoted};
use crate::import::container::packer::{MOST_COLUMNS, Packed, Packer};
use crate::import::container::raw_table::{Broken, UnreadPart};
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::{NotRead, UnreadKind};

/// How many more columns a name gets that an object has several times; later values overwrite the
/// last. No export repeats a name more often, and without a limit one object could fill the table.
const MOST_AGAIN: usize = 8;
/// Objects within objects are opened to this depth; deeper ones stay text. Exports nest four or five
/// deep, and the limit bounds the stack.
pub(crate) const DEPTH: usize = 8;
/// How many bytes are read between two looks at the progress: a few milliseconds.
const STEP: usize = 1 << 20;
/// How many lines that are no JSON are reported one by one; the rest is reported as a whole.
const MOST_LINES: u64 = 1_000;

const NO_OBJECT: &str = "this entry is not an object; each entry must be one row in braces";
const NO_JSON: &str =
    "this text between the entries is not JSON and is not read; delete it, or export only the JSON";

/// The rows of a JSON text.
pub(crate) struct JsonRows {
    pub(crate) packed: Packed,
    pub(crate) broken: Vec<Broken>,
    pub(crate) not_read: Vec<UnreadPart>,
    /// What people should know of the reading.
    pub(crate) notes: Vec<String>,
    /// For each column the list of objects whose members it has, from 1; 0 for the others.
    pub(crate) lists: Vec<u16>,
}

/// How far into `text` a part of it starts.
pub(crate) fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Reads objects of a JSON text into rows.
pub(crate) struct RowReader<'a> {
    /// The text, and where the user may cancel; then the rows read so far are of no use.
    scan: Scan<'a>,
    packer: Packer,
    columns: HashMap<String, usize>,
    pub(crate) header: Vec<String>,
    /// Numbers for the paths of lists of objects.
    list_numbers: HashMap<String, u16>,
    lists: Vec<u16>,
    left_out: bool,
    broken: Vec<Broken>,
    pub(crate) not_read: Vec<UnreadPart>,
    pub(crate) notes: Vec<String>,
    /// Lines that are no JSON, and the first of them.
    text_lines: (u64, u32),
    /// Where somebody last looked at the progress.
    polled: usize,
    /// A place of the text, and its line.
    counted: (usize, u32),
    synonyms: &'a Synonyms,
    /// For each column the last row that has a cell in it.
    filled: Vec<u32>,
    /// The present row, counted from 1.
    row: u32,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(scan: Scan<'a>, synonyms: &'a Synonyms) -> Self {
        Self {
            scan,
            packer: Packer::default(),
            columns: HashMap::new(),
            header: Vec::new(),
            list_numbers: HashMap::new(),
            lists: Vec::new(),
            left_out: false,
            broken: Vec::new(),
            not_read: Vec::new(),
            notes: Vec::new(),
            text_lines: (0, 0),
            polled: 0,
            counted: (0, 1),
            synonyms,
            filled: Vec::new(),
            row: 0,
        }
    }

    /// Whether the user has cancelled; looks once in [`STEP`] bytes.
    pub(crate) fn is_stopped_at(&mut self, at: usize) -> bool {
        if at - self.polled.min(at) < STEP {
            return false;
        }
        self.polled = at;
        self.scan.progress.is_cancelled()
    }

    /// Reads the first `most` elements of an array that was opened just before `at`; returns where it
    /// ends.
    pub(crate) fn array(&mut self, mut at: usize, most: usize) -> usize {
        let (text, first) = (self.scan.text, self.row as usize);
        while !self.is_stopped_at(at) && (self.row as usize) < first.saturating_add(most) {
            at = self.scan.skip_space(at);
            match text.as_bytes().get(at) {
                Some(b']') => return at + 1,
                Some(b',') => at += 1,
                None => {
                    self.breaks(at, "the file ends before its array is closed; export it again");
                    return at;
                }
                Some(_) => match self.object(at) {
                    Ok(end) => at = end,
                    Err(why) => {
                        self.breaks(at, why);
                        let Some(end) = self.scan.value_end(at).filter(|_| why == NO_OBJECT) else {
                            return self.leave_rest(at);
                        };
                        at = end;
                    }
                },
            }
        }
        at
    }

    /// Reports that all behind a damaged entry of an array is not read; returns the end of the text.
    fn leave_rest(&mut self, at: usize) -> usize {
        let text = self.scan.text;
        let behind = self.scan.line_end(at);
        let rest = text.get(behind..).unwrap_or_default();
        let size = rest.lines().filter(|line| !line.trim().is_empty()).count() as u64;
        if size > 0 {
            let line = self.line_of(behind) + 1;
            self.add_unread(line, UnreadKind::Text, "", size, "it follows a damaged entry");
        }
        text.len()
    }

    /// Reads the object that starts at `at`; returns where it ends, or why it is none.
    pub(crate) fn object(&mut self, at: usize) -> Result<usize, &'static str> {
        let rest: &'a str = self.scan.text.get(at..).unwrap_or_default();
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Members<'a>>();
        match stream.next() {
            Some(Ok(members)) => {
                let end = at + stream.byte_offset();
                self.members(&members, at);
                Ok(end)
            }
            Some(Err(error)) if error.is_data() => Err(NO_OBJECT),
            Some(Err(error)) if error.is_eof() => {
                Err("the file ends in the middle of this entry; export it again")
            }
            Some(Err(_)) | None => Err("this entry is damaged JSON; correct it or export it again"),
        }
    }

    /// Reads an object whose members are known: one row, or one for each secret that it lists.
    pub(crate) fn members(&mut self, members: &Members<'a>, at: usize) {
        let is_list = |(name, value): &Member<'_>| lists_secrets(self.synonyms, name, value);
        let lists: Vec<bool> = members.0.iter().map(is_list).collect();
        if lists.contains(&true) {
            self.spread(members, &lists, at);
        } else {
            self.start_row(at);
            self.flatten(members, &mut String::new(), DEPTH);
        }
    }

    /// Reports an entry that could not be read.
    pub(crate) fn breaks(&mut self, at: usize, why: &'static str) {
        let line = self.line_of(at);
        self.broken.push(Broken { line, why });
    }

    /// Reports a line that is no JSON.
    pub(crate) fn text_line(&mut self, at: usize) {
        let line = self.line_of(at);
        let (count, first) = &mut self.text_lines;
        *count += 1;
        if *count == 1 {
            *first = line;
        }
        if *count <= MOST_LINES {
            self.broken.push(Broken { line, why: NO_JSON });
        }
    }

    /// How many rows were read so far.
    pub(crate) fn rows(&self) -> u32 {
        self.row
    }

    /// Remembers a part that is not read.
    pub(crate) fn add_unread(
        &mut self,
        line: u32,
        kind: UnreadKind,
        name: &str,
        size: u64,
        reason: &str,
    ) {
        let part = NotRead { kind, name: name.to_owned(), reason: reason.to_owned(), size };
        self.not_read.push(UnreadPart { line, part });
    }

    /// The line of a place; places must be asked for in order.
    pub(crate) fn line_of(&mut self, at: usize) -> u32 {
        let (before, line) = self.counted;
        let between = self.scan.text.as_bytes().get(before..at).unwrap_or_default();
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
            let elements: Vec<&'a RawValue> = serde_json::from_str(value).unwrap_or_default();
            let kind = listed_kind(name);
            for element in elements {
                let at = offset(self.scan.text, element.get());
                let Ok(own) = serde_json::from_str::<Members<'a>>(element.get()) else {
                    self.breaks(at, NO_OBJECT);
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

    fn value(&mut self, raw: &'a str, path: &mut String, depth: usize) {
        match raw.as_bytes().first() {
            Some(b'{') if depth > 0 => {
                if let Ok(members) = serde_json::from_str::<Members<'a>>(raw) {
                    self.flatten(&members, path, depth - 1);
                }
            }
            Some(b'[') => self.list(raw, path, depth),
            Some(b'n') => self.cell(path, ""),
            Some(b'"') => self.cell(path, &unquoted(raw)),
            _ => self.cell(path, raw),
        }
    }

    /// A list of plain values stays a list; one of objects becomes a list for each member, each with
    /// as many elements as there are objects. One object alone is no list.
    fn list(&mut self, raw: &'a str, path: &mut String, depth: usize) {
        let Ok(elements) = serde_json::from_str::<Vec<&'a RawValue>>(raw) else { return };
        if path.ends_with(FORM_FIELDS) {
            self.form_fields(&elements, path);
        }
        if let ([only], true) = (elements.as_slice(), depth > 0)
            && let Ok(members) = serde_json::from_str::<Members<'a>>(only.get())
        {
            return self.flatten(&members, path, depth - 1);
        }
        let mut lists: Vec<(String, Vec<&'a str>)> = Vec::new();
        for (at, element) in elements.iter().enumerate() {
            let Ok(members) = serde_json::from_str::<Members<'a>>(element.get()) else {
                let only = matches!(elements.as_slice(), [_]) && element.get().starts_with('"');
                let text =
                    if only { unquoted(raw.trim_matches(['[', ']', ' '])) } else { owned(raw) };
                return self.cell(path, &text);
            };
            collect_lists(&members, "", &mut lists, (at, DEPTH));
        }
        if path.ends_with(FORM_FIELDS) {
            // A user name is no secret, and the password stands elsewhere now.
            for (_, values) in lists.iter_mut().filter(|(name, _)| name == "value") {
                for (value, _) in values
                    .iter_mut()
                    .zip(&elements)
                    .filter(|(_, field)| designated(field.get()).is_some())
                {
                    *value = "null";
                }
            }
        }
        let next = self.list_numbers.len() as u16 + 1;
        let number = *self.list_numbers.entry(path.clone()).or_insert(next);
        for (name, values) in lists {
            let before = path.len();
            path.push('.');
            path.push_str(&name);
            self.cell(path, &joined(&values, elements.len()));
            if let Some(of) = self.columns.get(path).and_then(|at| self.lists.get_mut(*at)) {
                *of = number;
            }
            path.truncate(before);
        }
    }

    /// The user name and the password of a form, beside whose fields they stand as if the object
    /// around them named them.
    fn form_fields(&mut self, fields: &[&'a RawValue], path: &str) {
        let around = path.strip_suffix(FORM_FIELDS).unwrap_or(path);
        for field in fields {
            let Some((role, value)) = designated(field.get()) else { continue };
            self.cell(&format!("{around}.{role}"), &unquoted(value));
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
        self.lists.push(0);
        self.filled.push(0);
        self.columns.insert(key.to_owned(), self.header.len() - 1);
        Some(self.header.len() - 1)
    }

    pub(crate) fn finish(mut self) -> JsonRows {
        let (count, first) = self.text_lines;
        if count > 0 {
            self.add_unread(first, UnreadKind::Text, "", count, "it is not JSON");
        }
        if count > MOST_LINES {
            let why = "more lines between the entries are not JSON and are not read; export only \
                       the JSON";
            self.broken.push(Broken { line: first, why });
        }
        let Self { scan, packer, header, left_out, broken, not_read, mut notes, lists, .. } = self;
        if left_out {
            notes.push(format!("members beyond the first {MOST_COLUMNS} names are not read"));
        }
        let width = header.len();
        let packed = packer.finish(&header, width, scan.progress);
        JsonRows { packed, broken, not_read, notes, lists }
    }
}
