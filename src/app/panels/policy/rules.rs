//! Rules that are switched off, or rated otherwise than by their reasons.

use egui::{RichText, Ui};

use crate::analysis::Rule;
use crate::app::model::command::Command;
use crate::app::paint::style::size;
use crate::app::panels::policy::fields::back_ui;
use crate::app::panels::policy::section::{Both, section_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_ui;
use crate::inventory::{Assumptions, RuleSetting};

/// What a rule is where the policy says nothing of it.
const AS_FOUND: &str = "by its reasons";

/// The rules.
pub(crate) fn rules_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, default): Both<'_>) {
    let differs = now.rules != default.rules;
    section_ui(ui, context, ("Rules", differs), |ui, context| {
        let means = "A rule that is off finds nothing; one that is rated has that severity, whatever \
                     its reasons weigh";
        note_ui(ui, context.theme, means);
        for rule in Rule::ALL {
            rule_ui(ui, context, (now, rule));
        }
        if back_ui(ui, context, ("rules", AS_FOUND), differs) {
            let rules = default.rules.clone();
            context.push(Command::Assume(Assumptions { rules, ..now.clone() }));
        }
    });
}

/// One rule and what becomes of it.
fn rule_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (now, rule): (&Assumptions, Rule)) {
    let own = now.rules.get(rule.id()).copied();
    let text = |text: &str| RichText::new(text.to_owned()).size(size::NOTE);
    ui.horizontal(|ui| {
        let with = |setting: Option<RuleSetting>| {
            let mut rules = now.rules.clone();
            match setting {
                Some(setting) => drop(rules.insert(rule.id().to_owned(), setting)),
                None => drop(rules.remove(rule.id())),
            }
            Command::Assume(Assumptions { rules, ..now.clone() })
        };
        let chosen = own.map_or(AS_FOUND, RuleSetting::word);
        ui.menu_button(text(&format!("{}: {chosen} ▾", rule.id())), |ui| {
            if ui.selectable_label(own.is_none(), AS_FOUND).clicked() {
                context.push(with(None));
                ui.close();
            }
            for setting in RuleSetting::ALL {
                if ui.selectable_label(own == Some(setting), setting.word()).clicked() {
                    context.push(with(Some(setting)));
                    ui.close();
                }
            }
        });
        ui.label(text(rule.title()));
    });
}
