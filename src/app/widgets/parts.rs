//! Small pieces that several panels use: names that can be pressed, chips, signs.

use egui::{Color32, Response, RichText, Sense, Stroke, Ui, Vec2, vec2};

use crate::analysis::{Severity, Subject};
use crate::app::model::command::Command;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::subject_menu_ui;
use crate::inventory::grouped;
use crate::scene::{Face, Theme, region_tints};

/// The sign before a name: a diamond for a credential, a disc for a service instance.
pub(crate) fn sign(context: &PanelContext<'_>, subject: Subject) -> (&'static str, Color32) {
    let theme = context.theme;
    let Some(answers) = &context.model.answers else { return ("◆", ink(theme.muted)) };
    match subject {
        Subject::Credential(_) => ("◆", severity_ink(theme, answers.severity(subject))),
        Subject::Instance(at) => {
            let environment = answers.graph.instance(at).environment;
            let tints = region_tints(&answers.graph);
            let tint = tints.get(environment.index()).copied().unwrap_or_default();
            ("●", ink(theme.region(tint)))
        }
    }
}

/// A severity's colour, or the muted one.
pub(crate) fn severity_ink(theme: &Theme, severity: Option<Severity>) -> Color32 {
    let colour = severity.and_then(|severity| theme.severity.get(severity.rank()).copied());
    ink(colour.unwrap_or(theme.muted))
}

/// A name that selects what it names when it is pressed, with the menu of it.
pub(crate) fn subject_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    subject: Subject,
) -> Response {
    let Some(answers) = &context.model.answers else { return ui.label("") };
    let name = answers.name(subject);
    let (mark, colour) = sign(context, subject);
    let response = ui
        .horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(mark).color(colour).size(size::NOTE));
            link_ui(ui, context.theme, &name)
        })
        .inner;
    if response.clicked() {
        context.push(Command::Select(Some(subject)));
    }
    subject_menu_ui(&response, context, subject);
    response
}

/// Text that can be pressed; cut where there is no room, with the whole text on hover.
pub(crate) fn link_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    linked_ui(ui, theme, egui::Label::new(RichText::new(text).color(ink(theme.text))).truncate())
}

/// The same where the text makes its own room: it is never cut.
pub(crate) fn whole_link_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    linked_ui(ui, theme, egui::Label::new(RichText::new(text).color(ink(theme.text))).extend())
}

fn linked_ui(ui: &mut Ui, theme: &Theme, label: egui::Label) -> Response {
    let response = ui.add(label.sense(Sense::click()));
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        let line = response.rect.bottom() - 1.0;
        ui.painter().hline(response.rect.x_range(), line, Stroke::new(1.0, ink(theme.accent)));
    }
    response
}

/// A word in a rounded field: a severity, a state.
pub(crate) fn chip_ui(ui: &mut Ui, theme: &Theme, text: &str, colour: Color32) -> Response {
    let words = egui::WidgetText::from(RichText::new(text).size(size::NOTE).color(colour));
    let (extend, body) = (Some(egui::TextWrapMode::Extend), egui::TextStyle::Body);
    let needed = words.clone().into_galley(ui, extend, f32::INFINITY, body).size().x + 16.0;
    let is_begun = ui.cursor().left() > ui.max_rect().left() + 1.0;
    let breaks_lines = ui.layout().main_wrap;
    // Where lines are broken, what has no room on this one begins the next: its words stay together.
    if breaks_lines && is_begun && needed > ui.available_size_before_wrap().x {
        ui.end_row();
    }
    egui::Frame::new()
        .fill(ink(theme.raised))
        .stroke(Stroke::new(1.0, colour))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(7, 1))
        .show(ui, |ui| {
            let label = egui::Label::new(words);
            ui.add(if breaks_lines { label.extend() } else { label })
        })
        .response
}

/// The title of a page that lies over the window.
pub(crate) fn page_title_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    let face = font(Face::Strong, size::HEADING);
    ui.label(RichText::new(text).font(face).color(ink(theme.text)));
    ui.add_space(4.0);
}

/// A heading inside a panel.
pub(crate) fn heading_ui(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.add_space(12.0);
    ui.label(RichText::new(text).font(font(Face::Strong, size::NOTE)).color(ink(theme.second)));
    ui.add_space(4.0);
}

