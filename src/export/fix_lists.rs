//! Lists of fixes compared, and as tasks: as JSON and as a table.

use std::io::{self, Write};

use serde::Serialize;

use super::assumed::Basis;
use super::entries::ServiceName;
use super::json::write_json;
use crate::analysis::Answers;
use crate::inventory::TableWriter;
use crate::project::{ComparedFixes, FixTask, NewSecret, TaskPlace};

/// Lists of fixes side by side; the first is what is there without any.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredFixLists<'a> {
    /// The answers on the inventory as it is.
    pub answers: &'a Answers,
    /// What each list comes to.
    pub lists: &'a [ComparedFixes],
}

/// The tasks of a list of fixes.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredTasks<'a> {
    /// The answers on the inventory as it is.
    pub answers: &'a Answers,
    /// What the list is called: a scenario, the what-if list, or the plan.
    pub name: &'a str,
    /// The tasks, by owner.
    pub tasks: &'a [FixTask],
    /// Fixes that cannot be made, and why.
    pub not_made: &'a [String],
}

#[derive(Serialize)]
struct ListsDocument<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    pairs: u64,
    scenarios: Vec<ListEntry<'a>>,
}

#[derive(Serialize)]
struct ListEntry<'a> {
    name: &'a str,
    fixes: usize,
    not_made: &'a [String],
    /// The share of pairs that are connected; null where there are none.
    exposure: Option<f64>,
    connected_pairs: u64,
    connected_pairs_stated: u64,
    findings: u64,
    findings_gone: u64,
    findings_new: u64,
    cost: u64,
    /// Credentials that are changed though the policy says that they may never be removed.
    never: Vec<&'a str>,
    accesses_lost: u64,
    /// Service instances that nothing links to others then.
    alone: Vec<ServiceName<'a>>,
}

/// Writes a comparison of lists of fixes.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_fix_lists_json(
    answered: &AnsweredFixLists<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let AnsweredFixLists { answers, lists } = *answered;
    let graph = &answers.graph;
    let entries = lists.iter().map(|list| ListEntry {
        name: &list.name,
        fixes: list.fixes,
        not_made: &list.not_made,
        exposure: exposure(answers, list).map(|share| (share * 10_000.0).round() / 10_000.0),
        connected_pairs: list.connected_pairs,
        connected_pairs_stated: list.connected_pairs_stated,
        findings: list.findings,
        findings_gone: list.findings_gone,
        findings_new: list.findings_new,
        cost: list.cost,
        never: list.never.iter().map(|&at| graph.credential_name(at)).collect(),
        accesses_lost: list.accesses_lost,
        alone: list.alone.iter().map(|&at| ServiceName::of(graph, at)).collect(),
    });
    let document = ListsDocument {
        format: "keyreach-scenarios",
        version: 1,
        basis: Basis::new(graph),
        pairs: answers.exposure.pairs,
        scenarios: entries.collect(),
    };
    write_json(&document, out)
}

/// The share of pairs that a list of fixes leaves connected; `None` where there are no pairs.
fn exposure(answers: &Answers, list: &ComparedFixes) -> Option<f64> {
    let pairs = answers.exposure.pairs;
    (pairs > 0).then(|| list.connected_pairs as f64 / pairs as f64)
}

/// The same in words: "15.0 %".
pub(super) fn exposure_words(answers: &Answers, list: &ComparedFixes) -> String {
    exposure(answers, list).map_or_else(String::new, |share| format!("{:.1} %", share * 100.0))
}

/// The headings of the table of lists of fixes.
const LIST_COLUMNS: [&str; 14] = [
    "name",
    "fixes",
    "not_made",
    "exposure",
    "connected_pairs",
    "pairs",
    "connected_pairs_stated",
    "findings",
    "findings_gone",
    "findings_new",
    "cost",
    "never",
    "accesses_lost",
    "alone",
];

/// Writes a comparison of lists of fixes as a table, a row for each list.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_fix_lists_table(
    answered: &AnsweredFixLists<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let AnsweredFixLists { answers, lists } = *answered;
    let graph = &answers.graph;
    let mut table = TableWriter::new(out);
    table.record(LIST_COLUMNS)?;
    for list in lists {
        let never: Vec<&str> = list.never.iter().map(|&at| graph.credential_name(at)).collect();
        let alone: Vec<String> = list.alone.iter().map(|&at| graph.instance_name(at)).collect();
        let exposure = exposure(answers, list).map(|share| format!("{share:.4}"));
        let figures = [
            list.connected_pairs,
            answers.exposure.pairs,
            list.connected_pairs_stated,
            list.findings,
            list.findings_gone,
            list.findings_new,
            list.cost,
        ];
        let [connected, pairs, stated, findings, gone, new, cost] =
            figures.map(|it| it.to_string());
        table.record([
            list.name.as_str(),
            &list.fixes.to_string(),
            &list.not_made.join("; "),
            &exposure.unwrap_or_default(),
            &connected,
            &pairs,
            &stated,
            &findings,
            &gone,
            &new,
            &cost,
            &never.join("; "),
            &list.accesses_lost.to_string(),
            &alone.join("; "),
        ])?;
    }
    table.flush()
}

