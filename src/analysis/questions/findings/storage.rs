//! Which storage places are in plain sight, by the words that people use for them.

use std::collections::BTreeSet;

use crate::inventory::{Inventory, NameId};

/// Places made to keep secrets. They win, because the rest is then a path inside them.
pub(crate) const SEALED: [&str; 16] = [
    "vault",
    "keyvault",
    "key vault",
    "secret manager",
    "secrets manager",
    "secretmanager",
    "secretsmanager",
    "secret store",
    "k8s secret",
    "kubernetes secret",
    "sealed secret",
    "parameter store",
    "password manager",
    "hsm",
    "kms",
    "cyberark",
];

/// Whether a storage place is one where many can read, by the policy's words; compared by whole
/// words.
fn is_in_plain_sight(storage: &str, plain_sight: &[String]) -> bool {
    let mut spaced = String::from(" ");
    for letter in storage.chars() {
        if letter.is_alphanumeric() {
            spaced.extend(letter.to_lowercase());
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced.push(' ');
    let says = |phrase: &str| {
        !phrase.is_empty()
            && spaced.match_indices(phrase).any(|(start, _)| {
                let starts = spaced.get(..start).is_some_and(|before| before.ends_with(' '));
                let rest = spaced.get(start + phrase.len()..).unwrap_or_default();
                starts && (rest.starts_with(' ') || rest.starts_with("s "))
            })
    };
    !SEALED.iter().any(|phrase| says(phrase)) && plain_sight.iter().any(|phrase| says(phrase))
}

/// The storage places of an inventory that are in plain sight, each judged once.
pub(crate) fn in_plain_sight(inventory: &Inventory, words: &[String]) -> BTreeSet<NameId> {
    let storages = inventory.facts.iter().filter_map(|facts| facts.storage).collect();
    in_plain_sight_of(inventory, storages, words)
}

/// Those of some storage places that are in plain sight.
pub(crate) fn in_plain_sight_of(
    inventory: &Inventory,
    storages: BTreeSet<NameId>,
    words: &[String],
) -> BTreeSet<NameId> {
    storages.into_iter().filter(|&place| is_in_plain_sight(inventory.text(place), words)).collect()
}

#[cfg(test)]
mod tests {
    use super::is_in_plain_sight;
    use crate::inventory::Assumptions;

    #[test]
    fn wikis_and_env_files_are_plain_sight_and_vaults_are_not() {
        let plain = [
            "Wiki page",
            ".env",
            "ci-variable",
            "git-repo",
            "Environment variables",
            "code",
            "config file",
            "config-map",
            "laptop-keychain",
            "Source code",
            "ENV_VAR",
            "team chat",
        ];
        let words = Assumptions::new(jiff::civil::date(2026, 7, 1)).plain_sight;
        for place in plain {
            assert!(is_in_plain_sight(place, &words), "{place}");
        }
        let sealed = [
            "vault/kv",
            "vault/kv/teams/chat",
            "k8s-secret",
            "aws-secrets-manager",
            "HSM",
            "",
            "azure-keyvault",
            "Codename Fox",
            "digital safe",
        ];
        for place in sealed {
            assert!(!is_in_plain_sight(place, &words), "{place}");
        }
    }
    #[test]
    fn the_policy_says_which_words_are_plain_sight() {
        let own = ["intranet".to_owned()];
        assert!(is_in_plain_sight("Intranet page", &own));
        assert!(!is_in_plain_sight("Wiki page", &own));
        assert!(!is_in_plain_sight("vault/intranet", &own), "sealed places win");
    }
}
