//! What each owner is asked: a list of what is theirs, with nothing of anybody else's.

use std::collections::{BTreeMap, BTreeSet};

use super::redaction::owners_of_cells;
use crate::analysis::Owners;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};
use crate::import::{CREDENTIAL_KIND, Fingerprinter, SERVICE_KIND};
use crate::inventory::{CredentialFacts, Date, Ledger, NameId, Place, Source, SourceId};

/// One thing that an owner is asked about, as the owner's own rows have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AskedThing {
    /// `credential` or `service`.
    pub kind: &'static str,
    /// An id of the credential, or a token; the name of the service.
    pub id: String,
    /// The environment of a service; empty where it is unknown, and for credentials.
    pub environment: String,
    /// A readable name of a credential.
    pub name: String,
    /// What sort of secret or service it is.
    pub sort: String,
    /// The services, of the owner or of nobody, that hold the credential or that it grants, as far as the
    /// owner's rows, or rows of nobody, say so.
    pub used_in: Vec<String>,
    /// When it was last rotated.
    pub last_rotated: Option<Date>,
    /// When it expires.
    pub expires: Option<Date>,
}

/// The list of one owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedList {
    /// The owner.
    pub owner: String,
    /// The credentials by name, then the services.
    pub things: Vec<AskedThing>,
    /// The printed ids of credentials that are not on it: only other owners' ids could name them.
    pub left_out: Vec<String>,
}

/// Makes the lists of owners. What other owners share with one is on the lists of all, each with what
/// the rows of that owner say.
pub struct AskedLists<'a> {
    graph: &'a AccessGraph,
    owners: &'a Owners,
    keyed: Option<&'a Fingerprinter>,
    /// The owners that each owner cell names.
    cells: BTreeMap<NameId, Vec<String>>,
    /// The ids that several credentials bear.
    shared_ids: BTreeSet<NameId>,
}

impl<'a> AskedLists<'a> {
    /// Of the owners of a graph; `keyed` makes the tokens of credentials that no id of an owner names.
    pub fn of(
        graph: &'a AccessGraph,
        owners: &'a Owners,
        keyed: Option<&'a Fingerprinter>,
    ) -> Self {
        let (mut seen, mut shared_ids) = (BTreeSet::new(), BTreeSet::new());
        for id in graph.credential_indices().flat_map(|at| graph.aliases(at)) {
            if !seen.insert(*id) {
                shared_ids.insert(*id);
            }
        }
        Self { graph, owners, keyed, cells: owners_of_cells(graph.inventory()), shared_ids }
    }

    /// The list of one owner: live credentials, and services.
    pub fn list(&self, owner: OwnerIndex) -> AskedList {
        let graph = self.graph;
        let (mut things, mut left_out) = (Vec::new(), Vec::new());
        for at in self.owners.credentials_of(Some(owner)) {
            if !graph.credential(at).is_live() {
                continue;
            }
            match self.reference(at) {
                Some(id) => things.push(self.credential(at, owner, id)),
                None => left_out.push(graph.credential_name(at).to_owned()),
            }
        }
        things.extend(self.owners.instances_of(Some(owner)).map(|at| self.service(at)));
        AskedList { owner: graph.owner_name(owner).to_owned(), things, left_out }
    }

    /// By what a credential is named: its printed id where no other owner could have given it that and
    /// no other credential bears it, else a token.
    fn reference(&self, at: CredentialIndex) -> Option<String> {
        let graph = self.graph;
        let ids = graph.aliases(at);
        let name = graph.credential_name(at);
        let is_own =
            graph.owners_of(at).len() == 1 || (ids.len() == 1 && self.each_row_has_an_id(at));
        let is_plain = ids
            .iter()
            .any(|id| graph.inventory().text(*id) == name && !self.shared_ids.contains(id));
        if is_own && is_plain {
            return Some(name.to_owned());
        }
        Some(self.keyed?.token(graph.fingerprint_of(at)?))
    }