#[derive(Serialize)]
struct TasksDocument<'a> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    basis: Basis,
    scenario: &'a str,
    not_made: &'a [String],
    tasks: Vec<TaskEntry<'a>>,
}

#[derive(Serialize)]
struct TaskEntry<'a> {
    owner: &'a str,
    fix: usize,
    credential: &'a str,
    what: &'a str,
    /// Whether all that the fix closes is connected by assumed access only.
    assumed: bool,
    new_secrets: Vec<SecretEntry<'a>>,
    held_by: Vec<&'a str>,
    /// Those of which no row states it.
    held_by_assumed: Vec<&'a str>,
    accesses_lost: &'a [String],
    accesses_lost_total: u64,
    undo: &'a str,
    proof: &'a str,
}

#[derive(Serialize)]
struct SecretEntry<'a> {
    name: &'a str,
    into: Vec<&'a str>,
    into_assumed: Vec<&'a str>,
    grants: Vec<&'a str>,
    grants_assumed: Vec<&'a str>,
}

/// The names of some instances, and of those of which no row states it.
fn names(places: &[TaskPlace]) -> (Vec<&str>, Vec<&str>) {
    let all = places.iter().map(|place| place.name.as_str());
    let assumed = places.iter().filter(|place| place.assumed);
    (all.collect(), assumed.map(|place| place.name.as_str()).collect())
}

impl<'a> SecretEntry<'a> {
    fn of(secret: &'a NewSecret) -> Self {
        let NewSecret { name, into, grants } = secret;
        let ((into, into_assumed), (grants, grants_assumed)) = (names(into), names(grants));
        Self { name, into, into_assumed, grants, grants_assumed }
    }
}

/// Writes tasks.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_tasks_json(answered: &AnsweredTasks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let entries = answered.tasks.iter().map(|task| TaskEntry {
        owner: &task.owner,
        fix: task.number,
        credential: &task.credential,
        what: &task.what,
        new_secrets: task.new_secrets.iter().map(SecretEntry::of).collect(),
        assumed: task.assumed,
        held_by: names(&task.held_by).0,
        held_by_assumed: names(&task.held_by).1,
        accesses_lost: &task.accesses_lost,
        accesses_lost_total: task.accesses_lost_total,
        undo: &task.undo,
        proof: &task.proof,
    });
    let document = TasksDocument {
        format: "keyreach-tasks",
        version: 1,
        basis: Basis::new(&answered.answers.graph),
        scenario: answered.name,
        not_made: answered.not_made,
        tasks: entries.collect(),
    };
    write_json(&document, out)
}

/// The headings of the table of tasks.
const COLUMNS: [&str; 10] = [
    "owner",
    "fix",
    "credential",
    "what to do",
    "assumed",
    "new secrets",
    "held by",
    "accesses that go",
    "undo",
    "proof",
];

/// Writes tasks as a table for ticket systems.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_tasks_table(answered: &AnsweredTasks<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut table = TableWriter::new(out);
    table.record(COLUMNS)?;
    for task in answered.tasks {
        let secrets: Vec<String> = task.new_secrets.iter().map(secret_words).collect();
        let number = task.number.to_string();
        table.record([
            task.owner.as_str(),
            &number,
            &task.credential,
            &task.what,
            if task.assumed { "yes" } else { "no" },
            &secrets.join("; "),
            &joined(&task.held_by, "; "),
            &lost_words(task).join("; "),
            &task.undo,
            &task.proof,
        ])?;
    }
    table.flush()
}

/// A new secret and where it goes: "k (dev) into web in dev, granting db in dev".
pub(super) fn secret_words(secret: &NewSecret) -> String {
    let NewSecret { name, into, grants } = secret;
    let into = if into.is_empty() { "nowhere known".to_owned() } else { joined(into, ", ") };
    let grants = if grants.is_empty() { "nothing".to_owned() } else { joined(grants, ", ") };
    format!("{name} into {into}, granting {grants}")
}

/// Instances by name, each with whether it is assumed.
pub(super) fn joined(places: &[TaskPlace], sign: &str) -> String {
    places.iter().map(TaskPlace::words).collect::<Vec<_>>().join(sign)
}

/// The accesses that go, and how many more.
pub(super) fn lost_words(task: &FixTask) -> Vec<String> {
    let mut words = task.accesses_lost.clone();
    let more = (task.accesses_lost_total as usize).saturating_sub(words.len());
    if more > 0 {
        words.push(format!("and {more} more"));
    }
    words
}
