//! What a report as JSON looks like, as a JSON Schema: made from the types that write it.

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::assumed::Basis;
use super::between::BetweenEntry;
use super::disputes::DisputeEntry;
use super::finding_entries::{ImportEntry, SinceEntry};
use super::import_entries::Imported;
use super::json::write_json;
use super::owners::OwnerEntry;
use super::report::{CredentialEntry, FindingEntry, ServiceEntry, Summary};

/// The members that are always there; the rest can be left out.
const ALWAYS: [&str; 5] = ["format", "version", "as_of", "assumptions", "policy_unmatched"];

/// The report of Keyreach, version 1. Members may be added; none changes its meaning. Those of parts that
/// were left out are missing.
#[derive(JsonSchema)]
#[schemars(title = "Keyreach report")]
#[expect(
    dead_code,
    reason = "it stands for the members that the report is written from, one by one"
)]
struct Report<'a> {
    /// Always `keyreach-report`.
    format: &'a str,
    /// Always 1.
    version: u32,
    #[schemars(flatten)]
    basis: Basis,
    /// Which assumptions were disputed in workshops, where some were.
    disputed: Vec<DisputeEntry<'a>>,
    /// How each file was read.
    import: Vec<Imported<'a>>,
    summary: Summary,
    /// By name.
    credentials: Vec<CredentialEntry<'a>>,
    /// By service and environment.
    services: Vec<ServiceEntry<'a>>,
    /// The worst first.
    findings: Vec<FindingEntry<'a>>,
    /// By name; what nobody owns is the last.
    owners: Vec<OwnerEntry<'a>>,
    /// What the last import into a project changed, where there was one before it.
    since_last_import: SinceEntry<'a>,
    /// What each import into a project gave, where there were several.
    imports: Vec<ImportEntry>,
    #[schemars(flatten)]
    between: BetweenEntry<'a>,
}

/// Writes the schema (JSON Schema, draft 2020-12).
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_report_schema(out: &mut dyn Write) -> io::Result<()> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Report<'_>>();
    schema.insert("$id".to_owned(), "urn:keyreach:report:1".into());
    schema.insert("required".to_owned(), ALWAYS.as_slice().into());
    for (member, value) in [("format", "keyreach-report".into()), ("version", 1.into())] {
        let member = schema.pointer_mut(&format!("/properties/{member}"));
        if let Some(member) = member.and_then(serde_json::Value::as_object_mut) {
            member.insert("const".to_owned(), value);
        }
    }
    write_json(&schema, out)
}
