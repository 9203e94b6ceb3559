//! Columns that are not read although their cells look like something that the table lacks.

use crate::import::csv::sample;
use crate::import::csv::sample::SampledTable;
use crate::import::formats;
use crate::import::formats::known_format::OtherColumns;
use crate::import::schema::row_plan::Plans;
use crate::import::schema::table_schema::By;
use crate::import::vocabulary::synonyms::Meaning;
use crate::import::vocabulary::words;
use crate::inventory::Environments;

/// A column that is not read, and what it could be.
pub(crate) struct UnreadColumn {
    pub(crate) column: usize,
    pub(crate) could_be: &'static str,
}

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
    let width = schema.header.len();
    let read: Vec<Option<Meaning>> = (0..width).map(|at| plans.meaning_at(at)).collect();
    let has = |meaning: &Meaning| read.contains(&Some(*meaning));
    let lacks: Vec<&Lack> = LACKS.iter().filter(|lack| !lack.meanings.iter().any(has)).collect();
    if lacks.is_empty() {
        return Vec::new();
    }
    let sample = table.sample(schema.dialect);
    let rows = sample::below(&sample, schema.header_line.max(schema.second_header));
    let environments = Environments::default();
    let mut found = Vec::new();
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
            found.push(UnreadColumn { column, could_be: lack.what });
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
