//! The window for the presenter beside the stage, on a screen of its own where one is set.

use egui::{ViewportBuilder, ViewportClass, ViewportId};

use crate::app::commands::keys::pressed;
use crate::app::model::command::{Command, PresentCommand};
use crate::app::model::presentation::Story;
use crate::app::model::settings::PresenterWindow;
use crate::app::panels::presenter::presenter_ui;
use crate::app::widgets::panel_context::PanelContext;

/// How large it is where it does not fill a screen, in points.
const SIZE: [f32; 2] = [640.0, 440.0];

/// Shows it while scenes are presented, if it is wanted. The same keys count in it as on the stage; closing
/// it ends nothing else.
pub(crate) fn presenter_window(ui: &egui::Ui, context: &mut PanelContext<'_>) {
    let model = context.model;
    let PresenterWindow { wanted, screen } = model.settings.presenter;
    if !wanted || model.session.story == Story::Shown {
        return;
    }
    // Its title names nothing: it may be seen in lists of windows.
    let builder = ViewportBuilder::default().with_title("Presenter").with_inner_size(SIZE);
    let builder = match screen.checked_sub(1) {
        Some(index) => builder.with_monitor(usize::from(index)),
        None => builder,
    };
    let id = ViewportId::from_hash_of("presenter");
    ui.ctx().show_viewport_immediate(id, builder, |ui, class| {
        presenter_ui(ui, context);
        if class == ViewportClass::EmbeddedWindow {
            return;
        }
        for command in pressed(ui.ctx(), model) {
            context.push(command);
        }
        if ui.ctx().input(|input| input.viewport().close_requested()) {
            context.push(Command::Present(PresentCommand::PresenterWindow));
        }
    });
}
