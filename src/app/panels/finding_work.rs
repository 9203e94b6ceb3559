//! Findings as work: what stands above their table, and the editor in which something is decided.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, DecideOn, FindingCommand};
use crate::app::model::finding_draft::{DecisionDraft, DecisionKind};
use crate::app::model::finding_groups::FindingGroup;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    capitalised, heading_ui, note_ui, page_title_ui, strong_button_ui,
};
use crate::inventory::{counted, grouped, shown};
use crate::project::{FindingState, since_import};

/// How wide the editor is, in points.
const WIDTH: f32 = 460.0;

/// How many findings are named in the editor.
const MOST: usize = 5;

fn push(context: &mut PanelContext<'_>, command: FindingCommand) {
    context.push(Command::Finding(command));
}

/// The states that are listed, what the last import changed, and the ways into the editor.
pub(crate) fn finding_tools_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    states_ui(ui, context);
    groups_ui(ui, context);
    let model = context.model;
    let row = model.session.table().row.filter(|row| *row < model.lists.findings.len());
    let listed = model.lists.findings.len();
    ui.menu_button(RichText::new("Decide…").size(size::NOTE), |ui| {
        let mut entry = |ui: &mut Ui, text: String, on: DecideOn| {
            if ui.button(text).clicked() {
                push(context, FindingCommand::Ask(on));
                ui.close();
            }
        };
        if let Some(row) = row {
            entry(ui, "On the finding in question".to_owned(), DecideOn::Row(row));
        }
        if !model.selected_all().is_empty() {
            let selected = "On those about what is selected".to_owned();
            entry(ui, selected, DecideOn::Selected);
        }
        let all = format!("On all {} in this table", grouped(listed as u64));
        entry(ui, all, DecideOn::Listed);
    });
    if let Some(words) = since_words(context) {
        note_ui(ui, context.theme, &words);
    }
}

/// Which states are listed.
fn states_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let model = context.model;
    let (Some(answers), Some(own)) = (&model.answers, &model.standings) else { return };
    let chosen = model.session.finding_state;
    let text = capitalised(chosen.map_or("every state", FindingState::word));
    let counts = || own.standings.counts(&answers.findings);
    ui.menu_button(RichText::new(format!("{text} ▾")).size(size::NOTE), |ui| {
        if ui.selectable_label(chosen.is_none(), "Every state").clicked() {
            push(context, FindingCommand::Show(None));
            ui.close();
        }
        for (state, count) in counts() {
            let words = format!("{} {}", capitalised(state.word()), grouped(count as u64));
            if ui.selectable_label(chosen == Some(state), words).clicked() {
                push(context, FindingCommand::Show(Some(state)));
                ui.close();
            }
        }
    });
}

/// By what the findings are grouped.
fn groups_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let chosen = context.model.session.finding_group;
    let text = chosen.map_or("Not grouped", FindingGroup::word);
    ui.menu_button(RichText::new(format!("{text} ▾")).size(size::NOTE), |ui| {
        let all = FindingGroup::ALL.into_iter().map(Some);
        for by in std::iter::once(None).chain(all) {
            let words = by.map_or("Not grouped", FindingGroup::word);
            if ui.selectable_label(chosen == by, words).clicked() {
                push(context, FindingCommand::GroupBy(by));
                ui.close();
            }
        }
    });
}

/// What the last import changed, in one line.
fn since_words(context: &PanelContext<'_>) -> Option<String> {
    let since = since_import(&context.model.project.findings)?;
    let counts = since.counts();
    Some(format!("Since {}: {}", since.before, counts.as_deref().unwrap_or("nothing changed")))
}

/// The editor, while it is open.
pub(crate) fn decision_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(draft) = context.model.session.decision.clone() else { return };
    // What lies behind waits.
    let behind = ui.ctx().layer_painter(egui::LayerId::background());
    let shade = ink(context.theme.canvas.faded(0.72));
    behind.rect_filled(ui.ctx().content_rect(), 0.0, shade);
    egui::Window::new("Decide on findings")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([WIDTH, 0.0])
        .show(ui.ctx(), |ui| draft_ui(ui, context, &draft));
}

