//! Where rows came from: a file or a table within it, and what was read of it.

use serde::{Deserialize, Serialize};

use super::{Date, Ledger};

/// Where rows came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The file's name or path, as the user gave it; for a table within it, its own name behind.
    pub name: String,
    /// Which argument it is part of: the tables of one file, folder, archive or workbook share it.
    pub argument: u16,
    /// What became of its rows.
    pub ledger: Ledger,
    /// The names of its columns.
    pub header: Vec<String>,
    /// How it was read, in words: encoding, delimiter, header line, and what is odd about it.
    pub notes: Vec<String>,
    /// Who decided what its columns mean, if anybody did.
    pub decided_by: Option<DecidedBy>,
    /// Its columns and what they mean.
    pub columns: Vec<SourceColumn>,
    /// What it holds that was not read.
    pub not_read: Vec<NotRead>,
    /// What its columns can say.
    pub facts: FactSet,
    /// Why no column mapping that was named fits it; nothing where one does, or none was named.
    pub unmapped: Vec<String>,
    /// Whether tokens of another key stand for its fingerprints, so that they match nothing else.
    pub of_other_key: bool,
    /// Whose answers it holds, where it is a list that an owner has answered.
    pub answered: Option<AnsweredBy>,
    /// The day of the workshop in which its rows were stated, where no file has them.
    pub stated: Option<Date>,
}

impl Source {
    /// A source of which nothing is known but its name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Whether it was imported: what owners answered and what was stated in a workshop came later.
    pub fn is_imported(&self) -> bool {
        self.answered.is_none() && self.stated.is_none()
    }

    /// Every text that came from the file, to be cleaned of secrets; not its own name.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let columns =
            self.columns.iter_mut().flat_map(|column| [&mut column.name, &mut column.reason]);
        let not_read = self.not_read.iter_mut().map(|part| &mut part.name);
        let lists = self.header.iter_mut().chain(&mut self.notes).chain(&mut self.unmapped);
        lists.chain(columns).chain(not_read)
    }

    /// How it was read, line by line: the notes, each column with its meaning, and what was not read.
    pub fn reading(&self) -> Vec<String> {
        let decided = self.decided_by.map(|by| format!("columns: {}", by.words()));
        let columns =
            self.columns.iter().map(|column| format!("{} → {}", column.name, column.reason));
        let not_read = self.not_read.iter().map(|part| format!("not read: {}", part.words()));
        self.notes.iter().cloned().chain(decided).chain(columns).chain(not_read).collect()
    }
}

/// Who answered what is still needed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredBy {
    /// The owner.
    pub owner: String,
    /// The day of the answers.
    pub on: Date,
    /// Stands for what the cells of the list hold, so that one that is read twice is noticed; nothing in older
    /// projects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
}

/// Who decided what the columns of a source mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedBy {
    /// A column mapping that somebody wrote.
    ColumnMapping,
    /// One that was kept from an earlier import.
    Remembered,
    /// The user, for this file.
    User,
}

impl DecidedBy {
    /// In words: "as the column mapping says".
    pub fn words(self) -> &'static str {
        match self {
            Self::ColumnMapping => "as the column mapping says",
            Self::Remembered => "as remembered from a table with these columns",
            Self::User => "as set by you",
        }
    }
}

/// A column of a source. Holds no secret: a heading that could be one is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its heading, or its number where it has none.
    pub name: String,
    /// What it means, by the name that a column mapping has for it; `None` where it is not read.
    pub meaning: Option<&'static str>,
    /// What it means, or why it is not read, in words.
    pub reason: String,
    /// How many of its cells are filled.
    pub filled: u64,
}

/// A part of a file that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotRead {
    /// What it is.
    pub kind: UnreadKind,
    /// What it is called; empty where it has no name.
    pub name: String,
    /// Why it was not read.
    pub reason: String,
    /// How large it is, in the unit of its kind.
    pub size: u64,
}

impl NotRead {
    /// What was not read, how much it is, and why, in words.
    pub fn words(&self) -> String {
        let Self { kind, name, reason, size } = self;
        let unit = kind.unit(*size);
        let name = if name.is_empty() { String::new() } else { format!(" “{name}”") };
        format!("{}{name}, {size} {unit}: {reason}", kind.word())
    }
}

/// What a part of a file is that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnreadKind {
    /// A worksheet of a workbook; its size is its rows.
    Worksheet,
    /// An array of a JSON object; its size is its entries.
    Array,
    /// A member of an archive; its size is its bytes.
    Member,
    /// Text between the entries of a file; its size is its lines.
    Text,
}

impl UnreadKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worksheet => "worksheet",
            Self::Array => "array",
            Self::Member => "member",
            Self::Text => "text",
        }
    }

    /// In what it is counted.
    pub fn unit(self, size: u64) -> &'static str {
        match (self, size) {
            (Self::Worksheet, 1) => "row",
            (Self::Worksheet, _) => "rows",
            (Self::Array, 1) => "entry",
            (Self::Array, _) => "entries",
            (Self::Member, 1) => "byte",
            (Self::Member, _) => "bytes",
            (Self::Text, 1) => "line",
            (Self::Text, _) => "lines",
        }
    }
}

/// Something that columns can say, so that silence means something only where one was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// Who owns a credential.
    Owner,
    /// Who owns a service.
    ServiceOwner,
    /// When a credential expires.
    Expiry,
    /// When a credential was last used.
    LastUse,
    /// The environment of a service.
    Environment,
}

impl Fact {
    /// Every one.
    pub const ALL: [Self; 5] =
        [Self::Owner, Self::ServiceOwner, Self::Expiry, Self::LastUse, Self::Environment];

    /// As what a column would have been read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::ServiceOwner => "service owner",
            Self::Expiry => "expiry",
            Self::LastUse => "last use",
            Self::Environment => "environment",
        }
    }
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactSet(u8);

impl FactSet {
    /// All facts: what is known of an inventory that no columns made.
    pub const ALL: Self = Self(u8::MAX);

    /// Adds a fact.
    pub fn insert(&mut self, fact: Fact) {
        self.0 |= 1 << fact as u8;
    }

    /// The facts of the set in order; `None` where it is [`FactSet::ALL`].
    pub fn listed(self) -> Option<Vec<Fact>> {
        (self != Self::ALL)
            .then(|| Fact::ALL.into_iter().filter(|one| self.contains(*one)).collect())
    }

    /// The set of which [`FactSet::listed`] gives this.
    pub fn of(listed: Option<Vec<Fact>>) -> Self {
        let Some(facts) = listed else { return Self::ALL };
        let mut set = Self::default();
        for fact in facts {
            set.insert(fact);
        }
        set
    }

    /// Whether a fact is in the set.
    pub fn contains(self, fact: Fact) -> bool {
        self.0 & 1 << fact as u8 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_read_is_named_with_its_size() {
        let of = |kind, name: &str, size| {
            let part = NotRead { kind, name: name.to_owned(), reason: "hidden".to_owned(), size };
            part.words()
        };
        assert_eq!(of(UnreadKind::Worksheet, "Old", 12), "worksheet “Old”, 12 rows: hidden");
        assert_eq!(of(UnreadKind::Array, "folders", 1), "array “folders”, 1 entry: hidden");
        assert_eq!(of(UnreadKind::Text, "", 3), "text, 3 lines: hidden");
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set = FactSet::default();
        set.insert(Fact::Expiry);
        assert!(set.contains(Fact::Expiry) && !set.contains(Fact::Owner));
        assert!(Fact::ALL.into_iter().all(|fact| FactSet::ALL.contains(fact)));
    }
}
