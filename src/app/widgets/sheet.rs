//! A small table of an answer: a row is clicked to show what it is about.

use egui::{RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::app::model::answer_sort::AnswerSort;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::cells::sort_heading_ui;
use crate::app::widgets::panel_context::PanelContext;

const ROW: f32 = 22.0;

/// Stands for a width that the other columns leave.
pub(crate) const REST: f32 = 0.0;

/// What a table has beside its cells.
pub(crate) struct Sheet<'a> {
    pub(crate) id: &'a str,
    /// The heading and the width of each column.
    pub(crate) columns: &'a [(&'a str, f32)],
    /// What each column sorts by, where the table is sorted.
    pub(crate) sorts: &'a [AnswerSort],
    pub(crate) rows: usize,
    /// The row in question.
    pub(crate) selected: Option<usize>,
    /// What a click on a row asks for.
    pub(crate) pick: fn(usize) -> Command,
    /// Whether the table scrolls by itself; else it takes the height that it needs.
    pub(crate) scrolls: bool,
}

/// Draws the table; `cells` fills one row.
pub(crate) fn sheet_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    sheet: &Sheet<'_>,
    mut cells: impl FnMut(&mut TableRow<'_, '_>, &mut PanelContext<'_>, usize),
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
    let walked = context.model.session.row.filter(|_| context.model.session.scroll_to_selection);
    if let Some(row) = walked.filter(|&row| sheet.scrolls && row < sheet.rows) {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .header(ROW, |mut header| {
            for (at, &(name, _)) in sheet.columns.iter().enumerate() {
                header.col(|ui| {
                    if let Some(sort) = sheet.sorts.get(at) {
                        sorting_ui(ui, context, name, *sort);
                    } else {
                        let text = RichText::new(name).size(size::NOTE);
                        ui.add(egui::Label::new(text.color(ink(context.theme.second))).truncate());
                    }
                });
            }
        })
        .body(|body| {
            body.rows(ROW, sheet.rows, |mut row| {
                let index = row.index();
                row.set_selected(sheet.selected == Some(index));
                cells(&mut row, context, index);
                if row.response().clicked() {
                    context.push((sheet.pick)(index));
                }
            });
        });
}

fn sorting_ui(ui: &mut Ui, context: &mut PanelContext<'_>, name: &str, sort: AnswerSort) {
    let session = &context.model.session;
    let downwards = sort.starts_with_the_greatest(session.tab) != session.answers_reversed;
    let downwards = (session.answer_sort == sort).then_some(downwards);
    sort_heading_ui(
        ui,
        context,
        (name, downwards),
        Command::Table(TableCommand::SortAnswersBy(sort)),
    );
}
