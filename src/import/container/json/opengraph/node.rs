//! A node of the graph, and the cells that are made of it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::import::container::json::rows::offset;
use crate::import::container::json::scan::Scan;
use crate::import::vocabulary::lists::written;

/// What the names of kinds of credentials end in.
const CREDENTIALS: [&str; 8] =
    ["secret", "token", "apikey", "accesskey", "password", "credential", "jwk", "sshkey"];
/// What contains everything, and so holds nothing in particular.
const WHOLE: [&str; 5] = ["organization", "organisation", "enterprise", "tenant", "environment"];

/// A node of the file.
pub(super) struct Node<'a> {
    /// Where it stands.
    pub(super) at: usize,
    pub(super) kinds: Vec<String>,
    properties: BTreeMap<Cow<'a, str>, &'a RawValue>,
    pub(super) id: String,
}

#[derive(Deserialize)]
struct WrittenNode<'a> {
    #[serde(alias = "objectid")]
    id: Option<Cow<'a, str>>,
    #[serde(default)]
    kinds: Vec<Cow<'a, str>>,
    #[serde(default, borrow)]
    properties: Option<BTreeMap<Cow<'a, str>, &'a RawValue>>,
}

/// The name of a kind, without its namespace, in small letters.
pub(super) fn name_of(kind: &str) -> String {
    kind.rsplit_once('_').map_or(kind, |(_, name)| name).to_lowercase()
}

/// Whether a kind of nodes, or of edges that lead to one, is named after a credential.
pub(super) fn names_credential(kind: &str) -> bool {
    let name = name_of(kind);
    CREDENTIALS.iter().any(|end| name.ends_with(end))
}

/// The name of a kind in words: `personal access token`, for `GH_PersonalAccessToken`.
fn words_of(kind: &str) -> String {
    let name = kind.rsplit_once('_').map_or(kind, |(_, name)| name);
    let mut words = String::new();
    let mut before = ' ';
    for letter in name.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
        before = letter;
    }
    words
}

impl<'a> Node<'a> {
    pub(super) fn new(scan: Scan<'a>, raw: &'a RawValue) -> Option<Self> {
        let WrittenNode { id, kinds, properties } = serde_json::from_str(raw.get()).ok()?;
        let properties = properties.unwrap_or_default();
        let node = Self {
            at: offset(scan.text, raw.get()),
            kinds: kinds.into_iter().map(Cow::into_owned).collect(),
            properties,
            id: String::new(),
        };
        let id = id.map(Cow::into_owned).or_else(|| node.property(&["objectid"]))?;
        (!node.kinds.is_empty() && !id.is_empty()).then_some(Self { id, ..node })
    }

    /// The first of some properties that says something, as text.
    pub(super) fn property(&self, names: &[&str]) -> Option<String> {
        let text = |name: &&str| {
            let raw = self.properties.get(*name)?.get();
            let text = match serde_json::from_str::<serde_json::Value>(raw).ok()? {
                serde_json::Value::String(text) => text,
                serde_json::Value::Number(number) => number.to_string(),
                serde_json::Value::Bool(flag) => flag.to_string(),
                _ => return None,
            };
            (!text.trim().is_empty()).then_some(text)
        };
        names.iter().find_map(text)
    }

    /// A property that is a list of texts.
    pub(super) fn list(&self, name: &str) -> Option<Vec<String>> {
        serde_json::from_str(self.properties.get(name)?.get()).ok()
    }

    pub(super) fn is_kind(&self, ends: &[&str]) -> bool {
        let is = |kind: &String| {
            let name = name_of(kind);
            ends.iter().any(|end| name.ends_with(end))
        };
        self.kinds.iter().any(is)
    }

    pub(super) fn is_credential(&self) -> bool {
        self.kinds.iter().any(|kind| names_credential(kind))
    }

    pub(super) fn name(&self) -> String {
        self.property(&["name", "displayname"]).unwrap_or_else(|| self.id.clone())
    }

    /// All properties, as they are written.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.properties.iter().map(|(name, value)| (name.as_ref(), value.get()))
    }

    /// A property as it is written.
    pub(super) fn written(&self, name: &str) -> Option<&'a RawValue> {
        self.properties.get(name).copied()
    }

    /// Whether it contains everything, and so holds nothing in particular. An environment of GitHub is one of a
    /// repository, and holds what is its own.
    pub(super) fn is_whole(&self) -> bool {
        self.is_kind(&WHOLE) && !self.name().contains('\\')
    }

    /// The kind that says most: the first.
    pub(super) fn kind(&self) -> &str {
        self.kinds.first().map_or("", String::as_str)
    }

    /// The cells of what holds a credential or is opened by one.
    pub(super) fn service_cells(&self, cells: &mut Vec<(&'static str, String)>) {
        let mut service = self.property(&["service"]).unwrap_or_else(|| self.name());
        // GitHub's environments are those of a repository: `repository\environment`.
        let mut environment = self.property(&["short_name", "environment"]).unwrap_or_default();
        let within = service.rsplit_once('\\').filter(|_| self.is_kind(&WHOLE));
        if let Some((before, own)) = within.map(|(before, own)| (before.to_owned(), own.to_owned()))
        {
            (service, environment) = (before, own);
        }
        let kind = self.property(&["type"]).unwrap_or_else(|| words_of(self.kind()));
        // Signs in a name part no list here.
        let (service, environment) = written(&service, &environment);
        cells.push(("service", service.into_owned()));
        cells.push(("environment", environment.into_owned()));
        cells.push(("service type", kind));
    }

    /// The cells of a credential under a name, and whose it is.
    pub(super) fn credential_cells(
        &self,
        name: String,
        user: Option<&String>,
    ) -> Vec<(&'static str, String)> {
        let own = self.name();
        let label = (own != name).then_some(own);
        let is_ci = self.kind().starts_with("GH_") && self.is_kind(&["secret"]);
        let kind = if is_ci {
            "CI secret".to_owned()
        } else {
            self.property(&["type"]).unwrap_or_else(|| words_of(self.kind()))
        };
        let is_dead = self.property(&["token_expired", "expired", "revoked"]).as_deref()
            == Some("true")
            || self.property(&["live", "enabled", "active"]).as_deref() == Some("false");
        let dates = [
            ("created", &["created_at", "created", "access_granted_at"][..]),
            ("last rotated", &["updated_at", "lastrotated"][..]),
            ("last used", &["token_last_used_at", "last_used_at", "lastused"][..]),
            ("expires", &["token_expires_at", "expires_at", "expires"][..]),
        ];
        let mut cells = vec![
            ("opengraph node", self.id.clone()),
            ("credential id", name),
            ("credential type", kind),
        ];
        cells.extend(label.map(|label| ("credential name", label)));
        cells.extend(user.map(|user| ("identity", user.clone())));
        cells.extend(is_ci.then(|| ("storage", "CI variable".to_owned())));
        cells.extend(is_dead.then(|| ("status", "revoked".to_owned())));
        let dates = dates.into_iter();
        cells.extend(dates.filter_map(|(column, names)| Some((column, self.property(names)?))));
        cells
    }
}
