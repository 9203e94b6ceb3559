//! Which storage places are in plain sight, by the words that people use for them.

use std::collections::BTreeSet;

use crate::inventory::{Inventory, NameId};

/// Places made to keep secrets. They win, for the rest is then a path inside them.
const SEALED: [&str; 16] = [
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

/// Places where everyone who works there, or everything that runs there, can read.
const PLAIN_SIGHT: [&str; 38] = [
    "code",
    "source",
    "hard coded",
    "hardcoded",
    "script",
    "repository",
    "repositories",
    "repo",
    "git",
    "github",
    "gitlab",
    "bitbucket",
    "svn",
    "environment variable",
    "environment",
    "env",
    "env var",
    "envvar",
    "env file",
    "dotenv",
    "config",
    "configuration file",
    "config map",
    "configmap",
    "ci variable",
    "pipeline variable",
    "wiki",
    "confluence",
    "sharepoint",
    "chat",
    "slack",
    "teams",
    "email",
    "e mail",
    "laptop",
    "desktop",
    "spreadsheet",
    "excel",
];

/// Whether a storage place is one where many can read; compared by whole words.
fn is_in_plain_sight(storage: &str) -> bool {
    let mut spaced = String::from(" ");
    for letter in storage.chars() {
        if letter.is_alphanumeric() {
            spaced.extend(letter.to_lowercase());
        } else if !spaced.ends_with(' ') {
            spaced.push(' ');
        }
    }
    spaced.push(' ');
    let says = |phrase: &&str| {
        spaced.match_indices(*phrase).any(|(start, _)| {
            let starts = spaced.get(..start).is_some_and(|before| before.ends_with(' '));
            let rest = spaced.get(start + phrase.len()..).unwrap_or_default();
            starts && (rest.starts_with(' ') || rest.starts_with("s "))
        })
    };
    !SEALED.iter().any(says) && PLAIN_SIGHT.iter().any(says)
}

/// The storage places of an inventory that are in plain sight, each judged once.
pub(super) fn in_plain_sight(inventory: &Inventory) -> BTreeSet<NameId> {
    let storages: BTreeSet<NameId> =
        inventory.facts.iter().filter_map(|facts| facts.storage).collect();
    storages.into_iter().filter(|&place| is_in_plain_sight(inventory.text(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::is_in_plain_sight;

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
        for place in plain {
            assert!(is_in_plain_sight(place), "{place}");
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
            assert!(!is_in_plain_sight(place), "{place}");
        }
    }
}
