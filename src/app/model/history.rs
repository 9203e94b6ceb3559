//! How the project was before each step and after it, so that steps can be taken back.

use crate::project::Project;

/// How many steps can be taken back.
const MOST_STEPS: usize = 50;

/// One step: its label, and the project on its other side.
#[derive(Debug)]
struct Step {
    /// As it reads after "Undo".
    label: String,
    project: Project,
}

/// The steps that were made, and those that were taken back.
#[derive(Debug, Default)]
pub(crate) struct History {
    past: Vec<Step>,
    /// The one that was taken back last stands at the end.
    future: Vec<Step>,
}

impl History {
    /// Notes a step, and how the project was before it.
    pub(crate) fn record(&mut self, label: String, before: Project) {
        self.past.push(Step { label, project: before });
        self.future.clear();
        if self.past.len() > MOST_STEPS {
            self.past.remove(0);
        }
    }

    /// The projects on the other sides of all steps.
    pub(crate) fn projects_mut(&mut self) -> impl Iterator<Item = &mut Project> {
        self.past.iter_mut().chain(&mut self.future).map(|step| &mut step.project)
    }

    /// These steps and others that were made since, each under another label and with another project;
    /// steps without one are left out.
    #[must_use]
    pub(crate) fn and(
        mut self,
        since: Self,
        label: impl Fn(&str) -> String,
        project: impl Fn(&Project) -> Option<Project>,
    ) -> Self {
        let Self { past, future } = since;
        if past.is_empty() && future.is_empty() {
            return self;
        }
        let step =
            |own: &Step| Some(Step { label: label(&own.label), project: project(&own.project)? });
        self.past.extend(past.iter().filter_map(step));
        self.future = future.iter().filter_map(step).collect();
        let too_many = self.past.len().saturating_sub(MOST_STEPS);
        self.past.drain(..too_many);
        self
    }

    /// What undo would take back.
    pub(crate) fn undoes(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub(crate) fn redoes(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }

    /// The labels of all steps, the first one first.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        let all = self.past.iter().chain(self.future.iter().rev());
        all.map(|step| step.label.as_str())
    }

    /// How many of the steps are in force.
    pub(crate) fn position(&self) -> usize {
        self.past.len()
    }

    /// The project with this number of the steps in force; it was `present` until now. `None`
    /// where nothing would change.
    pub(crate) fn go_to(&mut self, position: usize, present: &Project) -> Option<Project> {
        let mut at = None;
        while self.past.len() > position
            && let Some(step) = self.past.pop()
        {
            let after = at.replace(step.project).unwrap_or_else(|| present.clone());
            self.future.push(Step { label: step.label, project: after });
        }
        while self.past.len() < position
            && let Some(step) = self.future.pop()
        {
            let before = at.replace(step.project).unwrap_or_else(|| present.clone());
            self.past.push(Step { label: step.label, project: before });
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn project(rotation_days: i32) -> Project {
        let mut project = Project::new(jiff::civil::date(2026, 7, 1));
        Arc::make_mut(&mut project.assumptions).rotation_days = rotation_days;
        project
    }

    #[test]
    fn any_step_is_reached_in_one_jump_and_all_others_stay() {
        let mut history = History::default();
        for at in 0..4 {
            history.record(format!("step {at}"), project(at));
        }
        let labels = |history: &History| history.labels().map(str::to_owned).collect::<Vec<_>>();
        let all = labels(&history);
        let mut present = project(4);
        for position in [1, 4, 0, 3, 3, 9] {
            let expected = position.min(4);
            if let Some(found) = history.go_to(position, &present) {
                present = found;
            }
            assert_eq!(
                (history.position(), present.clone()),
                (expected, project(i32::try_from(expected).unwrap()))
            );
            assert_eq!(labels(&history), all);
        }
    }

    #[test]
    fn a_new_step_forgets_those_that_were_taken_back_and_the_oldest_is_dropped() {
        let mut history = History::default();
        for at in 0..60 {
            history.record(format!("step {at}"), project(at));
        }
        assert_eq!((history.position(), history.labels().next()), (50, Some("step 10")));
        history.go_to(49, &project(60));
        history.record("another".to_owned(), project(59));
        assert_eq!((history.redoes(), history.undoes()), (None, Some("another")));
    }
}
