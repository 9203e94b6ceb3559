//! A row of an inventory as it was understood: what it says, field by field, with no secret value in
//! it, because none is kept.

use crate::graph::AccessGraph;
use crate::inventory::{
    Access, CredentialFacts, Date, IdsAcrossSources, InstanceFacts, LastUsed, Link, NameId, Row,
    RowId, SourceColumn, SpokenInstance, Status, shown,
};

/// What a row says: each column of its table that says anything, by its heading and in the order of the
/// file, then what no column of its own says, by the name of its field.
///
/// Costs a search among the links, and columns times fields.
pub fn row_text(graph: &AccessGraph, of: RowId) -> Vec<(String, String)> {
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
    let source = inventory.sources.get(row.place.source.0 as usize);
    by_column(source.map_or(&[], |source| source.columns.as_slice()), text.fields)
}

/// The fields of a row in one line, as they are copied.
pub fn row_line(fields: &[(String, String)]) -> String {
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    fields.join("; ")
}

/// Something that a row says.
struct Field {
    /// As it is called where no column says it.
    name: &'static str,
    /// What a column means that can say it, as column mappings write it.
    meanings: &'static [&'static str],
    value: String,
}

/// The fields by the columns that say them. Where several columns of a table have the same meaning, as
/// those of several credentials in one row have, nobody knows which of them said it.
fn by_column(columns: &[SourceColumn], mut fields: Vec<Field>) -> Vec<(String, String)> {
    let mut told = Vec::new();
    for column in columns {
        let Some(meaning) = column.meaning else { continue };
        let is_one = |other: &&SourceColumn| other.meaning == Some(meaning);
        if columns.iter().filter(is_one).count() > 1 {
            continue;
        }
        let says = |field: &mut Field| field.meanings.contains(&meaning);
        let own: Vec<String> = fields.extract_if(.., says).map(|field| field.value).collect();
        if let Some(value) = together(&own) {
            told.push((column.name.clone(), value));
        }
    }
    told.extend(fields.into_iter().map(|field| (field.name.to_owned(), field.value)));
    told
}

/// The values of one column: one where all are the same.
fn together(values: &[String]) -> Option<String> {
    let first = values.first()?;
    let is_one = values.iter().all(|value| value == first);
    Some(if is_one { first.clone() } else { values.join(", ") })
}

struct Text<'a> {
    graph: &'a AccessGraph,
    fields: Vec<Field>,
}

