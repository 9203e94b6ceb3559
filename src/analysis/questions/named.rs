//! What a name means that somebody writes: a credential or a service instance.

use crate::analysis::questions::findings::finding::Subject;
use crate::graph::{AccessGraph, InstanceIndex};

/// Before the name of a service instance that a credential has for its id.
const SERVICE: &str = "service:";

/// Before an id that begins as that.
const CREDENTIAL: &str = "credential:";

/// The words that tell apart what has one name, each with the colon behind it.
pub const KIND_WORDS: [&str; 2] = [SERVICE, CREDENTIAL];

/// The credential or service instance of a name: the credential, where both have it and neither word is
/// before it. A name is known as it is and as it is printed, with what hides written out.
pub fn named_subject(graph: &AccessGraph, name: &str) -> Option<Subject> {
    let credential = |id: &str| graph.find_credential(id).map(Subject::Credential);
    let instance = |name: &str| graph.find_written(name).map(Subject::Instance);
    credential(name)
        .or_else(|| instance(name))
        .or_else(|| credential(name.strip_prefix(CREDENTIAL)?))
        .or_else(|| instance(name.strip_prefix(SERVICE)?))
}

/// The service instance of a name, whatever credential has it too.
pub fn named_instance(graph: &AccessGraph, name: &str) -> Option<InstanceIndex> {
    graph.find_written(name).or_else(|| graph.find_written(name.strip_prefix(SERVICE)?))
}
