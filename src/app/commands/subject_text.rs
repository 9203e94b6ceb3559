//! What is copied of a credential or a service: its name, or all that matters of it as text.

use crate::analysis::{Subject, owner_label};
use crate::app::work::answers::Answers;
use crate::graph::{EdgeIndex, OwnerIndex};
use crate::inventory::{counted, shown};

/// A line of the text names at most this many; the tables have them all.
const MOST: usize = 50;

/// The names of some subjects, one a line.
pub(crate) fn names_text(answers: &Answers, subjects: &[Subject]) -> String {
    let names: Vec<String> = subjects.iter().map(|own| answers.name(*own)).collect();
    names.join("\n")
}

/// Some subjects in words, with an empty line between two.
pub(crate) fn subjects_text(answers: &Answers, subjects: &[Subject]) -> String {
    let texts: Vec<String> = subjects.iter().map(|own| subject_text(answers, *own)).collect();
    texts.join("\n")
}

/// A subject in words: what it is, whose, how far it reaches, and what it is linked to.
fn subject_text(answers: &Answers, subject: Subject) -> String {
    let graph = &answers.graph;
    let mut first = vec![answers.name(subject)];
    let (owners, links) = match subject {
        Subject::Credential(at) => {
            first.push("credential".to_owned());
            if !graph.credential(at).is_live() {
                first.push("dead".to_owned());
            }
            let links = [("held by", graph.held_by(at)), ("grants", graph.grants(at))];
            (graph.owners_of(at), links)
        }
        Subject::Instance(at) => {
            first.push("service".to_owned());
            let links = [("holds", graph.holds(at)), ("granted by", graph.granted_by(at))];
            (graph.owners_of_instance(at), links)
        }
    };
    first.extend(answers.severity(subject).map(|worst| worst.word().to_owned()));
    let mut text = vec![first.join(", "), format!("owner: {}", owners_text(answers, owners))];
    let reach =
        counted(answers.reach_of(subject) as usize, "service instance", "service instances");
    let stated = answers.fewer_stated_of(subject);
    let stated = stated.map_or_else(String::new, |stated| format!(" ({stated} stated)"));
    text.push(format!("reaches {reach}{stated}"));
    for (what, edges) in links {
        if !edges.is_empty() {
            text.push(format!("{what}: {}", ends_text(answers, subject, edges)));
        }
    }
    for finding in answers.findings_of(subject) {
        text.push(format!("{}: {}", finding.rule.id(), finding.rule.title()));
    }
    text.push(String::new());
    text.join("\n")
}

fn owners_text(answers: &Answers, owners: &[OwnerIndex]) -> String {
    if owners.is_empty() {
        return shown(owner_label(&answers.graph, None)).into_owned();
    }
    let label = |own: &OwnerIndex| shown(owner_label(&answers.graph, Some(*own))).into_owned();
    owners.iter().map(label).collect::<Vec<String>>().join(", ")
}

/// The other ends of some links, those marked that are assumed.
fn ends_text(answers: &Answers, of: Subject, edges: &[EdgeIndex]) -> String {
    let end = |&at: &EdgeIndex| {
        let edge = answers.graph.edge(at);
        let other = match of {
            Subject::Credential(_) => Subject::Instance(edge.instance),
            Subject::Instance(_) => Subject::Credential(edge.credential),
        };
        let assumed = if edge.assumed { " (assumed)" } else { "" };
        format!("{}{assumed}", answers.name(other))
    };
    let mut names: Vec<String> = edges.iter().take(MOST).map(end).collect();
    if edges.len() > MOST {
        names.push(format!("and {} more", edges.len() - MOST));
    }
    names.join(", ")
}
