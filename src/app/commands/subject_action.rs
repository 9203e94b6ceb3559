//! What can be done with a credential or a service, or with several together: the one list that the
//! map, the tables, the lists of the inspector and the palette offer.

use std::collections::BTreeSet;

use crate::analysis::{FixKind, Subject};
use crate::app::commands::fix_words::fix_name;
use crate::app::commands::subject_text::{names_text, subjects_text};
use crate::app::model::Model;
use crate::app::model::arranging::hub_of;
use crate::app::model::command::{
    AnswerCommand, ArrangeCommand, Command, End, FixCommand, GoCommand, NamesCommand,
    RotationCommand, SightCommand, TableCommand, WorkshopCommand, Written,
};
use crate::app::model::neighbours::links;
use crate::app::model::picking::Picking;
use crate::app::model::tab::Tab;
use crate::app::model::workshop::fact_on;
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, CredentialMark, Flag, counted};
use crate::project::{NamedFix, SubjectName, WorkshopNote, WorkshopNoteKind};

/// Of more credentials no fix is offered together: each is a line of its own in the what-if list.
const MOST_FIXES: usize = 200;

/// One entry of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SubjectAction {
    BlastRadius,
    ReachedBy,
    Paths(End),
    ShowNeighbours,
    FoldHub,
    Unpin,
    IfFallen,
    Compromised,
    Pick(Picking),
    Hide,
    HideOthers,
    Mark(CredentialMark),
    WhatIf(FixKind),
    Pseudonym,
    Note(WorkshopNoteKind),
    StateFact,
    CopyName,
    CopyText,
}

impl SubjectAction {
    /// All of them, in the order in which they are offered.
    pub(crate) const ALL: [Self; 27] = [
        Self::BlastRadius,
        Self::ReachedBy,
        Self::Paths(End::From),
        Self::Paths(End::To),
        Self::ShowNeighbours,
        Self::FoldHub,
        Self::Unpin,
        Self::IfFallen,
        Self::Compromised,
        Self::Pick(Picking::EntryPoint),
        Self::Pick(Picking::CrownJewel),
        Self::Mark(CredentialMark::NotRotatable),
        Self::Mark(CredentialMark::ProvidersKey),
        Self::Hide,
        Self::HideOthers,
        Self::WhatIf(FixKind::Revoke),
        Self::WhatIf(FixKind::SplitByEnvironment),
        Self::WhatIf(FixKind::SplitByService),
        Self::WhatIf(FixKind::SplitByOwner),
        Self::WhatIf(FixKind::WorkloadIdentity),
        Self::Note(WorkshopNoteKind::Owner),
        Self::Note(WorkshopNoteKind::NextStep),
        Self::Note(WorkshopNoteKind::Parked),
        Self::StateFact,
        Self::CopyName,
        Self::CopyText,
        Self::Pseudonym,
    ];

    /// Whether a line parts it from what stands before it.
    pub(crate) fn begins_group(self) -> bool {
        matches!(
            self,
            Self::ShowNeighbours | Self::IfFallen | Self::Hide | Self::CopyName | Self::Pseudonym
        )
    }
}

/// What the list is about, and what is known of it.
pub(crate) struct OnSubjects<'a> {
    pub(crate) model: &'a Model,
    pub(crate) answers: &'a Answers,
    pub(crate) subjects: &'a [Subject],
}

