//! The one table of the window: columns as wide as what stands in them, rows that are picked and
//! copied. Only rows in sight are drawn.

use egui::{Rect, Response, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use crate::analysis::Subject;
use crate::app::columns::column::{Cell, Column, Kind, SortBy};
use crate::app::columns::table::Standing;
use crate::app::model::command::{Command, TableCommand};
use crate::app::paint::style::{ink, size};
use crate::app::widgets::cells::{cell_ui, sort_heading_ui};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::subject_menu::{subjects_ui, toggled};
use crate::app::widgets::widths::{MARGIN, Measure, column_grip_ui, column_widths};

/// The height of a row.
pub(crate) const ROW: f32 = 24.0;

/// The width of a button in a row.
const BUTTON: f32 = 80.0;

/// What a button in each row is called, and what it asks for.
pub(crate) type RowButton = (&'static str, fn(usize) -> Command);

/// Something else that the menu of a row copies.
pub(crate) struct OtherCopy<'a> {
    pub(crate) name: &'static str,
    /// The text, made once it is asked for.
    pub(crate) text: &'a dyn Fn(usize) -> String,
}

/// What a table shows.
pub(crate) struct Sheet<'a> {
    pub(crate) id: &'a str,
    /// Which list it is: columns are measured anew for another one.
    pub(crate) listed: u64,
    /// The columns, each with the number by which its cells are asked for.
    pub(crate) columns: &'a [(usize, Column)],
    pub(crate) rows: usize,
    pub(crate) cell: &'a dyn Fn(usize, usize) -> Cell,
    pub(crate) standing: &'a dyn Fn(usize) -> Standing,
    /// What a click on a row asks for, if anything.
    pub(crate) pick: &'a dyn Fn(usize) -> Option<Command>,
    /// The row as it is copied.
    pub(crate) copied: &'a dyn Fn(usize) -> String,
    /// What else can be copied.
    pub(crate) others: &'a [OtherCopy<'a>],
    /// What the tip says of the row on which the pointer rests.
    pub(crate) tip: Option<&'a dyn Fn(usize) -> String>,
    /// What a row is about, if it is about a credential or a service.
    pub(crate) subject: &'a dyn Fn(usize) -> Option<Subject>,
    /// A button at the end of each row.
    pub(crate) button: Option<RowButton>,
    /// The row that is to come into sight.
    pub(crate) scroll_to: Option<usize>,
    /// Whether the table scrolls by itself; else it takes the height that it needs.
    pub(crate) scrolls: bool,
}

/// Where the columns of a row stand.
struct Columns<'a> {
    sheet: &'a Sheet<'a>,
    widths: Vec<f32>,
    /// Of the row with its button, at least as much as there is room.
    whole: f32,
}

impl Columns<'_> {
    /// Each column with its place in a row.
    fn places(&self, row: Rect) -> impl Iterator<Item = (usize, Column, Rect)> {
        let mut left = row.left();
        self.sheet.columns.iter().zip(&self.widths).map(move |(&(number, column), &width)| {
            let place = Rect::from_min_size(egui::pos2(left, row.top()), vec2(width, row.height()));
            left += width;
            (number, column, place)
        })
    }
}

/// Draws the table.
pub(crate) fn sheet_ui(ui: &mut Ui, context: &mut PanelContext<'_>, sheet: &Sheet<'_>) {
    let button = if sheet.button.is_some() { BUTTON } else { 0.0 };
    let room = ui.available_width();
    let Sheet { id, columns, rows, cell, .. } = *sheet;
    let measure = Measure { id, columns, rows, cell };
    let widths = column_widths(ui, sheet.listed, measure, room - button);
    let sum: f32 = widths.iter().sum();
    let columns = Columns { sheet, widths, whole: room.max(sum + button) };
    // What is too wide even with its shortest columns is scrolled sideways, headings and all.
    ScrollArea::horizontal()
        .id_salt((sheet.id, "across"))
        .auto_shrink([false, !sheet.scrolls])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(columns.whole);
            headings_ui(ui, context, &columns);
            if !sheet.scrolls {
                return rows_ui(ui, context, &columns, 0..sheet.rows);
            }
            ScrollArea::vertical()
                .id_salt((sheet.id, "rows"))
                .auto_shrink(false)
                .min_scrolled_height(0.0)
                .show_rows(ui, ROW, sheet.rows, |ui, rows| rows_ui(ui, context, &columns, rows));
        });
}

fn headings_ui(ui: &mut Ui, context: &mut PanelContext<'_>, columns: &Columns<'_>) {
    let (row, _) = ui.allocate_exact_size(vec2(columns.whole, ROW), Sense::hover());
    for (number, column, place) in columns.places(row) {
        let mut cell = cell_at(ui, place, column.kind, ("heading", number), None);
        if let Some(sort) = column.sort {
            let session = context.model.session.table();
            let tab = context.model.session.tab;
            let (is_sorted, greatest_first, reversed, command) = match sort {
                SortBy::Rows(by) => {
                    let greatest = by.starts_with_the_greatest();
                    (session.sort == by, greatest, session.reversed, TableCommand::SortBy(by))
                }
                SortBy::Answers(by) => {
                    let greatest = by.starts_with_the_greatest(tab);
                    let command = TableCommand::SortAnswersBy(by);
                    (session.answer_sort == by, greatest, session.answers_reversed, command)
                }
            };
            let downwards = is_sorted.then_some(greatest_first != reversed);
            let heading = (column.heading, downwards);
            sort_heading_ui(&mut cell, context, heading, Command::Table(command));
        } else {
            let text = RichText::new(column.heading).size(size::NOTE);
            cell.add(egui::Label::new(text.color(ink(context.theme.second))).truncate());
        }
    }
    for (number, column, place) in columns.places(row) {
        column_grip_ui(ui, context.theme, columns.sheet.id, (number, column, place));
    }
    let line = Stroke::new(1.0, ink(context.theme.line));
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, line);
}

