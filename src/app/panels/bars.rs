//! The two bars at the top: where one is and what can be done, and the headline.

use egui::{RichText, Ui};

use crate::analysis::{AssumedBy, Headline, LeftTo};
use crate::app::commands::action::Action;
use crate::app::commands::table;
use crate::app::model::command::{Command, LookCommand, PolicyCommand, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::model::policy_section::PolicySection;
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::exposure::exposure_ui;
use crate::app::panels::names::hidden_names_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{frameless, note_ui, strong_button_ui};
use crate::app::widgets::subject_menu::entries_ui;
use crate::inventory::shown;
use crate::scene::{Face, ThemeMode};

/// How high the sentence of the headline stands, in one line or smaller in two.
const SENTENCE: f32 = 40.0;

/// How high the line below it is.
const LINE: f32 = 20.0;

/// The bar at the very top.
pub(crate) fn top_bar_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.horizontal_centered(|ui| {
        ui.label(
            RichText::new("Keyreach")
                .font(font(Face::Strong, size::HEADING))
                .color(ink(context.theme.text)),
        );
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            frameless(ui);
            menus_ui(ui, context);
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            theme_ui(ui, context);
            palette_button_ui(ui, context);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                hidden_names_ui(ui, context);
                open_ui(ui, context);
            });
        });
    });
}

/// The names of what is open.
fn open_ui(ui: &mut Ui, context: &PanelContext<'_>) {
    if context.model.answers.is_none() {
        return;
    }
    let files = &context.model.project.sources.files;
    let names: Vec<_> =
        files.iter().map(|file| shown(file.rsplit('/').next().unwrap_or(file))).collect();
    let text = RichText::new(format!("▸  {}", names.join(", ")));
    ui.add(egui::Label::new(text.color(ink(context.theme.second))).truncate());
}

fn theme_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let next = match context.model.session.theme_mode.next() {
        ThemeMode::Dark => "Dark theme",
        ThemeMode::Light => "Light theme",
        ThemeMode::Projector => "Projector theme",
    };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(28.0, 28.0), egui::Sense::click());
    let colour = if response.hovered() || response.has_focus() {
        context.theme.accent
    } else {
        context.theme.second
    };
    // A disc of which one half is light and the other dark.
    let (centre, radius) = (rect.center(), 7.0);
    let painter = ui.painter();
    painter.circle_stroke(centre, radius, egui::Stroke::new(1.5, ink(colour)));
    let half = painter.clip_rect().intersect(rect.with_min_x(centre.x));
    painter.with_clip_rect(half).circle_filled(centre, radius, ink(colour));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, next));
    if response.on_hover_text(format!("{next} (T)")).clicked() {
        context.push(Command::Look(LookCommand::SwapTheme));
    }
}

/// The way to the palette, as wide as there is room.
fn palette_button_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let width = (ui.available_width() * 0.5).clamp(96.0, 280.0);
    let words = if width < 220.0 { "Search   Ctrl+K" } else { "Search or command   Ctrl+K" };
    let text = RichText::new(words).size(size::NOTE).color(ink(context.theme.muted));
    let search = egui::Button::new(text).truncate().min_size(egui::vec2(width, 28.0));
    let response = ui.add_sized([width, 28.0], search);
    response.widget_info(|| {
        let label = "Search or command   Ctrl+K";
        egui::WidgetInfo::labeled(egui::Role::Button, true, label)
    });
    if response.clicked() {
        context.push(Command::Look(LookCommand::Palette(true)));
    }
}

fn menus_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    for (name, parts) in table::MENUS {
        if name == table::BEFORE_SELECTION {
            selection_menu_ui(ui, context);
        }
        ui.menu_button(RichText::new(name).size(size::BODY), |ui| {
            ui.set_min_width(280.0);
            let most = ui.ctx().content_rect().height() - 80.0;
            // An area is 400 points high by default; a menu takes the room that it needs and has.
            let entries = egui::ScrollArea::vertical().max_height(most).min_scrolled_height(most);
            entries.show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 16.0);
                for action in parts.iter().copied().flatten() {
                    action_ui(ui, context, action);
                }
            });
        });
    }
}

