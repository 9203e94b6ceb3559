//! "What if…" in the inspector: the fixes of a credential, each put into the list by a click.

use std::collections::BTreeSet;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{Fix, FixKind, Subject};
use crate::app::commands::fix_words::{fix_name, fix_tip};
use crate::app::model::command::{Command, FixCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::fold::{Fold, fold_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::project::NamedFix;

/// How many holders can be chosen one by one.
const MOST: usize = 200;

/// Above this many, all can be chosen or left out at once.
const FEW: usize = 3;

/// A list of boxes is this high at most.
const HIGHEST: f32 = 160.0;

/// The button with its menu; nothing for a dead credential.
pub(crate) fn what_if_menu_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: CredentialIndex,
) {
    if !answers.graph.credential(at).is_live() {
        return;
    }
    let config = MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new(RichText::new("What if…").size(size::NOTE)).config(config).ui(ui, |ui| {
        ui.set_width(320.0);
        fixes_ui(ui, context, answers, at);
        ui.separator();
        identity_ui(ui, context, answers, at);
    });
}

/// The fixes that need no more to be said.
fn fixes_ui(ui: &mut Ui, context: &mut PanelContext<'_>, answers: &Answers, at: CredentialIndex) {
    for kind in FixKind::EVERY {
        if kind == FixKind::WorkloadIdentity {
            continue;
        }
        if ui.button(fix_name(kind)).on_hover_text(fix_tip(kind)).clicked() {
            add(context, answers, &Fix::new(at, kind));
            ui.close();
        }
    }
}

fn add(context: &mut PanelContext<'_>, answers: &Answers, fix: &Fix) {
    context.push(Command::Fix(FixCommand::Add(NamedFix::of(&answers.graph, fix))));
}

/// The holders that get a workload identity, and what it reaches: all, until some are taken out.
fn identity_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: CredentialIndex,
) {
    let graph = &answers.graph;
    let instance = |&edge| graph.edge(edge).instance;
    let holders: Vec<InstanceIndex> = graph.held_by(at).iter().map(instance).collect();
    let targets: Vec<InstanceIndex> = graph.grants(at).iter().map(instance).collect();
    if holders.is_empty() {
        note_ui(ui, context.theme, "Nothing is known to hold it, so nothing can get an identity");
        return;
    }
    note_ui(ui, context.theme, "A workload identity instead, for these holders");
    let ids = [("without identity", at.0), ("out of reach", at.0)];
    let [of_holders, of_targets] = ids.map(|id| ui.make_persistent_id(id));
    let chosen = choices_ui(ui, context, answers, (of_holders, &holders));
    let mut reached = targets.clone();
    if targets.len() > 1 {
        let fold = Fold::new(context.theme, "Narrow what it reaches");
        fold_ui(ui, context.theme, "narrow", fold, |ui| {
            reached = choices_ui(ui, context, answers, (of_targets, &targets));
        });
    }
    let any = !chosen.is_empty() && (targets.is_empty() || !reached.is_empty());
    let response = ui.add_enabled(any, egui::Button::new(fix_name(FixKind::WorkloadIdentity)));
    if response.on_hover_text(fix_tip(FixKind::WorkloadIdentity)).clicked() {
        let fix = Fix {
            holders: if chosen.len() == holders.len() { Vec::new() } else { chosen },
            grants: (reached.len() < targets.len()).then_some(reached),
            ..Fix::new(at, FixKind::WorkloadIdentity)
        };
        add(context, answers, &fix);
        for id in [of_holders, of_targets] {
            ui.data_mut(|data| data.remove::<BTreeSet<u32>>(id));
        }
        ui.close();
    }
}

/// One click for all boxes.
fn all_or_none_ui(ui: &mut Ui, all: &[InstanceIndex], left_out: &mut BTreeSet<u32>) {
    let (text, none) = if left_out.is_empty() {
        (format!("None of the {}", all.len()), true)
    } else {
        (format!("All {}", all.len()), false)
    };
    if ui.link(RichText::new(text).size(size::NOTE)).clicked() {
        left_out.clear();
        left_out.extend(all.iter().filter(|_| none).map(|at| at.0));
    }
}

/// A box for each of some instances, and those whose box is ticked: all at first.
fn choices_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    answers: &Answers,
    (id, all): (egui::Id, &[InstanceIndex]),
) -> Vec<InstanceIndex> {
    let mut left_out: BTreeSet<u32> = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    if all.len() > FEW {
        all_or_none_ui(ui, all, &mut left_out);
    }
    // At once as high as it gets: what lies below must not move away from under the pointer.
    let height = (all.len() as f32 * 32.0).min(HIGHEST);
    let list = ScrollArea::vertical().id_salt(id).max_height(height).min_scrolled_height(height);
    list.auto_shrink([false, true]).show(ui, |ui| {
        // Menus take the rims of what is in them; a box without one cannot be seen.
        let rim = egui::Stroke::new(1.0, ink(context.theme.muted));
        ui.visuals_mut().widgets.inactive.bg_stroke = rim;
        ui.set_max_width(ui.available_width() - 14.0);
        for &instance in all.iter().take(MOST) {
            let mut chosen = !left_out.contains(&instance.0);
            let name = answers.name(Subject::Instance(instance));
            if ui.checkbox(&mut chosen, RichText::new(name).size(size::NOTE)).changed() {
                if chosen {
                    left_out.remove(&instance.0);
                } else {
                    left_out.insert(instance.0);
                }
            }
        }
    });
    if all.len() > MOST {
        let out = all.iter().skip(MOST).filter(|at| left_out.contains(&at.0)).count();
        let which = if out == 0 { "all" } else { "none" };
        note_ui(ui, context.theme, &format!("and {} more, {which} of them", all.len() - MOST));
    }
    let chosen = all.iter().copied().filter(|one| !left_out.contains(&one.0)).collect();
    ui.data_mut(|data| data.insert_temp(id, left_out));
    chosen
}
