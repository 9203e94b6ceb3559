//! The description of the kinds, which BloodHound needs for its paths, and the icons of the nodes.

use serde_json::{Map, Value, json};

use super::kinds::{
    CREDENTIAL, EDGE_KINDS, ENVIRONMENT, EdgeKind, NODE_KINDS, NodeKind, SERVICE, SOURCE_KIND,
};

/// What every kind of ours begins with, before a low line.
const NAMESPACE: &str = "KR";

/// The extension.
pub(super) fn schema() -> Value {
    let node_kind = |kind: &NodeKind| {
        json!({
            "name": kind.name,
            "display_name": kind.display_name,
            "description": kind.description,
            "is_display_kind": true,
            "icon": kind.icon,
            "color": format!("0x{}", kind.colour),
        })
    };
    let edge_kind = |kind: &EdgeKind| {
        json!({
            "name": kind.name,
            "description": kind.description,
            "is_traversable": kind.is_traversable,
        })
    };
    let version = env!("CARGO_PKG_VERSION");
    json!({
        "schema": {"name": SOURCE_KIND, "version": version, "namespace": NAMESPACE},
        "node_kinds": NODE_KINDS.iter().map(node_kind).collect::<Vec<_>>(),
        "relationship_kinds": EDGE_KINDS.iter().map(edge_kind).collect::<Vec<_>>(),
        "environments": [{
            "environment_kind": ENVIRONMENT,
            "source_kind": SOURCE_KIND,
            "principal_kinds": [CREDENTIAL, SERVICE],
        }],
        "relationship_findings": [],
    })
}

/// The icons, for versions of BloodHound that take them alone.
pub(super) fn icons() -> Value {
    let icon = |kind: &NodeKind| {
        let colour = format!("#{}", kind.colour);
        let icon = json!({"type": "font-awesome", "name": kind.icon, "color": colour});
        (kind.name.to_owned(), json!({"icon": icon}))
    };
    let icons: Map<String, Value> = NODE_KINDS.iter().map(icon).collect();
    json!({"custom_types": icons})
}
