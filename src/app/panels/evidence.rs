//! In the inspector: the findings on what is selected with their reasons, and the rows behind it.

use egui::{RichText, Ui};

use crate::analysis::{Finding, Reason, Subject, Technique};
use crate::app::commands::copied_text::finding_text;
use crate::app::model::command::Command;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::fold::{self, Fold, fold_ui};
use crate::app::widgets::note_field::note_field_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    capitalised, heading_ui, more_ui, note_button_ui, note_ui, severity_ink,
};
use crate::app::work::answers::Answers;
use crate::export::{row_line, row_text};
use crate::inventory::{grouped, shown};
use crate::project::{FindingName, NoteOn};
use crate::scene::Face;

/// This many findings are listed; the table has them all.
const MOST: usize = 40;

/// How many rows are listed at first, and how many more with each click.
const MOST_PLACES: usize = 20;
const MORE_PLACES: usize = 100;

/// The findings, each with its reasons, its advice and its place in the catalogues.
pub(crate) fn findings_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    subject: Subject,
) {
    let own = answers.findings_of(subject);
    heading_ui(ui, context.theme, &format!("Findings {}", grouped(own.len() as u64)));
    for finding in own.iter().take(MOST) {
        let mut title = egui::text::LayoutJob::default();
        let colour = severity_ink(context.theme, Some(finding.severity));
        title.append(finding.severity.word(), 0.0, fold::format(Face::Strong, colour));
        let words = format!("{} {}", finding.rule.id(), finding.rule.title());
        title.append(&words, 8.0, fold::format(Face::Regular, ink(context.theme.text)));
        let id = ("finding", finding.rule.id(), subject);
        let fold = Fold { title, is_open_first: false };
        fold_ui(ui, context.theme, id, fold, |ui| {
            let said = answers.details(finding);
            for why in &said.why {
                reason_ui(ui, context, why);
            }
            note_ui(ui, context.theme, &capitalised(&said.advice));
            note_ui(ui, context.theme, &catalogues(finding, said.technique));
            standing_ui(ui, context, finding);
            let name = FindingName::of(&answers.graph, finding);
            note_field_ui(ui, context, NoteOn::Finding(name));
            let copy = ui.link(RichText::new("Copy as Markdown").size(size::NOTE));
            if copy.clicked() {
                context.push(Command::Copy(finding_text(context.model, answers, finding)));
            }
        });
    }
    more_ui(ui, context, own.len(), MOST);
}

/// How a finding stands, where anything was decided or imported again.
fn standing_ui(ui: &mut Ui, context: &PanelContext<'_>, finding: &Finding) {
    let Some(own) = &context.model.standings else { return };
    let standing = own.standings.standing(finding);
    let Some(record) = standing.record else { return };
    let says = standing.says().unwrap_or_default();
    let state = standing.state.word();
    let mut words = match says.strip_prefix(state) {
        Some(_) => says,
        None if says.is_empty() => state.to_owned(),
        None => format!("{state}: {says}"),
    };
    let who = record.assignee.iter().map(|who| format!("; assigned to {who}"));
    let due = record.due.iter().map(|due| format!("; due {due}"));
    words.extend(who.chain(due));
    note_ui(ui, context.theme, &capitalised(&shown(&words)));
}

/// A reason with what it adds to the severity.
fn reason_ui(ui: &mut Ui, context: &PanelContext<'_>, reason: &Reason) {
    let weight = match reason.weight {
        0 => "·".to_owned(),
        weight => format!("{weight:+}"),
    };
    ui.horizontal_top(|ui| {
        let text = RichText::new(weight).size(size::NOTE).color(ink(context.theme.second));
        let hint = "What it adds to the severity: 0 low, 1 medium, 2 high, 3 critical";
        ui.add_sized([18.0, 16.0], egui::Label::new(text)).on_hover_text(hint);
        note_ui(ui, context.theme, &shown(&reason.words));
    });
}

/// Where a finding stands in the catalogues: OWASP, and ATT&CK where a technique fits.
fn catalogues(finding: &Finding, technique: Option<Technique>) -> String {
    let owasp = format!("OWASP {}", finding.rule.owasp());
    match technique {
        Some(technique) => format!("{owasp} · ATT&CK {} {}", technique.id(), technique.name()),
        None => owasp,
    }
}

/// The rows that speak of it.
pub(crate) fn evidence_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    subject: Subject,
) {
    let graph = &answers.graph;
    let rows = match subject {
        Subject::Credential(at) => graph.rows_of(at),
        Subject::Instance(at) => graph.rows_of_instance(at),
    };
    let of = if rows.len() == 1 { "row" } else { "rows" };
    let title = format!("Evidence {} {of}", grouped(rows.len() as u64));
    heading_ui(ui, context.theme, &title);
    let id = ui.make_persistent_id(("rows in sight", subject));
    let most = ui.data(|data| data.get_temp(id)).unwrap_or(MOST_PLACES);
    for &row in rows.iter().take(most) {
        let Some(place) = graph.place_of(row) else { continue };
        let place = shown(&graph.inventory().place_text(place)).into_owned();
        let fold = Fold::new(context.theme, &place);
        fold_ui(ui, context.theme, ("row", row), fold, |ui| {
            row_ui(ui, context, &place, &row_text(graph, row));
        });
    }
    let left = rows.len().saturating_sub(most);
    if left > 0 {
        let next = left.min(MORE_PLACES);
        let text = format!("Show {} more of {}", grouped(next as u64), grouped(rows.len() as u64));
        if note_button_ui(ui, text.as_str()).clicked() {
            ui.data_mut(|data| data.insert_temp(id, most + next));
        }
    }
}

/// What a row says, column by column; a secret value is not among it.
fn row_ui(ui: &mut Ui, context: &mut PanelContext<'_>, place: &str, fields: &[(String, String)]) {
    let theme = context.theme;
    let mut job = egui::text::LayoutJob::default();
    for (at, (name, value)) in fields.iter().enumerate() {
        let before = if at == 0 { "" } else { "\n" };
        job.append(
            &format!("{before}{name}  "),
            0.0,
            fold::format(Face::Regular, ink(theme.muted)),
        );
        job.append(value, 0.0, mono(ink(theme.text)));
    }
    ui.add(egui::Label::new(job).wrap());
    let copy = ui.link(RichText::new("Copy this row").size(size::NOTE));
    if copy.clicked() {
        context.push(Command::Copy(format!("{place}: {}", row_line(fields))));
    }
}

fn mono(colour: egui::Color32) -> egui::TextFormat {
    egui::TextFormat::simple(egui::FontId::monospace(size::NOTE), colour)
}
