//! A newer export of what is open: read, compared, and taken or left.

use std::sync::Arc;

use crate::app::jobs::Rereading;
use crate::app::model::Model;
use crate::app::model::command::ReimportCommand;
use crate::app::model::open_document::OpenDocument;
use crate::app::work::comparison::{Comparison, Newer};
use crate::app::work::watch::Watch;

impl Model {
    pub(crate) fn apply_reimport(&mut self, command: ReimportCommand) {
        match command {
            ReimportCommand::Read => self.read_anew(),
            ReimportCommand::Replace => self.replace(),
            ReimportCommand::Keep => self.keep(),
        }
    }

    fn read_anew(&mut self) {
        let (Some(open), Some(opening)) = (self.answers.clone(), self.document.opened.clone())
        else {
            return;
        };
        // From now on another change counts as a new one.
        self.keep();
        self.notice = None;
        let settings = self.import_settings.clone();
        self.jobs.reread(Rereading { opening, settings, open });
    }

    /// Takes what was imported: at once, unless it is a newer export of what is open; then what is
    /// different is shown first.
    pub(crate) fn take_imported(&mut self, newer: Newer) {
        match &self.answers {
            Some(open) => self.jobs.compare(open.clone(), newer),
            None => self.open_inventory(newer.inventory, &newer.opening),
        }
    }

    pub(crate) fn take_comparison(&mut self, result: Result<Box<Comparison>, String>) {
        match result {
            Ok(comparison) => self.comparison = Some(Arc::from(comparison)),
            Err(message) => self.notice = Some(format!("{message}; what is open is unchanged")),
        }
    }

    /// The newer export in place of what is open; filters and, by name, the selection stay.
    fn replace(&mut self) {
        let Some(comparison) = self.comparison.take() else { return };
        let Newer { inventory, opening } = comparison.newer.clone();
        let files = self.note_opening(&opening);
        let kept = Some(inventory.clone());
        self.put_ground(OpenDocument { files, inventory: kept, opened: opening.kept() });
        self.rename_fixes(&comparison);
        let newer = comparison.answers.clone();
        if *newer.graph.assumptions() == self.assumptions {
            self.take_answers_for(newer, Some(&comparison.same));
        } else {
            // The assumptions were changed while the comparison lay open.
            self.jobs.analyse(inventory, self.assumptions.clone());
        }
    }

    /// Names the credentials of the what-if list as the newer export does.
    fn rename_fixes(&mut self, comparison: &Comparison) {
        let Some(answers) = &self.answers else { return };
        let (old, new) = (&answers.graph, &comparison.answers.graph);
        self.fixes.rename(|name| {
            let at = old.find_credential(name)?;
            match comparison.same.get(at.index()).copied().flatten() {
                Some(same) => Some(new.credential_name(same).to_owned()),
                // The name may be that of another credential now.
                None => new.find_credential(name).map(|_| format!("{name} (gone)")),
            }
        });
    }

    /// Leaves what is open as it is; it is told again when its files change once more.
    pub(crate) fn keep(&mut self) {
        self.comparison = None;
        self.changed_on_disk.clear();
        self.jobs.watch(Watch::new(&self.document.paths()));
    }
}
