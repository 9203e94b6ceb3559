//! Over the map while it shows only what lies round something: how far that reaches, and the way out.

use egui::{Frame, Margin, Rect, RichText, Stroke, Ui, UiBuilder, vec2};

use crate::app::commands::keys::keep_arrows;
use crate::app::jobs::ViewId;
use crate::app::model::around::{Around, MOST_HOPS};
use crate::app::model::command::{Command, GoCommand, LookCommand};
use crate::app::model::views::View;
use crate::app::paint::style::{ink, size};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::note_button_ui;
use crate::app::work::answers::Answers;
use crate::inventory::grouped;
use crate::scene::{ViewKind, row_names_width};

/// The slider and the way out, in the upper left corner of the map.
pub(super) fn focus_ui(
    ui: &mut Ui,
    (map, of): (Rect, &View),
    context: &mut PanelContext<'_>,
    answers: &Answers,
) {
    let Some(Around { centre, hops }) = of.spec.around.as_ref().filter(|_| of.spec.focused) else {
        return;
    };
    // Above the names of a matrix's rows there is room for nothing wider.
    let is_narrow = of.shown_kind() == ViewKind::Matrix;
    let widest = if is_narrow {
        row_names_width(map.width(), context.theme.type_size) - 12.0
    } else {
        320.0
    };
    let size = vec2((map.width() - 16.0).clamp(0.0, widest), 64.0);
    let place = Rect::from_min_size(map.min + vec2(8.0, 8.0), size);
    let name = match centre.as_slice() {
        [one] => answers.name(*one),
        several => format!("{} things", several.len()),
    };
    let shown = of.data.sight.marks.iter().filter(|own| **own).count();
    let drawn = of.data.sight.marks.len();
    let whole = of.data.map.as_ref().and_then(|map| map.part_of).unwrap_or(drawn);
    ui.scope_builder(UiBuilder::new().max_rect(place), |ui| {
        let frame = Frame::new()
            .fill(ink(context.theme.raised))
            .stroke(Stroke::new(1.0, ink(context.theme.line)))
            .corner_radius(6)
            .inner_margin(Margin::symmetric(8, 4));
        frame.show(ui, |ui| {
            let small = |text: String| RichText::new(text).size(size::NOTE);
            let title =
                format!("Round {name}: {} of {}", grouped(shown as u64), grouped(whole as u64));
            let title = small(title).color(ink(context.theme.text));
            ui.add(egui::Label::new(title).truncate());
            ui.horizontal_wrapped(|ui| hops_ui(ui, context, (of.id, *hops)));
        });
    });
}

fn hops_ui(ui: &mut Ui, context: &mut PanelContext<'_>, (view, hops): (ViewId, u8)) {
    let mut chosen = hops;
    ui.spacing_mut().slider_width = (ui.available_width() - 60.0).clamp(40.0, 96.0);
    let slider = egui::Slider::new(&mut chosen, 1..=MOST_HOPS).show_value(false);
    // Its rail is to be seen on a raised ground.
    let response = ui.scope(|ui| {
        ui.visuals_mut().widgets.inactive.bg_fill = ink(context.theme.line);
        ui.add(slider)
    });
    let response = response.inner;
    keep_arrows(&response);
    let words = if hops == 1 { "1 hop".to_owned() } else { format!("{hops} hops") };
    response
        .widget_info(|| egui::WidgetInfo::slider(true, f64::from(hops), "Within how many hops"));
    ui.label(RichText::new(words).size(size::NOTE).color(ink(context.theme.second)));
    if chosen != hops {
        context.push(Command::Look(LookCommand::ToView(view)));
        context.push(Command::Go(GoCommand::Hops(chosen)));
    }
    if note_button_ui(ui, "Show all").on_hover_text("Leave the focus (Esc)").clicked() {
        context.push(Command::Look(LookCommand::ToView(view)));
        context.push(Command::Look(LookCommand::LeaveFocus));
    }
}
