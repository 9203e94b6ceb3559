//! The table of the tab in sight, whichever it is.

use egui::Ui;

use crate::app::columns::column::Column;
use crate::app::columns::table::Table;
use crate::app::commands::action::MOST_COPIED;
use crate::app::commands::copied_text::{finding_at, finding_text, paths_text};
use crate::app::model::Model;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::sheet::{OtherCopy, Sheet, sheet_ui};

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
    let selected = |_: usize| table.copied_rows(table.rows_in_question());
    let whole = |_: usize| table.copied_rows(0..table.rows());
    let finding = |row: usize| finding_markdown(model, row).unwrap_or_default();
    let path = |row: usize| path_text(model, row).unwrap_or_default();
    let others: [(bool, OtherCopy<'_>); 4] = [
        (
            table.has_several_selected() && model.selected_all().len() <= MOST_COPIED,
            OtherCopy { name: "Copy rows of the selection", text: &selected },
        ),
        (table.rows() <= MOST_COPIED, OtherCopy { name: "Copy table", text: &whole }),
        (
            model.session.tab == Tab::Findings,
            OtherCopy { name: "Copy finding as Markdown", text: &finding },
        ),
        (model.session.tab == Tab::Paths, OtherCopy { name: "Copy path as text", text: &path }),
    ];
    let others = others.into_iter().filter(|(applies, _)| *applies).map(|(_, copy)| copy);
    let others: Vec<OtherCopy<'_>> = others.collect();
    let sheet = Sheet {
        id: model.session.tab.name(),
        listed: model.listed.of(model.session.tab),
        columns: &columns,
        rows: table.rows(),
        cell: &|row, column| table.cell(row, column),
        standing: &|row| table.standing(row),
        pick: &|row| Some(Command::Table(TableCommand::Pick(row))),
        copied: &|row| table.copied_rows([row]),
        others: &others,
        tip: (model.session.tab == Tab::Problems).then_some(&tip as &dyn Fn(usize) -> String),
        subject: &|row| table.subject(row),
        button: None,
        scroll_to,
        scrolls: true,
    };
    sheet_ui(ui, context, &sheet);
}

fn finding_markdown(model: &Model, row: usize) -> Option<String> {
    Some(finding_text(model, model.answers.as_ref()?, finding_at(model, row)?))
}

fn path_text(model: &Model, row: usize) -> Option<String> {
    let (_, path) = model.path_at(row)?;
    Some(paths_text(model.answers.as_ref()?, std::slice::from_ref(path)))
}
