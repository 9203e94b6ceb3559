//! Tables and graphs for other programs.

use std::path::Path;

use super::arguments::{ExportArguments, ExportForm, ExportFormat, ExportTarget};
use super::files::{BloodhoundNotWritten, not_written, write_bloodhound};
use super::inputs::{opened, policy};
use super::projects::{NamedFixes, hidden_scenario, own_fixes, planned, scenario_names};
use super::questions::starts;
use super::streams::{Failure, OUTPUT, Streams, USAGE, deliver};
use crate::analysis::{Answers, Starts, assess_only, rotation, unmatched};
use crate::export::{
    Answered, AnsweredRotation, AnsweredTasks, ExportTable, FindingWork, GraphFileFormat,
    GraphPart, TableFileFormat, TableSource, bloodhound_files, write_graph, write_table,
};
use crate::graph::AccessGraph;
use crate::import::Fingerprinter;
use crate::project::{Project, RotationList, Standings, fixes_in_force, tasks};

/// What is to be written, and how.
enum Wanted {
    /// The inventory as a table, which needs no graph.
    Inventory(TableFileFormat),
    /// The order of rotation.
    Rotation(TableFileFormat),
    /// The tasks of a list of fixes.
    Tasks(TableFileFormat),
    /// A table of answers, and how it is made from them.
    Answers(TableFileFormat, for<'a> fn(Answered<'a>) -> TableSource<'a>),
    /// The whole graph.
    Graph(GraphFileFormat),
    /// What the listed paths use of it.
    GraphOfPaths(GraphFileFormat),
}

impl Wanted {
    /// What the options ask for.
    ///
    /// # Errors
    /// One sentence where they do not go together.
    fn new(arguments: &ExportArguments) -> Result<Self, String> {
        let ExportArguments { what, format, output, from, scenario, .. } = arguments;
        let form = ExportFormat::chosen(*format, output.as_deref())?.form();
        if !from.is_empty() && *what != ExportTable::Rotation {
            return Err("--from says what has fallen; it goes with --what rotation".to_owned());
        }
        if scenario.is_some() && *what != ExportTable::Tasks {
            return Err("--scenario says whose tasks; it goes with --what tasks".to_owned());
        }
        let format = match form {
            ExportForm::Table(format) => format,
            ExportForm::Graph(format) => {
                return match what {
                    ExportTable::Inventory => Ok(Self::Graph(format)),
                    ExportTable::Paths => Ok(Self::GraphOfPaths(format)),
                    other => Err(format!(
                        "a graph is made of the inventory or of the paths; write {} as csv, xlsx, \
                         json or jsonl",
                        other.word()
                    )),
                };
            }
        };
        Ok(match what {
            ExportTable::Inventory => Self::Inventory(format),
            ExportTable::Rotation => Self::Rotation(format),
            ExportTable::Tasks => Self::Tasks(format),
            ExportTable::Findings => Self::Answers(format, findings),
            ExportTable::Credentials => {
                Self::Answers(format, |answered| TableSource::Credentials(answered.answers, None))
            }
            ExportTable::Services => {
                Self::Answers(format, |answered| TableSource::Services(answered.answers, None))
            }
            ExportTable::Owners => {
                Self::Answers(format, |answered| TableSource::Owners(answered.answers))
            }
            ExportTable::Paths => Self::Answers(format, paths),
            ExportTable::Plan => Self::Answers(format, plan),
        })
    }
}

impl Wanted {
    fn is_workbook(&self) -> bool {
        match self {
            Self::Inventory(format)
            | Self::Rotation(format)
            | Self::Tasks(format)
            | Self::Answers(format, _) => *format == TableFileFormat::Workbook,
            Self::Graph(_) | Self::GraphOfPaths(_) => false,
        }
    }
}