fn draft_ui(ui: &mut Ui, context: &mut PanelContext<'_>, before: &DecisionDraft) {
    let mut draft = before.clone();
    let title = format!("Decide on {}", counted(draft.on.len(), "finding", "findings"));
    page_title_ui(ui, context.theme, &title);
    for name in draft.on.iter().take(MOST) {
        note_ui(ui, context.theme, &shown(&name.words()));
    }
    if draft.on.len() > MOST {
        let more = format!("and {} more", grouped((draft.on.len() - MOST) as u64));
        note_ui(ui, context.theme, &more);
    }
    heading_ui(ui, context.theme, "State");
    ui.horizontal_wrapped(|ui| {
        for kind in DecisionKind::ALL {
            ui.radio_value(&mut draft.kind, kind, kind.words());
        }
    });
    match draft.kind {
        DecisionKind::RiskAccepted => {
            field_ui(ui, "Why", "what makes the risk bearable", &mut draft.reason);
            field_ui(ui, "Until", "a day: it is open again then", &mut draft.until);
            field_ui(ui, "By", "who takes it", &mut draft.by);
        }
        DecisionKind::Planned => scenario_ui(ui, context, &mut draft),
        DecisionKind::WaitingForProof => {
            let what = "Its owner says that it is fixed; the next import has to show it gone";
            note_ui(ui, context.theme, what);
        }
        DecisionKind::Keep | DecisionKind::Open => {}
    }
    heading_ui(ui, context.theme, "Work");
    field_ui(ui, "Assignee", "who works on it; - for nobody", &mut draft.assignee);
    field_ui(ui, "Due", "a day; - for none", &mut draft.due);
    if let Some(why) = &draft.why {
        ui.label(RichText::new(format!("⚠ {why}")).color(ink(context.theme.text)));
    }
    if draft != *before {
        draft.why = None;
        push(context, FindingCommand::Edit(Box::new(draft.clone())));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if strong_button_ui(ui, context.theme, "Decide").clicked() {
            push(context, FindingCommand::Decide(Box::new(draft)));
        }
        if ui.button("Cancel").clicked() {
            push(context, FindingCommand::Leave);
        }
    });
}

/// The scenario that has the fix, and which of its fixes is meant.
fn scenario_ui(ui: &mut Ui, context: &PanelContext<'_>, draft: &mut DecisionDraft) {
    let scenarios = &context.model.project.scenarios;
    if scenarios.list().is_empty() {
        let how = "There is no scenario yet: keep the what-if list, or the plan, as one first";
        note_ui(ui, context.theme, how);
        return;
    }
    heading_ui(ui, context.theme, "Scenario");
    ui.horizontal_wrapped(|ui| {
        for own in scenarios.list() {
            let is_chosen = draft.scenario == own.name;
            if ui.radio(is_chosen, shown(&own.name).into_owned()).clicked() && !is_chosen {
                (draft.scenario, draft.fix) = (own.name.clone(), None);
            }
        }
    });
    let Some(scenario) = scenarios.named(&draft.scenario) else { return };
    heading_ui(ui, context.theme, "Fix");
    egui::ScrollArea::vertical().max_height(140.0).id_salt("fixes").show(ui, |ui| {
        ui.radio_value(&mut draft.fix, None, "The one on the credential of the finding");
        for fix in scenario.fixes.list() {
            let title = capitalised(&shown(&fix.title()));
            ui.radio_value(&mut draft.fix, Some(fix.credential.clone()), title);
        }
    });
}

/// A field with its name before it.
fn field_ui(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    ui.horizontal(|ui| {
        let label = RichText::new(name).size(size::NOTE);
        ui.add_sized([70.0, 20.0], egui::Label::new(label));
        let field = egui::TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    });
}
