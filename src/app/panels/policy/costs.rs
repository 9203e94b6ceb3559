//! What it costs to remove credentials: by id, by type, or by the number of holders.

use std::collections::BTreeSet;
use std::num::NonZeroU32;

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{RichText, ScrollArea, Ui};

use crate::analysis::{PolicyName, Subject};
use crate::app::model::command::Command;
use crate::app::paint::style::size;
use crate::app::panels::policy::fields::{back_ui, listed_ui, number_ui};
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui};
use crate::inventory::shown;
use crate::inventory::{Assumptions, Cost};

/// How many types are listed.
const MOST: usize = 60;

/// The section.
pub(crate) fn costs_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
    let differs = !now.costs.is_empty()
        || !now.costs_by_type.is_empty()
        || now.cost_by_holders
        || !now.marks.is_empty();
    section_ui(ui, context, ("Costs", differs), |ui, context| {
        let means = "What it costs to remove a credential decides the minimum cut and the plan: by \
                     id, else by type, else as follows.";
        note_ui(ui, context.theme, means);
        let mut holders = now.cost_by_holders;
        let text = RichText::new("As many units as it has holders, else 1").size(size::NOTE);
        if ui.checkbox(&mut holders, text).changed() {
            context.push(Command::Assume(Assumptions { cost_by_holders: holders, ..now.clone() }));
        }
        by_type_ui(ui, context, now);
        by_id_ui(ui, context, now);
        marks_ui(ui, context, now);
        if back_ui(ui, context, ("costs", "1 for every credential"), differs) {
            let other = Assumptions {
                costs: default.costs.clone(),
                costs_by_type: default.costs_by_type.clone(),
                cost_by_holders: default.cost_by_holders,
                marks: default.marks.clone(),
                ..now.clone()
            };
            context.push(Command::Assume(other));
        }
    });
}

/// The types of what is open, and those that have a cost.
fn types(context: &PanelContext<'_>, now: &Assumptions) -> BTreeSet<String> {
    let mut types: BTreeSet<String> = now.costs_by_type.keys().cloned().collect();
    if let Some(answers) = &context.model.answers {
        types.extend(answers.types.iter().take(MOST).cloned());
    }
    types
}

fn by_type_ui(ui: &mut Ui, context: &mut PanelContext<'_>, now: &Assumptions) {
    let types = types(context, now);
    if types.is_empty() {
        return;
    }
    heading_ui(ui, context.theme, "By type");
    for kind in types {
        ui.horizontal(|ui| {
            let set = now.costs_by_type.get(&kind).copied();
            let name = shown(&kind).into_owned();
            if let Some(choice) = cost_menu_ui(ui, context, (&name, set)) {
                let mut other = now.clone();
                match choice.own() {
                    Some(cost) => other.costs_by_type.insert(kind.clone(), cost),
                    None => other.costs_by_type.remove(&kind),
                };
                context.push(Command::Assume(other));
            }
            ui.add(egui::Label::new(RichText::new(name).size(size::NOTE)).truncate());
        });
    }
}

fn by_id_ui(ui: &mut Ui, context: &mut PanelContext<'_>, now: &Assumptions) {
    heading_ui(ui, context.theme, &format!("By credential {}", now.costs.len()));
    for (id, &cost) in &now.costs {
        let name = format!("{}: {}", shown(id), word(cost));
        let known = context.model.answers.as_ref();
        let known = known.is_some_and(|answers| PolicyName::Cost.is_known(&answers.graph, id));
        let note = (!known).then_some("not in the inventory");
        if listed_ui(ui, &name, note, context) {
            context.push(Command::Assume(cost_set(now, id, None)));
        }
    }
    let (Some(answers), Some(Subject::Credential(at))) =
        (context.model.answers.clone(), context.model.selected())
    else {
        note_ui(ui, context.theme, "Select a credential to set its cost");
        return;
    };
    let id = answers.graph.credential_name(at).to_owned();
    ui.horizontal(|ui| {
        let name = shown(&id).into_owned();
        if let Some(choice) = cost_menu_ui(ui, context, (&name, now.costs.get(&id).copied())) {
            context.push(Command::Assume(cost_set(now, &id, choice.own())));
        }
        let text = RichText::new(format!("{name}, which is selected")).size(size::NOTE);
        ui.add(egui::Label::new(text).truncate());
    });
}

