//! The preview of what would be exported.

use std::sync::Arc;

use egui::{RichText, ScrollArea, Ui, vec2};

use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, heading_ui, note_ui};
use crate::app::work::export_preview::ExportPreview;
use crate::export::FirstRows;
use crate::inventory::shown;

/// How wide a cell is shown at most, in characters: the file has it whole.
const CELL: usize = 40;

/// The preview, as high as there is room.
pub(crate) fn export_preview_ui(ui: &mut Ui, context: &PanelContext<'_>) {
    heading_ui(ui, context.theme, "Preview");
    let Some((_, preview)) = context.model.session.export.preview.clone() else { return };
    let Some(preview) = preview else {
        note_ui(ui, context.theme, "It is being made…");
        return;
    };
    match &*preview {
        ExportPreview::Picture(image) => picture_ui(ui, image),
        ExportPreview::Rows(rows) => rows_ui(ui, context, rows),
        ExportPreview::Lines(lines) => lines_ui(ui, context, lines),
        ExportPreview::Headings(lines) => headings_ui(ui, context, lines),
        ExportPreview::Nothing(why) => {
            // It may stand below already.
            let dialog = context.model.session.export.dialog.as_ref();
            if dialog.is_none_or(|dialog| dialog.why.as_ref() != Some(why)) {
                note_ui(ui, context.theme, &shown(why));
            }
        }
    }
}

/// The picture, smaller where there is no room. Its texture is made once.
fn picture_ui(ui: &mut Ui, image: &Arc<egui::ColorImage>) {
    let id = egui::Id::unique("preview of the picture");
    let known: Option<(Arc<egui::ColorImage>, egui::TextureHandle)> =
        ui.data(|data| data.get_temp(id));
    let known = known.filter(|(of, _)| Arc::ptr_eq(of, image)).map(|(_, texture)| texture);
    let texture = known.unwrap_or_else(|| {
        let options = egui::TextureOptions::LINEAR;
        let texture = ui.ctx().load_texture("preview", image.clone(), options);
        ui.data_mut(|data| data.insert_temp(id, (image.clone(), texture.clone())));
        texture
    });
    let own = texture.size_vec2();
    let room = vec2(ui.available_width(), ui.available_height());
    let scale = (room.x / own.x).min(room.y / own.y).min(1.0);
    let response = ui.add(egui::Image::new((texture.id(), own * scale)));
    let name = "Preview of the picture";
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, name));
}

/// The first rows below their headings.
fn rows_ui(ui: &mut Ui, context: &PanelContext<'_>, rows: &FirstRows) {
    let FirstRows { columns, rows, has_more } = rows;
    let text = |words: &str| {
        let words = shown(words);
        let mut short: String = words.chars().take(CELL).collect();
        if short.len() < words.len() {
            short.push('…');
        }
        RichText::new(short).size(size::NOTE)
    };
    let theme = context.theme;
    let height = (ui.available_height() - 24.0).max(80.0);
    ScrollArea::both()
        .id_salt("preview of rows")
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            egui::Grid::new("first rows").striped(true).spacing(vec2(12.0, 4.0)).show(ui, |ui| {
                for column in columns {
                    let heading = text(column).strong().color(ink(theme.text));
                    ui.add(egui::Label::new(heading).extend());
                }
                ui.end_row();
                for row in rows {
                    for cell in row {
                        ui.add(egui::Label::new(text(cell).color(ink(theme.second))).extend());
                    }
                    ui.end_row();
                }
            });
        });
    let below = match (rows.len(), has_more) {
        (0, _) => "There is no row".to_owned(),
        (_, false) => "These are all rows".to_owned(),
        (count, true) => format!("The first {count} rows; the file has all of them"),
    };
    note_ui(ui, theme, &below);
}

/// The first lines of a file of text.
fn lines_ui(ui: &mut Ui, context: &PanelContext<'_>, lines: &[String]) {
    ScrollArea::both().id_salt("preview of lines").auto_shrink(false).show(ui, |ui| {
        for line in lines {
            let text = RichText::new(line).monospace().size(size::NOTE);
            ui.add(egui::Label::new(text.color(ink(context.theme.second))).extend());
        }
    });
}

/// The headline of a document and its headings.
fn headings_ui(ui: &mut Ui, context: &PanelContext<'_>, lines: &[String]) {
    let theme = context.theme;
    ScrollArea::vertical().id_salt("preview of headings").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 12.0);
        for (at, line) in lines.iter().enumerate() {
            let colour = if at == 0 { theme.text } else { theme.second };
            let text = RichText::new(capitalised(line));
            let text = if at == 0 { text.strong() } else { text.size(size::NOTE) };
            ui.add(egui::Label::new(text.color(ink(colour))).wrap());
        }
    });
}
