//! The objects of a JSON text as rows.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::import::container::json::lists::{
    collect_lists, designated, is_of_form, joined, pairs_of_tags, secret_within,
};
use crate::import::container::json::named::names;
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Members, owned, unquoted};
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

const NO_JSON: &str =
    "this text between the entries is not JSON and is not read; delete it, or export only the JSON";

/// The rows of a JSON text.
pub(crate) struct JsonRows {
    pub(crate) packed: Packed,
    pub(crate) broken: Vec<Broken>,
    pub(crate) not_read: Vec<UnreadPart>,
    /// What shows that the file lacks something, and the line.
    pub(crate) lacking: Vec<(u32, &'static str)>,
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
    /// For each oddity of commas how often it was met, and the line and column of the first.
    odd_commas: BTreeMap<&'static str, (u64, u32, usize)>,
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
            odd_commas: BTreeMap::new(),
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

    /// Reports an entry that could not be read.
    pub(crate) fn breaks(&mut self, at: usize, why: impl Into<Cow<'static, str>>) {
        let line = self.line_of(at);
        self.broken.push(Broken { line, why: why.into() });
    }

    /// Reports an entry that is damaged at this place.
    pub(crate) fn breaks_at(&mut self, at: usize, what: &str) {
        let line = self.line_of(at);
        let column = self.scan.column(at);
        let why = format!("damaged JSON at column {column}: {what}");
        self.broken.push(Broken { line, why: Cow::Owned(why) });
    }

    /// Remembers a comma that JSON does not allow, or one that is missing.
    pub(crate) fn odd_comma(&mut self, at: usize, what: &'static str) {
        let line = self.line_of(at);
        let column = self.scan.column(at);
        self.odd_commas.entry(what).or_insert((0, line, column)).0 += 1;
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
            self.broken.push(Broken { line, why: Cow::Borrowed(NO_JSON) });
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

    /// Starts the row of the entry at this place.
    pub(crate) fn start_row(&mut self, at: usize) {
        let line = self.line_of(at);
        self.row += 1;
        self.packer.start_row(line);
    }

    /// Adds the members of an object to the present row.
    pub(crate) fn flatten(&mut self, members: &Members<'a>, path: &mut String, depth: usize) {
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

    /// Adds a value as it is written to the present row.
    pub(crate) fn value(&mut self, raw: &'a str, path: &mut String, depth: usize) {
        match raw.as_bytes().first() {
            Some(b'{') if depth > 0 => {
                if let Ok(members) = serde_json::from_str::<Members<'a>>(raw) {
                    self.object(&members, path, depth - 1);
                }
            }
            Some(b'[') => self.list(raw, path, depth),
            Some(b'n') => self.cell(path, ""),
            Some(b'"') => self.cell(path, &unquoted(raw)),
            _ => self.cell(path, raw),
        }
    }

    /// The members of an object within others: one after another, as a list where each stands under the
    /// name of a service or an environment, and a secret in the place of the object that wraps it.
    fn object(&mut self, members: &Members<'a>, path: &mut String, depth: usize) {
        let last = path.rsplit('.').next().unwrap_or(path);
        let secret = secret_within(members, last, self.synonyms);
        let named = names(members, last, self.synonyms).filter(|names| names.are_of_instances());
        if let (Some(_), None) = (named, secret) {
            return self.named_list(members, path, depth);
        }
        for (at, (name, value)) in members.0.iter().enumerate() {
            if secret == Some(at) {
                self.value(value, path, 0);
                continue;
            }
            let before = path.len();
            path.push('.');
            path.push_str(name);
            self.value(value, path, depth);
            path.truncate(before);
        }
    }

    /// Objects under the names of services or environments, as a list of objects with these names.
    fn named_list(&mut self, members: &Members<'a>, path: &mut String, depth: usize) {
        let before = path.len();
        path.push_str(".name");
        let (keys, values): (Vec<&str>, Vec<&'a str>) =
            members.0.iter().map(|(name, value)| (name.as_ref(), *value)).unzip();
        match keys.as_slice() {
            [only] => self.cell(path, only),
            several => {
                self.cell(path, &Zeroizing::new(serde_json::Value::from(several).to_string()));
            }
        }
        let key = path.clone();
        path.truncate(before);
        if let [only] = values.as_slice() {
            if let Ok(within) = serde_json::from_str::<Members<'a>>(only) {
                self.flatten(&within, path, depth);
            }
            return;
        }
        let mut lists: Vec<(String, Vec<&'a str>)> = Vec::new();
        for (at, value) in values.iter().enumerate() {
            if let Ok(within) = serde_json::from_str::<Members<'a>>(value) {
                collect_lists(&within, "", &mut lists, (at, DEPTH));
            }
        }
        self.lists(lists, values.len(), path);
        self.number_list(&key, path);
    }

    /// A list of plain values stays a list; one of objects becomes a list for each member, each with
    /// as many elements as there are objects. One object alone is no list.
    fn list(&mut self, raw: &'a str, path: &mut String, depth: usize) {
        let Ok(elements) = serde_json::from_str::<Vec<&'a RawValue>>(raw) else { return };
        if is_of_form(path) {
            self.form_fields(&elements, path);
        }
        if let Some(pairs) = pairs_of_tags(path, &elements) {
            for (name, value) in pairs {
                self.value(value, &mut format!("{path}.{name}"), 0);
            }
            return;
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
        if is_of_form(path) {
            // A user name is no secret, and the password stands elsewhere now. The types are those of the
            // fields, not of the credential.
            let is_form = elements.iter().any(|field| designated(field.get()).is_some());
            lists.retain(|(name, _)| !(is_form && name == "type"));
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
        self.lists(lists, elements.len(), path);
    }

    /// A cell with a list for each member of the objects of a list.
    fn lists(&mut self, lists: Vec<(String, Vec<&'a str>)>, length: usize, path: &mut String) {
        for (name, values) in lists {
            let before = path.len();
            path.push('.');
            path.push_str(&name);
            self.cell(path, &joined(&values, length));
            let column = path.clone();
            path.truncate(before);
            self.number_list(&column, path);
        }
    }

    /// Remembers that a column has a member of the objects of this list.
    fn number_list(&mut self, column: &str, list: &str) {
        let next = self.list_numbers.len() as u16 + 1;
        let number = *self.list_numbers.entry(list.to_owned()).or_insert(next);
        if let Some(of) = self.columns.get(column).and_then(|at| self.lists.get_mut(*at)) {
            *of = number;
        }
    }

    /// The user name and the password of a form, beside whose fields they stand as if the object
    /// around them named them.
    fn form_fields(&mut self, fields: &[&'a RawValue], path: &str) {
        let around = path.strip_suffix("fields").unwrap_or(path);
        for field in fields {
            let Some((role, value)) = designated(field.get()) else { continue };
            self.cell(&format!("{around}{role}"), &unquoted(value));
        }
    }

    /// Adds a cell to the present row.
    pub(crate) fn cell(&mut self, path: &str, text: &str) {
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
            self.broken.push(Broken { line: first, why: Cow::Borrowed(why) });
        }
        for (what, (count, line, column)) in std::mem::take(&mut self.odd_commas) {
            let times = if count > 1 { ", first in".to_owned() } else { " in".to_owned() };
            self.notes.push(format!("{what} was passed over{times} line {line}, column {column}"));
        }
        let Self { scan, packer, header, left_out, broken, not_read, mut notes, lists, .. } = self;
        if left_out {
            notes.push(format!("members beyond the first {MOST_COLUMNS} names are not read"));
        }
        let width = header.len();
        let packed = packer.finish(&header, width, scan.progress);
        JsonRows { packed, broken, not_read, lacking: Vec::new(), notes, lists }
    }
}
