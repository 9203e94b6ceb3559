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

use crate::import::container::json::damage;
use crate::import::container::json::entries::{Around, EntryReader, NO_OBJECT, NoEntry};
use crate::import::container::json::pages::{Pages, reports_error};
use crate::import::container::json::rows::{JsonRows, offset};
use crate::import::container::json::scan::Scan;
use crate::import::container::json::start::{
    end_of_damaged, lists_arrays, members, start, starts_json,
};
use crate::import::container::json::text::{Member, Members};
use crate::import::container::json::wrapper::{Array, Document, Judge};
use crate::import::container::json::{no_rows, not_inventory, opengraph};
use crate::import::container::parts::{FilePart, PartKind, WantedParts};
use crate::import::secrets::secret_detection;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::{Progress, UnreadKind, shown};

/// How many arrays that are read together are named.
const MOST_NAMED: usize = 8;

/// What a text is, as JSON.
pub(crate) enum JsonFile {
    /// It is not JSON with objects.
    NotJson,
    /// It is known to be something else than an inventory.
    NotInventory(&'static str),
    /// It is JSON, or was meant to be, and no row can be read; what is wrong, and where, in words.
    NoRows(String),
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
    let Some(start) = start(scan, first) else {
        return no_rows::why(scan, first).map_or(JsonFile::NotJson, JsonFile::NoRows);
    };
    let synonyms = Synonyms::new();
    if wanted.taken().next().is_none()
        && let Some(rows) = opengraph::read(scan, &synonyms, start)
    {
        let form = "BloodHound OpenGraph".to_owned();
        return JsonFile::Rows { rows: Box::new(rows), form, parts: Vec::new() };
    }
    let judge = Judge { scan, synonyms: &synonyms, is_known, wanted };
    let reader = EntryReader::new(scan, &synonyms);
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
    let Documents { reader, parts, pages, .. } = documents;
    let rows = JsonRows { lacking: pages.lacking(scan), ..reader.rows.finish() };
    JsonFile::Rows { rows: Box::new(rows), form, parts }
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
    reader: EntryReader<'a>,
    /// The paths of the arrays that were read in wrappers.
    chosen: Vec<String>,
    /// The arrays of objects that were met, in the order of the text, and their places by path.
    parts: Vec<FilePart>,
    /// What the wrappers say as pages.
    pages: Pages,
    places: HashMap<String, usize>,
    arrays: usize,
    wrappers: usize,
    rows: usize,
    /// How many arrays are open of which the present documents are elements.
    lists_of_pages: usize,
    /// How many bytes are not JSON.
    skipped: usize,
}

impl<'a> Documents<'a> {
    fn new(judge: Judge<'a>, reader: EntryReader<'a>) -> Self {
        let lists_of_pages = 0;
        let (arrays, wrappers, rows, skipped) = (0, 0, 0, 0);
        let (chosen, parts, places) = (Vec::new(), Vec::new(), HashMap::new());
        Self {
            judge,
            reader,
            chosen,
            parts,
            pages: Pages::default(),
            places,
            arrays,
            wrappers,
            rows,
            lists_of_pages,
            skipped,
        }
    }

    /// Reads all documents from `at` on; what the file is, if it is known to be no inventory.
    fn read(&mut self, start: usize) -> Option<&'static str> {
        let scan = self.judge.scan;
        let mut at = start;
        while !self.reader.rows.is_stopped_at(at) {
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
            } else if starts_json(rest) && (lists_arrays(rest) || self.lists_pages(at)) {
                self.lists_of_pages += 1;
                at += 1;
            } else if rest.starts_with(']') && self.lists_of_pages > 0 {
                self.lists_of_pages -= 1;
                at += 1;
            } else if starts_json(rest) {
                self.arrays += 1;
                at = self.reader.array(at + 1, usize::MAX, Around::default());
            } else if rest.starts_with(',')
                && self.lists_of_pages + self.rows + self.arrays + self.wrappers > 0
            {
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
        let (members, end) = match members(scan, at) {
            Some((members, end)) => (members, end),
            None => match self.before_damage(at) {
                Ok(members) => {
                    let end = end_of_damaged(scan, at);
                    self.reader.limit = end;
                    (members, end)
                }
                Err(end) => return Ok(end),
            },
        };
        if let Some(what) = not_inventory::known_as(&members).filter(|_| is_first) {
            return Err(what);
        }
        let is_whole = is_first && scan.skip_space(end) == scan.text.len();
        match self.judge.document(&members, &self.chosen, is_whole) {
            // A page without anything but an error is no row.
            Document::Row if reports_error(&members) && !self.judge.names_something(&members) => {
                self.wrappers += 1;
                self.pages.add(&members, at);
            }
            Document::Row => {
                self.rows += 1;
                self.reader.members(&members, at, Around::default());
            }
            Document::Empty => {
                self.wrappers += 1;
                self.pages.add(&members, at);
            }
            Document::Arrays(arrays) => {
                self.wrappers += 1;
                self.pages.add(&members, at);
                self.arrays_of(&arrays);
            }
        }
        Ok(end)
    }

