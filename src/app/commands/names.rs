//! Hiding names, in the menu View.

use egui::Key;

use crate::app::commands::action::{Action, Needs, action, key};
use crate::app::model::command::{Command, NamesCommand};
use crate::project::RedactedKind;

/// The switch for all names, and one for each kind.
pub(crate) const NAME_ACTIONS: [Action; 8] = [
    action(
        "Hide or show names",
        "Puts pseudonyms in the place of names everywhere, or shows the names again",
        key(Key::H),
        (Needs::Inventory, |_| Command::Names(NamesCommand::Switch)),
    ),
    of_kind(
        "Hide or show services",
        "The names of services",
        (Needs::Inventory, |_| kind(RedactedKind::Services)),
    ),
    of_kind(
        "Hide or show credentials",
        "Ids and readable names of credentials, and the accounts whose they are",
        (Needs::Inventory, |_| kind(RedactedKind::Credentials)),
    ),
    of_kind(
        "Hide or show owners",
        "The names of owners",
        (Needs::Inventory, |_| kind(RedactedKind::Owners)),
    ),
    of_kind(
        "Hide or show environments with labels of your own",
        "The labels that the standard table does not have: not prod, staging or dev",
        (Needs::Inventory, |_| kind(RedactedKind::OwnEnvironments)),
    ),
    of_kind(
        "Hide or show all environments",
        "The labels of environments, standard ones too",
        (Needs::Inventory, |_| kind(RedactedKind::Environments)),
    ),
    of_kind(
        "Hide or show files",
        "The names of files",
        (Needs::Inventory, |_| kind(RedactedKind::Files)),
    ),
    of_kind(
        "Hide or show free text",
        "Types, storage places, tags, headings, notes, and what problems quote",
        (Needs::Inventory, |_| kind(RedactedKind::Text)),
    ),
];

const fn of_kind(
    name: &'static str,
    tooltip: &'static str,
    does: (Needs, fn(&crate::app::model::Model) -> Command),
) -> Action {
    action(name, tooltip, None, does)
}

fn kind(kind: RedactedKind) -> Command {
    Command::Names(NamesCommand::Kind(kind))
}
