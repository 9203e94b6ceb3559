//! A newer export of what is open: read, compared, and taken or left.

use std::sync::Arc;

use super::apply::named;
use super::{Filters, Model, ReimportCommand};
use crate::app::comparison::{Comparison, Newer, same_source};
use crate::app::jobs::Rereading;
use crate::app::watch::Watch;

impl Model {
    pub(super) fn apply_reimport(&mut self, command: ReimportCommand) {
        match command {
            ReimportCommand::Read => self.read_anew(),
            ReimportCommand::Replace => self.replace(),
            ReimportCommand::Keep => self.keep(),
        }
    }

    fn read_anew(&mut self) {
        let Some(answers) = self.answers.clone() else { return };
        self.changed_on_disk.clear();
        self.notice = None;
        self.jobs.reread(Rereading {
            paths: self.open_paths.clone(),
            files: self.files.clone(),
            settings: self.import_settings.clone(),
            open: answers,
        });
    }

    /// Takes what was imported: at once, unless it is a newer export of what is open; then what is
    /// different is shown first.
    pub(super) fn take_imported(&mut self, newer: Newer) {
        match &self.answers {
            Some(open) if same_source(&open.graph, &newer.inventory) => {
                self.jobs.compare(open.clone(), newer);
            }
            _ => self.open_inventory(newer),
        }
    }

    fn open_inventory(&mut self, newer: Newer) {
        let Newer { inventory, files, watch } = newer;
        if self.inventory.is_some() {
            self.record(format!("opening {}", named(&files)));
        }
        self.files = files;
        self.watch(watch);
        self.answers = None;
        self.map = None;
        self.selection = None;
        self.session.filters = Filters::default();
        self.session.focused = false;
        self.inventory = Some(inventory.clone());
        self.remember_recent();
        self.jobs.analyse(inventory, self.assumptions.clone());
    }

    pub(super) fn watch(&mut self, watch: Watch) {
        self.open_paths = watch.paths();
        self.jobs.watch(watch);
    }

    pub(super) fn take_comparison(&mut self, result: Result<Box<Comparison>, String>) {
        match result {
            Ok(comparison) => self.comparison = Some(Arc::from(comparison)),
            Err(message) => self.notice = Some(format!("{message}; what is open is unchanged")),
        }
    }

    fn replace(&mut self) {
        let Some(comparison) = self.comparison.take() else { return };
        let Newer { inventory, files, watch } = comparison.newer.clone();
        self.record(format!("taking the newer {}", named(&files)));
        self.files = files;
        self.changed_on_disk.clear();
        self.watch(watch);
        self.inventory = Some(inventory.clone());
        self.remember_recent();
        let newer = comparison.answers.clone();
        if *newer.graph.assumptions() == self.assumptions {
            self.take_answers(newer);
        } else {
            // The assumptions were changed while the comparison lay open.
            self.jobs.analyse(inventory, self.assumptions.clone());
        }
    }

    /// Leaves what is open as it is; it is told again when its files change once more.
    pub(super) fn keep(&mut self) {
        self.comparison = None;
        self.changed_on_disk.clear();
        self.jobs.watch(Watch::new(&self.open_paths));
    }
}
