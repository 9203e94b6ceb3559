//! The tasks of a list of fixes as a table, by owner.

use std::borrow::Cow;
use std::io;

use super::cell::{Cell, TakeRow};
use crate::export::fix_lists::{AnsweredTasks, lost_words, secret_words};
use crate::project::FixTask;

pub(super) const COLUMNS: [&str; 10] = [
    "owner",
    "fix",
    "credential",
    "what",
    "assumed",
    "new_secrets",
    "held_by",
    "accesses_lost",
    "undo",
    "proof",
];

/// Gives a row for each task.
pub(super) fn rows(answered: &AnsweredTasks<'_>, take: &mut TakeRow<'_>) -> io::Result<()> {
    answered.tasks.iter().try_for_each(|task| take(&row(task)))
}

fn row(task: &FixTask) -> [Cell<'_>; COLUMNS.len()] {
    let secrets = task.new_secrets.iter().map(|secret| Cow::Owned(secret_words(secret)));
    [
        task.owner.as_str().into(),
        task.number.into(),
        task.credential.as_str().into(),
        task.what.as_str().into(),
        task.assumed.into(),
        Cell::Words(secrets.collect()),
        Cell::Words(task.held_by.iter().map(|place| Cow::Owned(place.words())).collect()),
        Cell::Words(lost_words(task).into_iter().map(Cow::Owned).collect()),
        task.undo.as_str().into(),
        task.proof.as_str().into(),
    ]
}
