//! The imports of the project: exposure and open findings over time, as curves and as a table.

use egui::{Align2, Pos2, Sense, Stroke, Ui, pos2, vec2};

use crate::analysis::Severity;
use crate::app::columns::column::{Cell, Column, Kind, plain};
use crate::app::paint::style::{font, ink, size};
use crate::app::panels::answers::parts::sentence_ui;
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{heading_ui, note_ui};
use crate::app::widgets::plain_table::{PlainTable, plain_table_ui};
use crate::app::work::answers::Answers;
use crate::inventory::{Date, grouped};
use crate::project::{ImportFigures, Standings};
use crate::scene::Face;

/// The height of a curve, and the most width that it takes.
const HEIGHT: f32 = 72.0;
const WIDEST: f32 = 420.0;

/// An import with what it gave.
pub(crate) type ImportOf = (Date, ImportFigures);

/// Each import with what it gave; of the last one what is open now.
pub(crate) fn imports(context: &PanelContext<'_>, answers: &Answers) -> Vec<ImportOf> {
    let register = &context.model.project.findings;
    let nothing = Standings::of(answers, register);
    let own = context.model.standings.as_ref().map_or(&nothing, |own| &*own.standings);
    let points = register.imports.iter();
    points
        .map(|point| (point.on, point.figures.unwrap_or_else(|| ImportFigures::of(answers, own))))
        .collect()
}

/// The tab.
pub(crate) fn imports_ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    // The figures of an import are those of what is open, whatever the fixes would bring.
    let Some(as_is) = context.model.answers_as_is().cloned() else { return };
    let found = imports(context, &as_is);
    if found.len() < 2 {
        let words = "Exposure and open findings are a curve here once a newer export is read into the \
                     project: File ▸ Read the files again, or drop one on the window";
        note_ui(ui, context.theme, words);
        return;
    }
    sentence_ui(ui, context, &words(&found));
    ui.horizontal_top(|ui| {
        let width = ((ui.available_width() - 24.0) / 2.0).min(WIDEST);
        let connected: Vec<u64> = found.iter().map(|(_, own)| own.connected).collect();
        let open: Vec<u64> = found.iter().map(|(_, own)| own.open_total()).collect();
        for (title, values) in [("Connected pairs", connected), ("Open findings", open)] {
            ui.vertical(|ui| {
                ui.set_width(width);
                heading_ui(ui, context.theme, title);
                curve_ui(ui, context, (title, &values), &found);
            });
        }
    });
    table_ui(ui, context, &found);
}

/// "36 → 12 connected pairs and 40 → 31 open findings since 2026-07-01".
fn words(found: &[ImportOf]) -> String {
    let (Some((on, first)), Some((_, last))) = (found.first(), found.last()) else {
        return String::new();
    };
    let both =
        |of: fn(&ImportFigures) -> u64| format!("{} → {}", grouped(of(first)), grouped(of(last)));
    format!(
        "{} connected pairs and {} open findings since {on}",
        both(|own| own.connected),
        both(ImportFigures::open_total)
    )
}

/// A curve over the imports; the pointer reads it.
fn curve_ui(
    ui: &mut Ui,
    context: &PanelContext<'_>,
    (title, values): (&str, &[u64]),
    found: &[ImportOf],
) {
    let theme = context.theme;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let said: Vec<String> =
        found.iter().zip(values).map(|((on, _), value)| format!("{on} {value}")).collect();
    response.widget_info(|| {
        let label = format!("{title} over the imports: {}", said.join(", "));
        egui::WidgetInfo::labeled(egui::Role::Image, true, label)
    });
    let inner = rect.shrink2(vec2(40.0, 14.0)).translate(vec2(4.0, -4.0));
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let last = values.len().saturating_sub(1).max(1) as f32;
    let place = |(index, value): (usize, &u64)| -> Pos2 {
        let (along, up) = (index as f32 / last, *value as f32 / most as f32);
        pos2(inner.left() + inner.width() * along, inner.bottom() - inner.height() * up)
    };
    let points: Vec<Pos2> = values.iter().enumerate().map(place).collect();
    let painter = ui.painter_at(rect);
    let quiet = Stroke::new(1.0, ink(theme.line));
    painter.hline(inner.x_range(), inner.bottom(), quiet);
    painter.vline(inner.left(), inner.y_range(), quiet);
    for pair in points.windows(2) {
        if let [from, to] = pair {
            painter.line_segment([*from, *to], Stroke::new(1.6, ink(theme.accent)));
        }
    }
    let note = font(Face::Regular, size::NOTE);
    let write = |at: Pos2, anchor: Align2, text: String| {
        painter.text(at, anchor, text, note.clone(), ink(theme.second));
    };
    write(inner.left_top() + vec2(-5.0, 0.0), Align2::RIGHT_CENTER, grouped(most));
    write(inner.left_bottom() + vec2(-5.0, 0.0), Align2::RIGHT_CENTER, "0".to_owned());
    let ends = [(found.first(), Align2::LEFT_TOP), (found.last(), Align2::RIGHT_TOP)];
    for ((end, anchor), at) in ends.into_iter().zip([inner.left_bottom(), inner.right_bottom()]) {
        write(at + vec2(0.0, 2.0), anchor, end.map_or_else(String::new, |own| own.0.to_string()));
    }
    for point in &points {
        painter.circle_filled(*point, 2.5, ink(theme.accent));
    }
    let near = response.hover_pos().and_then(|at| {
        let distance = |point: &Pos2| (point.x - at.x).abs();
        points.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
    });
    if let Some((index, point)) = near {
        painter.circle_filled(*point, 4.5, ink(theme.accent));
        let text = said.get(index).cloned().unwrap_or_default();
        response.on_hover_text_at_pointer(format!("{title}: {text}"));
    }
}

const COLUMNS: [Column; 9] = [
    plain("Import", Kind::Words),
    plain("Connected", Kind::Figures),
    plain("Stated", Kind::Figures),
    plain("Critical", Kind::Figures),
    plain("High", Kind::Figures),
    plain("Medium", Kind::Figures),
    plain("Low", Kind::Figures),
    plain("Open", Kind::Figures),
    plain("Risk accepted", Kind::Figures),
];

fn import_cell((on, own): &ImportOf, column: usize) -> Cell {
    match column {
        0 => Cell::second(on.to_string()),
        1 => Cell::of(own.connected, own.pairs),
        2 => Cell::figure(own.connected_stated),
        3 => Cell::figure(own.open_of(Severity::Critical)),
        4 => Cell::figure(own.open_of(Severity::High)),
        5 => Cell::figure(own.open_of(Severity::Medium)),
        6 => Cell::figure(own.open_of(Severity::Low)),
        7 => Cell::figure(own.open_total()),
        _ => Cell::figure(own.accepted),
    }
}

fn table_ui(ui: &mut Ui, context: &mut PanelContext<'_>, found: &[ImportOf]) {
    // The last one first.
    let cell = |row: usize, column: usize| {
        let own = found.len().checked_sub(row + 1).and_then(|at| found.get(at));
        own.map_or_else(|| Cell::second(""), |own| import_cell(own, column))
    };
    let table = PlainTable {
        id: "imports",
        columns: &COLUMNS,
        rows: found.len(),
        cell: &cell,
        subject: &|_| None,
    };
    plain_table_ui(ui, context, &table);
}
