//! How a known export is described: as data.

use crate::import::vocabulary::synonyms::{Meaning, normalised};
use crate::inventory::Access;

/// One known export.
pub(crate) struct KnownFormat {
    /// Its name for people.
    pub(crate) name: &'static str,
    /// Columns that together distinguish it from every other file, normalised.
    pub(crate) needs: &'static [&'static str],
    /// What its columns mean; of several with one meaning, the best first.
    pub(crate) columns: &'static [(&'static str, Meaning)],
    /// What becomes of other columns.
    pub(crate) other_columns: OtherColumns,
    /// What every row's services are to its credential.
    pub(crate) access: Access,
    /// The kind of service that every row names, if it is always the same.
    pub(crate) service_kind: Option<&'static str>,
    /// What holds every row's credential where no column names it; the file's name follows it.
    pub(crate) holder: Option<&'static str>,
    /// The columns within which a credential's name is unique; they are added to the name of one that
    /// has no fingerprint.
    pub(crate) name_within: &'static [&'static str],
    /// Where every row's secret is kept, if it is always the same place.
    pub(crate) storage: Option<&'static str>,
    /// The type of every row's credential, if it is always the same.
    pub(crate) kind: Option<&'static str>,
    /// The column, and the words in it, of rows that are about no credential.
    pub(crate) no_credential: Option<(&'static str, &'static [&'static str])>,
    /// Whether ids name secrets, so that they match the ids of other files.
    pub(crate) ids_match: bool,
    /// Whether rows are about credentials at all.
    pub(crate) of_credentials: bool,
    /// The texts before and after the identity, where it is a part of the id.
    pub(crate) identity_within_id: Option<(&'static str, &'static str)>,
    /// The credentials of one row; empty where each row has one.
    pub(crate) slots: &'static [Slot],
    /// What people should know of the reading.
    pub(crate) notes: &'static [&'static str],
}

/// What becomes of the columns of an export that its description does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherColumns {
    /// They are not used.
    NotUsed,
    /// They are read by their names.
    ReadByName,
    /// There are none: the listed ones are too common to distinguish the export otherwise.
    Absent,
}

/// One of the several credentials of a row.
pub(crate) struct Slot {
    /// What is added to the row's id to make the id of this credential.
    pub(crate) suffix: &'static str,
    /// The type of the credential.
    pub(crate) kind: &'static str,
    /// What its own columns mean.
    pub(crate) columns: &'static [(&'static str, Meaning)],
    /// The column, and the words in it, of the rows that have this credential; all rows, if none.
    pub(crate) only_where: Option<(&'static str, &'static [&'static str])>,
    /// The credential exists if one of these columns has something other than no.
    pub(crate) present: &'static [&'static str],
}

/// What holds for an export unless its own description differs.
pub(crate) const PLAIN: KnownFormat = KnownFormat {
    name: "",
    needs: &[],
    columns: &[],
    other_columns: OtherColumns::NotUsed,
    access: Access::Unstated,
    service_kind: None,
    holder: None,
    name_within: &[],
    storage: None,
    kind: None,
    no_credential: None,
    ids_match: true,
    of_credentials: true,
    identity_within_id: None,
    slots: &[],
    notes: &[],
};

/// What holds for a credential of a row unless its own description differs.
pub(crate) const PLAIN_SLOT: Slot =
    Slot { suffix: "", kind: "", columns: &[], only_where: None, present: &[] };

impl KnownFormat {
    /// Whether a header, which is given normalised, is that of this export.
    pub(crate) fn has_header(&self, names: &[String]) -> bool {
        let is_listed = |name: &String| {
            name.is_empty() || self.columns.iter().any(|(listed, _)| listed == name)
        };
        self.needs.iter().all(|need| names.iter().any(|name| name == need))
            && (self.other_columns != OtherColumns::Absent || names.iter().all(is_listed))
    }

    /// The columns within which a credential's name is unique.
    pub(crate) fn name_within(&self, header: &[String]) -> Vec<usize> {
        self.name_within.iter().filter_map(|name| column(header, name)).collect()
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
    /// The column, and the words in it, of the rows that have this credential.
    pub(crate) fn only_where(&self, header: &[String]) -> Option<(usize, &'static [&'static str])> {
        let (name, words) = self.only_where?;
        Some((column(header, name)?, words))
    }

    /// The columns of which one shows that the credential exists.
    pub(crate) fn present(&self, header: &[String]) -> Vec<usize> {
        self.present.iter().filter_map(|name| column(header, name)).collect()
    }
}

/// The place in a header of a column, whose name is given normalised.
pub(crate) fn column(header: &[String], wanted: &str) -> Option<usize> {
    header.iter().position(|name| normalised(name) == wanted)
}
