//! The assumptions in the window: changed one by one, loaded, saved, each change with its name.

use std::path::Path;

use crate::app::model::Model;
use crate::app::model::command::PolicyCommand;
use crate::inventory::{Assumptions, Date};

impl Model {
    pub(crate) fn apply_policy(&mut self, command: PolicyCommand) {
        match command {
            PolicyCommand::Open(open) => {
                self.session.policy = open;
                self.session.folded.remove("inspector");
            }
            PolicyCommand::Load => self.jobs.load_policy(self.assumptions.as_of),
            PolicyCommand::Save => self.jobs.save_policy(self.assumptions.clone()),
        }
    }

    /// Replaces the assumptions: one undo step, named after what is changed.
    pub(crate) fn assume(&mut self, assumptions: Assumptions) {
        if let Some(label) = change_of(&self.assumptions, &assumptions) {
            self.note_step(label);
            self.reassume(assumptions);
        }
    }

    pub(crate) fn take_policy(&mut self, read: Option<Result<LoadedPolicy, String>>) {
        match read {
            None => {
                let text = "no policy was chosen; if no dialog appeared, start with --policy FILE";
                self.notice = Some(text.to_owned());
            }
            Some(Err(message)) => {
                self.notice = Some(format!("{message}; the assumptions are unchanged"));
            }
            Some(Ok(LoadedPolicy { name, assumptions })) => {
                if assumptions == self.assumptions {
                    self.notice = Some(format!("{name} says what is assumed already"));
                    return;
                }
                self.note_step(format!("loading of {name}"));
                self.reassume(assumptions);
            }
        }
    }
}

/// A policy that was read, with the name of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LoadedPolicy {
    pub(crate) name: String,
    pub(crate) assumptions: Assumptions,
}

impl LoadedPolicy {
    /// Reads a policy; the as-of date stays as it is.
    ///
    /// # Errors
    /// Where the file cannot be read or is no policy, in words that say what to do.
    pub(crate) fn read(path: &Path, as_of: Date) -> Result<Self, String> {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("the policy could not be read ({error}): {shown}"))?;
        let assumptions =
            Assumptions::from_policy(&text, as_of).map_err(|error| format!("{error}: {shown}"))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, assumptions })
    }
}

/// What is different, as it reads after "Undo"; `None` where nothing is.
fn change_of(old: &Assumptions, new: &Assumptions) -> Option<String> {
    let Assumptions {
        as_of,
        unstated_access,
        pivot_needs,
        environments,
        rotation_days,
        unused_days,
        extraction_point_holds,
        plain_sight,
        costs,
        costs_by_type,
        cost_by_holders,
        entry_points,
        crown_jewels,
    } = old;
    let same_costs = *costs == new.costs
        && *costs_by_type == new.costs_by_type
        && *cost_by_holders == new.cost_by_holders;
    let changes = [
        (*as_of != new.as_of, "change of the as-of date"),
        (*unstated_access != new.unstated_access, "change of unstated access"),
        (*pivot_needs != new.pivot_needs, "change of what a pivot needs"),
        (*environments != new.environments, "change of environments"),
        (*rotation_days != new.rotation_days, "change of the age limit"),
        (*unused_days != new.unused_days, "change of the limit of unused days"),
        (*extraction_point_holds != new.extraction_point_holds, "change of extraction points"),
        (*plain_sight != new.plain_sight, "change of what is plain sight"),
        (!same_costs, "change of costs"),
        (*entry_points != new.entry_points, "change of entry points"),
        (*crown_jewels != new.crown_jewels, "change of crown jewels"),
    ];
    let mut found = changes.into_iter().filter(|(differs, _)| *differs).map(|(_, label)| label);
    let first = found.next()?;
    Some(if found.next().is_some() { "change of assumptions" } else { first }.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_named_after_what_it_changes() {
        let old = Assumptions::new(jiff::civil::date(2026, 7, 1));
        let mut new = old.clone();
        assert_eq!(change_of(&old, &new), None);
        new.cost_by_holders = true;
        assert_eq!(change_of(&old, &new).as_deref(), Some("change of costs"));
        new.rotation_days = 30;
        assert_eq!(change_of(&old, &new).as_deref(), Some("change of assumptions"));
    }

    #[test]
    fn a_policy_is_read_from_a_file_and_one_that_is_none_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let as_of = jiff::civil::date(2026, 7, 1);
        let path = folder.path().join("policy.toml");
        let mut kept = Assumptions::new(as_of);
        kept.rotation_days = 30;
        std::fs::write(&path, kept.to_policy()).unwrap();
        let read = LoadedPolicy::read(&path, as_of).unwrap();
        assert_eq!((read.name.as_str(), read.assumptions), ("policy.toml", kept));
        std::fs::write(&path, "colour = 1").unwrap();
        assert!(LoadedPolicy::read(&path, as_of).unwrap_err().contains("no key of a policy"));
        let missing = LoadedPolicy::read(&folder.path().join("no.toml"), as_of).unwrap_err();
        assert!(missing.contains("could not be read"));
    }
}