impl OnSubjects<'_> {
    /// The entries that apply.
    pub(crate) fn actions(&self) -> Vec<SubjectAction> {
        SubjectAction::ALL.into_iter().filter(|action| self.applies(*action)).collect()
    }

    /// What the list is about, in words.
    pub(crate) fn title(&self) -> String {
        match self.subjects {
            [one] => self.answers.name(*one),
            several => format!("{} selected", counted(several.len(), "thing", "things")),
        }
    }

    /// What an entry is called.
    pub(crate) fn name(&self, action: SubjectAction) -> String {
        let is_one = self.subjects.len() == 1;
        let name = match action {
            SubjectAction::BlastRadius => "Blast radius from here",
            SubjectAction::ReachedBy => "Reached by",
            SubjectAction::Paths(End::From) => "Paths from here",
            SubjectAction::Paths(End::To) => "Paths to here",
            SubjectAction::ShowNeighbours => "Show neighbours",
            SubjectAction::FoldHub if self.hub().is_some_and(|(_, is_folded)| is_folded) => {
                "Show what hangs on it"
            }
            SubjectAction::FoldHub => "Fold what hangs on it",
            SubjectAction::Unpin => "Unpin",
            SubjectAction::IfFallen => match (self.model.project.rotation.starts(), is_one) {
                ([_, ..], _) if self.have_fallen() => "Rotation order",
                ([], true) => "If this has fallen…",
                (_, true) => "If this has fallen too…",
                ([], false) => "If these have fallen…",
                (_, false) => "If these have fallen too…",
            },
            SubjectAction::Compromised if self.have_fallen() => "No longer compromised",
            SubjectAction::Compromised => "Mark as compromised",
            SubjectAction::Pick(picking) => {
                let what = if self.are_picked(picking) { "No longer pick" } else { "Pick" };
                return format!("{what} as {}", picking.one());
            }
            SubjectAction::Mark(mark) => {
                let what = if self.have_mark(mark) { "No longer mark" } else { "Mark" };
                return format!("{what} as {}", mark.words());
            }
            SubjectAction::Hide => "Hide",
            SubjectAction::HideOthers => "Hide others",
            SubjectAction::WhatIf(kind) => fix_name(kind),
            SubjectAction::Note(WorkshopNoteKind::Owner) => "Note an owner…",
            SubjectAction::Note(WorkshopNoteKind::NextStep) => "Note a next step…",
            SubjectAction::Note(WorkshopNoteKind::Parked) => "Park a question…",
            SubjectAction::StateFact => match self.subjects {
                [Subject::Credential(_)] => "State a holder or a grant of it…",
                [Subject::Instance(_)] => "State what it holds, or what grants it…",
                _ => "State a holder or a grant…",
            },
            SubjectAction::Pseudonym => "Pseudonym…",
            SubjectAction::CopyName if is_one => "Copy name",
            SubjectAction::CopyName => "Copy names",
            SubjectAction::CopyText => "Copy as text",
        };
        name.to_owned()
    }

    /// Whether an entry makes sense for what the list is about.
    fn applies(&self, action: SubjectAction) -> bool {
        match action {
            SubjectAction::BlastRadius => self.live().next().is_some(),
            SubjectAction::ReachedBy => {
                self.instance().is_some_and(|at| self.answers.reached_by.of(at).0 > 0)
            }
            SubjectAction::Paths(_) => self.instance().is_some(),
            SubjectAction::ShowNeighbours => self.subjects.iter().any(|own| {
                let sight = &self.model.views.active().data.sight;
                links(&self.answers.graph, *own).any(|other| !sight.passes(other))
            }),
            SubjectAction::FoldHub => self.hub().is_some(),
            SubjectAction::Unpin => !self.pinned().is_empty(),
            SubjectAction::IfFallen | SubjectAction::Compromised => {
                self.live().next().is_some() || self.have_fallen()
            }
            SubjectAction::Pick(picking) => self.pickable(picking).next().is_some(),
            SubjectAction::Hide => {
                let sight = &self.model.views.active().data.sight;
                self.subjects.iter().any(|own| sight.passes(*own))
            }
            SubjectAction::HideOthers | SubjectAction::CopyName | SubjectAction::CopyText => {
                !self.subjects.is_empty()
            }
            SubjectAction::Note(_) => !self.subjects.is_empty(),
            SubjectAction::StateFact => (1..=2).contains(&self.subjects.len()),
            SubjectAction::Pseudonym => self.named().is_some(),
            SubjectAction::Mark(_) => self.markable().next().is_some(),
            SubjectAction::WhatIf(kind) => {
                let count = self.fixable(kind).take(MOST_FIXES + 1).count();
                (1..=MOST_FIXES).contains(&count)
            }
        }
    }

    /// What an entry asks of the model.
    pub(crate) fn command(&self, action: SubjectAction) -> Command {
        let all = || self.subjects.to_vec();
        match action {
            SubjectAction::BlastRadius => Command::Go(GoCommand::SpreadFrom(self.live().collect())),
            SubjectAction::ReachedBy => {
                let to = self.instance();
                to.map_or(Command::SelectAll(all()), |at| Command::Go(GoCommand::SpreadTo(at)))
            }
            SubjectAction::Paths(end) => Command::Answer(AnswerCommand::Pick(end, self.instance())),
            SubjectAction::ShowNeighbours => Command::Sight(SightCommand::ShowNeighbours(all())),
            SubjectAction::FoldHub => self.hub().map_or(Command::SelectAll(all()), |own| {
                Command::Arrange(ArrangeCommand::FoldHub(own.0, !own.1))
            }),
            SubjectAction::Unpin => Command::Arrange(ArrangeCommand::Unpin(self.pinned())),
            SubjectAction::IfFallen if self.have_fallen() => {
                Command::Table(TableCommand::Show(Tab::Rotation))
            }
            SubjectAction::IfFallen => {
                Command::Rotate(RotationCommand::AddAll(self.names(self.live())))
            }
            SubjectAction::Compromised if self.have_fallen() => {
                let names = self.names(self.subjects.iter().copied());
                Command::Rotate(RotationCommand::Mark(names, false))
            }
            SubjectAction::Compromised => {
                Command::Rotate(RotationCommand::Mark(self.names(self.live()), true))
            }
            SubjectAction::Pick(picking) => Command::Assume(self.picked(picking)),
            SubjectAction::Mark(mark) => Command::Assume(self.marked(mark)),
            SubjectAction::Hide => Command::Sight(SightCommand::Hide(all())),
            SubjectAction::HideOthers => Command::Sight(SightCommand::HideOthers(all())),
            SubjectAction::WhatIf(kind) => {
                let id = |at| self.answers.graph.credential_name(at);
                let fixes = self.fixable(kind).map(|at| NamedFix::new(id(at), kind)).collect();
                Command::Fix(FixCommand::AddAll(fixes))
            }
            SubjectAction::Note(kind) => {
                let about = self.names(self.subjects.iter().copied());
                let note = WorkshopNote { kind, about, text: String::new() };
                Command::Workshop(WorkshopCommand::Ask(Box::new(Written::Note(note))))
            }
            SubjectAction::StateFact => {
                let fact = fact_on(&self.names(self.subjects.iter().copied()));
                Command::Workshop(WorkshopCommand::Ask(Box::new(Written::Fact(fact))))
            }
            SubjectAction::Pseudonym => self.named().map_or(Command::SelectAll(all()), |name| {
                Command::Names(NamesCommand::AskPseudonym(name))
            }),
            SubjectAction::CopyName => Command::Copy(names_text(self.answers, self.subjects)),
            SubjectAction::CopyText => Command::Copy(subjects_text(self.answers, self.subjects)),
        }
    }

    /// The service instance, where the list is about one alone.
    fn instance(&self) -> Option<InstanceIndex> {
        match self.subjects {
            [Subject::Instance(at)] => Some(*at),
            _ => None,
        }
    }

    /// Its name, where the list is about one alone that has one in the files.
    fn named(&self) -> Option<SubjectName> {
        let [one] = self.subjects else { return None };
        let graph = &self.answers.graph;
        let has_name = match one {
            Subject::Credential(at) => {
                graph.inventory().names.find(graph.credential_name(*at)).is_some()
            }
            Subject::Instance(_) => true,
        };
        has_name.then(|| SubjectName::of(graph, *one))
    }

    /// What others hang on alone, where the list is about one alone, and whether they are folded.
    fn hub(&self) -> Option<(SubjectName, bool)> {
        match self.subjects {
            [one] => hub_of(self.model, *one),
            _ => None,
        }
    }

    /// What stands on the map where it was put.
    fn pinned(&self) -> Vec<SubjectName> {
        let arrangement = &self.model.project.arrangement;
        if arrangement.pins.is_empty() {
            return Vec::new();
        }
        let names = self.names(self.subjects.iter().copied()).into_iter();
        names.filter(|name| arrangement.is_pinned(name)).collect()
    }

    /// What can fall: a dead credential gives nothing away.
    fn live(&self) -> impl Iterator<Item = Subject> + '_ {
        self.subjects.iter().copied().filter(|own| match own {
            Subject::Credential(at) => self.answers.graph.credential(*at).is_live(),
            Subject::Instance(_) => true,
        })
    }

    fn names(&self, of: impl Iterator<Item = Subject>) -> Vec<SubjectName> {
        of.map(|own| SubjectName::of(&self.answers.graph, own)).collect()
    }

    /// Whether all of it is taken to have fallen.
    fn have_fallen(&self) -> bool {
        let starts: BTreeSet<&SubjectName> = self.model.project.rotation.starts().iter().collect();
        let is_start = |own: &Subject| starts.contains(&SubjectName::of(&self.answers.graph, *own));
        !starts.is_empty() && self.subjects.iter().all(is_start)
    }

    /// The instances that can be picked: no row says already what they are to be.
    fn pickable(&self, picking: Picking) -> impl Iterator<Item = InstanceIndex> + '_ {
        let graph = &self.answers.graph;
        let instances = self.subjects.iter().filter_map(|own| match own {
            Subject::Instance(at) => Some(*at),
            Subject::Credential(_) => None,
        });
        instances.filter(move |at| {
            let instance = graph.instance(*at);
            let flag = match picking {
                Picking::EntryPoint => instance.entry_point,
                Picking::CrownJewel => instance.crown_jewel,
            };
            flag != Flag::Yes
        })
    }

    /// Whether all that can be picked are picked.
    fn are_picked(&self, picking: Picking) -> bool {
        let picked: BTreeSet<&String> =
            picking.of(&self.model.project.assumptions).iter().collect();
        let graph = &self.answers.graph;
        self.pickable(picking).all(|at| picked.contains(&Picking::name(graph, at)))
    }

    /// The assumptions with all of it picked, or no longer picked.
    fn picked(&self, picking: Picking) -> Assumptions {
        let names = self.pickable(picking).map(|at| Picking::name(&self.answers.graph, at));
        let on = !self.are_picked(picking);
        picking.with_all(&self.model.project.assumptions, names.collect(), on)
    }

    /// The printed ids of the live credentials.
    fn markable(&self) -> impl Iterator<Item = &str> {
        let graph = &self.answers.graph;
        self.subjects.iter().filter_map(|own| match own {
            Subject::Credential(at) => {
                graph.credential(*at).is_live().then(|| graph.credential_name(*at))
            }
            Subject::Instance(_) => None,
        })
    }

    /// Whether all of them have a mark.
    fn have_mark(&self, mark: CredentialMark) -> bool {
        let marks = &self.model.project.assumptions.marks;
        self.markable().all(|id| marks.get(id) == Some(&mark))
    }

    /// The assumptions with all of them marked, or no longer marked.
    fn marked(&self, mark: CredentialMark) -> Assumptions {
        let mut other = Assumptions::clone(&self.model.project.assumptions);
        let takes_away = self.have_mark(mark);
        for id in self.markable() {
            if takes_away {
                other.marks.remove(id);
            } else {
                other.marks.insert(id.to_owned(), mark);
            }
        }
        other
    }

    /// The credentials for which a fix makes sense.
    fn fixable(&self, kind: FixKind) -> impl Iterator<Item = CredentialIndex> + '_ {
        let graph = &self.answers.graph;
        let credentials = self.subjects.iter().filter_map(|own| match own {
            Subject::Credential(at) => Some(*at),
            Subject::Instance(_) => None,
        });
        credentials.filter(move |at| {
            let has_holders = kind != FixKind::WorkloadIdentity || !graph.held_by(*at).is_empty();
            graph.credential(*at).is_live() && has_holders
        })
    }
}
