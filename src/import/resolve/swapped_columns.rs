//! Columns that are swapped in some rows, as only other rows can show: names that are services
//! there and environments here.
//!
//! It is reported once all rows are read, and the rows stay as they are: the table may have been
//! wrong above.

use std::collections::BTreeSet;

use crate::import::rows::builder::InventoryBuilder;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::{Link, NameId, Problem, ProblemKind, RowId, SourceId};

/// What a table calls the columns that may be swapped.
pub(crate) struct SwappableHeadings {
    source: SourceId,
    id: String,
    service: String,
    environment: String,
}

impl SwappableHeadings {
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

/// What a name is used as.
const ID: u8 = 1;
const SERVICE: u8 = 2;
const ENVIRONMENT: u8 = 4;

/// The fewest rows that are reported: one or two may use a name in two ways by accident.
const LEAST: usize = 3;

/// Which two columns stand the other way round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Swap {
    ServiceAndEnvironment,
    IdAndEnvironment,
    IdAndService,
}

/// Reports every row that uses names the other way round than the rows beside it.
pub(crate) fn report(builder: &mut InventoryBuilder, headings: &[SwappableHeadings]) {
    let uses = uses(builder);
    if !uses.iter().any(|uses| uses.count_ones() > 1) {
        return;
    }
    let mut found = by_labels(builder, &uses);
    if uses.iter().any(|uses| uses & (ID | SERVICE) == ID | SERVICE) {
        found.extend(by_order(builder));
    }
    for (row, swap) in found {
        let Some(place) = builder.inventory.rows.get(row.0 as usize).map(|row| row.place) else {
            continue;
        };
        let headings = headings.iter().find(|one| one.source == place.source);
        let (column, other) = headings.map_or(("", ""), |one| swap.headings(one));
        let (here, there) = swap.words();
        let message = format!(
            "the value here is used as the {here} elsewhere, and the value of “{other}” as the \
             {there}; if the columns are swapped from here on, put each under its heading",
        );
        let problem = Problem::new(place, ProblemKind::SwappedColumns, message);
        builder.inventory.problems.push(Problem { column: column.to_owned(), ..problem });
    }
}

impl Swap {
    /// What the first and the second column are called.
    fn headings(self, of: &SwappableHeadings) -> (&str, &str) {
        match self {
            Self::ServiceAndEnvironment => (&of.environment, &of.service),
            Self::IdAndEnvironment => (&of.id, &of.environment),
            Self::IdAndService => (&of.id, &of.service),
        }
    }

    /// What the names in the first and in the second column are used as elsewhere.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ServiceAndEnvironment => ("service", "environment"),
            Self::IdAndEnvironment => ("environment", "id"),
            Self::IdAndService => ("service", "id"),
        }
    }
}

/// What each name is used as.
fn uses(builder: &InventoryBuilder) -> Vec<u8> {
    let mut uses = vec![0_u8; builder.inventory.names.len()];
    let mut mark = |name: NameId, what: u8| {
        if let Some(uses) = uses.get_mut(name.index()) {
            *uses |= what;
        }
    };
    for id in builder.subjects.iter().filter_map(|subject| subject.id()) {
        mark(id, ID);
    }
    for instance in &builder.inventory.instances {
        mark(instance.service, SERVICE);
        mark(instance.environment, ENVIRONMENT);
    }
    uses
}

/// Rows where a label that is known stands as service or id, and a service or id as environment.
fn by_labels(builder: &InventoryBuilder, uses: &[u8]) -> BTreeSet<(RowId, Swap)> {
    let InventoryBuilder { inventory, environments, subjects, .. } = builder;
    let is = |name: NameId, what: u8| uses.get(name.index()).is_some_and(|uses| uses & what != 0);
    let known = |name: NameId| environments.knows(inventory.names.text(name));
    // Only names that are used as both are looked up.
    let label = |name: NameId| is(name, ENVIRONMENT) && known(name);
    let unknown = |name: NameId| name != builder.blank && !known(name);
    let services: Vec<(bool, bool)> = inventory
        .instances
        .iter()
        .map(|one| {
            let weak = label(one.service) && unknown(one.environment);
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
        let id = subjects.get(link.row.0 as usize).and_then(|subject| subject.id());
        let Some(id) = id.filter(|id| is(*id, ENVIRONMENT)) else { continue };
        let instance = inventory.instances.get(link.instance.0 as usize);
        let environment = instance.map_or(builder.blank, |one| one.environment);
        if is(environment, ID) && unknown(environment) && known(id) {
            found.insert((link.row, Swap::IdAndEnvironment));
        }
    }
    found
}

/// Rows whose id was first seen as a service and whose service was first seen as an id, in tables
/// that otherwise keep the two apart: where credentials are named after services, some rows name
/// two of a kind.
fn by_order(builder: &InventoryBuilder) -> BTreeSet<(RowId, Swap)> {
    let InventoryBuilder { inventory, subjects, .. } = builder;
    let mut first = vec![(u16::MAX, 0_u8); inventory.names.len()];
    let mut found = BTreeSet::new();
    let mut here = SwappedRows::default();
    let mut source = SourceId(0);
    for link in &inventory.links {
        let at = link.row.0 as usize;
        let Some(row) = inventory.rows.get(at) else { continue };
        if row.place.source != source {
            std::mem::take(&mut here).add_to(&mut found);
            source = row.place.source;
        }
        let id = subjects.get(at).and_then(|subject| subject.id());
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
    here.add_to(&mut found);
    found
}

/// The rows of a table that are the other way round, and what counts against it.
#[derive(Default)]
struct SwappedRows {
    rows: Vec<RowId>,
    of_a_kind: usize,
    /// Rows behind the first of them that are as those above.
    between: usize,
}

impl SwappedRows {
    fn add_to(self, found: &mut BTreeSet<(RowId, Swap)>) {
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

    /// The lines and columns that are reported, and whether the row is left out.
    fn reported(text: &str) -> Vec<(u32, String, bool)> {
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
            reported(&format!("{header}{rows}")),
            [(2, environment(), true), (5, environment(), true)]
        );
        assert_eq!(
            reported(&format!("{header}k1,holds,dev,a,\n")),
            [(2, "service".to_owned(), true)]
        );
        assert_eq!(reported(&format!("{header}k1,a,server,depends on,\n")), []);
    }

    #[test]
    fn credentials_that_are_named_after_services_are_no_swap() {
        let mut text = "id,service,environment\n".to_owned();
        for id in ["a", "b", "c", "d", "e"] {
            for service in ["a", "b", "c", "d", "e"] {
                text.extend([id, ",", service, ",prod\n"]);
            }
        }
        assert_eq!(reported(&text), []);
        assert_eq!(reported("id,service,environment\nk1,ci,emea\nk2,shared,emea\nk3,emea,\n"), []);
    }
}
