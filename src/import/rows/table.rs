//! Reads the rows of one file into the inventory under way.
//!
//! A row is first judged as a whole (blank, repeated header, too wide), then cleared of its secret
//! value, then read cell by cell. Which credential it speaks of is settled after all files.

use std::sync::Arc;

use crate::import::container::Sheet;
use crate::import::container::encoding::Offsets;
use crate::import::csv::records::{Found, LineTooLong, Records};
use crate::import::error::ImportError;
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::parallel;
use crate::import::rows::parallel::Told;
use crate::import::rows::row::RowReader;
use crate::import::rows::row_redaction::with_changes;
use crate::import::schema::row_plan::Plan;
use crate::import::schema::second_columns;
use crate::import::schema::second_columns::Second;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Ledger, Place, Problem, ProblemKind, Progress, SourceId};

/// What all rows of a file share while they are read.
pub(crate) struct Table<'a> {
    /// One for each credential of which a row speaks.
    pub(crate) plans: &'a [Plan],
    /// The first of them, for what they all share.
    pub(crate) plan: &'a Plan,
    pub(crate) sheet: &'a Sheet<'a>,
    pub(crate) file: &'a str,
    pub(crate) source: SourceId,
    pub(crate) keyed: &'a Fingerprinter,
}

/// What became of the rows so far: skipped and rejected ones, and those about no credential.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) ledger: Ledger,
    pub(crate) no_credential: u64,
    pub(crate) below_header: u64,
    /// Whether tokens of another key stand for fingerprints.
    pub(crate) of_other_key: bool,
    /// Rows that start with `#`, and the first of them.
    marked: u64,
    first_marked: Option<Place>,
}

impl Counts {
    /// Adds what was counted further down in the same file.
    pub(crate) fn add(&mut self, further: &Self) {
        self.ledger.add(&further.ledger);
        self.no_credential += further.no_credential;
        self.below_header += further.below_header;
        self.of_other_key |= further.of_other_key;
        self.marked += further.marked;
        self.first_marked = self.first_marked.or(further.first_marked);
    }

    /// What is to be known of the reading of a table, now that it is read.
    pub(crate) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.no_credential > 0 {
            let rows = if self.no_credential == 1 { "row says" } else { "rows say" };
            let about = if self.no_credential == 1 { "it is" } else { "they are" };
            notes.push(format!(
                "{} {rows} that {about} about no credential: skipped",
                self.no_credential
            ));
        }
        if self.of_other_key {
            let note =
                "fingerprints: tokens of another key, which match no other file; give that key";
            notes.push(note.to_owned());
        }
        notes
    }

    /// Notes rows that could be comments, unless most rows look so.
    fn tell_marked(&self, builder: &mut InventoryBuilder) {
        let Some(place) = self.first_marked else { return };
        if self.marked * 2 > self.below_header {
            return;
        }
        builder.problem(
            place,
            "",
            ProblemKind::MarkedRow,
            format!(
                "lines that start with # and have as many cells as the header are read as rows \
                 ({} in this file); delete those that are comments",
                self.marked
            ),
        );
    }
}

impl<'a> Table<'a> {
    /// Reads every row. For the progress: so many bytes of other files lie behind, and so many
    /// bytes of this one are read here.
    pub(crate) fn read(
        &self,
        builder: &mut InventoryBuilder,
        progress: &Progress,
        stretch: (u64, u64),
    ) -> Result<Counts, ImportError> {
        let mut counts = Counts::default();
        builder.begin_table();
        self.broken(builder, &mut counts);
        let told = Told::new(progress, stretch, self.sheet.text.as_str().len());
        counts.add(&parallel::read(self, builder, &told)?);
        counts.tell_marked(builder);
        Ok(counts)
    }

