//! What is named on the command line: credentials and service instances of a graph.

use crate::analysis::Subject;
use crate::graph::{AccessGraph, InstanceIndex};

/// The credential or service instance of a name.
///
/// # Errors
/// One sentence where there is none, or where several bear the name, with the candidates.
pub(super) fn subject(graph: &AccessGraph, name: &str) -> Result<Subject, String> {
    if let Some(credential) = graph.find_credential(name) {
        return Ok(Subject::Credential(credential));
    }
    if let Some(instance) = instance(graph, name) {
        return Ok(Subject::Instance(instance));
    }
    let bearers = graph.bearers_of(name);
    let candidates: Vec<String> = if bearers.is_empty() {
        graph.instances_called(name).map(|at| written(graph, at)).collect()
    } else {
        bearers.iter().map(|&at| graph.credential_name(at).to_owned()).collect()
    };
    if candidates.is_empty() {
        let how = "give a credential's id, or a service instance as service@environment";
        return Err(format!("no credential or service instance bears this name; {how}: {name}"));
    }
    if let [only] = candidates.as_slice() {
        return Err(format!("nothing bears just this name; did you mean {only}: {name}"));
    }
    let listed = candidates.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
    let more = candidates.len().saturating_sub(10);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Err(format!("several bear the name {name}; give one of these: {listed}{more}"))
}

/// The instance of `service@environment`.
pub(super) fn instance(graph: &AccessGraph, name: &str) -> Option<InstanceIndex> {
    let (service, environment) = name.rsplit_once('@').unwrap_or((name, ""));
    graph.find_instance(service, environment)
}

/// An instance as it is named on the command line.
fn written(graph: &AccessGraph, at: InstanceIndex) -> String {
    format!("{}@{}", graph.service_name(at), graph.environment_of(at).label)
}
