//! The table of findings.

use crate::analysis::Finding;
use crate::app::columns::column::{Cell, Column, Kind, Tone, plain, rows};
use crate::app::columns::subjects::{has_owner, places, reach_cell, subject_owners};
use crate::app::work::answers::Answers;
use crate::app::work::sort::Sort;
use crate::inventory::shown;
use crate::project::{FindingRecord, FindingRegister, FindingState, Standings};

pub(crate) const FINDINGS: [Column; 12] = [
    rows("Severity", Kind::Words, Sort::Severity),
    rows("Finding", Kind::Words, Sort::Kind),
    rows("About", Kind::Words, Sort::Name),
    rows("Where", Kind::Words, Sort::Environment),
    rows("Owner", Kind::Words, Sort::Owner),
    rows("Reach", Kind::Figures, Sort::Reach),
    rows("Rests on", Kind::Words, Sort::Assumed),
    rows("State", Kind::Words, Sort::State),
    rows("First seen", Kind::Words, Sort::FirstSeen),
    rows("Assignee", Kind::Words, Sort::Assignee),
    rows("Due", Kind::Words, Sort::Due),
    plain("Group", Kind::Words),
];

/// The columns of environments and of owners.
const WHERE: usize = 3;
const OWNER: usize = 4;

/// The column of groups.
pub(crate) const GROUP: usize = 11;

/// Whether a column says anything that is not the same in every row: how findings stand only once
/// something was decided or imported again.
pub(crate) fn is_filled(register: &FindingRegister, column: usize) -> bool {
    let any = |says: fn(&FindingRecord) -> bool| register.records.values().any(says);
    match column {
        7 => !register.records.is_empty(),
        8 => register.imports.len() > 1,
        9 => any(|record| record.assignee.is_some()),
        10 => any(|record| record.due.is_some()),
        GROUP => false,
        _ => true,
    }
}

/// Whether a finding has something in a column that is often empty.
pub(crate) fn finding_fills(answers: &Answers, finding: &Finding, column: usize) -> bool {
    column != OWNER || has_owner(answers, finding.subject)
}

pub(crate) fn finding_cell(
    answers: &Answers,
    standings: Option<&Standings>,
    finding: &Finding,
    column: usize,
) -> Cell {
    match column {
        0 => Cell::severity(Some(finding.severity)),
        1 => {
            let rule = finding.rule;
            Cell::new(format!("{} {}", rule.id(), rule.title()), Tone::Text)
        }
        2 => Cell::subject(answers.name(finding.subject), finding.subject),
        WHERE => Cell::second(places(answers, finding.subject)),
        OWNER => Cell::second(subject_owners(answers, finding.subject)),
        5 => reach_cell(answers, finding.subject),
        6 => Cell::second(if finding.assumed { "assumption" } else { "stated access" }),
        _ => work_cell(standings, finding, column),
    }
}

/// What is known of a finding as work.
fn work_cell(standings: Option<&Standings>, finding: &Finding, column: usize) -> Cell {
    let Some(standing) = standings.map(|own| own.standing(finding)) else {
        return Cell::second("");
    };
    let day = |day: Option<crate::inventory::Date>| {
        Cell::second(day.map_or_else(String::new, |day| day.to_string()))
    };
    match column {
        7 => {
            let tone = if standing.state == FindingState::Open { Tone::Second } else { Tone::Text };
            let until = standing.record.and_then(|record| match standing.state {
                FindingState::RiskAccepted => record.decision.until(),
                _ => None,
            });
            let until = until.map_or_else(String::new, |until| format!(" until {until}"));
            Cell::new(format!("{}{until}", standing.state.word()), tone)
        }
        8 => day(standing.first_seen),
        9 => {
            let who = standing.record.and_then(|record| record.assignee.as_deref());
            Cell::second(shown(who.unwrap_or_default()))
        }
        _ => day(standing.record.and_then(|record| record.due)),
    }
}
