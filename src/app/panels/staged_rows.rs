//! The first rows of a staged table, as they will be understood.

use egui::{Align, Layout, RichText, ScrollArea, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::paint::style::{ink, size};
use crate::app::widgets::parts::{capitalised, chip_ui, heading_ui, note_ui};
use crate::import::{Fate, Preview, PreviewCell, meaning_word};
use crate::scene::Theme;

/// The first rows as they will be understood.
pub(crate) fn rows_ui(ui: &mut Ui, theme: &Theme, preview: &Preview) {
    heading_ui(ui, theme, "The first rows as they will be read");
    if preview.rows.is_empty() {
        note_ui(ui, theme, "No row can be shown yet");
        return;
    }
    // What is not read is not shown: the width belongs to what is.
    let used: Vec<usize> = (0..preview.columns.len())
        .filter(|at| preview.columns.get(*at).is_some_and(|column| column.meaning != "unused"))
        .collect();
    ScrollArea::horizontal().id_salt("staged rows").auto_shrink(false).show(ui, |ui| {
        let mut table = TableBuilder::new(ui)
            .id_salt(("staged rows", used.len()))
            .sense(Sense::hover())
            .auto_shrink([false, true])
            .min_scrolled_height(0.0)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(48.0))
            .column(Column::exact(76.0));
        for _ in &used {
            table = table.column(Column::initial(150.0).clip(true).resizable(true).at_least(60.0));
        }
        let table = table.column(Column::remainder().clip(true).at_least(240.0));
        let note = |text: &str| RichText::new(text).size(size::NOTE);
        let table = table.header(22.0, |mut header| {
            for name in ["Line", "Row"] {
                header.col(|ui| {
                    ui.label(note(name).color(ink(theme.muted)));
                });
            }
            for column in used.iter().filter_map(|at| preview.columns.get(*at)) {
                header.col(|ui| {
                    // Where several credentials stand in a row, several columns have one meaning.
                    let meaning = meaning_word(column.meaning);
                    let (name, more) = if preview.fixed {
                        (column.heading.as_str(), meaning)
                    } else {
                        (meaning, column.heading.as_str())
                    };
                    let text = note(name).color(ink(theme.muted));
                    ui.add(egui::Label::new(text).truncate()).on_hover_text(more);
                });
            }
            header.col(|ui| {
                ui.label(note("Remarks").color(ink(theme.muted)));
            });
        });
        table.body(|body| {
            body.rows(22.0, preview.rows.len(), |row| row_ui(row, theme, preview, &used));
        });
    });
}

fn row_ui(
    mut row: egui_extras::TableRow<'_, '_>,
    theme: &Theme,
    preview: &Preview,
    used: &[usize],
) {
    let Some(own) = preview.rows.get(row.index()) else { return };
    let note = |text: &str| RichText::new(text).size(size::NOTE);
    let (word, colour) = match own.fate {
        Fate::Accepted => ("accepted", theme.fixed),
        Fate::Skipped => ("skipped", theme.muted),
        Fate::Rejected => ("rejected", theme.severity[1]),
    };
    row.col(|ui| {
        ui.label(note(&own.line.to_string()).color(ink(theme.muted)));
    });
    row.col(|ui| {
        ui.label(note(word).color(ink(colour)));
    });
    for at in used {
        row.col(|ui| {
            if let Some(cell) = own.cells.get(*at) {
                cell_ui(ui, theme, cell);
            }
        });
    }
    row.col(|ui| {
        let text = note(&capitalised(&own.why)).color(ink(theme.second));
        ui.add(egui::Label::new(text).truncate());
    });
}

/// A cell: several names stand apart, each in a field of its own.
fn cell_ui(ui: &mut Ui, theme: &Theme, cell: &PreviewCell) {
    let note = |text: &str| RichText::new(text).size(size::NOTE);
    match cell {
        PreviewCell::Empty | PreviewCell::Unread => {}
        PreviewCell::Text(text) => {
            ui.add(egui::Label::new(note(text).color(ink(theme.text))).truncate());
        }
        PreviewCell::Masked => {
            ui.label(note("‹masked›").color(ink(theme.muted)));
        }
        PreviewCell::List(names) => {
            ui.spacing_mut().item_spacing.x = 4.0;
            for name in names {
                chip_ui(ui, theme, name, ink(theme.second));
            }
        }
    }
}
