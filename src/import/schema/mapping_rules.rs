//! The part of a column mapping that says what holds for every row beside its columns.
//!
//! ```toml
//! [rows]
//! read_as = "AWS IAM credential report"
//! access = "holds"
//! ids_match = false
//! no_credential = { "credential.kind" = [""] }
//!
//! [[rows.credentials]]
//! suffix = "access-key-1"
//! type = "access key"
//! present = ["access_key_1_active"]
//! columns = { access_key_1_active = "status" }
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::import::schema::marked::{MarkColumns, Marked};
use crate::import::schema::table_rules::{CredentialSlot, TableRules};
use crate::import::vocabulary::synonyms::{Meaning, meaning_named};
use crate::inventory::Access;

/// What holds for every row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingRules {
    /// The name of the known export whose rules these are; shown to people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_as: Option<String>,
    /// What a row's services are to its credential where the row does not state it: `holds`,
    /// `grants` or `both`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// The type of every credential for which no column says one.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The type of every service for which no column says one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_type: Option<String>,
    /// Where every secret is kept for which no column says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// What holds every credential for which no column names a service; the file's name follows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// The columns within which a credential's name is unique; they are added to the name of one that
    /// has no fingerprint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub name_within: Vec<String>,
    /// Whether ids match the ids of other files.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub ids_match: bool,
    /// Whether rows are about credentials; else they are about services alone.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub about_credentials: bool,
    /// The texts before and after the identity, where it is a part of the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_in_id: Option<[String; 2]>,
    /// What people should know of the reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The column, and the words in it, of rows that are about no credential.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub no_credential: BTreeMap<String, Vec<String>>,
    /// What the columns of a matrix are named after, whose cells hold marks: `environment` or
    /// `service`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marks: Option<String>,
    /// These columns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mark_columns: Vec<String>,
    /// The credentials of one row; none where each row has one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<MappingCredential>,
}

/// One of the several credentials of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingCredential {
    /// What is added to the row's id to make the id of this credential.
    pub suffix: String,
    /// The type of the credential.
    #[serde(rename = "type")]
    pub kind: String,
    /// The credential exists if one of these columns has something other than no.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub present: Vec<String>,
    /// The column, and the words in it, of the rows that have this credential; all rows, if none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub only_where: BTreeMap<String, Vec<String>>,
    /// What its own columns mean.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
}

impl Default for MappingRules {
    fn default() -> Self {
        Self {
            read_as: None,
            access: None,
            kind: None,
            service_type: None,
            storage: None,
            holder: None,
            name_within: Vec::new(),
            ids_match: true,
            about_credentials: true,
            identity_in_id: None,
            notes: Vec::new(),
            no_credential: BTreeMap::new(),
            marks: None,
            mark_columns: Vec::new(),
            credentials: Vec::new(),
        }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_yes(value: &bool) -> bool {
    *value
}

/// The words of access in a mapping.
const ACCESS: [(&str, Access); 3] =
    [("holds", Access::Holds), ("grants", Access::Grants), ("both", Access::Both)];

/// What is wrong with rules, in words that follow "rows".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RulesProblem {
    Access(String),
    Meaning(String),
    Marks(String),
    /// Marks without columns, or columns without what they are named after.
    MarkColumns,
}

impl MappingRules {
    /// The rules that a table with these keys follows; none where it has none.
    pub(crate) fn of_table(
        rules: Option<&TableRules>,
        marks: Option<&MarkColumns>,
        keys: &[String],
    ) -> Option<Self> {
        let all = match (rules, marks) {
            (None, None) => return None,
            (rules, _) => rules.map(|rules| Self::of(rules, keys)).unwrap_or_default(),
        };
        let names = marks.iter().flat_map(|marks| &marks.columns);
        Some(Self {
            marks: marks.map(|marks| marks.of.name().to_owned()),
            mark_columns: names.filter_map(|at| keys.get(*at).cloned()).collect(),
            ..all
        })
    }

    /// The columns of marks of a table, where `place` finds its columns; `None` if it lacks one, or
    /// there are none.
    pub(crate) fn mark_columns(
        &self,
        place: impl Fn(&str) -> Option<usize>,
    ) -> Option<MarkColumns> {
        let of = Marked::named(self.marks.as_deref()?)?;
        let columns: Option<Vec<usize>> =
            self.mark_columns.iter().map(|name| place(name)).collect();
        Some(MarkColumns { of, columns: columns? })
    }

    /// Whether it says nothing but which columns hold marks.
    pub(crate) fn has_marks_alone(&self) -> bool {
        let rest = Self { marks: None, mark_columns: Vec::new(), ..self.clone() };
        self.marks.is_some() && rest == Self::default()
    }

