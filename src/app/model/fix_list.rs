//! Changes the what-if list.

use std::sync::Arc;

use crate::analysis::{FixKind, Subject};
use crate::app::model::command::FixCommand;
use crate::app::model::fix_effects::{ask_what_if, refix, show_with_fixes};
use crate::app::model::panes::Pane;
use crate::app::model::rebuild::show_as_is;
use crate::app::model::selecting::select;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::graph::CredentialIndex;
use crate::project::{Fixes, NamedFix};

/// Why a fix cannot be listed that is about what another fix makes.
const MADE_BY_A_FIX: &str = "a fix in force makes this credential, so that no other can be listed for \
                             it; show everything as it is, or change the fix in force";

/// Carries out what concerns the what-if list.
pub(crate) fn apply_fix(model: &mut Model, command: FixCommand) {
    match command {
        FixCommand::Add(fix) => add_fixes(model, vec![fix]),
        FixCommand::AddAll(fixes) => add_fixes(model, fixes),
        FixCommand::AddStep(at) => {
            let step = model.plan_fixes().into_iter().nth(at);
            if let Some(fix) = step {
                add_fixes(model, vec![fix]);
            }
        }
        FixCommand::AddPlan => {
            let plan = model.plan_fixes();
            add_fixes(model, plan);
        }
        FixCommand::AddCut => {
            let cut = model.cut_fixes();
            add_fixes(model, cut);
        }
        FixCommand::Switch(at, on) => change_fixes(model, |fixes| fixes.switch(at, on)),
        FixCommand::Shift(at, down) => change_fixes(model, |fixes| fixes.shift(at, down)),
        FixCommand::Remove(at) => change_fixes(model, |fixes| fixes.remove(at).is_some()),
        FixCommand::Clear => {
            change_fixes(model, |fixes| {
                let had_some = !fixes.is_empty();
                *fixes = Fixes::default();
                had_some
            });
        }
        FixCommand::Choose(at) => choose_fix(model, at),
        FixCommand::WorkOut => refix(model),
        FixCommand::ShowWith(on) => {
            model.session.with_fixes = on;
            show_with_fixes(model);
            leave_fixes(model);
        }
    }
}

fn add_fixes(model: &mut Model, mut added: Vec<NamedFix>) {
    if let (Some(_), Some(answers)) = (&model.as_is, model.answers_as_is().cloned()) {
        let listed = added.len();
        added.retain(|fix| fix.credential.found_in(&answers.graph).found().is_some());
        if added.len() < listed {
            model.notice = Some(MADE_BY_A_FIX.to_owned());
        }
    }
    model.session.tab = Tab::WhatIf;
    model.session.unfold(Pane::Tables);
    change_fixes(model, |fixes| {
        let mut changed = false;
        for fix in added {
            changed |= fixes.add(fix);
        }
        changed
    });
}

/// Changes the list, and works out what follows where that changed anything.
fn change_fixes(model: &mut Model, change: impl FnOnce(&mut Fixes) -> bool) {
    let mut fixes = Fixes::clone(&model.project.fixes);
    if change(&mut fixes) {
        model.project.fixes = Arc::new(fixes);
        refix(model);
        leave_fixes(model);
    }
}

/// Shows what is open as it is where no fix is in force, or where it is not to be shown with them.
pub(crate) fn leave_fixes(model: &mut Model) {
    if !model.session.with_fixes || model.fixes_in_force().is_empty() {
        show_as_is(model);
    }
}

fn choose_fix(model: &mut Model, at: Option<usize>) {
    model.what_if.chosen = at.and_then(|at| model.project.fixes.list().get(at)).cloned();
    let named = model.what_if.chosen.as_ref().zip(model.answers.as_ref());
    let subject = named.and_then(|(fix, answers)| fix.credential.found_in(&answers.graph).found());
    if let Some(credential) = subject {
        select(model, Some(Subject::Credential(credential)));
    }
    ask_what_if(model);
}

impl Model {
    /// The fixes that the plan proposes, step by step.
    pub(crate) fn plan_fixes(&self) -> Vec<NamedFix> {
        let (Some(assessed), Some(answers)) = (&self.assessment, &self.answers) else {
            return Vec::new();
        };
        let steps = assessed.assessment.plan.steps.iter();
        steps.map(|step| NamedFix::of(&answers.graph, &step.fix)).collect()
    }

    pub(crate) fn cut_fixes(&self) -> Vec<NamedFix> {
        let (Some(assessed), Some(answers)) = (&self.assessment, &self.answers) else {
            return Vec::new();
        };
        let revoke = |&at: &CredentialIndex| {
            NamedFix::new(answers.graph.credential_name(at), FixKind::Revoke)
        };
        assessed.cut().map(|cut| cut.credentials.iter().map(revoke).collect()).unwrap_or_default()
    }
}
