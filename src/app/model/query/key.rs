//! The keys of a search, and how figures and days are compared.

/// A word before a colon that the search knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Type,
    Env,
    Held,
    Opens,
    Owner,
    Holder,
    Target,
    Severity,
    Kind,
    Rule,
    Storage,
    Dead,
    Assumed,
    Stated,
    Reach,
    Created,
    Rotated,
    Used,
    Expires,
}

impl Key {
    pub(crate) const ALL: [Self; 19] = [
        Self::Type,
        Self::Env,
        Self::Held,
        Self::Opens,
        Self::Owner,
        Self::Holder,
        Self::Target,
        Self::Severity,
        Self::Kind,
        Self::Rule,
        Self::Storage,
        Self::Dead,
        Self::Assumed,
        Self::Stated,
        Self::Reach,
        Self::Created,
        Self::Rotated,
        Self::Used,
        Self::Expires,
    ];

    /// As it is written.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Env => "env",
            Self::Held => "held",
            Self::Opens => "opens",
            Self::Owner => "owner",
            Self::Holder => "holder",
            Self::Target => "target",
            Self::Severity => "severity",
            Self::Kind => "kind",
            Self::Rule => "rule",
            Self::Storage => "storage",
            Self::Dead => "dead",
            Self::Assumed => "assumed",
            Self::Stated => "stated",
            Self::Reach => "reach",
            Self::Created => "created",
            Self::Rotated => "rotated",
            Self::Used => "used",
            Self::Expires => "expires",
        }
    }

    /// With the sign behind it, as it is completed.
    pub(crate) fn written(self) -> String {
        let sign = match self {
            Self::Reach => '>',
            own if own.is_day() => '<',
            _ => ':',
        };
        format!("{}{sign}", self.word())
    }

    /// Whether it stands for a day of a credential.
    pub(crate) fn is_day(self) -> bool {
        matches!(self, Self::Created | Self::Rotated | Self::Used | Self::Expires)
    }

    /// The key of a word, without regard to case.
    pub(crate) fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word().eq_ignore_ascii_case(word))
    }
}

/// How a figure is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    More,
    AtLeast,
    Equal,
    AtMost,
    Less,
}

impl Comparison {
    /// How it is written, the longer ones first.
    pub(crate) const SIGNS: [(&'static str, Self); 5] = [
        (">=", Self::AtLeast),
        ("<=", Self::AtMost),
        (">", Self::More),
        ("<", Self::Less),
        ("=", Self::Equal),
    ];

    /// Whether a figure compares so with another one.
    pub(crate) fn holds(self, figure: u64, other: u64) -> bool {
        match self {
            Self::More => figure > other,
            Self::AtLeast => figure >= other,
            Self::Equal => figure == other,
            Self::AtMost => figure <= other,
            Self::Less => figure < other,
        }
    }
}
