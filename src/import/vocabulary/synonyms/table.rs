//! The known names of columns, for each meaning.

use super::meaning::Meaning;

/// A meaning and its column names, best first.
type Entry = (Meaning, &'static [&'static str]);

/// The names of every meaning, in the order of [`Meaning`] and as [`super::normalised`] writes them.
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
        "host name", "host", "hosts", "server", "server name", "allowed services",
        "allowed applications", "permitted services", "authorized services", "authorised services",
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

/// The meaning that has this name in column mappings.
pub(crate) fn meaning_named(name: &str) -> Option<Meaning> {
    TABLE.iter().map(|(meaning, _)| *meaning).find(|meaning| meaning.name() == name)
}

/// The column names of a meaning, best first.
pub(crate) fn words_of(meaning: Meaning) -> &'static [&'static str] {
    TABLE.get(meaning as usize).map_or(&[], |(_, words)| words)
}
