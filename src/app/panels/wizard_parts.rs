//! Which parts of a staged file are read: members of an archive, worksheets, arrays of an object.

use egui::{RichText, ScrollArea, Ui};

use crate::app::model::command::{StageChoice, StageCommand};
use crate::app::paint::style::size;
use crate::app::panels::wizard_dialect::Push;
use crate::import::{FilePart, PartKind, Preview};

/// Up to how many parts stand side by side; more are a list, of which only what is in sight is drawn.
const MOST_BESIDE: usize = 12;

/// Which parts of the file are read: each can be left out or taken in, hidden ones too.
pub(crate) fn parts_ui(ui: &mut Ui, preview: &Preview, push: Push<'_>) {
    for (kind, label, word) in [
        (PartKind::Member, "Members", "member"),
        (PartKind::Worksheet, "Worksheets", "worksheet"),
        (PartKind::Array, "Arrays", "array"),
    ] {
        let parts: Vec<&FilePart> = preview.parts.iter().filter(|part| part.kind == kind).collect();
        if parts.len() < 2 {
            continue;
        }
        let read = parts.iter().filter(|part| part.is_read).count();
        let mut tick = |ui: &mut Ui, part: &FilePart| part_ui(ui, (part, read), word, push);
        if parts.len() <= MOST_BESIDE {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(label).size(size::NOTE));
                for part in &parts {
                    tick(ui, part);
                }
            });
            continue;
        }
        let text = format!("{label}: {read} of {} are read", parts.len());
        ui.label(RichText::new(text).size(size::NOTE));
        let height = ui.spacing().interact_size.y;
        let list = ScrollArea::vertical().id_salt(label).max_height(72.0);
        list.show_rows(ui, height, parts.len(), |ui, rows| {
            for part in parts.get(rows).unwrap_or_default() {
                tick(ui, part);
            }
        });
    }
}

/// A part with whether it is read; the last of those that are read stays.
fn part_ui(ui: &mut Ui, (part, read): (&FilePart, usize), word: &str, push: Push<'_>) {
    let hidden = if part.is_hidden { "hidden, " } else { "" };
    let size = format!("{} {}", part.size, part.kind.unread().unit(part.size));
    let text = RichText::new(format!("{} · {hidden}{size}", part.name_for_people()));
    let mut is_read = part.is_read;
    let is_last = part.is_read && read == 1;
    let tick = egui::Checkbox::new(&mut is_read, text.size(size::NOTE));
    let ticked = ui.add_enabled(!is_last, tick);
    let ticked = ticked.on_disabled_hover_text(format!("One {word} has to be read"));
    if ticked.on_hover_text(format!("Whether this {word} is read")).changed() {
        let choice = StageChoice::Part(part.kind, part.name.clone(), is_read);
        push(StageCommand::Choose(choice));
    }
}
