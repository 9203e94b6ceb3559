//! What can be read of a damaged project, as a project of its own.

use super::import::{locked, new_place, not_saved};
use crate::cli::arguments::RecoverArguments;
use crate::cli::files::{Expected, SalvagedProject, salvage_project_at, save_project, today};
use crate::cli::streams::{Failure, INPUT, Streams};
use crate::inventory::Progress;

/// Carries out `recover`.
pub(in crate::cli) fn recover(
    arguments: &RecoverArguments,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let RecoverArguments { project: path, output, force } = arguments;
    let place = new_place(output, *force)?;
    let found = salvage_project_at(path, today(), &Progress::default());
    let SalvagedProject { opened, damage } = found.map_err(|message| Failure(INPUT, message))?;
    let _lock = locked(&place, output)?;
    let expected = Expected::Another;
    let saved = save_project(&opened.project, opened.key.known(), &place, (today(), expected));
    saved.map_err(not_saved)?;
    if let Some(damage) = damage {
        streams.warn(&damage.words());
    }
    Ok(())
}
