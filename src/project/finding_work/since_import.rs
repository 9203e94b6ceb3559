//! What the last import changed.

use std::collections::{BTreeMap, BTreeSet};

use super::finding_name::FindingName;
use super::register::{FindingRegister, MissingSource, Sighting};
use crate::inventory::{Date, grouped, shown};

/// What the last import changed; each list by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceImport<'a> {
    /// Its day.
    pub on: Date,
    /// The day of the one before.
    pub before: Date,
    /// Findings that it showed first.
    pub new: Vec<&'a FindingName>,
    /// Findings that it showed first, perhaps only for lack of these: a file or a column is missing now.
    pub new_for_lack: Vec<(&'a FindingName, &'a [MissingSource])>,
    /// Findings that it showed to be gone.
    pub gone: Vec<&'a FindingName>,
    /// Findings that it showed more severe.
    pub worse: Vec<&'a FindingName>,
    /// Findings that it showed again.
    pub returned: Vec<&'a FindingName>,
    /// Findings of which it cannot say anything, and for lack of what.
    pub not_observed: Vec<(&'a FindingName, &'a [MissingSource])>,
}

impl SinceImport<'_> {
    /// How many there are on each list that has any: "2 new, 1 gone"; `None` where nothing changed.
    pub fn counts(&self) -> Option<String> {
        let lists = self.lists().into_iter().filter(|(_, names)| !names.is_empty());
        let counts: Vec<String> =
            lists.map(|(what, names)| format!("{} {what}", grouped(names.len() as u64))).collect();
        (!counts.is_empty()).then(|| counts.join(", "))
    }

    /// What is missing now, by file and column, where new findings cannot be judged for it: "owner and
    /// expires of payments.csv"; `None` where nothing is.
    pub fn missing_words(&self) -> Option<String> {
        let all = self.new_for_lack.iter().flat_map(|(_, missing)| missing.iter());
        let mut by_file: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for MissingSource { file, column, .. } in all {
            by_file.entry(file).or_default().extend(column.as_deref());
        }
        let words = by_file.iter().map(|(file, columns)| {
            let columns: Vec<_> = columns.iter().map(|column| shown(column)).collect();
            if columns.is_empty() {
                shown(file).into_owned()
            } else {
                format!("{} of {}", columns.join(" and "), shown(file))
            }
        });
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// The lists with what each is called.
    pub fn lists(&self) -> [(&'static str, Vec<&FindingName>); 6] {
        let not_observed = self.not_observed.iter().map(|(name, _)| *name).collect();
        let new_for_lack = self.new_for_lack.iter().map(|(name, _)| *name).collect();
        [
            ("new", self.new.clone()),
            ("new that cannot be judged", new_for_lack),
            ("worse", self.worse.clone()),
            ("returned", self.returned.clone()),
            ("gone", self.gone.clone()),
            ("not observed", not_observed),
        ]
    }
}

/// What the last import changed; `None` where there was no import before it.
pub fn since_import(register: &FindingRegister) -> Option<SinceImport<'_>> {
    let last = register.last_import();
    let (on, before) = (register.day_of(last)?, register.day_of(last.checked_sub(1)?)?);
    let mut since = SinceImport {
        on,
        before,
        new: Vec::new(),
        new_for_lack: Vec::new(),
        gone: Vec::new(),
        worse: Vec::new(),
        returned: Vec::new(),
        not_observed: Vec::new(),
    };
    for (name, record) in &register.records {
        match &record.sighting {
            Sighting::Gone(at) if *at == last => since.gone.push(name),
            Sighting::NotObserved(at, missing) if *at == last => {
                since.not_observed.push((name, missing));
            }
            Sighting::Shown if record.first_seen == last => {
                match record.shown_for_lack_of.as_slice() {
                    [] => since.new.push(name),
                    missing => since.new_for_lack.push((name, missing)),
                }
            }
            Sighting::Shown if record.reopened == Some(last) => since.returned.push(name),
            Sighting::Shown if record.worse == Some(last) => since.worse.push(name),
            Sighting::Gone(_) | Sighting::NotObserved(..) | Sighting::Shown => {}
        }
    }
    Some(since)
}
