//! Relations between configuration items, as `ServiceNow` exports them.

use crate::import::formats::known_format::{KnownFormat, PLAIN};
use crate::import::vocabulary::synonyms::Meaning;

/// Which services there are. A relation is no credential, so nothing is linked by it.
pub(crate) const RELATIONS: KnownFormat = KnownFormat {
    name: "ServiceNow relations",
    needs: &["parent", "type", "child"],
    columns: &[("parent", Meaning::Holder), ("child", Meaning::Target)],
    of_credentials: false,
    notes: &["only the services are read; a relation is not a credential, so it links none"],
    ..PLAIN
};
