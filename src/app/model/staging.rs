//! What is looked at before it is opened: files, what was said of them, and what would come of it.
//!
//! Nothing here touches what is open until it is committed.

use std::path::PathBuf;

use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::command::{StageChoice, StageCommand};
use crate::app::work::comparison::Newer;
use crate::app::work::staged_files::{ImportCounts, Prepared, Previewed, Previews, Views};
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
    pub(crate) fn said(&self) -> ReadOverrides {
        self.settings.said.get(&self.at).cloned().unwrap_or_default()
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

    fn choose(&mut self, choice: &StageChoice) {
        let shape = match self.preview() {
            Some(Ok(preview)) => Some(preview.shape),
            Some(Err(_)) | None => None,
        };
        let files = if self.for_all { self.alike() } else { vec![self.at] };
        for at in files.into_iter().flat_map(|head| self.files.held.parts(head)) {
            let said = self.settings.said.entry(at).or_default();
            match choice {
                StageChoice::Delimiter(sign) => said.delimiter = *sign,
                StageChoice::Quote(sign) => said.quote = *sign,
                StageChoice::Encoding(name) => said.encoding = name.map(str::to_owned),
                StageChoice::HeaderLine(line) => said.header_line = *line,
                StageChoice::Meaning(column, name) => {
                    said.columns_mut(shape).meanings.insert(*column, (*name).to_owned());
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
                self.settings.said.remove(&at);
            }
        }
    }

    /// The mappings that are worth remembering: of each shape of which something was said.
    fn decided(&self) -> Vec<ColumnMapping> {
        let mut decided: Vec<ColumnMapping> = Vec::new();
        for (at, said) in &self.settings.said {
            let Some(Ok(preview)) = self.files.previews.get(at) else { continue };
            // Numbers of columns tell nothing of the next table that has no header.
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

impl Model {
    pub(crate) fn apply_stage(&mut self, command: StageCommand) {
        match command {
            StageCommand::Begin(opening) => {
                self.notice = None;
                self.opening = opening.names();
                self.jobs.stage(opening, self.import_settings.clone());
            }
            StageCommand::Review => match self.document.opened.clone() {
                Some(opening) => {
                    self.opening = opening.names();
                    self.jobs.stage(opening, self.import_settings.clone());
                }
                None => self.notice = Some("what was pasted is not kept; paste it again".into()),
            },
            StageCommand::Show(at) => {
                if let Some(staging) = &mut self.staging
                    && staging.files.previews.contains_key(&at)
                {
                    staging.at = at;
                }
            }
            StageCommand::ShowTable(table) => {
                if let Some(staging) = &mut self.staging {
                    staging.views.insert(staging.at, table);
                    let files = &staging.files;
                    let (settings, views) = (staging.settings.clone(), staging.views.clone());
                    self.jobs.preview(files.held.clone(), settings, views);
                }
            }
            StageCommand::ForAll(on) => {
                if let Some(staging) = &mut self.staging {
                    staging.for_all = on;
                }
            }
            StageCommand::Choose(choice) => {
                if let Some(staging) = &mut self.staging {
                    staging.choose(&choice);
                    self.preview_again();
                }
            }
            StageCommand::SaveMapping => {
                let mapping = self.staging.as_ref().and_then(Staging::preview);
                if let Some(Ok(preview)) = mapping {
                    self.jobs.save_mapping(preview.mapping.clone());
                }
            }
            StageCommand::Commit => {
                if let Some(staging) = &mut self.staging {
                    staging.wanted = true;
                    self.commit_if_ready();
                }
            }
            StageCommand::Cancel => self.leave_staging(),
        }
    }

    /// Shows files that were read, and works out what would come of them.
    pub(crate) fn take_prepared(&mut self, prepared: Prepared) {
        let settings = self.import_settings.clone();
        self.jobs.count(prepared.held.clone(), settings.clone(), self.answers.clone());
        self.staging = Some(Staging {
            files: prepared,
            settings,
            at: 0,
            views: Views::new(),
            for_all: true,
            result: None,
            wanted: false,
        });
    }

    fn preview_again(&mut self) {
        let Some(staging) = &mut self.staging else { return };
        staging.result = None;
        staging.wanted = false;
        let (held, settings) = (staging.files.held.clone(), staging.settings.clone());
        self.jobs.preview(held.clone(), settings.clone(), staging.views.clone());
        self.jobs.count(held, settings, self.answers.clone());
    }

    pub(crate) fn take_previews(&mut self, previews: Previews) {
        if let Some(staging) = &mut self.staging {
            staging.files.previews = previews;
        }
    }

    pub(crate) fn take_count(&mut self, result: Result<ImportCounts, String>) {
        if let Some(staging) = &mut self.staging {
            staging.result = Some(result);
            self.commit_if_ready();
        }
    }

    /// Opens what is staged where nobody can be asked; for pictures.
    ///
    /// # Errors
    /// Why it cannot be opened.
    pub(crate) fn commit_unasked(&mut self) -> Result<(), String> {
        self.apply_stage(StageCommand::Commit);
        self.finish_jobs();
        match self.staging.as_ref().and_then(|staging| staging.result.as_ref()) {
            Some(Err(message)) => Err(message.clone()),
            Some(Ok(_)) | None => Ok(()),
        }
    }

    fn commit_if_ready(&mut self) {
        let Some(staging) = &mut self.staging else { return };
        match &staging.result {
            Some(Ok(counted)) if staging.wanted && counted.is_empty() => staging.wanted = false,
            Some(Ok(counted)) if staging.wanted => {
                let inventory = counted.inventory.clone();
                let opening = staging.files.opening.clone();
                let decided = staging.decided();
                self.remember_mappings(decided);
                self.leave_staging();
                self.take_imported(Newer { inventory, opening });
            }
            Some(Err(_)) => staging.wanted = false,
            Some(Ok(_)) | None => {}
        }
    }

    /// Lets go of what is staged; what is open stays as it is.
    pub(crate) fn leave_staging(&mut self) {
        self.staging = None;
        for kind in [JobKind::Import, JobKind::Preview] {
            self.jobs.cancel(kind);
        }
    }

    /// Keeps what was decided for the next table of the same shape.
    fn remember_mappings(&mut self, decided: Vec<ColumnMapping>) {
        for mapping in decided {
            let header: Vec<String> = mapping.columns.keys().cloned().collect();
            let remembered = &mut self.import_settings.remembered;
            remembered.retain(|known| !known.has_just(&header));
            remembered.insert(0, mapping.clone());
            let Some(folder) = &self.mappings_folder else { continue };
            let file = folder.join(file_name(&header));
            let text = mapping.to_toml();
            let written = std::fs::create_dir_all(folder).and_then(|()| {
                crate::cli::write_whole(&file, |out| out.write_all(text.as_bytes()))
            });
            if let Err(error) = written {
                self.notice = Some(format!("the mapping was not kept ({error})"));
            }
        }
    }

    /// Reads the mappings that were kept.
    pub(crate) fn load_mappings(&mut self, folder: PathBuf) {
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .map(|all| all.filter_map(|entry| Some(entry.ok()?.path())).collect())
            .unwrap_or_default();
        files.sort();
        let texts = files.iter().filter_map(|file| std::fs::read_to_string(file).ok());
        let known = texts.filter_map(|text| ColumnMapping::parse(&text).ok());
        self.import_settings.remembered.extend(known);
        self.mappings_folder = Some(folder);
    }
}

/// A file's name that tells of which shape it speaks, and is another for every shape.
fn file_name(header: &[String]) -> String {
    let words: String = header.join(" ").chars().take(40).collect();
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
    let words: String = words.to_lowercase().chars().map(plain).collect();
    let hash = blake3::hash(header.join("\u{1f}").as_bytes()).to_hex();
    format!("{}-{}.toml", words.trim_matches('-'), hash.chars().take(8).collect::<String>())
}

/// How a table is known, in words.
pub(crate) fn by_word(by: By) -> &'static str {
    match by {
        By::Names => "columns recognised by their names",
        By::ColumnMapping(_) => "columns as the mapping file says",
        By::Remembered(_) => "remembered from a table of this shape",
        By::User => "columns as you say",
    }
}
