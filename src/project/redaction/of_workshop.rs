//! What workshops brought, under pseudonyms, and what was said under them carried back.

use super::captions::Captions;
use super::free_text::FreeText;
use super::names::{Gathered, Redaction};
use super::of_project::{credential, instance, subject};
use super::reveal::TextKind;
use crate::inventory::Assumptions;
use crate::project::{
    Assumption, CredentialName, Dispute, InstanceName, LinkName, SceneMark, Scenes, StatedFact,
    SubjectName, Workshop, WorkshopEntry, WorkshopItem, WorkshopNote, WorkshopNoteKind,
};

/// All names in what was said, of things that are gone too.
pub(super) fn gather(workshop: &Workshop, to: &mut Gathered) {
    for entry in workshop.entries() {
        match &entry.item {
            WorkshopItem::Dispute(Dispute { assumption: Assumption::Link(link), .. }) => {
                credential(&link.credential, to);
                instance(&link.instance, to);
            }
            WorkshopItem::Dispute(_) => {}
            WorkshopItem::Fact(fact) => {
                credential(&fact.credential, to);
                instance(&fact.instance, to);
            }
            WorkshopItem::Note(note) => {
                for name in &note.about {
                    subject(name, to);
                }
            }
        }
    }
}

/// What becomes of the parts of an entry.
struct Parts<'a> {
    credential: &'a dyn Fn(&CredentialName) -> CredentialName,
    instance: &'a dyn Fn(&InstanceName) -> InstanceName,
    subject: &'a dyn Fn(&SubjectName) -> SubjectName,
    person: &'a dyn Fn(&str) -> String,
    text: &'a dyn Fn(&str) -> String,
    caption: &'a dyn Fn(&SceneMark) -> String,
}

impl Parts<'_> {
    fn entry(&self, entry: &WorkshopEntry) -> WorkshopEntry {
        let scene = entry
            .scene
            .as_ref()
            .map(|scene| SceneMark { number: scene.number, caption: (self.caption)(scene) });
        let item = match &entry.item {
            WorkshopItem::Dispute(own) => WorkshopItem::Dispute(Dispute {
                assumption: self.assumption(&own.assumption),
                by: (self.person)(&own.by),
                remark: (self.text)(&own.remark),
            }),
            WorkshopItem::Fact(own) => WorkshopItem::Fact(StatedFact {
                credential: (self.credential)(&own.credential),
                instance: (self.instance)(&own.instance),
                by: (self.person)(&own.by),
                ..own.clone()
            }),
            WorkshopItem::Note(own) => WorkshopItem::Note(WorkshopNote {
                kind: own.kind,
                about: own.about.iter().map(self.subject).collect(),
                text: match own.kind {
                    WorkshopNoteKind::Owner => (self.person)(&own.text),
                    WorkshopNoteKind::NextStep | WorkshopNoteKind::Parked => (self.text)(&own.text),
                },
            }),
        };
        WorkshopEntry { number: entry.number, on: entry.on, scene, item }
    }

    fn assumption(&self, assumption: &Assumption) -> Assumption {
        match assumption {
            Assumption::Policy(kind) => Assumption::Policy(*kind),
            Assumption::Link(link) => Assumption::Link(LinkName {
                credential: (self.credential)(&link.credential),
                instance: (self.instance)(&link.instance),
                holds: link.holds,
            }),
        }
    }
}

impl Redaction {
    /// What workshops brought, under pseudonyms; of what people wrote as much as may be read.
    ///
    /// Costs time in proportion to the names where anything was said.
    pub fn workshop(&self, workshop: &Workshop, policy: &Assumptions) -> Workshop {
        if workshop.is_empty() {
            return Workshop::default();
        }
        let (free, captions) = (FreeText::new(self), Captions::new(self, policy));
        let parts = Parts {
            credential: &|name| self.credential_name(name),
            instance: &|name| self.instance(name, policy),
            subject: &|name| self.subject(name, policy),
            person: &|name| free.person(name),
            text: &|text| free.text(text),
            caption: &|scene| captions.caption(&scene.caption),
        };
        Workshop::of(workshop.entries().iter().map(|entry| parts.entry(entry)).collect())
    }
}

/// A workshop that was shown as `before` while names were hidden, with what was said or taken back since in
/// `after`, under the names: `None` where a pseudonym leads back to none, or an entry was changed.
///
/// `open` has the entries of `before` under the names. The `scenes` are those of `after`, as they are shown
/// and under the names: what was said on one of them has its true caption.
pub(super) fn carried_back(
    (before, after): (&Workshop, &Workshop),
    (open, scenes): (&Workshop, (&Scenes, &Scenes)),
    (hides, own): (&Redaction, &Assumptions),
    (reveals, shown): (&Redaction, &Assumptions),
) -> Option<Workshop> {
    let caption_of = |mark: &SceneMark| {
        let at = (mark.number as usize).checked_sub(1)?;
        let is_shown = scenes.0.get(at).is_some_and(|own| own.caption == mark.caption);
        scenes.1.get(at).filter(|_| is_shown).map(|own| own.caption.clone())
    };
    let plain = |text: &str| match hides.reveal(text, TextKind::Plain) {
        Ok((text, _)) => text,
        Err(_) => text.to_owned(),
    };
    let parts = Parts {
        credential: &|name| reveals.credential_name(name),
        instance: &|name| reveals.instance(name, shown),
        subject: &|name| reveals.subject(name, shown),
        person: &plain,
        text: &plain,
        caption: &|scene| caption_of(scene).unwrap_or_else(|| plain(&scene.caption)),
    };
    let same = |text: &str| text.to_owned();
    let hidden_names = Parts {
        credential: &|name| hides.credential_name(name),
        instance: &|name| hides.instance(name, own),
        subject: &|name| hides.subject(name, own),
        person: &same,
        text: &same,
        caption: &|scene| scene.caption.clone(),
    };
    let mut back = Vec::with_capacity(after.entries().len());
    for entry in after.entries() {
        if let Some(was) = before.entry(entry.number) {
            back.push(open.entry(entry.number).filter(|_| was == entry)?.clone());
            continue;
        }
        let found = parts.entry(entry);
        // What leads back must lead here again.
        let again = hidden_names.entry(&found);
        let is_same = match (&again.item, &entry.item) {
            (WorkshopItem::Dispute(one), WorkshopItem::Dispute(other)) => {
                one.assumption == other.assumption
            }
            (WorkshopItem::Fact(one), WorkshopItem::Fact(other)) => {
                (&one.credential, &one.instance) == (&other.credential, &other.instance)
            }
            (WorkshopItem::Note(one), WorkshopItem::Note(other)) => one.about == other.about,
            _ => false,
        };
        if !is_same {
            return None;
        }
        back.push(found);
    }
    Some(Workshop::of(back))
}
