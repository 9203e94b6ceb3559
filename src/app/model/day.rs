//! The day that it is: a project that is judged as of today is judged as of the next day once that has
//! come, also in a window that stays open.

use std::sync::Arc;
use std::time::Duration;

use crate::app::jobs::JobKind;
use crate::app::model::rebuild::analyse_again;
use crate::app::model::state::Model;
use crate::inventory::Date;
use crate::project::Project;

/// Moves on from the day that it was to the day that it is. A day that was set and is another stays. It
/// is neither a step nor unsaved work. While scenes are presented or names are hidden the day waits: what was
/// open before comes back.
pub(crate) fn follow_day(model: &mut Model, now: Date) {
    let is_renamed = model.hidden.is_some() || model.runs(JobKind::Names);
    if model.session.presentation.is_some() || is_renamed {
        return;
    }
    let before = std::mem::replace(&mut model.today, now);
    if now == before {
        return;
    }
    let move_on = |project: &mut Project| {
        let follows = project.assumptions.as_of == before;
        if follows {
            Arc::make_mut(&mut project.assumptions).as_of = now;
        }
        follows
    };
    for project in model.history.projects_mut().chain(model.saving.projects_mut()) {
        move_on(project);
    }
    if move_on(&mut model.project) && model.inventory().is_some() {
        model.notice = Some(format!("everything is judged as of today, {now}"));
        analyse_again(model);
    }
}

/// How long it is until the next day begins, in UTC.
pub(crate) fn until_tomorrow() -> Duration {
    const DAY: i64 = 86_400;
    let passed = jiff::Timestamp::now().as_second().rem_euclid(DAY);
    Duration::from_secs((DAY - passed).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::model::command::Command;
    use crate::inventory::Assumptions;
    use crate::project::Opening;

    fn open() -> Model {
        let mut model = Model::new(jiff::civil::date(2026, 11, 23), Arc::new(|| {}));
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
        model.apply(Command::Open(Opening::Files(vec![file])));
        model.finish_jobs();
        model
    }

    fn judged(model: &Model) -> (Date, Date) {
        let answers = model.answers.as_ref().unwrap();
        (model.project.assumptions.as_of, answers.graph.assumptions().as_of)
    }

    #[test]
    fn what_is_judged_as_of_today_moves_on_and_what_was_set_stays() {
        let (first, next, set) = (
            jiff::civil::date(2026, 11, 23),
            jiff::civil::date(2026, 11, 24),
            jiff::civil::date(2026, 7, 1),
        );
        let mut model = open();
        let rotation = |days| Assumptions { rotation_days: days, ..Assumptions::new(first) };
        model.apply(Command::Assume(rotation(30)));
        model.finish_jobs();
        follow_day(&mut model, next);
        model.finish_jobs();
        assert_eq!((model.today, judged(&model)), (next, (next, next)));
        // No step leads back to a day that has passed, and the day is no work.
        model.apply(Command::Undo);
        model.finish_jobs();
        assert_eq!(judged(&model), (next, next));
        assert!(!model.saving.has_unsaved(&model.project));
        model.apply(Command::Assume(Assumptions::new(set)));
        model.finish_jobs();
        follow_day(&mut model, first);
        model.finish_jobs();
        assert_eq!((model.today, judged(&model)), (first, (set, set)));
    }
}
