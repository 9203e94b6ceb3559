//! A part of the page that can be folded.

use egui::Ui;

use crate::app::paint::style::ink;
use crate::app::widgets::fold::{Fold, fold_ui, format};
use crate::app::widgets::panel_context::PanelContext;
use crate::app::widgets::parts::{capitalised, note_ui};
use crate::inventory::{AssumptionKind, Assumptions, shown};
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
    let is_disputed =
        kinds_of(title).iter().any(|kind| !context.model.disputes_of(*kind).is_empty());
    if is_disputed {
        job.append("· disputed", 8.0, format(Face::Strong, ink(context.theme.text)));
    }
    // A section that the page was opened for has a state of its own, so that it starts open.
    let wanted = context.model.session.policy_section;
    let is_wanted = title == wanted.title();
    let fold = Fold { title: job, is_open_first: is_wanted || differs || is_disputed };
    fold_ui(ui, context.theme, ("section", title, wanted), fold, |ui| {
        for kind in kinds_of(title) {
            for said in context.model.disputes_of(*kind) {
                let words = format!("{}: {said}", kind.words());
                note_ui(ui, context.theme, &capitalised(&shown(&words)));
            }
        }
        body(ui, context);
    });
}

/// The assumptions that stand in a part.
fn kinds_of(title: &str) -> &'static [AssumptionKind] {
    use AssumptionKind as Kind;
    match title {
        "Access" => &[Kind::UnstatedAccess, Kind::PivotNeeds],
        "Ids across sources" => &[Kind::IdsAcrossSources],
        "Environments" => &[Kind::Environments, Kind::EnvironmentsFromNames],
        "Entry points and crown jewels" => &[Kind::EntryPoints, Kind::CrownJewels],
        "Limits" => &[Kind::RotationDays, Kind::UnusedDays, Kind::ExtractionPoints],
        "Plain sight" => &[Kind::PlainSight],
        "Costs" => &[Kind::Costs, Kind::Marks],
        "Rules" => &[Kind::Rules],
        _ => &[],
    }
}
