//! A row of an inventory as it was understood: what it says, field by field, with no secret value in
//! it, because none is kept.

use crate::graph::AccessGraph;
use crate::inventory::{
    Access, CredentialFacts, Date, IdsAcrossSources, InstanceFacts, LastUsed, Link, NameId, Row,
    RowId, SpokenInstance, Status, shown,
};

/// What a row says, each with the name of its field; fields of which it says nothing are left out.
///
/// Costs a search among the links.
pub(crate) fn row_text(graph: &AccessGraph, of: RowId) -> Vec<(&'static str, String)> {
    let inventory = graph.inventory();
    let Some(row) = inventory.rows.get(of.0 as usize) else { return Vec::new() };
    let mut text = Text { graph, fields: Vec::new() };
    text.credential(row);
    let first = inventory.links.partition_point(|link| link.row < of);
    let links = inventory.links.iter().skip(first).take_while(|link| link.row == of);
    for link in links {
        text.link(link, row.credential.is_some());
    }
    if let Some(facts) = inventory.instance_facts.get(row.instance_facts.0 as usize) {
        text.instance_facts(facts);
    }
    text.fields
}

/// The fields of a row in one line, as they are copied.
pub(crate) fn row_line(fields: &[(&'static str, String)]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    fields.join("; ")
}

struct Text<'a> {
    graph: &'a AccessGraph,
    fields: Vec<(&'static str, String)>,
}

impl Text<'_> {
    fn words(&mut self, field: &'static str, value: &str) {
        if !value.is_empty() {
            self.fields.push((field, shown(value).into_owned()));
        }
    }

    fn name(&mut self, field: &'static str, value: Option<NameId>) {
        if let Some(value) = value {
            let value = self.graph.inventory().text(value).to_owned();
            self.words(field, &value);
        }
    }

    fn day(&mut self, field: &'static str, value: Option<Date>) {
        if let Some(value) = value {
            self.fields.push((field, value.to_string()));
        }
    }

    fn credential(&mut self, row: &Row) {
        let inventory = self.graph.inventory();
        let Some(credential) = row.credential else { return };
        if let Some(&id) = inventory.ids_of(credential).first() {
            self.name("id", Some(id));
        }
        let known = inventory.identity(credential, IdsAcrossSources::Same);
        if known.is_some_and(|known| known.fingerprint.is_some()) {
            self.words("secret", "‹masked›");
        }
        let Some(facts) = inventory.facts.get(row.facts.0 as usize) else { return };
        let CredentialFacts { kind, label, identity, owner, storage, tags, .. } = *facts;
        let CredentialFacts { status, created, last_rotated, last_used, expires, .. } = *facts;
        let names = [
            ("type", kind),
            ("name", label),
            ("identity", identity),
            ("owner", owner),
            ("kept in", storage),
            ("tags", tags),
        ];
        for (field, value) in names {
            self.name(field, value);
        }
        self.words("status", status_word(status));
        self.day("created", created);
        self.day("rotated", last_rotated);
        match last_used {
            LastUsed::Unstated => {}
            LastUsed::Never => self.words("last used", "never"),
            LastUsed::On(day) => self.day("last used", Some(day)),
        }
        self.day("expires", expires);
    }

    fn link(&mut self, link: &Link, of_credential: bool) {
        let spoken = self.graph.inventory().instances.get(link.instance.0 as usize).copied();
        let Some(SpokenInstance { service, environment }) = spoken else { return };
        self.name("service", Some(service));
        self.name("environment", Some(environment));
        if of_credential {
            self.words("access", access_word(link.access));
            self.words("level", link.level.word());
        }
    }

    fn instance_facts(&mut self, facts: &InstanceFacts) {
        let &InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
        self.name("kind of service", kind);
        self.name("owner of the service", owner);
        self.words("entry point", entry_point.word());
        self.words("crown jewel", crown_jewel.word());
    }
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Unstated => "",
        Status::Other => "another word",
        Status::Live => "in use",
        Status::Dead => "out of use",
    }
}

fn access_word(access: Access) -> &'static str {
    match access {
        Access::Holds => "holds",
        Access::Grants => "grants",
        Access::Both => "holds and grants",
        Access::Unstated => "not said",
    }
}
