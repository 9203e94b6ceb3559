//! Rows with their links, how credentials are parted, and problems, as entries. They name what they speak
//! of, and say only what differs from the rows before, so that a row in the middle of a source changes its
//! own line, and those of few others.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeTuple as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::facts_entries::{CredentialFactsEntry, ServiceFactsEntry};
use super::inventory_entries::{CredentialEntry, Text};
use crate::inventory::{Access, Level, ProblemKind};

/// A service instance as rows speak of it: the service and the environment.
pub(super) type ServiceEntry<'a> = (Text<'a>, Text<'a>);

/// Which credential a row is about.
#[derive(Debug)]
pub(super) enum CredentialRef<'a> {
    /// The first whose first id is this: `"k1"`.
    Id(Cow<'a, str>),
    /// A later one whose first id is this, counted from 2: `["k1",2]`.
    Later(Cow<'a, str>, u32),
    /// The one without an id whose fingerprint this is: `{"fingerprint":"…"}`.
    Fingerprint(Cow<'a, str>),
    /// The one at a place, counted from 0: it has neither.
    Place(u32),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FingerprintKey {
    Fingerprint,
}

impl Serialize for CredentialRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => serializer.serialize_str(id),
            Self::Later(id, at) => (id, at).serialize(serializer),
            Self::Fingerprint(digits) => {
                serializer.collect_map([(FingerprintKey::Fingerprint, digits)])
            }
            Self::Place(at) => serializer.serialize_u32(*at),
        }
    }
}

struct RefVisitor;

impl<'de> Visitor<'de> for RefVisitor {
    type Value = CredentialRef<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a credential")
    }

    fn visit_borrowed_str<E: de::Error>(self, id: &'de str) -> Result<Self::Value, E> {
        Ok(CredentialRef::Id(Cow::Borrowed(id)))
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<Self::Value, E> {
        Ok(CredentialRef::Id(Cow::Owned(id.to_owned())))
    }

    fn visit_u64<E: de::Error>(self, at: u64) -> Result<Self::Value, E> {
        u32::try_from(at).map(CredentialRef::Place).map_err(E::custom)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let id: Option<Text<'de>> = parts.next_element()?;
        let at: Option<u32> = parts.next_element()?;
        match (id, at) {
            (Some(Text(id)), Some(at)) => Ok(CredentialRef::Later(id, at)),
            _ => Err(de::Error::invalid_length(0, &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        match entries.next_entry::<FingerprintKey, Text<'de>>()? {
            Some((FingerprintKey::Fingerprint, Text(digits))) => {
                Ok(CredentialRef::Fingerprint(digits))
            }
            None => Err(de::Error::invalid_length(0, &self)),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for CredentialRef<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RefVisitor)
    }
}

/// A link: `["holds","web","dev"]`; the level follows if there is one, and `true` where the environment is
/// assumed.
#[derive(Debug)]
pub(super) struct LinkEntry<'a> {
    pub(super) access: Access,
    pub(super) service: Cow<'a, str>,
    pub(super) environment: Cow<'a, str>,
    pub(super) level: Level,
    pub(super) assumed: bool,
}

impl Serialize for LinkEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { access, service, environment, level, assumed } = self;
        let parts = match (level, assumed) {
            (_, true) => 5,
            (Level::Unknown, false) => 3,
            (_, false) => 4,
        };
        let mut written = serializer.serialize_tuple(parts)?;
        written.serialize_element(access)?;
        written.serialize_element(service)?;
        written.serialize_element(environment)?;
        if parts > 3 {
            written.serialize_element(level)?;
        }
        if parts > 4 {
            written.serialize_element(assumed)?;
        }
        written.end()
    }
}

struct LinkVisitor;

