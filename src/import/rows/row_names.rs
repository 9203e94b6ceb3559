//! Names and ids in the cells of a row: of credentials, owners, identities, kinds.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::memo::Memo;
use crate::import::rows::reported_once::CellProblem;
use crate::import::rows::row_cells::RowCells;
use crate::import::secrets::secret_shapes::is_access_key_id;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::{NameId, ProblemKind};

/// Reads the columns of names whose cells repeat.
pub(crate) struct NameReader {
    /// By meaning.
    known: [Memo<Option<NameId>>; Meaning::COUNT],
}

impl NameReader {
    pub(crate) fn new() -> Self {
        Self { known: std::array::from_fn(|_| Memo::new()) }
    }

    /// The name in a column whose cells repeat.
    pub(crate) fn read(
        &mut self,
        meaning: Meaning,
        cells: RowCells<'_>,
        builder: &mut InventoryBuilder,
    ) -> Option<NameId> {
        let cell = cells.cell(meaning);
        if cell.is_empty() {
            return None;
        }
        let known = self.known.get_mut(meaning as usize)?;
        if let Some(found) = known.find(cell) {
            return found;
        }
        let (name, problems) = name(meaning, cells, builder, None);
        builder.report_once(cells.place_of(meaning), cell, problems);
        known.add(cell, name);
        name
    }
}

/// The name in a column of ids, most of which stand in few rows. Its problems are recorded.
pub(crate) fn id(
    meaning: Meaning,
    cells: RowCells<'_>,
    builder: &mut InventoryBuilder,
    fingerprint: Option<u32>,
) -> Option<NameId> {
    cells.column(meaning)?;
    let (id, problems) = name(meaning, cells, builder, fingerprint);
    if !problems.is_empty() {
        builder.report(cells.place_of(meaning), problems);
    }
    id
}

/// The identity that stands within the id, in exports that write it there. Its problems are
/// recorded.
pub(crate) fn identity_within_id(
    cells: RowCells<'_>,
    builder: &mut InventoryBuilder,
) -> Option<NameId> {
    let [before, behind] = cells.plan.rules()?.identity_within_id.as_ref()?;
    let (_, rest) = cells.cell(Meaning::Id).split_once(before.as_str())?;
    let identity = rest.split(behind.as_str()).next().filter(|identity| !identity.is_empty())?;
    let (identity, problem) = builder.name(identity);
    builder.report(cells.place_of(Meaning::Id), problem);
    Some(identity)
}

/// Whether there was an id that a spreadsheet destroyed.
pub(crate) fn has_lost_id(cells: RowCells<'_>) -> bool {
    [Meaning::Id, Meaning::Label].into_iter().any(|meaning| {
        let cell = cells.cell(meaning);
        words::is_spreadsheet_error(cell) || words::is_rounded_number(cell)
    })
}

/// The name in a cell, and what is wrong with it.
fn name(
    meaning: Meaning,
    cells: RowCells<'_>,
    builder: &mut InventoryBuilder,
    fingerprint: Option<u32>,
) -> (Option<NameId>, Vec<CellProblem>) {
    let cell = cells.cell(meaning);
    let mut problems = Vec::new();
    let is_blank_id = matches!(meaning, Meaning::Id | Meaning::Label) && names_nothing(cell);
    if words::is_unknown(cell) || is_blank_id {
        if is_blank_id {
            report_generic(STANDS_FOR_NONE, meaning, cells, builder);
        }
        if words::is_spreadsheet_error(cell) {
            problems.push(damage(
                "a spreadsheet could not compute this cell, and it counts as unknown",
            ));
        }
        return (None, problems);
    }
    if matches!(meaning, Meaning::Id | Meaning::Label) {
        let (is_lost, problem) = damaged_id(cell);
        problems.extend(problem);
        if is_lost {
            return (None, problems);
        }
    }
    let names_credential = names_credentials(meaning, cells);
    if names_credential && fingerprint.is_none() && is_generic(cell, cells) {
        report_generic(GENERIC, meaning, cells, builder);
        let (name, problem) = builder.name(&within_instance(cell, cells));
        problems.extend(problem);
        return (Some(name), problems);
    }
    if names_credential && fingerprint.is_none() && !cells.plan.name_within.is_empty() {
        let (name, problem) = builder.name(&within(cell, cells));
        problems.extend(problem);
        return (Some(name), problems);
    }
    let is_id = matches!(meaning, Meaning::Id | Meaning::Label | Meaning::Identity);
    let (name, problem) = match cells.plan.suffix() {
        Some(suffix) if meaning == Meaning::Id => builder.name(&format!("{cell} {suffix}")),
        _ => match fingerprint.and_then(|fingerprint| builder.last_id(fingerprint, cell)) {
            Some(known) => (known, None),
            // The id of an access key is what people call the key by, and is no secret by itself.
            None if is_id && is_access_key_id(cell) => (builder.inventory.names.intern(cell), None),
            None => builder.name(cell),
        },
    };
    problems.extend(problem);
    (Some(name), problems)
}

