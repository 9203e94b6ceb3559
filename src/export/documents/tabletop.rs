//! A card for a tabletop exercise, one page: how it starts, what the players hear one after the other, who
//! they are, and what they are asked at the end.

use std::collections::{BTreeMap, BTreeSet};

use super::basis::basis;
use super::names::rows;
use crate::analysis::{
    Counting, Path, PathFrom, Reached, Step, Subject, blast_radius, stated_hops,
};
use crate::export::document::{Document, Item, Line};
use crate::export::hops::{assumed_mark, rows_of};
use crate::export::rotation::AnsweredRotation;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::inventory::counted;

/// How many names stand in one line, and how many injects and waves on a card: more do not fit the page.
const MOST_NAMES: usize = 5;
const MOST_INJECTS: usize = 8;

/// What the players are asked after an inject, in turn.
const PROMPTS: [&str; 3] = [
    "Ask: how would you notice it, and in which log?",
    "Ask: who may revoke it now, and what stops working then?",
    "Ask: whom do you tell, inside and outside?",
];

/// What they are asked at the end.
const AT_THE_END: [&str; 4] = [
    "Which of these credentials could be replaced today, and in which order?",
    "What did we believe that nobody could show?",
    "Which one fix would have ended it earliest?",
    "What is done by whom, and by when?",
];

/// A card of a path: a hop an inject.
pub fn tabletop_of_path(graph: &AccessGraph, path: &Path) -> Document {
    let Path { from, to, hops } = path.clone();
    tabletop_of_path_from(graph, &PathFrom { from: Subject::Instance(from), to, hops })
}

/// The same of a path that may start with a credential.
pub fn tabletop_of_path_from(graph: &AccessGraph, path: &PathFrom) -> Document {
    let mut card = Card::new(graph);
    let (from, to) = (path.from.name(graph), graph.instance_name(path.to));
    card.document.sentence(format!("Tabletop card: from {from} to {to}"));
    card.start(&[path.from]);
    let hops = path.hops.iter().zip(stated_hops(graph, &path.hops));
    let injects: Vec<Item> = hops
        .take(MOST_INJECTS)
        .enumerate()
        .map(|(at, (hop, is_stated))| card.hop(at, hop, is_stated))
        .collect();
    card.injects(path.hops.len(), injects);
    card.finish()
}

/// A card of what has fallen: what each hop of the blast radius opens is an inject, and the order of
/// rotation stands below for whoever leads the exercise.
pub fn tabletop_of_rotation(answered: &AnsweredRotation<'_>) -> Document {
    let AnsweredRotation { graph, starts, rotation } = *answered;
    let mut card = Card::new(graph);
    let credentials = starts.credentials.iter().map(|at| Subject::Credential(*at));
    let instances = starts.instances.iter().map(|at| Subject::Instance(*at));
    let fallen: Vec<Subject> = credentials.chain(instances).collect();
    let names: Vec<String> = fallen.iter().map(|own| own.name(graph)).collect();
    card.document.sentence(format!("Tabletop card: {} fell", listed(&names)));
    card.start(&fallen);
    let radius = blast_radius(graph, starts, Counting::All);
    let hops: Vec<&[Reached]> =
        radius.reached.chunk_by(|one, next| one.hops == next.hops).collect();
    let injects: Vec<Item> = hops
        .iter()
        .take(MOST_INJECTS)
        .enumerate()
        .map(|(at, group)| card.fall(at, group))
        .collect();
    card.injects(hops.len(), injects);
    if !rotation.groups.is_empty() {
        card.document.heading("For whoever leads it: what must be replaced, in this order");
        let mut groups = rotation.groups.as_slice();
        let mut waves = Vec::new();
        for (number, wave) in (1..).zip(&rotation.waves) {
            let (own, rest) = groups.split_at_checked(wave.groups).unwrap_or((groups, &[]));
            groups = rest;
            let names = own.iter().flat_map(|group| &group.credentials);
            let names: Vec<String> =
                names.map(|at| graph.credential_name(*at).to_owned()).collect();
            waves.push(Item::from(format!("Wave {number}: {}", listed(&names))));
        }
        card.document.first_of(waves.len(), waves.into_iter().take(MOST_INJECTS));
    }
    card.finish()
}

