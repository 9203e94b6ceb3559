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
    let names_credential = match cells.column(Meaning::Id) {
        Some(_) => meaning == Meaning::Id,
        None => meaning == Meaning::Label,
    };
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

/// Whether an id is what programs and people write where there is none: zeros in the form of a UUID, or a
/// row of one sign.
fn names_nothing(cell: &str) -> bool {
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
