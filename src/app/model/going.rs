//! Goes to something else, or shows more or less of it.

use crate::analysis::Subject;
use crate::app::model::around::{Around, MOST_HOPS};
use crate::app::model::command::GoCommand;
use crate::app::model::listing::show_marks;
use crate::app::model::look::{show_as, show_backwards};
use crate::app::model::looking_back::{go_back, go_forward};
use crate::app::model::selecting::{select, select_all};
use crate::app::model::state::Model;
use crate::app::model::views::{CameraRequest, Inside};
use crate::app::model::walking::{walk_link, walk_links};
use crate::scene::ViewKind;

/// Within how many hops something is shown where nobody chose that: so far what it shares with whom is
/// seen.
const HOPS: u8 = 2;

/// Carries out what goes to something else.
pub(crate) fn apply_go(model: &mut Model, command: GoCommand) {
    match command {
        GoCommand::SpreadFrom(subjects) => {
            select_all(model, subjects);
            show_as(model, ViewKind::Spread);
        }
        GoCommand::SpreadTo(at) => {
            select(model, Some(Subject::Instance(at)));
            show_backwards(model);
        }
        GoCommand::FocusAround(centre) => focus_around(model, centre),
        GoCommand::Hops(hops) => choose_hops(model, hops.clamp(1, MOST_HOPS)),
        GoCommand::Into(body) => go_into(model, body),
        GoCommand::Back => drop(go_back(model)),
        GoCommand::Forward => go_forward(model),
        GoCommand::Walk(way) => walk_links(model, way),
        GoCommand::Link { from, to } => walk_link(model, (from, to)),
    }
}

/// Goes into the body of a group: a collapsed region is open in this view until one comes out again.
fn go_into(model: &mut Model, body: Inside) {
    let view = &mut model.views.active_mut().spec;
    view.inside.push(body);
    view.camera_request = Some(CameraRequest::Enter);
    show_marks(model);
}

/// Shows only what lies round some subjects.
fn focus_around(model: &mut Model, centre: Vec<Subject>) {
    let hops = match model.session.hops {
        0 => HOPS,
        hops => hops,
    };
    let view = &mut model.views.active_mut().spec;
    view.inside.clear();
    view.focused = !centre.is_empty();
    view.around = view.focused.then_some(Around { centre, hops });
    view.camera_request = Some(view.fit_of_focus());
    show_marks(model);
}

/// Shows what lies within this many hops, now and next.
fn choose_hops(model: &mut Model, hops: u8) {
    model.session.hops = hops;
    let view = &mut model.views.active_mut().spec;
    if let Some(around) = &mut view.around {
        around.hops = hops;
        view.camera_request = Some(CameraRequest::FitSight);
        show_marks(model);
    }
}
