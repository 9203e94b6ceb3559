//! What imports changed in the findings of a project.

use crate::analysis::Answers;
use crate::export::document::{Document, Item, Line};
use crate::export::finding_work::FindingWork;
use crate::inventory::counted;

/// Adds what the last import changed, and what each import gave; nothing where there was but one.
pub(super) fn imports(
    work: &FindingWork<'_>,
    answers: &Answers,
    most: usize,
    document: &mut Document,
) {
    let Some(since) = work.since_last_import() else { return };
    document.heading(format!("Since the import before ({} to {})", since.before, since.on));
    let items = since.lists().into_iter().filter(|(_, names)| !names.is_empty());
    let items: Vec<Item> = items
        .map(|(what, names)| {
            let mut below: Vec<Item> =
                names.iter().take(most).map(|name| Item::from(name.words())).collect();
            below.extend(crate::export::document::more(names.len(), below.len()));
            let line = format!("{}: {what}", counted(names.len(), "finding", "findings"));
            Item::with(line, below)
        })
        .collect();
    if items.is_empty() {
        document.sentence("No finding changed.");
    }
    document.list(items);
    if let Some(missing) = since.missing_words() {
        document.sentence(format!("Missing now, so that new findings cannot be judged: {missing}"));
    }
    document.heading("Imports: connected pairs, open findings, those with accepted risk");
    let row = |(on, figures): (crate::inventory::Date, crate::project::ImportFigures)| {
        vec![
            Line::from(on.to_string()),
            Line::default()
                .figure(figures.connected, "connected pairs")
                .text(format!(" of {}", figures.pairs)),
            Line::default().figure(figures.open_total(), "open findings"),
            Line::default().figure(figures.accepted, "findings with accepted risk"),
        ]
    };
    let figures = [false, true, true, true];
    document.table(&figures, work.imports(answers).into_iter().map(row));
}
