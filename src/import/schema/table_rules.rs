//! What holds for every row of a table beside the meanings of its columns: as a known export has it,
//! or as a column mapping says.

use crate::import::formats::KnownFormat;
use crate::import::formats::known_format::column;
use crate::import::schema::candidates::Columns;
use crate::import::vocabulary::synonyms::Meaning;
use crate::inventory::Access;

/// What holds for every row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableRules {
    /// The name of the known export, for people.
    pub(crate) name: Option<String>,
    /// What a row's services are to its credential where the row does not state it.
    pub(crate) access: Access,
    /// The type of every credential, if no column says it.
    pub(crate) kind: Option<String>,
    /// The type of every service, if no column says it.
    pub(crate) service_kind: Option<String>,
    /// Where every secret is kept, if no column says it.
    pub(crate) storage: Option<String>,
    /// The column, and the words in it, of rows that are about no credential.
    pub(crate) no_credential: Option<(usize, Vec<String>)>,
    /// What holds every credential where no column names it; the file's name follows it.
    pub(crate) holder: Option<String>,
    /// The columns within which a credential's name is unique; they are added to the name of one that
    /// has no fingerprint.
    pub(crate) name_within: Vec<usize>,
    /// Whether ids name secrets, so that they match the ids of other files.
    pub(crate) ids_match: bool,
    /// Whether rows are about credentials at all.
    pub(crate) of_credentials: bool,
    /// The texts before and after the identity, where it is a part of the id.
    pub(crate) identity_within_id: Option<[String; 2]>,
    /// The credentials of one row; empty where each row has one.
    pub(crate) slots: Vec<CredentialSlot>,
    /// What people should know of the reading.
    pub(crate) notes: Vec<String>,
}

/// One of the several credentials of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CredentialSlot {
    /// What is added to the row's id to make the id of this credential.
    pub(crate) suffix: String,
    /// The type of the credential.
    pub(crate) kind: String,
    /// What its own columns mean.
    pub(crate) columns: Vec<(usize, Meaning)>,
    /// The column, and the words in it, of the rows that have this credential; all rows, if none.
    pub(crate) only_where: Option<(usize, Vec<String>)>,
    /// The credential exists if one of these columns has something other than no.
    pub(crate) present: Vec<usize>,
}

impl TableRules {
    /// What a known export says of a table with this header.
    pub(crate) fn of_format(format: &KnownFormat, header: &[String]) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let slots = format.slots.iter().map(|slot| CredentialSlot {
            suffix: slot.suffix.to_owned(),
            kind: slot.kind.to_owned(),
            columns: first_of_each(slot.columns, header),
            only_where: slot.only_where(header).map(|(at, own)| (at, words(own))),
            present: slot.present(header),
        });
        Self {
            name: Some(format.name.to_owned()),
            access: format.access,
            kind: owned(format.kind),
            service_kind: owned(format.service_kind),
            storage: owned(format.storage),
            no_credential: format.no_credential(header).map(|(at, own)| (at, words(own))),
            holder: owned(format.holder),
            name_within: format.name_within(header),
            ids_match: format.ids_match,
            of_credentials: format.of_credentials,
            identity_within_id: format
                .identity_within_id
                .map(|(before, after)| [before.to_owned(), after.to_owned()]),
            slots: slots.collect(),
            notes: words(format.notes),
        }
    }
}

/// The columns of a header, of several with one meaning the first that is listed.
fn first_of_each(listed: &[(&str, Meaning)], header: &[String]) -> Vec<(usize, Meaning)> {
    let mut columns: Vec<(usize, Meaning)> = Vec::new();
    for (name, meaning) in listed {
        let Some(at) = column(header, name) else { continue };
        let is_taken = columns.iter().any(|(_, other)| other == meaning);
        if *meaning == Meaning::OtherSecret || !is_taken {
            columns.push((at, *meaning));
        }
    }
    columns.sort_unstable_by_key(|(at, _)| *at);
    columns
}

impl CredentialSlot {
    /// The columns of this credential: those that all credentials of a row share, and its own.
    pub(crate) fn columns_with(&self, shared: &Columns) -> Columns {
        let mut columns = shared.clone();
        for (at, meaning) in &self.columns {
            if *meaning == Meaning::OtherSecret {
                columns.other_secrets.push(*at);
            } else if columns.of(*meaning).is_none() {
                columns.set(*meaning, Some(*at));
            }
        }
        columns
    }
}
