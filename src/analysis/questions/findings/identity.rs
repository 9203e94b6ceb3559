//! The rule on identities with several live credentials: KR14.

use std::collections::BTreeMap;

use crate::analysis::questions::findings::case::{Case, listed};
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::findings::rule::{Reason, Rule, Severity};
use crate::analysis::questions::findings::technique;
use crate::graph::CredentialIndex;
use crate::inventory::NameId;

/// One finding for each identity of those that are `asked` about; it stands at the first of its
/// credentials by name.
pub(crate) fn check(case: &Case<'_>, asked: impl Fn(NameId) -> bool, found: &mut Vec<Finding>) {
    let graph = case.graph;
    let mut groups: BTreeMap<NameId, Vec<CredentialIndex>> = BTreeMap::new();
    for at in graph.credential_indices() {
        let credential = graph.credential(at);
        let counts = credential.is_live() && !credential.bound;
        if let Some(identity) = credential.identity.filter(|&identity| counts && asked(identity)) {
            groups.entry(identity).or_default().push(at);
        }
    }
    for (identity, credentials) in groups {
        let Some(&first) = credentials.first().filter(|_| credentials.len() > 1) else { continue };
        let names: Vec<&str> = credentials.iter().map(|&at| graph.credential_name(at)).collect();
        let identity = graph.inventory().text(identity);
        let words = format!("{identity} has {} live credentials: {}", names.len(), listed(&names));
        let mut evidence: Vec<_> =
            credentials.iter().flat_map(|&at| case.places(graph.rows_of(at))).collect();
        evidence.sort_unstable();
        evidence.dedup();
        found.push(Finding {
            rule: Rule::SeveralOfOneIdentity,
            severity: Severity::Low,
            subject: Subject::Credential(first),
            why: vec![Reason::new(0, words)],
            evidence,
            advice: "keep one, and revoke the others once nothing uses them".into(),
            assumed: false,
            technique: technique::of(graph, Rule::SeveralOfOneIdentity, Subject::Credential(first)),
        });
    }
}
