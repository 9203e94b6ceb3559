//! What the last import changed.

use super::finding_name::FindingName;
use super::register::{FindingRegister, MissingSource, Sighting};
use crate::inventory::{Date, grouped};

/// What the last import changed; each list by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinceImport<'a> {
    /// Its day.
    pub on: Date,
    /// The day of the one before.
    pub before: Date,
    /// Findings that it showed first.
    pub new: Vec<&'a FindingName>,
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

    /// The lists with what each is called: new, worse, returned, gone, not observed.
    pub fn lists(&self) -> [(&'static str, Vec<&FindingName>); 5] {
        let not_observed = self.not_observed.iter().map(|(name, _)| *name).collect();
        [
            ("new", self.new.clone()),
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
            Sighting::Shown if record.first_seen == last => since.new.push(name),
            Sighting::Shown if record.reopened == Some(last) => since.returned.push(name),
            Sighting::Shown if record.worse == Some(last) => since.worse.push(name),
            Sighting::Gone(_) | Sighting::NotObserved(..) | Sighting::Shown => {}
        }
    }
    Some(since)
}