/// What can be done with what is selected.
fn selection_menu_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.menu_button(RichText::new("Selection").size(size::BODY), |ui| {
        let selected = context.model.selected_all().to_vec();
        if selected.is_empty() || context.model.staging.is_some() {
            let hint = "Select a credential or a service: what can be done with it stands here";
            note_ui(ui, context.theme, hint);
        } else {
            entries_ui(ui, context, &selected);
        }
    });
}

fn action_ui(ui: &mut Ui, context: &mut PanelContext<'_>, action: &Action) {
    let available = action.available(context.model);
    let keys = action.keys_text();
    let button = egui::Button::new(RichText::new(action.title(context.model)).size(size::BODY))
        .shortcut_text(keys)
        .frame(false);
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

/// One sentence that is always true, with the way to the worst finding, and below it the exposure.
/// Two lines, whatever they say.
pub(crate) fn headline_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(answers) = context.model.answers.clone() else { return };
    let size = egui::vec2(ui.available_width(), SENTENCE);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.set_min_size(size);
        if !context.model.is_covered()
            && !answers.findings.is_empty()
            && strong_button_ui(ui, context.theme, "Show the worst").clicked()
        {
            context.push(Command::ShowWorst);
        }
        ui.add_space(8.0);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            sentence_ui(ui, context, &answers.headline);
        });
    });
    let size = egui::vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.set_min_size(size);
        left_open_ui(ui, context, &answers.headline);
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
            exposure_ui(ui, context, &answers);
        });
    });
}

/// The headline, which leads to what it counts: in one line, or smaller in two.
fn sentence_ui(ui: &mut Ui, context: &mut PanelContext<'_>, headline: &Headline) {
    let sentence = context.model.headline().unwrap_or_else(|| headline.sentence());
    let sentence = shown(&sentence).into_owned();
    let room = ui.available_width();
    let (credentials, from) = headline.counted();
    let leads = !(credentials.is_empty() && from.is_empty());
    let job = |size| {
        let colour = ink(context.theme.text);
        let mut job =
            egui::text::LayoutJob::simple(sentence.clone(), font(Face::Strong, size), colour, room);
        job.wrap.max_rows = 2;
        job
    };
    let in_one_line = ui.fonts_mut(|fonts| fonts.layout_job(job(size::HEADING))).rows.len() == 1;
    let job = job(if in_one_line { size::HEADING } else { size::BODY });
    let mut label = egui::Label::new(job).wrap();
    if leads {
        label = label.sense(egui::Sense::click());
    }
    let response = ui.add(label);
    if !leads {
        return;
    }
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &sentence));
    underlined(ui, context, &response);
    if response.on_hover_text(Figure::Headline.hint()).clicked() {
        context.push(Command::Table(TableCommand::RowsOf(Figure::Headline)));
    }
}

fn underlined(ui: &Ui, context: &PanelContext<'_>, response: &egui::Response) {
    if response.hovered() || response.has_focus() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        let stroke = egui::Stroke::new(1.0, ink(context.theme.accent));
        ui.painter().hline(response.rect.x_range(), response.rect.bottom() - 1.0, stroke);
    }
}

/// Where the headline leaves something open, the way to where that can be said.
fn left_open_ui(ui: &mut Ui, context: &mut PanelContext<'_>, headline: &Headline) {
    let (words, command) = match headline.left_to() {
        None => return,
        Some(LeftTo::Environments) => (
            "Say which tier each environment has",
            PolicyCommand::OpenAt(PolicySection::Environments),
        ),
        Some(LeftTo::Assumptions(by)) => {
            ("Say what is assumed", PolicyCommand::OpenAt(section_of(by)))
        }
    };
    let is_disputed = !context.model.disputed.is_empty();
    let words =
        if is_disputed { format!("{words}; some of it is disputed") } else { words.to_owned() };
    let text = RichText::new(words).size(size::NOTE);
    if ui.link(text).clicked() {
        context.push(Command::Policy(command));
    }
}

/// Where the first of these kinds of assumption is set.
fn section_of(by: AssumedBy) -> PolicySection {
    match by {
        AssumedBy { access: false, ids: true, .. } => PolicySection::Ids,
        AssumedBy { access: false, ids: false, names: true } => PolicySection::Environments,
        AssumedBy { .. } => PolicySection::Access,
    }
}
