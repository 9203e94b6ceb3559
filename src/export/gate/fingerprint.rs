//! What a finding is recognised by from run to run: its rule, and the name of what it is about.

use crate::analysis::{Finding, Subject};
use crate::graph::AccessGraph;

/// How many characters of the digest are printed: 128 bits, far more than findings need to differ.
const LENGTH: usize = 32;

/// The fingerprint of a finding. It rests on names that are printed anyway, and on no secret value; rows
/// may move to other lines and files without changing it.
pub(super) fn finding_fingerprint(graph: &AccessGraph, finding: &Finding) -> String {
    let (kind, name) = match finding.subject {
        Subject::Credential(at) => ("credential", graph.credential_name(at).to_owned()),
        Subject::Instance(at) => ("service", graph.written_name(at)),
    };
    let digest = blake3::hash(format!("{}\n{kind}\n{name}", finding.rule.id()).as_bytes());
    digest.to_hex().chars().take(LENGTH).collect()
}
