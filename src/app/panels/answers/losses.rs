//! What fixes break and what they end, by name.

use egui::{RichText, Ui};

use crate::analysis::{LostAccess, Rule, Subject, WhatIf};
use crate::app::paint::style::{ink, size};
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::inventory::{counted, grouped};

/// The accesses that would be lost.
pub(crate) fn lost_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    found: &WhatIf,
) {
    if found.lost == 0 {
        heading_ui(ui, context.theme, "No access is lost");
        return;
    }
    let count = counted(found.lost as usize, "access lost", "accesses lost");
    let assumed = match found.lost_assumed {
        0 => String::new(),
        assumed => format!(", {} of them assumed", grouped(assumed)),
    };
    heading_ui(ui, context.theme, &format!("{count}{assumed}: who loses its access to what"));
    ui.spacing_mut().item_spacing.y = 1.0;
    for lost in &found.lost_named {
        one_ui(ui, context, answers, lost);
    }
    let unnamed = found.lost as usize - found.lost_named.len();
    if unnamed > 0 {
        note_ui(ui, context.theme, &format!("and {unnamed} more that are not named"));
    }
}

/// One access in one line, and under the pointer as a sentence.
fn one_ui(ui: &mut Ui, context: &PanelContext<'_>, answers: &Answers, lost: &LostAccess) {
    let name = |at| answers.name(Subject::Instance(at));
    let (holder, target) = (name(lost.holder), name(lost.target));
    let (short, long) = if lost.assumed { (" (assumed)", " (on assumption)") } else { ("", "") };
    let text = RichText::new(format!("{holder} → {target}{short}")).size(size::NOTE);
    let label = egui::Label::new(text.color(ink(context.theme.second))).truncate();
    ui.add(label).on_hover_text(format!("{holder} loses its access to {target}{long}"));
}

/// The findings that go, and those that come instead.
pub(crate) fn findings_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    found: &WhatIf,
) {
    let lists = [
        (&found.findings_gone, "finding goes", "findings go"),
        (&found.findings_new, "finding is new", "findings are new"),
    ];
    for ((count, named), one, several) in lists {
        if *count == 0 {
            continue;
        }
        let fold = Fold::new(context.theme, &counted(*count as usize, one, several));
        fold_ui(ui, context.theme, one, fold, |ui| {
            list_ui(ui, context, answers, named);
            if *count as usize > named.len() {
                note_ui(ui, context.theme, &format!("and {} more", *count as usize - named.len()));
            }
        });
    }
    if found.findings_repeated > 0 {
        let count = counted(found.findings_repeated as usize, "finding", "findings");
        note_ui(
            ui,
            context.theme,
            &format!("{count} more: several parts have what their credential had"),
        );
    }
}

fn list_ui(ui: &mut Ui, context: &mut PanelContext<'_>, _: &Answers, named: &[(Rule, Subject)]) {
    for &(rule, subject) in named {
        ui.horizontal(|ui| {
            sentence_ui(ui, context, &format!("{} {}", rule.id(), rule.title()));
            subject_ui(ui, context, subject);
        });
    }
}
