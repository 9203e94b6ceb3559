//! What can be asked of findings as work, and what the editor says in which something is decided on them.

use crate::app::jobs::ViewId;
use crate::app::model::finding_groups::FindingGroup;
use crate::app::model::views::ViewFixes;
use crate::inventory::Date;
use crate::project::{Acceptance, Decision, FindingName, FindingState, NoteOn};

/// What concerns findings as work; each decision and each note is one undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FindingCommand {
    /// Lists the findings of one state alone, or all.
    Show(Option<FindingState>),
    /// Groups the findings of the table, or no longer.
    GroupBy(Option<FindingGroup>),
    /// Asks what to decide on some of the findings.
    Ask(DecideOn),
    /// What the editor says now.
    Edit(Box<DecisionDraft>),
    /// Does what the editor says: one undo step.
    Decide(Box<DecisionDraft>),
    /// Closes the editor.
    Leave,
    /// Writes a note; an empty one takes it away.
    Note(NoteOn, String),
}

/// On which findings something is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecideOn {
    /// The one in a row of the table.
    Row(usize),
    /// Those in the table on what is selected.
    Selected,
    /// All in the table.
    Listed,
}

/// What can be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum DecisionKind {
    /// The decision stays as it is.
    #[default]
    Keep,
    Open,
    RiskAccepted,
    Planned,
    WaitingForProof,
}

impl DecisionKind {
    pub(crate) const ALL: [Self; 5] =
        [Self::Keep, Self::Open, Self::RiskAccepted, Self::Planned, Self::WaitingForProof];

    /// The words in the editor.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Keep => "Leave as it is",
            Self::Open => "Open",
            Self::RiskAccepted => "Risk accepted",
            Self::Planned => "Planned",
            Self::WaitingForProof => "Waiting for proof",
        }
    }
}

/// What the editor says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DecisionDraft {
    /// The findings.
    pub(crate) on: Vec<FindingName>,
    pub(crate) kind: DecisionKind,
    pub(crate) reason: String,
    pub(crate) until: String,
    pub(crate) by: String,
    pub(crate) scenario: String,
    /// Empty leaves it as it is; `-` takes it away.
    pub(crate) assignee: String,
    /// Likewise, a day.
    pub(crate) due: String,
    /// Why it cannot be done so.
    pub(crate) why: Option<String>,
}

/// What becomes of something that may be unset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting<T> {
    /// It stays.
    Stays,
    /// It is unset.
    Goes,
    /// It is this from now on.
    Is(T),
}

impl<T: Clone> Setting<T> {
    /// Carries it out.
    pub(super) fn put_into(&self, value: &mut Option<T>) {
        match self {
            Self::Stays => {}
            Self::Goes => *value = None,
            Self::Is(new) => *value = Some(new.clone()),
        }
    }
}

/// A change of all that is known of a finding.
pub(super) struct Change {
    /// Nothing where it stays.
    pub(super) decision: Option<Decision>,
    pub(super) assignee: Setting<String>,
    pub(super) due: Setting<Date>,
}

impl DecisionDraft {
    /// What is to be changed; `as_of` is the day as of which findings stand.
    ///
    /// # Errors
    /// One sentence on what has to be written otherwise.
    pub(super) fn change(&self, as_of: Date) -> Result<Change, String> {
        let decision = match self.kind {
            DecisionKind::Keep => None,
            DecisionKind::Open => Some(Decision::Open),
            DecisionKind::WaitingForProof => Some(Decision::WaitingForProof),
            DecisionKind::Planned if self.scenario.trim().is_empty() => {
                return Err("name the scenario that has the fix".to_owned());
            }
            DecisionKind::Planned => Some(Decision::Planned(self.scenario.trim().to_owned())),
            DecisionKind::RiskAccepted if self.reason.trim().is_empty() => {
                return Err("say why the risk is accepted".to_owned());
            }
            DecisionKind::RiskAccepted if self.by.trim().is_empty() => {
                return Err("say who accepts the risk".to_owned());
            }
            DecisionKind::RiskAccepted => {
                let until = day("until when it is accepted", &self.until)?;
                if until <= as_of {
                    return Err(format!(
                        "the risk must be accepted until a day after {as_of}: on {until} the finding \
                         is open again"
                    ));
                }
                Some(Decision::RiskAccepted(Acceptance {
                    reason: self.reason.trim().to_owned(),
                    until,
                    by: self.by.trim().to_owned(),
                }))
            }
        };
        let assignee = match self.assignee.trim() {
            "" => Setting::Stays,
            "-" => Setting::Goes,
            who => Setting::Is(who.to_owned()),
        };
        let due = match self.due.trim() {
            "" => Setting::Stays,
            "-" => Setting::Goes,
            text => Setting::Is(day("by when it is due", text)?),
        };
        Ok(Change { decision, assignee, due })
    }
}

fn day(what: &str, text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_error| format!("write {what} as a day, like 2027-03-01"))
}

/// What concerns scenarios; each that changes one, or the what-if list, is one undo step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ScenarioCommand {
    /// Keeps the what-if list under a name.
    Keep(String),
    /// Keeps the plan under a name.
    KeepPlan(String),
    /// Puts the what-if list into a scenario.
    Put(String),
    /// Puts a scenario in the place of the what-if list.
    Use(String),
    /// Keeps the same once more under another name.
    Duplicate(String),
    /// Gives one another name.
    Rename(String, String),
    /// Takes one away.
    Remove(String),
    /// Compares them with each other.
    Compare,
    /// Copies the tasks of one.
    CopyTasks(String),
    /// Shows fixes beside what is open as it is, in two views that look at the same.
    SideBySide(ViewFixes),
    /// Lets one of these two show other fixes.
    ShowIn(ViewId, ViewFixes),
}