/// "a, b and 3 more".
fn listed(names: &[String]) -> String {
    let first = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// A card that is being written.
struct Card<'a> {
    graph: &'a AccessGraph,
    document: Document,
    /// What each owner answers for, of what the card is about.
    theirs: BTreeMap<OwnerIndex, BTreeSet<String>>,
    /// What nobody is named for.
    nobodys: BTreeSet<String>,
}

impl<'a> Card<'a> {
    fn new(graph: &'a AccessGraph) -> Self {
        let (theirs, nobodys) = (BTreeMap::new(), BTreeSet::new());
        Self { graph, document: Document::default(), theirs, nobodys }
    }

    /// Notes who answers for something.
    fn note(&mut self, subject: Subject) {
        let (graph, name) = (self.graph, subject.name(self.graph));
        let owners = match subject {
            Subject::Credential(at) => graph.owners_of(at),
            Subject::Instance(at) => graph.owners_of_instance(at),
        };
        for owner in owners {
            self.theirs.entry(*owner).or_default().insert(name.clone());
        }
        if owners.is_empty() {
            self.nobodys.insert(name);
        }
    }

    /// How it starts.
    fn start(&mut self, fallen: &[Subject]) {
        self.document.heading("Start");
        let lines: Vec<Item> = fallen
            .iter()
            .take(MOST_NAMES)
            .map(|subject| {
                let name = subject.name(self.graph);
                Item::from(match subject {
                    Subject::Credential(_) => format!("Somebody outside has {name}."),
                    Subject::Instance(_) => format!("Somebody outside runs commands in {name}."),
                })
            })
            .collect();
        for subject in fallen {
            self.note(*subject);
        }
        self.document.first_of(fallen.len(), lines);
    }

    fn hop(&mut self, at: usize, hop: &Step, is_stated: bool) -> Item {
        self.note(Subject::Credential(hop.credential));
        self.note(Subject::Instance(hop.to));
        let graph = self.graph;
        let (name, to) = (graph.credential_name(hop.credential), graph.instance_name(hop.to));
        let found = hop.from.map(|from| format!(" found in {},", graph.instance_name(from)));
        let found = found.unwrap_or_default();
        let line = Line::from(format!("{}. With {name},{found} they enter {to}  (", at + 1));
        let line = line.rows(rows(graph, rows_of(graph, hop))).text(")");
        Item::with(line.text(assumed_mark(is_stated)), vec![prompt(at)])
    }

    /// What falls at one number of hops.
    fn fall(&mut self, at: usize, group: &[Reached]) -> Item {
        let keys: BTreeSet<CredentialIndex> = group.iter().map(|own| own.via).collect();
        let instances: Vec<InstanceIndex> = group.iter().map(|own| own.instance).collect();
        for key in &keys {
            self.note(Subject::Credential(*key));
        }
        for instance in &instances {
            self.note(Subject::Instance(*instance));
        }
        let graph = self.graph;
        let keys: Vec<String> =
            keys.iter().map(|key| graph.credential_name(*key).to_owned()).collect();
        let names: Vec<String> = instances.iter().map(|one| graph.instance_name(*one)).collect();
        let count = counted(instances.len(), "service instance", "service instances");
        let line =
            format!("{}. With {} they enter {count}: {}", at + 1, listed(&keys), listed(&names));
        Item::with(line, vec![prompt(at)])
    }

    fn injects(&mut self, whole: usize, injects: Vec<Item>) {
        self.document.heading("What the players hear, one after the other");
        if injects.is_empty() {
            self.document.sentence("Nothing else falls: what has fallen leads nowhere.");
        }
        self.document.first_of(whole, injects);
    }

