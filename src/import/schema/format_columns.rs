//! What the columns of a header mean where the user did not decide it: as in a known export, or else
//! by their names and their cells.

use crate::import::formats;
use crate::import::formats::KnownFormat;
use crate::import::formats::known_format::{OtherColumns, column};
use crate::import::schema::candidates::Columns;
use crate::import::schema::nested_ends;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms};

/// The columns of a header; `cells` gives the cells of a column.
pub(crate) fn detected_columns<'a>(
    header: &[String],
    synonyms: &Synonyms,
    cells: &dyn Fn(usize) -> Vec<&'a str>,
) -> Columns {
    if let Some(format) = formats::recognise(header) {
        return of_export(format, header, synonyms);
    }
    let mut columns = Columns::resolve(header, synonyms);
    nested_ends::read_ends(&mut columns, header, synonyms, cells);
    columns.look_at_cells(header, cells);
    nested_ends::read_members(&mut columns, header, &cells);
    columns
}

/// The columns of a header that a known export has.
fn of_export(format: &KnownFormat, header: &[String], synonyms: &Synonyms) -> Columns {
    let mut columns = Columns::default();
    add_columns(&mut columns, format.columns, header);
    if format.other_columns == OtherColumns::ReadByName {
        columns.add_unused(&Columns::resolve(header, synonyms));
    }
    columns
}

fn add_columns(columns: &mut Columns, named: &[(&str, Meaning)], header: &[String]) {
    for (name, meaning) in named {
        let Some(at) = column(header, name) else { continue };
        if *meaning == Meaning::OtherSecret {
            columns.other_secrets.push(at);
        } else if columns.of(*meaning).is_none() {
            columns.set(*meaning, Some(at));
        }
    }
}
