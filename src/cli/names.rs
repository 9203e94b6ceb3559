//! What is named on the command line: credentials and service instances of a graph.

use crate::analysis::{Subject, near_credentials, near_instances};
use crate::graph::{AccessGraph, InstanceIndex};

/// The credential or service instance of a name.
///
/// # Errors
/// One sentence where there is none, or where several bear the name, with the candidates.
pub(super) fn subject(graph: &AccessGraph, name: &str) -> Result<Subject, String> {
    if let Some(credential) = graph.find_credential(name) {
        return Ok(Subject::Credential(credential));
    }
    if let Some(instance) = graph.find_written(name) {
        return Ok(Subject::Instance(instance));
    }
    let bearers = graph.bearers_of(name);
    let candidates: Vec<String> = if bearers.is_empty() {
        graph.instances_called(name).map(|at| graph.written_name(at)).collect()
    } else {
        bearers.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
    };
    if candidates.is_empty() {
        let mut near = near_credentials(graph, name);
        near.extend(near_instances(graph, name));
        let how = "give a credential's id, or a service instance as service@environment";
        let how = if near.is_empty() { how.to_owned() } else { meant(&near) };
        return Err(format!("there is no credential or service instance “{name}”; {how}"));
    }
    if let [only] = candidates.as_slice() {
        return Err(format!("there is no “{name}”; did you mean “{only}”?"));
    }
    let listed = candidates.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
    let more = candidates.len().saturating_sub(10);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(format!("several are called “{name}”; give one of these: {listed}{more}"))
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
    let how = if near.is_empty() { "write service@environment".to_owned() } else { meant(&near) };
    Err(format!("there is no service instance “{name}”; {how}"))
}

fn meant(near: &[String]) -> String {
    let near: Vec<String> = near.iter().take(5).map(|name| format!("“{name}”")).collect();
    format!("did you mean {}?", near.join(" or "))
}
