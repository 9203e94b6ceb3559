//! What a record is, judged as a whole: a row, the header once more, a line of totals, too wide or
//! too short.

use crate::import::csv::records::Records;
use crate::import::schema::marked::environment_in;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::ProblemKind;

/// A record that says nothing of its own.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoRow {
    /// All its cells are empty.
    Blank,
    /// It is the header again.
    Header,
    /// It is the header again with its columns in another order: where each stands.
    NewOrder(Vec<usize>),
    /// It is a line of totals below the table.
    Footer,
}

/// Why a record is no row, if it is none.
pub(crate) fn no_row(plan: &Plan, records: &Records<'_>) -> Option<NoRow> {
    if (0..records.width()).all(|column| records.cell(column).is_empty()) {
        return Some(NoRow::Blank);
    }
    if let Some(order) = order_of_header(plan, records) {
        let is_same = repeats_header(plan, records);
        return Some(if is_same { NoRow::Header } else { NoRow::NewOrder(order) });
    }
    is_footer(records).then_some(NoRow::Footer)
}

/// What is wrong with the number of a row's cells.
pub(crate) struct WidthProblem {
    pub(crate) kind: ProblemKind,
    pub(crate) message: String,
    /// Whether the row is left out for it.
    pub(crate) is_rejected: bool,
}

/// What is wrong with the number of cells: it is neither that of the header nor that of most rows.
pub(crate) fn width_problem(plan: &Plan, records: &Records<'_>) -> Option<WidthProblem> {
    let (cells, names) = (records.width(), plan.schema.header.len());
    let usual = plan.schema.usual_width;
    if cells == names {
        return usual.filter(|usual| *usual > names).map(|usual| {
            let message = format!(
                "the row has {cells} cells and most rows have {usual}; check that none is missing \
                 before the last"
            );
            WidthProblem { kind: ProblemKind::TooFewCells, message, is_rejected: false }
        });
    }
    let is_usual = usual == Some(cells);
    let counted = format!("the row has {cells} cells and the header {names}");
    if cells > names {
        let problem = too_wide(plan, records, &counted);
        return (problem.is_rejected || !is_usual).then_some(problem);
    }
    let kind = ProblemKind::TooFewCells;
    if plan.has_secrets {
        let message = format!("{counted}, so a secret could stand anywhere; complete the row");
        return Some(WidthProblem { kind, message, is_rejected: true });
    }
    let message = format!("{counted}; the missing ones count as unknown");
    let is_needed = cells <= plan.last_used_column || !is_usual;
    is_needed.then_some(WidthProblem { kind, message, is_rejected: false })
}

/// A row with more cells than the header. Blank ones behind the last column are harmless only if no
/// other cell is blank: else a delimiter may stand there twice, and the cells behind it are shifted.
fn too_wide(plan: &Plan, records: &Records<'_>, counted: &str) -> WidthProblem {
    let (cells, names) = (records.width(), plan.schema.header.len());
    let kind = ProblemKind::TooManyCells;
    let is_blank = |column: usize| records.cell(column).is_empty();
    let are_spare_blank = (names..cells).all(is_blank) && !plan.has_secrets;
    let is_usual = plan.schema.usual_width == Some(cells);
    if are_spare_blank && (is_usual || !(0..names).any(is_blank)) {
        let message = format!("{counted}; the blank ones behind the last column are ignored");
        return WidthProblem { kind, message, is_rejected: false };
    }
    let advice = "quote cells that hold the delimiter, and delete a delimiter that stands twice";
    let message = format!("{counted}, so its cells may stand under other columns; {advice}");
    WidthProblem { kind, message, is_rejected: true }
}

/// Whether a row has nothing but the name of an environment, once or in merged cells, where a credential
/// or a service is named in a table without environments: people write it above the rows for which it
/// holds.
pub(crate) fn names_group(plan: &Plan, records: &Records<'_>) -> bool {
    let mut filled = (0..records.width()).filter(|at| !records.cell(*at).is_empty());
    let Some(column) = filled.next() else { return false };
    let cell = records.cell(column);
    let columns = plan.columns();
    let is = |meaning: Meaning| columns.of(meaning) == Some(column);
    let environments =
        [Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment];
    plan.schema.header.len() > 1
        && filled.all(|at| records.cell(at) == cell)
        && plan.schema.marks.is_none()
        && [Meaning::Id, Meaning::Label, Meaning::Service, Meaning::Holder].into_iter().any(is)
        && !environments.into_iter().any(|meaning| columns.of(meaning).is_some())
        && environment_in(cell).is_some()
}

/// Whether the row says, as exports of its kind do, that it is about no credential.
pub(crate) fn says_no_credential(plan: &Plan, records: &Records<'_>) -> bool {
    let Some((column, words)) = plan.no_credential() else { return false };
    words.iter().any(|word| records.cell(*column).eq_ignore_ascii_case(word))
}

/// Whether a row counts the others, as databases and spreadsheets write below a table.
pub(crate) fn is_footer(records: &Records<'_>) -> bool {
    let mut cells = (0..records.width()).map(|at| records.cell(at)).filter(|cell| !cell.is_empty());
    let Some(first) = cells.next().filter(|first| first.len() < 40) else { return false };
    let is_number =
        |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit() || b",. ".contains(&byte));
    words::is_footer(first) && cells.all(is_number)
}

/// A cell that may be a column's name, with or without `#` before it.
struct NameCell<'a> {
    written: &'a str,
    bare: &'a str,
}

impl<'a> NameCell<'a> {
    fn new(written: &'a str) -> Self {
        Self { written, bare: written.trim_start_matches('#').trim_start() }
    }

    fn is(&self, name: &str) -> bool {
        self.written.eq_ignore_ascii_case(name) || self.bare.eq_ignore_ascii_case(name)
    }
}

fn repeats_header(plan: &Plan, records: &Records<'_>) -> bool {
    let schema = &plan.schema;
    let width = schema.header.len();
    records.width() == width
        && (0..width).all(|at| NameCell::new(records.cell(at)).is(schema.written(at)))
}

/// Where each column of the header stands in a row that consists of the header's names.
fn order_of_header(plan: &Plan, records: &Records<'_>) -> Option<Vec<usize>> {
    let schema = &plan.schema;
    let width = schema.header.len();
    if records.width() != width {
        return None;
    }
    // Hardly any row starts with a name of the header.
    let first = records.cell_as_written(0);
    if !first.starts_with('#') && !plan.has_heading_of(first.len()) {
        return None;
    }
    let first = NameCell::new(first);
    let mut names = (0..width).map(|at| schema.written(at));
    if !names.any(|name| first.is(name)) || schema.header.iter().any(String::is_empty) {
        return None;
    }
    let mut free: Vec<usize> = (0..width).collect();
    let mut place = |name: &str| {
        let is_same = |at: &usize| NameCell::new(records.cell_as_written(*at)).is(name);
        let found = free.iter().position(is_same)?;
        Some(free.remove(found))
    };
    (0..width).map(|at| place(schema.written(at))).collect()
}
