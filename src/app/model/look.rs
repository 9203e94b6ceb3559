//! What concerns the picture and the panels.

use crate::analysis::Subject;
use crate::app::jobs::{JobKind, ViewId, drop_in_background};
use crate::app::model::command::LookCommand;
use crate::app::model::filters::Filters;
use crate::app::model::fix_effects::show_changes;
use crate::app::model::listing::{list_rows, relist, search, show_marks};
use crate::app::model::looking_back::{go_back, leave_focus, look_of};
use crate::app::model::panes::Pane;
use crate::app::model::rebuild::keep;
use crate::app::model::remembered::{
    forget_mappings, forget_recent, keep_mappings, keep_recent, keep_settings, keep_unsaved,
};
use crate::app::model::selecting::{light_reached_by, select};
use crate::app::model::stage::leave_staging;
use crate::app::model::starts;
use crate::app::model::state::Model;
use crate::app::model::views::CameraRequest;
use crate::app::model::wanted::spread_now;
use crate::app::work::view_layout::SpreadOf;
use crate::scene::ViewKind;

/// Carries out what concerns the picture and the panels.
pub(crate) fn apply_look(model: &mut Model, command: LookCommand) {
    let (session, view) = (&mut model.session, &mut model.views.active_mut().spec);
    match command {
        LookCommand::SwapTheme => {
            session.theme_mode = session.theme_mode.next();
            model.settings.note_theme(model.session.theme_mode);
            keep_settings(model);
        }
        LookCommand::KeepRecent(on) => keep_recent(model, on),
        LookCommand::ForgetRecent => forget_recent(model),
        LookCommand::KeepMappings(on) => keep_mappings(model, on),
        LookCommand::ForgetMappings => forget_mappings(model),
        LookCommand::KeepUnsaved(on) => keep_unsaved(model, on),
        LookCommand::Fit => view.camera_request = Some(CameraRequest::Fit),
        LookCommand::FitSelection => view.camera_request = Some(CameraRequest::FitSelection),
        LookCommand::Focus => {
            view.around = None;
            view.focused =
                model.route.is_some() || model.owner.is_some() || model.selection.is_some();
            view.camera_request = Some(CameraRequest::FitSelection);
            show_marks(model);
        }
        LookCommand::LeaveFocus => leave_focus(model),
        LookCommand::ShowAs(kind) => show_as(model, kind),
        LookCommand::SpreadBackwards => show_backwards(model),
        LookCommand::ReachedBy(on) => light_reached_by(model, on),
        LookCommand::Zoom(factor) => view.camera_request = Some(CameraRequest::Zoom(factor)),
        LookCommand::Pan(x, y) => view.camera_request = Some(CameraRequest::Pan(x, y)),
        LookCommand::Palette(open) => {
            session.palette = open;
            session.palette_text.clear();
            session.palette_at = 0;
            search(model);
        }
        LookCommand::PaletteText(text) => {
            session.palette_text = text;
            session.palette_at = 0;
            search(model);
        }
        LookCommand::PaletteAt(at) => session.palette_at = at,
        LookCommand::Help(open) => session.help = open,
        LookCommand::History(open) => session.history = open,
        LookCommand::FoldFilters => session.toggle_pane(Pane::Filters),
        LookCommand::FoldInspector => session.toggle_pane(Pane::Inspector),
        LookCommand::Resize(grip, size) => session.panes.set_size(grip, size),
        LookCommand::FoldTables => session.toggle_pane(Pane::Tables),
        LookCommand::FullScreen(on) => session.full_screen = on,
        LookCommand::Search(text) => {
            session.search = text;
            search(model);
        }
        LookCommand::Lasso(on) => session.lasso = on,
        LookCommand::ToMap => session.in_table = false,
        LookCommand::Split => split(model),
        LookCommand::CloseOtherView => close_other(model),
        LookCommand::ToOtherView => to_other(model),
        LookCommand::ToView(id) => activate(model, id),
    }
}

/// Makes the other view the active one, if there are two.
fn to_other(model: &mut Model) {
    if let Some(id) = model.views.other_id() {
        activate(model, id);
    }
}