/// What makes credentials harder to fix; the menu of a credential sets it.
fn marks_ui(ui: &mut Ui, context: &mut PanelContext<'_>, now: &Assumptions) {
    heading_ui(ui, context.theme, &format!("Marks {}", now.marks.len()));
    for (id, mark) in &now.marks {
        let name = format!("{}: {}", shown(id), mark.words());
        let known = context.model.answers.as_ref();
        let known = known.is_some_and(|answers| PolicyName::Mark.is_known(&answers.graph, id));
        let note = (!known).then_some("not in the inventory");
        if listed_ui(ui, &name, note, context) {
            let mut other = now.clone();
            other.marks.remove(id);
            context.push(Command::Assume(other));
        }
    }
    if now.marks.is_empty() {
        let how = "The menu of a credential marks it as not simply rotatable, so that a fix of it costs \
                   five times as much, or as a provider's key, which the plan never fixes";
        note_ui(ui, context.theme, how);
    }
}

/// The assumptions with another cost of a credential; `None` for none of its own.
pub(crate) fn cost_set(now: &Assumptions, id: &str, cost: Option<Cost>) -> Assumptions {
    let mut other = now.clone();
    match cost {
        Some(cost) => other.costs.insert(id.to_owned(), cost),
        None => other.costs.remove(id),
    };
    other
}

fn word(cost: Cost) -> String {
    match cost {
        Cost::Units(units) => format!("cost {units}"),
        Cost::Never => "never remove".to_owned(),
    }
}

/// What is chosen in the menu of costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CostChoice {
    Own(Cost),
    /// No cost of its own.
    Default,
}

impl CostChoice {
    /// The cost, if it is one of its own.
    pub(crate) fn own(self) -> Option<Cost> {
        match self {
            Self::Own(cost) => Some(cost),
            Self::Default => None,
        }
    }
}

fn choices_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (name, set): (&str, Option<Cost>),
) -> Option<CostChoice> {
    let mut chosen = None;
    note_ui(ui, context.theme, &format!("To remove {name} costs"));
    let units = match set {
        Some(Cost::Units(units)) => units.get(),
        Some(Cost::Never) | None => 1,
    };
    for choice in [1, 2, 3, 5, 10].into_iter().filter_map(NonZeroU32::new).map(Cost::Units) {
        if ui.selectable_label(set == Some(choice), word(choice)).clicked() {
            chosen = Some(CostChoice::Own(choice));
        }
    }
    if ui.selectable_label(set == Some(Cost::Never), word(Cost::Never)).clicked() {
        chosen = Some(CostChoice::Own(Cost::Never));
    }
    if set.is_some() && ui.button("No separate cost").clicked() {
        chosen = Some(CostChoice::Default);
    }
    note_ui(ui, context.theme, "or this many units");
    if let Some(units) = number_ui(ui, context, (&format!("Cost of {name}"), units)) {
        chosen = NonZeroU32::new(units).map(|units| CostChoice::Own(Cost::Units(units)));
    }
    chosen
}

/// A button that says a cost and a menu of others; says what was chosen.
pub(crate) fn cost_menu_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (name, set): (&str, Option<Cost>),
) -> Option<CostChoice> {
    let title = set.map_or_else(|| "Set a cost…".to_owned(), word);
    let button = egui::Button::new(RichText::new(title).size(size::NOTE)).small();
    let config = MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let mut chosen = None;
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        // A field scrolls what it lies in to where somebody types: that must not be the page under
        // the menu.
        let own = ScrollArea::vertical().min_scrolled_height(300.0);
        chosen = own.show(ui, |ui| choices_ui(ui, context, (name, set))).inner;
        if chosen.is_some() {
            ui.close();
        }
    });
    let label = format!("Cost of {name}: {}", set.map_or_else(|| "by default".to_owned(), word));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    chosen
}
