//! The rules as SARIF describes them: stable ids, what each means, and what to do.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::analysis::{Rule, Severity};

/// Every rule, in the order of the ids; the place of one in this list is its index. How severe a rule is said
/// to be is the worst of the results that it has, for code forges show one severity for all of a rule; one
/// without results counts as medium.
pub(super) fn rules(worst: &BTreeMap<Rule, Severity>) -> Vec<Value> {
    let rule = |rule: Rule| {
        let severity = worst.get(&rule).copied().unwrap_or(Severity::Medium);
        json!({
            "id": rule.id(),
            "name": name(rule),
            "shortDescription": {"text": rule.title()},
            "fullDescription": {"text": meaning(rule)},
            "help": {"text": format!(
                "{} It is OWASP {}:2025. The message of each result says why it is as severe as it \
                 is, and what to do.",
                meaning(rule),
                rule.owasp()
            )},
            "defaultConfiguration": {"level": level(severity)},
            "properties": {
                "tags": ["security", "credentials", format!("owasp-{}", rule.owasp())],
                "security-severity": score(severity),
                "problem.severity": problem(severity),
            },
        })
    };
    Rule::ALL.into_iter().map(rule).collect()
}

/// The level of results of a severity.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// A score from 0 to 10: GitHub calls above 9.0 critical, from 7.0 on high, from 4.0 on medium and the rest
/// low, and these are the middles.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

/// The severity in the words of code scanning.
fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "recommendation",
    }
}

/// The title in one word, as SARIF asks for: `CrossesEnvironments`.
fn name(rule: Rule) -> String {
    let words = rule.title().split_whitespace();
    let capital = |word: &str| {
        let mut letters = word.chars().filter(|letter| letter.is_alphanumeric());
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

fn meaning(rule: Rule) -> &'static str {
    match rule {
        Rule::CrossesEnvironments => {
            "A live credential is linked to service instances of two or more environments, so that \
             whoever takes one environment can reach the other."
        }
        Rule::ReusedAcrossServices => {
            "A live credential is shared by several services, so that whoever takes one of them can \
             act as the others."
        }
        Rule::ReusedAcrossOwners => {
            "A live credential is linked to services of several owners, so that nobody alone can \
             replace it."
        }
        Rule::NoOwner => "Nobody is named who answers for a live credential.",
        Rule::NoExpiry => "A live credential never expires.",
        Rule::Old => "A live credential was not replaced for longer than the policy allows.",
        Rule::DeadYetMapped => {
            "A credential that is revoked or expired is still linked to service instances."
        }
        Rule::InPlainSight => {
            "A live credential is kept where many can read it, such as code, a configuration file or \
             a wiki."
        }
        Rule::ExtractionPoint => {
            "A service instance holds many credentials, or keeps them for others, so that whoever \
             takes it has them all."
        }
        Rule::OnPath => {
            "A live credential is on a lateral-movement path from an entry point to a crown jewel."
        }
        Rule::SeveralIds => "One secret is inventoried under several ids.",
        Rule::ReadyForShortLived => {
            "A holder of a live credential could have a short-lived identity in its place."
        }
        Rule::Unused => {
            "A live credential was not used for longer than the policy allows, or never."
        }
        Rule::SeveralOfOneIdentity => "One identity has several live credentials.",
        Rule::Unneeded => "Rows say of a live credential that nobody needs it any more.",
        Rule::JoinedByIdAcrossSources => {
            "Rows of several sources are taken for one credential because of an id alone."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_named_by_its_title_in_one_word() {
        assert_eq!(name(Rule::CrossesEnvironments), "CrossesEnvironments");
        assert_eq!(name(Rule::ReadyForShortLived), "ReadyForAShortlivedIdentity");
        let rules = rules(&BTreeMap::new());
        assert_eq!(rules.len(), 16);
        assert!(rules.iter().all(|rule| rule["properties"]["tags"].as_array().unwrap().len() < 20));
    }

    #[test]
    fn a_rule_is_as_severe_as_the_worst_of_its_results() {
        let worst = BTreeMap::from([
            (Rule::CrossesEnvironments, Severity::Critical),
            (Rule::NoExpiry, Severity::Low),
        ]);
        let rules = rules(&worst);
        for (id, score, problem, level) in [
            ("KR01", "9.5", "error", "error"),
            ("KR05", "2.0", "recommendation", "note"),
            ("KR02", "5.5", "warning", "warning"),
        ] {
            let rule = rules.iter().find(|rule| rule["id"] == id).unwrap();
            let properties = &rule["properties"];
            assert_eq!(properties["security-severity"], score, "{id}");
            assert_eq!(properties["problem.severity"], problem, "{id}");
            assert_eq!(rule["defaultConfiguration"]["level"], level, "{id}");
        }
    }
}
