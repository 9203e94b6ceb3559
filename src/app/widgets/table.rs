//! The table of the tab in sight, whichever it is.

use egui::Ui;

use crate::app::columns::column::Column;
use crate::app::columns::table::Table;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::sheet::{Sheet, sheet_ui};

/// The columns of the table in sight, looked for once for each list.
fn columns(ui: &Ui, context: &PanelContext<'_>, table: Table<'_>) -> Vec<(usize, Column)> {
    let id = egui::Id::unique(("columns", context.model.session.tab, table.most_columns()));
    let known: Option<(u64, Vec<(usize, Column)>)> = ui.data(|data| data.get_temp(id));
    let listed = context.model.listed.of(context.model.session.tab);
    known.filter(|(of, _)| *of == listed).map_or_else(
        || {
            let columns = table.columns();
            ui.data_mut(|data| data.insert_temp(id, (listed, columns.clone())));
            columns
        },
        |(_, columns)| columns,
    )
}

/// The table of the tab in sight.
pub(crate) fn table_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let model = context.model;
    let Some(table) = Table::in_sight(model) else { return };
    let columns = columns(ui, context, table);
    let tip = |row: usize| table.tip(row).unwrap_or_default();
    let scroll_to = model.session.scroll_to_selection.then(|| table.row_in_question()).flatten();
    let sheet = Sheet {
        id: model.session.tab.name(),
        listed: model.listed.of(model.session.tab),
        columns: &columns,
        rows: table.rows(),
        cell: &|row, column| table.cell(row, column),
        standing: &|row| table.standing(row),
        pick: |row| Command::Table(TableCommand::Pick(row)),
        copied: &|row| table.copied_row(row),
        tip: (model.session.tab == Tab::Problems).then_some(&tip as &dyn Fn(usize) -> String),
        subject: &|row| table.subject(row),
        button: None,
        scroll_to,
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet);
}
