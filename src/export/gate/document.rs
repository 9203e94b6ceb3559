//! A verdict as a document.

use super::beside::{FindingState, PastFinding};
use super::verdict::Verdict;
use crate::analysis::{Finding, Severity};
use crate::export::document::{Document, Item, Line};
use crate::export::documents::basis::basis;
use crate::export::documents::names::rows;
use crate::inventory::counted;

/// How many findings of each sort are listed.
const MOST: usize = 20;

/// What follows from the words on what is missing.
pub(super) const PAIRS_UNSURE: &str = "What is missing now may explain that. A report does not list all pairs, so nobody \
     can say which it explains; with the older inventory or a project as the baseline it is known:";

/// What fails and why, then what became of the baseline's findings.
pub fn verdict_document(verdict: &Verdict<'_>) -> Document {
    let answers = verdict.answers;
    let mut document = Document::default();
    document.sentence(headline(verdict));
    document.sentence("");
    basis(&answers.graph, &mut document);
    baseline(verdict, &mut document);
    if verdict.pairs_fail() {
        let more = verdict.beside.more_pairs as usize;
        let pairs = counted(more, "pair", "pairs");
        document.sentence(format!("{pairs} more of entry point and crown jewel connected"));
        if !verdict.beside.pairs_unsure.is_empty() {
            document.sentence(PAIRS_UNSURE);
            let missing = verdict.beside.pairs_unsure.iter();
            document.list(missing.map(|words| Item::from(words.as_str())));
        }
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
            Some(item(verdict, *at, finding))
        };
        document.first_of(failing.len(), failing.iter().take(MOST).filter_map(item));
    }
    accepted(verdict, &mut document);
    let past_findings = &verdict.beside;
    past("no longer found", &past_findings.resolved, &mut document);
    let missing = "not observed: what would show them is missing";
    past(missing, &past_findings.not_observed, &mut document);
    let assumed = "not observed: what the baseline assumes would still show them";
    past(assumed, &past_findings.explained, &mut document);
    document
}

/// What the baseline assumes otherwise, and how many findings that or something else explains.
fn baseline(verdict: &Verdict<'_>, document: &mut Document) {
    if !verdict.baseline_differs.is_empty() {
        document.sentence("The baseline assumes otherwise:");
        document.list(verdict.baseline_differs.iter().map(|words| Item::from(words.as_str())));
    }
    let explained = verdict.explained();
    if explained > 0 {
        let findings = counted(explained, "finding is", "findings are");
        document.sentence(format!(
            "{findings} new or more severe, but not by a change of the inventory: something is missing \
             now, a credential was revoked, or the baseline assumes otherwise"
        ));
        let answers = verdict.answers;
        let name = |at: usize| {
            let finding = answers.findings.get(at)?;
            let (rule, name) = (finding.rule, finding.subject.name(&answers.graph));
            let severity = finding.severity.word();
            Some(Item::from(format!("{} {} ({severity}): {name}", rule.id(), rule.title())))
        };
        let listed = verdict.explained_findings().take(MOST).filter_map(name);
        document.first_of(explained, listed);
    }
}

/// The findings that do not fail because somebody takes their risk.
fn accepted(verdict: &Verdict<'_>, document: &mut Document) {
    let accepted = &verdict.decided.accepted;
    if accepted.is_empty() {
        return;
    }
    let count = accepted.len();
    document.heading(Line::default().figure(count as u64, "findings").text(" with accepted risk"));
    let answers = verdict.answers;
    let item = |&at: &usize| {
        let finding = answers.findings.get(at)?;
        let (rule, name) = (finding.rule, finding.subject.name(&answers.graph));
        let words = verdict.decided.accepted_words(at)?;
        Some(Item::with(
            format!("{} {} ({}): {name}", rule.id(), rule.title(), finding.severity.word()),
            vec![Item::from(words)],
        ))
    };
    document.first_of(count, accepted.keys().take(MOST).filter_map(item));
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

fn item(verdict: &Verdict<'_>, at: usize, finding: &Finding) -> Item {
    let answers = verdict.answers;
    let (graph, said) = (&answers.graph, answers.details(finding));
    let mut below: Vec<Item> =
        said.why.iter().map(|reason| Item::from(format!("because {}", reason.words))).collect();
    below.extend(verdict.decided.ended_words(at).map(Item::from));
    below.push(Item::from(format!("so {}", said.advice)));
    if let Some(&place) = said.evidence.first() {
        let first_of = match said.evidence.len() {
            1 => String::new(),
            total => format!(", the first of {total} rows"),
        };
        below.push(Item::from(Line::from("see ").rows(rows(graph, [place])).text(first_of)));
    }
    let rule = finding.rule;
    let severer = if verdict.state(at) == FindingState::MoreSevere {
        " (more severe than before)"
    } else {
        ""
    };
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
