//! What is said of a node: texts, numbers, yes or no, and lists of texts, under names of small letters.
//! What is not known has no property, for BloodHound takes no null.

use serde_json::{Map, Value};

/// The properties of a node.
#[derive(Default)]
pub(super) struct Properties(Map<String, Value>);

impl Properties {
    /// Adds a property.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a property where it is known.
    pub(super) fn known(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds a list of texts, where it is not empty.
    pub(super) fn list<'a>(self, name: &str, words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<Value> = words.into_iter().map(Value::from).collect();
        if words.is_empty() { self } else { self.with(name, words) }
    }

    /// All of them.
    pub(super) fn value(self) -> Value {
        Value::Object(self.0)
    }
}
