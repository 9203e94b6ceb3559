//! What Keyreach's own files say beyond what is read of every collector's: access that is assumed, levels of
//! grants, owners, further ids, and services that nothing is known of but their names.

use super::edges::Link;
use super::node::Node;
use super::row::Row;
use crate::import::vocabulary::lists::written_within_name;

/// Whether a node is a credential as Keyreach writes it.
pub(super) fn is_own_credential(node: &Node<'_>) -> bool {
    node.kinds.iter().any(|kind| kind == "KR_Credential")
}

/// Whether a node is a service as Keyreach writes it.
pub(super) fn is_own_service(node: &Node<'_>) -> bool {
    node.kinds.iter().any(|kind| kind == "KR_Service")
}

/// The row of a service: what is known of it whether or not a credential is.
pub(super) fn service_row(node: &Node<'_>) -> Row {
    let mut cells = Vec::new();
    node.service_cells(&mut cells);
    cells.extend(node.list("owners").map(|owners| ("service owner", owners.join("; "))));
    for (column, name) in [("entry point", "markedentrypoint"), ("crown jewel", "markedcrownjewel")]
    {
        let flag = node.property(&[name]);
        cells.extend(
            flag.map(|flag| (column, if flag == "true" { "yes" } else { "no" }.to_owned())),
        );
    }
    Row { at: node.at, cells }
}

/// The rows of a credential: one for each link and, where one row cannot say all, rows without a link for
/// each further id, each further place of storage, and for rows that disagreed on whether it is alive.
pub(super) fn credential_rows(
    node: &Node<'_>,
    (name, user): (String, Option<&String>),
    links: &[Link<'_, '_>],
) -> Vec<Row> {
    let aliases = node.list("aliases").unwrap_or_default();
    let storages = node.list("storage").unwrap_or_default();
    let is_set = |name: &str| node.property(&[name]).as_deref() == Some("true");
    let rows_disagree = is_set("rowsdisagree") && is_set("live");
    let mut cells = node.credential_cells(name, user);
    let said = [("owner", node.list("owners").map(|owners| owners.join("; ")))];
    cells.extend(said.into_iter().filter_map(|(column, text)| Some((column, text?))));
    cells.extend(node.property(&["displayname"]).map(|label| ("credential name", label)));
    cells.extend(node.property(&["tags"]).map(|tags| ("tags", tags)));
    if user.is_none() {
        cells.extend(node.property(&["identity"]).map(|identity| ("identity", identity)));
    }
    if is_set("unneeded") && !cells.iter().any(|(column, _)| *column == "status") {
        cells.push(("status", "no longer needed".to_owned()));
    }
    // Ids differ from row to row, and what they have in common is the node.
    cells.extend((!aliases.is_empty()).then(|| ("fingerprint", node.id.clone())));
    let with = |cells: &[(&'static str, String)], column: &'static str, text: &str| {
        let mut changed = cells.to_vec();
        changed.retain(|(other, _)| *other != column);
        changed.push((column, text.to_owned()));
        changed
    };
    let mut alone = Vec::new();
    alone.extend(aliases.iter().map(|alias| with(&cells, "credential id", alias)));
    alone.extend(storages.iter().skip(1).map(|place| with(&cells, "storage", place)));
    if rows_disagree {
        let mut dead = with(&cells, "status", "revoked");
        dead.retain(|(column, _)| *column != "expires");
        alone.push(dead);
        alone.push(cells.clone());
        cells = with(&cells, "status", "active");
        cells.retain(|(column, _)| *column != "expires");
    }
    if let Some(place) = storages.first() {
        cells = with(&cells, "storage", place);
    }
    if links.is_empty() {
        alone.push(cells.clone());
    }
    let mut rows: Vec<Row> = alone.into_iter().map(|cells| Row { at: node.at, cells }).collect();
    rows.extend(links.iter().map(|link| {
        // Unstated access is assumed to lead both ways; where a link leads one way alone, its environment
        // stands in the name of its service, and so is an assumption of its own.
        let is_other_way = |other: &Link<'_, '_>| {
            std::ptr::eq(other.other, link.other) && other.access != link.access
        };
        let is_one_way = link.is_assumed && !links.iter().any(is_other_way);
        let name = is_one_way.then(|| one_way_name(link.other)).flatten();
        link.row(&cells, name)
    }));
    rows
}

/// The cell that names a service with its environment, where it can.
fn one_way_name(node: &Node<'_>) -> Option<String> {
    let (service, environment) = (node.property(&["service"])?, node.property(&["environment"])?);
    written_within_name(&service, &environment)
}
