//! A verdict as a document.

use super::verdict::{FindingState, PastFinding, Verdict};
use crate::analysis::{Answers, Finding, Severity};
use crate::export::document::{Document, Item, Line};
use crate::export::documents::basis::basis;
use crate::export::documents::names::rows;
use crate::inventory::counted;

/// How many findings of each sort are listed.
const MOST: usize = 20;

/// What fails and why, then what became of the baseline's findings.
pub fn verdict_document(verdict: &Verdict<'_>) -> Document {
    let answers = verdict.answers;
    let mut document = Document::default();
    document.sentence(headline(verdict));
    document.sentence("");
    basis(&answers.graph, &mut document);
    if verdict.pairs_fail() {
        let more = verdict.more_pairs as usize;
        let pairs = counted(more, "pair", "pairs");
        document.sentence(format!("{pairs} more of entry point and crown jewel connected"));
    }
    for severity in Severity::ALL {
        let of_this = |at: &&usize| {
            answers.findings.get(**at).is_some_and(|finding| finding.severity == severity)
        };
        let failing: Vec<usize> = verdict.failing.iter().filter(of_this).copied().collect();
        if failing.is_empty() {
            continue;
        }
        let count = failing.len() as u64;
        document.heading(
            Line::default().figure(count, "findings").text(format!(" {}", severity.word())),
        );
        let item = |at: &usize| {
            let finding = answers.findings.get(*at)?;
            Some(item(answers, finding, verdict.state(*at)))
        };
        document.first_of(failing.len(), failing.iter().take(MOST).filter_map(item));
    }
    past("no longer found", &verdict.resolved, &mut document);
    past("not observed: what would show them is missing", &verdict.not_observed, &mut document);
    document
}

/// How many findings fail, of how many, and what was to fail.
fn headline(verdict: &Verdict<'_>) -> String {
    let all = counted(verdict.answers.findings.len(), "finding", "findings");
    let what = match (verdict.fail_on, verdict.has_baseline) {
        (super::verdict::FailOn::Worse, _) => "worse than the baseline".to_owned(),
        (on, true) => format!("{} or worse and new", on.word()),
        (on, false) => format!("{} or worse", on.word()),
    };
    match verdict.failure() {
        None => format!("Passed: none of {all} is {what}"),
        Some(failure) => format!("Failed: {failure} {what}, of {all}"),
    }
}

fn item(answers: &Answers, finding: &Finding, state: FindingState) -> Item {
    let (graph, said) = (&answers.graph, answers.details(finding));
    let mut below: Vec<Item> =
        said.why.iter().map(|reason| Item::from(format!("because {}", reason.words))).collect();
    below.push(Item::from(format!("so {}", said.advice)));
    if let Some(&place) = said.evidence.first() {
        let first_of = match said.evidence.len() {
            1 => String::new(),
            total => format!(", the first of {total} rows"),
        };
        below.push(Item::from(Line::from("see ").rows(rows(graph, [place])).text(first_of)));
    }
    let rule = finding.rule;
    let severer = if state == FindingState::MoreSevere { " (more severe than before)" } else { "" };
    let name = finding.subject.name(graph);
    Item::with(format!("{} {}: {name}{severer}", rule.id(), rule.title()), below)
}

fn past(what: &str, findings: &[PastFinding], document: &mut Document) {
    if findings.is_empty() {
        return;
    }
    let count = findings.len() as u64;
    document.heading(Line::default().figure(count, "findings").text(format!(" {what}")));
    let item = |one: &PastFinding| {
        let PastFinding { rule, severity, name } = one;
        Item::from(format!("{} {} ({}): {name}", rule.id(), rule.title(), severity.word()))
    };
    document.first_of(findings.len(), findings.iter().take(MOST).map(item));
}
