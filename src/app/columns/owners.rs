//! The table of owners.

use crate::analysis::{LiveAndDead, OwnerFigures, Severity, owner_label};
use crate::app::columns::column::{Cell, Column, Kind, Tone, answers as by};
use crate::app::model::answer_sort::AnswerSort;
use crate::app::work::answers::Answers;
use crate::inventory::{counted, grouped, shown};

pub(crate) const OWNERS: [Column; 9] = [
    by("Owner", Kind::Words, AnswerSort::AsFound),
    by("Credentials", Kind::Figures, AnswerSort::Credentials),
    by("Services", Kind::Figures, AnswerSort::Instances),
    by("Shared", Kind::Figures, AnswerSort::Shared),
    by("Crossing", Kind::Figures, AnswerSort::Crossing),
    by("No expiry", Kind::Figures, AnswerSort::NoExpiry),
    by("Findings", Kind::Words, AnswerSort::Findings),
    by("Reach", Kind::Figures, AnswerSort::Reach),
    by("Stands alone", Kind::Words, AnswerSort::Alone),
];

pub(crate) fn owner_cell(answers: &Answers, own: &OwnerFigures, column: usize) -> Cell {
    let split = |of: LiveAndDead| Cell::second(live_and_dead(of));
    match column {
        0 => {
            let tone = if own.owner.is_some() { Tone::Text } else { Tone::Muted };
            Cell::new(shown(owner_label(&answers.graph, own.owner)), tone)
        }
        1 => split(own.credentials),
        2 => Cell::figure(own.service_instances as u64),
        3 => split(own.shared),
        4 => split(own.crossing),
        5 => Cell::figure(own.no_expiry as u64),
        6 => Cell::second(findings(own)),
        7 => Cell::stated(own.reach, own.reach_stated).in_tone(Tone::Text),
        _ => Cell::second(alone(own)),
    }
}

/// "3 live, 1 dead"; the dead are named only where there are any.
pub(crate) fn live_and_dead(LiveAndDead { live, dead }: LiveAndDead) -> String {
    let [live, dead_words] = [live, dead].map(|count| grouped(count as u64));
    if dead == 0 { format!("{live} live") } else { format!("{live} live, {dead_words} dead") }
}

/// The findings by severity, the worst first.
pub(crate) fn findings(own: &OwnerFigures) -> String {
    let counts = Severity::ALL.into_iter().zip(own.findings).filter(|(_, count)| *count > 0);
    let words: Vec<String> = counts
        .map(|(severity, count)| format!("{} {}", grouped(count as u64), severity.word()))
        .collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

/// What would stand without anybody; of what nobody owns nothing more would.
fn alone(own: &OwnerFigures) -> String {
    if own.owner.is_none() {
        return String::new();
    }
    let services = counted(own.service_instances_alone, "service", "services");
    format!("{}, {services}", live_and_dead(own.credentials_alone))
}
