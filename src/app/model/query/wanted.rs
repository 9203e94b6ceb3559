//! What a search text wants, as tests on credentials and services.

use std::collections::BTreeSet;

use crate::analysis::{Rule, Severity, Subject};
use crate::app::model::query::key::Key;
use crate::app::model::query::known::{YES_NO, names_of};
use crate::app::model::query::owned::{has, owners};
use crate::app::model::query::parse::{Term, Unclear, parse};
use crate::app::model::query::test::{Test, any_name};
use crate::app::model::query::unclear::{no_such_value, sentence};
use crate::app::model::query::ways::Ways;
use crate::app::work::answers::Answers;
use crate::graph::EnvironmentIndex;
use crate::inventory::NameId;

/// What a text wants; every test must hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    tests: Vec<Test>,
    /// The free text in lower case, with one blank between two words.
    phrase: String,
    /// What alone can be as one of the keys says.
    about: About,
}

/// What a text can find by its keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum About {
    /// Credentials and services.
    #[default]
    Both,
    Credentials,
    Services,
}

impl Wanted {
    /// Understands a text, or says in words what is wrong with it and what is known. Costs time in
    /// proportion to what is open, for each key in the text.
    pub(crate) fn of(text: &str, answers: &Answers) -> Result<Self, String> {
        let terms = parse(text).map_err(|unclear| sentence(answers, &unclear))?;
        let mut wanted = Self::default();
        let mut words = Vec::new();
        let mut no_place = None;
        for term in terms {
            match term {
                Term::Text(word) => words.push(word.to_lowercase()),
                Term::In(word) => {
                    if let Some(at) = environment(answers, &word) {
                        wanted.tests.push(Test::Environment(BTreeSet::from([at])));
                    } else {
                        words.extend(["in".to_owned(), word.to_lowercase()]);
                        no_place.get_or_insert(word);
                    }
                }
                Term::Among(key, values) => wanted.tests.push(test(answers, key, &values)?),
                Term::Reach(how, figure) => wanted.tests.push(Test::Reach(how, figure)),
                Term::Days(key, days) => wanted.tests.push(Test::Days(key, days)),
            }
        }
        if let Some(place) = no_place.filter(|_| !is_in_a_name(answers, &words)) {
            return Err(no_such_value(answers, Key::Env, &place));
        }
        wanted.share_ways();
        wanted.about = about(&wanted.tests);
        wanted.phrase = words.join(" ");
        wanted.tests.extend(words.into_iter().map(Test::Text));
        Ok(wanted)
    }

    /// Lets a test for stated access know where credentials are held and what they open.
    fn share_ways(&mut self) {
        let mut ways = Ways::default();
        for test in &self.tests {
            match test {
                Test::Held(among) => ways.held.push(among.clone()),
                Test::Opens(among) => ways.opens.push(among.clone()),
                Test::Holder(owned) => ways.holder.push(owned.clone()),
                Test::Target(owned) => ways.target.push(owned.clone()),
                _ => {}
            }
        }
        for test in &mut self.tests {
            if let Test::Stated(_, own) = test {
                own.clone_from(&ways);
            }
        }
    }

    /// Takes out of sight what is not wanted. Beside credentials that a key of credentials finds their
    /// services stay, and beside services that a key of services finds their credentials: what is
    /// found keeps its links. Costs time in proportion to names and links.
    pub(crate) fn narrow(
        &self,
        answers: &Answers,
        credentials: &mut [bool],
        instances: &mut [bool],
    ) {
        let graph = &answers.graph;
        let holds = |subject| self.holds(answers, subject);
        let is_in = |found: &[bool], at: usize| found.get(at).copied().unwrap_or(false);
        if self.about != About::Services {
            for (at, passes) in graph.credential_indices().zip(credentials.iter_mut()) {
                *passes = *passes && holds(Subject::Credential(at));
            }
        }
        for (at, passes) in graph.instance_indices().zip(instances.iter_mut()) {
            *passes = *passes
                && if self.about == About::Credentials {
                    let mut edges = graph.holds(at).iter().chain(graph.granted_by(at));
                    edges.any(|&edge| is_in(credentials, graph.edge(edge).credential.index()))
                } else {
                    holds(Subject::Instance(at))
                };
        }
        if self.about == About::Services {
            for (at, passes) in graph.credential_indices().zip(credentials.iter_mut()) {
                let mut edges = graph.held_by(at).iter().chain(graph.grants(at));
                *passes = *passes
                    && edges.any(|&edge| is_in(instances, graph.edge(edge).instance.index()));
            }
        }
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

/// What alone can be found by some tests. Where both would be, nothing is found.
fn about(tests: &[Test]) -> About {
    let of_credentials = |test: &Test| {
        matches!(
            test,
            Test::Held(_)
                | Test::Opens(_)
                | Test::Holder(_)
                | Test::Target(_)
                | Test::Type(_)
                | Test::Storage(_)
                | Test::Dead(_)
                | Test::Stated(..)
                | Test::Days(..)
        )
    };
    let of_services = |test: &Test| matches!(test, Test::Kind(_));
    match (tests.iter().any(of_credentials), tests.iter().any(of_services)) {
        (true, false) => About::Credentials,
        (false, true) => About::Services,
        (true, true) | (false, false) => About::Both,
    }
}

/// Whether something has all the words in one of its names each.
fn is_in_a_name(answers: &Answers, words: &[String]) -> bool {
    answers
        .subjects()
        .any(|subject| words.iter().all(|word| any_name(answers, subject, |name| has(name, word))))
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
        Key::Owner => Test::Owner(owners(answers, (key, values))?),
        Key::Holder => Test::Holder(owners(answers, (key, values))?),
        Key::Target => Test::Target(owners(answers, (key, values))?),
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
                // There may be such a rule without a finding.
                let is_rule = Rule::ALL.iter().any(|own| own.id().eq_ignore_ascii_case(value));
                if found.is_empty() && !is_rule {
                    return Err(unknown(value));
                }
                among.extend(found);
            }
            Test::Rule(among)
        }
        Key::Dead => Test::Dead(signs(answers, key, values)?),
        Key::Assumed => Test::Assumed(signs(answers, key, values)?),
        Key::Stated => Test::Stated(signs(answers, key, values)?, Ways::default()),
        // Figures and days are terms of their own, which the parser tells apart.
        Key::Reach | Key::Created | Key::Rotated | Key::Used | Key::Expires => {
            return Err(sentence(answers, &Unclear::NoValue(key)));
        }
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
