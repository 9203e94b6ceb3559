//! What a service is for, read from the words of its kind.

/// What sort of service an instance is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Runs code of one's own: an application, an API, a worker, a job.
    Application,
    /// Keeps data: a database, a cache, a bucket.
    Database,
    /// Builds and deploys.
    Ci,
    /// Keeps source code.
    Repository,
    /// Run by somebody else.
    Saas,
    /// Stands beside an application and acts for it.
    Sidecar,
    /// Passes credentials or messages on for others.
    Broker,
    /// Keeps secrets for others.
    SecretStore,
    /// Not said, or in words that are not known.
    #[default]
    Unknown,
}

/// Checked from top to bottom: what holds credentials for others comes first.
const WORDS: [(Role, &[&str]); 8] = [
    (
        Role::SecretStore,
        &[
            "vault",
            "secret store",
            "secret manager",
            "secrets manager",
            "secretsmanager",
            "secretstore",
            "secrets store",
            "key vault",
            "keyvault",
            "password manager",
            "kms",
            "hsm",
            "credential store",
            "keystore",
        ],
    ),
    (Role::Sidecar, &["sidecar", "side car", "envoy", "service mesh proxy"]),
    (Role::Broker, &["broker", "token service", "sts", "bastion", "jump host", "jumphost", "pam"]),
    (
        Role::Ci,
        &[
            "ci",
            "cd",
            "cicd",
            "ci cd",
            "pipeline",
            "pipelines",
            "build",
            "build server",
            "runner",
            "jenkins",
            "deployer",
            "deployment",
        ],
    ),
    (
        Role::Repository,
        &["repository", "repo", "git", "scm", "source control", "version control", "gitlab"],
    ),
    (
        Role::Database,
        &[
            "database",
            "db",
            "datastore",
            "data store",
            "cache",
            "sql",
            "postgres",
            "postgresql",
            "mysql",
            "oracle",
            "mongodb",
            "redis",
            "warehouse",
            "data warehouse",
            "bucket",
            "storage",
            "object store",
            "search index",
        ],
    ),
    (
        Role::Saas,
        &["saas", "third party", "thirdparty", "3rd party", "external", "vendor", "provider"],
    ),
    (
        Role::Application,
        &[
            "application",
            "app",
            "api",
            "worker",
            "web",
            "service",
            "microservice",
            "job",
            "cron",
            "function",
            "lambda",
            "frontend",
            "front end",
            "backend",
            "back end",
            "server",
            "gateway",
            "proxy",
            "batch",
            "daemon",
            "container",
            "agent",
            "bot",
            "script",
            "workload",
            "website",
            "portal",
            "mobile",
            "host",
            "vm",
        ],
    ),
];

impl Role {
    /// The words by which roles are read from kinds.
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        WORDS.iter().flat_map(|(_, words)| words.iter().copied())
    }

    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Application,
        Self::Database,
        Self::Ci,
        Self::Repository,
        Self::Saas,
        Self::Sidecar,
        Self::Broker,
        Self::SecretStore,
        Self::Unknown,
    ];

    /// Whether it holds credentials for others, and so is a trust boundary by itself.
    pub fn keeps_for_others(self) -> bool {
        match self {
            Self::Ci | Self::Sidecar | Self::Broker | Self::SecretStore => true,
            Self::Application | Self::Database | Self::Repository | Self::Saas | Self::Unknown => {
                false
            }
        }
    }

    /// Reads the role from a kind as people write it; unknown words give [`Role::Unknown`].
    pub fn from_kind(kind: &str) -> Self {
        let mut spaced = String::from(" ");
        let mut before = ' ';
        for letter in kind.chars() {
            let hump = before.is_lowercase() && letter.is_uppercase();
            if (!letter.is_alphanumeric() || hump) && !spaced.ends_with(' ') {
                spaced.push(' ');
            }
            if letter.is_alphanumeric() {
                spaced.extend(letter.to_lowercase());
            }
            before = letter;
        }
        spaced.push(' ');
        let says = |phrase: &&str| spaced.contains(&format!(" {phrase} "));
        WORDS
            .iter()
            .find(|(_, phrases)| phrases.iter().any(says))
            .map_or(Self::Unknown, |(role, _)| *role)
    }

    /// The word as people read it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Database => "database",
            Self::Ci => "CI",
            Self::Repository => "repository",
            Self::Saas => "SaaS",
            Self::Sidecar => "sidecar",
            Self::Broker => "broker",
            Self::SecretStore => "secret store",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_read_by_whole_words() {
        assert_eq!(Role::from_kind("PostgreSQL database"), Role::Database);
        assert_eq!(Role::from_kind("CI/CD"), Role::Ci);
        assert_eq!(Role::from_kind("Secrets-Manager"), Role::SecretStore);
        assert_eq!(Role::from_kind("secretStore"), Role::SecretStore);
        assert_eq!(Role::from_kind("envoy sidecar"), Role::Sidecar);
        assert_eq!(Role::from_kind("Web app"), Role::Application);
        assert_eq!(Role::from_kind("circus"), Role::Unknown);
        assert_eq!(Role::from_kind(""), Role::Unknown);
    }
}
