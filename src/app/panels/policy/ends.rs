//! Entry points and crown jewels that are picked by hand.

use egui::Ui;

use crate::app::model::command::Command;
use crate::app::model::picking::Picking;
use crate::app::panels::policy::fields::{back_ui, listed_ui, text_ui};
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::widgets::parts::{heading_ui, note_ui};
use crate::app::widgets::picker::{Offered, picker_ui};
use crate::app::work::answers::Answers;
use crate::graph::InstanceIndex;
use crate::inventory::{Assumptions, Flag, grouped, shown};

/// The section.
pub(crate) fn ends_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
    let differs =
        now.entry_points != default.entry_points || now.crown_jewels != default.crown_jewels;
    section_ui(ui, context, ("Entry points and crown jewels", differs), |ui, context| {
        let means = "Picked ones count in addition to those that rows flag. Where none is picked or \
                     flagged, entry points are what is below the highest tier, and crown jewels \
                     what is in it.";
        note_ui(ui, context.theme, means);
        for picking in Picking::ALL {
            list_ui(ui, context, now, picking);
        }
    });
}

fn list_ui(ui: &mut Ui, context: &mut PanelContext<'_>, now: &Assumptions, picking: Picking) {
    let names = picking.of(now);
    heading_ui(
        ui,
        context.theme,
        &format!("{} {}", picking.several(), grouped(names.len() as u64)),
    );
    for name in names {
        let answers = context.model.answers.as_ref();
        let known = answers.is_some_and(|answers| picking.kind().is_known(&answers.graph, name));
        let note = (!known).then_some("not in the inventory");
        if listed_ui(ui, &shown(name), note, context) {
            context.push(Command::Assume(picking.without(now, name)));
        }
    }
    let label = format!("Another of the {}", picking.several().to_lowercase());
    if let Some(answers) = context.model.answers.clone() {
        let hint = format!("Filter services for the {}", picking.several().to_lowercase());
        let offer = |filter: &str| {
            let all = answers.graph.instance_indices();
            let offered = |at| {
                let name = Picking::name(&answers.graph, at);
                (shown(&name).into_owned(), name)
            };
            Offered::of(all.map(offered), filter)
        };
        if let Some(name) = picker_ui(ui, context.theme, ("Pick a service…", &hint), offer) {
            context.push(Command::Assume(picking.with(now, &name)));
        }
    }
    if let Some(name) = text_ui(ui, (&label, "Add service@environment")) {
        context.push(Command::Assume(picking.with(now, &name)));
    }
    if back_ui(ui, context, (picking.several(), "none picked"), !names.is_empty()) {
        context.push(Command::Assume(picking.cleared(now)));
    }
}

/// The ways to pick an instance, or to take that back; says whether one was pressed.
pub(crate) fn pick_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    answers: &Answers,
    at: InstanceIndex,
) -> bool {
    let mut picked = false;
    let instance = answers.graph.instance(at);
    let name = Picking::name(&answers.graph, at);
    let now = &context.model.project.assumptions;
    for picking in Picking::ALL {
        let flag = match picking {
            Picking::EntryPoint => instance.entry_point,
            Picking::CrownJewel => instance.crown_jewel,
        };
        if flag == Flag::Yes {
            continue;
        }
        let one = picking.one();
        let (text, other) = if picking.of(now).contains(&name) {
            (format!("No longer pick as {one}"), picking.without(now, &name))
        } else {
            (format!("Pick as {one}"), picking.with(now, &name))
        };
        if note_button_ui(ui, text).clicked() {
            context.commands.push(Command::Assume(other));
            picked = true;
        }
    }
    picked
}