/// How wide a text is in one line of notes.
pub(crate) fn note_width(ui: &Ui, text: &str) -> f32 {
    let face = font(Face::Regular, size::NOTE);
    let galley =
        ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), face, Color32::PLACEHOLDER));
    galley.size().x
}

/// A note in the muted colour, wrapped.
pub(crate) fn note_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.add(egui::Label::new(RichText::new(text).size(size::NOTE).color(ink(theme.muted))).wrap())
}

pub(crate) fn more_ui(ui: &mut Ui, context: &PanelContext<'_>, whole: usize, most: usize) {
    if whole > most {
        note_ui(ui, context.theme, &format!("and {} more", grouped((whole - most) as u64)));
    }
}

/// A small coloured square with a different corner for each colour's place in its set.
pub(crate) fn swatch_ui(ui: &mut Ui, colour: Color32, on: bool) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(12.0), Sense::hover());
    if on {
        ui.painter().rect_filled(rect, 3.0, colour);
    } else {
        ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.0, colour), egui::StrokeKind::Inside);
    }
}

/// A box with its words; what stands behind two spaces is a figure, and stands at the right: beside the
/// words, or below them where it is long.
pub(crate) fn box_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    on: &mut bool,
    text: &str,
) -> Response {
    let (words, figure) = text.split_once("  ").unwrap_or((text, ""));
    let small = |text: &str| RichText::new(text.to_owned()).size(size::NOTE);
    let width = if figure.is_empty() { 0.0 } else { note_width(ui, figure) + 8.0 };
    let row = ui.available_rect_before_wrap();
    let sign = ui.spacing().icon_width + ui.spacing().icon_spacing;
    let is_below = width > row.width() * 0.4 && sign + note_width(ui, words) + width > row.width();
    let beside = if is_below { 0.0 } else { width };
    let response = ui
        .scope(|ui| {
            ui.set_max_width((ui.available_width() - beside).max(60.0));
            ui.checkbox(on, small(words))
        })
        .inner;
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, *on, text));
    if !figure.is_empty() {
        let face = font(Face::Regular, size::NOTE);
        let colour = ink(context.theme.second);
        let at = if is_below {
            let (line, _) = ui.allocate_exact_size(vec2(row.width(), size::NOTE), Sense::hover());
            line.right_center()
        } else {
            egui::pos2(row.right(), response.rect.center().y)
        };
        ui.painter().text(at, egui::Align2::RIGHT_CENTER, figure, face, colour);
    }
    response
}

/// Lets nothing that lies below a dialog take clicks or keys while it is drawn.
pub(crate) fn covers_all<T>(ui: &Ui, shown: Option<egui::InnerResponse<T>>) {
    if let Some(shown) = shown {
        let layer = shown.response.layer_id;
        ui.ctx().memory_mut(|memory| memory.set_modal_layer(layer));
    }
}

/// A button of the second rank, in the size of notes.
pub(crate) fn note_button_ui(ui: &mut Ui, text: impl Into<RichText>) -> Response {
    note_button_where_ui(ui, true, text)
}

/// The same where it can be pressed, else dimmed. It wraps with the others of its row.
pub(crate) fn note_button_where_ui(ui: &mut Ui, can: bool, text: impl Into<RichText>) -> Response {
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(8.0, 2.0));
    let button = egui::Button::new(text.into().size(size::NOTE)).min_size(vec2(0.0, 24.0));
    let response = ui.add_enabled(can, button);
    ui.spacing_mut().button_padding = padding;
    response
}

/// A button filled with the accent colour; at most one is in sight.
pub(crate) fn strong_button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    let button = egui::Button::new(RichText::new(text).size(size::BODY).color(ink(theme.canvas)))
        .fill(ink(theme.accent))
        .min_size(vec2(0.0, 28.0));
    ui.add(button)
}

/// Draws the buttons that follow without a frame, until the pointer or the focus is on them.
pub(crate) fn frameless(ui: &mut Ui) {
    let widgets = &mut ui.visuals_mut().widgets;
    widgets.inactive.weak_bg_fill = Color32::TRANSPARENT;
    widgets.inactive.bg_stroke = Stroke::NONE;
    for state in [&mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        state.bg_stroke = Stroke::NONE;
    }
}

/// A sentence with a capital at its start; what begins with a path stays as it is.
pub(crate) fn capitalised(sentence: &str) -> String {
    let word = sentence.split(' ').next().unwrap_or_default();
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) if word.chars().all(char::is_alphabetic) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => sentence.to_owned(),
    }
}
