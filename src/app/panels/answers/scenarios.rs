//! Scenarios below the what-if list: kept, put in its place, and side by side.

use egui::{Grid, RichText, Ui};

use crate::app::model::command::{Command, ScenarioCommand};
use crate::app::model::views::ViewFixes;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::figures::share_words;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, link_ui, note_button_ui, note_ui};
use crate::app::work::scenarios::ScenarioTable;
use crate::inventory::{counted, grouped, shown};
use crate::project::ComparedFixes;
use crate::scene::Face;

fn push(context: &mut PanelContext<'_>, command: ScenarioCommand) {
    context.push(Command::Scenario(command));
}

/// The scenarios, and the field that makes one of what is listed.
pub(crate) fn scenarios_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let model = context.model;
    let scenarios = model.project.scenarios.clone();
    let has_plan = model.as_is.is_none() && !model.plan_fixes().is_empty();
    if scenarios.list().is_empty() && model.project.fixes.is_empty() && !has_plan {
        return;
    }
    heading_ui(ui, context.theme, &format!("Scenarios {}", scenarios.list().len()));
    for scenario in scenarios.list() {
        let fixes = counted(scenario.fixes.list().len(), "fix", "fixes");
        ui.horizontal_wrapped(|ui| {
            let text = format!("{}, {fixes}", shown(&scenario.name));
            let name = link_ui(ui, context.theme, &text);
            if name.on_hover_text("Put its fixes in the place of the what-if list").clicked() {
                push(context, ScenarioCommand::Use(scenario.name.clone()));
            }
            ui.menu_button(RichText::new("…").size(size::NOTE), |ui| {
                menu_ui(ui, context, &scenario.name);
            });
        });
    }
    let name = name_ui(ui);
    ui.horizontal_wrapped(|ui| {
        if !model.project.fixes.is_empty() && note_button_ui(ui, "Keep the list").clicked() {
            push(context, ScenarioCommand::Keep(name.clone()));
        }
        if has_plan && note_button_ui(ui, "Keep the plan").clicked() {
            push(context, ScenarioCommand::KeepPlan(name.clone()));
        }
        if note_button_ui(ui, "Compare")
            .on_hover_text("What each brings, costs and breaks, in one table")
            .clicked()
        {
            push(context, ScenarioCommand::Compare);
        }
        if model.scenario_table.is_some() {
            side_by_side_ui(ui, context);
        }
    });
    if let Some(table) = model.scenario_table.clone() {
        table_ui(ui, context, &table);
    }
}

/// The button that shows what is compared as two views of the map.
fn side_by_side_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let all = context.model.comparable_fixes();
    let scenario = all.iter().find(|own| matches!(own, ViewFixes::Scenario(_)));
    // What is there without any fix stands on the left.
    let Some(right) = scenario.or(all.get(1)).cloned() else { return };
    let what = "Two views of the map, what is there now and a scenario, with the same camera and selection";
    if note_button_ui(ui, "Side by side").on_hover_text(what).clicked() {
        push(context, ScenarioCommand::SideBySide(right));
    }
}

/// A field for the name of the next scenario.
fn name_ui(ui: &mut Ui) -> String {
    let id = ui.make_persistent_id("name of the scenario");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let field = egui::TextEdit::singleline(&mut text)
        .font(egui::TextStyle::Small)
        .hint_text(RichText::new("Name of a scenario").size(size::NOTE))
        .desired_width(180.0);
    let response = ui.add(field);
    let label = "Name of a scenario";
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    ui.data_mut(|data| data.insert_temp(id, text.clone()));
    text
}

/// What can be done with a scenario.
fn menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>, name: &str) {
    let named = || name.to_owned();
    let beside = ViewFixes::Scenario(named());
    let planned = context.model.project.findings.planned_in(name).len();
    let delete = match planned {
        0 => "Delete".to_owned(),
        planned => {
            format!("Delete; {} planned in it opens again", counted(planned, "finding", "findings"))
        }
    };
    let entries = [
        ("Use it as the what-if list", ScenarioCommand::Use(named())),
        ("Put the what-if list into it", ScenarioCommand::Put(named())),
        ("Duplicate", ScenarioCommand::Duplicate(named())),
        ("Copy its tasks", ScenarioCommand::CopyTasks(named())),
        ("Show it beside what is there now", ScenarioCommand::SideBySide(beside)),
        (&delete, ScenarioCommand::Remove(named())),
    ];
    for (text, command) in entries {
        if ui.button(text).clicked() {
            push(context, command);
            ui.close();
        }
    }
    let id = egui::Id::unique(("new name", name));
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(named);
    let field = egui::TextEdit::singleline(&mut text).desired_width(160.0);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "New name"));
    ui.data_mut(|data| data.insert_temp(id, text.clone()));
    if ui.button("Rename").clicked() {
        push(context, ScenarioCommand::Rename(named(), text));
        ui.close();
    }
}

/// The comparison; one that is about something else by now says so.
fn table_ui(ui: &mut Ui, context: &PanelContext<'_>, table: &ScenarioTable) {
    let model = context.model;
    let is_of_now =
        model.answers_as_is().is_some_and(|now| std::sync::Arc::ptr_eq(now, &table.answers))
            && model.project.scenarios == table.scenarios
            && model.project.fixes == table.fixes;
    if !is_of_now {
        note_ui(ui, context.theme, "Compared before something changed; press Compare again");
    }
    let heads = [
        "",
        "Fixes",
        "Exposure",
        "Connected pairs",
        "Stated",
        "Findings",
        "Cost",
        "Accesses lost",
        "Alone",
    ];
    egui::ScrollArea::horizontal().id_salt("scenarios").show(ui, |ui| {
        Grid::new("scenario table").spacing([16.0, 4.0]).show(ui, |ui| {
            for head in heads {
                let text = RichText::new(head).font(font(Face::Strong, size::NOTE));
                ui.label(text.color(ink(context.theme.second)));
            }
            ui.end_row();
            for list in &table.lists {
                row_ui(ui, context, list, table.answers.exposure.pairs);
                ui.end_row();
            }
        });
    });
    let not_made = table
        .lists
        .iter()
        .flat_map(|list| list.not_made.iter().map(|why| format!("{}: not made: {why}", list.name)));
    for words in not_made {
        note_ui(ui, context.theme, &shown(&words));
    }
}

fn row_ui(ui: &mut Ui, context: &PanelContext<'_>, list: &ComparedFixes, pairs: u64) {
    let cost = match list.never.len() {
        0 => grouped(list.cost),
        count => format!("never ({})", counted(count, "credential", "credentials")),
    };
    let cells = [
        shown(&list.name).into_owned(),
        grouped(list.fixes as u64),
        share_words(list.connected_pairs, pairs),
        format!("{} of {}", grouped(list.connected_pairs), grouped(pairs)),
        grouped(list.connected_pairs_stated),
        grouped(list.findings),
        cost,
        grouped(list.accesses_lost),
        grouped(list.alone.len() as u64),
    ];
    for (at, cell) in cells.into_iter().enumerate() {
        let text = RichText::new(cell).size(size::NOTE).color(ink(context.theme.text));
        if at == 0 {
            ui.label(text);
        } else {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(text));
        }
    }
}
