//! The tab of the workshop: all that was decided, disputed, added and parked, each with a way back.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, WorkshopCommand, WorkshopKey};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_button_ui, note_ui};
use crate::inventory::shown;
use crate::project::{SceneMark, WorkshopEntry, WorkshopItem, WorkshopNoteKind};

fn push(context: &mut PanelContext<'_>, command: WorkshopCommand) {
    context.push(Command::Workshop(command));
}

/// The keys, with what each writes down.
const KEYS: [(WorkshopKey, &str, &str); 5] = [
    (WorkshopKey::Note(WorkshopNoteKind::Owner), "Owner…", "Who answers for what is selected (O)"),
    (WorkshopKey::Note(WorkshopNoteKind::NextStep), "Next step…", "What is done next (D)"),
    (WorkshopKey::Note(WorkshopNoteKind::Parked), "Park…", "What is talked about later (Q)"),
    (WorkshopKey::Dispute, "Dispute…", "Something that is assumed is disputed (Y)"),
    (WorkshopKey::Fact, "State a fact…", "A holder or a grant that no file has (G)"),
];

/// The tab.
pub(crate) fn workshop_tab_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let workshop = context.model.project.workshop.clone();
    ui.horizontal_wrapped(|ui| {
        for (key, name, hint) in KEYS {
            if note_button_ui(ui, name).on_hover_text(hint).clicked() {
                push(context, WorkshopCommand::Begin(key));
            }
        }
        if workshop.is_empty() {
            return;
        }
        ui.separator();
        for (command, name) in [
            (WorkshopCommand::CopyMinutes, "Copy the minutes"),
            (WorkshopCommand::SaveMinutes, "Save the minutes…"),
        ] {
            if note_button_ui(ui, name).clicked() {
                push(context, command);
            }
        }
        if workshop.facts().next().is_some() {
            let hint = "As rows for whoever keeps the inventory";
            let save = note_button_ui(ui, "Save what was stated…").on_hover_text(hint);
            if save.clicked() {
                push(context, WorkshopCommand::SaveFacts);
            }
        }
    });
    if workshop.is_empty() {
        let hint = "Nothing yet. The keys O, D, Q, Y and G write down an owner, a next step, a parked \
                    question, a disputed assumption, and a holder or a grant that no file has; on the \
                    stage too.";
        note_ui(ui, context.theme, hint);
        return;
    }
    egui::ScrollArea::vertical().id_salt("workshop").auto_shrink(false).show(ui, |ui| {
        for (at, title) in ["Decided", "Disputed", "Added", "Parked"].into_iter().enumerate() {
            let own: Vec<&WorkshopEntry> =
                workshop.entries().iter().filter(|entry| part_of(&entry.item) == at).collect();
            if own.is_empty() {
                continue;
            }
            heading_ui(ui, context.theme, &format!("{title} {}", own.len()));
            for entry in own {
                entry_ui(ui, context, entry);
            }
        }
    });
}

/// Under which heading an entry stands.
fn part_of(item: &WorkshopItem) -> usize {
    match item {
        WorkshopItem::Note(note) if note.kind == WorkshopNoteKind::Parked => 3,
        WorkshopItem::Note(_) => 0,
        WorkshopItem::Dispute(_) => 1,
        WorkshopItem::Fact(_) => 2,
    }
}

/// One entry, when and on which scene it was said, and the way to take it back.
fn entry_ui(ui: &mut Ui, context: &mut PanelContext<'_>, entry: &WorkshopEntry) {
    ui.horizontal_wrapped(|ui| {
        let words = shown(&entry.item.words()).into_owned();
        let take_back = note_button_ui(ui, "Take back");
        let label = format!("Take back: {words}");
        take_back.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
        if take_back.clicked() {
            push(context, WorkshopCommand::TakeBack(entry.number));
        }
        ui.label(RichText::new(words).color(ink(context.theme.text)));
        let scene = entry.scene.as_ref().map(SceneMark::title).unwrap_or_default();
        let mut when = format!("{} {}", entry.on, shown(&scene));
        if is_waiting(context, entry) {
            when = format!("{when}; not in the inventory as it is");
        }
        ui.label(
            RichText::new(when.trim().to_owned()).size(size::NOTE).color(ink(context.theme.muted)),
        );
    });
}

/// Whether a fact has no row, because its credential is gone.
fn is_waiting(context: &PanelContext<'_>, entry: &WorkshopEntry) -> bool {
    let WorkshopItem::Fact(fact) = &entry.item else { return false };
    let inventory = context.model.inventory();
    inventory.is_some_and(|inventory| fact.row_in(inventory, entry.on).is_none())
}
