//! The report as a document.

use super::basis::basis;
use super::between::{already_fallen, choke_points, coverage, cuts, paths, plan};
use super::evidence::evidence;
use super::finding::reasons;
use super::finding_work::imports;
use super::first_steps::first_steps;
use super::jewels::jewels_reached;
use super::names::rows;
use super::owners::owners;
use super::rotation::add_rotation;
use crate::analysis::{Finding, Severity, Subject};
use crate::export::answered::Answered;
use crate::export::document::{Document, Item, Line};
use crate::export::report_parts::ReportPart;
use crate::export::rotation::AnsweredRotation;
use crate::graph::AccessGraph;
use crate::inventory::{JoinedBy, Problem, Source, SourceColumn, counted, live_and_dead};

/// How many findings of each severity, and how many ranked credentials, are listed.
const MOST: usize = 20;

/// The report: what is wrong and what to do first, then plan and minimum cut, findings, rankings and owners,
/// and at the end what the inventory does not say and how it was read.
pub fn report_document(answered: &Answered<'_>) -> Document {
    report_document_of(answered, &ReportPart::ALL, None)
}

/// The same with some parts alone, and with the order of rotation of what has fallen. What the answers rest on
/// is always there.
pub fn report_document_of(
    answered: &Answered<'_>,
    parts: &[ReportPart],
    order: Option<&AnsweredRotation<'_>>,
) -> Document {
    let is_wanted = |part: ReportPart| parts.contains(&part);
    let mut document = Document::default();
    first_page(answered, parts, &mut document);
    let sections: [(ReportPart, AddSection); 9] = [
        (ReportPart::Summary, already_fallen),
        (ReportPart::Plan, plan),
        (ReportPart::MinimumCut, cuts),
        (ReportPart::Paths, paths),
        (ReportPart::Findings, findings),
        (ReportPart::ChokePoints, choke_points),
        (ReportPart::Credentials, ranking),
        (ReportPart::Services, |answered, document| {
            jewels_reached(answered.answers, MOST, document);
        }),
        (ReportPart::Owners, |answered, document| owners(answered.answers, MOST, document)),
    ];
    for (_, add) in sections.into_iter().filter(|(part, _)| is_wanted(*part)) {
        add(answered, &mut document);
    }
    if let Some(order) = order {
        document.heading("Order of rotation of what has fallen");
        add_rotation(order, &mut document);
    }
    if is_wanted(ReportPart::Coverage) {
        coverage(answered, &mut document);
    }
    if is_wanted(ReportPart::Import) {
        document.heading("Import: what was read");
        sources(answered.graph(), &mut document);
        problems(answered, &mut document);
    }
    document
}

