//! The words of a report that not everybody knows, at its end.

use crate::export::document::{Document, Item};

/// Each word with what it means here.
const WORDS: [(&str, &str); 14] = [
    ("Credential", "one distinct secret, whatever ids it is inventoried under"),
    (
        "Service instance",
        "a service in one environment; it holds credentials, accepts them, or both",
    ),
    ("Holds", "whoever takes the service instance has the credential"),
    ("Grants", "whoever has the credential gets into the service instance"),
    ("Shared credential", "held by two or more service instances, or granting two or more"),
    (
        "Lateral-movement path",
        "a chain of hops, each with a credential found where the one before led",
    ),
    ("Blast radius", "everything that can be reached from what has fallen"),
    ("Entry point", "a service instance where an attacker is assumed to start"),
    ("Crown jewel", "a service instance that must not fall"),
    ("Exposure", "the share of pairs of entry point and crown jewel that some path connects"),
    ("Choke point", "a credential without which many of those pairs fall apart"),
    ("Minimum cut", "the cheapest credentials whose removal leaves no path"),
    ("Assumed", "filled in by an assumption, because the inventory does not state it"),
    ("Tier", "how far an environment is trusted: 0 development, 1 test, 2 staging, 3 production"),
];

/// Adds the words to a document.
pub fn add_glossary(document: &mut Document) {
    document.heading("Glossary");
    let item = |(word, meaning): (&str, &str)| Item::from(format!("{word}: {meaning}"));
    document.list(WORDS.into_iter().map(item));
}
