//! Which node of the file the end of an edge means: by its id, by its name, or by properties.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::node::Node;

/// Properties that BloodHound keeps in capital letters, and so compares without case.
const WITHOUT_CASE: [&str; 3] = ["name", "distinguishedname", "operatingsystem"];
/// How many properties are named when no node has them.
const MOST_NAMED: usize = 4;

/// An end of an edge as it is written.
#[derive(Deserialize)]
pub(super) struct WrittenEnd<'a> {
    value: Option<Cow<'a, str>>,
    match_by: Option<Cow<'a, str>>,
    /// The kind that the node must have.
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    property_matchers: Vec<WrittenMatcher<'a>>,
}

#[derive(Deserialize)]
struct WrittenMatcher<'a> {
    key: Cow<'a, str>,
    operator: Option<Cow<'a, str>>,
    #[serde(borrow)]
    value: &'a RawValue,
}

/// Why an end means no node of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoNode {
    /// It says nothing by which a node could be found.
    Unnamed,
    /// It is to be found in a way that is not known.
    UnknownWay,
    /// No node has this id.
    NoSuchId,
    /// No node has these properties, and the kind if one is given.
    NoneHas(Sought),
    /// More than one has them.
    SeveralHave(Sought),
}

/// What a node is looked for by: never the values, which may be anything.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Sought {
    kind: Option<String>,
    keys: Vec<String>,
}

impl NoNode {
    /// Why there is no node, in words.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Unnamed => "it says nothing by which a node could be found".to_owned(),
            Self::UnknownWay => "only the ways of matching `id`, `name` and `property`, with the \
                                 operator `equals`, are known"
                .to_owned(),
            Self::NoSuchId => "no node of the file has its id".to_owned(),
            Self::NoneHas(sought) => format!("no node of the file{}", sought.words("has")),
            Self::SeveralHave(sought) => {
                format!("several nodes of the file{}", sought.words("have"))
            }
        }
    }
}

impl Sought {
    fn words(&self, have: &str) -> String {
        let kind = self.kind.as_ref().map(|kind| format!(" of kind {kind}")).unwrap_or_default();
        let mut keys: Vec<&str> = self.keys.iter().map(String::as_str).take(MOST_NAMED).collect();
        let more = format!("{} more", self.keys.len().saturating_sub(MOST_NAMED));
        if self.keys.len() > MOST_NAMED {
            keys.push(&more);
        }
        format!("{kind} {have} what it asks for in {}", keys.join(", "))
    }
}

/// The nodes that have some values, as far as it matters.
enum Having {
    One(usize),
    Several,
}

/// Finds nodes.
pub(super) struct Ends {
    by_id: BTreeMap<String, usize>,
    /// For each kind and set of properties that was asked for, the nodes by the values that they have there.
    by_values: BTreeMap<Sought, HashMap<Vec<String>, Having>>,
}