    /// The records from a place on that is the start of a line.
    pub(crate) fn records_from(&self, start: usize, line: u32) -> Records<'a> {
        self.plan.records(self.sheet.text.as_str()).from(start, line)
    }

    /// A reader for each credential of which a row speaks.
    pub(crate) fn readers(&self) -> Vec<RowReader<'a>> {
        let text = self.sheet.text.as_str();
        self.plans.iter().map(|plan| RowReader::new(plan, text)).collect()
    }

    /// Takes what stands at one place, and tells the place and the text of what is wrong with it.
    pub(crate) fn one(
        &self,
        found: Found,
        (records, readers, offsets): (&mut Records<'_>, &mut [RowReader<'_>], &mut Offsets),
        builder: &mut InventoryBuilder,
        counts: &mut Counts,
    ) {
        let line = records.line();
        if line < self.plan.reading.header_line {
            counts.ledger.skipped += 1;
            return;
        }
        if line == self.plan.reading.header_line && !records.shares_its_line() {
            return;
        }
        if line <= self.plan.reading.second_header && found == Found::Cells {
            counts.ledger.skipped += 1;
            let message = "this line below the header says again what the columns are and is \
                           passed over; delete it";
            let place = self.place(records);
            builder.problem(place, "", ProblemKind::SecondHeader, message.to_owned());
            return;
        }
        let (start, problems) = (records.start(), builder.inventory.problems.len());
        self.take(found, (records, readers), builder, counts);
        if let Some(fresh) = builder.inventory.problems.get_mut(problems..)
            && !fresh.is_empty()
        {
            let row = self.row_text(records, found).map(Arc::from);
            let offset = offsets.at(self.sheet.text.as_str(), start);
            for problem in fresh.iter_mut().filter(|problem| problem.place.line == line) {
                (problem.offset, problem.row) = (offset, row.clone());
            }
        }
    }

    /// Counts what stands at a place, and reads it if it is a row.
    fn take(
        &self,
        found: Found,
        (records, readers): (&mut Records<'_>, &mut [RowReader<'_>]),
        builder: &mut InventoryBuilder,
        counts: &mut Counts,
    ) {
        match found {
            Found::Blank => counts.ledger.skipped += 1,
            Found::Comment => {
                counts.below_header += 1;
                counts.ledger.skipped += 1;
            }
            Found::OpenQuote { lines } => {
                counts.below_header += 1;
                if self.open_quote(records, lines, builder, counts) {
                    self.row(records, readers, builder, counts);
                }
            }
            Found::Cells => {
                counts.below_header += 1;
                if records.is_marked() {
                    counts.marked += 1;
                    counts.first_marked.get_or_insert(self.place(records));
                }
                if self.stray_quote(records, builder, counts) {
                    self.row(records, readers, builder, counts);
                }
            }
        }
    }

    fn place(&self, records: &Records<'_>) -> Place {
        Place { source: self.source, line: self.sheet.line(records.line()) }
    }

    /// Notes the quote; in a file with secrets, leaves out all that it swallowed.
    fn open_quote(
        &self,
        records: &mut Records<'_>,
        lines: u32,
        builder: &mut InventoryBuilder,
        counts: &mut Counts,
    ) -> bool {
        let place = self.place(records);
        let rejected = self.plan.has_secrets;
        if !rejected {
            let message = "a quote opens here and does not close; the line was read as if it were \
                           no quote; close it";
            builder.problem(place, "", ProblemKind::OpenQuote, message.to_owned());
            return true;
        }
        let first = records.line();
        let last = first + records.skip_lines(lines.saturating_sub(1));
        counts.ledger.rejected += u64::from(last - first + 1);
        let message = format!(
            "a quote opens here and does not close; the lines to {last} are left out, for parts \
             of a secret could be taken for names; close the quote"
        );
        reject(builder, place, ProblemKind::OpenQuote, message);
        for line in first + 1..=last {
            let place = Place { line, ..place };
            let message = format!("this line lies behind the open quote of line {first}");
            reject(builder, place, ProblemKind::OpenQuote, message);
        }
        false
    }

    /// Notes text behind a closing quote; false if the row is left out for it.
    fn stray_quote(
        &self,
        records: &Records<'_>,
        builder: &mut InventoryBuilder,
        counts: &mut Counts,
    ) -> bool {
        if !records.has_stray_quote() {
            return true;
        }
        let rejected = self.plan.has_secrets;
        let done = if rejected {
            "the row is left out, for a secret may stand in two cells"
        } else {
            "the text was joined to the cell"
        };
        let message = format!(
            "text follows a closing quote, and {done}; write a quote inside a quoted cell twice"
        );
        let place = self.place(records);
        builder.inventory.problems.push(Problem {
            row_rejected: rejected,
            ..Problem::new(place, ProblemKind::StrayQuote, message)
        });
        counts.ledger.rejected += u64::from(rejected);
        !rejected
    }

    fn row(
        &self,
        records: &mut Records<'_>,
        readers: &mut [RowReader<'_>],
        builder: &mut InventoryBuilder,
        counts: &mut Counts,
    ) {
        let place = self.place(records);
        if self.is_passed_over(records, builder, place) {
            counts.ledger.skipped += 1;
            return;
        }
        if let Some((kind, message, rejected)) = self.width_problem(records) {
            let problem = Problem { row_rejected: rejected, ..Problem::new(place, kind, message) };
            builder.inventory.problems.push(problem);
            if rejected {
                counts.ledger.rejected += 1;
                return;
            }
        }
        if self.says_no_credential(records) {
            counts.ledger.skipped += 1;
            counts.no_credential += 1;
            return;
        }
        if !self.plan.doubles.is_empty() {
            self.read_doubles(records, builder, place);
        }
        let swapped = |reader: &mut RowReader<'_>| reader.swapped(records, builder, place);
        if let Some(problem) = readers.first_mut().and_then(swapped) {
            builder.inventory.problems.push(problem);
            counts.ledger.rejected += 1;
            return;
        }
        let listed = self.listed(records);
        let value = listed.is_none().then(|| self.value(records, builder)).flatten();
        if self.plan.has_secrets {
            self.hide(records, builder, value, place);
        }
        counts.of_other_key = counts.of_other_key || self.has_other_token(records);
        let (filled, any) = if let Some(listed) = listed {
            self.read_each(&listed, (records, readers), builder)
        } else {
            let fingerprint = self.fingerprint(records, builder, value);
            self.read_slots(records, readers, builder, fingerprint)
        };
        if any {
            return;
        }
        if !filled {
            counts.ledger.skipped += 1;
            counts.no_credential += 1;
            return;
        }
        counts.ledger.rejected += 1;
        let message =
            "the row names neither a credential nor a service; fill in one of them".to_owned();
        reject(builder, place, ProblemKind::NothingNamed, message);
    }

    /// Adds what stands in the second of two columns with one heading; tells where it is lost.
    fn read_doubles(
        &self,
        records: &mut Records<'_>,
        builder: &mut InventoryBuilder,
        place: Place,
    ) {
        let Second { changes, lost } = second_columns::second(self.plan, records);
        for meaning in lost {
            let heading = self.plan.heading(meaning);
            let message = "a second column of this name says something else here, and the first is \
                           read; give one of them another name";
            builder.problem(place, heading, ProblemKind::DoubledColumn, message.to_owned());
        }
        if !changes.is_empty() {
            let (text, bounds) = with_changes(records, &changes);
            records.replace(text, bounds);
        }
    }

    /// Reads each credential of which the row speaks: whether any place for one is filled, and
    /// whether any was read.
    pub(crate) fn read_slots(
        &self,
        records: &Records<'_>,
        readers: &mut [RowReader<'_>],
        builder: &mut InventoryBuilder,
        fingerprint: Option<u32>,
    ) -> (bool, bool) {
        let place = self.place(records);
        let (mut filled, mut any) = (false, false);
        for reader in readers {
            if !reader.is_filled(records) {
                continue;
            }
            filled = true;
            let next = builder.inventory.rows.len() as u32;
            let read = reader.read(records, builder, fingerprint, place);
            if any && read {
                builder.further.push(next);
            }
            any |= read;
        }
        (filled, any)
    }

    /// Whether a row says nothing of its own: blank, a header again, a line of totals.
    fn is_passed_over(
        &self,
        records: &mut Records<'_>,
        builder: &mut InventoryBuilder,
        place: Place,
    ) -> bool {
        if (0..records.width()).all(|column| records.cell(column).is_empty()) {
            return true;
        }
        if let Some(order) = self.order_of_header(records) {
            if !self.repeats_header(records) {
                records.set_order(order);
                let message = "the columns stand in another order from here on; the rows below \
                               are read by this header"
                    .to_owned();
                builder.problem(place, "", ProblemKind::NewHeader, message);
            }
            return true;
        }
        if is_footer(records) {
            let message = "this looks like a line of totals below the table and is passed over; \
                           delete it"
                .to_owned();
            builder.problem(place, "", ProblemKind::Footer, message);
            return true;
        }
        false
    }

    pub(crate) fn too_long(&self, error: LineTooLong) -> ImportError {
        let LineTooLong { line, bytes } = error;
        ImportError::LineTooLong { file: self.file.to_owned(), line, bytes }
    }

    fn repeats_header(&self, records: &Records<'_>) -> bool {
        let header = &self.plan.reading.header;
        let same = |(at, name): (usize, &String)| {
            let cell = records.cell(at);
            cell.eq_ignore_ascii_case(name)
                || cell.trim_start_matches('#').trim_start().eq_ignore_ascii_case(name)
        };
        records.width() == header.len() && header.iter().enumerate().all(same)
    }

    /// Where each column of the header stands in a row that consists of the header's names.
    fn order_of_header(&self, records: &Records<'_>) -> Option<Vec<usize>> {
        let header = &self.plan.reading.header;
        if records.width() != header.len() {
            return None;
        }
        // Hardly any row starts with a name of the header.
        let first = records.cell_as_written(0);
        let bare = first.trim_start_matches('#').trim_start();
        let is_first =
            |name: &String| first.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(name);
        if !header.iter().any(is_first) || header.iter().any(String::is_empty) {
            return None;
        }
        let mut free: Vec<usize> = (0..header.len()).collect();
        let place = |name: &String| {
            let is_same = |at: &usize| {
                let cell = records.cell_as_written(*at);
                let bare = cell.trim_start_matches('#').trim_start();
                cell.eq_ignore_ascii_case(name) || bare.eq_ignore_ascii_case(name)
            };
            let found = free.iter().position(is_same)?;
            Some(free.remove(found))
        };
        header.iter().map(place).collect()
    }

    /// What is wrong with the number of cells, and whether the row is left out for it.
    fn width_problem(&self, records: &Records<'_>) -> Option<(ProblemKind, String, bool)> {
        let (cells, names) = (records.width(), self.plan.reading.header.len());
        if cells == names {
            return None;
        }
        let counted = format!("the row has {cells} cells and the header {names}");
        if cells > names {
            let spare = (names..cells).all(|column| records.cell(column).is_empty());
            if spare && !self.plan.has_secrets {
                return None;
            }
            let message = format!("{counted}; quote cells that hold the delimiter");
            return Some((ProblemKind::TooManyCells, message, true));
        }
        if self.plan.has_secrets {
            let message = format!("{counted}, so a secret could stand anywhere; complete the row");
            return Some((ProblemKind::TooFewCells, message, true));
        }
        let message = format!("{counted}; the missing ones count as unknown");
        (cells <= self.plan.last_used_column).then_some((ProblemKind::TooFewCells, message, false))
    }

    fn says_no_credential(&self, records: &Records<'_>) -> bool {
        let Some((column, words)) = self.plan.no_credential else { return false };
        words.iter().any(|word| records.cell(column).eq_ignore_ascii_case(word))
    }

    /// The fingerprint of the row's secret value, if it has one.
    fn value(&self, records: &Records<'_>, builder: &mut InventoryBuilder) -> Option<u32> {
        let value = records.cell(self.plan.columns().of(Meaning::Value)?);
        (!words::is_placeholder(value)).then(|| builder.fingerprint(self.keyed.of_value(value)))
    }

    /// The fingerprint by which the row is known: its value's, or the one that it supplies.
    fn fingerprint(
        &self,
        records: &Records<'_>,
        builder: &mut InventoryBuilder,
        value: Option<u32>,
    ) -> Option<u32> {
        let Some(column) = self.plan.columns().of(Meaning::Fingerprint) else { return value };
        let supplied = records.cell(column);
        if words::is_placeholder(supplied) {
            return value;
        }
        let supplied = builder.fingerprint(self.keyed.of_supplied(supplied));
        if let Some(value) = value {
            builder.same.push((value, supplied));
        }
        Some(value.unwrap_or(supplied))
    }

    /// Whether a token that this key did not make stands in the place of a fingerprint or a value.
    fn has_other_token(&self, records: &Records<'_>) -> bool {
        let columns = [Meaning::Fingerprint, Meaning::Value].map(|of| self.plan.columns().of(of));
        columns.into_iter().flatten().any(|at| self.keyed.is_of_other_key(records.cell(at)))
    }
}

/// Notes a row that is left out.
pub(crate) fn reject(
    builder: &mut InventoryBuilder,
    place: Place,
    kind: ProblemKind,
    message: String,
) {
    let problem = Problem { row_rejected: true, ..Problem::new(place, kind, message) };
    builder.inventory.problems.push(problem);
}

/// Whether a row says how many there were, as databases and spreadsheets write below a table.
pub(crate) fn is_footer(records: &Records<'_>) -> bool {
    let mut cells = (0..records.width()).map(|at| records.cell(at)).filter(|cell| !cell.is_empty());
    let Some(first) = cells.next().filter(|first| first.len() < 40) else { return false };
    let is_number =
        |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit() || b",. ".contains(&byte));
    words::is_footer(first) && cells.all(is_number)
}
