//! The facts of workshops as rows for whoever keeps the inventory.

use std::collections::BTreeSet;

use crate::graph::AccessGraph;
use crate::import::Fingerprinter;
use crate::inventory::NameId;
use crate::project::workshop::{StatedFact, Workshop, WorkshopEntry};

/// A fact as a row that can be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOverFact {
    /// An id of the credential; blank where a token alone names it.
    pub id: String,
    /// What stands for its fingerprint; blank where the id alone names it.
    pub token: String,
    /// What was stated.
    pub fact: StatedFact,
    /// Where it stands: source and line.
    pub place: String,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// The rows, in the order in which they were stated.
    pub facts: Vec<HandedOverFact>,
    /// What cannot be a row, a sentence each with the reason.
    pub left_out: Vec<String>,
}

/// The facts that are in force in a graph, as rows that give the same links when they are imported beside the
/// files that the graph is of. `keyed` makes the tokens of credentials that no id of their own names.
///
/// Costs a pass over the ids of all credentials.
pub fn facts_to_hand_over(
    graph: &AccessGraph,
    workshop: &Workshop,
    keyed: Option<&Fingerprinter>,
) -> HandedOver {
    let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
    if workshop.facts().next().is_some() {
        for id in graph.credential_indices().flat_map(|at| graph.aliases(at)) {
            if !seen.insert(*id) {
                shared.insert(*id);
            }
        }
    }
    let mut handed = HandedOver::default();
    for (entry, fact) in workshop.facts() {
        match row(graph, (entry, fact), &shared, keyed) {
            Ok(own) => handed.facts.push(own),
            Err(why) => handed.left_out.push(format!("{}: {why}", fact.words())),
        }
    }
    handed
}

fn row(
    graph: &AccessGraph,
    (entry, fact): (&WorkshopEntry, &StatedFact),
    shared: &BTreeSet<NameId>,
    keyed: Option<&Fingerprinter>,
) -> Result<HandedOverFact, &'static str> {
    let inventory = graph.inventory();
    let at = fact.credential.found_in(graph).found();
    let at = at.ok_or("the credential is not in the inventory any more")?;
    let place = fact.row_in(inventory, entry.on).and_then(|row| graph.place_of(row));
    let place = place.ok_or("it is not part of the inventory as it is")?;
    let mut own = graph.aliases(at).iter().filter(|id| !shared.contains(id));
    let id = own.next().map(|id| inventory.text(*id).to_owned());
    let token = graph.fingerprint_of(at).zip(keyed).map(|(own, keyed)| keyed.token(own));
    if id.is_none() && token.is_none() {
        return Err(
            "no id of its own names the credential, and the key of its fingerprint is not there",
        );
    }
    // Beside an id a token would say no more.
    let token = token.filter(|_| id.is_none()).unwrap_or_default();
    Ok(HandedOverFact {
        id: id.unwrap_or_default(),
        token,
        fact: fact.clone(),
        place: inventory.place_text(place),
    })
}
