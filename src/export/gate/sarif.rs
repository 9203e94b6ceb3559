//! A verdict as SARIF 2.1.0, which code forges show beside the code.
//!
//! GitHub takes 25,000 results of a run at most and shows 5,000: what fails comes first, then the worst,
//! and what is left out is said. It identifies a result by its `primaryLocationLineHash`, which here rests on names
//! and not on lines.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::artifact_uri::artifact_uri;
use super::beside::FindingState;
use super::fingerprint::finding_fingerprint;
use super::listed::Listed;
use super::sarif_rules::{level, rules};
use super::verdict::Verdict;
use crate::analysis::{Assessment, Finding, Path, Rule, Subject};
use crate::export::assumed::Basis;
use crate::export::hops::rows_of;
use crate::export::json::{Each, write_json};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{Place, shown};

/// How many results a run has at most.
const MOST_RESULTS: usize = 25_000;

/// How many rows beside the first a result names.
const MOST_RELATED: usize = 10;

/// What a log says beside the verdict.
pub struct SarifContext<'a> {
    /// The paths of which results have the hops.
    pub assessment: &'a Assessment,
    /// The absolute working folder, to which references to files are relative; empty where it is not
    /// known.
    pub folder: &'a str,
}

/// Writes the verdict. A finding on a path has the hops of the shortest listed one as a code flow.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_sarif(
    verdict: &Verdict<'_>,
    beside: &SarifContext<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let SarifContext { assessment, folder } = *beside;
    let findings = &verdict.answers.findings;
    let listed = Listed::of(verdict, MOST_RESULTS);
    let context = Context { verdict, paths: shortest_by_credential(&assessment.paths), folder };
    let result = |&at: &usize| findings.get(at).map(|finding| context.result(at, finding));
    let note = |words: String| {
        let text = format!("{words}: a run has at most {MOST_RESULTS} results");
        json!({"level": "warning", "message": {"text": text}})
    };
    let mut worst = BTreeMap::new();
    for finding in listed.places.iter().filter_map(|&at| findings.get(at)) {
        let severity = worst.entry(finding.rule).or_insert(finding.severity);
        *severity = finding.severity.min(*severity);
    }
    let notes: Vec<Value> = listed.words().map(note).into_iter().collect();
    let run = Run {
        tool: json!({"driver": {
            "name": "Keyreach",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules(&worst),
        }}),
        column_kind: "utf16CodeUnits",
        invocations: [json!({"executionSuccessful": true, "toolExecutionNotifications": notes})],
        properties: basis(verdict),
        results: Each(|| listed.places.iter().filter_map(result)),
    };
    let schema = "https://json.schemastore.org/sarif-2.1.0.json";
    write_json(&Log { schema, version: "2.1.0", runs: [run] }, out)
}

#[derive(serde::Serialize)]
struct Log<R: serde::Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<R: serde::Serialize> {
    tool: Value,
    column_kind: &'static str,
    invocations: [Value; 1],
    properties: Value,
    results: R,
}

/// What the verdict rests on.
fn basis(verdict: &Verdict<'_>) -> Value {
    let Basis { as_of, assumptions, policy_unmatched } = Basis::new(&verdict.answers.graph);
    json!({
        "as_of": as_of,
        "assumptions": assumptions,
        "policy_unmatched": policy_unmatched,
        "baseline_as_of": verdict.baseline_as_of.map(|day| day.to_string()),
        "baseline_differs": verdict.baseline_differs,
        "findings_explained": verdict.explained(),
        "more_connected_pairs": verdict.beside.more_pairs,
        "more_connected_pairs_unsure": verdict.beside.pairs_unsure,
        "findings_accepted": verdict.decided.accepted.len(),
    })
}

/// For each credential the first of the listed paths that uses it, which is a shortest one.
fn shortest_by_credential(paths: &[Path]) -> BTreeMap<CredentialIndex, &Path> {
    let mut found = BTreeMap::new();
    for path in paths {
        for hop in &path.hops {
            found.entry(hop.credential).or_insert(path);
        }
    }
    found
}

/// What results are made from.
struct Context<'a> {
    verdict: &'a Verdict<'a>,
    paths: BTreeMap<CredentialIndex, &'a Path>,
    folder: &'a str,
}

