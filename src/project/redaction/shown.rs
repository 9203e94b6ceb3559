//! All that the user made under pseudonyms, as a window shows it: nothing is left out but what free text
//! says.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::captions::{Captions, HIDDEN};
use super::field_text::FieldText;
use super::free_text::FreeText;
use super::names::Redaction;
use super::of_graph::HiddenInventory;
use crate::inventory::Assumptions;
use crate::project::last_view::LastView;
use crate::project::pseudonyms::NameOf;
use crate::project::{
    Acceptance, Decision, FindingName, FindingRecord, FindingRegister, FindingSubject,
    HiddenByHand, KeptFilters, MissingSource, NoteOn, Notes, PlannedFix, Project, Scenarios, Scene,
    Scenes, Sighting, Sources,
};

impl Redaction {
    /// The project under pseudonyms, over an inventory under them: for showing, never for saving. Files
    /// cannot be read again from it.
    ///
    /// Costs time in proportion to what the user made, and to the names.
    pub fn shown(&self, project: &Project, hidden: &HiddenInventory) -> Project {
        let policy = project.assumptions.as_ref();
        let files = project.sources.files.iter();
        let sources = Sources {
            files: files.map(|file| self.of(NameOf::File, file).into_owned()).collect(),
            inventory: Some(hidden.inventory.clone()),
            ..Sources::default()
        };
        let texts = Texts { redaction: self, policy, free: FreeText::new(self) };
        Project {
            sources: Arc::new(sources),
            assumptions: Arc::new(self.policy(policy)),
            fixes: Arc::new(self.fixes(&project.fixes, policy)),
            ends: self.ends(&project.ends, policy),
            rotation: Arc::new(self.rotation(&project.rotation, policy)),
            arrangement: Arc::new(self.arrangement(&project.arrangement, policy)),
            filters: Arc::new(KeptFilters::of(
                self.by_hand(&project.filters.by_hand, policy),
                Vec::new(),
            )),
            findings: Arc::new(texts.findings(&project.findings, &project.scenarios)),
            notes: Arc::new(texts.notes(&project.notes)),
            scenarios: Arc::new(self.scenarios(&project.scenarios, policy)),
            scenes: Arc::new(self.shown_scenes(&project.scenes, policy)),
            workshop: Arc::new(self.workshop(&project.workshop, policy)),
            lost: Arc::default(),
            pseudonyms: Arc::default(),
            last_view: LastView::default(),
        }
    }

    /// Scenes under pseudonyms, with what people wrote as far as it may be read.
    pub(super) fn shown_scenes(&self, scenes: &Scenes, policy: &Assumptions) -> Scenes {
        if scenes.is_empty() {
            return Scenes::default();
        }
        let (fields, captions) = (FieldText::new(self), Captions::new(self, policy));
        let scene = |own: &Scene| Scene {
            caption: captions.caption(&own.caption),
            notes: captions.note(&own.notes),
            ..self.scene(own, policy, &fields)
        };
        Scenes::of(scenes.list().iter().map(scene).collect())
    }

    /// What is hidden and shown one by one, under pseudonyms.
    pub(super) fn by_hand(&self, by_hand: &HiddenByHand, policy: &Assumptions) -> HiddenByHand {
        let HiddenByHand { hidden, shown, others_hidden } = by_hand;
        HiddenByHand {
            hidden: hidden.iter().map(|name| self.subject(name, policy)).collect(),
            shown: shown.iter().map(|name| self.subject(name, policy)).collect(),
            others_hidden: *others_hidden,
        }
    }
}

/// What people wrote, under pseudonyms.
struct Texts<'a> {
    redaction: &'a Redaction,
    policy: &'a Assumptions,
    free: FreeText<'a>,
}

impl Texts<'_> {
    fn notes(&self, notes: &Notes) -> Notes {
        let mut written = BTreeMap::new();
        for (on, text) in notes.all() {
            let on = match on {
                NoteOn::Finding(name) => NoteOn::Finding(self.finding(name)),
                NoteOn::Subject(name) => NoteOn::Subject(self.redaction.subject(name, self.policy)),
            };
            written.insert(on, self.free.text(text));
        }
        Notes::of(written)
    }

    fn finding(&self, name: &FindingName) -> FindingName {
        let about = match &name.about {
            FindingSubject::Credential(own) => {
                FindingSubject::Credential(self.redaction.credential_name(own))
            }
            FindingSubject::Instance(own) => {
                FindingSubject::Instance(self.redaction.instance(own, self.policy))
            }
            FindingSubject::Identity(own) => {
                FindingSubject::Identity(self.redaction.of(NameOf::Account, own).into_owned())
            }
        };
        FindingName { rule: name.rule, about }
    }

    fn findings(&self, register: &FindingRegister, scenarios: &Scenarios) -> FindingRegister {
        let record = |(name, own): (&FindingName, &FindingRecord)| {
            let record = FindingRecord {
                sighting: self.sighting(&own.sighting),
                decision: self.decision(&own.decision, scenarios),
                assignee: own.assignee.as_ref().map(|name| self.free.person(name)),
                ..own.clone()
            };
            (self.finding(name), record)
        };
        FindingRegister {
            imports: register.imports.clone(),
            records: register.records.iter().map(record).collect(),
        }
    }

    fn sighting(&self, sighting: &Sighting) -> Sighting {
        let missing = |own: &MissingSource| MissingSource {
            file: self.redaction.of(NameOf::File, &own.file).into_owned(),
            column: own.column.as_ref().map(|column| self.free.text(column)),
            rejected: own.rejected,
        };
        match sighting {
            Sighting::NotObserved(import, all) => {
                Sighting::NotObserved(*import, all.iter().map(missing).collect())
            }
            Sighting::Shown | Sighting::Gone(_) => sighting.clone(),
        }
    }

    fn decision(&self, decision: &Decision, scenarios: &Scenarios) -> Decision {
        match decision {
            Decision::RiskAccepted(own) => Decision::RiskAccepted(Acceptance {
                reason: self.free.text(&own.reason),
                until: own.until,
                by: self.free.person(&own.by),
            }),
            Decision::Planned(PlannedFix { scenario, fix }) => {
                let at = scenarios.list().iter().position(|own| own.name == *scenario);
                let fix = fix.as_ref().map(|fix| self.redaction.credential_name(fix));
                Decision::Planned(PlannedFix {
                    scenario: at
                        .map_or_else(|| HIDDEN.to_owned(), |at| format!("Scenario {}", at + 1)),
                    fix,
                })
            }
            Decision::Open | Decision::WaitingForProof => decision.clone(),
        }
    }
}