impl Text<'_> {
    fn words(&mut self, (name, meanings): FieldKind, value: &str) {
        if !value.is_empty() {
            self.fields.push(Field { name, meanings, value: shown(value).into_owned() });
        }
    }

    fn name(&mut self, field: FieldKind, value: Option<NameId>) {
        if let Some(value) = value {
            let value = self.graph.inventory().text(value).to_owned();
            self.words(field, &value);
        }
    }

    fn day(&mut self, field: FieldKind, value: Option<Date>) {
        if let Some(value) = value {
            self.words(field, &value.to_string());
        }
    }

    fn credential(&mut self, row: &Row) {
        let inventory = self.graph.inventory();
        let Some(credential) = row.credential else { return };
        if let Some(&id) = inventory.ids_of(credential).first() {
            // Where no column has ids, a credential is known by its name.
            let source = inventory.sources.get(usize::from(row.place.source.0));
            let has_ids = source.is_some_and(|source| {
                source.columns.iter().any(|column| column.meaning == Some("id"))
            });
            let meanings: &[&str] = if has_ids { &["id"] } else { &["id", "name"] };
            self.name(("id", meanings), Some(id));
        }
        let known = inventory.identity(credential, IdsAcrossSources::Same);
        // Another row may have the secret of the same credential.
        let source = inventory.sources.get(usize::from(row.place.source.0));
        let has_secrets = source.is_some_and(|source| {
            let is_of_secrets = |column: &SourceColumn| {
                column.meaning.is_some_and(|own| ["secret", "fingerprint"].contains(&own))
            };
            source.is_imported()
                && (source.columns.is_empty() || source.columns.iter().any(is_of_secrets))
        });
        if has_secrets && known.is_some_and(|known| known.fingerprint.is_some()) {
            self.words(("secret", &["secret", "fingerprint"]), "‹masked›");
        }
        let Some(facts) = inventory.facts.get(row.facts.0 as usize) else { return };
        let CredentialFacts { kind, label, identity, owner, storage, tags, .. } = *facts;
        let CredentialFacts { status, created, last_rotated, last_used, expires, .. } = *facts;
        self.name(("type", &["type"]), kind);
        self.name(("name", &["name"]), label);
        self.name(("identity", &["identity"]), identity);
        self.name(("owner", &["owner"]), owner);
        self.name(("kept in", &["storage"]), storage);
        self.name(("tags", &["tags"]), tags);
        self.words(("status", &["status", "disabled"]), status_word(status));
        self.day(("created", &["created"]), created);
        self.day(("rotated", &["last-rotated"]), last_rotated);
        let used: FieldKind = ("last used", &["last-used"]);
        match last_used {
            LastUsed::Unstated => {}
            LastUsed::Never => self.words(used, "never"),
            LastUsed::On(day) => self.day(used, Some(day)),
        }
        self.day(("expires", &["expires"]), expires);
    }

    fn link(&mut self, link: &Link, of_credential: bool) {
        let spoken = self.graph.inventory().instances.get(link.instance.0 as usize).copied();
        let Some(SpokenInstance { service, environment }) = spoken else { return };
        let [service_of, environment_of]: [FieldKind; 2] = match link.access {
            Access::Holds => [
                ("service", &["service", "holder"]),
                ("environment", &["environment", "holder-environment"]),
            ],
            Access::Grants => [
                ("service", &["service", "target"]),
                ("environment", &["environment", "target-environment"]),
            ],
            Access::Both | Access::Unstated => [
                ("service", &["service", "holder", "target"]),
                ("environment", &["environment", "holder-environment", "target-environment"]),
            ],
        };
        self.name(service_of, Some(service));
        self.name(environment_of, Some(environment));
        if of_credential {
            self.words(("access", &["access"]), access_word(link.access));
            self.words(("level", &["level"]), link.level.word());
        }
    }

    fn instance_facts(&mut self, facts: &InstanceFacts) {
        let &InstanceFacts { kind, owner, entry_point, crown_jewel } = facts;
        self.name(("kind of service", &["service-kind"]), kind);
        self.name(("owner of the service", &["service-owner"]), owner);
        self.words(("entry point", &["exposure"]), entry_point.word());
        self.words(("crown jewel", &["crown-jewel", "criticality"]), crown_jewel.word());
    }
}

/// What a field is called, and what a column means that can say it.
type FieldKind = (&'static str, &'static [&'static str]);

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Unstated => "",
        Status::Other => "another word",
        Status::Live => "in use",
        Status::Unneeded => "no longer needed",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::as_of;
    use crate::import::{FileBytes, FingerprintKey, ImportSettings, import};
    use crate::inventory::{Assumptions, Progress};

    fn first_row(text: &str) -> String {
        let files = vec![FileBytes::new("keys.csv", text.as_bytes().to_vec())];
        let key = FingerprintKey::from_bytes([5; 32]);
        let inventory = import(files, &key, &ImportSettings::default(), &Progress::default());
        let inventory = std::sync::Arc::new(inventory.expect("it can be read"));
        let graph = AccessGraph::build(inventory, &Assumptions::new(as_of()));
        row_line(&row_text(&graph, RowId(0)))
    }

    #[test]
    fn a_row_is_told_by_the_headings_of_its_file_in_their_order() {
        let rows = "Stage;Secret Value;App;Credential ID;Owner;Note\n\
                    prod;hunter2-long-enough;shop;K1;ann;seen\n";
        assert_eq!(
            first_row(rows),
            "Stage=prod; Secret Value=‹masked›; App=shop; Credential ID=K1; Owner=ann; access=not said"
        );
    }

    #[test]
    fn holder_and_target_stand_in_their_columns_and_several_services_together() {
        let rows = "id,used by,grants access to\nK1,web; cron,db\n";
        let told = first_row(rows);
        assert!(
            told.contains("used by=web, cron") && told.contains("grants access to=db"),
            "{told}"
        );
    }
}
