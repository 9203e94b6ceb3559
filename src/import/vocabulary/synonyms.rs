//! What column names mean: a table of synonyms.
//!
//! Names are compared as words in lower case: `CredentialId`, `credential-id`, `Credential ID` and
//! `u_credential_id` are the same. What stands in brackets does not count: `Expires (UTC)` is
//! `expires`. Within one meaning the earlier synonym wins.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

/// What a column can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    Id,
    Label,
    Fingerprint,
    Value,
    OtherSecret,
    Kind,
    Service,
    Environment,
    Access,
    Holder,
    HolderEnvironment,
    Target,
    TargetEnvironment,
    Owner,
    ServiceOwner,
    Created,
    LastRotated,
    LastUsed,
    Expires,
    Status,
    Storage,
    Level,
    Exposure,
    Criticality,
    CrownJewel,
    ServiceKind,
    Identity,
    Tags,
    Disabled,
}

impl Meaning {
    pub(crate) const COUNT: usize = Self::Disabled as usize + 1;

    /// The meaning as people read it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Id => "credential id",
            Self::Label => "credential name",
            Self::Fingerprint => "fingerprint",
            Self::Value => "secret value (kept as a keyed fingerprint only)",
            Self::OtherSecret => "may hold secrets, not read",
            Self::Kind => "credential type",
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Access => "access",
            Self::Holder => "holder",
            Self::HolderEnvironment => "holder's environment",
            Self::Target => "target",
            Self::TargetEnvironment => "target's environment",
            Self::Owner => "owner",
            Self::ServiceOwner => "service owner",
            Self::Created => "created",
            Self::LastRotated => "last rotated",
            Self::LastUsed => "last used",
            Self::Expires => "expires",
            Self::Status => "status",
            Self::Storage => "storage place",
            Self::Level => "level",
            Self::Exposure => "exposure",
            Self::Criticality => "criticality",
            Self::CrownJewel => "crown jewel",
            Self::ServiceKind => "service kind",
            Self::Identity => "identity",
            Self::Tags => "tags",
            Self::Disabled => "whether it is out of use",
        }
    }

    /// The meaning as mapping files write it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Label => "name",
            Self::Fingerprint => "fingerprint",
            Self::Value => "secret",
            Self::OtherSecret => "other-secret",
            Self::Kind => "type",
            Self::Service => "service",
            Self::Environment => "environment",
            Self::Access => "access",
            Self::Holder => "holder",
            Self::HolderEnvironment => "holder-environment",
            Self::Target => "target",
            Self::TargetEnvironment => "target-environment",
            Self::Owner => "owner",
            Self::ServiceOwner => "service-owner",
            Self::Created => "created",
            Self::LastRotated => "last-rotated",
            Self::LastUsed => "last-used",
            Self::Expires => "expires",
            Self::Status => "status",
            Self::Storage => "storage",
            Self::Level => "level",
            Self::Exposure => "exposure",
            Self::Criticality => "criticality",
            Self::CrownJewel => "crown-jewel",
            Self::ServiceKind => "service-kind",
            Self::Identity => "identity",
            Self::Tags => "tags",
            Self::Disabled => "disabled",
        }
    }

    /// Whether a table is worth reading for this column, beside another one.
    pub(crate) fn anchors(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Label
                | Self::Fingerprint
                | Self::Value
                | Self::Service
                | Self::Holder
                | Self::Target
        )
    }

    /// Whether the column speaks of a credential rather than of a service.
    pub(crate) fn tells_of_credentials(self) -> bool {
        matches!(
            self,
            Self::Id
                | Self::Fingerprint
                | Self::Value
                | Self::OtherSecret
                | Self::Access
                | Self::Holder
                | Self::Target
                | Self::LastRotated
                | Self::LastUsed
                | Self::Expires
                | Self::Storage
                | Self::Level
                | Self::Identity
        )
    }
}

type Entry = (Meaning, &'static [&'static str]);

