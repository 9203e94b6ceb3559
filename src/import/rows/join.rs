//! Joins a part of a table that was read by itself to the parts before it.

use crate::import::rows::builder::{InventoryBuilder, SameSecret};
use crate::import::rows::reported_once::Once;
use crate::import::rows::subject::RowSubject;
use crate::inventory::{
    CredentialFacts, FactsId, InstanceFacts, InstanceFactsId, Link, NameId, Row, RowId,
    SpokenInstanceId,
};

/// Adds a part of the same table behind what `whole` holds. Every number becomes the one that a
/// single reading of both would have given. Costs the part's rows and distinct names.
pub(crate) fn join(whole: &mut InventoryBuilder, part: InventoryBuilder) {
    let first_new = whole.inventory.names.len();
    let numbers = Numbers::new(whole, &part);
    let name = |id: NameId| renumbered(&numbers.names, id.index(), id);
    let fingerprint = |at: u32| renumbered(&numbers.fingerprints, at as usize, at);
    let InventoryBuilder { inventory, subjects, continuations, same_secret, ids_alone, .. } = &part;
    let rows = whole.inventory.rows.len() as u32;
    let row = |row: &Row| Row {
        facts: renumbered(&numbers.facts, row.facts.0 as usize, row.facts),
        instance_facts: {
            let own = row.instance_facts;
            renumbered(&numbers.instance_facts, own.0 as usize, own)
        },
        ..*row
    };
    let link = |link: &Link| Link {
        row: RowId(link.row.0 + rows),
        instance: renumbered(&numbers.instances, link.instance.0 as usize, link.instance),
        ..*link
    };
    let subject = |subject: &RowSubject| match *subject {
        RowSubject::Service => RowSubject::Service,
        RowSubject::Credential { id, fingerprint: known } => {
            RowSubject::Credential { id: id.map(name), fingerprint: known.map(fingerprint) }
        }
    };
    let InventoryBuilder { inventory: all, subjects: all_subjects, .. } = whole;
    let (all_rows, all_links) = (&mut all.rows, &mut all.links);
    rayon::join(
        || all_links.extend(inventory.links.iter().map(link)),
        || {
            all_rows.extend(inventory.rows.iter().map(row));
            all_subjects.extend(subjects.iter().map(subject));
        },
    );
    whole.continuations.extend(continuations.iter().map(|row| row + rows));
    whole.same_secret.extend(same_secret.iter().map(|&SameSecret { source, value, supplied }| {
        SameSecret { source, value: fingerprint(value), supplied: fingerprint(supplied) }
    }));
    whole.pointers.extend(part.pointers.iter().map(|&one| fingerprint(one)));
    whole.ids_alone |= ids_alone;
    whole.has_values |= part.has_values;
    whole.value_traces.extend(part.value_traces);
    let once = part.reported.in_order();
    let once: Vec<(usize, Once)> =
        once.into_iter().map(|(at, once)| (at, once.remapped_secrets(name))).collect();
    let problems = part.inventory.problems;
    whole.reported.join(&mut whole.inventory.problems, problems, &once, first_new);
}

/// What the numbers of a part are in the whole, by the part's numbers.
struct Numbers {
    names: Vec<NameId>,
    fingerprints: Vec<u32>,
    facts: Vec<FactsId>,
    instance_facts: Vec<InstanceFactsId>,
    instances: Vec<SpokenInstanceId>,
}

impl Numbers {
    fn new(whole: &mut InventoryBuilder, part: &InventoryBuilder) -> Self {
        let inventory = &part.inventory;
        let mut known = std::mem::take(&mut whole.fingerprints);
        let number = || known.numbers(&part.fingerprints.all());
        let (fingerprints, (names, facts)) = rayon::join(number, || {
            whole.inventory.names.reserve(inventory.names.len());
            whole.reserve_facts(inventory.facts.len());
            let texts = inventory.names.ids().map(|id| inventory.names.text(id));
            let names: Vec<NameId> = texts.map(|text| whole.inventory.names.intern(text)).collect();
            let name = |id: NameId| renumbered(&names, id.index(), id);
            let facts = inventory.facts.iter();
            let facts = facts.map(|one| whole.facts(remapped_secrets(one, name))).collect();
            (names, facts)
        });
        whole.fingerprints = known;
        let name = |id: NameId| renumbered(&names, id.index(), id);
        let of_instances = inventory.instance_facts.iter();
        let instance_facts =
            of_instances.map(|one| whole.instance_facts(renamed_of_instance(one, name))).collect();
        let instances = inventory.instances.iter();
        let instances =
            instances.map(|one| whole.instance(name(one.service), name(one.environment))).collect();
        Self { names, fingerprints, facts, instance_facts, instances }
    }
}

fn renumbered<T: Copy>(numbers: &[T], at: usize, own: T) -> T {
    numbers.get(at).copied().unwrap_or(own)
}

fn remapped_secrets(facts: &CredentialFacts, name: impl Fn(NameId) -> NameId) -> CredentialFacts {
    let CredentialFacts { kind, label, identity, owner, storage, tags, .. } = facts;
    CredentialFacts {
        kind: kind.map(&name),
        label: label.map(&name),
        identity: identity.map(&name),
        owner: owner.map(&name),
        storage: storage.map(&name),
        tags: tags.map(&name),
        ..facts.clone()
    }
}

fn renamed_of_instance(facts: &InstanceFacts, name: impl Fn(NameId) -> NameId) -> InstanceFacts {
    let InstanceFacts { kind, owner, .. } = facts;
    InstanceFacts { kind: kind.map(&name), owner: owner.map(&name), ..facts.clone() }
}
