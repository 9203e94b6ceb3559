//! Words for whether a credential is in use.

use crate::inventory::Status;

use crate::import::vocabulary::languages::{WordColumn, is_never_used, is_yes, meaning_of};

use super::compare::spaced;
use super::unknown::is_unknown;

/// A status word; `None` for one that is not known.
pub(crate) fn status(cell: &str) -> Option<Status> {
    let word = spaced(cell);
    match word.as_str() {
        "active" | "enabled" | "valid" | "live" | "in use" | "current" | "ok" | "yes" | "true"
        | "1" | "y" | "on" | "issued" | "installed" | "operational" | "running" | "production"
        | "approved" | "verified" | "working" => Some(Status::Live),
        "revoked" | "disabled" | "deleted" | "inactive" | "expired" | "retired"
        | "decommissioned" | "invalid" | "dead" | "no" | "false" | "0" | "n" | "off"
        | "deactivated" | "terminated" | "removed" | "destroyed" | "obsolete" | "cancelled"
        | "canceled" | "rotated out" | "archived" | "suspended" | "not in use" | "out of use"
        | "closed" => Some(Status::Dead),
        "no longer needed"
        | "not needed"
        | "not needed any more"
        | "unneeded"
        | "no longer required"
        | "not required" => Some(Status::Unneeded),
        _ => foreign_status(&word),
    }
}

fn foreign_status(word: &str) -> Option<Status> {
    match meaning_of(WordColumn::Status, word) {
        Some("live") => Some(Status::Live),
        Some("dead") => Some(Status::Dead),
        _ => is_yes(word).map(|yes| if yes { Status::Live } else { Status::Dead }),
    }
}

/// The status by a column that asks whether something is out of use: a word for no means in use, and
/// anything else out of use, since yes may be written as a date.
pub(crate) fn disabled(cell: &str) -> Status {
    if is_unknown(cell) {
        return Status::Unstated;
    }
    let word = spaced(cell);
    match word.as_str() {
        "no" | "n" | "false" | "0" | "active" | "enabled" => Status::Live,
        _ if foreign_status(&word) == Some(Status::Live) => {
            is_yes(&word).map_or(Status::Live, |_| Status::Dead)
        }
        _ if is_yes(&word) == Some(false) => Status::Live,
        _ => Status::Dead,
    }
}

/// Whether a cell of the last-used column means that there was no use.
pub(crate) fn never_used(cell: &str) -> bool {
    matches!(spaced(cell).as_str(), "never" | "never used" | "not used" | "unused" | "not yet used")
        || is_never_used(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_have_their_words() {
        assert_eq!(status("Revoked"), Some(Status::Dead));
        assert_eq!(status("Active"), Some(Status::Live));
        assert_eq!(status("No longer needed"), Some(Status::Unneeded));
        assert_eq!(status("maybe"), None);
    }
}
