//! A value of a policy with its place and with what messages call it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::PolicyError;

/// A key with its place.
pub(super) struct Key<'a> {
    pub(super) name: &'a str,
    text: &'a str,
    start: usize,
}

impl Key<'_> {
    /// An error at the key.
    pub(super) fn wrong(&self, what: String) -> PolicyError {
        PolicyError::at(self.text, self.start, what)
    }

    /// An error at a key that says again what another says.
    pub(super) fn twice(&self, of: &str) -> PolicyError {
        let name = self.name;
        self.wrong(format!(
            "the {of} “{name}” is given twice, because case does not count; remove one"
        ))
    }
}

/// A value with its place.
pub(super) struct Said<'a> {
    text: &'a str,
    what: String,
    value: &'a Spanned<DeValue<'a>>,
}

/// The keys and values of a table in the order of the file.
pub(super) fn entries<'a>(text: &'a str, table: &'a DeTable<'a>) -> Vec<(Key<'a>, Said<'a>)> {
    let mut found: Vec<(Key<'a>, Said<'a>)> = table
        .iter()
        .map(|(key, value)| {
            let start = key.span().start;
            let key = Key { name: key.get_ref(), text, start };
            (key, Said { text, what: String::new(), value })
        })
        .collect();
    found.sort_by_key(|(key, _)| key.start);
    found
}

impl<'a> Said<'a> {
    /// The same with a name in messages.
    pub(super) fn called(&self, what: String) -> Self {
        Self { text: self.text, what, value: self.value }
    }

    /// An error at the value: what was found, and what is wanted.
    pub(super) fn wrong(&self, wanted: &str) -> PolicyError {
        let what = format!("{} is {}; write {wanted}", self.what, self.found());
        PolicyError::at(self.text, self.value.span().start, what)
    }

    fn found(&self) -> String {
        match self.value.get_ref() {
            DeValue::String(word) => format!("“{word}”"),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            DeValue::Boolean(truth) => truth.to_string(),
            DeValue::Datetime(time) => time.to_string(),
            DeValue::Array(_) => "a list".to_owned(),
            DeValue::Table(_) => "a table".to_owned(),
        }
    }

    pub(super) fn word(&self) -> Option<&'a str> {
        match self.value.get_ref() {
            DeValue::String(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self.value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        }
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self.value.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => None,
        }
    }

    pub(super) fn list(&self, wanted: &str) -> Result<Vec<Self>, PolicyError> {
        let DeValue::Array(values) = self.value.get_ref() else { return Err(self.wrong(wanted)) };
        let what = format!("a name in {}", self.what);
        let one = |value| Said { text: self.text, what: what.clone(), value };
        Ok(values.iter().map(one).collect())
    }

    pub(super) fn table(&self, wanted: &str) -> Result<Vec<(Key<'a>, Self)>, PolicyError> {
        match self.value.get_ref() {
            DeValue::Table(table) => Ok(entries(self.text, table)),
            _ => Err(self.wrong(wanted)),
        }
    }
}
