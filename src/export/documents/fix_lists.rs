//! Lists of fixes compared, and as tasks: as documents.

use super::basis::basis;
use crate::analysis::missing;
use crate::analysis::missing_ends_advice;
use crate::export::document::{Document, Item, Line};
use crate::export::fix_lists::{
    AnsweredFixLists, AnsweredTasks, exposure_words, joined, lost_words, secret_words,
};
use crate::inventory::counted;
use crate::project::{ComparedFixes, FixTask};

/// How many instances that stand alone are named.
const MOST: usize = 20;

/// Lists of fixes side by side, a row each.
pub fn fix_lists_document(answered: &AnsweredFixLists<'_>) -> Document {
    let AnsweredFixLists { answers, lists } = *answered;
    let graph = &answers.graph;
    let mut document = Document::default();
    basis(graph, &mut document);
    if answers.exposure.pairs == 0 {
        document.sentence(missing_ends_advice(&missing(&answers.ends)));
    }
    document.heading(format!(
        "Fixes, exposure, connected pairs (of {}), with stated access alone, findings, cost, accesses \
         lost, alone",
        answers.exposure.pairs
    ));
    let row = |list: &ComparedFixes| {
        let cost = match list.never.len() {
            0 => format!("{}", list.cost),
            _ => "never".to_owned(),
        };
        vec![
            Line::from(list.name.as_str()),
            Line::default().figure(list.fixes as u64, "fixes"),
            Line::from(exposure_words(answers, list)),
            Line::default().figure(list.connected_pairs, "connected pairs"),
            Line::default().figure(list.connected_pairs_stated, "connected pairs"),
            Line::default().figure(list.findings, "findings"),
            Line::from(cost),
            Line::default().figure(list.accesses_lost, "accesses lost"),
            Line::default().figure(list.alone.len() as u64, "service instances alone"),
        ]
    };
    let figures = [false, true, true, true, true, true, true, true, true];
    document.table(&figures, lists.iter().map(row));
    for list in lists {
        let mut items: Vec<Item> = Vec::new();
        items.extend(list.not_made.iter().map(|why| Item::from(format!("not made: {why}"))));
        let never = list.never.iter().map(|&at| graph.credential_name(at));
        items.extend(never.map(|id| Item::from(format!("may never be removed: {id}"))));
        let alone = list.alone.iter().take(MOST).map(|&at| graph.instance_name(at));
        items.extend(alone.map(|name| Item::from(format!("stands alone then: {name}"))));
        items.extend(crate::export::document::more(list.alone.len(), list.alone.len().min(MOST)));
        if !items.is_empty() {
            document.heading(list.name.as_str());
            document.list(items);
        }
    }
    document
}

/// The tasks of a list of fixes, by owner.
pub fn tasks_document(answered: &AnsweredTasks<'_>) -> Document {
    let mut document = Document::default();
    document.sentence(format!(
        "{} for {}",
        counted(answered.tasks.len(), "task", "tasks"),
        answered.name
    ));
    basis(&answered.answers.graph, &mut document);
    let not_made = answered.not_made.iter();
    document.list(not_made.map(|why| Item::from(format!("no task: {why}"))));
    let mut owner: Option<&str> = None;
    let mut items: Vec<Item> = Vec::new();
    for task in answered.tasks {
        if owner != Some(task.owner.as_str()) {
            document.list(std::mem::take(&mut items));
            document.heading(task.owner.as_str());
            owner = Some(&task.owner);
        }
        items.push(task_item(task));
    }
    document.list(items);
    document
}

fn task_item(task: &FixTask) -> Item {
    let mut below: Vec<Item> = Vec::new();
    let secrets = task.new_secrets.iter().map(secret_words);
    below.extend(secrets.map(|words| Item::from(format!("new secret: {words}"))));
    if !task.held_by.is_empty() {
        below.push(Item::from(format!("held by: {}", joined(&task.held_by, ", "))));
    }
    let lost = lost_words(task);
    if !lost.is_empty() {
        let lost = lost.into_iter().map(Item::from).collect();
        below.push(Item::with("accesses that go", lost));
    }
    below.push(Item::from(format!("to undo it: {}", task.undo)));
    below.push(Item::from(format!("done when: {}", task.proof)));
    let mark = if task.assumed { "  (on assumption only)" } else { "" };
    Item::with(format!("{}. {}{mark}", task.number, task.what), below)
}
