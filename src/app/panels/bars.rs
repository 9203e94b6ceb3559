//! The two bars at the top: where one is and what can be done, and the headline.

use egui::{RichText, Ui};

use crate::analysis::{Headline, LeftTo};
use crate::app::commands::action::Action;
use crate::app::commands::table;
use crate::app::model::command::{Command, LookCommand, PolicyCommand, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::exposure::exposure_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, note_ui, strong_button_ui};
use crate::inventory::shown;
use crate::scene::{Face, ThemeMode};

/// The bar at the very top.
pub(crate) fn top_bar_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.horizontal(|ui| {
        ui.label(
            RichText::new("Keyreach")
                .font(font(Face::Strong, size::HEADING))
                .color(ink(context.theme.text)),
        );
        menus_ui(ui, context);
        if context.model.answers.is_some() {
            ui.label(RichText::new("▸").color(ink(context.theme.muted)));
            let names: Vec<&str> = context
                .model
                .project
                .sources
                .files
                .iter()
                .map(|file| file.rsplit('/').next().unwrap_or(file))
                .collect();
            ui.add(
                egui::Label::new(RichText::new(names.join(", ")).color(ink(context.theme.second)))
                    .truncate(),
            );
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let theme_name = match context.model.session.theme_mode.next() {
                ThemeMode::Dark => "Dark theme",
                ThemeMode::Light => "Light theme",
                ThemeMode::Projector => "Projector theme",
            };
            if ui.button(theme_name).on_hover_text("Swap the theme (T)").clicked() {
                context.push(Command::Look(LookCommand::SwapTheme));
            }
            let search = egui::Button::new(
                RichText::new("Search or command   Ctrl+K").color(ink(context.theme.muted)),
            )
            .min_size(egui::vec2(280.0, 26.0));
            if ui.add(search).clicked() {
                context.push(Command::Look(LookCommand::Palette(true)));
            }
        });
    });
}

fn menus_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    for (name, actions) in table::MENUS {
        ui.menu_button(name, |ui| {
            ui.set_min_width(280.0);
            egui::ScrollArea::vertical().max_height(620.0).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 14.0);
                for action in actions {
                    action_ui(ui, context, action);
                }
            });
        });
    }
}

fn action_ui(ui: &mut Ui, context: &mut PanelContext<'_>, action: &Action) {
    let available = action.available(context.model);
    let keys = action.keys_text();
    let button = egui::Button::new(action.title(context.model)).shortcut_text(keys).frame(false);
    let response = ui.add_enabled(available.is_ok(), button);
    let response = match available {
        Ok(()) => response.on_hover_text(action.tooltip),
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        context.push((action.command)(context.model));
        ui.close();
    }
}

/// One sentence that is always true, and the way to the worst finding.
pub(crate) fn headline_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if strong_button_ui(ui, context.theme, "Show the worst").clicked() {
                context.push(Command::ShowWorst);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                sentence_ui(ui, context, &answers.headline);
            });
        });
    });
    exposure_ui(ui, context, &answers);
    if let Some(notice) = &context.model.notice {
        notice_ui(ui, context, notice);
    }
}

/// The headline, which leads to what it counts; where it leaves something open, a way to where that
/// can be said stands behind it.
fn sentence_ui(ui: &mut Ui, context: &mut PanelContext<'_>, headline: &Headline) {
    let sentence = shown(&headline.sentence()).into_owned();
    let text = RichText::new(sentence)
        .font(font(Face::Strong, size::HEADING))
        .color(ink(context.theme.text));
    ui.horizontal_wrapped(|ui| {
        let (credentials, from) = headline.counted();
        if credentials.is_empty() && from.is_empty() {
            ui.add(egui::Label::new(text).wrap());
        } else if ui.link(text).on_hover_text(Figure::Headline.hint()).clicked() {
            context.push(Command::Table(TableCommand::RowsOf(Figure::Headline)));
        }
        let (words, command) = match headline.left_to() {
            None => return,
            Some(LeftTo::Environments) => {
                ("Say which tier each environment has", PolicyCommand::OpenEnvironments)
            }
            Some(LeftTo::Assumptions) => ("Say what is assumed", PolicyCommand::Open(true)),
        };
        if ui.small_button(words).clicked() {
            context.push(Command::Policy(command));
        }
    });
}

/// What went wrong or was done last, with a way to put it away.
fn notice_ui(ui: &mut Ui, context: &mut PanelContext<'_>, notice: &str) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::TOP), |ui| {
        if ui.small_button("Dismiss").clicked() {
            context.push(Command::DismissNotice);
        }
        ui.with_layout(egui::Layout::left_to_right(egui::Align::TOP), |ui| {
            ui.label(RichText::new("⚠").color(ink(context.theme.severity[1])));
            note_ui(ui, context.theme, &capitalised(notice));
        });
    });
}
