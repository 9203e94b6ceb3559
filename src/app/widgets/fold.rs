//! A line that opens and closes what is below it.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, Sense, Stroke, TextFormat, Ui, pos2, vec2};

use crate::app::paint::style::{font, ink, size};
use crate::scene::{Face, Theme};

/// How high the line is, and how far its words stand behind its arrow.
const LINE: f32 = 24.0;
const INDENT: f32 = 16.0;

/// What a fold is called, and how it begins.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    pub(crate) title: LayoutJob,
    pub(crate) is_open_first: bool,
}

impl Fold {
    /// A closed one with a plain title.
    pub(crate) fn new(theme: &Theme, title: &str) -> Self {
        let mut job = LayoutJob::default();
        job.append(title, 0.0, format(Face::Regular, ink(theme.text)));
        Self { title: job, is_open_first: false }
    }

    pub(crate) fn opened(self, is_open_first: bool) -> Self {
        Self { is_open_first, ..self }
    }
}

/// The format of a part of a title.
pub(crate) fn format(face: Face, colour: Color32) -> TextFormat {
    TextFormat::simple(font(face, size::NOTE), colour)
}

/// Draws the line, and what is below it where it is open. The whole title stands in the tip where it
/// is shortened.
pub(crate) fn fold_ui(
    ui: &mut Ui,
    theme: &Theme,
    id: impl std::hash::Hash + std::fmt::Debug,
    fold: Fold,
    body: impl FnOnce(&mut Ui),
) {
    let id = ui.make_persistent_id(id);
    let kept: Option<bool> = ui.data(|data| data.get_temp(id));
    let mut is_open = kept.unwrap_or(fold.is_open_first);
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    if response.clicked() {
        is_open = !is_open;
        ui.data_mut(|data| data.insert_temp(id, is_open));
    }
    let title = fold.title.text.clone();
    let label = title.clone();
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::Button, true, is_open, label.clone())
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(line, 4.0, ui.visuals().faint_bg_color);
    }
    arrow_ui(ui, theme, line, is_open);
    let mut job = fold.title;
    job.wrap = TextWrapping::truncate_at_width((line.width() - INDENT - 4.0).max(0.0));
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let at = pos2(line.left() + INDENT, line.center().y - galley.size().y / 2.0);
    let elided = galley.elided;
    ui.painter().galley(at, galley, ink(theme.text));
    if elided {
        response.on_hover_text(title);
    }
    if is_open {
        ui.indent(id.with("body"), body);
    }
}

/// A small triangle that points at what is hidden, or down to what is shown.
fn arrow_ui(ui: &Ui, theme: &Theme, line: egui::Rect, is_open: bool) {
    let (x, y) = (line.left() + 6.0, line.center().y);
    let points = if is_open {
        vec![pos2(x - 4.0, y - 2.0), pos2(x + 4.0, y - 2.0), pos2(x, y + 3.0)]
    } else {
        vec![pos2(x - 2.0, y - 4.0), pos2(x + 3.0, y), pos2(x - 2.0, y + 4.0)]
    };
    let fill = ink(theme.muted);
    ui.painter().add(egui::Shape::convex_polygon(points, fill, Stroke::NONE));
}
