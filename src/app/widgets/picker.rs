//! A menu in which one of many is picked: by a filter field, the arrow keys and Enter, or a click.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Id, Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::app::paint::style::size;
use crate::app::widgets::parts::note_ui;
use crate::scene::Theme;

/// How many are listed at most; the filter narrows the rest.
pub(crate) const MOST_OFFERED: usize = 200;

/// How wide the menu is, and how high its list at most.
const WIDTH: f32 = 320.0;
const HIGHEST: f32 = 320.0;

/// What fits a filter: at most [`MOST_OFFERED`], and how many there are.
#[derive(Clone, Debug)]
pub(crate) struct Offered<T> {
    pub(crate) best: Vec<(String, T)>,
    pub(crate) total: usize,
}

impl<T> Offered<T> {
    /// Those of some names that have a text in them, without regard to case.
    pub(crate) fn of(all: impl Iterator<Item = (String, T)>, filter: &str) -> Self {
        let wanted = filter.trim().to_lowercase();
        let mut found = Self { best: Vec::new(), total: 0 };
        for (name, own) in all.filter(|(name, _)| name.to_lowercase().contains(&wanted)) {
            found.total += 1;
            if found.best.len() < MOST_OFFERED {
                found.best.push((name, own));
            }
        }
        found
    }
}

/// What the menu remembers while it is open.
#[derive(Clone, Debug)]
struct Open<T> {
    text: String,
    /// The line that Enter picks.
    at: usize,
    offered: Offered<T>,
    /// The pass in which it was drawn last: a gap means that it was closed in between.
    pass: u64,
}

/// A button with such a menu; returns what was picked. `offer` says what fits a filter, and is asked
/// only when that changes.
pub(crate) fn picker_ui<T: Clone + Send + Sync + 'static>(
    ui: &mut Ui,
    theme: &Theme,
    (title, hint): (&str, &str),
    offer: impl Fn(&str) -> Offered<T>,
) -> Option<T> {
    let id = ui.make_persistent_id(("picker", hint));
    let config = MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let button = egui::Button::new(RichText::new(title).size(size::NOTE)).truncate();
    let (_, inner) = MenuButton::from_button(button)
        .config(config)
        .ui(ui, |ui| menu_ui(ui, theme, (id, hint), offer));
    inner.and_then(|inner| inner.inner)
}

fn menu_ui<T: Clone + Send + Sync + 'static>(
    ui: &mut Ui,
    theme: &Theme,
    (id, hint): (Id, &str),
    offer: impl Fn(&str) -> Offered<T>,
) -> Option<T> {
    ui.set_width(WIDTH);
    let pass = ui.ctx().cumulative_pass_nr();
    let kept: Option<Open<T>> = ui.data(|data| data.get_temp(id));
    let kept = kept.filter(|open| open.pass + 1 >= pass);
    let is_new = kept.is_none();
    let mut open =
        kept.unwrap_or_else(|| Open { text: String::new(), at: 0, offered: offer(""), pass });
    open.pass = pass;
    walk(ui, &mut open);
    let field = ui.add(TextEdit::singleline(&mut open.text).hint_text(hint).desired_width(WIDTH));
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, hint));
    if is_new {
        field.request_focus();
    }
    if field.changed() {
        open.offered = offer(&open.text);
        open.at = 0;
    }
    let entered = ui.input(|input| input.key_pressed(Key::Enter));
    let mut picked = open.offered.best.get(open.at).filter(|_| entered).map(|(_, own)| own.clone());
    let moved = ui.input(|input| !input.events.is_empty());
    let most = HIGHEST.min(ui.ctx().content_rect().height() - 200.0).max(72.0);
    ScrollArea::vertical().auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 16.0);
        for (line, (name, own)) in open.offered.best.iter().enumerate() {
            let text = RichText::new(name).size(size::NOTE);
            let button = egui::Button::selectable(line == open.at, text).truncate();
            let response = ui.add(button);
            if line == open.at && moved {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                picked = Some(own.clone());
            }
        }
    });
    more_ui(ui, theme, &open.offered);
    if picked.is_some() {
        ui.data_mut(|data| data.remove::<Open<T>>(id));
        ui.close();
    } else {
        ui.data_mut(|data| data.insert_temp(id, open));
    }
    picked
}

/// The arrow keys go from line to line; taken before the field would take them for itself.
fn walk<T>(ui: &Ui, open: &mut Open<T>) {
    let last = open.offered.best.len().saturating_sub(1);
    for (key, by) in
        [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 8), (Key::PageUp, -8)]
    {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            open.at = open.at.saturating_add_signed(by).min(last);
        }
    }
}

fn more_ui<T>(ui: &mut Ui, theme: &Theme, offered: &Offered<T>) {
    let grouped = |count: usize| crate::inventory::grouped(count as u64);
    let (listed, total) = (offered.best.len(), offered.total);
    if total == 0 {
        note_ui(ui, theme, "Nothing has that in its name");
    } else if listed < total {
        let text = format!("{} of {}; type more to narrow", grouped(listed), grouped(total));
        note_ui(ui, theme, &text);
    }
}