    /// The rules of a table whose columns bear these keys.
    fn of(rules: &TableRules, keys: &[String]) -> Self {
        let key = |at: &usize| keys.get(*at).cloned();
        let credential = |slot: &CredentialSlot| MappingCredential {
            suffix: slot.suffix.clone(),
            kind: slot.kind.clone(),
            present: slot.present.iter().filter_map(key).collect(),
            only_where: slot
                .only_where
                .iter()
                .filter_map(|(at, words)| Some((key(at)?, words.clone())))
                .collect(),
            columns: slot
                .columns
                .iter()
                .filter_map(|(at, meaning)| Some((key(at)?, meaning.name().to_owned())))
                .collect(),
        };
        let access = ACCESS.into_iter().find(|(_, access)| *access == rules.access);
        let no_credential = rules.no_credential.iter();
        Self {
            read_as: rules.name.clone(),
            access: access.map(|(word, _)| word.to_owned()),
            kind: rules.kind.clone(),
            service_type: rules.service_kind.clone(),
            storage: rules.storage.clone(),
            holder: rules.holder.clone(),
            name_within: rules.name_within.iter().filter_map(key).collect(),
            ids_match: rules.ids_match,
            about_credentials: rules.of_credentials,
            identity_in_id: rules.identity_within_id.clone(),
            notes: rules.notes.clone(),
            no_credential: no_credential
                .filter_map(|(at, words)| Some((key(at)?, words.clone())))
                .collect(),
            marks: None,
            mark_columns: Vec::new(),
            credentials: rules.slots.iter().map(credential).collect(),
        }
    }

    /// The rules for a table, where `place` finds its columns; `None` if it lacks one.
    pub(crate) fn rules(&self, place: impl Fn(&str) -> Option<usize>) -> Option<TableRules> {
        let mut slots = Vec::with_capacity(self.credentials.len());
        for credential in &self.credentials {
            let mut columns = Vec::new();
            for (name, word) in &credential.columns {
                columns.push((place(name)?, meaning_named(word)?));
            }
            columns.sort_unstable_by_key(|(at, _)| *at);
            let present: Option<Vec<usize>> =
                credential.present.iter().map(|name| place(name)).collect();
            let only_where = match credential.only_where.iter().next() {
                Some((name, words)) => Some((place(name)?, words.clone())),
                None => None,
            };
            slots.push(CredentialSlot {
                only_where,
                suffix: credential.suffix.clone(),
                kind: credential.kind.clone(),
                columns,
                present: present?,
            });
        }
        let no_credential = match self.no_credential.iter().next() {
            Some((name, words)) => Some((place(name)?, words.clone())),
            None => None,
        };
        let name_within: Option<Vec<usize>> =
            self.name_within.iter().map(|name| place(name)).collect();
        let access = ACCESS.into_iter().find(|(word, _)| Some(*word) == self.access.as_deref());
        Some(TableRules {
            name: self.read_as.clone(),
            access: access.map_or(Access::Unstated, |(_, access)| access),
            kind: self.kind.clone(),
            service_kind: self.service_type.clone(),
            storage: self.storage.clone(),
            holder: self.holder.clone(),
            name_within: name_within?,
            no_credential,
            ids_match: self.ids_match,
            of_credentials: self.about_credentials,
            identity_within_id: self.identity_in_id.clone(),
            slots,
            notes: self.notes.clone(),
        })
    }

    /// Whether the columns of some credential of a row name a credential or a service.
    pub(crate) fn names_something(&self) -> bool {
        let mut words = self.credentials.iter().flat_map(|one| one.columns.values());
        words.any(|word| meaning_named(word).is_some_and(Meaning::anchors))
            || self.marks.as_deref() == Some(Marked::Services.name())
    }

    /// The first word that means nothing here.
    pub(crate) fn problem(&self) -> Option<RulesProblem> {
        if let Some(word) = &self.access
            && !ACCESS.iter().any(|(own, _)| own == word)
        {
            return Some(RulesProblem::Access(word.clone()));
        }
        match &self.marks {
            Some(word) if Marked::named(word).is_none() => {
                return Some(RulesProblem::Marks(word.clone()));
            }
            marks if marks.is_some() == self.mark_columns.is_empty() => {
                return Some(RulesProblem::MarkColumns);
            }
            Some(_) | None => {}
        }
        let mut words = self.credentials.iter().flat_map(|one| one.columns.values());
        words.find(|word| meaning_named(word).is_none()).cloned().map(RulesProblem::Meaning)
    }
}
