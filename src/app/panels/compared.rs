//! Above each of two compared views: which fixes it shows, to be chosen, and what they come to.

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use crate::app::model::command::{Command, LookCommand, ScenarioCommand};
use crate::app::model::views::View;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::inventory::shown;
use crate::scene::Face;

/// How high it is.
const HEIGHT: f32 = 28.0;

/// The line above one of the views.
pub(crate) fn compared_ui(ui: &mut Ui, context: &mut PanelContext<'_>, of: &View) {
    let room = vec2(ui.available_width(), HEIGHT);
    let (rect, _) = ui.allocate_exact_size(room, egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, ink(context.theme.panel));
    let layout = Layout::left_to_right(Align::Center);
    let builder = egui::UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 2.0))).layout(layout);
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        choice_ui(ui, context, of);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if is_last(context, of) {
                let button = note_button_ui(ui, "Close");
                if button.on_hover_text("Leave one view alone").clicked() {
                    context.push(Command::Look(LookCommand::CloseOtherView));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| figures_ui(ui, context, of));
        });
    });
}

fn choice_ui(ui: &mut Ui, context: &mut PanelContext<'_>, of: &View) {
    let mut name = of.spec.fixes.name();
    if let Some((at, _)) = name.char_indices().nth(32) {
        name.truncate(at);
        name.push('…');
    }
    let title = RichText::new(format!("{name} ▾")).font(font(Face::Strong, size::NOTE));
    ui.menu_button(title.color(ink(context.theme.text)), |ui| {
        for fixes in context.model.comparable_fixes() {
            if ui.selectable_label(fixes == of.spec.fixes, fixes.name()).clicked() {
                context.push(Command::Scenario(ScenarioCommand::ShowIn(of.id, fixes)));
                ui.close();
            }
        }
    });
}

fn figures_ui(ui: &mut Ui, context: &PanelContext<'_>, of: &View) {
    let model = context.model;
    let figures = model.compared_figures(of, "pairs");
    let is_running = model.runs(crate::app::jobs::JobKind::ComparedViews);
    let waits = if is_running { "working it out…" } else { "not worked out: choose it again" };
    let text = RichText::new(figures.as_deref().unwrap_or(waits)).size(size::NOTE);
    let words = Label::new(text.color(ink(context.theme.second))).truncate();
    let label = ui.add(words.show_tooltip_when_elided(false));
    let Some(words) = model.compared_words(of) else { return };
    let not_made = model.shown_fixes(of).map_or(&[][..], |own| &own.compared.not_made);
    label.on_hover_ui(|ui| {
        ui.label(words);
        for why in not_made {
            ui.label(format!("not made: {}", shown(why)));
        }
    });
}

fn is_last(context: &PanelContext<'_>, of: &View) -> bool {
    context.model.views.left_to_right().last().is_some_and(|last| last.id == of.id)
}
