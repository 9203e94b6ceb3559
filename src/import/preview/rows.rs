//! The first rows, cell by cell: split as an import would split them, and free of secrets.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

use crate::import::container::Sheet;
use crate::import::csv::records::{Found, Records};
use crate::import::preview::{Fate, PreviewCell, PreviewRow, guess};
use crate::import::rows::builder::InventoryBuilder;
use crate::import::schema::row_plan::Plan;
use crate::import::secrets::fingerprint::Fingerprinter;
use crate::import::secrets::{redaction, secret_detection};
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};
use crate::import::vocabulary::{lists, words};
use crate::inventory::shown;
use crate::inventory::{Fingerprint, Inventory, ProblemKind};

/// How many rows are shown.
const ROWS: usize = 20;

/// What is needed to show rows.
pub(crate) struct Rows<'a> {
    plan: &'a Plan,
    secret: Vec<bool>,
    meanings: Vec<Option<Meaning>>,
    known: (&'a InventoryBuilder, &'a Fingerprinter),
    /// The secrets of the rows that are looked at, keyed.
    secrets: BTreeSet<Fingerprint>,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(
        plans: &'a [Plan],
        plan: &'a Plan,
        synonyms: &Synonyms,
        known: (&'a InventoryBuilder, &'a Fingerprinter),
    ) -> Self {
        let header = &plan.reading.header;
        let meanings: Vec<Option<Meaning>> =
            (0..header.len()).map(|at| guess::meaning_at(plans, at)).collect();
        let hides = |meaning: Meaning| {
            matches!(meaning, Meaning::Value | Meaning::OtherSecret | Meaning::Fingerprint)
        };
        // What is called a secret stays hidden here, whatever it is said to mean, until somebody
        // says that it holds none.
        let harmless = |at: usize| {
            plan.reading.renamed.iter().any(|renamed| renamed.column == at && renamed.harmless)
        };
        let by_name = |name: &String| synonyms.meaning(name).is_some_and(|found| hides(found.0));
        let hidden = |(at, (name, own)): (usize, (&String, &Option<Meaning>))| {
            own.is_some_and(hides) || (by_name(name) && !harmless(at))
        };
        let secret = header.iter().zip(&meanings).enumerate().map(hidden).collect();
        Self { plan, secret, meanings, known, secrets: BTreeSet::new() }
    }

    /// Learns the secrets, so that none is shown where it stands as a name in another row.
    pub(crate) fn learning(mut self, text: &str) -> Self {
        let mut records = self.plan.records(text);
        while let Ok(Some(_)) = records.read() {
            for at in (0..self.secret.len()).filter(|at| self.secret.get(*at) == Some(&true)) {
                let cell = records.cell(at);
                if !words::is_placeholder(cell) {
                    self.secrets.insert(self.known.1.of_value(cell));
                }
            }
        }
        self
    }

    pub(crate) fn read(&self, sheet: &Sheet<'_>, inventory: &Inventory) -> Vec<PreviewRow> {
        let taken: BTreeSet<u32> = inventory.rows.iter().map(|row| row.place.line).collect();
        let mut said: BTreeMap<u32, (bool, &str)> = BTreeMap::new();
        let mut stop = u32::MAX;
        for problem in &inventory.problems {
            let line = problem.place.line;
            if problem.kind == ProblemKind::NewHeader {
                // Below it other columns stand in these places.
                stop = stop.min(line);
            }
            let own = said.entry(line).or_insert((false, &problem.message));
            if problem.row_rejected {
                *own = (true, &problem.message);
            }
        }
        let mut rows = Vec::new();
        let mut records = self.plan.records(sheet.text.as_str());
        while rows.len() < ROWS {
            let Ok(Some(found)) = records.read() else { break };
            let header = self.plan.reading.header_line;
            if records.line() < header || (records.line() == header && !records.shares_its_line()) {
                continue;
            }
            let line = sheet.line(records.line());
            if line >= stop {
                break;
            }
            let (fate, why) = match (said.get(&line), taken.contains(&line)) {
                (Some((true, why)), _) => (Fate::Rejected, (*why).to_owned()),
                (Some((false, why)), true) => (Fate::Taken, (*why).to_owned()),
                (None, true) => (Fate::Taken, String::new()),
                (_, false) => (Fate::Skipped, skipped(found).to_owned()),
            };
            let why = shown(&why).into_owned();
            rows.push(PreviewRow { line, fate, why, cells: self.cells(&records, (found, fate)) });
        }
        rows
    }

    /// The cells of a row, as far as they may be shown.
    fn cells(&self, records: &Records<'_>, (found, fate): (Found, Fate)) -> Vec<PreviewCell> {
        let width = self.plan.reading.header.len();
        let whole = found == Found::Cells && records.width() == width && !records.has_stray_quote();
        let any_secret = self.secret.contains(&true);
        if matches!(found, Found::Blank | Found::Comment)
            || (any_secret && (!whole || fate != Fate::Taken))
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
        let clean = self.clean(records, cell);
        let names = self.names(&clean, meaning);
        match names.as_slice() {
            [] => PreviewCell::Text(shown(&clean).into_owned()),
            [one] => PreviewCell::Text(shown(one).into_owned()),
            several => {
                PreviewCell::List(several.iter().map(|name| shown(name).into_owned()).collect())
            }
        }
    }

    /// A cell without the secrets of its row, or any that another row has.
    fn clean(&self, records: &Records<'_>, cell: &str) -> Zeroizing<String> {
        use redaction::{Forms, MASK};
        if self.secrets.contains(&self.known.1.of_value(cell)) {
            return Zeroizing::new(MASK.to_owned());
        }
        let mut clean = Zeroizing::new(cell.to_owned());
        for at in (0..self.secret.len()).filter(|at| self.secret.get(*at) == Some(&true)) {
            let secret = records.cell(at);
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
        let environments = &self.known.0.environments;
        match meaning {
            Meaning::Service | Meaning::Holder | Meaning::Target => {
                let beside = match meaning {
                    Meaning::Holder => Meaning::HolderEnvironment,
                    Meaning::Target => Meaning::TargetEnvironment,
                    _ => Meaning::Environment,
                };
                let columns = self.plan.columns();
                let has_label = [beside, Meaning::Environment]
                    .into_iter()
                    .any(|meaning| columns.of(meaning).is_some());
                let known = (!has_label).then_some(environments);
                let pieces =
                    lists::services(cell, self.plan.is_plural(meaning), known).services.into_iter();
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

fn skipped(found: Found) -> &'static str {
    match found {
        Found::Blank => "blank",
        Found::Comment => "a comment",
        Found::Cells | Found::OpenQuote { .. } => "says nothing of its own",
    }
}
