//! What is named on the command line: credentials and service instances of a graph.

use crate::analysis::{
    NO_OWNER, OwnerFigures, Owners, Subject, named_instance, named_subject, near_instances,
    no_such_subject, owner_label,
};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::{did_you_mean, nearest, shown};

/// How many instances of one service are offered where none has the environment that was written.
const MOST_NEAR: usize = 5;

/// The credential or service instance of a name.
///
/// # Errors
/// One sentence where there is none, or where several have the name, with the candidates.
pub(super) fn subject(graph: &AccessGraph, name: &str) -> Result<Subject, String> {
    named_subject(graph, name).ok_or_else(|| no_such_subject(graph, name))
}

/// The instance of `service@environment`.
///
/// # Errors
/// One sentence where there is none, with those that may be meant.
pub(super) fn instance(graph: &AccessGraph, name: &str) -> Result<InstanceIndex, String> {
    if let Some(found) = named_instance(graph, name) {
        return Ok(found);
    }
    if graph.find_credential(name).is_some() {
        return Err(format!(
            "“{name}” is a credential; write a service instance as service@environment"
        ));
    }
    let near = near_instances(graph, name);
    let how = match near.get(..near.len().min(MOST_NEAR)).unwrap_or_default() {
        [] => "write service@environment".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no service instance “{name}”; {how}"))
}

/// The figures of the owner of a name, or of what nobody owns.
///
/// # Errors
/// One sentence where there is none, with those that may be meant.
pub(super) fn owner<'a>(
    graph: &AccessGraph,
    owners: &'a Owners,
    name: &str,
) -> Result<&'a OwnerFigures, String> {
    let name = name.trim();
    let label = |figures: &OwnerFigures| owner_label(graph, figures.owner).to_owned();
    let same = |figures: &&OwnerFigures| label(figures) == name || shown(&label(figures)) == name;
    let alike = |figures: &&OwnerFigures| label(figures).to_lowercase() == name.to_lowercase();
    if let Some(found) = owners.figures.iter().find(same) {
        return Ok(found);
    }
    let alike: Vec<&OwnerFigures> = owners.figures.iter().filter(alike).collect();
    if let [only] = alike.as_slice() {
        return Ok(only);
    }
    if name.to_lowercase() == NO_OWNER {
        return Err("everything has an owner; name one of them".to_owned());
    }
    let labels: Vec<String> = owners.figures.iter().map(label).collect();
    let near = match alike.len() {
        0 => nearest(name, labels.iter().map(String::as_str)),
        _ => alike.into_iter().map(label).collect(),
    };
    let how = match near.as_slice() {
        [] => "keyreach owners without --owner lists all".to_owned(),
        near => did_you_mean(near),
    };
    Err(format!("there is no owner “{name}”; {how}"))
}
