//! Rows whose columns stand the other way round, as where a table was pasted below another one.
//!
//! A row is left out where it says so by itself: a word of access, level or status as environment,
//! and none in the column of such words. What only other rows tell (names that are services there
//! and environments here) is told once all are read, and the row stays as it is: the table may have
//! been wrong above.

use std::collections::BTreeSet;

use crate::import::csv::records::Records;
use crate::import::rows::builder::{InventoryBuilder, RowSubject};
use crate::import::rows::memo::Memo;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{Environments, Link, NameId, Place, Problem, ProblemKind, RowId, SourceId};

/// Looks at single rows of one table.
pub(crate) struct Swaps {
    /// The columns of environments, where any column holds words that could stand there instead.
    environments: Vec<(Meaning, usize)>,
    service: Option<usize>,
    /// Of which columns the words are that stand as environments.
    signs: Memo<Signs>,
}

#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
/// Which columns could a word come from that stands as an environment.
#[derive(Clone, Copy, Default, PartialEq)]
struct Signs {
    access: bool,
    level: bool,
    status: bool,
    /// Whether it is nothing else.
    plain: bool,
}

const WORDS: [Meaning; 3] = [Meaning::Access, Meaning::Level, Meaning::Status];

impl Swaps {
    pub(crate) fn new(plan: &Plan) -> Self {
        let columns = plan.columns();
        let any = WORDS.iter().any(|meaning| columns.of(*meaning).is_some());
        let environments =
            [Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment];
        let environments =
            environments.into_iter().filter_map(|meaning| Some((meaning, columns.of(meaning)?)));
        let access = columns.of(Meaning::Access);
        Self {
            environments: environments.filter(|_| any).collect(),
            service: columns.of(Meaning::Service).filter(|_| access.is_some()),
            signs: Memo::new(),
        }
    }

    /// What is wrong with a row whose words certainly stand under each other's headings.
    pub(crate) fn look(
        &mut self,
        plan: &Plan,
        records: &Records<'_>,
        (known, place): (&Environments, Place),
    ) -> Option<Problem> {
        let (here, word, there) = self.swapped(plan, records, known)?;
        let message = format!(
            "{} stands as the {} and no such word as the {}, so the columns seem to be swapped; \
             put each under its heading",
            words::shown(word),
            here.word(),
            there.word()
        );
        Some(Problem {
            column: plan.heading(here).to_owned(),
            row_rejected: true,
            ..Problem::new(place, ProblemKind::SwappedColumns, message)
        })
    }

    /// Where a word stands, the word, and where it should stand.
    fn swapped<'r>(
        &mut self,
        plan: &Plan,
        records: &'r Records<'_>,
        known: &Environments,
    ) -> Option<(Meaning, &'r str, Meaning)> {
        let cell = |meaning: Meaning| plan.columns().of(meaning).map_or("", |at| records.cell(at));
        for &(meaning, column) in &self.environments {
            let word = records.cell(column);
            let signs = self.signs.find(word).unwrap_or_else(|| {
                let signs = Signs::of(word, known);
                self.signs.add(word, signs);
                signs
            });
            if signs == Signs::default() {
                continue;
            }
            let strange = |there: &Meaning| {
                let cell = cell(*there);
                signs.fits(*there)
                    && !words::is_unknown(cell)
                    && !is_word_of(*there, cell)
                    && (signs.plain || known.knows(cell))
            };
            if let Some(there) = WORDS.into_iter().find(strange) {
                return Some((meaning, word, there));
            }
        }
        let service = records.cell(self.service?);
        let access = cell(Meaning::Access);
        (is_plain_access(service)
            && !words::is_unknown(access)
            && !is_word_of(Meaning::Access, access))
        .then_some((Meaning::Service, service, Meaning::Access))
    }
}

impl Signs {
    fn of(word: &str, known: &Environments) -> Self {
        if words::is_unknown(word) || known.knows(word) {
            return Self::default();
        }
        let plain = is_plain_access(word)
            || ["read", "write", "admin", "active", "revoked", "expired", "disabled", "inactive"]
                .iter()
                .any(|one| word.eq_ignore_ascii_case(one));
        Self {
            access: words::access(word).is_some(),
            level: words::level(word).is_some(),
            status: words::status(word).is_some(),
            plain,
        }
    }

    fn fits(self, there: Meaning) -> bool {
        match there {
            Meaning::Access => self.access || self.level,
            Meaning::Level => self.level,
            _ => self.status,
        }
    }
}

/// Whether a word can be nothing but one of access.
fn is_plain_access(word: &str) -> bool {
    matches!(word.len(), 4..=6)
        && ["holds", "grants", "both"].iter().any(|one| word.eq_ignore_ascii_case(one))
}

fn is_word_of(column: Meaning, word: &str) -> bool {
    match column {
        Meaning::Access => words::access(word).is_some() || words::level(word).is_some(),
        Meaning::Level => words::level(word).is_some(),
        _ => words::status(word).is_some(),
    }
}