const STANDS_FOR_NONE: &str = "what stands here for an id names nothing (nor where the column repeats it), \
                               so no rows are joined by it";
const GENERIC: &str = "every service may have a credential of this name, so that rows with it (and with \
                       others of the kind in this column) are joined only within one service and \
                       environment; give the credentials ids";

/// Whether a column names the credentials of a table: the ids, or the names where there are no ids.
fn names_credentials(meaning: Meaning, cells: RowCells<'_>) -> bool {
    match cells.column(Meaning::Id) {
        Some(_) => meaning == Meaning::Id,
        None => meaning == Meaning::Label,
    }
}

/// Whether the name of a credential is one that many have, in a table of which nothing else says within
/// what names are unique.
fn is_generic(cell: &str, cells: RowCells<'_>) -> bool {
    cells.plan.name_within.is_empty()
        && cells.plan.rules().is_none()
        && words::is_generic_name(cell)
}

/// Whether the row names its credential in a way that depends on its service.
pub(crate) fn has_generic_name(cells: RowCells<'_>) -> bool {
    [Meaning::Id, Meaning::Label]
        .into_iter()
        .any(|meaning| names_credentials(meaning, cells) && is_generic(cells.cell(meaning), cells))
}

/// Says of a column, once, what is wrong with names in it.
fn report_generic(
    message: &'static str,
    meaning: Meaning,
    cells: RowCells<'_>,
    builder: &mut InventoryBuilder,
) {
    let problem = CellProblem::new(ProblemKind::GenericName, message);
    builder.report_once(cells.place_of(meaning), message, Some(problem));
}

/// A name with the service and the environment of its row, or else with its line.
fn within_instance(name: &str, cells: RowCells<'_>) -> String {
    let first = |meanings: [Meaning; 3]| {
        let mut cells = meanings.into_iter().map(|meaning| cells.cell(meaning));
        cells.find(|cell| !words::is_unknown(cell))
    };
    let service = first([Meaning::Service, Meaning::Holder, Meaning::Target]);
    let environment =
        first([Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment]);
    let within: Vec<&str> = [service, environment].into_iter().flatten().collect();
    match within.as_slice() {
        [] => format!("{name} (line {})", cells.place.line),
        within => format!("{name} ({})", within.join(", ")),
    }
}

/// Whether an id is what programs and people write where there is none: zeros in the form of a UUID, a
/// row of one sign, or a number of zeros or nines.
fn names_nothing(cell: &str) -> bool {
    if words::is_filler_number(cell) {
        return true;
    }
    let is_zero_uuid = cell.len() == 36 && cell.bytes().all(|byte| matches!(byte, b'0' | b'-'));
    let mut signs = cell.bytes().map(|byte| byte.to_ascii_lowercase());
    let first = signs.next();
    let is_filler = cell.len() > 2
        && first.is_some_and(|first| matches!(first, b'x' | b'*' | b'?' | b'#'))
        && signs.all(|sign| Some(sign) == first);
    is_zero_uuid || is_filler
}

/// A name with that of what it is unique in: `rbac (ledger-api)`.
fn within(name: &str, cells: RowCells<'_>) -> String {
    let whole = cells.plan.name_within.iter().map(|column| cells.records.cell(*column));
    let whole: Vec<&str> = whole.filter(|cell| !words::is_unknown(cell) && *cell != "*").collect();
    if whole.is_empty() { name.to_owned() } else { format!("{name} ({})", whole.join(", ")) }
}

/// Whether a spreadsheet made an id unusable, and what is wrong with it. A rounded number could be
/// any of thousands and counts as none; what may be a day is reported and kept.
fn damaged_id(cell: &str) -> (bool, Option<CellProblem>) {
    if !cell.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return (false, None);
    }
    if words::is_rounded_number(cell) {
        let message = "a spreadsheet rounded this number, so it identifies nothing; export \
                       the column as text";
        return (true, Some(damage(message)));
    }
    let message = "a spreadsheet may have turned this id into a date; export the column as text";
    (false, words::is_day_for_id(cell).then(|| damage(message)))
}

fn damage(message: &str) -> CellProblem {
    CellProblem::new(ProblemKind::SpreadsheetDamage, message)
}