impl Context<'_> {
    fn graph(&self) -> &AccessGraph {
        &self.verdict.answers.graph
    }

    fn result(&self, at: usize, finding: &Finding) -> Value {
        let graph = self.graph();
        let details = self.verdict.answers.details(finding);
        let name = shown(&finding.subject.name(graph)).into_owned();
        let why: Vec<String> =
            details.why.iter().map(|reason| shown(&reason.words).into()).collect();
        let ended = self.verdict.decided.ended_words(at);
        let text = format!(
            "{}: {name} ({}): {}. Do: {}.{}",
            finding.rule.title(),
            finding.severity.word(),
            why.join("; "),
            details.advice,
            ended.map(|ended| format!(" Note: {ended}.")).unwrap_or_default()
        );
        let fingerprint = finding_fingerprint(graph, finding);
        let place = details.evidence.first().copied().unwrap_or(FIRST_ROW);
        let mut result = json!({
            "ruleId": finding.rule.id(),
            "ruleIndex": Rule::ALL.iter().position(|rule| *rule == finding.rule),
            "level": level(finding.severity),
            "message": {"text": plain(&text)},
            "locations": [self.location(place, finding.subject)],
            "partialFingerprints": {
                "keyreachFinding/v1": fingerprint,
                "primaryLocationLineHash": format!("{fingerprint}:1"),
            },
            "properties": {
                "severity": finding.severity.word(),
                "assumed": finding.assumed,
                "fails": self.verdict.fails(at),
            },
        });
        let Some(members) = result.as_object_mut() else { return result };
        if let Some(state) = baseline_state(self.verdict.state(at)) {
            members.insert("baselineState".to_owned(), json!(state));
        }
        mark_explained(self.verdict.state(at), members);
        if let Some(words) = self.verdict.decided.accepted_words(at) {
            let justification = shown(&words);
            let own =
                json!([{"kind": "external", "status": "accepted", "justification": justification}]);
            members.insert("suppressions".to_owned(), own);
        }
        let related = details.evidence.iter().skip(1).take(MOST_RELATED);
        let related: Vec<Value> = (1..)
            .zip(related)
            .map(|(id, &place)| {
                let (physical, text) = (self.physical(place), "another row behind it");
                json!({"id": id, "physicalLocation": physical, "message": {"text": text}})
            })
            .collect();
        if !related.is_empty() {
            members.insert("relatedLocations".to_owned(), Value::Array(related));
        }
        if let Some(flow) = self.code_flow(finding) {
            members.insert("codeFlows".to_owned(), json!([flow]));
        }
        result
    }

    /// Where a result is shown: at a row, and at what it is about.
    fn location(&self, place: Place, subject: Subject) -> Value {
        let graph = self.graph();
        let (kind, name) = match subject {
            Subject::Credential(at) => ("credential", graph.credential_name(at).to_owned()),
            Subject::Instance(at) => ("service", graph.written_name(at)),
        };
        let logical = json!({"fullyQualifiedName": shown(&name), "kind": kind});
        json!({"physicalLocation": self.physical(place), "logicalLocations": [logical]})
    }

    fn physical(&self, place: Place) -> Value {
        let source = self.graph().inventory().sources.get(usize::from(place.source.0));
        let uri = artifact_uri(source.map_or("", |source| &source.name), self.folder);
        json!({"artifactLocation": {"uri": uri}, "region": {"startLine": place.line.max(1)}})
    }

    /// The hops of a path through the credential of a finding on paths.
    fn code_flow(&self, finding: &Finding) -> Option<Value> {
        let (Rule::OnPath, Subject::Credential(at)) = (finding.rule, finding.subject) else {
            return None;
        };
        let (graph, path) = (self.graph(), self.paths.get(&at)?);
        let hops = path.hops.iter().map(|hop| {
            let from = graph.instance_name(hop.from.unwrap_or(path.from));
            let credential = graph.credential_name(hop.credential);
            let text =
                format!("{from} holds {credential}, which opens {}", graph.instance_name(hop.to));
            let place = rows_of(graph, hop).first().copied().unwrap_or(FIRST_ROW);
            let message = json!({"text": plain(&shown(&text))});
            json!({"location": {"physicalLocation": self.physical(place), "message": message}})
        });
        Some(json!({"threadFlows": [{"locations": hops.collect::<Vec<_>>()}]}))
    }
}

/// The first row of all: where no row is known behind a finding.
const FIRST_ROW: Place = Place { source: crate::inventory::SourceId(0), line: 1 };

/// Marks the result of a finding that no change of the inventory made new or more severe.
fn mark_explained(state: FindingState, result: &mut serde_json::Map<String, Value>) {
    let properties = result.get_mut("properties").and_then(Value::as_object_mut);
    if let Some(properties) = properties
        && matches!(state, FindingState::Explained { .. })
    {
        properties.insert("explained".to_owned(), json!(true));
    }
}

fn baseline_state(state: FindingState) -> Option<&'static str> {
    match state {
        FindingState::Found => None,
        FindingState::New | FindingState::Explained { was_found: false } => Some("new"),
        FindingState::MoreSevere | FindingState::Explained { was_found: true } => Some("updated"),
        FindingState::Known => Some("unchanged"),
    }
}

/// A text in which nothing is taken for a link.
fn plain(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn brackets_stay_brackets() {
        assert_eq!(plain("a [b](c) \\u"), "a \\[b\\](c) \\\\u");
    }
}
