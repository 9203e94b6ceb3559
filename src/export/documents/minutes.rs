//! The minutes of workshops: what was decided, disputed, added and parked, scene by scene.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::document::{Document, Item};
use crate::inventory::Date;
use crate::project::{Project, SceneMark, WorkshopEntry, WorkshopItem, WorkshopNoteKind};

/// What an entry is among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Decided,
    Disputed,
    Added,
    Parked,
}

impl Part {
    const ALL: [Self; 4] = [Self::Decided, Self::Disputed, Self::Added, Self::Parked];

    fn of(item: &WorkshopItem) -> Self {
        match item {
            WorkshopItem::Dispute(_) => Self::Disputed,
            WorkshopItem::Fact(_) => Self::Added,
            WorkshopItem::Note(note) => match note.kind {
                WorkshopNoteKind::Owner | WorkshopNoteKind::NextStep => Self::Decided,
                WorkshopNoteKind::Parked => Self::Parked,
            },
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Disputed => "disputed",
            Self::Added => "added",
            Self::Parked => "parked",
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Decided => "Decided:",
            Self::Disputed => "Disputed:",
            Self::Added => "Added, as stated in the workshop:",
            Self::Parked => "Parked:",
        }
    }
}

/// When and on which scene something was said; what was said beside scenes comes last.
type Occasion<'a> = (Date, bool, Option<&'a SceneMark>);

/// The minutes of a project.
pub fn minutes_document(project: &Project) -> Document {
    let entries = project.workshop.entries();
    let mut document = Document::default();
    let days: BTreeSet<Date> = entries.iter().map(|own| own.on).collect();
    let words: Vec<String> = days.iter().map(Date::to_string).collect();
    match words.split_last() {
        None => {
            document.sentence("Minutes");
            document.sentence("Nothing was decided, disputed, added or parked yet.");
            return document;
        }
        Some((last, [])) => document.sentence(format!("Minutes of the workshop of {last}")),
        Some((last, before)) => {
            document
                .sentence(format!("Minutes of the workshops of {} and {last}", before.join(", ")));
        }
    }
    let count = |part: Part| entries.iter().filter(|own| Part::of(&own.item) == part).count();
    let counts: Vec<String> =
        Part::ALL.into_iter().map(|part| format!("{} {}", count(part), part.word())).collect();
    document.sentence(counts.join(", "));
    let mut occasions: BTreeMap<Occasion<'_>, Vec<&WorkshopEntry>> = BTreeMap::new();
    for entry in entries {
        let scene = entry.scene.as_ref();
        occasions.entry((entry.on, scene.is_none(), scene)).or_default().push(entry);
    }
    for ((on, _, scene), own) in &occasions {
        let title = scene.map_or_else(|| "Beside the scenes".to_owned(), SceneMark::title);
        let day = if days.len() > 1 { format!(" ({on})") } else { String::new() };
        document.heading(format!("{title}{day}"));
        for part in Part::ALL {
            let of_part: Vec<Item> = own
                .iter()
                .filter(|entry| Part::of(&entry.item) == part)
                .map(|entry| Item::from(words_of(project, entry)))
                .collect();
            if !of_part.is_empty() {
                document.sentence(part.heading());
                document.list(of_part);
            }
        }
    }
    document
}

/// An entry in words; a fact with where it stands in the inventory.
fn words_of(project: &Project, entry: &WorkshopEntry) -> String {
    let words = entry.item.words();
    let WorkshopItem::Fact(fact) = &entry.item else { return words };
    let place = project.sources.inventory.as_ref().and_then(|inventory| {
        let row = fact.row_in(inventory, entry.on)?;
        let row = inventory.rows.get(row.0 as usize)?;
        Some(inventory.place_text(row.place))
    });
    match place {
        Some(place) => format!("{words} ({place})"),
        None => format!("{words} (not in the inventory as it is: the credential is gone)"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::export::write_markdown;
    use crate::graph::testing::{as_of, graph};
    use crate::inventory::{Access, AssumptionKind};
    use crate::project::{
        Assumption, CredentialName, Dispute, InstanceName, LinkName, Sources, SubjectName,
        Workshop, WorkshopNote, WrittenFact, state_fact,
    };

    fn note(kind: WorkshopNoteKind, about: Vec<SubjectName>, text: &str) -> WorkshopItem {
        WorkshopItem::Note(WorkshopNote { kind, about, text: text.to_owned() })
    }

    fn scene(number: u32, caption: &str) -> SceneMark {
        SceneMark { number, caption: caption.to_owned() }
    }

    fn minutes(project: &Project) -> String {
        let mut text = Vec::new();
        write_markdown(&minutes_document(project), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn minutes_say_scene_by_scene_what_was_decided_disputed_added_and_parked() {
        let graph = graph("k holds shop@dev\nk grants pay@prod\nl both pay@prod");
        let sources = Sources { inventory: Some(graph.inventory().clone()), ..Sources::default() };
        let mut project = Project { sources: Arc::new(sources), ..Project::new(as_of()) };
        assert!(minutes(&project).contains("Nothing was decided"));
        let day = Date::constant(2026, 11, 27);
        let fact = WrittenFact {
            credential: "k".to_owned(),
            access: Access::Grants,
            service: "billing".to_owned(),
            environment: "production".to_owned(),
            by: "Bob".to_owned(),
            ..WrittenFact::default()
        };
        project = state_fact(&project, &graph, &fact, (day, Some(scene(2, "One key")))).unwrap();
        let k = SubjectName::Credential(CredentialName::Known("k".to_owned()));
        let pay = InstanceName { service: "pay".to_owned(), environment: "prod".to_owned() };
        let mut said = Workshop::clone(&project.workshop);
        said.add(day, None, note(WorkshopNoteKind::Parked, Vec::new(), "Who pays *for* it?"));
        let owner = note(WorkshopNoteKind::Owner, vec![k.clone()], "Ann");
        said.add(day, Some(scene(2, "One key")), owner);
        let both = vec![k, SubjectName::Instance(pay.clone())];
        said.add(
            day,
            Some(scene(1, "")),
            note(WorkshopNoteKind::NextStep, both, "split by Friday"),
        );
        let dispute = |assumption, by: &str, remark: &str| {
            let (by, remark) = (by.to_owned(), remark.to_owned());
            WorkshopItem::Dispute(Dispute { assumption, by, remark })
        };
        let access = Assumption::Policy(AssumptionKind::UnstatedAccess);
        said.add(day, Some(scene(1, "")), dispute(access, "Eve", "these rows are stale"));
        let credential = CredentialName::Known("l".to_owned());
        let link = Assumption::Link(LinkName { credential, instance: pay, holds: true });
        said.add(day, Some(scene(2, "One key")), dispute(link, "", ""));
        project.workshop = Arc::new(said);
        let wanted = "# Minutes of the workshop of 2026-11-27\n\
            \n2 decided, 2 disputed, 1 added, 1 parked\n\
            \n## Scene 1\n\
            \nDecided:\n\
            \n- k, pay in prod, next step: split by Friday\n\
            \nDisputed:\n\
            \n- what rows without access mean: disputed by Eve: these rows are stale\n\
            \n## Scene 2: One key\n\
            \nDecided:\n\
            \n- k, owner: Ann\n\
            \nDisputed:\n\
            \n- pay in prod holds l: disputed\n\
            \nAdded, as stated in the workshop:\n\
            \n- k grants billing in prod, stated by Bob (workshop 2026-11-27:2)\n\
            \n## Beside the scenes\n\
            \nParked:\n\
            \n- parked: Who pays \\*for\\* it?\n";
        assert_eq!(minutes(&project), wanted);
    }
}
