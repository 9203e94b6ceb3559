//! A small table of an answer: a row is clicked to show what it is about.

use egui::{RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::super::Desk;
use super::super::tables::heading_ui;
use crate::app::look::{ink, size};
use crate::app::model::{AnswerSort, Command, TableCommand};

const ROW: f32 = 22.0;

/// Stands for a width that the other columns leave.
pub(super) const REST: f32 = 0.0;

/// What a table has beside its cells.
pub(super) struct Sheet<'a> {
    pub(super) id: &'a str,
    /// The heading and the width of each column.
    pub(super) columns: &'a [(&'a str, f32)],
    /// What each column sorts by, where the table is sorted.
    pub(super) sorts: &'a [AnswerSort],
    pub(super) rows: usize,
    /// The row in question.
    pub(super) selected: Option<usize>,
    /// What a click on a row asks for.
    pub(super) pick: fn(usize) -> Command,
    /// Whether the table scrolls by itself; else it takes the height that it needs.
    pub(super) scrolls: bool,
}

/// Draws the table; `cells` fills one row.
pub(super) fn sheet_ui(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    sheet: &Sheet<'_>,
    mut cells: impl FnMut(&mut TableRow<'_, '_>, &mut Desk<'_>, usize),
) {
    let mut builder = TableBuilder::new(ui)
        .id_salt(sheet.id)
        .sense(Sense::CLICK)
        .auto_shrink([false, !sheet.scrolls])
        .vscroll(sheet.scrolls)
        .min_scrolled_height(0.0)
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .striped(false);
    for &(_, width) in sheet.columns {
        builder = builder.column(match width {
            REST => Column::remainder().clip(true).at_least(90.0),
            width => Column::initial(width).clip(true).resizable(true).at_least(30.0),
        });
    }
    let walked = desk.model.session.row.filter(|_| desk.model.session.scroll_to_selection);
    if let Some(row) = walked.filter(|&row| sheet.scrolls && row < sheet.rows) {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(ROW, |mut header| {
            for (at, &(name, _)) in sheet.columns.iter().enumerate() {
                header.col(|ui| {
                    if let Some(sort) = sheet.sorts.get(at) {
                        sorting_ui(ui, desk, name, *sort);
                    } else {
                        let text = RichText::new(name).size(size::NOTE);
                        ui.add(egui::Label::new(text.color(ink(desk.theme.second))).truncate());
                    }
                });
            }
        })
        .body(|body| {
            body.rows(ROW, sheet.rows, |mut row| {
                let index = row.index();
                row.set_selected(sheet.selected == Some(index));
                cells(&mut row, desk, index);
                if row.response().clicked() {
                    desk.push((sheet.pick)(index));
                }
            });
        });
}

fn sorting_ui(ui: &mut Ui, desk: &mut Desk<'_>, name: &str, sort: AnswerSort) {
    let session = &desk.model.session;
    let downwards = sort.starts_with_the_greatest(session.tab) != session.answers_reversed;
    let downwards = (session.answer_sort == sort).then_some(downwards);
    heading_ui(ui, desk, (name, downwards), Command::Table(TableCommand::SortAnswersBy(sort)));
}
