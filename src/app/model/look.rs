//! What concerns the picture and the panels.

use crate::app::model::command::LookCommand;
use crate::app::model::filters::Filters;
use crate::app::model::listing::{relist, search, show_marks};
use crate::app::model::rebuild::keep;
use crate::app::model::selecting::select;
use crate::app::model::session::CameraRequest;
use crate::app::model::stage::leave_staging;
use crate::app::model::state::Model;
use crate::scene::ThemeMode;

/// Carries out what concerns the picture and the panels.
pub(crate) fn apply_look(model: &mut Model, command: LookCommand) {
    let session = &mut model.session;
    match command {
        LookCommand::SwapTheme => {
            session.edition = match session.edition {
                ThemeMode::Dark => ThemeMode::Light,
                ThemeMode::Light => ThemeMode::Dark,
            };
        }
        LookCommand::Fit => session.camera_request = Some(CameraRequest::Fit),
        LookCommand::Focus => {
            session.focused = model.route.is_some() || model.selection.is_some();
            session.camera_request = Some(CameraRequest::FitSelection);
            show_marks(model);
        }
        LookCommand::Zoom(factor) => session.camera_request = Some(CameraRequest::Zoom(factor)),
        LookCommand::Pan(x, y) => session.camera_request = Some(CameraRequest::Pan(x, y)),
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
        LookCommand::FoldFilters => session.fold("filters"),
        LookCommand::FoldInspector => session.fold("inspector"),
        LookCommand::FoldTables => session.fold("tables"),
        LookCommand::Search(text) => {
            session.search = text;
            search(model);
        }
        LookCommand::ToMap => session.in_table = false,
    }
}

/// Closes what lies on top, then leaves the focus, then the selection, then the filters.
pub(crate) fn back(model: &mut Model) {
    let in_question = model.in_question();
    let session = &mut model.session;
    if model.comparison.is_some() {
        keep(model);
    } else if session.palette || session.help || session.history {
        session.palette = false;
        session.history = false;
        session.help = false;
    } else if model.staging.is_some() {
        leave_staging(model);
    } else if session.policy {
        session.policy = false;
    } else if session.focused {
        session.focused = false;
        session.camera_request = Some(CameraRequest::Fit);
        show_marks(model);
    } else if in_question {
        select(model, None);
    } else if session.filters.any() {
        session.filters = Filters::default();
        relist(model);
    }
}
