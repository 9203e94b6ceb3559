//! Figures that lead to the rows that they count.

use egui::{RichText, Ui};

use crate::app::model::command::{Command, TableCommand};
use crate::app::model::figure::Figure;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;

/// A figure in the second colour.
pub(crate) fn figure_ui(ui: &mut Ui, context: &mut PanelContext<'_>, text: &str, figure: Figure) {
    let colour = ink(context.theme.second);
    figure_in_ui(ui, context, (text, colour), figure);
}

/// Which share of all pairs is connected, in words: "15.0 %".
pub(crate) fn share_words(connected: u64, pairs: u64) -> String {
    match pairs {
        0 => "nothing to judge".to_owned(),
        pairs => format!("{:.1} %", connected as f64 * 100.0 / pairs as f64),
    }
}

/// A figure in a colour of its own.
pub(crate) fn figure_in_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (text, colour): (&str, egui::Color32),
    figure: Figure,
) {
    let text = RichText::new(text).size(size::NOTE).color(colour);
    if ui.link(text).on_hover_text(figure.hint()).clicked() {
        context.push(Command::Table(TableCommand::RowsOf(figure)));
    }
}
