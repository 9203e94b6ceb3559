//! Exports whose columns mean something else than their names alone would say.
//!
//! A shape is data: by which columns it is known, what they mean, and what holds for every row.

use super::columns::Columns;
use super::synonyms::{Meaning, normalised};
use crate::inventory::Access;

mod creddata;
mod gitleaks;

/// One known export.
pub(super) struct Shape {
    /// Its name for people.
    pub(super) name: &'static str,
    /// Columns that together tell it from every other file, normalised.
    needs: &'static [&'static str],
    /// What its columns mean; the others are not used.
    columns: &'static [(&'static str, Meaning)],
    /// What every row says of the services it names.
    pub(super) access: Access,
    /// What sort of service every row names.
    pub(super) service_kind: &'static str,
    /// Where every row's secret is kept.
    pub(super) storage: &'static str,
    /// Rows that say outright that they are about no credential.
    no_credential: Option<(&'static str, &'static [&'static str])>,
    /// Whether ids name secrets, so that they match the ids of other files.
    pub(super) ids_match: bool,
    /// What to know of the reading.
    pub(super) notes: &'static [&'static str],
}

const SHAPES: [&Shape; 2] = [&gitleaks::GITLEAKS, &creddata::CREDDATA];

/// The shape that a header has, if any.
pub(super) fn recognise(header: &[String]) -> Option<&'static Shape> {
    let names: Vec<String> = header.iter().map(|name| normalised(name)).collect();
    let has = |need: &&str| names.iter().any(|name| name == need);
    SHAPES.into_iter().find(|shape| shape.needs.iter().all(has))
}

impl Shape {
    /// The columns of a header that has this shape.
    pub(super) fn columns(&self, header: &[String]) -> Columns {
        let mut columns = Columns::default();
        for (name, meaning) in self.columns {
            let Some(at) = column(header, name) else { continue };
            if *meaning == Meaning::OtherSecret {
                columns.other_secrets.push(at);
            } else {
                columns.set(*meaning, Some(at));
            }
        }
        columns
    }

    /// The column and the words by which a row says that it is about no credential.
    pub(super) fn no_credential(
        &self,
        header: &[String],
    ) -> Option<(usize, &'static [&'static str])> {
        let (name, words) = self.no_credential?;
        Some((column(header, name)?, words))
    }
}

fn column(header: &[String], wanted: &str) -> Option<usize> {
    header.iter().position(|name| normalised(name) == wanted)
}
