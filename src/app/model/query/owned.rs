//! The owners that a search text names, and what is theirs.

use std::collections::BTreeSet;

use crate::app::model::query::key::Key;
use crate::app::model::query::known::NOBODY;
use crate::app::model::query::unclear::no_such_value;
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, EdgeIndex, InstanceIndex, OwnerIndex};

/// Some owners, and whether what nobody owns is meant too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Owned {
    among: BTreeSet<OwnerIndex>,
    nobody: bool,
}

impl Owned {
    /// Whether something with these owners is meant.
    pub(crate) fn has(&self, owners: &[OwnerIndex]) -> bool {
        owners.iter().any(|own| self.among.contains(own)) || (self.nobody && owners.is_empty())
    }

    /// Whether a service is.
    pub(crate) fn has_service(&self, graph: &AccessGraph, at: InstanceIndex) -> bool {
        self.has(graph.owners_of_instance(at))
    }

    /// Whether a service at the end of one of the links is.
    pub(crate) fn has_end(&self, graph: &AccessGraph, links: &[EdgeIndex]) -> bool {
        links.iter().any(|&at| self.has_service(graph, graph.edge(at).instance))
    }
}

/// The owners of these names, quotes in them left out, or, where there are none, with them in their names.
pub(crate) fn owners(answers: &Answers, (key, values): (Key, &[String])) -> Result<Owned, String> {
    let (mut owned, is_exact) = (Owned::default(), key != Key::Owner);
    let named = |is_it: &dyn Fn(&str) -> bool| -> BTreeSet<OwnerIndex> {
        let all = (0_u32..).zip(answers.graph.owners()).filter(|(_, name)| is_it(name));
        all.map(|(at, _)| OwnerIndex(at)).collect()
    };
    for value in values {
        let wanted = value.to_lowercase();
        let is_nobody = wanted == NOBODY;
        let mut found = named(&|name| is_exact && name.replace('"', "") == *value);
        if found.is_empty() && !(is_nobody && is_exact) {
            found = named(&|name| has(name, &wanted));
        }
        if found.is_empty() && !is_nobody {
            return Err(no_such_value(answers, key, value));
        }
        owned.nobody |= is_nobody;
        owned.among.append(&mut found);
    }
    Ok(owned)
}

/// Whether a name has a text in it that is in lower case.
pub(crate) fn has(name: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    if name.is_ascii() && wanted.is_ascii() {
        let mut parts = name.as_bytes().windows(wanted.len());
        return parts.any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()));
    }
    name.to_lowercase().contains(wanted)
}
