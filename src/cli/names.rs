//! What is named on the command line: credentials and service instances of a graph.

use crate::analysis::{
    NO_OWNER, OwnerFigures, Owners, Subject, near_instances, no_such_subject, owner_label,
};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::{did_you_mean, nearest, read_back, shown};

/// How many instances of one service are offered where none has the environment that was written.
const MOST_NEAR: usize = 5;

/// Before the name of a service instance that a credential has for its id.
const SERVICE: &str = "service:";

/// Before an id that begins as that.
const CREDENTIAL: &str = "credential:";

/// The credential or service instance of a name; the credential, where both have it and neither word is
/// before it. A name is known as it is and as it is printed, with what hides written out.
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
    let of_word = |word: &str| name.strip_prefix(word);
    let credential =
        of_word(CREDENTIAL).and_then(|id| as_printed(id, |id| graph.find_credential(id)));
    let instance = of_word(SERVICE).and_then(|own| as_printed(own, |own| graph.find_written(own)));
    let named = credential.map(Subject::Credential).or(instance.map(Subject::Instance));
    let printed = read_back(name).and_then(|name| {
        let credential = graph.find_credential(&name).map(Subject::Credential);
        credential.or_else(|| graph.find_written(&name).map(Subject::Instance))
    });
    named.or(printed).ok_or_else(|| no_such_subject(graph, name))
}

/// What is found under a name as it is, or else as it is printed.
fn as_printed<T>(name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    find(name).or_else(|| find(&read_back(name)?))
}

/// The instance of `service@environment`.
///
/// # Errors
/// One sentence where there is none, with those that may be meant.
pub(super) fn instance(graph: &AccessGraph, name: &str) -> Result<InstanceIndex, String> {
    let find = |name: &str| graph.find_written(name);
    let of_word = || as_printed(name.strip_prefix(SERVICE)?, find);
    if let Some(found) = as_printed(name, find).or_else(of_word) {
        return Ok(found);
    }
    if as_printed(name, |name| graph.find_credential(name)).is_some() {
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
