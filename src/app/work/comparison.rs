//! A newer export beside what is open: what would change if it took the old one's place.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{FindingChanges, difference};
use crate::app::work::answers::Answers;
use crate::export::{AnsweredDifference, DifferenceSection, difference_sections};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::import::ImportSettings;
use crate::inventory::{Fingerprint, Inventory, Progress};
use crate::project::{KeptAnswers, Opening, ReadFiles, Workshop, keep_answers, keep_facts};

/// A newer export, and where it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Newer {
    pub(crate) inventory: Arc<Inventory>,
    pub(crate) opening: Opening,
    /// How it was read.
    pub(crate) settings: Arc<ImportSettings>,
    /// Its files as they were read.
    pub(crate) read: ReadFiles,
}

/// The newer export with its answers, and what differs from the one that is open.
#[derive(Debug)]
pub(crate) struct Comparison {
    pub(crate) newer: Newer,
    pub(crate) answers: Arc<Answers>,
    /// For each credential that is open the newer one that is the same.
    pub(crate) same: Vec<Option<CredentialIndex>>,
    /// What became of the findings.
    pub(crate) changes: FindingChanges,
    /// Headline and exposure before and after, and whether anything got worse.
    pub(crate) before_and_after: Vec<String>,
    /// Every sort of difference in words, also those of which there is none.
    pub(crate) sections: Vec<DifferenceSection>,
    /// Whether paths were compared by the number of reached instances alone.
    pub(crate) by_count_alone: bool,
    /// The answers of owners that the newer export has no place for.
    pub(crate) lost_answers: Vec<String>,
}

impl Comparison {
    /// Judges the newer export under the assumptions of the one that is open, and compares; `None`
    /// when cancelled.
    pub(crate) fn of(
        (old, workshop): (&Answers, &Workshop),
        newer: Newer,
        progress: &Progress,
    ) -> Option<Self> {
        let assumptions = old.graph.assumptions();
        let KeptAnswers { inventory, lost } = keep_answers(&old.graph, newer.inventory);
        let newer = Newer { inventory: keep_facts(&old.graph, workshop, inventory), ..newer };
        let answers = Answers::compute(newer.inventory.clone(), assumptions, progress)?;
        let found = difference(old.side(), answers.side(), progress)?;
        let answered = AnsweredDifference { old, new: &answers, difference: &found };
        let (before_and_after, sections) =
            (answered.before_and_after(), difference_sections(&answered, usize::MAX));
        Some(Self {
            newer,
            by_count_alone: found.by_count_alone,
            same: found.same,
            changes: found.findings,
            before_and_after,
            sections,
            lost_answers: lost,
            answers: Arc::new(answers),
        })
    }

    /// Whether nothing differs.
    pub(crate) fn is_same(&self) -> bool {
        self.sections.iter().all(|section| section.total == 0)
    }
}

/// An inventory that takes in what is open, with the answers of owners that are among that, and the facts of
/// workshops.
pub(crate) fn with_answers_of(
    (open, workshop): (Option<&Answers>, &Workshop),
    inventory: Arc<Inventory>,
) -> Arc<Inventory> {
    match open {
        Some(open) => {
            let kept = keep_answers(&open.graph, inventory).inventory;
            keep_facts(&open.graph, workshop, kept)
        }
        None => inventory,
    }
}

/// Whether an inventory is a newer export of what is open: every table of it has the header of one
/// that is open, and at least every third of the open credentials is found in it: by its fingerprint
/// or its name, or where it has neither by the names of the services that it is linked to.
pub(crate) fn same_source(open: &AccessGraph, newer: &Inventory) -> bool {
    let sources = &open.inventory().sources;
    let known = |header: &Vec<String>| sources.iter().any(|source| source.header == *header);
    // What was skipped in an archive has no header.
    let is_other = |header: &Vec<String>| !header.is_empty() && !known(header);
    if newer.sources.is_empty() || newer.sources.iter().any(|source| is_other(&source.header)) {
        return false;
    }
    let fingerprints = newer.identities.iter().filter_map(|identity| identity.fingerprint);
    let fingerprints: BTreeSet<Fingerprint> = fingerprints.collect();
    let is_named = |name: &str| newer.names.find(name).is_some();
    let found = |at: &CredentialIndex| {
        let known = open.fingerprint_of(*at);
        if known.is_some_and(|known| fingerprints.contains(&known)) {
            return true;
        }
        let ids = open.aliases(*at);
        if known.is_some() || !ids.is_empty() {
            return ids.iter().any(|id| is_named(open.inventory().text(*id)));
        }
        let linked = open.instances_of(*at);
        !linked.is_empty() && linked.into_iter().all(|site| is_named(open.service_name(site)))
    };
    let shared = open.credential_indices().filter(found).count();
    shared > 0 && shared * 3 >= open.credentials().len()
}