/// Adds a part of the report.
type AddSection = fn(&Answered<'_>, &mut Document);

/// What stands alone: the headline, the exposure, what to do first, and what all of it rests on; of a report
/// in part, which parts it has.
fn first_page(answered: &Answered<'_>, parts: &[ReportPart], document: &mut Document) {
    let has_summary = parts.contains(&ReportPart::Summary);
    if has_summary {
        document.sentence(answered.headline());
        document.sentence("");
        first_steps(answered, document);
    } else {
        let mut parts = parts.to_vec();
        parts.sort_unstable();
        parts.dedup();
        let words: Vec<String> = parts.iter().map(|part| part.word().replace('_', " ")).collect();
        document.sentence(format!("Report: {}", words.join(", ")));
    }
    basis(answered.graph(), document);
    disputes(answered, document);
    if has_summary {
        totals(answered, document);
    }
}

/// What somebody disputes of what is assumed.
fn disputes(answered: &Answered<'_>, document: &mut Document) {
    let Some(workshop) = answered.workshop else { return };
    let said = workshop.disputes().map(|(entry, own)| {
        format!("{}: {} ({})", own.assumption.words(), own.by_words(), entry.on)
    });
    let said: Vec<Item> = said.map(Item::from).collect();
    if !said.is_empty() {
        document.sentence("Disputed of what is assumed:");
        document.list(said);
    }
}

/// What became of the rows of each file, and how it was read.
fn sources(graph: &AccessGraph, document: &mut Document) {
    for source in &graph.inventory().sources {
        let ledger = &source.ledger;
        document.sentence(format!(
            "{}: {}: {} accepted, {} merged, {} skipped, {} rejected",
            source.name,
            counted(ledger.read() as usize, "row", "rows"),
            ledger.accepted,
            ledger.merged,
            ledger.skipped,
            ledger.rejected
        ));
        document.list(reading(source));
    }
}

fn totals(answered: &Answered<'_>, document: &mut Document) {
    let totals = answered.answers.totals;
    document.sentence(format!(
        "{}{} (shared: {}; across environments: {}), {}, {}",
        counted(totals.credentials, "credential", "credentials"),
        match totals.dead_credentials {
            0 => String::new(),
            dead => format!(": {}", live_and_dead(totals.credentials, dead)),
        },
        live_and_dead(totals.shared_credentials, totals.shared_dead),
        live_and_dead(totals.cross_environment_credentials, totals.cross_environment_dead),
        counted(totals.service_instances, "service instance", "service instances"),
        counted(totals.environments, "environment", "environments")
    ));
    joins(answered.graph(), document);
}

/// What joined the rows of credentials.
fn joins(graph: &AccessGraph, document: &mut Document) {
    let all = [JoinedBy::Fingerprint, JoinedBy::Id, JoinedBy::IdAcrossSources];
    let count = |join: &JoinedBy| {
        let credentials = graph.credentials().iter();
        let count = credentials.filter(|one| one.joined_by == Some(*join)).count();
        (count > 0).then(|| format!("{count} by {}", join.words()))
    };
    let counts: Vec<String> = all.iter().filter_map(count).collect();
    if !counts.is_empty() {
        document.sentence(format!("Credentials of several rows are joined: {}", counts.join(", ")));
    }
}

/// How a source was read: the notes, the columns that were not, and what else was not.
fn reading(source: &Source) -> Vec<Item> {
    let mut items: Vec<Item> = source.notes.iter().map(|note| Item::from(note.as_str())).collect();
    let column = |column: &SourceColumn| {
        let filled = counted(column.filled as usize, "cell", "cells");
        format!("column “{}” ({filled}): {}", column.name, column.reason)
    };
    let columns = source.columns.iter().filter(|column| column.meaning.is_none());
    items.extend(columns.map(|one| Item::from(column(one))));
    let parts = source.not_read.iter().map(|part| format!("not read: {}", part.words()));
    items.extend(parts.map(Item::from));
    items
}

fn findings(answered: &Answered<'_>, document: &mut Document) {
    if let Some(work) = &answered.work {
        imports(work, answered.answers, MOST, document);
    }
    let most = if answered.full { usize::MAX } else { MOST };
    let mut is_cut = false;
    for severity in Severity::ALL {
        let of_this = || answered.answers.findings.iter().filter(move |f| f.severity == severity);
        let whole = of_this().count();
        if whole == 0 {
            continue;
        }
        document.heading(
            Line::default().figure(whole as u64, "findings").text(format!(" {}", severity.word())),
        );
        document.first_of(whole, of_this().take(most).map(|one| finding(answered, one)));
        is_cut |= whole > most;
    }
    if is_cut {
        document.sentence(
            "All findings: `keyreach report --full`, or `keyreach export --what findings`",
        );
    }
}

fn finding(answered: &Answered<'_>, finding: &Finding) -> Item {
    let answers = answered.answers;
    let (graph, said) = (&answers.graph, answers.details(finding));
    let mut below = reasons(answers, answered.work.as_ref(), (finding, &said));
    below.extend(evidence(graph, finding.subject, &said.evidence));
    let name = finding.subject.name(graph);
    Item::with(format!("{} {}: {name}", finding.rule.id(), finding.rule.title()), below)
}

fn ranking(answered: &Answered<'_>, document: &mut Document) {
    let graph = answered.graph();
    document.heading("Farthest reaching credentials");
    let whole = graph.instances().len();
    let row = |at: crate::graph::CredentialIndex| {
        let figure = Line::default().figure(
            u64::from(answered.answers.reach_of(Subject::Credential(at))),
            "service instances",
        );
        let stated = answered.answers.fewer_stated_of(Subject::Credential(at));
        let stated = stated.map(|stated| format!(", {stated} with stated access alone"));
        let reach = figure.text(format!(" of {whole}{}", stated.unwrap_or_default()));
        vec![reach, Line::from(graph.credential_name(at))]
    };
    let ranked = answered.answers.farthest_reaching();
    document.table(&[true, false], ranked.into_iter().take(MOST).map(row));
}

/// What could not be imported as it is: rejected rows first, because they are missing from the rest.
fn problems(answered: &Answered<'_>, document: &mut Document) {
    let problems = answered.graph().all_problems();
    if problems.is_empty() {
        return;
    }
    let of_rows = || problems.iter().filter(|problem| problem.row_rejected);
    let of_cells = problems.iter().filter(|problem| !problem.row_rejected);
    let all = counted(problems.len(), "problem", "problems");
    document.heading(format!("{all} ({} rejected a row)", of_rows().count()));
    let item = |problem: &Problem| {
        let column = if problem.column.is_empty() { "" } else { ", column " };
        let line = Line::default().rows(rows(answered.graph(), [problem.place]));
        Item::from(line.text(format!("{column}{}: {}", problem.column, problem.message)))
    };
    document.first_of(problems.len(), of_rows().chain(of_cells).take(MOST).map(|one| item(one)));
}
