//! What a search text wants, as tests on credentials and services.

use std::collections::BTreeSet;

use crate::analysis::{Severity, Subject};
use crate::app::model::query::known::{NOBODY, YES_NO, known_values, names_of};
use crate::app::model::query::parse::{Comparison, Key, Term, Unclear, parse};
use crate::app::work::answers::Answers;
use crate::graph::{AccessGraph, EdgeIndex, EnvironmentIndex, OwnerIndex};
use crate::inventory::{NameId, did_you_mean, nearest, shown};

/// Up to so many values are named where one is wrong.
const MOST_NAMED: usize = 8;

/// One test; what a key stands for is resolved to what has it.
#[derive(Clone, Debug)]
enum Test {
    Text(String),
    Environment(BTreeSet<EnvironmentIndex>),
    /// Credentials that are held in one of these.
    Held(BTreeSet<EnvironmentIndex>),
    /// Credentials that open something in one of these.
    Opens(BTreeSet<EnvironmentIndex>),
    Owner {
        among: BTreeSet<OwnerIndex>,
        nobody: bool,
    },
    Severity(Vec<Severity>),
    /// The type of a credential.
    Type(BTreeSet<NameId>),
    /// The kind of a service.
    Kind(BTreeSet<NameId>),
    Storage(BTreeSet<NameId>),
    /// What has a finding of a rule.
    Rule(BTreeSet<Subject>),
    Dead(Vec<bool>),
    Assumed(Vec<bool>),
    Reach(Comparison, u64),
}

/// What a text wants; every test must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    tests: Vec<Test>,
    /// The free text in lower case, with one blank between two words.
    phrase: String,
}

impl Wanted {
    /// Understands a text, or says in words what is wrong with it and what is known. Costs time in
    /// proportion to what is open, for each key in the text.
    pub(crate) fn of(text: &str, answers: &Answers) -> Result<Self, String> {
        let terms = parse(text).map_err(|unclear| sentence(answers, &unclear))?;
        let mut wanted = Self::default();
        let mut words = Vec::new();
        for term in terms {
            match term {
                Term::Text(word) => words.push(word.to_lowercase()),
                Term::In(word) => match environment(answers, &word) {
                    Some(at) => wanted.tests.push(Test::Environment(BTreeSet::from([at]))),
                    None => words.extend(["in".to_owned(), word.to_lowercase()]),
                },
                Term::Among(key, values) => wanted.tests.push(test(answers, key, &values)?),
                Term::Reach(how, figure) => wanted.tests.push(Test::Reach(how, figure)),
            }
        }
        wanted.phrase = words.join(" ");
        wanted.tests.extend(words.into_iter().map(Test::Text));
        Ok(wanted)
    }

    /// Whether nothing is asked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether a subject is wanted. Costs time in proportion to its names and links.
    pub(crate) fn holds(&self, answers: &Answers, subject: Subject) -> bool {
        self.tests.iter().all(|test| test.holds(answers, subject))
    }

    /// 0 where a name of the subject is the free text, 1 elsewhere.
    pub(crate) fn nearness(&self, answers: &Answers, subject: Subject) -> u8 {
        let is_it = |name: &str| name.len() == self.phrase.len() && has(name, &self.phrase);
        u8::from(!any_name(answers, subject, is_it))
    }
}

impl Test {
    fn holds(&self, answers: &Answers, subject: Subject) -> bool {
        let graph = &answers.graph;
        match (self, subject) {
            (Self::Text(text), _) => any_name(answers, subject, |name| has(name, text)),
            (Self::Environment(among), Subject::Instance(at)) => {
                among.contains(&graph.instance(at).environment)
            }
            (Self::Environment(among), Subject::Credential(at)) => {
                lies_in(graph, graph.held_by(at), among) || lies_in(graph, graph.grants(at), among)
            }
            (Self::Held(among), Subject::Credential(at)) => {
                lies_in(graph, graph.held_by(at), among)
            }
            (Self::Opens(among), Subject::Credential(at)) => {
                lies_in(graph, graph.grants(at), among)
            }
            (Self::Owner { among, nobody }, _) => {
                let owners = match subject {
                    Subject::Credential(at) => graph.owners_of(at),
                    Subject::Instance(at) => graph.owners_of_instance(at),
                };
                owners.iter().any(|own| among.contains(own)) || (*nobody && owners.is_empty())
            }
            (Self::Severity(among), _) => {
                among.iter().any(|severity| answers.has_finding_of(subject, *severity))
            }
            (Self::Type(among), Subject::Credential(at)) => {
                graph.credential(at).kind.is_some_and(|kind| among.contains(&kind))
            }
            (Self::Kind(among), Subject::Instance(at)) => {
                graph.instance(at).kind.is_some_and(|kind| among.contains(&kind))
            }
            (Self::Storage(among), Subject::Credential(at)) => {
                graph.storages_of(at).iter().any(|own| among.contains(own))
            }
            (Self::Rule(among), _) => among.contains(&subject),
            (Self::Dead(among), Subject::Credential(at)) => {
                among.contains(&!graph.credential(at).is_live())
            }
            (Self::Assumed(among), _) => among.contains(&rests_on_assumption(answers, subject)),
            (Self::Reach(how, figure), _) => {
                how.holds(u64::from(answers.reach_of(subject)), *figure)
            }
            (
                Self::Held(_) | Self::Opens(_) | Self::Type(_) | Self::Storage(_) | Self::Dead(_),
                Subject::Instance(_),
            )
            | (Self::Kind(_), Subject::Credential(_)) => false,
        }
    }
}

