//! Edges to nodes of other collectors: from a credential to the user whose it is, where the inventory names
//! one as directories do. The file names no source, so that deleting what came from here deletes no node of
//! others.

use serde_json::{Value, json};

use super::kinds::BELONGS_TO;
use super::payload::credential_id;
use crate::analysis::Answers;

/// The links; `None` where there are none.
pub(super) fn links(answers: &Answers) -> Option<Value> {
    let graph = &answers.graph;
    let mut edges = Vec::new();
    for at in graph.credential_indices() {
        let one = graph.credential(at);
        let identity = one.identity.map(|identity| graph.inventory().text(identity));
        let Some(user) = identity.filter(|_| one.is_live()).and_then(directory_name) else {
            continue;
        };
        let matcher = json!({"key": "name", "operator": "equals", "value": user});
        edges.push(json!({
            "kind": BELONGS_TO,
            "start": {"value": credential_id(graph, at), "match_by": "id"},
            "end": {"match_by": "property", "kind": "User", "property_matchers": [matcher]},
        }));
    }
    (!edges.is_empty()).then(|| json!({"graph": {"nodes": [], "edges": edges}}))
}

/// The name under which SharpHound has a user: `ANN@CORP.EXAMPLE`, for `ann@corp.example`.
fn directory_name(identity: &str) -> Option<String> {
    let (user, domain) = identity.split_once('@')?;
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter))
    };
    let is_name = is_part(user) && is_part(domain) && domain.contains('.');
    is_name.then(|| identity.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::directory_name;

    #[test]
    fn a_user_of_a_domain_is_named_in_capitals_and_nothing_else_is_one() {
        assert_eq!(directory_name("ann@corp.example").as_deref(), Some("ANN@CORP.EXAMPLE"));
        for other in ["ann", "ann@corp", "@corp.example", "a b@corp.example", "a@b@c.example"] {
            assert_eq!(directory_name(other), None, "{other}");
        }
    }
}
