//! The answers of before, put behind a newer inventory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::adding::Adding;
use crate::analysis::same_credentials;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::{AnsweredBy, Inventory, Place, Problem, RowId, SourceId};

/// A newer inventory with the answers of before.
#[derive(Clone, Debug)]
pub struct KeptAnswers {
    /// The inventory.
    pub inventory: Arc<Inventory>,
    /// The answers that no longer have their thing, a sentence each.
    pub lost: Vec<String>,
}

/// Puts the answers of owners that are among the rows of an older graph behind a newer inventory. An
/// answer whose thing is gone, or no longer that owner's, is not kept.
///
/// Costs nothing where there are no answers; otherwise the newer graph is built, and a copy is made.
pub fn keep_answers(old: &AccessGraph, newer: Arc<Inventory>) -> KeptAnswers {
    let sources = &old.inventory().sources;
    if sources.iter().all(|source| source.answered.is_none()) {
        return KeptAnswers { inventory: newer, lost: Vec::new() };
    }
    let new = AccessGraph::build(newer, old.assumptions());
    let same = same_credentials(old, &new);
    let mut keeping = Keeping { old, new: &new, same, adding: Adding::to(&new), lost: Vec::new() };
    let subjects = keeping.subjects();
    for (at, source) in (0..).map(SourceId).zip(sources) {
        let Some(by) = &source.answered else { continue };
        let Some(to) = keeping.adding.source(source.clone()) else { break };
        for (&row, subject) in &subjects {
            keeping.row(row, *subject, (at, to), by);
        }
        let problems = old.inventory().problems.iter().filter(|one| one.place.source == at);
        keeping.adding.inventory.problems.extend(problems.map(|problem| Problem {
            place: Place { source: to, line: problem.place.line },
            ..problem.clone()
        }));
    }
    let Keeping { adding, lost, .. } = keeping;
    KeptAnswers { inventory: Arc::new(adding.inventory), lost }
}

/// What an answer is about.
#[derive(Clone, Copy)]
enum Answered {
    Credential(CredentialIndex),
    Instance(InstanceIndex),
}

struct Keeping<'a> {
    old: &'a AccessGraph,
    new: &'a AccessGraph,
    same: Vec<Option<CredentialIndex>>,
    adding: Adding<'a>,
    lost: Vec<String>,
}

impl Keeping<'_> {
    /// What each row that is an answer is about.
    fn subjects(&self) -> BTreeMap<RowId, Answered> {
        let inventory = self.old.inventory();
        let is_answer = |row: &&RowId| {
            let place = inventory.rows.get(row.0 as usize).map(|row| row.place);
            let source = place.and_then(|at| inventory.sources.get(usize::from(at.source.0)));
            source.is_some_and(|source| source.answered.is_some())
        };
        let mut subjects = BTreeMap::new();
        for at in self.old.instance_indices() {
            let rows = self.old.rows_of_instance(at).iter().filter(is_answer);
            subjects.extend(rows.map(|row| (*row, Answered::Instance(at))));
        }
        for at in self.old.credential_indices() {
            let rows = self.old.rows_of(at).iter().filter(is_answer);
            subjects.extend(rows.map(|row| (*row, Answered::Credential(at))));
        }
        subjects
    }

    /// Keeps a row that is an answer of a source.
    fn row(
        &mut self,
        row: RowId,
        subject: Answered,
        (from, to): (SourceId, SourceId),
        by: &AnsweredBy,
    ) {
        let inventory = self.old.inventory();
        let Some(row) = inventory.rows.get(row.0 as usize) else { return };
        if row.place.source != from {
            return;
        }
        let place = Place { source: to, line: row.place.line };
        let is_owner = |owners: &[OwnerIndex]| {
            owners.iter().any(|owner| self.new.owner_name(*owner) == by.owner)
        };
        match subject {
            Answered::Credential(at) => {
                let same = self.same.get(at.index()).copied().flatten();
                let kept = same.filter(|same| is_owner(self.new.owners_of(*same)));
                let name = self.old.credential_name(at).to_owned();
                let Some(kept) = kept else { return self.lose(&name, same.is_some(), by) };
                let facts = inventory.facts.get(row.facts.0 as usize).cloned();
                let facts = self.adding.facts(facts.unwrap_or_default());
                self.adding.row_on(kept, facts, place);
            }
            Answered::Instance(at) => {
                let label = &self.old.environment_of(at).label;
                let same = self.new.find_instance(self.old.service_name(at), label);
                let kept = same.filter(|same| is_owner(self.new.owners_of_instance(*same)));
                let Some(kept) = kept else {
                    return self.lose(&self.old.instance_name(at), same.is_some(), by);
                };
                self.adding.row_on_instance(kept, place);
            }
        }
    }

    fn lose(&mut self, name: &str, is_there: bool, by: &AnsweredBy) {
        let why = if is_there { "no longer theirs" } else { "no longer in the inventory" };
        let AnsweredBy { owner, on, list: _ } = by;
        self.lost.push(format!("answer of {owner} of {on} on “{name}”: {why}"));
    }
}
