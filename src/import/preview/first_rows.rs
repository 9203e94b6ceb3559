//! The first rows, cell by cell: split as an import would split them, and free of secrets.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use crate::import::csv::records::{Found, Records};
use crate::import::preview::table_preview::{Fate, PreviewCell, PreviewRow};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::table::Table;
use crate::import::rows::unclear_rows::could_be_a_value;
use crate::import::secrets::composed_values::inner_values;
use crate::import::secrets::value_traces::ValueTraces;
use crate::import::secrets::{redaction, secret_detection};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::vocabulary::{lists, words};
use crate::inventory::shown;
use crate::inventory::{Fingerprint, Inventory, ProblemKind};

/// How many rows are shown.
const ROWS: usize = 20;

/// Shows the first rows of a table that was read.
pub(crate) struct FirstRows<'a> {
    table: &'a Table<'a>,
    builder: &'a InventoryBuilder,
    /// By column: whether it holds secrets.
    secret: Vec<bool>,
    /// By column.
    meanings: Vec<Option<Meaning>>,
    /// The secrets of the rows that are looked at, keyed.
    secrets: BTreeSet<Fingerprint>,
    /// The same where they are long, to be found within texts.
    traces: ValueTraces,
}

impl<'a> FirstRows<'a> {
    /// Learns the secrets of the table, so that none is shown where it stands as a name in another
    /// row. `builder` is what reading the table gave.
    pub(crate) fn new(
        table: &'a Table<'a>,
        builder: &'a InventoryBuilder,
        synonyms: &Synonyms,
    ) -> Self {
        let schema = &table.plan().schema;
        let meanings: Vec<Option<Meaning>> =
            (0..schema.header.len()).map(|at| table.plans.meaning_at(at)).collect();
        let hides = |meaning: Meaning| {
            matches!(meaning, Meaning::Value | Meaning::OtherSecret | Meaning::Fingerprint)
        };
        // What is called a secret stays hidden here, whatever the user says it means, until
        // somebody says that it holds none.
        let is_harmless = |at: usize| {
            schema
                .remapped_secrets
                .iter()
                .any(|remapped_secrets| remapped_secrets.column == at && remapped_secrets.harmless)
        };
        let by_name = |name: &str| synonyms.meaning(name).is_some_and(|found| hides(found.0));
        let is_secret = |(at, own): (usize, &Option<Meaning>)| {
            own.is_some_and(hides) || (by_name(schema.written(at)) && !is_harmless(at))
        };
        let secret = meanings.iter().enumerate().map(is_secret).collect();
        let (secrets, traces) = (BTreeSet::new(), ValueTraces::default());
        let mut rows = Self { table, builder, secret, meanings, secrets, traces };
        rows.learn_secrets();
        rows
    }

    fn learn_secrets(&mut self) {
        let mut records = self.table.plan().records(self.table.raw.text.as_str());
        while let Ok(Some(_)) = records.read() {
            let fingerprinter = self.table.fingerprinter;
            for at in self.secret_columns().collect::<Vec<_>>() {
                let value = records.cell(at);
                if words::is_placeholder(value) {
                    continue;
                }
                if self.secrets.insert(fingerprinter.of_value(value)) {
                    self.traces.add(fingerprinter.trace_key(), value);
                    for inner in inner_values(value) {
                        self.traces.add(fingerprinter.trace_key(), &inner);
                    }
                }
            }
        }
    }

    fn secret_columns(&self) -> impl Iterator<Item = usize> {
        let columns = self.secret.iter().enumerate();
        columns.filter(|(_, is_secret)| **is_secret).map(|(at, _)| at)
    }

    /// The rows that are shown.
    pub(crate) fn read(&self) -> Vec<PreviewRow> {
        let (raw, schema) = (self.table.raw, &self.table.plan().schema);
        let outcomes = Outcomes::of(&self.builder.inventory);
        let mut rows = Vec::new();
        let mut records = self.table.plan().records(raw.text.as_str());
        while rows.len() < ROWS {
            let Ok(Some(found)) = records.read() else { break };
            let header = schema.header_line;
            if records.line() < header || (records.line() == header && !records.shares_its_line()) {
                continue;
            }
            let line = raw.line(records.line());
            if line >= outcomes.end {
                break;
            }
            let (fate, why) = outcomes.of_line(line, found);
            let why = shown(why).into_owned();
            rows.push(PreviewRow { line, fate, why, cells: self.cells(&records, found, fate) });
        }
        rows
    }

    /// The cells of a row, as far as they may be shown.
    fn cells(&self, records: &Records<'_>, found: Found, fate: Fate) -> Vec<PreviewCell> {
        let width = self.secret.len();
        let is_whole =
            found == Found::Cells && records.width() == width && !records.has_stray_quote();
        let any_secret = self.secret.contains(&true);
        if matches!(found, Found::Blank | Found::Comment)
            || (any_secret && (!is_whole || fate != Fate::Accepted))
        {
            return Vec::new();
        }
        (0..width).map(|at| self.cell(records, at)).collect()
    }

