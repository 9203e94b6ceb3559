//! What lies over the window: the palette of commands and names, and the page of keys.

use egui::{Key, Modifiers, Response, RichText, ScrollArea, Ui, vec2};

use crate::app::commands::action::Action;
use crate::app::commands::offers::{Offer, offers, palette_name, with_selection};
use crate::app::commands::scenes::PRESENTING;
use crate::app::commands::table;
use crate::app::model::command::{Command, LookCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, note_ui, page_title_ui, sign};
use crate::inventory::grouped;

/// The palette: type a command's name or a thing's.
pub(crate) fn palette_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if !context.model.session.palette {
        return;
    }
    egui::Window::new("Search or command")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_TOP, [0.0, 48.0])
        .fixed_size([(ui.ctx().content_rect().width() - 48.0).min(560.0), 0.0])
        .show(ui.ctx(), |ui| palette_body_ui(ui, context));
}

fn palette_body_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let offers = offers(context.model);
    let at = context.model.session.palette_at;
    // Before the field, which would take the arrows for itself.
    for (key, by) in
        [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 8), (Key::PageUp, -8)]
    {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            let last = offers.len().saturating_sub(1);
            let to = at.saturating_add_signed(by).min(last);
            context.push(Command::Look(LookCommand::PaletteAt(to)));
        }
    }
    let mut text = context.model.session.palette_text.clone();
    let field = egui::TextEdit::singleline(&mut text)
        .hint_text("Type a name or a command")
        .desired_width(f32::INFINITY);
    let response = ui.add(field);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search or command")
    });
    response.request_focus();
    if response.changed() {
        context.push(Command::Look(LookCommand::PaletteText(text.clone())));
    }
    if ui.input(|input| input.key_pressed(Key::Enter))
        && let Some(offer) = offers.get(at)
    {
        carry_out(context, *offer);
    }
    let [_, found] = &context.model.found;
    if found.total > found.best.len() {
        let text = format!(
            "the best {} of {}; type more to narrow them",
            found.best.len(),
            grouped(found.total as u64)
        );
        note_ui(ui, context.theme, &text);
    }
    if let Some(unclear) = found.unclear.as_ref().filter(|_| offers.is_empty()) {
        note_ui(ui, context.theme, &capitalised(unclear));
        return;
    }
    if offers.is_empty() {
        note_ui(ui, context.theme, "No credential, service or command has that in its name");
        return;
    }
    let moved = ui.input(|input| !input.events.is_empty());
    let most = (ui.ctx().content_rect().height() - 160.0).clamp(96.0, 372.0);
    ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        // Room for the scroll bar, which lies over the rows.
        ui.set_max_width(ui.available_width() - 14.0);
        for (index, offer) in offers.iter().enumerate() {
            let response = offer_ui(ui, context, *offer, index == at);
            if index == at && moved {
                response.scroll_to_me(None);
            }
        }
    });
}

