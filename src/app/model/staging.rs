//! What is looked at before it is opened: files, what was decided on them, and what would come of
//! it. Nothing here touches what is open.

use crate::app::model::command::StageChoice;
use crate::app::work::staged_files::{Base, ImportCounts, Prepared, Previewed, Views};
use crate::import::{By, ColumnMapping, ImportSettings, ReadOverrides};

/// What is staged.
#[derive(Debug)]
pub(crate) struct Staging {
    pub(crate) files: Prepared,
    pub(crate) settings: ImportSettings,
    /// The file in sight.
    pub(crate) at: usize,
    /// Which of its tables, or parts, is in sight of each file.
    pub(crate) views: Views,
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

    pub(crate) fn choose(&mut self, choice: &StageChoice) {
        let shape = match self.preview() {
            Some(Ok(preview)) => Some(preview.header_mark),
            Some(Err(_)) | None => None,
        };
        let files = if self.for_all { self.alike() } else { vec![self.at] };
        for at in files.into_iter().flat_map(|head| self.files.held.parts(head)) {
            let said = self.settings.overrides.entry(at).or_default();
            match choice {
                StageChoice::Delimiter(sign) => said.delimiter = *sign,
                StageChoice::Quote(sign) => said.quote = *sign,
                StageChoice::Encoding(name) => said.encoding = name.map(str::to_owned),
                StageChoice::HeaderLine(line) => said.header_line = *line,
                StageChoice::EnvironmentInNames(decision) => said.environment_in_names = *decision,
                StageChoice::Meaning(column, name) => {
                    said.columns_mut(shape).meanings.insert(*column, (*name).to_owned());
                }
                StageChoice::Word(kind, word, Some(meant)) => {
                    said.words.of_mut(*kind).insert(word.clone(), (*meant).to_owned());
                }
                StageChoice::Word(kind, word, None) => {
                    said.words.of_mut(*kind).remove(word);
                }
                StageChoice::NoSecretsIn(column, true) => {
                    said.columns_mut(shape).no_secrets_in.insert(*column);
                }
                StageChoice::NoSecretsIn(column, false) => {
                    said.columns_mut(shape).no_secrets_in.remove(column);
                }
                StageChoice::AsFound => *said = ReadOverrides::default(),
            }
            // Other columns stand in these places now.
            if matches!(choice, StageChoice::Delimiter(_) | StageChoice::HeaderLine(_)) {
                said.columns.clear();
            }
            if said.is_silent() {
                self.settings.overrides.remove(&at);
            }
        }
    }

    /// The mappings that are worth remembering: of each shape of which something was said.
    pub(crate) fn decided(&self) -> Vec<ColumnMapping> {
        let mut decided: Vec<ColumnMapping> = Vec::new();
        for (at, said) in &self.settings.overrides {
            let Some(Ok(preview)) = self.files.previews.get(at) else { continue };
            // Numbers of columns say nothing of the next table that has no header.
            let named = preview.mapping.header_line != Some(0);
            let worth = preview.recognised && !preview.fixed && !said.is_silent() && named;
            let usable = ColumnMapping::parse(&preview.mapping.to_toml()).is_ok();
            if worth && usable && !decided.contains(&preview.mapping) {
                decided.push(preview.mapping.clone());
            }
        }
        decided
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
