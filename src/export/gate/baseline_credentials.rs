//! The credentials of a report of earlier.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::project::Redaction;

/// A credential of the report.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownCredential {
    pub(super) is_live: bool,
    /// Whether an id alone joins its rows across sources.
    pub(super) is_joined: bool,
    /// Whether it has no id, or shares one with another.
    pub(super) is_vague: bool,
    /// What it is linked to.
    pub(super) uses: Vec<KnownUse>,
}

impl KnownCredential {
    /// The same with pseudonyms in the place of names.
    pub(super) fn hidden(self, names: &Redaction) -> Self {
        let environment = |one: KnownUse| KnownUse {
            environment: names.environment_of_report(&one.environment),
            ..one
        };
        Self { uses: self.uses.into_iter().map(environment).collect(), ..self }
    }
}

/// A service that a credential of the report is linked to.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct KnownUse {
    pub(super) environment: String,
    #[serde(default)]
    pub(super) holds: bool,
    #[serde(default)]
    pub(super) grants: bool,
}

/// A credential as the report has it.
#[derive(Deserialize)]
pub(super) struct WrittenCredential {
    id: String,
    #[serde(default)]
    aliases: Vec<String>,
    live: Option<bool>,
    joined_by: Option<String>,
    #[serde(default)]
    services: Vec<KnownUse>,
}

/// The credentials by the ids that they are printed under, and for each alias such an id.
pub(super) fn credentials_of(
    written: Vec<WrittenCredential>,
) -> (BTreeMap<String, KnownCredential>, BTreeMap<String, String>) {
    let (mut credentials, mut printed) = (BTreeMap::new(), BTreeMap::new());
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for credential in &written {
        let own = own_id(&credential.id);
        let ids: BTreeSet<&str> =
            credential.aliases.iter().map(String::as_str).chain([own]).collect();
        for id in ids {
            *bearers.entry(id.to_owned()).or_insert(0) += 1;
        }
    }
    for WrittenCredential { id, aliases, live, joined_by, services } in written {
        let is_shared = |id: &str| bearers.get(id).is_some_and(|count| *count > 1);
        let is_vague = id.starts_with(UNNAMED)
            || is_shared(own_id(&id))
            || aliases.iter().any(|alias| is_shared(alias));
        let credential = KnownCredential {
            is_live: live != Some(false),
            is_joined: joined_by.as_deref() == Some("id-across-sources"),
            is_vague,
            uses: services,
        };
        printed.extend(aliases.into_iter().map(|alias| (alias, id.clone())));
        credentials.insert(id, credential);
    }
    (credentials, printed)
}

/// How the names of credentials without any id begin.
pub(super) const UNNAMED: &str = "unnamed@";

/// The id of a credential without the number behind it that tells it from others with the same id.
pub(super) fn own_id(printed: &str) -> &str {
    match printed.rsplit_once('~') {
        Some((id, number))
            if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) =>
        {
            id
        }
        _ => printed,
    }
}
