//! The what-if list in the window: what is put into it, and what follows from it.

use std::sync::Arc;

use crate::analysis::{Fix, FixKind, Subject};
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::model::command::FixCommand;
use crate::app::model::session::Tab;
use crate::app::work::what_if::{Ask, Outcome, RadiusAfter};
use crate::graph::CredentialIndex;
use crate::inventory::shown;
use crate::project::{Fixes, NamedFix, Standing};
use crate::scene::MapChanges;

/// What follows from the list of fixes; rebuilt, never edited.
#[derive(Debug, Default)]
pub(crate) struct Fixing {
    /// What becomes of each fix of the list.
    pub(crate) standings: Vec<Standing>,
    /// The fix that is looked at alone, wherever in the list it stands.
    chosen: Option<NamedFix>,
    pub(crate) outcome: Option<Arc<Outcome>>,
    /// How far what is selected reaches with the fixes in force.
    pub(crate) radius: Option<RadiusAfter>,
    /// What the fixes in force change on the map.
    pub(crate) on_map: Option<MapChanges>,
}

impl Model {
    pub(crate) fn apply_fix(&mut self, command: FixCommand) {
        match command {
            FixCommand::Add(fix) => {
                let label = format!("adding of “{}”", shown(&fix.title()));
                self.add_fixes(vec![fix], label);
            }
            FixCommand::AddStep(at) => {
                let step = self.plan_fixes().into_iter().nth(at);
                if let Some(fix) = step {
                    self.apply_fix(FixCommand::Add(fix));
                }
            }
            FixCommand::AddPlan => {
                let fixes = self.plan_fixes();
                self.add_fixes(fixes, "adding of the plan".to_owned());
            }
            FixCommand::AddCut => {
                let fixes = self.cut_fixes();
                self.add_fixes(fixes, "adding of the minimum cut".to_owned());
            }
            FixCommand::Switch(at, on) => {
                let what = format!("switching {} of", if on { "on" } else { "off" });
                self.change_fixes(&what, at, |fixes| fixes.switch(at, on));
            }
            FixCommand::Shift(at, down) => {
                self.change_fixes("moving of", at, |fixes| fixes.shift(at, down));
            }
            FixCommand::Remove(at) => {
                self.change_fixes("removing of", at, |fixes| fixes.remove(at).is_some());
            }
            FixCommand::Clear => {
                if !self.fixes.is_empty() {
                    self.put_fixes("emptying of the what-if list".to_owned(), Fixes::default());
                }
            }
            FixCommand::Choose(at) => self.choose_fix(at),
            FixCommand::WorkOut => self.refix(),
        }
    }

    /// The fixes that the plan proposes, step by step.
    pub(crate) fn plan_fixes(&self) -> Vec<NamedFix> {
        let (Some(judged), Some(answers)) = (&self.judged, &self.answers) else {
            return Vec::new();
        };
        let steps = judged.assessment.plan.steps.iter();
        steps.map(|step| NamedFix::of(&answers.graph, &step.fix)).collect()
    }

    fn cut_fixes(&self) -> Vec<NamedFix> {
        let (Some(judged), Some(answers)) = (&self.judged, &self.answers) else {
            return Vec::new();
        };
        let revoke = |&at: &CredentialIndex| {
            NamedFix::new(answers.graph.credential_name(at), FixKind::Revoke)
        };
        judged.cut().map(|cut| cut.credentials.iter().map(revoke).collect()).unwrap_or_default()
    }

    fn add_fixes(&mut self, added: Vec<NamedFix>, label: String) {
        let mut fixes = self.fixes.clone();
        let mut changed = false;
        for fix in added {
            changed |= fixes.add(fix);
        }
        self.session.tab = Tab::WhatIf;
        self.session.folded.remove("tables");
        if changed {
            self.put_fixes(label, fixes);
        }
    }

