//! In the inspector: which entry points reach the selected service instance, and how.

use egui::{RichText, Ui};

use crate::analysis::{HopBackwards, LastCredential, ReachedBy, ReachedFrom, Subject};
use crate::app::model::command::{Command, LookCommand};
use crate::app::paint::style::size;
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::pages::{PAGE, page_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{heading_ui, note_ui, subject_ui};
use crate::app::work::answers::Answers;
use crate::graph::InstanceIndex;
use crate::inventory::{counted, grouped};

/// The entry points, the credentials with which they enter, and their ways seen backwards.
pub(crate) fn reached_by_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: InstanceIndex,
) {
    heading_ui(ui, context.theme, "Reached by");
    if answers.ends.entry_points_beside(at) == 0 {
        let is_one = answers.ends.is_entry_point(at);
        let none = if is_one { "It is the only entry point" } else { "No entry point is known" };
        note_ui(ui, context.theme, none);
        return;
    }
    let whole = answers.ends.entry_points_beside_words(at);
    let text = figures(answers.reached_by.of(at), &whole);
    if answers.reached_by.of(at).0 == 0 {
        note_ui(ui, context.theme, &text);
        return;
    }
    let shows = context.model.session.shows_reached_by;
    ui.add(egui::Label::new(RichText::new(text).size(size::NOTE)).wrap());
    let switch = if shows { "Show what it reaches on the map" } else { "Show them on the map" };
    if note_button_ui(ui, switch).clicked() {
        context.push(Command::Look(LookCommand::ReachedBy(!shows)));
    }
    if note_button_ui(ui, "Hop by hop").clicked() {
        context.push(Command::Look(LookCommand::SpreadBackwards));
    }
    let Some(found) = context.model.reached_by.clone() else {
        note_ui(ui, context.theme, "Working out their ways…");
        return;
    };
    last_credentials_ui(ui, context, &found);
    entry_points_ui(ui, context, answers, &found);
    backwards_ui(ui, context, answers, &found);
}

/// How many of the entry points reach it, by all access and by stated access alone.
fn figures((all, stated): (u32, u32), whole: &str) -> String {
    let stated = match all {
        0 => String::new(),
        _ => format!(", {} by stated access alone", grouped(u64::from(stated))),
    };
    format!("Reached by {} of {whole}{stated}", grouped(u64::from(all)))
}

fn basis(is_stated: bool) -> &'static str {
    if is_stated { "stated" } else { "assumed" }
}

fn last_credentials_ui(ui: &mut Ui, context: &mut PanelContext<'_>, found: &ReachedBy) {
    let title = format!("Last credentials   {}", grouped(found.last_credentials.len() as u64));
    let fold = Fold::new(context.theme, &title).opened(true);
    fold_ui(ui, context.theme, "last credentials", fold, |ui| {
        let page =
            page_ui(ui, context.theme, "last credentials", (found.last_credentials.len(), PAGE));
        for last in found.last_credentials.get(page).unwrap_or_default() {
            let &LastCredential { credential, entry_points, entry_points_stated } = last;
            subject_ui(ui, context, Subject::Credential(credential));
            let come = if entry_points == 1 { "comes by it" } else { "come by it" };
            let points = counted(entry_points as usize, "entry point", "entry points");
            let stated = match entry_points_stated {
                0 => "assumed".to_owned(),
                all if all == entry_points => "stated".to_owned(),
                some => format!("{some} stated"),
            };
            note_ui(ui, context.theme, &format!("    {points} {come}, {stated}"));
        }
    });
}

/// The entry points by how many hops they are away.
fn entry_points_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    found: &ReachedBy,
) {
    for group in found.entry_points.chunk_by(|a, b| a.hops == b.hops) {
        let Some(hops) = group.first().map(|from| from.hops) else { continue };
        let points = counted(group.len(), "entry point", "entry points");
        let away = counted(hops as usize, "hop", "hops");
        let fold = Fold::new(context.theme, &format!("{points} {away} away"));
        fold_ui(ui, context.theme, ("away", hops), fold, |ui| {
            let page = page_ui(ui, context.theme, ("away", hops), (group.len(), PAGE));
            for from in group.get(page).unwrap_or_default() {
                from_ui(ui, context, answers, from);
            }
        });
    }
}

fn from_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, from: &ReachedFrom) {
    subject_ui(ui, context, Subject::Instance(from.entry_point));
    let through = answers.name(Subject::Credential(from.through));
    let stated = match from.hops_stated {
        None => "assumed".to_owned(),
        Some(hops) if hops == from.hops => "stated".to_owned(),
        Some(hops) => format!("stated over {hops}"),
    };
    note_ui(ui, context.theme, &format!("    at last through {through}, {stated}"));
}

/// The hops of all ways, the last ones first.
fn backwards_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, found: &ReachedBy) {
    for group in found.backwards.chunk_by(|a, b| a.hops == b.hops) {
        let Some(hops) = group.first().map(|hop| hop.hops) else { continue };
        let count = grouped(group.len() as u64);
        let title = match hops {
            1 => format!("Last hop   {count}"),
            hops => format!("{} before   {count}", counted(hops as usize - 1, "hop", "hops")),
        };
        let fold = Fold::new(context.theme, &title);
        fold_ui(ui, context.theme, ("backwards", hops), fold, |ui| {
            let page = page_ui(ui, context.theme, ("backwards", hops), (group.len(), PAGE));
            for hop in group.get(page).unwrap_or_default() {
                hop_ui(ui, context, answers, hop);
            }
        });
    }
}

/// A hop: where the credential lies, which one it is, and what it opens.
fn hop_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, hop: &HopBackwards) {
    if let Some(from) = hop.step.from {
        subject_ui(ui, context, Subject::Instance(from));
    }
    ui.indent(("hop", hop.step.credential.0, hop.step.from.map(|from| from.0)), |ui| {
        subject_ui(ui, context, Subject::Credential(hop.step.credential));
        let opened = answers.name(Subject::Instance(hop.step.to));
        let basis = basis(hop.is_stated(&answers.graph));
        note_ui(ui, context.theme, &format!("opens {opened}, {basis}"));
    });
}
