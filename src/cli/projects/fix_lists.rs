//! The scenarios of a project: compared, and as tasks.

use std::path::Path;
use std::sync::Arc;

use super::hidden::under_pseudonyms;
use crate::analysis::{Answers, Question, assess_only};
use crate::cli::arguments::{
    AssumptionArguments, RedactArguments, ScenariosArguments, TableFormat, TasksArguments,
};
use crate::cli::files::{OpenedProject, open_project, today};
use crate::cli::inputs::policy;
use crate::cli::streams::{Failure, INPUT, Streams, USAGE, deliver};
use crate::export::{
    AnsweredFixLists, AnsweredTasks, fix_lists_document, tasks_document, write_document,
    write_document_pdf, write_fix_lists_json, write_fix_lists_table, write_html, write_markdown,
    write_styled_text, write_tasks_json, write_tasks_table,
};
use crate::graph::AccessGraph;
use crate::inventory::{Assumptions, Progress, did_you_mean, nearest};
use crate::project::{FixList, Fixes, NamedFix, Project, compare_fixes, fixes_in_force, tasks};

/// Carries out `scenarios`.
pub(in crate::cli) fn scenarios(
    arguments: &ScenariosArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let ScenariosArguments { project, format, output, assume, hide } = arguments;
    let format = TableFormat::chosen(*format, output.as_deref())
        .map_err(|message| Failure(USAGE, message))?;
    let AnsweredProject { opened, answers, .. } = answered(project, (assume, hide), streams)?;
    let project = opened.project;
    let progress = Progress::default();
    let (nothing, plan) = (Fixes::default(), plan_of(&answers, &progress));
    let mut lists = vec![FixList { name: "as it is", fixes: &nothing }];
    if !project.fixes.is_empty() {
        lists.push(FixList { name: WHAT_IF, fixes: &project.fixes });
    }
    let own = project.scenarios.list().iter();
    lists.extend(own.map(|own| FixList { name: &own.name, fixes: &own.fixes }));
    if !plan.is_empty() {
        lists.push(FixList { name: PLAN, fixes: &plan });
    }
    let Some(compared) = compare_fixes(&answers, &lists, &progress) else { return Ok(()) };
    let answered = AnsweredFixLists { answers: &answers, lists: &compared };
    let form = streams.form(format.of_document(), output.as_deref())?;
    deliver(output.as_deref(), streams.out, |out| match form {
        None if format == TableFormat::Csv => write_fix_lists_table(&answered, out),
        None => write_fix_lists_json(&answered, out),
        Some(form) => write_document(form, &fix_lists_document(&answered), out),
    })
}

/// What a scenario is called while names are hidden that was named by its name, or by what it is called then.
///
/// # Errors
/// Where it is none of these.
pub(in crate::cli) fn hidden_scenario(names: &[String], written: &str) -> Result<String, Failure> {
    let called = |at: usize| format!("Scenario {}", at + 1);
    let by_name = names.iter().position(|name| name == written);
    let found = by_name.or_else(|| (0..names.len()).find(|at| called(*at) == written));
    found.map(called).ok_or_else(|| {
        let why = "the project has no such scenario; with names hidden they are called “Scenario 1” and so \
                   on, in their order";
        Failure(USAGE, why.to_owned())
    })
}

/// The names of the scenarios of a project, in their order.
pub(in crate::cli) fn scenario_names(project: &Project) -> Vec<String> {
    project.scenarios.list().iter().map(|own| own.name.clone()).collect()
}

/// What lists are called that are no scenario.
const WHAT_IF: &str = "the what-if list";
const PLAN: &str = "the plan";

/// Carries out `tasks`.
pub(in crate::cli) fn task_list(
    arguments: &TasksArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let TasksArguments { project, scenario, format, output, assume, hide } = arguments;
    let format = TableFormat::chosen(*format, output.as_deref())
        .map_err(|message| Failure(USAGE, message))?;
    let found = answered(project, (assume, hide), streams)?;
    let AnsweredProject { opened: OpenedProject { project, .. }, answers, scenarios } = found;
    let progress = Progress::default();
    let scenario = match scenario {
        Some(name) if hide.redact.is_some() => Some(hidden_scenario(&scenarios, name)?),
        other => other.clone(),
    };
    let own = own_fixes(&project, scenario.as_deref())?;
    let NamedFixes { name, fixes } = own.unwrap_or_else(|| planned(&answers, &progress));
    let (made, not_made) = fixes_in_force(&answers.graph, &fixes);
    let Some(found) = tasks(&answers, &made, &progress) else { return Ok(()) };
    let answered =
        AnsweredTasks { answers: &answers, name: &name, tasks: &found, not_made: &not_made };
    let style = streams.text_style(format == TableFormat::Text, output.as_deref());
    deliver(output.as_deref(), streams.out, |out| match format {
        TableFormat::Json => write_tasks_json(&answered, out),
        TableFormat::Csv => write_tasks_table(&answered, out),
        TableFormat::Text => {
            write_styled_text(&tasks_document(&answered), style.unwrap_or_default(), out)
        }
        TableFormat::Markdown => write_markdown(&tasks_document(&answered), out),
        TableFormat::Html => write_html(&tasks_document(&answered), None, out),
        TableFormat::Pdf => write_document_pdf(&tasks_document(&answered), None, out),
    })
}