/// What a table calls the columns that may be swapped.
pub(crate) struct Headings {
    source: SourceId,
    id: String,
    service: String,
    environment: String,
}

impl Headings {
    pub(crate) fn of(plan: &Plan, source: SourceId) -> Self {
        let first = |meanings: &[Meaning]| {
            let mut known = meanings.iter().filter(|one| plan.columns().of(**one).is_some());
            known.next().map_or_else(String::new, |one| plan.heading(*one).to_owned())
        };
        Self {
            source,
            id: first(&[Meaning::Id, Meaning::Label]),
            service: first(&[Meaning::Service, Meaning::Holder, Meaning::Target]),
            environment: first(&[
                Meaning::Environment,
                Meaning::HolderEnvironment,
                Meaning::TargetEnvironment,
            ]),
        }
    }
}

/// As what a name was seen.
const ID: u8 = 1;
const SERVICE: u8 = 2;
const ENVIRONMENT: u8 = 4;

/// So many rows are the other way round at least, before anybody is told.
const LEAST: usize = 3;

/// Which two columns stand the other way round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Swap {
    ServiceAndEnvironment,
    IdAndEnvironment,
    IdAndService,
}

/// Tells of every row that uses names the other way round than the rows beside it.
pub(crate) fn tell(builder: &mut InventoryBuilder) {
    let seen = seen(builder);
    if !seen.iter().any(|seen| seen.count_ones() > 1) {
        return;
    }
    let mut found = by_labels(builder, &seen);
    if seen.iter().any(|seen| seen & (ID | SERVICE) == ID | SERVICE) {
        found.extend(by_order(builder));
    }
    for (row, swap) in found {
        let Some(place) = builder.inventory.rows.get(row.0 as usize).map(|row| row.place) else {
            continue;
        };
        let headings = builder.headings.iter().find(|one| one.source == place.source);
        let column = headings.map(|one| match swap {
            Swap::ServiceAndEnvironment => one.environment.clone(),
            Swap::IdAndEnvironment | Swap::IdAndService => one.id.clone(),
        });
        let other = headings.map_or("", |one| match swap {
            Swap::ServiceAndEnvironment | Swap::IdAndService => one.service.as_str(),
            Swap::IdAndEnvironment => one.environment.as_str(),
        });
        let message = format!(
            "what stands here is used as the {} elsewhere, and what stands as “{other}” as the {}; \
             if the columns are swapped from here on, put each under its heading",
            swap.words().0,
            swap.words().1,
        );
        let column = column.unwrap_or_default();
        let problem = Problem::new(place, ProblemKind::SwappedColumns, message);
        builder.inventory.problems.push(Problem { column, ..problem });
    }
}

impl Swap {
    /// As what the names are known that stand in the first and in the second column.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ServiceAndEnvironment => ("service", "environment"),
            Self::IdAndEnvironment => ("environment", "id"),
            Self::IdAndService => ("service", "id"),
        }
    }
}

fn id_of(speaks: RowSubject) -> Option<NameId> {
    match speaks {
        RowSubject::OfCredential { id, .. } => id,
        RowSubject::OfService => None,
    }
}

/// By name, as what it was seen.
fn seen(builder: &InventoryBuilder) -> Vec<u8> {
    let mut seen = vec![0_u8; builder.inventory.names.len()];
    let mut mark = |name: NameId, what: u8| {
        if let Some(seen) = seen.get_mut(name.index()) {
            *seen |= what;
        }
    };
    for id in builder.speaks.iter().filter_map(|speaks| id_of(*speaks)) {
        mark(id, ID);
    }
    for instance in &builder.inventory.instances {
        mark(instance.service, SERVICE);
        mark(instance.environment, ENVIRONMENT);
    }
    seen
}

/// Rows where a label that is known stands as service or id, and a service or id as environment.
fn by_labels(builder: &InventoryBuilder, seen: &[u8]) -> BTreeSet<(RowId, Swap)> {
    let InventoryBuilder { inventory, environments, speaks, .. } = builder;
    let is = |name: NameId, what: u8| seen.get(name.index()).is_some_and(|seen| seen & what != 0);
    let known = |name: NameId| environments.knows(inventory.names.text(name));
    // Only names that were seen as both are looked up.
    let label = |name: NameId| is(name, ENVIRONMENT) && known(name);
    let strange = |name: NameId| name != builder.blank && !known(name);
    let services: Vec<(bool, bool)> = inventory
        .instances
        .iter()
        .map(|one| {
            let weak = label(one.service) && strange(one.environment);
            (weak && is(one.environment, SERVICE), weak)
        })
        .collect();
    let of = |link: &Link| services.get(link.instance.0 as usize).copied();
    let source = |link: &Link| inventory.rows.get(link.row.0 as usize).map(|row| row.place.source);
    let strong = inventory.links.iter().filter(|one| of(one).is_some_and(|found| found.0));
    let sources: BTreeSet<SourceId> = strong.filter_map(source).collect();
    let mut found = BTreeSet::new();
    for link in &inventory.links {
        let weak = of(link).is_some_and(|found| found.1);
        if weak && source(link).is_some_and(|source| sources.contains(&source)) {
            found.insert((link.row, Swap::ServiceAndEnvironment));
        }
        let id = speaks.get(link.row.0 as usize).and_then(|speaks| id_of(*speaks));
        let Some(id) = id.filter(|id| is(*id, ENVIRONMENT)) else { continue };
        let instance = inventory.instances.get(link.instance.0 as usize);
        let environment = instance.map_or(builder.blank, |one| one.environment);
        if is(environment, ID) && strange(environment) && known(id) {
            found.insert((link.row, Swap::IdAndEnvironment));
        }
    }
    found
}

