//! All that a workshop brought, in the order in which it was said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::disputes::{Assumption, Dispute};
use super::facts::StatedFact;
use super::notes::WorkshopNote;
use crate::graph::{AccessGraph, EdgeIndex};
use crate::inventory::{AssumptionKind, Date};
use crate::project::subject_name::{CredentialName, SubjectName};

/// The scene that was shown when something was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneMark {
    /// Which scene it was, from 1.
    pub number: u32,
    /// Its caption then; may be empty.
    pub caption: String,
}

impl SceneMark {
    /// As people read it: "Scene 2: The key that joins them".
    pub fn title(&self) -> String {
        match self.caption.trim() {
            "" => format!("Scene {}", self.number),
            caption => format!("Scene {}: {caption}", self.number),
        }
    }
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WorkshopItem {
    /// An assumption is disputed.
    Dispute(Dispute),
    /// A fact was stated.
    Fact(StatedFact),
    /// Something was noted.
    Note(WorkshopNote),
}

impl WorkshopItem {
    /// As people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Dispute(own) => format!("{}: {}", own.assumption.words(), own.by_words()),
            Self::Fact(own) if own.by.is_empty() => own.words(),
            Self::Fact(own) => format!("{}, stated by {}", own.words(), own.by),
            Self::Note(own) => own.words(),
        }
    }

    /// The credentials of which it speaks.
    pub fn credentials(&self) -> Vec<CredentialName> {
        match self {
            Self::Dispute(Dispute { assumption: Assumption::Policy(_), .. }) => Vec::new(),
            Self::Dispute(Dispute { assumption: Assumption::Link(link), .. }) => {
                vec![link.credential.clone()]
            }
            Self::Fact(own) => vec![own.credential.clone()],
            Self::Note(own) => {
                own.about.iter().flat_map(SubjectName::credentials).cloned().collect()
            }
        }
    }

    /// What it speaks of. The ends of a fact are there as long as the fact is.
    pub fn subjects(&self) -> Vec<SubjectName> {
        match self {
            Self::Dispute(Dispute { assumption: Assumption::Policy(_), .. }) => Vec::new(),
            Self::Dispute(Dispute { assumption: Assumption::Link(link), .. }) => vec![
                SubjectName::Credential(link.credential.clone()),
                SubjectName::Instance(link.instance.clone()),
            ],
            Self::Fact(own) => vec![SubjectName::Credential(own.credential.clone())],
            Self::Note(own) => own.about.clone(),
        }
    }

    /// The same with the names that a newer inventory has for its credentials.
    #[must_use]
    fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        match self {
            Self::Dispute(own) => {
                Self::Dispute(Dispute { assumption: own.assumption.renamed(newer), ..own.clone() })
            }
            Self::Fact(own) => {
                Self::Fact(StatedFact { credential: newer(&own.credential), ..own.clone() })
            }
            Self::Note(own) => Self::Note(own.renamed(newer)),
        }
    }
}

/// One thing that was said, when, and on which scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkshopEntry {
    /// Its number, which no other entry has.
    pub number: u32,
    /// The day.
    pub on: Date,
    /// The scene; nothing where none was presented.
    pub scene: Option<SceneMark>,
    /// What was said.
    pub item: WorkshopItem,
}

/// All that was said, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workshop {
    entries: Vec<WorkshopEntry>,
}

impl Workshop {
    /// These entries.
    pub fn of(entries: Vec<WorkshopEntry>) -> Self {
        Self { entries }
    }

    /// Every entry.
    pub fn entries(&self) -> &[WorkshopEntry] {
        &self.entries
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of a number.
    pub fn entry(&self, number: u32) -> Option<&WorkshopEntry> {
        self.entries.iter().find(|own| own.number == number)
    }

    /// Adds what was said; its number.
    pub fn add(&mut self, on: Date, scene: Option<SceneMark>, item: WorkshopItem) -> u32 {
        let last = self.entries.iter().map(|own| own.number).max().unwrap_or(0);
        let number = last.saturating_add(1);
        self.entries.push(WorkshopEntry { number, on, scene, item });
        number
    }

    /// Takes an entry out.
    pub fn remove(&mut self, number: u32) -> Option<WorkshopEntry> {
        let at = self.entries.iter().position(|own| own.number == number)?;
        Some(self.entries.remove(at))
    }

    /// The disputes, in order.
    pub fn disputes(&self) -> impl Iterator<Item = (&WorkshopEntry, &Dispute)> {
        self.entries.iter().filter_map(|own| match &own.item {
            WorkshopItem::Dispute(dispute) => Some((own, dispute)),
            WorkshopItem::Fact(_) | WorkshopItem::Note(_) => None,
        })
    }

    /// The facts, in order.
    pub fn facts(&self) -> impl Iterator<Item = (&WorkshopEntry, &StatedFact)> {
        self.entries.iter().filter_map(|own| match &own.item {
            WorkshopItem::Fact(fact) => Some((own, fact)),
            WorkshopItem::Dispute(_) | WorkshopItem::Note(_) => None,
        })
    }

    /// The notes, in order.
    pub fn notes(&self) -> impl Iterator<Item = (&WorkshopEntry, &WorkshopNote)> {
        self.entries.iter().filter_map(|own| match &own.item {
            WorkshopItem::Note(note) => Some((own, note)),
            WorkshopItem::Dispute(_) | WorkshopItem::Fact(_) => None,
        })
    }

    /// Which assumptions of the policy are disputed, each once.
    pub fn disputed_kinds(&self) -> Vec<AssumptionKind> {
        let mut kinds: Vec<AssumptionKind> = self
            .disputes()
            .filter_map(|(_, own)| match own.assumption {
                Assumption::Policy(kind) => Some(kind),
                Assumption::Link(_) => None,
            })
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Who disputes an assumption and why, a sentence each.
    pub fn disputes_of(&self, assumption: &Assumption) -> Vec<String> {
        let own = self.disputes().filter(|(_, own)| own.assumption == *assumption);
        own.map(|(_, own)| own.by_words()).collect()
    }

    /// The disputed links that a graph has, with who disputes them, a sentence each.
    pub fn disputed_links(&self, graph: &AccessGraph) -> BTreeMap<EdgeIndex, Vec<String>> {
        let mut found: BTreeMap<EdgeIndex, Vec<String>> = BTreeMap::new();
        for (_, dispute) in self.disputes() {
            if let Assumption::Link(link) = &dispute.assumption
                && let Some(edge) = link.found_in(graph)
            {
                found.entry(edge).or_default().push(dispute.by_words());
            }
        }
        found
    }

    /// The same with the names that a newer inventory has for its credentials.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        let renamed =
            |own: &WorkshopEntry| WorkshopEntry { item: own.item.renamed(&newer), ..own.clone() };
        Self { entries: self.entries.iter().map(renamed).collect() }
    }
}