    /// Whether no row of a credential can lack an id, as one could that a secret alone joins to the others:
    /// which row gave an id is not known.
    fn each_row_has_an_id(&self, at: CredentialIndex) -> bool {
        let graph = self.graph;
        let places = graph.rows_of(at).iter().filter_map(|&row| graph.place_of(row));
        let sources: BTreeSet<SourceId> = places.map(|place| place.source).collect();
        let is_filled = |source: &Source| {
            let Ledger { accepted, merged, rejected, .. } = source.ledger;
            let id = source.columns.iter().find(|column| column.meaning == Some("id"));
            id.is_some_and(|column| column.filled >= accepted + merged + rejected)
        };
        let of = |at: &SourceId| graph.inventory().sources.get(usize::from(at.0));
        sources.iter().all(|at| of(at).is_some_and(is_filled))
    }

    fn credential(&self, at: CredentialIndex, owner: OwnerIndex, id: String) -> AskedThing {
        let graph = self.graph;
        let inventory = graph.inventory();
        let facts = |row: &crate::inventory::RowId| {
            let row = inventory.rows.get(row.0 as usize)?;
            inventory.facts.get(row.facts.0 as usize)
        };
        let is_own = |facts: &&CredentialFacts| self.is_of(facts.owner, graph.owner_name(owner));
        let rows = graph.rows_of(at);
        let own: Vec<&CredentialFacts> = rows.iter().filter_map(facts).filter(is_own).collect();
        let own_rows = rows.iter().filter(|row| facts(row).as_ref().is_some_and(is_own));
        let places: BTreeSet<Place> = own_rows.filter_map(|&row| graph.place_of(row)).collect();
        // What a row of another owner alone links to is theirs to know.
        let edges = graph.held_by(at).iter().chain(graph.grants(at));
        let named = edges.filter(|&&edge| graph.evidence(edge).any(|row| places.contains(&row)));
        let named: BTreeSet<InstanceIndex> = named.map(|&edge| graph.edge(edge).instance).collect();
        let first = |of: fn(&CredentialFacts) -> Option<NameId>| {
            let texts = own.iter().filter_map(|facts| of(facts)).map(|name| inventory.text(name));
            texts.min().unwrap_or_default().to_owned()
        };
        let linked = graph.instances_of(at).into_iter().filter(|at| named.contains(at));
        let linked = linked.filter(|at| {
            let owners = graph.owners_of_instance(*at);
            owners.is_empty() || owners.contains(&owner)
        });
        AskedThing {
            kind: CREDENTIAL_KIND,
            id,
            environment: String::new(),
            name: first(|facts| facts.label),
            sort: first(|facts| facts.kind),
            used_in: linked.map(|at| graph.instance_name(at)).collect(),
            last_rotated: own.iter().filter_map(|facts| facts.last_rotated).max(),
            expires: own.iter().filter_map(|facts| facts.expires).max(),
        }
    }

    /// Whether a row with this owner cell is not another owner's alone.
    fn is_of(&self, cell: Option<NameId>, owner: &str) -> bool {
        let owners = cell.and_then(|cell| self.cells.get(&cell));
        owners.is_none_or(|owners| owners.is_empty() || owners.iter().any(|own| own == owner))
    }

