//! What is looked at before it is opened: files, what was decided on them, and what would come of
//! it. Nothing here touches what is open.

use crate::app::model::command::StageChoice;
use crate::app::work::staged_files::{Base, DecidedOn, ImportCounts, Prepared, Previewed, Views};
use crate::import::{
    By, ColumnOverrides, FilePart, HeaderMark, ImportSettings, PartKind, Preview, ReadOverrides,
};
use crate::inventory::shown;

/// What is staged.
#[derive(Debug)]
pub(crate) struct Staging {
    pub(crate) files: Prepared,
    pub(crate) settings: ImportSettings,
    /// The file in sight.
    pub(crate) at: usize,
    /// Which of its tables, or parts, is in sight of each file.
    pub(crate) views: Views,
    /// The tables on which something was decided.
    pub(crate) decided_on: DecidedOn,
    /// Whether a decision serves all files of the same shape.
    pub(crate) for_all: bool,
    /// To what the files are added; none where they replace what is open.
    pub(crate) base: Option<Base>,
    /// What would be opened; none while it is worked out.
    pub(crate) result: Option<Result<ImportCounts, String>>,
    /// Whether it shall be opened as soon as it is there.
    pub(crate) wanted: bool,
}

impl Staging {
    /// The file in sight as it would be read.
    pub(crate) fn preview(&self) -> Option<&Previewed> {
        self.files.previews.get(&self.at)
    }

    /// What was said of the file in sight.
    pub(crate) fn overrides(&self) -> ReadOverrides {
        self.settings.overrides.get(&self.at).cloned().unwrap_or_default()
    }

    /// The files that have the columns of the one in sight, itself among them.
    pub(crate) fn alike(&self) -> Vec<usize> {
        let headings = |at: usize| {
            let preview = self.files.previews.get(&at)?.as_ref().ok()?;
            Some(preview.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>())
        };
        let own = headings(self.at);
        let all = self.files.previews.keys().copied();
        all.filter(|at| *at == self.at || (own.is_some() && headings(*at) == own)).collect()
    }

    /// What was said of the table in sight.
    pub(crate) fn overrides_in_sight(&self) -> ReadOverrides {
        let table = match self.preview() {
            Some(Ok(preview)) => preview.table_in_file.as_deref(),
            Some(Err(_)) | None => None,
        };
        self.overrides().of_table(table).into_owned()
    }

    pub(crate) fn choose(&mut self, choice: &StageChoice) {
        let files = if self.for_all { self.alike() } else { vec![self.at] };
        for head in files {
            let seen = self.files.previews.get(&head).and_then(|seen| seen.as_ref().ok());
            if let Some(preview) = seen.filter(|preview| preview.tables.len() > 1) {
                // Another table could be the first with a known header from now on.
                self.views.entry(head).or_insert(preview.at);
            }
            let table = seen.and_then(|preview| preview.tables.get(preview.at)).cloned();
            match choice {
                StageChoice::Part(..) => {}
                StageChoice::AsFound => self.decided_on.retain(|(of, _)| *of != head),
                _ => {
                    self.decided_on.insert((head, table.unwrap_or_default()));
                }
            }
            let seen = seen.map(SeenTable::of).unwrap_or_default();
            for at in self.files.held.parts(head) {
                let said = self.settings.overrides.entry(at).or_default();
                apply_choice(said, choice, &seen);
                if said.is_silent() {
                    self.settings.overrides.remove(&at);
                }
            }
        }
        if let StageChoice::Part(PartKind::Member | PartKind::Worksheet, ..) = choice {
            self.keep_in_sight();
        }
    }

    /// Keeps the table in sight that is, where others before it are taken in or left out.
    fn keep_in_sight(&mut self) {
        let Some(Ok(preview)) = self.preview() else { return };
        // A workbook within an archive is one table of it.
        let is_member = |part: &FilePart| part.kind == PartKind::Member;
        let kind = if preview.parts.iter().any(is_member) {
            PartKind::Member
        } else {
            PartKind::Worksheet
        };
        let chosen = self.overrides().parts.remove(&kind).unwrap_or_default();
        let is_read = |part: &&FilePart| *chosen.get(&part.name).unwrap_or(&part.is_read);
        let mut read = preview.parts.iter().filter(|part| part.kind == kind).filter(is_read);
        let in_sight = preview.tables.get(preview.at);
        let place = read.position(|part| match in_sight {
            Some(table) => shown(&part.name) == *table,
            None => Some(&part.name) == preview.table_in_file.as_ref(),
        });
        self.views.insert(self.at, place.unwrap_or(0));
    }
}