    /// Who plays, and what they are asked at the end.
    fn finish(mut self) -> Document {
        self.document.heading("Roles");
        let graph = self.graph;
        let mut roles: Vec<Item> = self
            .theirs
            .iter()
            .take(MOST_INJECTS)
            .map(|(owner, names)| {
                let names: Vec<String> = names.iter().cloned().collect();
                Item::from(format!("{}: answers for {}", graph.owner_name(*owner), listed(&names)))
            })
            .collect();
        let more = self.theirs.len().saturating_sub(MOST_INJECTS);
        if more > 0 {
            roles.push(Item::from(format!("{more} more owners")));
        }
        if !self.nobodys.is_empty() {
            let names: Vec<String> = self.nobodys.iter().cloned().collect();
            roles.push(Item::from(format!("Nobody is named for {}", listed(&names))));
        }
        roles.push(Item::from("One leads: reads what the players hear, and keeps the time"));
        roles.push(Item::from("One writes: what is decided, by whom and when"));
        self.document.list(roles);
        self.document.heading("Questions at the end");
        self.document.list(AT_THE_END.map(Item::from));
        basis(graph, &mut self.document);
        self.document
    }
}

fn prompt(at: usize) -> Item {
    Item::from(PROMPTS.get(at % PROMPTS.len()).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Starts, rotation};
    use crate::export::write_markdown;
    use crate::graph::testing::graph;

    const ROWS: &str = "k holds shop@dev owner=ann\nk grants pay@prod owner=ann\n\
                        m holds pay@prod owner=bob\nm grants vault@prod\nm grants db@prod";

    fn text(document: &Document) -> String {
        let mut out = Vec::new();
        write_markdown(document, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_card_of_a_path_has_a_hop_an_inject_with_the_owners_of_what_falls() {
        let graph = graph(ROWS);
        let shop = graph.find_instance("shop", "dev").unwrap();
        let vault = graph.find_instance("vault", "prod").unwrap();
        let starts = Starts { instances: vec![shop], credentials: Vec::new() };
        let found = blast_radius(&graph, &starts, Counting::All);
        let path = Path { from: shop, to: vault, hops: found.chain_to(vault) };
        let card = text(&tabletop_of_path(&graph, &path));
        for line in [
            "# Tabletop card: from shop in dev to vault in prod\n",
            "- Somebody outside runs commands in shop in dev.\n",
            "- 1\\. With k, found in shop in dev, they enter pay in prod",
            "- 2\\. With m, found in pay in prod, they enter vault in prod",
            "  - Ask: who may revoke it now",
            "- ann: answers for k",
            "- bob: answers for m",
            "## Questions at the end\n",
        ] {
            assert!(card.contains(line), "{line} in {card}");
        }
        assert!(!card.contains("- 3"), "{card}");
    }

    #[test]
    fn a_card_of_what_has_fallen_has_a_hop_an_inject_and_the_order_of_rotation() {
        let graph = graph(ROWS);
        let k = graph.find_credential("k").unwrap();
        let starts = Starts { credentials: vec![k], instances: Vec::new() };
        let found = rotation(&graph, &starts);
        let answered = AnsweredRotation { graph: &graph, starts: &starts, rotation: &found };
        let card = text(&tabletop_of_rotation(&answered));
        for line in [
            "# Tabletop card: k fell\n",
            "- Somebody outside has k.\n",
            "- 1\\. With k they enter 1 service instance: pay in prod\n",
            "- 2\\. With m they enter 2 service instances: db in prod, vault in prod\n",
            "- Wave 1: ",
        ] {
            assert!(card.contains(line), "{line} in {card}");
        }
        // As many waves as the order has.
        assert_eq!(card.matches("- Wave ").count(), found.waves.len());
    }
}