/// A list of fixes, and what it is called.
pub(in crate::cli) struct NamedFixes {
    pub(in crate::cli) name: String,
    pub(in crate::cli) fixes: Fixes,
}

/// The fixes of a scenario, or else those of the what-if list; nothing where that is empty.
pub(in crate::cli) fn own_fixes(
    project: &Project,
    scenario: Option<&str>,
) -> Result<Option<NamedFixes>, Failure> {
    let (name, fixes) = match scenario {
        Some(name) => {
            let own = project.scenarios.named(name).ok_or_else(|| no_scenario(project, name))?;
            (name, own.fixes.clone())
        }
        None if project.fixes.is_empty() => return Ok(None),
        None => (WHAT_IF, Fixes::clone(&project.fixes)),
    };
    Ok(Some(NamedFixes { name: name.to_owned(), fixes }))
}

/// The fixes of the plan.
pub(in crate::cli) fn planned(answers: &Answers, progress: &Progress) -> NamedFixes {
    NamedFixes { name: PLAN.to_owned(), fixes: plan_of(answers, progress) }
}

fn no_scenario(project: &Project, name: &str) -> Failure {
    let names: Vec<&str> = project.scenarios.list().iter().map(|own| own.name.as_str()).collect();
    let near = nearest(name, names.iter().copied());
    let meant = match (names.as_slice(), near.as_slice()) {
        ([], _) => "; it has none, make them in the window".to_owned(),
        (names, []) => format!("; it has these: {}", names.join(", ")),
        (_, near) => format!("; {}", did_you_mean(near)),
    };
    Failure(USAGE, format!("the project has no scenario “{name}”{meant}"))
}

/// The plan as a list of fixes.
fn plan_of(answers: &Answers, progress: &Progress) -> Fixes {
    let found = assess_only(&answers.graph, &answers.ends, 0, &[Question::Plan], progress);
    let steps = found.map(|found| found.plan.steps).unwrap_or_default();
    Fixes::of(steps.iter().map(|step| NamedFix::of(&answers.graph, &step.fix)).collect())
}

/// A project, and the answers on its inventory; both under pseudonyms where names are hidden.
pub(super) struct AnsweredProject {
    pub(super) opened: OpenedProject,
    pub(super) answers: Answers,
    /// The true names of its scenarios.
    scenarios: Vec<String>,
}

/// The project of a path with its answers. `streams` knows the names that are hidden from then on.
pub(super) fn answered(
    path: &Path,
    (assume, hide): (&AssumptionArguments, &RedactArguments),
    streams: &mut Streams<'_>,
) -> Result<AnsweredProject, Failure> {
    let policy = policy(assume)?;
    let opened = open_project(path, today(), &Progress::default());
    let mut opened = opened.map_err(|message| Failure(INPUT, message))?;
    let project = &mut opened.project;
    if project.sources.inventory.is_none() {
        let why = "the project has no inventory yet; import one into it";
        return Err(Failure(INPUT, format!("{why}: {}", path.display())));
    }
    let own = Some(Assumptions::clone(&project.assumptions));
    project.assumptions = Arc::new(assume.over(policy, own));
    let scenarios = scenario_names(project);
    if let Some(kinds) = hide.redact {
        let (hidden, names) = under_pseudonyms(kinds, project);
        *project = hidden;
        streams.hide(names);
    }
    let inventory = project.sources.inventory.clone().unwrap_or_default();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    // Nobody holds the handle by which it could be cancelled.
    let answers = Answers::compute(graph, &Progress::default())
        .ok_or_else(|| Failure(INPUT, "the command was cancelled".to_owned()))?;
    Ok(AnsweredProject { opened, answers, scenarios })
}
