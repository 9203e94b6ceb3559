//! A table of plain cells: nothing sorts it, and a row selects what it is about.

use egui::Ui;

use crate::analysis::Subject;
use crate::app::columns::column::{Cell, Column};
use crate::app::columns::table::{Standing, copied_rows};
use crate::app::model::command::Command;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::sheet::{OtherCopy, Sheet, sheet_ui};

/// What the table shows.
pub(crate) struct PlainTable<'a> {
    pub(crate) id: &'static str,
    pub(crate) columns: &'a [Column],
    pub(crate) rows: usize,
    /// A cell by its row and its column.
    pub(crate) cell: &'a dyn Fn(usize, usize) -> Cell,
    /// What a row is about, where there is such a thing: a click selects it.
    pub(crate) subject: &'a dyn Fn(usize) -> Option<Subject>,
}

/// Draws the table; it scrolls by itself, and its rows are copied one by one or all together.
pub(crate) fn plain_table_ui(ui: &mut Ui, context: &mut PanelContext<'_>, table: &PlainTable<'_>) {
    let PlainTable { id, columns, rows, cell, subject } = *table;
    let model = context.model;
    let columns: Vec<(usize, Column)> = columns.iter().copied().enumerate().collect();
    let is_selected = |row: usize| subject(row).is_some_and(|own| model.is_selected(own));
    let sheet = Sheet {
        id,
        listed: model.listed.rows,
        columns: &columns,
        rows,
        cell,
        standing: &|row| if is_selected(row) { Standing::Selected } else { Standing::Plain },
        pick: &|row| subject(row).map(|own| Command::Select(Some(own))),
        copied: &|row| copied_rows(&columns, [row], cell),
        others: &[OtherCopy {
            name: "Copy the table",
            text: &|_| copied_rows(&columns, 0..rows, cell),
        }],
        tip: None,
        subject,
        button: None,
        scroll_to: None,
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet);
}