    /// The members of a damaged object, if the damage is within a list that can be read up to it; else
    /// the damage is reported, and where to read on is returned.
    fn before_damage(&mut self, at: usize) -> Result<Members<'a>, usize> {
        let scan = self.judge.scan;
        let (members, _) = scan.members_before_damage(at);
        if let Document::Arrays(arrays) = self.judge.document(&members, &self.chosen, true)
            && arrays.iter().any(|array| array.is_read)
        {
            return Ok(members);
        }
        match self.reader.object(at, Around::default()) {
            Ok(end) => Err(end),
            Err(NoEntry::NoObject) => {
                self.reader.rows.breaks(at, NO_OBJECT);
                Err(scan.line_end(at))
            }
            Err(NoEntry::Damaged) => Err(self.damaged(at)),
        }
    }

    /// Reports a damaged object; where to read on.
    fn damaged(&mut self, at: usize) -> usize {
        let scan = self.judge.scan;
        let line_end = scan.line_end(at);
        let Some(found) = damage::find(scan, at) else {
            self.reader.rows.breaks(at, "this entry is damaged JSON; export it again");
            return line_end;
        };
        // Where the next line begins an entry, or the file goes on with a line of its own, this one was
        // cut off.
        let goes_on = scan.text.get(line_end..found.at).map_or("", str::trim);
        let is_next = found.at > line_end && (goes_on.is_empty() || !goes_on.contains('"'));
        if is_next || found.at <= line_end {
            let place = found.at.min(line_end);
            let cut = "the line ends in the middle of this entry; export it again";
            self.reader.rows.breaks_at(place, if is_next { cut } else { found.what });
            return line_end;
        }
        self.reader.rows.breaks_at(found.at, found.what);
        self.next_entry(found.at)
    }

    /// Where the next entry starts behind a damaged one over several lines; the lines between belong
    /// to the damaged one.
    fn next_entry(&mut self, damage: usize) -> usize {
        let scan = self.judge.scan;
        let mut at = scan.line_end(damage);
        let first = at;
        while at < scan.text.len() {
            let line = at + 1;
            let rest = scan.text.get(line..).unwrap_or_default();
            if rest.starts_with('{') || rest.starts_with("[{") {
                break;
            }
            at = scan.line_end(line);
        }
        let between = scan.text.get(first..at).unwrap_or_default();
        let size = between.lines().filter(|line| !line.trim().is_empty()).count() as u64;
        if size > 0 {
            let line = self.reader.rows.line_of(first) + 1;
            let why = "it follows a damaged entry";
            self.reader.rows.add_unread(line, UnreadKind::Text, "", size, why);
        }
        at
    }

    /// Reads the arrays of a wrapper that hold rows, and reports the others.
    fn arrays_of(&mut self, arrays: &[Array<'a>]) {
        let scan = self.judge.scan;
        let read: Vec<&str> =
            arrays.iter().filter(|one| one.is_read).map(|one| name(one)).collect();
        let several = read.len() > 1 && self.chosen.is_empty();
        if several {
            let mut names: Vec<_> = read
                .iter()
                .take(MOST_NAMED)
                .map(|name| shown(&secret_detection::masked(name)).into_owned())
                .collect();
            if read.len() > MOST_NAMED {
                names.push(format!("… ({} in all)", read.len()));
            }
            self.reader.rows.notes.push(format!("arrays read together: {}", names.join(", ")));
        }
        for array in arrays {
            let at = offset(scan.text, array.text);
            if array.is_read {
                if !self.chosen.iter().any(|own| own == array.choice()) {
                    self.chosen.push(array.choice().to_owned());
                }
                let before = self.reader.rows.rows();
                if array.entries.is_empty() {
                    let around = Around { list: &array.subject, names: &array.around };
                    self.reader.array(at + 1, usize::MAX, around);
                } else {
                    self.reader.named(&array.entries, &array.subject);
                }
                self.add_part(array, u64::from(self.reader.rows.rows() - before));
                continue;
            }
            let size = match array.entries.len() {
                0 => scan.count(at),
                entries => entries as u64,
            };
            self.add_part(array, size);
            if size > 0 {
                let line = self.reader.rows.line_of(at);
                let name = secret_detection::masked(&array.path).into_owned();
                let reason = match self.judge.wanted.decision(&array.path) {
                    _ if !array.has_objects => "its entries are not objects",
                    Some(decision) => decision.reason(PartKind::Array),
                    None => "another array of the object is read",
                };
                self.reader.rows.add_unread(line, UnreadKind::Array, &name, size, reason);
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
            self.reader.rows.breaks(at, why);
        } else {
            self.reader.rows.text_line(at);
        }
        self.skipped += end - at;
        end
    }

    /// Reports the lines of text between two places.
    fn text(&mut self, start: usize, end: usize) {
        let scan = self.judge.scan;
        let mut at = scan.skip_space(start);
        while at < end {
            self.reader.rows.text_line(at);
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

#[cfg(test)]
mod tests;