/// Rows whose id was first seen as a service and whose service was first seen as an id, in tables
/// that part the two otherwise: where credentials are named after services, some rows name two of
/// a kind.
fn by_order(builder: &InventoryBuilder) -> BTreeSet<(RowId, Swap)> {
    let InventoryBuilder { inventory, speaks, .. } = builder;
    let mut first = vec![(u16::MAX, 0_u8); inventory.names.len()];
    let mut found = BTreeSet::new();
    let mut here = Turned::default();
    let mut source = SourceId(0);
    for link in &inventory.links {
        let at = link.row.0 as usize;
        let Some(row) = inventory.rows.get(at) else { continue };
        if row.place.source != source {
            std::mem::take(&mut here).tell(&mut found);
            source = row.place.source;
        }
        let id = speaks.get(at).and_then(|speaks| id_of(*speaks));
        let service = inventory.instances.get(link.instance.0 as usize).map(|one| one.service);
        let (Some(id), Some(service)) = (id, service) else { continue };
        if id == service {
            continue;
        }
        let mut was = |name: NameId, what: u8| {
            let Some(slot) = first.get_mut(name.index()) else { return 0 };
            if slot.0 != source.0 {
                *slot = (source.0, what);
                return 0;
            }
            slot.1
        };
        match (was(id, ID), was(service, SERVICE)) {
            (SERVICE, ID) => here.rows.push(link.row),
            (SERVICE, SERVICE) | (ID, ID) => here.of_a_kind += 1,
            (ID, SERVICE) if !here.rows.is_empty() => here.between += 1,
            _ => {}
        }
    }
    here.tell(&mut found);
    found
}

/// The rows of a table that are the other way round, and what speaks against it.
#[derive(Default)]
struct Turned {
    rows: Vec<RowId>,
    of_a_kind: usize,
    /// Rows behind the first of them that are as those above.
    between: usize,
}

impl Turned {
    fn tell(self, found: &mut BTreeSet<(RowId, Swap)>) {
        let Self { rows, of_a_kind, between } = self;
        if rows.len() >= LEAST && of_a_kind * 10 <= rows.len() && between <= rows.len() * 4 {
            found.extend(rows.into_iter().map(|row| (row, Swap::IdAndService)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::secrets::fingerprint::FingerprintKey;
    use crate::import::{FileBytes, ImportSettings, import};
    use crate::inventory::Progress;

    /// The lines and columns of which it is told, and whether the row is left out.
    fn told(text: &str) -> Vec<(u32, String, bool)> {
        let files = vec![FileBytes::new("t.csv", text.as_bytes().to_vec())];
        let key = FingerprintKey::from_bytes([1; 32]);
        let inventory =
            import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
        let problems = inventory.problems.into_iter();
        let swaps = problems.filter(|problem| problem.kind == ProblemKind::SwappedColumns);
        swaps.map(|one| (one.place.line, one.column, one.row_rejected)).collect()
    }

    #[test]
    fn a_word_of_access_as_environment_leaves_its_row_out() {
        let header = "id,service,environment,access,status\n";
        let rows =
            "k1,a,grants,dev,\nk2,a,dev,grants,\nk3,a,server,holds,\nk4,a,active,holds,prod\n";
        let environment = || "environment".to_owned();
        assert_eq!(
            told(&format!("{header}{rows}")),
            [(2, environment(), true), (5, environment(), true)]
        );
        assert_eq!(told(&format!("{header}k1,holds,dev,a,\n")), [(2, "service".to_owned(), true)]);
        assert_eq!(told(&format!("{header}k1,a,server,depends on,\n")), []);
    }

    #[test]
    fn credentials_that_are_named_after_services_are_no_swap() {
        let mut text = "id,service,environment\n".to_owned();
        for id in ["a", "b", "c", "d", "e"] {
            for service in ["a", "b", "c", "d", "e"] {
                text.extend([id, ",", service, ",prod\n"]);
            }
        }
        assert_eq!(told(&text), []);
        assert_eq!(told("id,service,environment\nk1,ci,emea\nk2,shared,emea\nk3,emea,\n"), []);
    }
}
