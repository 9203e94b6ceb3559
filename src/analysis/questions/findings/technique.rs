//! Which ATT&CK technique fits a finding.

use crate::analysis::questions::findings::finding::Subject;
use crate::analysis::questions::findings::rule::{Rule, Technique};
use crate::graph::AccessGraph;

/// Words for what is used without logging in.
pub(crate) const MATERIAL: [&str; 9] =
    ["token", "ticket", "cookie", "session", "certificate", "api key", "access key", "jwt", "hash"];

/// The technique by which what a rule finds is used; `None` where none fits.
///
/// What lies open, or with many others, is found (T1552). What leads on is used to log in (T1078),
/// or, where its kind says token or key, without logging in (T1550). What lives long helps the
/// latter above all, and what nobody uses or what is still linked the former.
pub(crate) fn of(graph: &AccessGraph, rule: Rule, subject: Subject) -> Option<Technique> {
    match rule {
        Rule::InPlainSight | Rule::ExtractionPoint => Some(Technique::UnsecuredCredentials),
        Rule::CrossesEnvironments
        | Rule::ReusedAcrossServices
        | Rule::ReusedAcrossOwners
        | Rule::OnPath
        | Rule::NoExpiry
        | Rule::Old
        | Rule::ReadyForShortLived => Some(by_kind(graph, subject)),
        Rule::Unused | Rule::Unneeded | Rule::SeveralOfOneIdentity => {
            Some(Technique::ValidAccounts)
        }
        Rule::NoOwner | Rule::DeadYetMapped | Rule::SeveralIds | Rule::JoinedByIdAcrossSources => {
            None
        }
    }
}

fn by_kind(graph: &AccessGraph, subject: Subject) -> Technique {
    let kind = match subject {
        Subject::Credential(at) => graph.credential(at).kind,
        Subject::Instance(_) => None,
    };
    let kind = kind.map_or("", |kind| graph.inventory().text(kind)).to_lowercase();
    let kind = kind.replace(['-', '_'], " ");
    if MATERIAL.iter().any(|word| kind.contains(word)) {
        return Technique::AlternateMaterial;
    }
    Technique::ValidAccounts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{CredentialIndex, testing};

    #[test]
    fn tokens_are_used_without_logging_in_and_passwords_are_not() {
        let text = "a both web@ type=API_key\nb both web@ type=password\nc both web@\n";
        let graph = testing::graph(text);
        let of = |rule, at| of(&graph, rule, Subject::Credential(CredentialIndex(at)));
        assert_eq!(of(Rule::OnPath, 0).map(Technique::id), Some("T1550"));
        assert_eq!(of(Rule::OnPath, 1).map(Technique::id), Some("T1078"));
        assert_eq!(of(Rule::OnPath, 2).map(Technique::id), Some("T1078"));
        assert_eq!(of(Rule::InPlainSight, 0).map(Technique::id), Some("T1552"));
        assert_eq!(of(Rule::NoOwner, 0), None);
    }
}