/// Whether a service at the end of one of the links lies in one of the environments.
fn lies_in(graph: &AccessGraph, links: &[EdgeIndex], among: &BTreeSet<EnvironmentIndex>) -> bool {
    let place = |edge: &EdgeIndex| graph.instance(graph.edge(*edge).instance).environment;
    links.iter().map(place).any(|own| among.contains(&own))
}

/// Whether a link of the subject is assumed, or its level is.
fn rests_on_assumption(answers: &Answers, subject: Subject) -> bool {
    let graph = &answers.graph;
    let (one, other) = match subject {
        Subject::Credential(at) => (graph.held_by(at), graph.grants(at)),
        Subject::Instance(at) => (graph.holds(at), graph.granted_by(at)),
    };
    one.iter().chain(other).any(|edge| graph.edge(*edge).assumes())
}

/// Whether any name of a subject is as wished: of a credential its ids and its readable name too.
fn any_name(answers: &Answers, subject: Subject, is_it: impl Fn(&str) -> bool) -> bool {
    let graph = &answers.graph;
    match subject {
        Subject::Instance(at) => is_it(graph.service_name(at)),
        Subject::Credential(at) => {
            is_it(graph.credential_name(at))
                || graph.aliases(at).iter().any(|id| is_it(graph.inventory().text(*id)))
                || graph.readable_name(at).is_some_and(|name| is_it(&name))
        }
    }
}

/// Whether a name has a text in it that is in lower case.
fn has(name: &str, wanted: &str) -> bool {
    if wanted.is_empty() {
        return true;
    }
    if name.is_ascii() && wanted.is_ascii() {
        let mut parts = name.as_bytes().windows(wanted.len());
        return parts.any(|part| part.eq_ignore_ascii_case(wanted.as_bytes()));
    }
    name.to_lowercase().contains(wanted)
}

/// The environment of a label, or of one of its aliases.
fn environment(answers: &Answers, label: &str) -> Option<EnvironmentIndex> {
    let graph = &answers.graph;
    let canonical = graph.assumptions().environments.canonical(label);
    let mut all = graph.environments().iter();
    let named = all.position(|own| own.label == canonical && own.is_known());
    let mut all = graph.environments().iter();
    let found = named.or_else(|| all.position(|own| own.display() == canonical))?;
    Some(EnvironmentIndex(found as u32))
}

fn test(answers: &Answers, key: Key, values: &[String]) -> Result<Test, String> {
    let unknown = |value: &String| no_such_value(answers, key, value);
    let names = || among_names(answers, key, values);
    let environments = || {
        let at = |value: &String| environment(answers, value).ok_or_else(|| unknown(value));
        values.iter().map(at).collect::<Result<BTreeSet<_>, String>>()
    };
    Ok(match key {
        Key::Env => Test::Environment(environments()?),
        Key::Held => Test::Held(environments()?),
        Key::Opens => Test::Opens(environments()?),
        Key::Owner => owners(answers, values)?,
        Key::Severity => {
            let one = |value: &String| {
                let mut all = Severity::ALL.into_iter();
                all.find(|own| own.word().eq_ignore_ascii_case(value)).ok_or_else(|| unknown(value))
            };
            Test::Severity(values.iter().map(one).collect::<Result<_, _>>()?)
        }
        Key::Type => Test::Type(names()?),
        Key::Kind => Test::Kind(names()?),
        Key::Storage => Test::Storage(names()?),
        Key::Rule => {
            let mut among = BTreeSet::new();
            for value in values {
                let own = answers.findings.iter();
                let own = own.filter(|own| own.rule.id().eq_ignore_ascii_case(value));
                let found: Vec<Subject> = own.map(|own| own.subject).collect();
                if found.is_empty() {
                    return Err(unknown(value));
                }
                among.extend(found);
            }
            Test::Rule(among)
        }
        Key::Dead => Test::Dead(signs(answers, key, values)?),
        Key::Assumed => Test::Assumed(signs(answers, key, values)?),
        // A figure is a term of its own, which the parser tells apart.
        Key::Reach => return Err(sentence(answers, &Unclear::NoValue(key))),
    })
}

