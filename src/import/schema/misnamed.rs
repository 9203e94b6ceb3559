//! Columns whose cells show that they are not what their names say.

use crate::import::secrets::secret_detection::is_a_secret;
use crate::import::secrets::secret_shapes::{can_only_be_a_password, is_access_key_id};
use crate::import::vocabulary::addresses::{is_postal, is_provider};
use crate::import::vocabulary::synonyms::{Meaning, english, normalised};
use crate::import::vocabulary::words;
use crate::inventory::Environments;

/// What the cells of a column that is named as one of services are instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoServices {
    Environments,
    Providers,
    PostalAddresses,
}

impl NoServices {
    /// What they are in words.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Environments => "the cells are environments, no services",
            Self::Providers => "the cells are addresses of providers, no services",
            Self::PostalAddresses => "the cells are postal addresses, no services",
        }
    }
}

/// Why an id is none that is the same in all rows.
pub(crate) const SAME_ID: &str = "it is the same in all rows, so it names none of them";

/// What the cells of a column of services are instead; `is_address` if it is named as one of addresses.
pub(crate) fn no_services(cells: &[&str], is_address: bool) -> Option<NoServices> {
    let known: Vec<&str> = cells.iter().copied().filter(|cell| !words::is_unknown(cell)).collect();
    if known.is_empty() {
        return None;
    }
    let environments = Environments::default();
    let all = |is: &dyn Fn(&str) -> bool| known.iter().all(|cell| is(cell));
    // One row alone may well name a service that is called like an environment.
    if known.len() > 1 && all(&|cell| environments.knows(cell)) {
        return Some(NoServices::Environments);
    }
    if all(&is_provider) {
        return Some(NoServices::Providers);
    }
    let postal = known.iter().filter(|cell| is_postal(cell)).count();
    (is_address && postal * 2 > known.len()).then_some(NoServices::PostalAddresses)
}

/// Whether most cells of a column of names are secrets: tokens and passwords, or, where the column `may`
/// be one of secrets by its name, anything that a machine made.
pub(crate) fn are_secrets(cells: &[&str], may: bool) -> bool {
    let known = || cells.iter().filter(|cell| !words::is_placeholder(cell));
    let is_secret = |cell: &&&str| {
        let is_token = is_a_secret(cell) && !is_access_key_id(cell);
        can_only_be_a_password(cell) || is_token || (may && words::looks_random(cell))
    };
    let found = known().filter(is_secret).count();
    // One alone may be a slip, and is masked where it stands.
    found * 2 > known().count() && (may || found > 1)
}

/// What the cells of a column become names by.
pub(crate) const NAMES: [Meaning; 12] = [
    Meaning::Id,
    Meaning::Label,
    Meaning::Service,
    Meaning::Environment,
    Meaning::Holder,
    Meaning::HolderEnvironment,
    Meaning::Target,
    Meaning::TargetEnvironment,
    Meaning::Owner,
    Meaning::ServiceOwner,
    Meaning::Identity,
    Meaning::Storage,
];

/// Words for what opens something, which may mean the secret itself as well as what it is called.
#[rustfmt::skip]
const WHAT_OPENS: [&str; 9] = [
    "zugangsdaten", "zugang", "anmeldedaten", "identifiants", "credenciales", "credenziali",
    "credenciais", "inloggegevens", "login data",
];

/// Whether a name of a column may mean the secret itself as well as what it is called.
pub(crate) fn may_be_of_secrets(name: &str) -> bool {
    matches!(english(name).as_str(), "key" | "credential" | "access" | "credentials")
        || WHAT_OPENS.contains(&normalised(name).as_str())
}

/// Words for secrets in the plural, under which people write the secrets or what they are called.
#[rustfmt::skip]
const SEVERAL: [&str; 9] = [
    "secrets", "passwords", "tokens", "keys", "api keys", "access keys", "private keys", "passphrases",
    "secret values",
];

/// Whether a name announces several secrets, which may be values or names.
pub(crate) fn announces_secrets(name: &str) -> bool {
    let words = english(name);
    SEVERAL.iter().any(|several| {
        words.strip_suffix(several).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    })
}

/// Whether cells count rows: each is one more than the one before.
pub(crate) fn is_counter(cells: &[&str]) -> bool {
    let numbers: Option<Vec<u64>> = cells.iter().map(|cell| cell.parse().ok()).collect();
    let Some(numbers) = numbers else { return false };
    let mut steps = numbers.windows(2);
    match numbers.as_slice() {
        [] => false,
        [only] => *only < 3,
        _ => steps.all(|step| matches!(step, [one, next] if one + 1 == *next)),
    }
}

/// Whether an id is the same in all rows, while the names beside it differ.
pub(crate) fn is_one_for_all(ids: &[&str], names: &[&str]) -> bool {
    let differ =
        |cells: &[&str]| cells.windows(2).any(|two| matches!(two, [one, other] if one != other));
    ids.len() > 1 && ids.len() == names.len() && !differ(ids) && differ(names)
}

/// Whether a heading announces web addresses, which are places and not always services.
pub(crate) fn is_address(words: &str) -> bool {
    matches!(
        words,
        "url"
            | "urls"
            | "uri"
            | "login uri"
            | "login url"
            | "website"
            | "web site"
            | "endpoint"
            | "address"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_what_is_no_service() {
        assert_eq!(no_services(&["prod", "Test", "n/a"], false), Some(NoServices::Environments));
        assert_eq!(no_services(&["prod", "web"], false), None);
        assert_eq!(no_services(&["prod"], false), None);
        let postal = ["1 High Street, York", "Hauptstr. 5, 10115 Berlin"];
        assert_eq!(no_services(&postal, true), Some(NoServices::PostalAddresses));
        assert_eq!(no_services(&["node 1, node 2"], false), None);
        assert_eq!(no_services(&[], false), None);
    }

    #[test]
    fn columns_of_names_that_hold_passwords_are_found() {
        assert!(are_secrets(&["Sommer2024!", "Winter2023#", "n/a", "ann"], false));
        assert!(!are_secrets(&["Sommer2024!", "ann", "bob"], false));
        let token = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
        assert!(are_secrets(&[token, token, "n/a"], false) && !are_secrets(&[token], false));
        let made = ["pLIix6MEOLeMa61EqJomTEI1JEzO3joO", "j37HyVaQXekW9LctXb03rEMU64yTY6Bz"];
        assert!(are_secrets(&made, true) && !are_secrets(&made, false));
        assert!(!are_secrets(&[], true));
        assert!(announces_secrets("Secrets") && announces_secrets("app_tokens"));
        assert!(!announces_secrets("keysets") && !announces_secrets("monkeys"));
    }

    #[test]
    fn an_id_of_all_rows_is_none() {
        assert!(is_one_for_all(&["7", "7"], &["a", "b"]));
        assert!(!is_one_for_all(&["7", "7"], &["a", "a"]));
        assert!(!is_one_for_all(&["7", "8"], &["a", "b"]));
        assert!(!is_one_for_all(&["7"], &["a"]));
    }
}
