//! Secret values that hold others: a JSON object with a password, an address with a login, a connection
//! string. What they hold is as secret as they are, wherever else it stands.

use zeroize::{Zeroize as _, Zeroizing};

use crate::import::secrets::secret_detection::secrets;
use crate::import::secrets::secret_shapes::is_mixed;

/// The secrets within a secret value that are long and mixed; none where the value is plain, which most
/// are and which is seen at a glance.
pub(crate) fn inner_values(value: &str) -> Vec<Zeroizing<String>> {
    let mut found = Vec::new();
    if value.starts_with('{') {
        if let Ok(mut document) = serde_json::from_str(value) {
            add_texts(&mut document, &mut found);
        }
    } else if value.contains("://") || value.contains(';') {
        let inner = secrets(value).into_iter().filter_map(|range| value.get(range));
        found.extend(
            inner.filter(|inner| *inner != value).map(|own| Zeroizing::new(own.to_owned())),
        );
    }
    found.retain(|inner| is_mixed(inner));
    found
}

/// The texts of a document, which is wiped.
fn add_texts(document: &mut serde_json::Value, found: &mut Vec<Zeroizing<String>>) {
    match document {
        serde_json::Value::String(text) => {
            found.push(Zeroizing::new(text.clone()));
            text.zeroize();
        }
        serde_json::Value::Array(all) => all.iter_mut().for_each(|one| add_texts(one, found)),
        serde_json::Value::Object(members) => {
            members.values_mut().for_each(|one| add_texts(one, found));
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_holds_is_found() {
        for (value, inner) in [
            (r#"{"user":"u","password":"Qwertz99$"}"#, &["Qwertz99$"][..]),
            (r#"{"a":[{"b":"Moos-Gras9!"}],"host":"db1"}"#, &["Moos-Gras9!"]),
            ("postgres://u:Moos4711gras@h/db", &["Moos4711gras"]),
            ("Server=h;User=u;Password=Moos4711gras;", &["Moos4711gras"]),
            ("Moos4711gras", &[]),
            ("{broken Moos4711gras", &[]),
            (r#"{"user":"payments"}"#, &[]),
        ] {
            let found = inner_values(value);
            let found: Vec<&str> = found.iter().map(|own| own.as_str()).collect();
            assert_eq!(found, inner, "{value}");
        }
    }
}
