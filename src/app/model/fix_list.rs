//! Changes the what-if list.

use std::sync::Arc;

use crate::analysis::Subject;
use crate::app::model::command::FixCommand;
use crate::app::model::fix_effects::{ask_what_if, refix};
use crate::app::model::selecting::select;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::project::{Fixes, NamedFix};

/// Carries out what concerns the what-if list.
pub(crate) fn apply_fix(model: &mut Model, command: FixCommand) {
    match command {
        FixCommand::Add(fix) => add_fixes(model, vec![fix]),
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
    }
}

fn add_fixes(model: &mut Model, added: Vec<NamedFix>) {
    model.session.tab = Tab::WhatIf;
    model.session.folded.remove("tables");
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
