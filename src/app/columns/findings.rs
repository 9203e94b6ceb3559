//! The table of findings.

use crate::analysis::Finding;
use crate::app::columns::column::{Cell, Column, Kind, Tone, rows};
use crate::app::columns::subjects::reach_cell;
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;

pub(crate) const FINDINGS: [Column; 5] = [
    rows("Severity", Kind::Words, Sort::Severity),
    rows("Finding", Kind::Words, Sort::Kind),
    rows("About", Kind::Words, Sort::Name),
    rows("Reach", Kind::Figures, Sort::Reach),
    rows("Rests on", Kind::Words, Sort::Assumed),
];

pub(crate) fn finding_cell(answers: &Answers, finding: &Finding, column: usize) -> Cell {
    match column {
        0 => Cell::severity(Some(finding.severity)),
        1 => {
            let rule = finding.rule;
            Cell::new(format!("{} {}", rule.id(), rule.title()), Tone::Text)
        }
        2 => Cell::subject(answers.name(finding.subject), finding.subject),
        3 => reach_cell(answers, finding.subject),
        _ => Cell::second(if finding.assumed { "assumed access" } else { "stated access" }),
    }
}