fn findings(answered: Answered<'_>) -> TableSource<'_> {
    TableSource::Findings(answered, None)
}

fn paths(answered: Answered<'_>) -> TableSource<'_> {
    TableSource::Paths(answered)
}

fn plan(answered: Answered<'_>) -> TableSource<'_> {
    TableSource::Plan(answered)
}

/// Carries out `export`.
pub(super) fn exported(
    arguments: &ExportArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    if let (Some(ExportTarget::Bloodhound), Some(folder)) = (arguments.to, &arguments.output) {
        return to_bloodhound(arguments, folder, streams);
    }
    let wanted = Wanted::new(arguments).map_err(|message| Failure(USAGE, message))?;
    let output = arguments.output.as_deref();
    if wanted.is_workbook() {
        streams.refuse_on_terminal("a workbook", output)?;
    }
    let policy = policy(&arguments.assume)?;
    let opened = opened(&arguments.files, &arguments.reading, &streams.progress)?;
    if let Wanted::Inventory(format) = wanted {
        let (inventory, key) = opened.inventory(&arguments.assume, policy, streams);
        streams.remark_on_reading(&inventory);
        let keyed = Fingerprinter::new(&key);
        let source = TableSource::Inventory(&inventory, &keyed);
        return deliver(output, streams.out, |out| write_table(format, &source, out));
    }
    let fallen = std::sync::Arc::clone(&opened.fallen);
    let project = opened.project.clone();
    let graph = opened.graph(&arguments.assume, policy, streams);
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    if let Wanted::Rotation(format) = wanted {
        let fallen = streams.known_list(&graph, &fallen);
        let from = streams.all_known_as(&graph, &arguments.from);
        let starts = fallen_of(&from, &graph, &fallen)?;
        let rotation = rotation(&graph, &starts);
        let answered = AnsweredRotation { graph: &graph, starts: &starts, rotation: &rotation };
        let source = TableSource::Rotation(answered);
        return deliver(output, streams.out, |out| write_table(format, &source, out));
    }
    let progress = streams.progress.clone();
    let Some(answers) = Answers::compute(graph, &progress) else { return Ok(()) };
    if let Wanted::Tasks(format) = wanted {
        return tasks_of(&answers, project.as_ref(), (arguments, format), streams);
    }
    let (graph, ends) = (&answers.graph, &answers.ends);
    let questions = arguments.what.questions();
    let found = assess_only(graph, ends, arguments.max_paths, questions, &progress);
    let Some(assessment) = found else { return Ok(()) };
    // What was decided on findings has real names in it.
    let decided = project.as_ref().filter(|_| streams.hidden.is_none());
    let standings = decided.map(|project| Standings::of(&answers, &project.findings));
    let work = decided.zip(standings.as_ref()).map(|(project, standings)| FindingWork {
        standings,
        register: &project.findings,
        notes: &project.notes,
    });
    let workshop = decided.map(|project| &*project.workshop);
    let answered =
        Answered { answers: &answers, assessment: &assessment, full: true, work, workshop };
    deliver(output, streams.out, |out| match wanted {
        Wanted::Answers(format, source) => write_table(format, &source(answered), out),
        Wanted::GraphOfPaths(format) => {
            write_graph(format, &answers, GraphPart::Paths(&assessment.paths), out)
        }
        Wanted::Graph(format) => write_graph(format, &answers, GraphPart::Whole, out),
        // Written above.
        Wanted::Inventory(_) | Wanted::Rotation(_) | Wanted::Tasks(_) => Ok(()),
    })
}

/// Writes the tasks of a scenario, of the what-if list, or of the plan.
fn tasks_of(
    answers: &Answers,
    project: Option<&Project>,
    (arguments, format): (&ExportArguments, TableFileFormat),
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let scenario = arguments.scenario.as_deref();
    let own = match (project, scenario) {
        (Some(project), Some(name)) if streams.hidden.is_some() => {
            let names = scenario_names(project);
            let called = hidden_scenario(&names, name)?;
            let own = (1..).zip(project.scenarios.list());
            let mut own = own.filter(|(number, _)| called == format!("Scenario {number}"));
            own.next().map(|(_, own)| NamedFixes { name: called, fixes: own.fixes.clone() })
        }
        (Some(project), _) => own_fixes(project, scenario)?,
        (None, Some(_)) => {
            let why = "--scenario names one of a project; name a project";
            return Err(Failure(USAGE, why.to_owned()));
        }
        (None, None) => None,
    };
    let progress = streams.progress.clone();
    let graph = &answers.graph;
    let own = own.map(|NamedFixes { name, fixes }| {
        let fixes = streams.known_fixes(graph, fixes);
        NamedFixes { name, fixes }
    });
    let NamedFixes { name, fixes } = own.unwrap_or_else(|| planned(answers, &progress));
    let (made, not_made) = fixes_in_force(graph, &fixes);
    for why in &not_made {
        streams.warn(&format!("left out: {why}"));
    }
    let Some(found) = tasks(answers, &made, &progress) else { return Ok(()) };
    let answered = AnsweredTasks { answers, name: &name, tasks: &found, not_made: &not_made };
    let source = TableSource::Tasks(answered);
    deliver(arguments.output.as_deref(), streams.out, |out| write_table(format, &source, out))
}

/// Writes the folder that BloodHound takes.
fn to_bloodhound(
    arguments: &ExportArguments,
    folder: &Path,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let policy = policy(&arguments.assume)?;
    let opened = opened(&arguments.files, &arguments.reading, &streams.progress)?;
    let graph = opened.graph(&arguments.assume, policy, streams);
    streams.remark_on_reading(graph.inventory());
    streams.warn_of_unmatched_names(&unmatched(&graph));
    let Some(answers) = Answers::compute(graph, &streams.progress) else { return Ok(()) };
    let failed =
        |error: &std::io::Error, at: &Path| Failure(OUTPUT, not_written("the file", error, at));
    let files = bloodhound_files(&answers).map_err(|error| failed(&error, folder))?;
    match write_bloodhound(files, folder, arguments.force) {
        Ok(_) => Ok(()),
        Err(BloodhoundNotWritten::Failed((error, at))) => Err(failed(&error, &at)),
        Err(BloodhoundNotWritten::Foreign(file)) => {
            let how = "the folder has a file of this name that Keyreach did not write; name another \
                       folder, or --force replaces it";
            Err(Failure(OUTPUT, format!("{how}: {}", file.display())))
        }
    }
}

/// What has fallen: what is named, or else what the project says.
fn fallen_of(
    from: &[String],
    graph: &AccessGraph,
    fallen: &RotationList,
) -> Result<Starts, Failure> {
    let starts = match from {
        [] => fallen.found_in(graph).1,
        from => starts(graph, from)?,
    };
    if starts.credentials.is_empty() && starts.instances.is_empty() {
        let why = "nothing is known to have fallen; name it with --from";
        return Err(Failure(USAGE, why.to_owned()));
    }
    Ok(starts)
}