fn rows_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    columns: &Columns<'_>,
    rows: std::ops::Range<usize>,
) {
    let sheet = columns.sheet;
    if let Some(row) = sheet.scroll_to {
        let top = ui.max_rect().top() + (row as f32 - rows.start as f32) * ROW;
        let at = egui::pos2(ui.clip_rect().left(), top);
        ui.scroll_to_rect(Rect::from_min_size(at, vec2(1.0, ROW)), None);
    }
    for row in rows {
        let size = vec2(columns.whole, ROW);
        // Rows are walked with the arrow keys; with Tab a thousand stops would lie in the way.
        let (place, response) = ui.allocate_exact_size(size, Sense::CLICK);
        if ui.is_rect_visible(place) {
            row_ui(ui, context, columns, (row, &response));
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    columns: &Columns<'_>,
    (row, response): (usize, &Response),
) {
    let sheet = columns.sheet;
    let (standing, theme, place) = ((sheet.standing)(row), context.theme, response.rect);
    if standing == Standing::Selected {
        ui.painter().rect_filled(place, 4.0, ui.visuals().selection.bg_fill);
    } else if response.hovered() {
        ui.painter().rect_filled(place, 4.0, ui.visuals().faint_bg_color);
    }
    if standing == Standing::Left {
        let edge = Stroke::new(1.0, ink(theme.line));
        ui.painter().rect_stroke(place, 4.0, edge, StrokeKind::Inside);
    }
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Row);
        node.set_row_index(row);
        node.set_selected(standing == Standing::Selected);
    });
    for (number, column, at) in columns.places(place) {
        let mut cell = cell_at(ui, at, column.kind, (row, number), Some(response.id));
        cell_ui(&mut cell, context, &(sheet.cell)(row, number));
    }
    if let Some((text, command)) = sheet.button {
        let at = Rect::from_min_max(egui::pos2(place.right() - BUTTON, place.top()), place.max);
        let mut end = cell_at(ui, at, Kind::Figures, (row, usize::MAX), Some(response.id));
        let button = egui::Button::new(RichText::new(text).size(size::NOTE)).small();
        if end.add(button).clicked() {
            context.push(command(row));
        }
    }
    let adds = ui.input(|input| input.modifiers.command);
    match (sheet.subject)(row).filter(|_| response.clicked() && adds) {
        Some(subject) => context.push(toggled(context.model, subject)),
        None if response.clicked() => context.commands.extend((sheet.pick)(row)),
        None => {}
    }
    if let Some(tip) = sheet.tip {
        // Made for the one row under the pointer alone.
        response.clone().on_hover_ui(|ui| {
            ui.label(tip(row));
        });
    }
    copy_menu_ui(ui, context, columns, (row, response));
}

/// What a right click offers.
fn copy_menu_ui(
    ui: &Ui,
    context: &mut PanelContext<'_>,
    columns: &Columns<'_>,
    (row, response): (usize, &Response),
) {
    let kept = egui::Id::unique((columns.sheet.id, "copied column"));
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        let places = columns.places(response.rect);
        let column = places.filter(|(.., place)| place.x_range().contains(at.x)).last();
        let number = column.map(|(number, ..)| number);
        ui.data_mut(|data| data.insert_temp(kept, number));
    }
    response.context_menu(|ui| {
        let number: Option<usize> = ui.data(|data| data.get_temp(kept)).flatten();
        if let Some(number) = number
            && ui.button("Copy cell").clicked()
        {
            let cell = (columns.sheet.cell)(row, number);
            context.push(Command::Copy(cell.copied().to_owned()));
            ui.close();
        }
        if ui.button("Copy row").clicked() {
            context.push(Command::Copy((columns.sheet.copied)(row)));
            ui.close();
        }
        for OtherCopy { name, text } in columns.sheet.others {
            if ui.button(*name).clicked() {
                context.push(Command::Copy(text(row)));
                ui.close();
            }
        }
        if let Some(subject) = (columns.sheet.subject)(row) {
            ui.separator();
            subjects_ui(ui, context, subject);
        }
    });
}

/// A part of the row for one cell, below the row in the accessibility tree; figures stand at its right.
fn cell_at(
    ui: &mut Ui,
    place: Rect,
    kind: Kind,
    id: (impl std::hash::Hash + std::fmt::Debug, usize),
    row: Option<egui::Id>,
) -> Ui {
    let inner = place.shrink2(vec2(MARGIN, 0.0));
    let layout = match kind {
        Kind::Words | Kind::Places => egui::Layout::left_to_right(egui::Align::Center),
        Kind::Figures => egui::Layout::right_to_left(egui::Align::Center),
    };
    let mut builder = UiBuilder::new().id_salt(id).max_rect(inner).layout(layout);
    if let Some(row) = row {
        builder = builder.accessibility_parent(row);
    }
    let mut cell = ui.new_child(builder);
    // At the sides alone: a row that is scrolled half out of sight is cut by the list.
    let column = Rect::from_x_y_ranges(place.x_range(), ui.clip_rect().y_range());
    cell.set_clip_rect(column.intersect(ui.clip_rect()));
    cell
}
