//! Names that are hidden: a sign of it, a cover while they are being hidden, and the editor of a pseudonym.

use egui::{RichText, Ui};

use crate::app::jobs::JobKind;
use crate::app::model::command::{Command, NamesCommand};
use crate::app::model::pseudonym_draft::PseudonymDraft;
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{
    capitalised, covers_all, note_ui, page_title_ui, strong_button_ui,
};
use crate::inventory::shown;
use crate::project::RedactedKind;
use crate::scene::Face;

/// What the sign says.
pub(crate) const SIGN: &str = "Names hidden";

/// How wide the editor of a pseudonym is, in points.
const WIDTH: f32 = 420.0;

/// Says that names are hidden; a press shows which, and lets each kind be hidden or shown.
pub(crate) fn hidden_names_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(kinds) = context.model.hidden.as_ref().map(|hidden| hidden.kinds) else { return };
    let text = RichText::new(format!("{SIGN} ▾")).font(font(Face::Strong, size::BODY));
    let menu = ui.menu_button(text.color(ink(context.theme.accent)), |ui| {
        for kind in RedactedKind::ALL {
            let mut is_hidden = kinds.has(kind);
            if ui.checkbox(&mut is_hidden, capitalised(kind.words())).clicked() {
                context.push(Command::Names(NamesCommand::Kind(kind)));
                ui.close();
            }
        }
        if ui.button("Show names").clicked() {
            context.push(Command::Names(NamesCommand::Switch));
            ui.close();
        }
    });
    let words: Vec<_> = kinds.listed().into_iter().map(RedactedKind::words).collect();
    let tip = format!("Pseudonyms stand in the place of {} (H shows names)", words.join(", "));
    menu.response.on_hover_text(tip);
}

/// Covers the window while everything is about to be called otherwise: until all of it is, nothing is in
/// sight.
pub(crate) fn switching_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let room = ui.max_rect();
    ui.painter().rect_filled(room, 0.0, ink(context.theme.canvas));
    ui.vertical_centered(|ui| {
        ui.add_space((room.height() / 2.0 - 60.0).max(0.0));
        let what = "Putting other names in place…";
        ui.label(RichText::new(what).size(size::HEADING).color(ink(context.theme.text)));
        ui.add_space(8.0);
        let mut running = context.model.jobs.running();
        let job = running.find(|(kind, _)| *kind == JobKind::Names);
        if let Some(share) = job.and_then(|(_, progress)| progress.share()) {
            ui.add(egui::ProgressBar::new(share).desired_width(240.0));
            ui.add_space(8.0);
        }
        if ui.button("Cancel").clicked() {
            context.push(Command::Cancel(JobKind::Names));
        }
    });
}

/// The editor of a pseudonym, while it is open.
pub(crate) fn pseudonym_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(draft) = context.model.session.pseudonym.clone() else { return };
    // What lies behind waits.
    let behind = ui.ctx().layer_painter(egui::LayerId::background());
    let shade = ink(context.theme.canvas.faded(0.72));
    behind.rect_filled(ui.ctx().content_rect(), 0.0, shade);
    let drawn = egui::Window::new("Pseudonym")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size([WIDTH, 0.0])
        .show(ui.ctx(), |ui| draft_ui(ui, context, &draft));
    covers_all(ui, drawn);
}

fn draft_ui(ui: &mut Ui, context: &mut PanelContext<'_>, draft: &PseudonymDraft) {
    let title = format!("Pseudonym of “{}”", shown(&draft.name()));
    page_title_ui(ui, context.theme, &title);
    let made = context.model.project.pseudonyms.made_for(&draft.thing).map(str::to_owned);
    let note = match &made {
        Some(made) => format!("Without a text of yours it is “{made}”"),
        None if context.model.runs(JobKind::Pseudonyms) => "Making pseudonyms…".to_owned(),
        None => "It has no pseudonym".to_owned(),
    };
    note_ui(ui, context.theme, &note);
    let mut text = draft.text.clone();
    let field = egui::TextEdit::singleline(&mut text)
        .hint_text(made.unwrap_or_default())
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Pseudonym"));
    if text != draft.text {
        context.push(Command::Names(NamesCommand::EditPseudonym(text)));
    } else if draft.text.is_empty() && draft.why.is_none() && !response.has_focus() {
        response.request_focus();
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if let Some(why) = &draft.why {
        ui.label(RichText::new(format!("⚠ {why}")).color(ink(context.theme.text)));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let chosen = strong_button_ui(ui, context.theme, "Use this pseudonym").clicked();
        if chosen || is_entered {
            context.push(Command::Names(NamesCommand::ChoosePseudonym));
        }
        if ui.button("Cancel").clicked() {
            context.push(Command::Names(NamesCommand::LeavePseudonym));
        }
    });
}
