//! Columns that are not read although their cells look like something that the table lacks.

use crate::import::csv::sample;
use crate::import::csv::sample::{Record, SampledTable};
use crate::import::formats;
use crate::import::formats::known_format::OtherColumns;
use crate::import::schema::duplicate_columns::second_table;
use crate::import::schema::marked::environment_in;
use crate::import::schema::row_plan::Plans;
use crate::import::schema::table_schema::{By, TableSchema};
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::import::vocabulary::words::{Mark, mark};
use crate::inventory::Environments;

/// A column that is not read, and what should be said of it.
pub(crate) struct UnreadColumn {
    pub(crate) column: usize,
    pub(crate) message: String,
}

const NAMED_AS_ENVIRONMENT: &str = "the column is named like an environment, and its cells are no \
                                    marks, so that it is not read; mark what is linked with x, or \
                                    write the environments in a column of their own";
const ABOVE: &str = "the line above the header names an environment over this column and others, which is \
                     not read; write the environments into a column of their own";
const MARKS: &str = "the cells of this column are marks, and no column was read as the service; if it is \
                     named after a service, say so in a column-mapping file, in [rows]: marks = \
                     \"service\", and the names in mark_columns";

/// What a table may lack, the meanings of which one is enough, and what shows it in a cell.
struct Lack {
    what: &'static str,
    meanings: &'static [Meaning],
    fits: fn(&str, &Environments) -> bool,
}

const LACKS: [Lack; 3] = [
    Lack {
        what: "environment",
        meanings: &[Meaning::Environment, Meaning::HolderEnvironment, Meaning::TargetEnvironment],
        fits: |cell, environments| environments.knows(cell),
    },
    Lack {
        what: "owner",
        meanings: &[Meaning::Owner, Meaning::ServiceOwner],
        fits: |cell, _| is_mail_address(cell),
    },
    Lack {
        what: "service",
        meanings: &[Meaning::Service, Meaning::Holder, Meaning::Target],
        fits: |cell, _| cell.starts_with("https://") || cell.starts_with("http://"),
    },
];

/// The columns of a table that are not read, and could be what it lacks. A column mapping that was
/// printed gives the same report when it is handed back, so its columns are looked at too.
///
/// A column fits if it has two values or more, and nine of ten of its cells are of the kind.
pub(crate) fn unread_columns(table: &SampledTable<'_>, plans: &Plans) -> Vec<UnreadColumn> {
    let schema = &plans.first.schema;
    let is_closed = formats::recognise(&schema.header)
        .is_some_and(|format| format.other_columns != OtherColumns::ReadByName);
    if schema.by == By::User || is_closed {
        return Vec::new();
    }
    let mut found: Vec<UnreadColumn> = beside_the_table(plans);
    let width = schema.header.len();
    let read: Vec<Option<Meaning>> = (0..width).map(|at| plans.meaning_at(at)).collect();
    let has = |meaning: &Meaning| read.contains(&Some(*meaning));
    let lacks: Vec<&Lack> = LACKS.iter().filter(|lack| !lack.meanings.iter().any(has)).collect();
    if lacks.is_empty() {
        return found;
    }
    let sample = table.sample(schema.dialect);
    let rows = sample::below(&sample, schema.header_line.max(schema.second_header));
    let environments = Environments::default();
    for column in (0..width).filter(|at| read.get(*at) == Some(&None)) {
        let mut cells = sample::column_cells(rows, width, column);
        cells.retain(|cell| !words::is_unknown(cell));
        let is_like = |lack: &&&Lack| {
            let fitting = cells.iter().filter(|cell| (lack.fits)(cell, &environments)).count();
            fitting * 10 >= cells.len() * 9
        };
        if cells.iter().any(|cell| Some(cell) != cells.first())
            && let Some(lack) = lacks.iter().find(is_like)
        {
            let message = format!(
                "no column was read as the {}, and the cells of this one look like it; say so in the \
                 import wizard or in a column-mapping file",
                lack.what
            );
            found.push(UnreadColumn { column, message });
        }
    }
    let lacks_environment = lacks.iter().any(|lack| lack.what == "environment");
    if lacks_environment && schema.group_line == 0 {
        found.extend(below_environments(&sample, schema));
    }
    if schema.marks.is_none() {
        let unread: Vec<usize> = (0..width).filter(|at| read.get(*at) == Some(&None)).collect();
        let lacks = |what: &str| lacks.iter().any(|lack| lack.what == what);
        found.extend(of_a_matrix(&schema.header, &unread, &lacks, |column| {
            let mut cells = sample::column_cells(rows, width, column);
            cells.retain(|cell| !words::is_unknown(cell));
            cells
        }));
    }
    found
}

/// The first column of a second table that stands beside the first, which is not read.
fn beside_the_table(plans: &Plans) -> Vec<UnreadColumn> {
    let schema = &plans.first.schema;
    let start = second_table(&schema.header, &plans.first.shared_columns);
    let start = start.filter(|_| schema.rules.is_none());
    let message = "a second table begins with this column, beside the first, and is not read; put it below \
                   the first or into a file or worksheet of its own";
    start.map(|column| UnreadColumn { column, message: message.to_owned() }).into_iter().collect()
}

/// The columns below the names of environments in the line above the header, where that line has two or
/// more: they stand over groups of columns, whose names say nothing of them.
fn below_environments(sample: &[Record], schema: &TableSchema) -> Vec<UnreadColumn> {
    let above = sample.iter().rfind(|(line, _)| *line < schema.header_line);
    let cells = above.map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let is_named = |cell: &str| !cell.is_empty() && environment_in(cell).is_some();
    let named: Vec<usize> = (0..cells.len().min(schema.header.len()))
        .filter(|at| cells.get(*at).is_some_and(|cell| is_named(cell)))
        .collect();
    if named.len() < 2 {
        return Vec::new();
    }
    let unread = |column| UnreadColumn { column, message: ABOVE.to_owned() };
    named.into_iter().map(unread).collect()
}

/// Two or more unread columns that could be those of a matrix which is not recognised: named after
/// environments, or with marks in all of their cells.
fn of_a_matrix<'a>(
    header: &[String],
    unread: &[usize],
    lacks: &impl Fn(&str) -> bool,
    cells: impl Fn(usize) -> Vec<&'a str>,
) -> Vec<UnreadColumn> {
    let named = |at: &usize| header.get(*at).is_some_and(|name| environment_in(name).is_some());
    let filled = |at: &usize| !cells(*at).is_empty();
    let has_marks = |at: &usize| {
        let marks: Vec<Mark> = cells(*at).into_iter().map(mark).collect();
        marks.iter().any(|mark| matches!(mark, Mark::Yes(..))) && !marks.contains(&Mark::Unknown)
    };
    let environments = unread.iter().copied().filter(|at| named(at) && filled(at));
    let environments: Vec<usize> = environments.filter(|_| lacks("environment")).collect();
    let marks = unread.iter().copied().filter(|at| !named(at) && has_marks(at));
    let marks: Vec<usize> = marks.filter(|_| lacks("service")).collect();
    let mut found = Vec::new();
    for (columns, message) in [(environments, NAMED_AS_ENVIRONMENT), (marks, MARKS)] {
        if columns.len() >= 2 {
            let all = columns.into_iter();
            found.extend(all.map(|column| UnreadColumn { column, message: message.to_owned() }));
        }
    }
    found
}

fn is_mail_address(cell: &str) -> bool {
    let Some((name, domain)) = cell.split_once('@') else { return false };
    !name.is_empty()
        && domain.contains('.')
        && !cell.contains(char::is_whitespace)
        && !domain.contains(['@', '/', ':'])
}
