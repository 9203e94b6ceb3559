//! Exports whose columns mean something else than their names alone would say.
//!
//! A shape is data: by which columns it is known, what they mean, and what holds for every row. A
//! row of some exports speaks of several credentials: such a shape has slots, one for each.

use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::{Meaning, Synonyms, normalised};
use crate::inventory::Access;

pub(crate) mod cloud;
pub(crate) mod creddata;
pub(crate) mod github;
pub(crate) mod gitleaks;
pub(crate) mod managers;
pub(crate) mod scanners;
pub(crate) mod servicenow;

/// One known export.
pub(crate) struct Shape {
    /// Its name for people.
    pub(crate) name: &'static str,
    /// Columns that together tell it from every other file, normalised.
    needs: &'static [&'static str],
    /// What its columns mean, the better of several first.
    columns: &'static [(&'static str, Meaning)],
    /// Whether the other columns are read by their names; else they are not used.
    open: bool,
    /// What every row says of the services it names.
    pub(crate) access: Access,
    /// What sort of service every row names, if it is always the same.
    pub(crate) service_kind: Option<&'static str>,
    /// Where every row's secret is kept, if it is always the same place.
    pub(crate) storage: Option<&'static str>,
    /// What sort of credential every row speaks of, if it is always the same.
    pub(crate) kind: Option<&'static str>,
    /// Rows that say outright that they are about no credential.
    no_credential: Option<(&'static str, &'static [&'static str])>,
    /// Whether ids name secrets, so that they match the ids of other files.
    pub(crate) ids_match: bool,
    /// Whether rows speak of credentials at all.
    pub(crate) of_credentials: bool,
    /// The text around the identity where it stands within the id.
    pub(crate) identity_within_id: Option<(&'static str, &'static str)>,
    /// The credentials of one row; none where each row speaks of one.
    pub(crate) slots: &'static [Slot],
    /// What to know of the reading.
    pub(crate) notes: &'static [&'static str],
}

/// One of several credentials of which a row speaks.
pub(crate) struct Slot {
    /// What stands behind the row's id to make that of this credential.
    pub(crate) suffix: &'static str,
    /// What sort of credential it is.
    pub(crate) kind: &'static str,
    /// What its own columns mean.
    columns: &'static [(&'static str, Meaning)],
    /// It is there if one of these columns says something other than no.
    present: &'static [&'static str],
}

/// What a shape says unless it says otherwise.
const PLAIN: Shape = Shape {
    name: "",
    needs: &[],
    columns: &[],
    open: false,
    access: Access::Unstated,
    service_kind: None,
    storage: None,
    kind: None,
    no_credential: None,
    ids_match: true,
    of_credentials: true,
    identity_within_id: None,
    slots: &[],
    notes: &[],
};

const SHAPES: [&Shape; 16] = [
    &gitleaks::GITLEAKS,
    &creddata::CREDDATA,
    &scanners::TRUFFLEHOG,
    &scanners::GITGUARDIAN,
    &github::ALERTS,
    &github::ORGANISATION_SECRETS,
    &github::DEPLOY_KEYS,
    &cloud::AWS_REPORT,
    &cloud::AWS_ACCESS_KEYS,
    &cloud::ENTRA_APPLICATIONS,
    &cloud::ENTRA_SECRETS,
    &cloud::GCP_KEYS,
    &managers::BITWARDEN,
    &managers::ONE_PASSWORD,
    &managers::KEEPASS,
    &servicenow::RELATIONS,
];

/// The shape that a header has, if any.
pub(crate) fn recognise(header: &[String]) -> Option<&'static Shape> {
    let names: Vec<String> = header.iter().map(|name| normalised(name)).collect();
    let has = |need: &&str| names.iter().any(|name| name == need);
    SHAPES.into_iter().find(|shape| shape.needs.iter().all(has))
}

impl Shape {
    /// The columns of a header that has this shape.
    pub(crate) fn columns(&self, header: &[String], synonyms: &Synonyms) -> Columns {
        let mut columns = Columns::default();
        add_columns(&mut columns, self.columns, header);
        if self.open {
            columns.add_unused(&Columns::resolve(header, synonyms));
        }
        columns
    }

    /// The columns by which a header's slot is read, beside those of the whole row.
    pub(crate) fn columns_of_slot(&self, slot: &Slot, header: &[String]) -> Columns {
        let mut columns = Columns::default();
        add_columns(&mut columns, self.columns, header);
        add_columns(&mut columns, slot.columns, header);
        columns
    }

    /// The column and the words by which a row says that it is about no credential.
    pub(crate) fn no_credential(
        &self,
        header: &[String],
    ) -> Option<(usize, &'static [&'static str])> {
        let (name, words) = self.no_credential?;
        Some((column(header, name)?, words))
    }
}

impl Slot {
    /// The columns of which one says that the credential is there.
    pub(crate) fn present(&self, header: &[String]) -> Vec<usize> {
        self.present.iter().filter_map(|name| column(header, name)).collect()
    }
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

fn column(header: &[String], wanted: &str) -> Option<usize> {
    header.iter().position(|name| normalised(name) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_known_by_columns_written_as_they_are_compared() {
        for shape in SHAPES {
            assert!(!shape.needs.is_empty() && !shape.notes.is_empty(), "{}", shape.name);
            let slots = shape.slots.iter();
            let of_slots = slots.clone().flat_map(|slot| slot.columns).map(|(name, _)| name);
            let present = slots.flat_map(|slot| slot.present);
            let columns = shape.columns.iter().map(|(name, _)| name);
            for name in shape.needs.iter().chain(columns).chain(of_slots).chain(present) {
                assert_eq!(&normalised(name), name, "{}", shape.name);
            }
        }
    }

    #[test]
    fn no_shape_takes_what_another_is_known_by() {
        for (at, shape) in SHAPES.iter().enumerate() {
            let header: Vec<String> = shape.needs.iter().map(|name| (*name).to_owned()).collect();
            let found = recognise(&header).map(|found| found.name);
            assert_eq!(found, Some(shape.name), "shape {at}");
        }
    }
}
