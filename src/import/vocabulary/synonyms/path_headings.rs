//! Names of members within members, which JSON files are read into: `attributes.expires`.

/// Members that only hold others.
#[rustfmt::skip]
const WRAPPERS: [&str; 24] = [
    "annotations", "attribute", "attributes", "body", "custom fields", "data", "detail", "details",
    "document", "entity", "fields", "info", "item", "labels", "meta", "metadata", "node", "properties",
    "record", "resource data", "response", "result", "spec", "tags",
];
/// Last members that say of what is above them which one it is.
#[rustfmt::skip]
const NAMES: [&str; 10] = [
    "name", "display name", "full name", "title", "label", "login", "email", "mail", "username",
    "user principal name",
];
/// Last members that are about what is above them, so that they say nothing without it.
#[rustfmt::skip]
const DEPENDENT: [&str; 24] = [
    "id", "uuid", "guid", "key", "type", "kind", "category", "value", "number", "ref", "reference",
    "url", "urls", "uri", "href", "link", "object", "item", "entry", "source", "from", "to", "class",
    "user",
];

/// The words by which a name within others is known: of `attributes.expires` those of `expires`, of
/// `owner.name` those of `owner`. Each with whether the table alone decides what they mean.
pub(super) fn known_parts(parts: &[String]) -> Vec<String> {
    let kept: Vec<&String> =
        parts.iter().skip_while(|part| WRAPPERS.contains(&part.as_str())).collect();
    let mut known = Vec::new();
    if kept.len() < parts.len() {
        known.push(join(&kept));
    }
    let Some((last, above)) = kept.split_last() else { return known };
    let Some(parent) = above.last() else { return known };
    if NAMES.contains(&last.as_str()) {
        known.push((*parent).clone());
    } else if !DEPENDENT.contains(&last.as_str()) {
        known.push(join(&[*parent, *last]));
        known.push((*last).clone());
    }
    known
}

fn join(parts: &[&String]) -> String {
    parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::lookup::Synonyms;
    use super::super::meaning::Meaning;

    #[test]
    fn a_column_is_known_by_the_last_parts_of_its_path() {
        for (name, meaning) in [
            ("attributes.expires", Meaning::Expires),
            ("attributes.enabled", Meaning::Status),
            ("tags.owner", Meaning::Owner),
            ("tags.app", Meaning::Service),
            ("metadata.labels.environment", Meaning::Environment),
            ("owner.name", Meaning::Owner),
            ("owner.email", Meaning::Owner),
            ("service.name", Meaning::Service),
            ("metadata.name", Meaning::Label),
            ("properties.endDateTime", Meaning::Expires),
            ("status.lastUsedAt", Meaning::LastUsed),
            ("ownership.team", Meaning::Owner),
        ] {
            let found = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert_eq!(found, Some(meaning), "{name}");
        }
        for name in ["owner.id", "project.url", "rotation.type", "license.key"] {
            let found = Synonyms::new().meaning(name).map(|(meaning, _)| meaning);
            assert!(
                !matches!(found, Some(Meaning::Id | Meaning::Kind | Meaning::Target)),
                "{name}"
            );
        }
    }
}