    fn cell(&self, records: &Records<'_>, at: usize) -> PreviewCell {
        let cell = records.cell(at);
        if cell.is_empty() {
            return PreviewCell::Empty;
        }
        if self.secret.get(at).copied().unwrap_or(true) {
            return PreviewCell::Masked;
        }
        let Some(meaning) = self.meanings.get(at).copied().flatten() else {
            return PreviewCell::Unread;
        };
        if could_be_a_value(cell, meaning) {
            return PreviewCell::Masked;
        }
        let clean = self.clean(records, cell);
        let names = self.names(&clean, meaning);
        match names.as_slice() {
            [] => PreviewCell::Text(shown(&clean).into_owned()),
            [one] => PreviewCell::Text(shown(one).into_owned()),
            names => PreviewCell::List(names.iter().map(|name| shown(name).into_owned()).collect()),
        }
    }

    /// Whether a text is a value of any row, or holds one.
    pub(crate) fn repeats_a_value(&self, text: &str) -> bool {
        let fingerprinter = self.table.fingerprinter;
        let finder = self.traces.finder(fingerprinter.trace_key());
        self.secrets.contains(&fingerprinter.of_value(text))
            || finder.is_some_and(|finder| !finder.find(text).is_empty())
    }

    /// A cell without the secrets of its row, or any that another row has.
    fn clean(&self, records: &Records<'_>, cell: &str) -> Zeroizing<String> {
        use redaction::{Forms, MASK};
        if self.secrets.contains(&self.table.fingerprinter.of_value(cell)) {
            return Zeroizing::new(MASK.to_owned());
        }
        let finder = self.traces.finder(self.table.fingerprinter.trace_key());
        let traced = finder.and_then(|finder| finder.masked(cell, MASK));
        let mut clean = traced.unwrap_or_else(|| Zeroizing::new(cell.to_owned()));
        for secret in self.secret_columns().map(|at| records.cell(at)) {
            if secret.is_empty() || words::is_placeholder(secret) {
                continue;
            }
            if let Some(masked) = Forms::of(secret).masked_anywhere(&clean, MASK) {
                clean = masked;
            }
        }
        match secret_detection::masked(&clean) {
            Cow::Borrowed(_) => clean,
            Cow::Owned(masked) => Zeroizing::new(masked),
        }
    }

    /// The names in a cell that may hold several.
    fn names(&self, cell: &str, meaning: Meaning) -> Vec<String> {
        let environments = &self.builder.environments;
        match meaning {
            Meaning::Service | Meaning::Holder | Meaning::Target => {
                let beside = match meaning {
                    Meaning::Holder => Meaning::HolderEnvironment,
                    Meaning::Target => Meaning::TargetEnvironment,
                    _ => Meaning::Environment,
                };
                let columns = self.table.plan().columns();
                let has_label = [beside, Meaning::Environment]
                    .into_iter()
                    .any(|meaning| columns.of(meaning).is_some());
                let plan = self.table.plan();
                let within = plan.within_names(environments).filter(|_| !has_label);
                let pieces =
                    lists::services(cell, plan.is_plural(meaning), within).services.into_iter();
                let piece = |piece: lists::NamedService| match piece.environment {
                    Some(label) => format!("{} in {label}", piece.service),
                    None => piece.service,
                };
                pieces.map(piece).collect()
            }
            Meaning::Environment | Meaning::HolderEnvironment | Meaning::TargetEnvironment => {
                lists::labels(cell, environments)
            }
            Meaning::Owner | Meaning::ServiceOwner => {
                lists::owners(cell, |_| false).into_iter().map(Cow::into_owned).collect()
            }
            _ => vec![cell.to_owned()],
        }
    }
}

/// What became of the rows, by their lines.
struct Outcomes<'a> {
    accepted: BTreeSet<u32>,
    problems: BTreeMap<u32, LineProblem<'a>>,
    /// The line from which on other columns stand in these places.
    end: u32,
}

/// The problem of a line that is shown: the one for which it is rejected, or else its first.
struct LineProblem<'a> {
    is_rejected: bool,
    message: &'a str,
}

impl<'a> Outcomes<'a> {
    fn of(inventory: &'a Inventory) -> Self {
        let accepted = inventory.rows.iter().map(|row| row.place.line).collect();
        let mut problems: BTreeMap<u32, LineProblem<'a>> = BTreeMap::new();
        let mut end = u32::MAX;
        for problem in &inventory.problems {
            let line = problem.place.line;
            if problem.kind == ProblemKind::NewHeader {
                end = end.min(line);
            }
            let message = problem.message.as_str();
            let known = problems.entry(line).or_insert(LineProblem { is_rejected: false, message });
            if problem.row_rejected {
                *known = LineProblem { is_rejected: true, message };
            }
        }
        Self { accepted, problems, end }
    }

    /// What became of a row, and why.
    fn of_line(&self, line: u32, found: Found) -> (Fate, &'a str) {
        let is_accepted = self.accepted.contains(&line);
        match self.problems.get(&line) {
            Some(problem) if problem.is_rejected => (Fate::Rejected, problem.message),
            Some(problem) if is_accepted => (Fate::Accepted, problem.message),
            None if is_accepted => (Fate::Accepted, ""),
            Some(_) | None => (Fate::Skipped, why_skipped(found)),
        }
    }
}

fn why_skipped(found: Found) -> &'static str {
    match found {
        Found::Blank => "blank",
        Found::Comment => "a comment",
        Found::Cells | Found::OpenQuote { .. } => "says nothing of its own",
    }
}
