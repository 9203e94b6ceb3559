//! Whether every part of a file that the user named is there.

use std::collections::BTreeSet;

use crate::import::ImportSettings;
use crate::import::container::parts::listed;
use crate::import::container::{FilePart, PartKind};
use crate::import::error::ImportError;
use crate::import::schema::column_mapping::ColumnMapping;
use crate::inventory::{Source, shown};

/// The names of the parts that the files of an import have.
#[derive(Default)]
pub(crate) struct NamedParts(BTreeSet<(PartKind, String)>);

impl NamedParts {
    /// Remembers the parts of a file.
    pub(crate) fn note(&mut self, parts: &[FilePart]) {
        self.0.extend(parts.iter().map(|part| (part.kind, part.name.clone())));
    }

    /// Checks that each name that was given is that of a part of some file.
    ///
    /// # Errors
    /// Where one is not.
    pub(crate) fn check(&self, settings: &ImportSettings) -> Result<(), ImportError> {
        let has = |kind, name: &String| self.0.contains(&(kind, name.clone()));
        let has_any = |name: &String| {
            [PartKind::Member, PartKind::Worksheet, PartKind::Array]
                .into_iter()
                .any(|kind| has(kind, name))
        };
        let missing = |what, kinds: &[PartKind], name: &String| {
            let (name, known) = (shown(name).into_owned(), self.known(kinds));
            Err(ImportError::NoPart { what, name, known })
        };
        if let Some(name) = settings.members.iter().find(|name| !has(PartKind::Member, name)) {
            return missing("member", &[PartKind::Member], name);
        }
        if let Some(name) = settings.sheet.iter().find(|name| !has(PartKind::Worksheet, name)) {
            return missing("worksheet", &[PartKind::Worksheet], name);
        }
        if let Some(name) = settings.arrays.iter().find(|name| !has(PartKind::Array, name)) {
            return missing("array", &[PartKind::Array], name);
        }
        let all = [PartKind::Member, PartKind::Worksheet, PartKind::Array];
        match settings.left_out.iter().find(|name| !has_any(name)) {
            Some(name) => missing("member, worksheet or array", &all, name),
            None => Ok(()),
        }
    }

    /// Which parts of some kinds there are, in words.
    fn known(&self, kinds: &[PartKind]) -> String {
        let of_kinds = self.0.iter().filter(|(kind, _)| kinds.contains(kind));
        match listed(of_kinds.map(|(_, name)| name.as_str())).as_str() {
            "" => "they have none".to_owned(),
            names => format!("they have {names}"),
        }
    }
}

/// Says at the last table which of the column mappings is for a table that was not among those read.
pub(crate) fn report_mappings_without_table(sources: &mut [Source], mappings: &[ColumnMapping]) {
    let mut missing = Vec::new();
    for mapping in mappings {
        let Some(table) = &mapping.table else { continue };
        if !sources.iter().any(|source| mapping.is_for(&source.name)) {
            let which = mapping.file.as_ref().map_or_else(String::new, |file| format!(" {file}"));
            let table = shown(table);
            missing.push(format!(
                "the column mapping{which} for “{table}” was not used: no table that was read has \
                 this name"
            ));
        }
    }
    if let Some(last) = sources.last_mut() {
        last.unmapped.extend_from_slice(&missing);
        last.notes.append(&mut missing);
    }
}