/// The table of a file that is in sight, as far as decisions are about it.
#[derive(Default)]
struct SeenTable {
    /// Stands for its headings.
    mark: Option<HeaderMark>,
    name: Option<String>,
    header_line: u32,
    /// Whether its columns are numbered, so that their numbers say nothing of other tables.
    is_numbered: bool,
}

impl SeenTable {
    fn of(preview: &Preview) -> Self {
        Self {
            mark: Some(preview.header_mark),
            name: preview.table_in_file.clone(),
            header_line: preview.header_line,
            is_numbered: preview.mapping.header_line == Some(0),
        }
    }

    /// What is said of its columns, to be added to.
    fn columns_of<'s>(&self, said: &'s mut ReadOverrides) -> &'s mut ColumnOverrides {
        let table = self.name.as_deref().filter(|_| self.is_numbered);
        said.columns_within_mut(self.mark, table)
    }
}

/// Adds a choice to what was said of a file.
fn apply_choice(said: &mut ReadOverrides, choice: &StageChoice, seen: &SeenTable) {
    let table = seen.name.as_deref();
    match choice {
        StageChoice::Delimiter(sign) => {
            said.delimiter = *sign;
            // Other columns stand in these places now.
            said.columns.clear();
        }
        StageChoice::Quote(sign) => said.quote = *sign,
        StageChoice::Encoding(name) => said.encoding = name.map(str::to_owned),
        StageChoice::HeaderLine(line) => {
            said.change_header(table, |header| {
                (header.header_line, header.has_groups) = (*line, None);
            });
            forget_columns(said, seen);
        }
        StageChoice::Groups(has_groups) => {
            said.change_header(table, |header| {
                header.has_groups = *has_groups;
                // With other names above them, another line could be the header.
                if has_groups.is_some() && seen.header_line > 0 {
                    header.header_line = header.header_line.or(Some(seen.header_line));
                }
            });
            forget_columns(said, seen);
        }
        StageChoice::EnvironmentInNames(decision) => said.environment_in_names = *decision,
        StageChoice::Part(kind, name, is_read) => {
            said.parts.entry(*kind).or_default().insert(name.clone(), *is_read);
        }
        StageChoice::Meaning(column, name) => {
            seen.columns_of(said).meanings.insert(*column, (*name).to_owned());
        }
        StageChoice::Word(kind, word, Some(meant)) => {
            said.words.of_mut(*kind).insert(word.clone(), (*meant).to_owned());
        }
        StageChoice::Word(kind, word, None) => {
            said.words.of_mut(*kind).remove(word);
        }
        StageChoice::NoSecretsIn(column, true) => {
            seen.columns_of(said).no_secrets_in.insert(*column);
        }
        StageChoice::NoSecretsIn(column, false) => {
            seen.columns_of(said).no_secrets_in.remove(column);
        }
        StageChoice::AsFound => *said = ReadOverrides::default(),
    }
}

/// Forgets what was said of the columns of a table that gets another header. What was said of tables
/// with other headers stays.
fn forget_columns(said: &mut ReadOverrides, seen: &SeenTable) {
    match &seen.name {
        None => said.columns.clear(),
        // Another table of the file may have the header that this one had.
        Some(name) => said.columns.retain(|own| own.table.as_ref() != Some(name)),
    }
}

/// How a table is known, in words.
pub(crate) fn by_word(by: By) -> &'static str {
    match by {
        By::Names => "columns recognised by their names",
        By::ColumnMapping(_) => "columns as the column mapping says",
        By::Remembered(_) => "remembered from a table with these columns",
        By::User => "columns as set by you",
    }
}
