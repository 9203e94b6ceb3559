//! Owners: what each answers for, in figures; a click lights and lists all that is theirs.

use egui::Ui;

use crate::analysis::{LiveAndDead, OwnerFigures, Severity, owner_label};
use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::ink;
use crate::app::widgets::cells::cell;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::widgets::sheet::{REST, Sheet, sheet_ui};
use crate::app::work::answers::Answers;
use crate::inventory::{counted, shown};

/// The tab.
pub(crate) fn owners_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let figures = &answers.owners.figures;
    if figures.is_empty() {
        note_ui(ui, context.theme, "There is nothing that anybody could own");
        return;
    }
    let sheet = Sheet {
        id: "owners",
        columns: &[
            ("Owner", REST),
            ("Credentials", 110.0),
            ("Services", 64.0),
            ("Shared", 90.0),
            ("Crossing", 90.0),
            ("No expiry", 70.0),
            ("Findings", 200.0),
            ("Reach", 110.0),
            ("Stands alone", 150.0),
        ],
        sorts: &[
            AnswerSort::AsFound,
            AnswerSort::Credentials,
            AnswerSort::Instances,
            AnswerSort::Shared,
            AnswerSort::Crossing,
            AnswerSort::NoExpiry,
            AnswerSort::Findings,
            AnswerSort::Reach,
            AnswerSort::Alone,
        ],
        rows: figures.len(),
        selected: context.model.row_of_owner(),
        pick: |row| Command::Table(TableCommand::Pick(row)),
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet, |row, context, index| {
        let Some(own) = context.model.owner_at(index) else { return };
        let (text, second) = (ink(context.theme.text), ink(context.theme.second));
        let name_ink = if own.owner.is_some() { text } else { ink(context.theme.muted) };
        cell(row, &shown(owner_label(&answers.graph, own.owner)), name_ink);
        cell(row, &live_and_dead(own.credentials), second);
        cell(row, &own.service_instances.to_string(), second);
        cell(row, &live_and_dead(own.shared), second);
        cell(row, &live_and_dead(own.crossing), second);
        cell(row, &own.no_expiry.to_string(), second);
        cell(row, &findings(own), second);
        cell(row, &reach(own), text);
        cell(row, &alone(own), second);
    });
}

/// "3 live, 1 dead"; the dead are named only where there are any.
pub(crate) fn live_and_dead(LiveAndDead { live, dead }: LiveAndDead) -> String {
    if dead == 0 { format!("{live} live") } else { format!("{live} live, {dead} dead") }
}

/// The findings by severity, the worst first.
pub(crate) fn findings(own: &OwnerFigures) -> String {
    let counts = Severity::ALL.into_iter().zip(own.findings).filter(|(_, count)| *count > 0);
    let words: Vec<String> =
        counts.map(|(severity, count)| format!("{count} {}", severity.word())).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn reach(own: &OwnerFigures) -> String {
    let (all, stated) = (own.reach, own.reach_stated);
    if all == stated { all.to_string() } else { format!("{all}, {stated} stated") }
}

/// What would stand without anybody; of what nobody owns nothing more would.
fn alone(own: &OwnerFigures) -> String {
    if own.owner.is_none() {
        return String::new();
    }
    let services = counted(own.service_instances_alone, "service", "services");
    format!("{}, {services}", live_and_dead(own.credentials_alone))
}