/// One line; the one that Enter carries out has a background and a bar before it.
fn offer_ui(ui: &mut Ui, context: &mut PanelContext<'_>, offer: Offer, picked: bool) -> Response {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 26.0), egui::Sense::CLICK);
    if picked || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, ink(context.theme.raised));
    }
    if picked {
        let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.0, ink(context.theme.accent));
    }
    let row = rect.shrink2(vec2(10.0, 0.0));
    let mut ui = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(row)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    let (name, why_not) = match offer {
        Offer::Subject(subject) => {
            let name = context.model.answers.as_ref().map(|answers| answers.name(subject));
            let (mark, colour) = sign(context, subject);
            ui.label(RichText::new(mark).color(colour).size(size::NOTE));
            let name = name.unwrap_or_default();
            ui.add(
                egui::Label::new(RichText::new(&name).color(ink(context.theme.text))).truncate(),
            );
            (name, None)
        }
        Offer::Action(action) => {
            let available = action.available(context.model);
            let colour = if available.is_ok() { context.theme.text } else { context.theme.muted };
            let title = action.title(context.model);
            ui.label(RichText::new(title.as_ref()).color(ink(colour)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let keys = RichText::new(action.keys_text()).size(size::NOTE);
                ui.label(keys.color(ink(context.theme.muted)));
            });
            (title.into_owned(), available.err())
        }
        Offer::OnSelection(action) => {
            let name = with_selection(context.model, |on| palette_name(on, action));
            let name = name.unwrap_or_default();
            let text = RichText::new(&name).color(ink(context.theme.text));
            ui.add(egui::Label::new(text).truncate());
            (name, None)
        }
    };
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, why_not.is_none(), &name));
    let response = match (offer, why_not) {
        (_, Some(why)) => response.on_hover_text(why),
        (Offer::Action(action), None) => response.on_hover_text(action.tooltip),
        (Offer::OnSelection(action), None) => response.on_hover_text(action.tip()),
        (Offer::Subject(_), None) => response,
    };
    if response.clicked() {
        carry_out(context, offer);
    }
    response
}

fn carry_out(context: &mut PanelContext<'_>, offer: Offer) {
    let command = match offer {
        Offer::Subject(subject) => Command::Select(Some(subject)),
        Offer::Action(action) if action.available(context.model).is_err() => return,
        Offer::Action(action) => (action.command)(context.model),
        Offer::OnSelection(action) => {
            let asked = with_selection(context.model, |on| on.command(action));
            let Some(command) = asked else { return };
            command
        }
    };
    context.push(Command::Look(LookCommand::Palette(false)));
    context.push(command);
}

/// The page of keys.
pub(crate) fn help_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    if !context.model.session.help {
        return;
    }
    let screen = ui.ctx().content_rect().size();
    let size = vec2((screen.x - 80.0).min(560.0), (screen.y - 120.0).min(520.0));
    egui::Window::new("Keys")
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0])
        .fixed_size(size)
        .show(ui.ctx(), |ui| {
            page_title_ui(ui, context.theme, "Keys");
            let list = ui.available_height() - 36.0;
            ScrollArea::vertical().auto_shrink(false).max_height(list).show(ui, |ui| {
                ui.set_max_width(ui.available_width() - 16.0);
                for action in table::all() {
                    key_ui(ui, context, action);
                }
                page_title_ui(ui, context.theme, "While scenes are presented");
                for own in &PRESENTING {
                    line_of_keys_ui(ui, context, (own.name, own.does));
                }
                line_of_keys_ui(ui, context, ("1 to 9, 0", "The scene of that number, up to the tenth"));
                let pointer = "Wheel: zoom at the pointer. Drag: move. Click: select. Double \
                               click: what lies within some hops. Ctrl+click: select one more, or one less. Shift+drag: a box. \
                               Alt+drag: a lasso. Hover: show what is linked. Right click: what can \
                               be done with it.";
                note_ui(ui, context.theme, pointer);
            });
            ui.add_space(4.0);
            if ui.button("Close the page of keys").clicked() {
                context.push(Command::Look(LookCommand::Help(false)));
            }
        });
}

/// An action with its keys before it.
fn key_ui(ui: &mut Ui, context: &PanelContext<'_>, action: &Action) {
    line_of_keys_ui(ui, context, (&action.keys_text(), action.name));
}

/// Keys, and what they do.
fn line_of_keys_ui(ui: &mut Ui, context: &PanelContext<'_>, (keys, does): (&str, &str)) {
    ui.horizontal(|ui| {
        let keys = RichText::new(keys).monospace();
        let label =
            egui::Label::new(keys.color(ink(context.theme.accent))).halign(egui::Align::Min);
        ui.scope(|ui| {
            ui.set_width(180.0);
            ui.add(label.truncate());
        });
        ui.add(egui::Label::new(RichText::new(does).size(size::BODY)).truncate());
    });
}
