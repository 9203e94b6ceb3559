//! What a project knows of its findings.

use crate::analysis::{Answers, Finding};
use crate::inventory::Date;
use crate::project::{
    FindingName, FindingRegister, FindingState, ImportFigures, NoteOn, Notes, SinceImport,
    Standings, since_import,
};

/// What a project knows of its findings.
#[derive(Clone, Copy)]
pub struct FindingWork<'a> {
    /// How they stand.
    pub standings: &'a Standings,
    /// What was decided, and the imports so far.
    pub register: &'a FindingRegister,
    /// What was noted on them.
    pub notes: &'a Notes,
}

impl<'a> FindingWork<'a> {
    /// The note on a finding; looked for only where there are notes.
    pub(super) fn note_on(&self, answers: &Answers, finding: &Finding) -> Option<&'a str> {
        if self.notes.is_empty() {
            return None;
        }
        self.notes.on(&NoteOn::Finding(FindingName::of(&answers.graph, finding)))
    }

    /// What is known of a finding, in words, a sentence each; nothing of one on which nobody decided
    /// anything.
    pub(super) fn words(&self, answers: &Answers, finding: &Finding) -> Vec<String> {
        let standing = self.standings.standing(finding);
        let mut words = Vec::new();
        if let Some(record) = standing.record {
            let says = standing.says().unwrap_or_default();
            let state = standing.state.word();
            match (standing.state, says.is_empty()) {
                (FindingState::Open, true) => {}
                (_, false) if says.starts_with(state) => words.push(says),
                (_, false) => words.push(format!("{state}: {says}")),
                (_, true) => words.push(state.to_owned()),
            }
            if let Some(first) = standing.first_seen.filter(|_| record.first_seen > 0) {
                words.push(format!("first seen {first}"));
            }
            words.extend(record.assignee.as_ref().map(|who| format!("assigned to {who}")));
            words.extend(record.due.map(|day| format!("due {day}")));
        }
        words.extend(self.note_on(answers, finding).map(|note| format!("note: {note}")));
        words
    }

    /// The imports with what they gave, the last one as it is answered now; none where there is but
    /// one.
    pub fn imports(&self, answers: &Answers) -> Vec<(Date, ImportFigures)> {
        let imports = &self.register.imports;
        if imports.len() < 2 {
            return Vec::new();
        }
        let now = ImportFigures::of(answers, self.standings);
        imports.iter().map(|point| (point.on, point.figures.unwrap_or(now))).collect()
    }

    /// What the last import changed.
    pub(super) fn since_last_import(&self) -> Option<SinceImport<'a>> {
        since_import(self.register)
    }
}
