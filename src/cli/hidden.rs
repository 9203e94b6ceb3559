//! Names that were written on the command line while names are hidden: looked for under their
//! pseudonyms, and not repeated in errors.

use std::path::PathBuf;

use super::arguments::{
    Action, AnswerArguments, AssumptionArguments, RedactArguments, TableArguments,
};
use super::fixes::names_in;
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
    let Written { hide: Some(_), files, names } = Written::of(action) else {
        return message.to_owned();
    };
    let files = files.into_iter().map(|file| (file.display().to_string(), "the file"));
    let names = names.into_iter().map(|name| (name.to_owned(), "the name"));
    let mut all: Vec<(String, &str)> = files.chain(names).collect();
    // A name may hold another one.
    all.sort_by_key(|(written, _)| std::cmp::Reverse(written.len()));
    let hidden = all.iter().filter(|(written, _)| !written.trim().is_empty() && written != "-");
    hidden.fold(message.to_owned(), |message, (written, what)| message.replace(written, what))
}

/// What the command line holds that may be a real name.
#[derive(Default)]
struct Written<'a> {
    hide: Option<RedactedKinds>,
    files: Vec<&'a PathBuf>,
    names: Vec<&'a str>,
}

impl<'a> Written<'a> {
    fn new(hide: Option<RedactedKinds>, files: &'a [PathBuf]) -> Self {
        Self { hide, files: files.iter().collect(), names: Vec::new() }
    }

    fn answered(answer: &'a AnswerArguments, files: &'a [PathBuf]) -> Self {
        let mut own = Self::new(answer.reading.hide.redact, files);
        own.files.extend(answer.reading.read_as.mapping.iter());
        own.files.extend(answer.assume.policy.iter());
        own
    }

    fn drawn(
        hide: &RedactArguments,
        (files, read_as): (&'a [PathBuf], &'a TableArguments),
        assume: &'a AssumptionArguments,
    ) -> Self {
        let mut own = Self::new(hide.redact, files);
        own.files.extend(read_as.mapping.iter());
        own.files.extend(assume.policy.iter());
        own
    }

    fn and(mut self, names: &'a [String]) -> Self {
        self.names.extend(names.iter().map(String::as_str));
        self
    }

    /// What commands on projects alone hold.
    fn of_project(action: &'a Action) -> Self {
        match action {
            Action::Scenes(a) => Self::new(a.hide.redact, std::slice::from_ref(&a.project)),
            Action::Minutes(a) => Self::new(a.hide.redact, std::slice::from_ref(&a.project)),
            Action::Info(a) => Self::new(a.hide.redact, std::slice::from_ref(&a.project)),
            Action::Scenarios(a) => {
                let mut own = Self::new(a.hide.redact, std::slice::from_ref(&a.project));
                own.files.extend(a.assume.policy.iter());
                own
            }
            Action::Tasks(a) => {
                let mut own = Self::new(a.hide.redact, std::slice::from_ref(&a.project));
                own.files.extend(a.assume.policy.iter());
                own.names.extend(a.scenario.as_deref());
                own
            }
            _ => Self::default(),
        }
    }

    fn of(action: &'a Action) -> Self {
        match action {
            Action::Report(a) => Self::new(a.reading.hide.redact, &a.files),
            Action::BlastRadius(a) => Self::answered(&a.answer, &a.files).and(&a.from),
            Action::Paths(a) => Self::answered(&a.answer, &a.files).and(&a.from).and(&a.to),
            Action::ReachedBy(a) => {
                Self::answered(&a.answer, &a.files).and(std::slice::from_ref(&a.to))
            }
            Action::Rotation(a) => Self::new(a.reading.hide.redact, &a.files).and(&a.from),
            Action::Owners(a) => Self::answered(&a.answer, &a.files).and(a.owner.as_slice()),
            Action::WhatIf(a) => {
                let mut own = Self::answered(&a.answer, &a.files).and(&a.of);
                own.names.extend(a.fix.iter().flat_map(|text| names_in(text)));
                own
            }
            Action::Diff(a) => {
                let mut own = Self::answered(&a.answer, &[]);
                own.files.extend([&a.old, &a.new]);
                own
            }
            Action::Export(a) => {
                let mut own = Self::new(a.reading.hide.redact, &a.files).and(&a.from);
                own.names.extend(a.scenario.as_deref());
                own
            }
            Action::Check(a) => {
                let mut own = Self::new(a.reading.hide.redact, &a.files);
                own.files.extend(&a.baseline);
                own
            }
            Action::Screenshot(a) => {
                let own = Self::drawn(&a.hide, (&a.files, &a.read_as), &a.assume);
                own.and(a.select.as_slice()).and(&a.from)
            }
            Action::Render(a) => {
                let own = Self::drawn(&a.hide, (&a.files, &a.read_as), &a.assume);
                own.and(a.select.as_slice()).and(&a.from)
            }
            Action::Scenes(_)
            | Action::Minutes(_)
            | Action::Info(_)
            | Action::Scenarios(_)
            | Action::Tasks(_) => Self::of_project(action),
            Action::Layout(a) => Self::new(a.reading.hide.redact, &a.files),
            Action::Import(_)
            | Action::Redact(_)
            | Action::Reveal(_)
            | Action::Policy(_)
            | Action::Mapping(_)
            | Action::Generate(_)
            | Action::Attestation(_)
            | Action::Attested(_)
            | Action::Recover(_)
            | Action::Stated(_)
            | Action::Schema(_)
            | Action::Completions(_)
            | Action::Man(_)
            | Action::Licences
            | Action::Manual => Self::default(),
        }
    }
}
