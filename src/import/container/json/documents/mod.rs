//! JSON and JSON Lines: one row for each object.
//!
//! Accepted are arrays of objects, objects one after another (on lines of their own or not), and
//! objects that hold such arrays, as many services answer; several of these may follow each other, as
//! paging clients write them. A member of an object within an object becomes a column with a dotted
//! name; an array of objects becomes, for each of their members, a cell with a list. Where such an
//! array lists secrets, each of its objects is a row of its own, together with the other members of
//! the object around it. Text before, between and behind is reported line by line. If the text breaks
//! off, the rows before that are kept.

use std::collections::HashMap;

use crate::import::container::json::lists::opens;
use crate::import::container::json::not_inventory;
use crate::import::container::json::rows::{JsonRows, RowReader, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::text::{Member, Members};
use crate::import::container::json::wrapper::{Array, Document, Judge};
use crate::import::container::parts::{FilePart, PartKind, WantedParts};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::{Progress, UnreadKind, shown};

/// In how many of the first lines JSON is searched behind a banner.
const BANNER: usize = 100;
/// How much text is handed to the parser at once, at most, unless it is one entry: the parser cannot
/// be interrupted.
const AT_ONCE: usize = 1 << 20;

/// What a text is, as JSON.
pub(crate) enum JsonFile {
    /// It is not JSON with objects.
    NotJson,
    /// It is known to be something else than an inventory.
    NotInventory(&'static str),
    /// Its rows.
    Rows {
        rows: Box<JsonRows>,
        /// The name of its form.
        form: String,
        /// The arrays of objects within its objects, read or not.
        parts: Vec<FilePart>,
    },
}

/// Reads a text. `is_known` says whether a header is that of a known export, `wanted` which arrays of
/// its objects the user wants.
pub(crate) fn read(
    text: &str,
    is_known: fn(&[String]) -> bool,
    wanted: WantedParts<'_>,
    progress: &Progress,
) -> JsonFile {
    let scan = Scan { text, progress };
    let first = scan.skip_space(0);
    let Some(start) = start(scan, first) else { return JsonFile::NotJson };
    let synonyms = Synonyms::new();
    let judge = Judge { scan, synonyms: &synonyms, is_known, wanted };
    let reader = RowReader::new(scan, &synonyms);
    let mut documents = Documents::new(judge, reader);
    documents.text(0, start);
    if let Some(what) = documents.read(start) {
        return JsonFile::NotInventory(what);
    }
    // Prose with an example in it is not JSON with remarks.
    if start > first && documents.skipped * 2 > text.len() {
        return JsonFile::NotJson;
    }
    let form = documents.form();
    let Documents { reader, parts, .. } = documents;
    JsonFile::Rows { rows: Box::new(reader.finish()), form, parts }
}

/// Where the JSON starts: at once, or at one of the first lines that is a whole object or array.
fn start(scan: Scan<'_>, first: usize) -> Option<usize> {
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
fn starts_json(text: &str) -> bool {
    // A word in braces is not an object: the name of the first member must follow.
    opens(text, '[', '{') || opens(text, '[', ']') || opens(text, '{', '"') || opens(text, '{', '}')
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

/// Members of a page that say how much there is, or where the next page is.
const COUNTS: [&str; 8] = [
    "total_count",
    "totalCount",
    "total",
    "count",
    "next",
    "nextLink",
    "@odata.nextLink",
    "next_page",
];

/// Reads the documents of a text one after another.
struct Documents<'a> {
    judge: Judge<'a>,
    reader: RowReader<'a>,
    /// The paths of the arrays that were read in wrappers.
    chosen: Vec<String>,
    /// The arrays of objects that were met, in the order of the text, and their places by path.
    parts: Vec<FilePart>,
    places: HashMap<String, usize>,
    arrays: usize,
    wrappers: usize,
    rows: usize,
    /// Whether the present documents are the elements of an array.
    is_list_of_pages: bool,
    /// How many bytes are not JSON.
    skipped: usize,
}

impl<'a> Documents<'a> {
    fn new(judge: Judge<'a>, reader: RowReader<'a>) -> Self {
        let is_list_of_pages = false;
        let (arrays, wrappers, rows, skipped) = (0, 0, 0, 0);
        let (chosen, parts, places) = (Vec::new(), Vec::new(), HashMap::new());
        Self {
            judge,
            reader,
            chosen,
            parts,
            places,
            arrays,
            wrappers,
            rows,
            is_list_of_pages,
            skipped,
        }
    }

    /// Reads all documents from `at` on; what the file is, if it is known to be no inventory.
    fn read(&mut self, start: usize) -> Option<&'static str> {
        let scan = self.judge.scan;
        let mut at = start;
        while !self.reader.is_stopped_at(at) {
            at = scan.skip_space(at);
            let rest = scan.text.get(at..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            if rest.starts_with('{') {
                match self.object(at, at == start) {
                    Ok(end) => at = end,
                    Err(what) => return Some(what),
                }
            } else if starts_json(rest) && self.lists_pages(at) {
                self.is_list_of_pages = true;
                at += 1;
            } else if rest.starts_with(']') && self.is_list_of_pages {
                self.is_list_of_pages = false;
                at += 1;
            } else if starts_json(rest) {
                self.arrays += 1;
                at = self.reader.array(at + 1, usize::MAX);
            } else if rest.starts_with(',') && self.rows + self.arrays + self.wrappers > 0 {
                at += 1;
            } else {
                at = self.other(at);
            }
        }
        None
    }

    /// Whether an array lists the pages of an answer, as `gh api --paginate --slurp` writes them.
    fn lists_pages(&self, at: usize) -> bool {
        let scan = self.judge.scan;
        let first = scan.skip_space(at + 1);
        let is_object = scan.text.get(first..).is_some_and(|rest| rest.starts_with('{'));
        let Some((page, _)) = members(scan, first).filter(|_| is_object) else { return false };
        let counts = |(name, _): &Member<'_>| COUNTS.contains(&name.as_ref());
        page.0.iter().any(counts)
            && matches!(self.judge.document(&page, &self.chosen, false), Document::Arrays(_))
    }

    /// Reads an object that is a row or a wrapper; what the file is, if it is no inventory.
    fn object(&mut self, at: usize, is_first: bool) -> Result<usize, &'static str> {
        let scan = self.judge.scan;
        let Some((members, end)) = members(scan, at) else {
            let why = self.reader.object(at);
            return Ok(why.unwrap_or_else(|why| {
                self.reader.breaks(at, why);
                scan.line_end(at)
            }));
        };
        if let Some(what) = not_inventory::known_as(&members).filter(|_| is_first) {
            return Err(what);
        }
        let is_whole = is_first && scan.skip_space(end) == scan.text.len();
        match self.judge.document(&members, &self.chosen, is_whole) {
            Document::Row => {
                self.rows += 1;
                self.reader.members(&members, at);
            }
            Document::Empty => self.wrappers += 1,
            Document::Arrays(arrays) => {
                self.wrappers += 1;
                self.arrays_of(&arrays);
            }
        }
        Ok(end)
    }

    /// Reads the arrays of a wrapper that hold rows, and reports the others.
    fn arrays_of(&mut self, arrays: &[Array<'a>]) {
        let scan = self.judge.scan;
        let read: Vec<&str> =
            arrays.iter().filter(|one| one.is_read).map(|one| name(one)).collect();
        let several = read.len() > 1 && self.chosen.is_empty();
        if several {
            let names: Vec<_> = read
                .iter()
                .map(|name| shown(&secret_detection::masked(name)).into_owned())
                .collect();
            self.reader.notes.push(format!("arrays read together: {}", names.join(", ")));
        }
        for array in arrays {
            let at = offset(scan.text, array.text);
            if array.is_read {
                if !self.chosen.contains(&array.path) {
                    self.chosen.push(array.path.clone());
                }
                let before = self.reader.rows();
                self.reader.array(at + 1, usize::MAX);
                self.add_part(array, u64::from(self.reader.rows() - before));
                continue;
            }
            let size = scan.count(at);
            self.add_part(array, size);
            if size > 0 {
                let line = self.reader.line_of(at);
                let name = secret_detection::masked(&array.path).into_owned();
                let reason = match self.judge.wanted.decision(&array.path) {
                    _ if !array.has_objects => "its entries are not objects",
                    Some(decision) => decision.reason(PartKind::Array),
                    None => "another array of the object is read",
                };
                self.reader.add_unread(line, UnreadKind::Array, &name, size, reason);
            }
        }
    }

    /// Adds what one object has of an array that can be read.
    fn add_part(&mut self, array: &Array<'a>, size: u64) {
        if !array.has_objects {
            return;
        }
        let next = self.parts.len();
        let place = *self.places.entry(array.path.clone()).or_insert(next);
        if let Some(known) = self.parts.get_mut(place) {
            known.size += size;
            known.is_read |= array.is_read;
            return;
        }
        let (kind, name, is_read) = (PartKind::Array, array.path.clone(), array.is_read);
        self.parts.push(FilePart { kind, name, is_hidden: false, is_read, size });
    }

    /// Reports a line that is neither an object nor an array of objects.
    fn other(&mut self, at: usize) -> usize {
        let scan = self.judge.scan;
        let end = scan.line_end(at);
        let line = scan.text.get(at..end).unwrap_or_default().trim();
        if serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() {
            let why = "this entry is not an object; each entry must be one row in braces";
            self.reader.breaks(at, why);
        } else {
            self.reader.text_line(at);
        }
        self.skipped += end - at;
        end
    }

    /// Reports the lines of text between two places.
    fn text(&mut self, start: usize, end: usize) {
        let scan = self.judge.scan;
        let mut at = scan.skip_space(start);
        while at < end {
            self.reader.text_line(at);
            let behind = scan.line_end(at);
            self.skipped += behind.min(end) - at;
            at = scan.skip_space(behind);
        }
    }

    /// The form of the file, for people.
    fn form(&self) -> String {
        match (self.arrays, self.wrappers, self.rows) {
            (0, 0, _) => "JSON Lines".to_owned(),
            (1, 0, 0) => "JSON, an array of objects".to_owned(),
            (0, 1, 0) if self.chosen.is_empty() => "JSON".to_owned(),
            (0, 1, 0) => "JSON, an array within an object".to_owned(),
            (arrays, wrappers, rows) => {
                format!("JSON, {} documents in a row", arrays + wrappers + rows)
            }
        }
    }
}

fn name<'b>(array: &'b Array<'_>) -> &'b str {
    &array.path
}

/// The members of the object that starts at a place, and where it ends. A short one is parsed; in a
/// long one only the places of the members are found.
fn members(scan: Scan<'_>, at: usize) -> Option<(Members<'_>, usize)> {
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

#[cfg(test)]
mod tests;
