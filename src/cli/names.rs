//! What is named on the command line: credentials and service instances of a graph.

use crate::analysis::{Subject, near_instances, no_such_subject};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::did_you_mean;

/// How many instances of one service are offered where none has the environment that was written.
const MOST_NEAR: usize = 5;

/// The credential or service instance of a name.
///
/// # Errors
/// One sentence where there is none, or where several have the name, with the candidates.
pub(super) fn subject(graph: &AccessGraph, name: &str) -> Result<Subject, String> {
    if let Some(credential) = graph.find_credential(name) {
        return Ok(Subject::Credential(credential));
    }
    if let Some(instance) = graph.find_written(name) {
        return Ok(Subject::Instance(instance));
    }
    Err(no_such_subject(graph, name))
}

/// The instance of `service@environment`.
///
/// # Errors
/// One sentence where there is none, with those that may be meant.
pub(super) fn instance(graph: &AccessGraph, name: &str) -> Result<InstanceIndex, String> {
    if let Some(found) = graph.find_written(name) {
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
