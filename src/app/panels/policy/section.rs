//! A part of the page that can be folded.

use egui::Ui;

use crate::app::paint::style::ink;
use crate::app::widgets::fold::{Fold, fold_ui, format};
use crate::app::widgets::panel_context::PanelContext;
use crate::inventory::Assumptions;
use crate::scene::Face;

/// The assumptions in force, and the defaults.
pub(crate) type Both<'a> = (&'a Assumptions, &'a Assumptions);

/// A part of the page that can be folded; it says whether something in it is changed.
pub(crate) fn section_ui(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    (title, differs): (&str, bool),
    body: impl FnOnce(&mut Ui, &mut PanelContext<'_>),
) {
    let mut job = egui::text::LayoutJob::default();
    job.append(title, 0.0, format(Face::Strong, ink(context.theme.text)));
    if differs {
        job.append("· changed", 8.0, format(Face::Strong, ink(context.theme.accent)));
    }
    // A section that the page was opened for has a state of its own, so that it starts open.
    let wanted = context.model.session.policy_section;
    let is_wanted = title == wanted.title();
    let fold = Fold { title: job, is_open_first: is_wanted || differs };
    fold_ui(ui, context.theme, ("section", title, wanted), fold, |ui| body(ui, context));
}
