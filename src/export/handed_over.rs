//! Facts that were stated in workshops, as rows for whoever keeps the inventory.

use std::borrow::Cow;
use std::io::{self, Write};

use super::inventory::access_word;
use crate::import::{EXPORT_COLUMNS, written};
use crate::inventory::TableWriter;
use crate::project::{HandedOver, HandedOverFact};

/// Writes the facts as a table like that of the whole inventory: imported beside the files that the project
/// is of, it gives the same links.
///
/// # Errors
/// Where it cannot be written.
pub fn write_handed_over(handed: &HandedOver, out: &mut dyn Write) -> io::Result<()> {
    let mut table = TableWriter::new(out);
    table.record(EXPORT_COLUMNS)?;
    for HandedOverFact { id, token, fact, place } in &handed.facts {
        let (service, environment) = written(&fact.instance.service, &fact.instance.environment);
        let by = match fact.by.as_str() {
            "" => place.clone(),
            by => format!("{place}, stated by {by}"),
        };
        for column in EXPORT_COLUMNS {
            let cell: Cow<'_, str> = match column {
                "credential_id" => id.into(),
                "fingerprint" => token.into(),
                "service" => service.clone(),
                "environment" => environment.clone(),
                "access" => access_word(fact.access).into(),
                "level" => fact.level.word().into(),
                "read_from" => by.as_str().into(),
                _ => "".into(),
            };
            table.cell(&cell)?;
        }
        table.end_record()?;
    }
    table.flush()
}
