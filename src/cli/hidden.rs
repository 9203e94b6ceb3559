//! Names that were written on the command line while names are hidden: looked for under their
//! pseudonyms, and not repeated in errors.

use super::arguments::{Action, RedactArguments};
use super::fixes::names_in;
use super::output_guard::touched_files;
use super::streams::Streams;
use crate::analysis::{KIND_WORDS, named_subject};
use crate::graph::AccessGraph;
use crate::inventory::read_back;
use crate::project::{Fixes, RedactedKinds, RotationList};

impl Streams<'_> {
    /// A name as it was written, or its pseudonym where names are hidden: of a credential, of
    /// `service@environment`, or of an owner. A pseudonym stays as it is.
    pub(super) fn known_as(&self, graph: &AccessGraph, written: &str) -> String {
        let Some(hidden) = &self.hidden else { return written.to_owned() };
        let is_known = |name: &str| {
            named_subject(graph, name).is_some()
                || graph.owners().iter().any(|owner| owner == name.trim())
        };
        if is_known(written) {
            return written.to_owned();
        }
        let known_as = |word: &str, name: &str| {
            let candidates = hidden.pseudonyms_of(name, &graph.assumptions().environments);
            candidates.into_iter().map(|name| format!("{word}{name}")).find(|name| is_known(name))
        };
        // As it is or as it is printed, whole or behind the word that says what it is.
        let parts =
            KIND_WORDS.into_iter().filter_map(|word| Some((word, written.strip_prefix(word)?)));
        let mut parts = [("", written)].into_iter().chain(parts);
        let found = parts.find_map(|(word, name)| {
            known_as(word, name).or_else(|| known_as(word, &read_back(name)?))
        });
        found.unwrap_or_else(|| written.to_owned())
    }

    /// The name of an owner as it was written, or its pseudonym where names are hidden.
    pub(super) fn owner_known_as(&self, graph: &AccessGraph, written: &str) -> String {
        let is_known = |name: &String| graph.owners().contains(name);
        let hidden = self.hidden.as_ref().filter(|_| !is_known(&written.to_owned()));
        let candidates =
            hidden.map(|hidden| hidden.pseudonyms_of(written, &graph.assumptions().environments));
        let mut candidates = candidates.into_iter().flatten();
        candidates.find(is_known).unwrap_or_else(|| written.to_owned())
    }

    /// The same of several names.
    pub(super) fn all_known_as(&self, graph: &AccessGraph, written: &[String]) -> Vec<String> {
        written.iter().map(|name| self.known_as(graph, name)).collect()
    }

    /// What a project takes to have fallen, under pseudonyms where names are hidden.
    pub(super) fn known_list(&self, graph: &AccessGraph, fallen: &RotationList) -> RotationList {
        match &self.hidden {
            None => fallen.clone(),
            Some(hidden) => hidden.rotation(fallen, graph.assumptions()),
        }
    }
}

impl Streams<'_> {
    /// Fixes of a project, under pseudonyms where names are hidden.
    pub(super) fn known_fixes(&self, graph: &AccessGraph, fixes: Fixes) -> Fixes {
        match &self.hidden {
            None => fixes,
            Some(hidden) => hidden.fixes(&fixes, graph.assumptions()),
        }
    }
}

/// A message without the names that the command line holds, where names are to be hidden.
pub fn without_names(message: &str, action: &Action) -> String {
    let Written { hide: Some(_), names } = Written::of(action) else {
        return message.to_owned();
    };
    let files = touched_files(action).into_iter();
    let files = files.map(|file| (file.display().to_string(), "the file"));
    let names = names.into_iter().map(|name| (name.to_owned(), "the name"));
    let mut all: Vec<(String, &str)> = files.chain(names).collect();
    // A name may hold another one.
    all.sort_by_key(|(written, _)| std::cmp::Reverse(written.len()));
    let hidden = all.iter().filter(|(written, _)| !written.trim().is_empty() && written != "-");
    hidden.fold(message.to_owned(), |message, (written, what)| message.replace(written, what))
}

/// What the command line holds that may be a real name, but for its files.
#[derive(Default)]
struct Written<'a> {
    hide: Option<RedactedKinds>,
    names: Vec<&'a str>,
}

impl<'a> Written<'a> {
    fn new(hide: RedactArguments, names: impl IntoIterator<Item = &'a String>) -> Self {
        Self { hide: hide.redact, names: names.into_iter().map(String::as_str).collect() }
    }

    /// What commands on projects alone hold.
    fn of_project(action: &'a Action) -> Self {
        match action {
            Action::Scenes(a) => Self::new(a.hide, []),
            Action::Minutes(a) => Self::new(a.hide, []),
            Action::Info(a) => Self::new(a.hide, []),
            Action::Scenarios(a) => Self::new(a.hide, []),
            Action::Stated(a) => Self::new(a.hide, []),
            Action::Attestation(a) => Self::new(a.hide, &a.owner),
            Action::Tasks(a) => Self::new(a.hide, &a.scenario),
            _ => Self::default(),
        }
    }

    fn of(action: &'a Action) -> Self {
        match action {
            Action::Report(a) => Self::new(a.reading.hide, []),
            Action::BlastRadius(a) => Self::new(a.answer.reading.hide, &a.from),
            Action::Paths(a) => Self::new(a.answer.reading.hide, a.from.iter().chain(&a.to)),
            Action::ReachedBy(a) => Self::new(a.answer.reading.hide, [&a.to]),
            Action::Rotation(a) => Self::new(a.reading.hide, &a.from),
            Action::Owners(a) => Self::new(a.answer.reading.hide, &a.owner),
            Action::WhatIf(a) => {
                let mut own = Self::new(a.answer.reading.hide, &a.of);
                own.names.extend(a.fix.iter().flat_map(|text| names_in(text)));
                own
            }
            Action::Diff(a) => Self::new(a.answer.reading.hide, []),
            Action::Export(a) => Self::new(a.reading.hide, a.from.iter().chain(&a.scenario)),
            Action::Check(a) => Self::new(a.reading.hide, []),
            Action::Screenshot(a) => Self::new(a.hide, a.select.iter().chain(&a.from)),
            Action::Render(a) => Self::new(a.hide, a.select.iter().chain(&a.from)),
            Action::Layout(a) => Self::new(a.reading.hide, []),
            Action::Scenes(_)
            | Action::Minutes(_)
            | Action::Info(_)
            | Action::Scenarios(_)
            | Action::Attestation(_)
            | Action::Stated(_)
            | Action::Tasks(_) => Self::of_project(action),
            Action::Import(_)
            | Action::Redact(_)
            | Action::Reveal(_)
            | Action::Policy(_)
            | Action::Mapping(_)
            | Action::Generate(_)
            | Action::Attested(_)
            | Action::Recover(_)
            | Action::Schema(_)
            | Action::Completions(_)
            | Action::Man(_)
            | Action::Licences
            | Action::Manual => Self::default(),
        }
    }
}
