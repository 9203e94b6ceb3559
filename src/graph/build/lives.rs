//! What all rows of a credential say of it together, and whether it lives.

use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::links::Links;
use super::naming::Naming;
use super::needed::is_unneeded;
use crate::graph::grouped::Grouped;
use crate::graph::{Credential, Life, LifeDoubt};
use crate::inventory::{
    CredentialFacts, Date, FactsId, Inventory, LastUsed, NameId, Place, Problem, ProblemKind,
    RowId, Status,
};

/// The credentials, and where rows disagree on whether one lives.
pub(super) struct Lives {
    pub(super) credentials: Vec<Credential>,
    disagreements: Vec<Disagreement>,
}

/// The first row that says dead and the first that says live.
struct Disagreement {
    credential: u32,
    dead: Place,
    live: Place,
}

/// What one row says of life and death.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RowStatus {
    Silent,
    Live,
    Dead,
}

impl Lives {
    pub(super) fn new(links: &Links<'_>, facts: &Grouped<(FactsId, RowId)>, as_of: Date) -> Self {
        let one = |credential: usize| merge(links.inventory, facts.of(credential), as_of);
        let merged: Vec<_> = (0..facts.groups()).into_par_iter().map(one).collect();
        let mut disagreements = Vec::new();
        let mut credentials = Vec::with_capacity(merged.len());
        for (at, (credential, places)) in merged.into_iter().enumerate() {
            credentials.push(credential);
            if let Some((dead, live)) = places {
                disagreements.push(Disagreement { credential: at as u32, dead, live });
            }
        }
        Self { credentials, disagreements }
    }

    /// A problem for each credential whose rows disagree, by place.
    pub(super) fn problems(&self, inventory: &Inventory, naming: &Naming) -> Vec<Problem> {
        let problem = |disagreement: &Disagreement| {
            let Disagreement { credential, dead, live } = *disagreement;
            let message = format!(
                "rows disagree on whether credential {} is alive: {} says dead, {} says live; it \
                 counts as live until they agree",
                naming.name(inventory, credential),
                inventory.place_text(dead),
                inventory.place_text(live),
            );
            Problem::new(dead, ProblemKind::Disagreement, message)
        };
        let mut problems: Vec<_> = self.disagreements.iter().map(problem).collect();
        problems.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| a.message.cmp(&b.message)));
        problems
    }
}

fn merge(
    inventory: &Inventory,
    said: &[(FactsId, RowId)],
    as_of: Date,
) -> (Credential, Option<(Place, Place)>) {
    let mut merged = Credential::default();
    let (mut dead, mut live) = (None, None);
    for (facts, row) in said {
        let Some(facts) = inventory.facts.get(facts.0 as usize) else { continue };
        let place = || inventory.rows.get(row.0 as usize).map(|row| row.place);
        match row_status(facts, as_of) {
            RowStatus::Silent => {}
            RowStatus::Live => live = live.or_else(place),
            RowStatus::Dead => dead = dead.or_else(place),
        }
        add(inventory, &mut merged, facts);
    }
    if dead.is_some() && live.is_none() {
        merged.life = Life::Dead;
    }
    merged.unneeded = is_unneeded(inventory, said);
    let disagreement = dead.zip(live);
    if disagreement.is_some() {
        merged.doubt = LifeDoubt::RowsDisagree;
    }
    (merged, disagreement)
}

/// What a row says of life and death.
pub(super) fn row_status(facts: &CredentialFacts, as_of: Date) -> RowStatus {
    let over = facts.expires.is_some_and(|expires| expires < as_of);
    match facts.status {
        Status::Dead => RowStatus::Dead,
        _ if over => RowStatus::Dead,
        Status::Live | Status::Other => RowStatus::Live,
        Status::Unstated | Status::Unneeded if facts.expires.is_some() => RowStatus::Live,
        Status::Unstated | Status::Unneeded => RowStatus::Silent,
    }
}

/// Of several kinds, labels, identities and tags the first by name counts, so that the order of
/// rows decides nothing.
pub(super) fn first_by_name(
    inventory: &Inventory,
    known: Option<NameId>,
    said: Option<NameId>,
) -> Option<NameId> {
    match (known, said) {
        (Some(one), Some(other)) if one != other => {
            Some(if inventory.text(other) < inventory.text(one) { other } else { one })
        }
        (one, other) => one.or(other),
    }
}

fn add(inventory: &Inventory, merged: &mut Credential, facts: &CredentialFacts) {
    let CredentialFacts {
        kind,
        label,
        identity,
        owner: _,
        storage: _,
        tags,
        status,
        created,
        last_rotated,
        last_used,
        expires,
    } = *facts;
    let first = |known, said| first_by_name(inventory, known, said);
    merged.kind = first(merged.kind, kind);
    merged.label = first(merged.label, label);
    merged.identity = first(merged.identity, identity);
    merged.tags = first(merged.tags, tags);
    merged.created = match (merged.created, created) {
        (Some(before), Some(said)) => Some(before.min(said)),
        (before, said) => before.or(said),
    };
    merged.last_rotated = merged.last_rotated.max(last_rotated);
    // The derived order puts a day above "never" and "never" above silence.
    merged.last_used = merged.last_used.max(last_used);
    if status != Status::Dead {
        merged.expires = merged.expires.max(expires);
    }
    debug_assert!(LastUsed::Never > LastUsed::Unstated);
}
