//! Findings as work: how they stand, which are listed, and what is decided on them.

use std::sync::Arc;

use crate::analysis::Finding;
use crate::app::model::finding_draft::{
    Change, DecideOn, DecisionDraft, DecisionKind, FindingCommand,
};
use crate::app::model::standings::StandingsInSight;
use crate::app::model::state::Model;
use crate::app::model::tab::Tab;
use crate::app::model::tables::list_tab;
use crate::app::work::answers::Answers;
use crate::project::{
    Acceptance, Decision, FindingName, FindingRecord, FindingRegister, Notes, PlannedFix, Standings,
};

/// Carries out what concerns findings as work.
pub(crate) fn apply_finding(model: &mut Model, command: FindingCommand) {
    match command {
        FindingCommand::Show(state) => {
            model.session.finding_state = state;
            model.session.tab = Tab::Findings;
            list_tab(model);
        }
        FindingCommand::GroupBy(by) => {
            model.session.finding_group = by;
            model.session.tab = Tab::Findings;
            model.session.table_mut().row = None;
            list_tab(model);
        }
        FindingCommand::Ask(on) => ask(model, on),
        FindingCommand::Edit(draft) => model.session.decision = Some(*draft),
        FindingCommand::Decide(draft) => decide(model, *draft),
        FindingCommand::Leave => model.session.decision = None,
        FindingCommand::Note(on, text) => {
            let mut notes = Notes::clone(&model.project.notes);
            notes.write(on, &model.without_secrets(&text));
            model.project.notes = Arc::new(notes);
        }
    }
}

fn ask(model: &mut Model, on: DecideOn) {
    let Some(answers) = model.answers_as_is().cloned() else { return };
    let named = named(model, &answers, on);
    if named.is_empty() {
        let why = match on {
            DecideOn::Selected => "nothing in this table is about what is selected",
            DecideOn::Row(_) | DecideOn::Listed => "there is no finding",
        };
        model.notice = Some(why.to_owned());
        return;
    }
    let mut draft = DecisionDraft { on: named, ..DecisionDraft::default() };
    if let [one] = draft.on.as_slice()
        && let Some(record) = model.project.findings.records.get(one)
    {
        fill(&mut draft, &record.clone());
    }
    model.session.decision = Some(draft);
}

/// Lets the editor begin with what is known of a finding.
fn fill(draft: &mut DecisionDraft, record: &FindingRecord) {
    match &record.decision {
        Decision::Open => {}
        Decision::WaitingForProof => draft.kind = DecisionKind::WaitingForProof,
        Decision::Planned(PlannedFix { scenario, fix }) => {
            draft.kind = DecisionKind::Planned;
            draft.scenario.clone_from(scenario);
            draft.fix.clone_from(fix);
        }
        Decision::RiskAccepted(Acceptance { reason, until, by }) => {
            draft.kind = DecisionKind::RiskAccepted;
            draft.reason.clone_from(reason);
            draft.until = until.to_string();
            draft.by.clone_from(by);
        }
    }
    draft.assignee = record.assignee.clone().unwrap_or_default();
    draft.due = record.due.map_or_else(String::new, |due| due.to_string());
}

/// The names of findings of the table.
fn named(model: &Model, answers: &Answers, on: DecideOn) -> Vec<FindingName> {
    let listed = |row: &u32| answers.findings.get(*row as usize);
    let rows = &model.lists.findings;
    let found: Vec<&Finding> = match on {
        DecideOn::Row(row) => rows.get(row).and_then(listed).into_iter().collect(),
        DecideOn::Listed => rows.iter().filter_map(listed).collect(),
        DecideOn::Selected => {
            let all = rows.iter().filter_map(listed);
            all.filter(|finding| model.is_selected(finding.subject)).collect()
        }
    };
    found.into_iter().map(|finding| FindingName::of(&answers.graph, finding)).collect()
}

fn decide(model: &mut Model, draft: DecisionDraft) {
    let (as_of, scenarios) = (model.project.assumptions.as_of, &model.project.scenarios);
    let Change { decisions, assignee, due } = match draft.change(as_of, scenarios) {
        Ok(change) => change,
        Err(why) => {
            model.session.decision = Some(DecisionDraft { why: Some(why), ..draft });
            return;
        }
    };
    let mut register = FindingRegister::clone(&model.project.findings);
    for (name, mut decision) in decisions.into_iter().flatten() {
        if let Decision::RiskAccepted(Acceptance { reason, by, .. }) = &mut decision {
            *reason = model.without_secrets(reason);
            *by = model.without_secrets(by);
        }
        register.change(std::slice::from_ref(&name), |record| {
            record.decision.clone_from(&decision);
            if decision == Decision::Open {
                record.reopened = None;
            }
        });
    }
    register.change(&draft.on, |record| {
        assignee.put_into(&mut record.assignee);
        due.put_into(&mut record.due);
    });
    model.project.findings = Arc::new(register);
    model.session.decision = None;
}

/// Works out anew how findings stand where answers or decisions have changed.
pub(crate) fn follow_findings(model: &mut Model) {
    let Some(answers) = model.answers.clone() else {
        model.standings = None;
        return;
    };
    let register = model.project.findings.clone();
    let is_same = |own: &StandingsInSight| {
        Arc::ptr_eq(&own.answers, &answers) && Arc::ptr_eq(&own.register, &register)
    };
    if model.standings.as_ref().is_some_and(is_same) {
        return;
    }
    let was_decided = model.standings.as_ref().is_some_and(|own| !own.register.records.is_empty());
    let standings = Arc::new(Standings::of(&answers, &register));
    let is_decided = !register.records.is_empty();
    model.standings = Some(StandingsInSight { standings, answers, register });
    if was_decided || is_decided || model.session.finding_state.is_some() {
        model.relist_findings();
    }
}

impl Model {
    /// The sentence at the top.
    pub(crate) fn headline(&self) -> Option<String> {
        let answers = self.answers.as_ref()?;
        Some(match &self.standings {
            Some(own) => own.standings.headline(answers),
            None => answers.headline.sentence(),
        })
    }

    /// Lists the findings anew, as they stand now.
    fn relist_findings(&mut self) {
        let Some(answers) = &self.answers else { return };
        self.listed.rows += 1;
        let standings = self.standings.as_ref().map(|own| &*own.standings);
        let sight = &self.views.active().data.sight;
        self.lists.list_findings(answers, (sight, standings), &self.session);
    }
}
