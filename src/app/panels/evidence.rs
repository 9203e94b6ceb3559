//! In the inspector: the findings on what is selected with their reasons, and the rows behind it.

use egui::{RichText, Ui};

use crate::analysis::{Finding, Reason, Subject};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::capitalised;
use crate::app::widgets::parts::{chip_ui, heading_ui, more_ui, note_ui, severity_ink};
use crate::app::work::answers::Answers;
use crate::inventory::{Place, shown};

/// This many findings are listed; the table has them all.
const MOST: usize = 40;

/// This many places are listed.
const MOST_PLACES: usize = 20;

/// The findings, each with its reasons, its advice and its place in the catalogues.
pub(crate) fn findings_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    subject: Subject,
) {
    let own: Vec<&Finding> =
        answers.findings.iter().filter(|finding| finding.subject == subject).collect();
    heading_ui(ui, context.theme, &format!("Findings {}", own.len()));
    for finding in own.iter().take(MOST) {
        ui.horizontal_wrapped(|ui| {
            let colour = severity_ink(context.theme, Some(finding.severity));
            chip_ui(ui, context.theme, finding.severity.word(), colour);
            let title = format!("{} {}", finding.rule.id(), finding.rule.title());
            ui.label(RichText::new(title).size(size::NOTE));
        });
        for why in &finding.why {
            reason_ui(ui, context, why);
        }
        note_ui(ui, context.theme, &capitalised(&finding.advice));
        note_ui(ui, context.theme, &catalogues(finding));
        ui.add_space(4.0);
    }
    more_ui(ui, context, own.len(), MOST);
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
fn catalogues(finding: &Finding) -> String {
    let owasp = format!("OWASP {}", finding.rule.owasp());
    match finding.technique {
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
    heading_ui(ui, context.theme, &format!("Evidence {} {of}", rows.len()));
    let places: Vec<Place> =
        rows.iter().take(MOST_PLACES).filter_map(|&row| graph.place_of(row)).collect();
    for place in places {
        let place = shown(&graph.inventory().place_text(place)).into_owned();
        ui.add(
            egui::Label::new(
                RichText::new(place).monospace().size(size::NOTE).color(ink(context.theme.second)),
            )
            .truncate(),
        );
    }
    more_ui(ui, context, rows.len(), MOST_PLACES);
}
