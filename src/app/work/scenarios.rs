//! Scenarios compared, and their tasks as text.

use std::sync::Arc;

use crate::analysis::{Changes, changes};
use crate::app::work::after_fixes::AfterFixes;
use crate::app::work::answers::Answers;
use crate::export::{AnsweredTasks, tasks_document, write_text};
use crate::inventory::Progress;
use crate::project::{
    ComparedFixes, FixList, Fixes, Scenario, Scenarios, compare_fixes, fixes_in_force, tasks,
};

/// The lists that are compared.
#[derive(Clone, Debug)]
pub(crate) struct ScenarioLists {
    pub(crate) fixes: Arc<Fixes>,
    pub(crate) scenarios: Arc<Scenarios>,
    pub(crate) plan: Fixes,
}

/// What scenarios come to, beside each other.
#[derive(Debug)]
pub(crate) struct ScenarioTable {
    /// The answers on what is open as it is.
    pub(crate) answers: Arc<Answers>,
    /// The scenarios that were compared.
    pub(crate) scenarios: Arc<Scenarios>,
    /// The what-if list that was.
    pub(crate) fixes: Arc<Fixes>,
    /// The first is what is there without any fix.
    pub(crate) lists: Vec<ComparedFixes>,
}

impl ScenarioTable {
    /// Compares; `None` when cancelled.
    pub(crate) fn of(
        answers: Arc<Answers>,
        lists: ScenarioLists,
        progress: &Progress,
    ) -> Option<Self> {
        let ScenarioLists { fixes, scenarios, plan } = lists;
        let nothing = Fixes::default();
        let mut all = vec![FixList { name: "as it is", fixes: &nothing }];
        if !fixes.is_empty() {
            all.push(FixList { name: "the what-if list", fixes: &fixes });
        }
        let own = scenarios.list().iter();
        all.extend(own.map(|own| FixList { name: &own.name, fixes: &own.fixes }));
        if !plan.is_empty() {
            all.push(FixList { name: "the plan", fixes: &plan });
        }
        let lists = compare_fixes(&answers, &all, progress)?;
        Some(Self { answers, scenarios, fixes, lists })
    }
}

/// A list of fixes with what it comes to, and what it changes on a map.
#[derive(Debug)]
pub(crate) struct ShownFixes {
    /// The answers on what is open as it is.
    pub(crate) answers: Arc<Answers>,
    pub(crate) fixes: Arc<Fixes>,
    pub(crate) compared: ComparedFixes,
    pub(crate) changes: Changes,
    /// What is still reached with them.
    pub(crate) after: AfterFixes,
}

impl ShownFixes {
    /// Works lists out; `None` when cancelled.
    pub(crate) fn of(
        answers: &Arc<Answers>,
        lists: Vec<Arc<Fixes>>,
        progress: &Progress,
    ) -> Option<Vec<Arc<Self>>> {
        // They are known by their fixes alone.
        let named: Vec<FixList<'_>> =
            lists.iter().map(|fixes| FixList { name: "", fixes }).collect();
        let compared = compare_fixes(answers, &named, progress)?;
        let shown = lists.into_iter().zip(compared).map(|(fixes, compared)| {
            let (made, _) = fixes_in_force(&answers.graph, &fixes);
            let changes = changes(&answers.graph, &made);
            let after = AfterFixes::of(&answers.graph, &made);
            Arc::new(Self { answers: answers.clone(), fixes, compared, changes, after })
        });
        Some(shown.collect())
    }
}

/// The tasks of a scenario as text; `None` when cancelled.
pub(crate) fn task_text(
    answers: &Answers,
    scenario: &Scenario,
    progress: &Progress,
) -> Option<String> {
    let (made, not_made) = fixes_in_force(&answers.graph, &scenario.fixes);
    let found = tasks(answers, &made, progress)?;
    let answered =
        AnsweredTasks { answers, name: &scenario.name, tasks: &found, not_made: &not_made };
    let mut text = Vec::new();
    // Nothing that is written into memory fails.
    write_text(&tasks_document(&answered), &mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}