    fn service(&self, at: InstanceIndex) -> AskedThing {
        let graph = self.graph;
        let kind = graph.instance(at).kind;
        AskedThing {
            kind: SERVICE_KIND,
            id: graph.service_name(at).to_owned(),
            environment: graph.environment_of(at).label.clone(),
            sort: kind.map_or("", |kind| graph.inventory().text(kind)).to_owned(),
            ..AskedThing::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Answers;
    use crate::graph::testing::graph;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Progress};

    fn lists(graph: AccessGraph, keyed: Option<&Fingerprinter>) -> Vec<AskedList> {
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        let lists = AskedLists::of(&answers.graph, &answers.owners, keyed);
        (0..answers.graph.owners().len() as u32).map(|at| lists.list(OwnerIndex(at))).collect()
    }

    #[test]
    fn a_list_has_what_is_the_owners_and_nothing_else() {
        let found = lists(
            graph(
                "k holds shop@dev owner=ann type=token label=deploy rotated=2026-01-05\n\
                 k grants pay@prod owner=ann expires=2027-01-01\nb holds pay@prod owner=bob\n\
                 - holds pay@prod service_owner=bob kind=database\n\
                 d holds shop@dev owner=ann status=dead\n- holds web@dev service_owner=ann\n",
            ),
            None,
        );
        let [ann, bob] = found.as_slice() else { panic!("{found:?}") };
        let ids = |list: &AskedList| -> Vec<String> {
            list.things.iter().map(|thing| format!("{} {}", thing.kind, thing.id)).collect()
        };
        assert_eq!(ids(ann), ["credential k", "service web"]);
        assert_eq!(ids(bob), ["credential b", "service pay"]);
        // The service of the other owner is not named; the one of nobody is.
        assert_eq!(ann.things[0].used_in, ["shop in dev"]);
        assert_eq!((ann.things[0].name.as_str(), ann.things[0].sort.as_str()), ("deploy", "token"));
        assert_eq!(ann.things[0].last_rotated, Some(Date::constant(2026, 1, 5)));
        assert_eq!(ann.things[0].expires, Some(Date::constant(2027, 1, 1)));
        assert_eq!(bob.things[1].sort, "database");
    }

    #[test]
    fn an_id_that_another_owners_row_may_have_given_alone_is_on_no_list() {
        let head = "id,secret,service,environment,owner\n";
        let own = "k-one,hunter2-long-enough,shop,dev,ann\n";
        let key = FingerprintKey::from_bytes([5; 32]);
        let ids_of = |row: &str| -> Vec<bool> {
            let files = vec![FileBytes::new("keys.csv", format!("{head}{own}{row}").into_bytes())];
            let inventory =
                import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
            let as_of = Assumptions::new(crate::graph::testing::as_of());
            let graph = AccessGraph::build(std::sync::Arc::new(inventory), &as_of);
            let found = lists(graph, Some(&Fingerprinter::new(&key)));
            found.iter().map(|list| list.things[0].id == "k-one").collect()
        };
        assert_eq!(ids_of(",hunter2-long-enough,pay,prod,bob\n"), [false, false]);
        assert_eq!(ids_of("k-one,hunter2-long-enough,pay,prod,bob\n"), [true, true]);
        assert_eq!(ids_of(",hunter2-long-enough,pay,prod,ann\n"), [true]);
    }

    #[test]
    fn ids_and_facts_of_another_owner_are_on_no_list() {
        let rows = "id,name,secret,service,environment,owner,type,last rotated\n\
                    ann-key,Ann's,hunter2-long-enough,shop,dev,ann,token,2026-01-05\n\
                    bob-key,Bob's,hunter2-long-enough,pay,prod,bob,password,2026-02-05\n";
        let key = FingerprintKey::from_bytes([5; 32]);
        let files = vec![FileBytes::new("keys.csv", rows.as_bytes().to_vec())];
        let inventory =
            import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
        let as_of = crate::graph::testing::as_of();
        let graph = AccessGraph::build(std::sync::Arc::new(inventory), &Assumptions::new(as_of));
        let keyed = Fingerprinter::new(&key);
        let found = lists(graph.clone(), Some(&keyed));
        for (list, [own, other]) in found.iter().zip([["ann", "bob"], ["bob", "ann"]]) {
            let [only] = list.things.as_slice() else { panic!("{list:?}") };
            let text = format!("{list:?}").to_lowercase();
            assert!(text.contains(own) && !text.contains(other), "{text}");
            assert!(only.id.starts_with(crate::inventory::TOKEN));
        }
        // The services have no owner, but each was named by one owner's rows alone.
        let used_in = |at: usize| found[at].things[0].used_in.clone();
        assert_eq!(
            (used_in(0), used_in(1)),
            (vec!["shop in dev".to_owned()], vec!["pay in prod".to_owned()])
        );
        assert_eq!(found[0].things[0].last_rotated, Some(Date::constant(2026, 1, 5)));
        // Without the key only an id could name it, which may be the other's.
        let without = lists(graph, None);
        assert_eq!(
            (without[0].things.len(), without[0].left_out.as_slice()),
            (0, &["ann-key".to_owned()][..])
        );
    }
}
