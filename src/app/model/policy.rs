//! The page of assumptions: changed one by one, loaded, saved.

use crate::app::model::command::PolicyCommand;
use crate::app::model::file_dialogs;
use crate::app::model::panes::Pane;
use crate::app::model::policy_section::PolicySection;
use crate::app::model::rebuild::reassume;
use crate::app::model::state::Model;
use crate::app::work::policy_files::LoadedPolicy;
use crate::inventory::Assumptions;

/// Carries out what concerns the page of assumptions.
pub(crate) fn apply_policy(model: &mut Model, command: PolicyCommand) {
    match command {
        PolicyCommand::Open(open) => {
            model.session.policy = open;
            model.session.policy_section = PolicySection::default();
            model.session.unfold(Pane::Inspector);
        }
        PolicyCommand::OpenAt(section) => {
            model.session.policy = true;
            model.session.policy_section = section;
            model.session.unfold(Pane::Inspector);
        }
        PolicyCommand::Load => file_dialogs::load_policy(model),
        PolicyCommand::Save => file_dialogs::save_policy(model),
    }
}

/// Replaces the assumptions.
pub(crate) fn assume(model: &mut Model, assumptions: Assumptions) {
    if assumptions != *model.project.assumptions {
        reassume(model, assumptions);
    }
}

/// Assumes what a policy says that was read.
pub(crate) fn take_policy(model: &mut Model, read: Option<Result<LoadedPolicy, String>>) {
    match read {
        None => {
            let text = "no policy was chosen; if no dialog appeared, start with --policy FILE";
            model.notice = Some(text.to_owned());
        }
        Some(Err(message)) => {
            model.notice = Some(format!("{message}; the assumptions are unchanged"));
        }
        Some(Ok(LoadedPolicy { name, assumptions })) => {
            if assumptions == *model.project.assumptions {
                model.notice = Some(format!("{name} says what is assumed already"));
                return;
            }
            reassume(model, assumptions);
        }
    }
}
