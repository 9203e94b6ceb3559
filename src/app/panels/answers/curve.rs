//! How many pairs stay connected after 0, 1, 2 … fixes of the plan.

use egui::{Align2, Pos2, Response, Sense, Stroke, Ui, pos2, vec2};

use crate::analysis::Plan;
use crate::app::model::command::{Command, FixCommand};
use crate::app::paint::style::{font, ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::inventory::counted;
use crate::project::NamedFix;
use crate::scene::Face;

const HEIGHT: f32 = 62.0;

/// Draws the curve; the pointer reads it, and a click lists the fixes up to there in the what-if list.
pub(crate) fn curve_ui(ui: &mut Ui, context: &mut PanelContext<'_>, plan: &Plan) {
    let mut pairs: Vec<u64> = plan.steps.first().map(|step| step.pairs.0).into_iter().collect();
    pairs.extend(plan.steps.iter().map(|step| step.pairs.1));
    let width = ui.available_width().min(420.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::click());
    let said: Vec<String> = pairs.iter().map(u64::to_string).collect();
    response.widget_info(|| {
        let label = format!("Connected pairs after 0, 1, 2 … fixes: {}", said.join(", "));
        egui::WidgetInfo::labeled(egui::Role::Image, true, label)
    });
    let inner = rect.shrink2(vec2(34.0, 11.0)).translate(vec2(6.0, -4.0));
    let most = pairs.iter().copied().max().unwrap_or(0).max(1) as f32;
    let last = pairs.len().saturating_sub(1).max(1) as f32;
    let place = |(index, &value): (usize, &u64)| -> Pos2 {
        pos2(
            inner.left() + inner.width() * index as f32 / last,
            inner.bottom() - inner.height() * value as f32 / most,
        )
    };
    let points: Vec<Pos2> = pairs.iter().enumerate().map(place).collect();
    let painter = ui.painter_at(rect);
    let quiet = Stroke::new(1.0, ink(context.theme.line));
    painter.hline(inner.x_range(), inner.bottom(), quiet);
    painter.vline(inner.left(), inner.y_range(), quiet);
    for pair in points.windows(2) {
        if let [from, to] = pair {
            // The pairs fall when a fix is done, not on the way to it.
            let corner = pos2(to.x, from.y);
            let stroke = Stroke::new(1.6, ink(context.theme.fixed));
            painter.line_segment([*from, corner], stroke);
            painter.line_segment([corner, *to], stroke);
        }
    }
    let note = font(Face::Regular, size::NOTE);
    let muted = ink(context.theme.muted);
    let write = |at: Pos2, anchor: Align2, text: String| {
        painter.text(at, anchor, text, note.clone(), muted);
    };
    write(inner.left_top() + vec2(-5.0, 0.0), Align2::RIGHT_CENTER, format!("{most}"));
    write(inner.left_bottom() + vec2(-5.0, 0.0), Align2::RIGHT_CENTER, "0".to_owned());
    let fixes = plan.steps.len();
    write(inner.right_bottom() + vec2(0.0, 2.0), Align2::RIGHT_TOP, format!("{fixes} fixed"));
    let near = response.hover_pos().and_then(|at| {
        let distance = |point: &Pos2| (point.x - at.x).abs();
        points.iter().enumerate().min_by(|a, b| distance(a.1).total_cmp(&distance(b.1)))
    });
    for point in &points {
        painter.circle_filled(*point, 2.5, ink(context.theme.fixed));
    }
    if let Some((index, point)) = near {
        painter.circle_filled(*point, 4.5, ink(context.theme.accent));
        let value = pairs.get(index).copied().unwrap_or(0);
        point_ui(context, response, (index, value, fixes));
    }
}

/// What the point under the pointer says, and what a click on it does.
fn point_ui(
    context: &mut PanelContext<'_>,
    response: Response,
    (index, value, fixes): (usize, u64, usize),
) {
    let text = format!(
        "{} connected after {index} of {}",
        counted(value as usize, "pair", "pairs"),
        counted(fixes, "fix", "fixes")
    );
    let is_clicked = response.clicked();
    let adds = "a click adds these fixes to the what-if list";
    response.on_hover_text_at_pointer(format!("{text}; {adds}"));
    let listed: Vec<NamedFix> = context.model.plan_fixes().into_iter().take(index).collect();
    if is_clicked && !listed.is_empty() {
        context.push(Command::Fix(FixCommand::AddAll(listed)));
    }
}
