//! Takes steps back and makes them again: brings an earlier or later project back, and works out
//! no more than what differs.

use std::sync::Arc;

use crate::app::model::arranging::rearrange;
use crate::app::model::fix_effects::refix;
use crate::app::model::fix_list::leave_fixes;
use crate::app::model::hiding::hide_by_hand;
use crate::app::model::listing::relist;
use crate::app::model::paths::refind_ends;
use crate::app::model::rebuild::{analyse_again, reopen};
use crate::app::model::rotation::{ask_rotation, count_done};
use crate::app::model::state::Model;
use crate::project::Project;

/// Takes the last step back.
pub(crate) fn undo(model: &mut Model) {
    if let Some(position) = model.history.position().checked_sub(1) {
        go_to_step(model, position);
    }
}

/// Makes the step again that was taken back last.
pub(crate) fn redo(model: &mut Model) {
    let position = model.history.position() + 1;
    go_to_step(model, position);
}

/// Goes to how the project was after this number of steps.
pub(crate) fn go_to_step(model: &mut Model, position: usize) {
    if let Some(project) = model.history.go_to(position, &model.project) {
        restore(model, project);
    }
}

/// Puts a project in the place of the present one, and works out what differs.
pub(crate) fn restore(model: &mut Model, mut project: Project) {
    let (now, then) = (&model.project.pseudonyms, &project.pseudonyms);
    // What was made never changes; what the user chose does.
    if now != then && now.has_all_of(then) {
        project.pseudonyms = Arc::new(now.with_chosen_of(then));
    }
    let before = std::mem::replace(&mut model.project, project);
    if before.sources != model.project.sources {
        if before.sources.is_of_same_files(&model.project.sources) {
            // What was answered or stated is another; what is looked at stays.
            analyse_again(model);
        } else {
            reopen(model);
        }
    } else if before.assumptions != model.project.assumptions {
        analyse_again(model);
    } else {
        if before.fixes != model.project.fixes {
            refix(model);
            leave_fixes(model);
        }
        if before.rotation.starts() != model.project.rotation.starts() {
            ask_rotation(model);
        } else if before.rotation != model.project.rotation {
            count_done(model);
        }
        if before.ends != model.project.ends {
            refind_ends(model);
        }
        if before.arrangement != model.project.arrangement {
            rearrange(model, &before.arrangement);
        }
        if before.filters.by_hand != model.project.filters.by_hand
            && let Some(answers) = model.answers.clone()
        {
            hide_by_hand(model, &answers);
            relist(model);
        }
    }
}
