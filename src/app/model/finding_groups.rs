//! The findings of the table in groups: what stands together, and how many each group has.

use crate::analysis::{Finding, Subject};
use crate::app::work::answers::Answers;
use crate::inventory::shown;
use crate::project::{FindingState, Standings};

/// By what findings are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FindingGroup {
    State,
    Owner,
    Rule,
    Assignee,
}

impl FindingGroup {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::State, Self::Owner, Self::Rule, Self::Assignee];

    /// The word in the menu and above the column of groups.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::State => "By state",
            Self::Owner => "By owner",
            Self::Rule => "By rule",
            Self::Assignee => "By assignee",
        }
    }
}

/// Some rows of the table that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FindingRows {
    /// The first row.
    pub(crate) first: usize,
    pub(crate) count: usize,
    /// What they have in common, as it was written.
    pub(crate) label: String,
}

/// Which group a finding is in: where that stands among the others, and what it is called.
type Key = (usize, String);

/// Puts findings that are in one group behind each other, each group in the order that they have, and
/// says where each begins.
pub(crate) fn in_groups(
    findings: &mut [u32],
    (answers, standings): (&Answers, Option<&Standings>),
    by: FindingGroup,
) -> Vec<FindingRows> {
    let key = |at: &u32| {
        let finding = answers.findings.get(*at as usize);
        finding.map_or_else(Key::default, |own| key_of((answers, standings), own, by))
    };
    findings.sort_by_cached_key(key);
    let mut groups: Vec<(Key, FindingRows)> = Vec::new();
    for (row, at) in findings.iter().enumerate() {
        let own = key(at);
        match groups.last_mut() {
            Some((last, rows)) if *last == own => rows.count += 1,
            _ => {
                let label = own.1.clone();
                groups.push((own, FindingRows { first: row, count: 1, label }));
            }
        }
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}

fn key_of(
    (answers, standings): (&Answers, Option<&Standings>),
    finding: &Finding,
    by: FindingGroup,
) -> Key {
    let standing = standings.map(|own| own.standing(finding));
    match by {
        FindingGroup::State => {
            let state = standing.map_or(FindingState::Open, |own| own.state);
            (state as usize, state.word().to_owned())
        }
        FindingGroup::Rule => {
            let rule = finding.rule;
            (rule as usize, format!("{} {}", rule.id(), rule.title()))
        }
        FindingGroup::Owner => {
            let graph = &answers.graph;
            let owners = match finding.subject {
                Subject::Credential(at) => graph.owners_of(at),
                Subject::Instance(at) => graph.owners_of_instance(at),
            };
            let names: Vec<&str> = owners.iter().map(|at| graph.owner_name(*at)).collect();
            match names.as_slice() {
                [] => (1, "no owner".to_owned()),
                names => (0, names.join(", ")),
            }
        }
        FindingGroup::Assignee => {
            let who = standing.and_then(|own| own.record).and_then(|own| own.assignee.clone());
            who.map_or_else(|| (1, "nobody".to_owned()), |who| (0, who))
        }
    }
}

/// What the column of groups says in a row: the group and its count in its first row, else nothing; and
/// the group alone, which is copied.
pub(crate) fn group_words(groups: &[FindingRows], row: usize) -> Option<(String, &str)> {
    let at = groups.partition_point(|group| group.first <= row).checked_sub(1)?;
    let FindingRows { first, count, label } = groups.get(at)?;
    let text = if *first == row { format!("{} · {count}", shown(label)) } else { String::new() };
    Some((text, label))
}