#[rustfmt::skip]
pub(crate) const TABLE: [Entry; Meaning::COUNT] = [
    (Meaning::Id, &[
        "credential id", "secret id", "cred id", "credentialid", "credid", "secretid", "key id", "keyid",
        "access key id", "token id", "password id", "certificate id", "arn", "secret arn",
        "credential identifier", "secret identifier", "credential number", "credential ref",
        "credential reference", "secret ref", "secret reference", "secret path", "vault path", "id", "uuid",
        "guid", "unique id", "identifier", "item id", "object id", "sys id", "record id", "number",
        "reference", "ref", "account id",
    ]),
    (Meaning::Label, &[
        "credential name", "secret name", "cred name", "key name", "token name", "password name",
        "certificate name", "credential", "secret label", "credential label", "key label", "display name",
        "name", "title", "label", "object name", "item name", "entry", "entry name", "item", "object",
        "key",
    ]),
    (Meaning::Fingerprint, &[
        "secret fingerprint", "credential fingerprint", "value fingerprint", "key fingerprint",
        "fingerprint", "secret hash", "value hash", "credential hash", "hashed secret", "secret sha256",
        "fingerprint sha256", "sha256 fingerprint", "value sha256", "password hash", "hash", "sha256",
        "thumbprint", "secret digest", "digest",
    ]),
    (Meaning::Value, &[
        "secret value", "credential value", "secret", "password", "value", "plaintext", "plain text",
        "plaintext value", "login password", "passwd", "pwd", "pass", "passphrase", "token", "token value",
        "key value", "api key", "apikey", "api token", "secret key", "secret access key", "private key",
        "access token", "client secret", "secret text", "secret string", "current value", "raw value",
        "raw", "raw secret", "connection string", "pw", "credentials", "passcode", "sas", "jwt", "bearer",
        "mot de passe", "geheimnis",
    ]),
    (Meaning::OtherSecret, &[
        "totp", "otp", "otpauth", "login totp", "otp auth", "otp secret", "totp secret", "recovery codes",
        "backup codes", "recovery code", "match", "matched", "matched text", "snippet", "context line",
        "line content", "code snippet", "old password", "previous password", "previous value",
        "old value", "last password", "pin", "security answer", "fields", "custom fields", "raw v2",
        "history", "password history", "refresh token", "session token", "shared secret",
    ]),
    (Meaning::Kind, &[
        "credential type", "secret type", "cred type", "credential kind", "secret kind", "key type",
        "token type", "type of credential", "type of secret", "credential category", "secret category",
        "platform id", "policy id", "type", "kind", "category", "rule id", "detector name", "item type",
    ]),
    (Meaning::Service, &[
        "service", "services", "service name", "service names", "service instance", "application",
        "applications", "application name", "app", "apps", "app name", "system", "systems", "system name",
        "used by", "used in", "usedby", "used by services", "used by applications", "consumers", "consumer",
        "component", "components", "workload", "workloads", "linked services", "related services",
        "business application", "business service", "business applications", "cmdb ci", "ci name",
        "configuration item", "associated services", "dependent services", "associated applications",
        "repository", "repositories", "repo", "project", "projects", "asset", "asset name", "hostname",
        "host name", "host", "hosts", "server", "server name",
    ]),
    (Meaning::Environment, &[
        "environment", "environments", "env", "envs", "environment name", "env name", "service environment",
        "service env", "deployment environment", "stage", "landscape", "deployment stage",
    ]),
    (Meaning::Access, &[
        "access", "access type", "relation", "relationship", "relation type", "relationship type", "usage",
        "usage type", "direction", "role in access", "mapping", "mapping type", "link type",
        "access direction", "use",
    ]),
    (Meaning::Holder, &[
        "holder", "holders", "held by", "held in", "holder service", "holding service", "source service",
        "source application", "source system", "client service", "client application", "calling service",
        "caller", "stored by", "from service", "consumer service", "consuming service",
        "consuming application", "source", "from",
    ]),
    (Meaning::HolderEnvironment, &[
        "holder environment", "holder env", "held in environment", "source environment", "source env",
        "client environment", "client env", "from environment", "from env", "consumer environment",
        "consumer env",
    ]),
    (Meaning::Target, &[
        "target", "targets", "target service", "target services", "target system", "target systems",
        "target application", "target name", "target resource", "grants", "grants access to", "opens",
        "valid for", "access to", "gives access to", "provider service", "provider", "resource",
        "destination", "destination service", "to service", "url", "urls", "login uri", "login url", "uri",
        "website", "web site", "endpoint", "address", "to",
    ]),
    (Meaning::TargetEnvironment, &[
        "target environment", "target env", "destination environment", "destination env",
        "provider environment", "provider env", "to environment", "to env", "resource environment",
    ]),
    (Meaning::Owner, &[
        "credential owner", "secret owner", "key owner", "owner", "owners", "owner name", "owned by",
        "owner team", "owning team", "team", "responsible", "responsible team", "responsible person",
        "accountable", "custodian", "contact", "managed by", "owner email", "assignment group",
        "support group", "department",
    ]),
    (Meaning::ServiceOwner, &[
        "service owner", "application owner", "app owner", "system owner", "service team", "app team",
        "application team", "service owner team", "asset owner", "business owner",
    ]),
    (Meaning::Created, &[
        "created", "created at", "created on", "created date", "creation date", "date created",
        "creation time", "create date", "create time", "credential created", "secret created",
        "time created", "issued", "issued at", "issue date", "issued on", "valid from", "not before",
        "start date", "sys created on", "added", "date added",
    ]),
    (Meaning::LastRotated, &[
        "last rotated", "last rotated at", "last rotated date", "last rotated on", "rotated", "rotated at",
        "rotated on", "rotation date", "last rotation", "last rotation date", "date rotated",
        "last changed", "last changed date", "password last changed", "password last set", "pwd last set",
        "pwdlastset", "last password change", "access key 1 last rotated", "password changed",
        "last changed on", "last renewal", "renewed", "renewed at", "version created",
    ]),
    (Meaning::LastUsed, &[
        "last used", "last used at", "last used date", "last used on", "last use", "date last used",
        "last accessed", "last accessed date", "last access", "last login", "last logon",
        "last authentication", "last seen", "used at", "password last used",
        "access key 1 last used date",
    ]),
    (Meaning::Expires, &[
        "expires", "expires at", "expires on", "expiry", "expiry date", "expiration", "expiration date",
        "expire date", "expiration time", "expire", "expired on", "valid until", "valid to", "valid till",
        "not after", "end date", "expiry time", "date expires", "credential expires", "secret expires",
    ]),
    (Meaning::Status, &[
        "status", "credential status", "secret status", "key status", "state", "credential state",
        "lifecycle", "lifecycle state", "life cycle", "lifecycle status", "active", "enabled", "is active",
        "is enabled", "live", "install status", "operational status",
    ]),
    (Meaning::Storage, &[
        "storage", "storage place", "storage location", "stored in", "stored at", "store", "stored where",
        "secret store", "storage type", "secret storage", "kept in", "vault", "vault name", "safe",
        "safe name", "location", "secret location", "secret manager", "where stored", "keystore", "mount",
        "mount path", "backend",
    ]),
    (Meaning::Level, &[
        "level", "access level", "permission", "permissions", "permission level", "privilege",
        "privileges", "privilege level", "access rights", "rights", "role", "scope", "scopes",
        "granted role",
    ]),
    (Meaning::Exposure, &[
        "exposure", "entry point", "entrypoint", "is entry point", "internet facing",
        "internetfacing", "is internet facing", "internet exposed", "exposed", "public facing",
        "publicly accessible", "public", "is public", "internet", "exposed to internet",
        "external facing", "externally facing", "network exposure", "network zone", "facing",
    ]),
    (Meaning::Criticality, &[
        "criticality", "business criticality", "service criticality", "asset criticality",
        "business critical", "importance", "busines criticality", "application criticality",
        "app criticality", "data classification",
    ]),
    (Meaning::CrownJewel, &[
        "crown jewel", "crownjewel", "is crown jewel", "crown jewels", "crown", "mission critical",
    ]),
    (Meaning::ServiceKind, &[
        "service kind", "service type", "kind of service", "application type", "app type", "system type",
        "sys class name", "ci class", "class", "ci type", "asset type", "component type", "workload type",
        "service category", "service class",
    ]),
    (Meaning::Identity, &[
        "identity", "service account", "principal", "username", "user name", "user", "login",
        "login username", "login name", "account", "account name", "user id", "userid", "client id",
        "application identity", "service principal", "iam user", "svc account", "subject",
        "common name", "cn",
    ]),
    (Meaning::Tags, &["tags", "tag", "labels", "keywords"]),
    (Meaning::Disabled, &[
        "disabled", "is disabled", "revoked", "is revoked", "revoked at", "revoked on", "deleted",
        "deleted at", "deactivated", "deactivated at", "is deleted", "archived", "inactive",
    ]),
];