/// Lays the active view out as another kind; until that is done it stays as it is.
pub(crate) fn show_as(model: &mut Model, kind: ViewKind) {
    let spread = if kind == ViewKind::Spread { spread_now(model) } else { SpreadOf::default() };
    show_with(model, kind, spread);
}

/// Shows who reaches the selected instance, hop by hop.
pub(crate) fn show_backwards(model: &mut Model) {
    if let Some(to) = model.selected_instance() {
        let spread = SpreadOf { starts: vec![Subject::Instance(to)], backwards: true };
        // What is lit are the ways to it, all of them.
        light_reached_by(model, true);
        show_with(model, ViewKind::Spread, spread);
    }
}

fn show_with(model: &mut Model, kind: ViewKind, spread: SpreadOf) {
    let view = model.views.active_mut();
    if view.spec.kind == kind && view.spec.spread == spread && kind != ViewKind::Path {
        return;
    }
    view.spec.inside.clear();
    (view.spec.kind, view.spec.spread) = (kind, spread);
    // A spread and paths show only a part already, in which what the focus leaves may not be at all.
    if matches!(kind, ViewKind::Spread | ViewKind::Path) {
        view.spec.leave_focus();
    }
    let id = view.id;
    if let Some(answers) = model.answers.clone() {
        starts::lay_out(model, answers, id);
    }
}

/// Opens a second view; where the first one has no map yet, one is laid out for the second too.
pub(crate) fn split(model: &mut Model) {
    let Some(answers) = model.answers.clone().filter(|_| !model.views.is_split()) else { return };
    model.views.split();
    model.picture += 1;
    let mut running = model.jobs.running();
    let is_on_its_way = running.any(|(kind, _)| matches!(kind, JobKind::Layout(_)));
    drop(running);
    if model.map().is_none() || is_on_its_way {
        let new = model.views.active().id;
        starts::lay_out(model, answers, new);
    }
}

pub(crate) fn close_other(model: &mut Model) {
    if let Some(closed) = model.views.close_other() {
        model.jobs.cancel(JobKind::Layout(closed.id));
        model.jobs.cancel(JobKind::ComparedViews);
        drop_in_background(closed);
        let (left, answers) = (model.views.active(), model.answers.clone());
        if let Some(answers) =
            answers.filter(|_| left.data.is_rough && left.spec.kind == ViewKind::Map)
        {
            let left = left.id;
            starts::finish_map(model, answers, left);
        }
        show_changes(model);
    }
}

/// Makes a view the active one: the tables list what it has in sight.
pub(crate) fn activate(model: &mut Model, id: ViewId) {
    if model.views.activate(id) {
        list_rows(model);
    }
}

/// Leaves what is selected, then the filters: where nothing was looked at before.
fn leave_all(model: &mut Model) {
    let now = look_of(model);
    if model.has_highlight() {
        select(model, None);
    } else if model.filters().without_by_hand().any() {
        let filters = &mut model.views.active_mut().spec.filters;
        let by_hand = filters.by_hand().clone();
        *filters = Filters::default();
        filters.set_by_hand(by_hand);
        relist(model);
    } else {
        return;
    }
    model.looks.leave(now);
}

/// Closes what lies on top, then leaves the focus, then goes back through what was looked at, then
/// leaves the selection and the filters.
pub(crate) fn back(model: &mut Model) {
    let (session, view) = (&mut model.session, &mut model.views.active_mut().spec);
    if model.saving.asks() {
        model.saving.cancel();
    } else if session.workshop.is_some() {
        session.workshop = None;
    } else if session.pseudonym.is_some() {
        session.pseudonym = None;
    } else if session.decision.is_some() {
        session.decision = None;
    } else if session.export.is_open {
        session.export.is_open = false;
    } else if model.comparison.is_some() {
        keep(model);
    } else if session.palette || session.help || session.history {
        session.palette = false;
        session.history = false;
        session.help = false;
    } else if model.staging.is_some() {
        leave_staging(model);
    } else if model.answers.is_some() && model.notice.is_some() {
        model.notice = None;
    } else if session.policy {
        session.policy = false;
    } else if session.lasso {
        session.lasso = false;
    } else if view.focused && view.inside.is_empty() {
        leave_focus(model);
    } else if model.answers.is_some() && !go_back(model) {
        leave_all(model);
    }
}
