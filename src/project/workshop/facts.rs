//! A holder or a grant that no file has, as somebody stated it.

use serde::{Deserialize, Serialize};

use super::notes::set_off;
use crate::inventory::{Access, Date, Inventory, Level, Row, RowId};
use crate::project::subject_name::{CredentialName, InstanceName};

/// A fact as it was stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatedFact {
    /// The credential.
    pub credential: CredentialName,
    /// The service instance; one that no file has is there through this fact alone.
    pub instance: InstanceName,
    /// How they belong together.
    pub access: Access,
    /// What a grant allows.
    pub level: Level,
    /// Who stated it; empty where nobody was named.
    pub by: String,
    /// Its line in the source of its day.
    pub line: u32,
}

impl StatedFact {
    /// As people read it: "billing in prod holds k".
    pub fn words(&self) -> String {
        let credential = set_off(self.credential.as_str().to_owned());
        let instance = set_off(self.instance.words());
        let level = match self.level {
            Level::Unknown => String::new(),
            level => format!(" ({})", level.word()),
        };
        match self.access {
            Access::Holds => format!("{instance} holds {credential}"),
            Access::Grants => format!("{credential} grants {instance}{level}"),
            Access::Both | Access::Unstated => {
                format!("{instance} holds {credential}, which grants it{level}")
            }
        }
    }

    /// The row of the inventory that says so, stated on a day; none where the credential is not there.
    pub fn row_in(&self, inventory: &Inventory, on: Date) -> Option<RowId> {
        let source = |row: &Row| inventory.sources.get(usize::from(row.place.source.0));
        // What was stated stands behind all that was imported.
        let rows = inventory.rows.iter().enumerate().rev();
        let mut later =
            rows.take_while(|(_, row)| source(row).is_some_and(|own| !own.is_imported()));
        let found = later.find(|(_, row)| {
            row.place.line == self.line && source(row).is_some_and(|own| own.stated == Some(on))
        });
        found.map(|(at, _)| RowId(at as u32))
    }
}
