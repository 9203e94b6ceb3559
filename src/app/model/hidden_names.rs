//! Which names are hidden, and what is open under them.

use std::sync::Arc;

use crate::app::jobs::ViewId;
use crate::app::model::command::{
    Command, FindingCommand, NamesCommand, PolicyCommand, ProjectCommand, ReimportCommand,
    ScenarioCommand, SceneCommand, SightCommand,
};
use crate::app::model::history::History;
use crate::app::work::shown_names::{GraphToBuild, Names};
use crate::project::{KnownScenes, NotCarriedBack, Project, RedactedKinds, TextKind};

/// What stands behind a window that shows pseudonyms.
#[derive(Debug)]
pub(crate) struct HiddenNames {
    pub(crate) kinds: RedactedKinds,
    pub(crate) names: Arc<Names>,
    /// The project when names were hidden: as it is, and as it was shown then.
    before: (Project, Project),
    /// The project under its names, with all that was changed since.
    pub(crate) open: Project,
    /// What scenes are under their names.
    scenes: KnownScenes,
    /// The steps that were made before names were hidden.
    history: History,
    /// What was searched for then.
    pub(crate) texts: SearchTexts,
}

/// What is searched for, which may be a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct SearchTexts {
    pub(crate) search: String,
    pub(crate) problems: String,
    /// The texts of the filters, by view.
    pub(crate) filters: Vec<(ViewId, String)>,
}

impl HiddenNames {
    pub(crate) fn new(
        (kinds, names): (RedactedKinds, Arc<Names>),
        (open, shown): (Project, Project),
        (history, texts): (History, SearchTexts),
    ) -> Self {
        let mut scenes = KnownScenes::default();
        scenes.note(&shown.scenes, &open.scenes);
        Self { kinds, names, before: (open.clone(), shown), open, scenes, history, texts }
    }

    /// Takes over what was changed of the project that is shown.
    pub(crate) fn carry_over(&mut self, shown: &Project) -> Result<(), NotCarriedBack> {
        self.open = self.open_of(shown)?;
        self.scenes.note(&shown.scenes, &self.open.scenes);
        Ok(())
    }

    /// What a project that is shown is under its names.
    pub(crate) fn open_of(&self, shown: &Project) -> Result<Project, NotCarriedBack> {
        let (open, before) = &self.before;
        self.names.back.carried_back((before, shown), open, &self.scenes)
    }

    /// The graph of a project that is shown; `None` where that has none under its names.
    pub(crate) fn graph_of(&self, shown: &Project) -> Option<GraphToBuild> {
        let open = self.open_of(shown).ok()?;
        let (inventory, assumptions) = (open.sources.inventory.clone()?, open.assumptions);
        Some(GraphToBuild { inventory, assumptions, names: Some(self.names.clone()) })
    }

    /// All steps under their names: those of before, and those that were made while names were hidden.
    pub(crate) fn whole_history(self, since: History) -> History {
        let Self { names, before: (open, shown), scenes, history, .. } = self;
        let label = |label: &str| match names.redaction.reveal(label, TextKind::Plain) {
            Ok((text, _)) => text,
            Err(_) => "a change".to_owned(),
        };
        let project = |own: &Project| names.back.carried_back((&shown, own), &open, &scenes).ok();
        history.and(since, label, project)
    }
}

/// What a command meets while names are hidden, or being hidden.
pub(crate) enum Met {
    Nothing,
    /// It is not carried out, because everything is about to be called otherwise.
    Waits,
    /// It is not carried out, and this says why.
    Refused(&'static str),
}

/// Why what would bring true names into sight, or pseudonyms into the project, is not carried out.
const OPENS: &str = "names are hidden: show them first (H), then open, import or close";
const WRITES: &str =
    "names are hidden: show them first (H), so that what you write stands beside the true names";
const CHOOSES: &str = "names are hidden: show them first (H), then choose a pseudonym";

/// Whether a command is carried out while names are hidden.
pub(crate) fn met_while_hidden(command: &Command) -> Met {
    match command {
        Command::Open(_)
        | Command::OpenRecent(_)
        | Command::Stage(_)
        | Command::AskForFiles
        | Command::SaveRejected
        | Command::Reimport(
            ReimportCommand::Read | ReimportCommand::Replace | ReimportCommand::AddInstead,
        )
        | Command::Close
        | Command::Policy(PolicyCommand::Load)
        | Command::Project(ProjectCommand::WriteLists | ProjectCommand::ReadAnswers) => {
            Met::Refused(OPENS)
        }
        Command::Names(NamesCommand::AskPseudonym(_)) => Met::Refused(CHOOSES),
        Command::Finding(
            FindingCommand::Ask(_)
            | FindingCommand::Edit(_)
            | FindingCommand::Decide(_)
            | FindingCommand::Note(..),
        )
        | Command::Scenario(
            ScenarioCommand::Keep(_)
            | ScenarioCommand::KeepPlan(_)
            | ScenarioCommand::Put(_)
            | ScenarioCommand::Duplicate(_)
            | ScenarioCommand::Rename(..)
            | ScenarioCommand::Remove(_),
        )
        | Command::Scene(SceneCommand::Caption(..) | SceneCommand::Notes(..))
        | Command::Sight(SightCommand::Save(_) | SightCommand::Use(_) | SightCommand::Forget(_)) => {
            Met::Refused(WRITES)
        }
        _ => Met::Nothing,
    }
}

/// Whether a command is carried out while names are being hidden or shown.
pub(crate) fn met_while_switching(command: &Command) -> Met {
    match command {
        Command::Ended(_) | Command::Cancel(_) | Command::DismissNotice => Met::Nothing,
        _ => Met::Waits,
    }
}
