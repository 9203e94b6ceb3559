//! Exposure in one line under the headline: figures that lead to what they count.

use egui::{RichText, Ui};

use crate::analysis::Exposure;
use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, FixCommand, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::model::filters::EndKind;
use crate::app::model::tab::Tab;
use crate::app::paint::style::{ink, size};
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::figures::{figure_in_ui, figure_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::work::answers::Answers;
use crate::inventory::counted;

/// The line.
pub(crate) fn exposure_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers) {
    let exposure = &answers.exposure;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        switch_ui(ui, context);
        if exposure.pairs == 0 {
            missing_ui(ui, context, &exposure.sentence());
            return;
        }
        figure_ui(ui, context, &exposure.connected(), Figure::ConnectedPairs);
        sentence_ui(ui, context, "·");
        figure_ui(ui, context, &exposure.stated_words(), Figure::StatedPairs);
        with_fixes_ui(ui, context);
        ends_ui(ui, context, exposure);
        cut_ui(ui, context);
    });
}

/// What counts as an end, each with the way to its list.
fn ends_ui(ui: &mut Ui, context: &mut PanelContext<'_>, exposure: &Exposure) {
    let ends = [
        (EndKind::EntryPoint, counted(exposure.entry_points, "entry point", "entry points")),
        (EndKind::CrownJewel, counted(exposure.crown_jewels, "crown jewel", "crown jewels")),
        (EndKind::AlreadyFallen, format!("{} already fallen", exposure.already_fallen)),
    ];
    for (kind, text) in ends {
        if kind == EndKind::AlreadyFallen && exposure.already_fallen == 0 {
            continue;
        }
        sentence_ui(ui, context, "·");
        figure_ui(ui, context, &text, Figure::Ends(kind));
    }
}

/// What is missing before anything can be judged, with the way to what is known of it.
fn missing_ui(ui: &mut Ui, context: &mut PanelContext<'_>, text: &str) {
    let text = RichText::new(text).size(size::NOTE).color(ink(context.theme.second));
    if ui.link(text).on_hover_text("Show the coverage").clicked() {
        context.push(Command::Table(TableCommand::Show(Tab::Coverage)));
    }
}

/// The switch between what is open as it is and with the fixes in force.
fn switch_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let count = context.model.fixes_in_force().len();
    if count == 0 {
        return;
    }
    let with = match count {
        1 => "with the fix".to_owned(),
        count => format!("with the {count} fixes"),
    };
    let on = context.model.session.with_fixes;
    let hint = "Map, tables and figures follow (B)";
    for (text, own) in [("as it is", false), (with.as_str(), true)] {
        let text = RichText::new(text).size(size::NOTE);
        if ui.selectable_label(on == own, text).on_hover_text(hint).clicked() && on != own {
            context.push(Command::Fix(FixCommand::ShowWith(own)));
        }
    }
    if on && context.model.as_is.is_none() && context.model.runs(JobKind::Analysis) {
        sentence_ui(ui, context, "working it out…");
    }
    sentence_ui(ui, context, "·");
}

/// What the fixes in force leave, as soon as it is known; or what there was without them.
fn with_fixes_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let count = context.model.fixes_in_force().len();
    if count == 0 {
        return;
    }
    if let Some(as_is) = &context.model.as_is {
        let before = as_is.answers.exposure.connected_pairs;
        sentence_ui(ui, context, "·");
        return figure_ui(ui, context, &format!("{before} as it is"), Figure::PairsAsIs);
    }
    sentence_ui(ui, context, "·");
    let fixes = match count {
        1 => "the fix".to_owned(),
        count => format!("the {count} fixes"),
    };
    let Some(outcome) = context.model.what_if.outcome.clone() else {
        sentence_ui(ui, context, &format!("working out what {fixes} would leave…"));
        return;
    };
    let (after, stated) = (outcome.all.connected_pairs.1, outcome.all.connected_pairs_stated.1);
    let stated = match after {
        0 => String::new(),
        _ => format!(" ({stated} stated)"),
    };
    let text = format!("{after}{stated} with {fixes}");
    let colour = if after < outcome.all.connected_pairs.0 {
        context.theme.fixed
    } else {
        context.theme.second
    };
    figure_in_ui(ui, context, (&text, ink(colour)), Figure::PairsWithFixes);
}

/// The size of the minimum cut, as soon as it is known.
fn cut_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(judged) = context.model.assessment.clone() else {
        if context.model.runs(JobKind::Assessment) {
            sentence_ui(ui, context, "· working out the cut…");
        }
        return;
    };
    let text = match judged.cut() {
        None => "nothing cuts them all".to_owned(),
        Some(cut) => match cut.credentials.len() {
            0 => return,
            1 => "1 credential cuts them all".to_owned(),
            count => format!("{count} credentials cut them all"),
        },
    };
    sentence_ui(ui, context, "·");
    figure_ui(ui, context, &text, Figure::Cut);
}