impl<'de> Visitor<'de> for LinkVisitor {
    type Value = LinkEntry<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a link")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let access: Option<Access> = parts.next_element()?;
        let service: Option<Text<'de>> = parts.next_element()?;
        let environment: Option<Text<'de>> = parts.next_element()?;
        let (Some(access), Some(service), Some(environment)) = (access, service, environment)
        else {
            return Err(de::Error::invalid_length(0, &self));
        };
        let level: Option<Level> = parts.next_element()?;
        let assumed: Option<bool> = parts.next_element()?;
        Ok(LinkEntry {
            access,
            service: service.0,
            environment: environment.0,
            level: level.unwrap_or_default(),
            assumed: assumed.unwrap_or_default(),
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for LinkEntry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(LinkVisitor)
    }
}

/// Which part of its credential a row is about where ids do not match across sources.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PartRef {
    /// Of the parts of the row's own credential beside what remains of it, counted from 1.
    Part(u32),
    /// Of all credentials, those of the parting behind the others, counted from 0.
    Place(u32),
}

/// A row: where it stands, what it is about and says, and its links.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RowEntry<'a> {
    /// Its source, by its place, where that is another than that of the row before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<u16>,
    /// How many lines it stands below the row before of its source, if it is not one.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub(super) lines: i64,
    /// The credential; nothing where it speaks of services alone.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) credential: Option<CredentialRef<'a>>,
    /// The part of it that the row is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) apart: Option<PartRef>,
    /// Whether it joins parts of its credential across sources.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) joins: bool,
    /// What it says of the credential, if not what the row before on it says, or the first one nothing.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) facts: Option<CredentialFactsEntry<Text<'a>>>,
    /// What it says of its services, likewise by the first of them.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) service_facts: Option<ServiceFactsEntry<Text<'a>>>,
    /// Its links.
    #[serde(borrow, default, skip_serializing_if = "LinkEntries::is_empty")]
    pub(super) links: LinkEntries<'a>,
}

/// The links of a row. Most have one, which takes no room of its own.
#[derive(Debug, Default)]
pub(super) struct LinkEntries<'a> {
    first: Option<LinkEntry<'a>>,
    more: Vec<LinkEntry<'a>>,
}

impl<'a> LinkEntries<'a> {
    fn is_empty(&self) -> bool {
        self.first.is_none()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &LinkEntry<'a>> {
        self.first.iter().chain(&self.more)
    }
}

impl<'a> FromIterator<LinkEntry<'a>> for LinkEntries<'a> {
    fn from_iter<I: IntoIterator<Item = LinkEntry<'a>>>(links: I) -> Self {
        let mut links = links.into_iter();
        Self { first: links.next(), more: links.collect() }
    }
}

impl Serialize for LinkEntries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

struct LinksVisitor;

impl<'de> Visitor<'de> for LinksVisitor {
    type Value = LinkEntries<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("links")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut links: A) -> Result<Self::Value, A::Error> {
        let mut found = LinkEntries { first: links.next_element()?, more: Vec::new() };
        while let Some(link) = links.next_element()? {
            found.more.push(link);
        }
        Ok(found)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for LinkEntries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(LinksVisitor)
    }
}

fn one() -> i64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_one(lines: &i64) -> bool {
    *lines == 1
}

/// One line of how credentials are parted.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PartingEntry<'a> {
    /// What a parted credential is known by then.
    Remaining(#[serde(borrow)] CredentialRef<'a>, #[serde(borrow)] CredentialEntry<'a, Text<'a>>),
    /// A part beside that, and of which credential it is; nothing where no row is about it.
    Part(
        #[serde(borrow)] Option<CredentialRef<'a>>,
        #[serde(borrow)] CredentialEntry<'a, Text<'a>>,
    ),
}

/// A problem.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProblemEntry<'a> {
    pub(super) source: u16,
    /// How many lines it stands below the problem before of its source.
    pub(super) lines: i64,
    pub(super) kind: ProblemKind,
    #[serde(borrow)]
    pub(super) column: Cow<'a, str>,
    #[serde(borrow)]
    pub(super) message: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) rejected: bool,
    /// How many bytes it stands behind the last problem of its source of which that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bytes: Option<i64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) row: Option<Cow<'a, str>>,
}