impl Ends {
    pub(super) fn new(nodes: &[Node<'_>]) -> Self {
        let by_id = nodes.iter().enumerate().map(|(at, node)| (node.id.clone(), at)).collect();
        Self { by_id, by_values: BTreeMap::new() }
    }

    /// The place of the node that an end means.
    ///
    /// # Errors
    /// Why there is none. Like BloodHound, an end that several nodes match means none of them.
    pub(super) fn find(
        &mut self,
        nodes: &[Node<'_>],
        end: &WrittenEnd<'_>,
    ) -> Result<usize, NoNode> {
        let value = end.value.as_deref().filter(|value| !value.is_empty());
        let kind = end.kind.as_deref().map(str::to_owned);
        match (end.match_by.as_deref(), value) {
            (None | Some("id"), Some(id)) => self.by_id.get(id).copied().ok_or(NoNode::NoSuchId),
            (Some("name"), Some(name)) => {
                let name = comparable("name", &Value::from(name)).ok_or(NoNode::Unnamed)?;
                self.having(nodes, Sought { kind, keys: vec!["name".to_owned()] }, &[name])
            }
            (Some("property"), _) if !end.property_matchers.is_empty() => {
                let mut pairs = BTreeMap::new();
                for matcher in &end.property_matchers {
                    let (key, value) = matcher.read()?;
                    // Nothing has two values in one property.
                    if pairs.insert(key, value.clone()).is_some_and(|other| other != value) {
                        return Err(NoNode::Unnamed);
                    }
                }
                let (keys, values): (Vec<String>, Vec<String>) = pairs.into_iter().unzip();
                self.having(nodes, Sought { kind, keys }, &values)
            }
            (None | Some("id" | "name" | "property"), _) => Err(NoNode::Unnamed),
            (Some(_), _) => Err(NoNode::UnknownWay),
        }
    }

    fn having(
        &mut self,
        nodes: &[Node<'_>],
        sought: Sought,
        values: &[String],
    ) -> Result<usize, NoNode> {
        let by_values =
            self.by_values.entry(sought.clone()).or_insert_with(|| values_of(nodes, &sought));
        match by_values.get(values) {
            Some(Having::One(at)) => Ok(*at),
            Some(Having::Several) => Err(NoNode::SeveralHave(sought)),
            None => Err(NoNode::NoneHas(sought)),
        }
    }
}

impl WrittenMatcher<'_> {
    fn read(&self) -> Result<(String, String), NoNode> {
        if self.operator.as_deref().is_some_and(|operator| operator != "equals") {
            return Err(NoNode::UnknownWay);
        }
        let value = serde_json::from_str(self.value.get()).ok();
        let value = value.and_then(|value| comparable(&self.key, &value));
        Ok((self.key.as_ref().to_owned(), value.ok_or(NoNode::Unnamed)?))
    }
}

/// The nodes of a kind by what they have in some properties.
fn values_of(nodes: &[Node<'_>], sought: &Sought) -> HashMap<Vec<String>, Having> {
    let mut by_values = HashMap::new();
    for (at, node) in nodes.iter().enumerate() {
        if sought.kind.as_ref().is_some_and(|kind| !node.kinds.contains(kind)) {
            continue;
        }
        let value = |key: &String| {
            let written = node.written(key)?;
            comparable(key, &serde_json::from_str(written.get()).ok()?)
        };
        let Some(values) = sought.keys.iter().map(value).collect::<Option<Vec<String>>>() else {
            continue;
        };
        let having = by_values.entry(values);
        having.and_modify(|having| *having = Having::Several).or_insert(Having::One(at));
    }
    by_values
}

/// What a value is compared as: text and flags of their kind, numbers by what they are worth. `None` for what
/// is compared with nothing: lists, objects, null.
fn comparable(key: &str, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if WITHOUT_CASE.contains(&key) => {
            Some(Value::from(text.to_uppercase()).to_string())
        }
        Value::Number(number) if number.is_f64() => Some(number.as_f64()?.to_string()),
        Value::String(_) | Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::container::json::scan::Scan;
    use crate::inventory::Progress;

    /// Whether a node has what is asked for, said once more in another way.
    fn has(node: &Value, kind: Option<&str>, pairs: &[(&str, &Value)]) -> bool {
        let is_equal = |(key, wanted): &(&str, &Value)| match (&node["properties"][*key], wanted) {
            (Value::String(own), Value::String(wanted)) if *key == "name" => {
                own.eq_ignore_ascii_case(wanted)
            }
            (Value::Number(own), Value::Number(wanted)) => own.as_f64() == wanted.as_f64(),
            (own, wanted) => own == *wanted,
        };
        kind.is_none_or(|kind| node["kinds"].as_array().unwrap().iter().any(|own| own == kind))
            && pairs.iter().all(is_equal)
    }

    #[test]
    fn every_end_finds_the_one_node_that_has_what_it_asks_for() {
        let values: Vec<Value> = serde_json::from_str(r#"["x", "X", 1, 1.0, "1", true]"#).unwrap();
        let mut nodes = Vec::new();
        for (at, name) in values.iter().enumerate() {
            for (to, port) in values.iter().enumerate().skip(at) {
                let kind = if (at + to) % 2 == 0 { "A" } else { "B" };
                let properties = serde_json::json!({"name": name, "port": port});
                let id = format!("{at}-{to}");
                nodes
                    .push(serde_json::json!({"id": id, "kinds": [kind], "properties": properties}));
            }
        }
        let text = serde_json::to_string(&nodes).unwrap();
        let progress = Progress::default();
        let scan = Scan { text: &text, progress: &progress };
        let raw: Vec<&RawValue> = serde_json::from_str(&text).unwrap();
        let read: Vec<Node<'_>> =
            raw.into_iter().map(|raw| Node::new(scan, raw).unwrap()).collect();
        let mut ends = Ends::new(&read);
        let mut counts = [0, 0, 0];
        for kind in [None, Some("A"), Some("B"), Some("C")] {
            for name in &values {
                for port in &values {
                    for pairs in [vec![("name", name)], vec![("port", port), ("name", name)]] {
                        let matcher = |(key, value): &(&str, &Value)| serde_json::json!({"key": key, "operator": "equals", "value": value});
                        let matchers: Vec<Value> = pairs.iter().map(matcher).collect();
                        let end = serde_json::json!({
                            "match_by": "property", "kind": kind, "property_matchers": matchers,
                        });
                        let end = end.to_string();
                        let found = ends.find(&read, &serde_json::from_str(&end).unwrap());
                        let all: Vec<usize> =
                            (0..nodes.len()).filter(|at| has(&nodes[*at], kind, &pairs)).collect();
                        match (all.as_slice(), found) {
                            ([], Err(NoNode::NoneHas(_))) => counts[0] += 1,
                            ([one], Ok(at)) if at == *one => counts[1] += 1,
                            ([_, _, ..], Err(NoNode::SeveralHave(_))) => counts[2] += 1,
                            (all, found) => panic!("{end}: {all:?}, but {found:?}"),
                        }
                    }
                }
            }
        }
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    }
}