/// The column names of a meaning, best first.
pub(crate) fn words_of(meaning: Meaning) -> &'static [&'static str] {
    TABLE.get(meaning as usize).map_or(&[], |(_, words)| words)
}

/// The words of a header name in lower case, with one space between two.
pub(crate) fn normalised(name: &str) -> String {
    // Sniffing asks this of cells that may be secrets, so the scratch is wiped.
    let mut words = Zeroizing::new(String::with_capacity(name.len() * 2 + 8));
    let mut depth = 0_u32;
    let mut before = ' ';
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ if !letter.is_alphanumeric() => words.push(' '),
            _ => {
                if letter.is_uppercase() && before.is_lowercase() {
                    words.push(' ');
                }
                words.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    let words: Vec<&str> = words.split_whitespace().collect();
    let inner = match words.as_slice() {
        ["u", rest @ ..] | [rest @ .., "utc" | "gmt"] if !rest.is_empty() => rest,
        all => all,
    };
    inner.join(" ")
}

/// The synonyms, ready to be looked up.
pub(crate) struct Synonyms(BTreeMap<&'static str, (Meaning, usize)>);

impl Synonyms {
    pub(crate) fn new() -> Self {
        let mut all = BTreeMap::new();
        for (meaning, words) in &TABLE {
            for (rank, word) in words.iter().enumerate() {
                all.entry(*word).or_insert((*meaning, rank));
            }
        }
        Self(all)
    }

    /// The meaning of a column and how well its name fits: 0 is best.
    pub(crate) fn meaning(&self, name: &str) -> Option<(Meaning, usize)> {
        let quoted = name.starts_with(['"', '\'']) || name.ends_with(['"', '\'']);
        if quoted || name.len() > 80 {
            return None;
        }
        let words = Zeroizing::new(normalised(name));
        let exact = self.0.get(words.as_str()).copied();
        exact.or_else(|| ends_as_secret(&words).then_some((Meaning::Value, HEAD_WORD)))
    }
}

/// The rank of a column that is known by its last word alone.
const HEAD_WORD: usize = 1000;

/// How names of secret values end.
#[rustfmt::skip]
const ENDS: [&str; 13] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passwort",
    "kennwort",
    "secret",
    "token",
    "contraseña",
    "senha",
    "wachtwoord",
    "passcode",
    "credential value",
];
/// What stands before `key` where it is a secret.
#[rustfmt::skip]
const KEYS: [&str; 22] = [
    "access",
    "account",
    "aes",
    "api",
    "app",
    "encryption",
    "gpg",
    "hmac",
    "host",
    "license",
    "master",
    "pgp",
    "private",
    "rsa",
    "sas",
    "secret",
    "shared",
    "signing",
    "ssh",
    "storage",
    "subscription",
    "webhook",
];
/// How names begin that ask something about a secret.
#[rustfmt::skip]
const ASKS: [&str; 16] = [
    "allow", "change", "enable", "enabled", "force", "has", "is", "last", "must", "name",
    "needs", "number", "requires", "reset", "type", "uses",
];

/// Whether a column name ends as those of secret values do: `db password`, `client secret value`.
fn ends_as_secret(words: &str) -> bool {
    let mut parts: Vec<&str> = words.split(' ').collect();
    while parts.len() > 1
        && parts.last().is_some_and(|part| {
            matches!(*part, "value" | "text" | "string" | "plain" | "plaintext" | "raw")
                || part.bytes().all(|byte| byte.is_ascii_digit())
        })
    {
        parts.pop();
    }
    if parts.first().is_some_and(|first| ASKS.contains(first)) || parts.contains(&"of") {
        return false;
    }
    match parts.as_slice() {
        [.., kind, "key"] => KEYS.contains(kind),
        [.., last] => {
            ENDS.iter().any(|end| last == end)
                || last.ends_with("passwort")
                || last.ends_with("kennwort")
                || last.ends_with("password")
        }
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_meanings_claim_one_name() {
        let count: usize = TABLE.iter().map(|(_, words)| words.len()).sum();
        assert_eq!(Synonyms::new().0.len(), count);
        for (place, (meaning, words)) in TABLE.iter().enumerate() {
            assert_eq!(*meaning as usize, place);
            for word in *words {
                assert_eq!(&normalised(word), word);
            }
        }
    }

    #[test]
    fn spellings_of_a_name_are_one() {
        for name in
            ["CredentialId", "credential-id", " Credential ID", "u_credential_id", "CREDENTIAL_ID"]
        {
            assert_eq!(normalised(name), "credential id", "{name}");
        }
        assert_eq!(normalised("Expires (UTC)"), "expires");
        assert_eq!(normalised("LineStart"), "line start");
    }

    #[test]
    fn columns_of_secrets_are_known_by_their_last_word() {
        let synonyms = Synonyms::new();
        for name in [
            "db_password",
            "Passwort",
            "Kennwort",
            "DB-Kennwort",
            "auth_token",
            "Bearer Token",
            "AWS_SECRET_ACCESS_KEY",
            "client_secret_value",
            "current_password",
            "encryption key",
            "Signing Secret",
            "bind password",
            "Password/Secret",
            "PW",
            "account key",
            "password 1",
            "Root Password (plain)",
            "storageAccountKey",
            "SSH key",
            "Datenbankpasswort",
        ] {
            assert_eq!(synonyms.meaning(name).map(|found| found.0), Some(Meaning::Value), "{name}");
        }
        for name in [
            "password last set",
            "token type",
            "has_password",
            "Owner of Secret",
            "secret name",
            "issue key",
            "primary key",
            "key",
            "password age",
            "tokens",
            "is secret",
        ] {
            assert_ne!(synonyms.meaning(name).map(|found| found.0), Some(Meaning::Value), "{name}");
        }
    }

    #[test]
    fn line_numbers_offsets_and_variables_are_no_ids() {
        for name in
            ["line", "LineStart", "offset", "env_var", "environment variable", "row", "start_line"]
        {
            let meaning = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert!(!matches!(meaning, Some(Meaning::Id | Meaning::Label)), "{name}");
        }
    }
}
