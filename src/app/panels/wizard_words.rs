//! The words of a staged file that are not known, each with what it may mean.

use egui::{RichText, ScrollArea, Ui};

use crate::app::model::command::{StageChoice, StageCommand};
use crate::app::paint::style::{ink, size};
use crate::app::panels::wizard_dialect::Push;
use crate::app::widgets::parts::heading_ui;
use crate::import::{Preview, PreviewWord};
use crate::inventory::counted;
use crate::scene::Theme;

/// Words to be explained; nothing where all are known.
pub(crate) fn words_ui(ui: &mut Ui, theme: &Theme, preview: &Preview, push: Push<'_>) {
    let open = preview.words.iter().filter(|word| word.meant.is_none()).count();
    if preview.words.is_empty() {
        return;
    }
    let title = match open {
        0 => "Words that were explained".to_owned(),
        count => counted(count, "word is not known", "words are not known"),
    };
    ui.add_space(4.0);
    heading_ui(ui, theme, &title);
    ScrollArea::vertical().id_salt("words to be explained").max_height(68.0).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for word in &preview.words {
                word_ui(ui, theme, word, push);
            }
        });
    });
}

fn word_ui(ui: &mut Ui, theme: &Theme, word: &PreviewWord, push: Push<'_>) {
    let kind = word.kind.name();
    let text = format!("{kind} “{}”", word.word);
    ui.label(RichText::new(text).size(size::NOTE).color(ink(theme.second)));
    let is = word.meant.as_deref().unwrap_or("as it is");
    let combo = egui::ComboBox::from_id_salt(("word", kind, &word.word))
        .selected_text(RichText::new(is).size(size::NOTE));
    let mut choose = |meant| {
        push(StageCommand::Choose(StageChoice::Word(word.kind, word.word.clone(), meant)));
    };
    let shown = combo.show_ui(ui, |ui| {
        if ui.selectable_label(word.meant.is_none(), "as it is").clicked() {
            choose(None);
        }
        for &choice in word.kind.choices() {
            if ui.selectable_label(word.meant.as_deref() == Some(choice), choice).clicked() {
                choose(Some(choice));
            }
        }
    });
    let name = format!("{kind} word {}: {is}", word.word);
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name));
}
