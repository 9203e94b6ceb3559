//! Tiers and aliases of environments.

use egui::{RichText, Ui};

use crate::analysis::environments_from_names;
use crate::app::model::command::Command;
use crate::app::paint::style::size;
use crate::app::panels::policy::fields::back_ui;
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::inventory::shown;
use crate::inventory::{Assumptions, Environments, Tier};

/// How many labels of the inventory are listed.
const MOST: usize = 100;

/// The section: every label of what is open, then what is changed and not among them.
pub(crate) fn environments_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (now, default): Both<'_>,
) {
    let differs = now.environments != default.environments;
    section_ui(ui, context, ("Environments", differs), |ui, context| {
        note_ui(
            ui,
            context.theme,
            "Tier 0 is trusted least, 3 most; without one nothing leads upwards",
        );
        let from_names = context.model.answers.as_ref();
        let from_names = from_names.and_then(|answers| environments_from_names(&answers.graph));
        if let Some(words) = from_names {
            let words = shown(&words).into_owned();
            let text = format!(
                "Assumed are {words}. “Environment in names” of the import confirms or refuses that"
            );
            note_ui(ui, context.theme, &text);
        }
        let labels = labels(context);
        for label in labels.iter().take(MOST) {
            label_ui(ui, context, (now, label), &labels);
        }
        if labels.len() > MOST {
            note_ui(ui, context.theme, &format!("and {} more", labels.len() - MOST));
        }
        for label in now.environments.changed() {
            if labels.contains(&label) {
                continue;
            }
            let name = shown(&label).into_owned();
            ui.label(RichText::new(said(&now.environments, &label)).size(size::NOTE));
            let usual = said(&default.environments, &label);
            if back_ui(ui, context, (&name, &usual), true) {
                context.push(Command::Assume(with(now, |table| table.restore(&label))));
            }
        }
    });
}

/// The known labels of what is open.
fn labels(context: &PanelContext<'_>) -> Vec<String> {
    let Some(answers) = &context.model.answers else { return Vec::new() };
    let known = answers.graph.environments().iter().filter(|environment| environment.is_known());
    known.map(|environment| environment.label.clone()).collect()
}

fn with(now: &Assumptions, change: impl FnOnce(&mut Environments)) -> Assumptions {
    let mut other = now.clone();
    change(&mut other.environments);
    other
}

/// What the table says of a label.
fn said(table: &Environments, label: &str) -> String {
    let (name, canonical) = (shown(label).into_owned(), table.canonical(label));
    if canonical != label {
        return format!("{name} is {}", shown(&canonical));
    }
    format!("{name}: {}", tier_word(table.tier(label)).to_lowercase())
}

fn tier_word(tier: Option<Tier>) -> String {
    tier.map_or_else(|| "No tier".to_owned(), |tier| format!("Tier {}", tier.0))
}

fn label_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (now, label): (&Assumptions, &str),
    all: &[String],
) {
    let name = shown(label).into_owned();
    ui.horizontal(|ui| {
        let tier = now.environments.tier(label);
        let title = RichText::new(format!("{name}: {}", tier_word(tier))).size(size::NOTE);
        ui.menu_button(title, |ui| {
            for choice in [None, Some(Tier(0)), Some(Tier(1)), Some(Tier(2)), Some(Tier(3))] {
                if ui.selectable_label(choice == tier, tier_word(choice)).clicked() {
                    let other = with(now, |table| match choice {
                        Some(tier) => table.rank(label, tier),
                        None => table.unrank(label),
                    });
                    context.push(Command::Assume(other));
                    ui.close();
                }
            }
        });
        ui.menu_button(RichText::new("Alias of…").size(size::NOTE), |ui| {
            let mut others: Vec<&str> = ["dev", "test", "staging", "prod"].to_vec();
            others.extend(all.iter().map(String::as_str).filter(|other| *other != label));
            others.sort_unstable();
            others.dedup();
            for other in others.into_iter().filter(|other| *other != label) {
                if ui.button(shown(other).into_owned()).clicked() {
                    let aliased = with(now, |table| table.alias(label, other));
                    context.push(Command::Assume(aliased));
                    ui.close();
                }
            }
        });
    });
    let default = Environments::default();
    let differs = now.environments.tier(label) != default.tier(label);
    if back_ui(ui, context, (&name, &tier_word(default.tier(label)).to_lowercase()), differs) {
        context.push(Command::Assume(with(now, |table| table.restore(label))));
    }
}
