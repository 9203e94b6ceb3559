//! How wide the columns of a table are: as wide as what stands in them, measured once for each list.

use std::collections::BTreeMap;

use egui::{CursorIcon, Id, Rect, Sense, Stroke, Ui};

use crate::app::columns::column::{Cell, Column, Kind};
use crate::app::paint::style::ink;
use crate::app::widgets::parts::note_width;
use crate::scene::Theme;

/// The room at each side of a cell.
pub(crate) const MARGIN: f32 = 8.0;

/// How many rows are measured at the start of a list, and as many spread over all of it. To measure a
/// million would take a second; what is wider is shortened, with the whole of it on hover.
const MEASURED: usize = 100;

/// The most room that words have while others want it too, and the least.
const WIDEST: f32 = 440.0;
const NARROWEST: f32 = 72.0;

/// A sign stands before a name, and an arrow behind the heading by which is sorted.
const SIGN: f32 = 20.0;
const ARROW: f32 = 16.0;

/// How near to a column's edge it can be dragged.
const GRIP: f32 = 6.0;

/// What is measured of a table.
#[derive(Clone, Copy)]
pub(crate) struct Measure<'a> {
    pub(crate) id: &'a str,
    /// The columns, each with the number by which its cells are asked for.
    pub(crate) columns: &'a [(usize, Column)],
    pub(crate) rows: usize,
    pub(crate) cell: &'a dyn Fn(usize, usize) -> Cell,
}

/// What the columns were measured to need.
#[derive(Clone, Debug, PartialEq)]
struct Measured {
    /// Which list it was, and in which columns.
    of: (u64, Vec<usize>),
    widths: Vec<f32>,
}

/// The widths that grips set, by the number of the column.
type Set = BTreeMap<usize, f32>;

/// The widths of the columns in this room: where it is too little, words are shortened, and figures
/// never.
pub(crate) fn column_widths(ui: &Ui, listed: u64, sheet: Measure<'_>, room: f32) -> Vec<f32> {
    let id = Id::unique((sheet.id, "widths"));
    let of = (listed, sheet.columns.iter().map(|(number, _)| *number).collect());
    let known: Option<Measured> = ui.data(|data| data.get_temp(id));
    let widths = known.filter(|known| known.of == of).map(|known| known.widths);
    let wanted = widths.unwrap_or_else(|| {
        let widths = measured(ui, sheet);
        ui.data_mut(|data| data.insert_temp(id, Measured { of, widths: widths.clone() }));
        widths
    });
    let set: Set = ui.data(|data| data.get_temp(set_id(sheet.id))).unwrap_or_default();
    let columns = sheet.columns.iter().zip(wanted).map(|(&(number, column), wanted)| Wanted {
        width: set.get(&number).copied().unwrap_or(wanted),
        least: match (set.get(&number), column.kind) {
            (Some(&set), _) => set,
            (None, Kind::Words) => wanted.min(NARROWEST),
            (None, Kind::Places) => wanted.min(WIDEST / 2.0),
            (None, Kind::Figures) => wanted,
        },
    });
    fitted(&columns.collect::<Vec<_>>(), room)
}

/// What a column would have, and what it needs.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    width: f32,
    least: f32,
}

/// Takes from the columns what there is no room for, from each in proportion to what it can spare.
fn fitted(columns: &[Wanted], room: f32) -> Vec<f32> {
    let sum: f32 = columns.iter().map(|column| column.width).sum();
    let slack: f32 = columns.iter().map(|column| column.width - column.least).sum();
    let share = if slack > 0.0 { ((sum - room) / slack).clamp(0.0, 1.0) } else { 0.0 };
    let width = |column: &Wanted| column.width - (column.width - column.least) * share;
    columns.iter().map(|column| width(column).floor()).collect()
}

fn measured(ui: &Ui, sheet: Measure<'_>) -> Vec<f32> {
    let rows = sheet.rows;
    let step = (rows / MEASURED).max(1);
    let over_all = (0..rows).step_by(step).take(MEASURED + 1);
    let mut looked_at: Vec<usize> = (0..rows.min(MEASURED)).chain(over_all).collect();
    looked_at.sort_unstable();
    looked_at.dedup();
    let column = |&(number, column): &(usize, Column)| {
        let arrow = if column.sort.is_some() { ARROW } else { 0.0 };
        let heading = note_width(ui, column.heading) + arrow;
        let cells = looked_at.iter().map(|&row| {
            let cell = (sheet.cell)(row, number);
            let sign = if cell.sign.is_some() { SIGN } else { 0.0 };
            note_width(ui, &cell.text) + sign
        });
        let widest = cells.fold(heading, f32::max);
        let widest = if column.kind == Kind::Figures { widest } else { widest.min(WIDEST) };
        (widest + 2.0 * MARGIN).ceil() + 1.0
    };
    sheet.columns.iter().map(column).collect()
}

fn set_id(sheet: &str) -> Id {
    Id::unique((sheet, "widths that grips set"))
}

/// The edge of a column that can be dragged; a double click measures it again.
pub(crate) fn column_grip_ui(
    ui: &mut Ui,
    theme: &Theme,
    sheet: &str,
    (number, column, place): (usize, Column, Rect),
) {
    let edge = Rect::from_x_y_ranges(place.right() - GRIP..=place.right(), place.y_range());
    let id = ui.scope_id().with(("column", sheet, number));
    let response = ui.interact(edge, id, Sense::CLICK | Sense::DRAG);
    response.widget_info(|| {
        let label = format!("Width of {}", column.heading.to_lowercase());
        egui::WidgetInfo::labeled(egui::Role::Splitter, true, label)
    });
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
        let line = Stroke::new(2.0, ink(theme.accent));
        ui.painter().vline(edge.center().x, edge.y_range(), line);
    }
    let set = |change: &dyn Fn(&mut Set)| {
        ui.data_mut(|data| change(data.get_temp_mut_or_default::<Set>(set_id(sheet))));
    };
    if response.double_clicked() {
        set(&|own| {
            own.remove(&number);
        });
    } else if response.dragged()
        && let Some(at) = response.interact_pointer_pos()
    {
        let width = (at.x - place.left() + GRIP / 2.0).max(40.0).round();
        set(&|own| {
            own.insert(number, width);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, fitted};

    #[test]
    fn words_give_way_in_proportion_and_figures_never() {
        let columns = [
            Wanted { width: 300.0, least: 100.0 },
            Wanted { width: 100.0, least: 100.0 },
            Wanted { width: 200.0, least: 100.0 },
        ];
        assert_eq!(fitted(&columns, 700.0), [300.0, 100.0, 200.0]);
        assert_eq!(fitted(&columns, 450.0), [200.0, 100.0, 150.0]);
        assert_eq!(fitted(&columns, 100.0), [100.0, 100.0, 100.0]);
    }
}
