//! One finding as a document: for a ticket, or a mail to whoever has to act on it.

use super::basis::basis;
use crate::analysis::{Answers, Finding, FindingDetails, Reason};
use crate::export::document::{Document, Item};
use crate::export::finding_work::FindingWork;
use crate::inventory::counted;

/// A finding: how severe it is and why, what to do, how it stands as work, and its rows in words; `rows`
/// are the first of the `evidence` rows.
pub fn finding_document(
    answers: &Answers,
    work: Option<&FindingWork<'_>>,
    finding: &Finding,
    rows: impl IntoIterator<Item = String>,
) -> Document {
    let mut document = Document::default();
    let details = answers.details(finding);
    let (rule, name) = (finding.rule, finding.subject.name(&answers.graph));
    document.sentence(format!("{} {}: {name}", rule.id(), rule.title()));
    let access = if finding.assumed { "assumed" } else { "stated" };
    document.sentence(format!("Severity: {}, by {access} access", finding.severity.word()));
    document.list(reasons(answers, work, (finding, &details)));
    document.heading(format!("Evidence: {}", counted(details.evidence.len(), "row", "rows")));
    document.first_of(details.evidence.len(), rows.into_iter().map(Item::from));
    basis(&answers.graph, &mut document);
    document
}

/// How a finding stands as work, its reasons with what each adds to the severity, what to do, and its place
/// in the catalogues.
pub(super) fn reasons(
    answers: &Answers,
    work: Option<&FindingWork<'_>>,
    (finding, details): (&Finding, &FindingDetails),
) -> Vec<Item> {
    let reason = |Reason { words, weight }: &Reason| {
        let weight = if *weight == 0 { String::new() } else { format!(" ({weight:+})") };
        Item::from(format!("because {words}{weight}"))
    };
    let work = work.map_or_else(Vec::new, |work| work.words(answers, finding));
    let mut items: Vec<Item> = work.into_iter().map(Item::from).collect();
    items.extend(details.why.iter().map(reason));
    items.push(Item::from(format!("so {}", details.advice)));
    let attack = details.technique;
    let attack = attack.map(|attack| format!("; ATT&CK {} {}", attack.id(), attack.name()));
    let owasp = finding.rule.owasp();
    items.push(Item::from(format!("OWASP {owasp}:2025{}", attack.unwrap_or_default())));
    items
}