fn signs(answers: &Answers, key: Key, values: &[String]) -> Result<Vec<bool>, String> {
    let [yes, no] = YES_NO;
    let sign = |value: &String| match value.to_lowercase() {
        own if own == yes || own == "true" => Ok(true),
        own if own == no || own == "false" => Ok(false),
        _ => Err(no_such_value(answers, key, value)),
    };
    values.iter().map(sign).collect()
}

/// The owners that have one of the values in their names.
fn owners(answers: &Answers, values: &[String]) -> Result<Test, String> {
    let mut among = BTreeSet::new();
    let mut nobody = false;
    for value in values {
        let wanted = value.to_lowercase();
        let all = (0_u32..).zip(answers.graph.owners());
        let found = all.filter(|(_, name)| has(name, &wanted)).map(|(at, _)| OwnerIndex(at));
        let found: Vec<OwnerIndex> = found.collect();
        let is_nobody = wanted == NOBODY;
        if found.is_empty() && !is_nobody {
            return Err(no_such_value(answers, Key::Owner, value));
        }
        nobody |= is_nobody;
        among.extend(found);
    }
    Ok(Test::Owner { among, nobody })
}

/// The types, kinds or storages that have one of the values in their names.
fn among_names(answers: &Answers, key: Key, values: &[String]) -> Result<BTreeSet<NameId>, String> {
    let graph = &answers.graph;
    let all = names_of(graph, key);
    let mut among = BTreeSet::new();
    for value in values {
        let wanted = value.to_lowercase();
        let found = all.iter().filter(|name| has(graph.inventory().text(**name), &wanted));
        let found: Vec<NameId> = found.copied().collect();
        if found.is_empty() {
            return Err(no_such_value(answers, key, value));
        }
        among.extend(found);
    }
    Ok(among)
}

/// What is wrong with a text, and what to write instead.
fn sentence(answers: &Answers, unclear: &Unclear) -> String {
    match unclear {
        Unclear::NoKey(word) => {
            let known = Key::ALL.map(Key::word);
            let near = nearest(word, known.into_iter());
            let hint = if near.is_empty() { String::new() } else { did_you_mean(&near) + " " };
            format!(
                "“{}” is no key; {hint}keys are {}; in quotes it is text",
                shown(word),
                known.join(", ")
            )
        }
        Unclear::NoValue(Key::Reach) => "write a figure behind reach, such as reach>20".to_owned(),
        Unclear::NoValue(key) => {
            let known = named(&known_values(answers, *key));
            format!("write what is wanted behind {}: {known}", key.written())
        }
        Unclear::NoFigure(text) => {
            format!("“{}” is no whole figure; write it such as reach>20", shown(text))
        }
        Unclear::NotAFigure(key) => {
            format!("only reach is a figure; write {} and what is wanted", key.written())
        }
    }
}

/// Says that there is no such value, and which there are.
fn no_such_value(answers: &Answers, key: Key, value: &str) -> String {
    let what = match key {
        Key::Env | Key::Held | Key::Opens => "environment",
        Key::Owner => "owner with this name",
        Key::Severity => "severity",
        Key::Type => "type of credential",
        Key::Kind => "kind of service",
        Key::Rule => "rule with a finding",
        Key::Storage => "storage",
        Key::Dead | Key::Assumed => "answer to this key",
        Key::Reach => "figure",
    };
    let known = known_values(answers, key);
    let near = nearest(value, known.iter().map(String::as_str));
    let near: Vec<String> = near.iter().map(|own| shown(own).into_owned()).collect();
    let hint = if near.is_empty() { String::new() } else { did_you_mean(&near) + " " };
    format!("“{}” is no {what}; {hint}known: {}", shown(value), named(&known))
}

/// The first of some values, and how many more there are.
fn named(known: &[String]) -> String {
    if known.is_empty() {
        return "none".to_owned();
    }
    let first = known.iter().take(MOST_NAMED).map(|own| shown(own).into_owned());
    let first = first.collect::<Vec<String>>().join(", ");
    match known.len().saturating_sub(MOST_NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}
