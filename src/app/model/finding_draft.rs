//! What can be asked of findings as work, and what the editor says in which something is decided on them.

use crate::app::jobs::ViewId;
use crate::app::model::finding_groups::FindingGroup;
use crate::app::model::views::ViewFixes;
use crate::inventory::Date;
use crate::project::{
    Acceptance, CredentialName, Decision, FindingName, FindingState, NoteOn, PlannedFix, Scenarios,
};

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
    /// The credential that the fix of the scenario changes; without one that of the finding itself.
    pub(crate) fix: Option<CredentialName>,
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
    /// For each finding; nothing where it stays.
    pub(super) decisions: Option<Vec<(FindingName, Decision)>>,
    pub(super) assignee: Setting<String>,
    pub(super) due: Setting<Date>,
}

impl DecisionDraft {
    /// What is to be changed; `as_of` is the day as of which findings stand.
    ///
    /// # Errors
    /// One sentence on what has to be written otherwise.
    pub(super) fn change(&self, as_of: Date, scenarios: &Scenarios) -> Result<Change, String> {
        let on_all = |decision: Decision| {
            let each = |name: &FindingName| (name.clone(), decision.clone());
            Some(self.on.iter().map(each).collect())
        };
        let decisions = match self.kind {
            DecisionKind::Keep => None,
            DecisionKind::Open => on_all(Decision::Open),
            DecisionKind::WaitingForProof => on_all(Decision::WaitingForProof),
            DecisionKind::Planned => Some(self.plans(scenarios)?),
            DecisionKind::RiskAccepted => on_all(Decision::RiskAccepted(self.acceptance(as_of)?)),
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
        Ok(Change { decisions, assignee, due })
    }

    fn acceptance(&self, as_of: Date) -> Result<Acceptance, String> {
        if self.reason.trim().is_empty() {
            return Err("say why the risk is accepted".to_owned());
        }
        if self.by.trim().is_empty() {
            return Err("say who accepts the risk".to_owned());
        }
        let until = day("until when it is accepted", &self.until)?;
        if until <= as_of {
            return Err(format!(
                "the risk must be accepted until a day after {as_of}: on {until} the finding is open again"
            ));
        }
        let (reason, by) = (self.reason.trim().to_owned(), self.by.trim().to_owned());
        Ok(Acceptance { reason, until, by })
    }

    /// Which fix of the scenario each finding is planned to go with.
    fn plans(&self, scenarios: &Scenarios) -> Result<Vec<(FindingName, Decision)>, String> {
        let wanted = self.scenario.trim();
        let Some(scenario) = scenarios.named(wanted) else {
            let known: Vec<&str> = scenarios.list().iter().map(|own| own.name.as_str()).collect();
            return Err(match (known.as_slice(), wanted) {
                ([], _) => {
                    "there is no scenario yet: keep the what-if list, or the plan, as one first"
                        .to_owned()
                }
                (_, "") => "name the scenario that has the fix".to_owned(),
                (known, wanted) => {
                    format!("no scenario is called “{wanted}”; there are: {}", known.join(", "))
                }
            });
        };
        let (mut plans, mut without) = (Vec::new(), Vec::new());
        for name in &self.on {
            match PlannedFix::of(scenario, self.fix.as_ref(), name) {
                Some(own) => plans.push((name.clone(), Decision::Planned(own))),
                None => without.push(name),
            }
        }
        let how = match scenario.fixes.list() {
            [] => "it has none yet",
            _ => "choose the fix that is meant",
        };
        match without.as_slice() {
            [] => Ok(plans),
            [one] => Err(format!("“{wanted}” has no fix of its own for {}; {how}", one.words())),
            [first, others @ ..] => Err(format!(
                "“{wanted}” has no fix of its own for {} and {} more; {how}",
                first.words(),
                others.len()
            )),
        }
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