    /// Changes one fix of the list: one undo step, named after it.
    fn change_fixes(&mut self, what: &str, at: usize, change: impl FnOnce(&mut Fixes) -> bool) {
        let Some(fix) = self.fixes.list().get(at) else { return };
        let label = format!("{what} “{}”", shown(&fix.title()));
        let mut fixes = self.fixes.clone();
        if change(&mut fixes) {
            self.put_fixes(label, fixes);
        }
    }

    fn put_fixes(&mut self, label: String, fixes: Fixes) {
        self.note_step(label);
        self.fixes = fixes;
        self.refix();
    }

    fn choose_fix(&mut self, at: Option<usize>) {
        self.fixing.chosen = at.and_then(|at| self.fixes.list().get(at)).cloned();
        let named = self.fixing.chosen.as_ref().zip(self.answers.as_ref());
        let subject =
            named.and_then(|(fix, answers)| answers.graph.find_credential(&fix.credential));
        if let Some(credential) = subject {
            self.select(Some(Subject::Credential(credential)));
        }
        self.ask_what_if();
    }

    /// Where in the list the fix stands that is looked at alone.
    pub(crate) fn chosen_fix(&self) -> Option<usize> {
        self.fixes.position(self.fixing.chosen.as_ref()?)
    }

    /// The fixes that are on and can be applied, in order.
    pub(crate) fn fixes_in_force(&self) -> Vec<Fix> {
        let listed = self.fixes.list().iter().zip(&self.fixing.standings);
        listed.filter(|(named, _)| named.on).filter_map(|(_, at)| at.fix().cloned()).collect()
    }

    /// Finds the fixes anew in what is open, and works out what follows from them.
    pub(crate) fn refix(&mut self) {
        self.fixing.standings = match &self.answers {
            Some(answers) => self.fixes.found_in(&answers.graph),
            None => Vec::new(),
        };
        if self.chosen_fix().is_none() {
            self.fixing.chosen = None;
        }
        self.ask_what_if();
        self.ask_radius();
    }

    fn ask_what_if(&mut self) {
        let fixes = self.fixes_in_force();
        let alone = self.chosen_fix().and_then(|at| self.fixing.standings.get(at));
        let alone = alone.and_then(Standing::fix).cloned();
        self.jobs.cancel(JobKind::WhatIf);
        self.fixing.outcome = None;
        match self.answers.clone() {
            Some(answers) if !fixes.is_empty() || alone.is_some() => {
                self.jobs.what_if(answers, Ask { fixes, alone });
            }
            _ => self.show_changes(),
        }
    }

    /// Asks how far what is selected reaches once the fixes in force are made.
    pub(crate) fn ask_radius(&mut self) {
        self.jobs.cancel(JobKind::Radius);
        self.fixing.radius = None;
        let fixes = self.fixes_in_force();
        let (Some(answers), Some(of)) = (self.answers.clone(), self.selected()) else { return };
        if !fixes.is_empty() {
            self.jobs.radius_after(answers, fixes, of);
        }
    }

    pub(crate) fn take_outcome(&mut self, outcome: Arc<Outcome>) {
        self.fixing.outcome = Some(outcome);
        self.show_changes();
    }

    pub(crate) fn take_radius(&mut self, radius: RadiusAfter) {
        if self.selected() == Some(radius.subject) {
            self.fixing.radius = Some(radius);
        }
    }

    /// Works out anew what the fixes change on the map.
    pub(crate) fn show_changes(&mut self) {
        let outcome = self.fixing.outcome.as_ref();
        self.fixing.on_map = match (&self.map, outcome) {
            (Some(map), Some(outcome)) => Some(MapChanges::new(map, &outcome.changes)),
            _ => None,
        };
        self.picture += 1;
    }

    /// Keeps the fixes for what is opened if it knows a credential of them.
    pub(crate) fn keep_fixes_known_to(&mut self, inventory: &crate::inventory::Inventory) {
        let known = |fix: &NamedFix| inventory.names.find(&fix.credential).is_some();
        if !self.fixes.list().iter().any(known) {
            self.fixes = Fixes::default();
        }
    }
}
