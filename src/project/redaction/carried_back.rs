//! What was changed while names were hidden, carried back to the names.

use std::sync::Arc;

use super::names::Redaction;
use super::of_workshop::carried_back;
use super::scenes_back::KnownScenes;
use crate::inventory::Assumptions;
use crate::project::{KeptFilters, Project};

/// Why something that was changed cannot be carried back: it would be something else under the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCarriedBack;

/// Leads from pseudonyms back to names, and checks that it leads there.
#[derive(Clone, Debug)]
pub struct WayBack {
    hides: Redaction,
    reveals: Redaction,
}

impl WayBack {
    /// Back from what a redaction hides. Costs a copy of its names.
    pub fn of(redaction: &Redaction) -> Self {
        let reveals = Redaction {
            kinds: redaction.kinds,
            pseudonyms: redaction.pseudonyms.turned_round(),
            ..Redaction::default()
        };
        Self { hides: redaction.clone(), reveals }
    }

    /// The project `open`, which was shown as `before`, with what is another thing in `after`: fixes, ends,
    /// rotation, arrangement, scenes, what was said in workshops, what is hidden by hand, and of what is assumed all but environments, words
    /// for plain sight and costs of types. Scenes are found among those that are `known`.
    ///
    /// # Errors
    /// Where anything else was changed, or a name leads back to none.
    pub fn carried_back(
        &self,
        (before, after): (&Project, &Project),
        open: &Project,
        known: &KnownScenes,
    ) -> Result<Project, NotCarriedBack> {
        let Project {
            sources,
            assumptions,
            fixes,
            ends,
            rotation,
            arrangement,
            filters,
            findings,
            notes,
            scenarios,
            scenes: _,
            workshop: _,
            lost,
            pseudonyms,
            last_view: _,
        } = before;
        let is_kept = *sources == after.sources
            && *findings == after.findings
            && *notes == after.notes
            && *scenarios == after.scenarios
            && *lost == after.lost
            && *pseudonyms == after.pseudonyms
            && filters.saved() == after.filters.saved();
        if !is_kept {
            return Err(NotCarriedBack);
        }
        let mut back = open.clone();
        if *assumptions != after.assumptions {
            let policy = self.policy((assumptions, &after.assumptions), &open.assumptions)?;
            back.assumptions = Arc::new(policy);
        }
        let (shown, own) = (after.assumptions.as_ref(), back.assumptions.clone());
        if *fixes != after.fixes {
            back.fixes = Arc::new(self.reveals.fixes(&after.fixes, shown));
            same(&self.hides.fixes(&back.fixes, &own), &*after.fixes)?;
        }
        if *ends != after.ends {
            back.ends = self.reveals.ends(&after.ends, shown);
            same(&self.hides.ends(&back.ends, &own), &after.ends)?;
        }
        if *rotation != after.rotation {
            back.rotation = Arc::new(self.reveals.rotation(&after.rotation, shown));
            same(&self.hides.rotation(&back.rotation, &own), &*after.rotation)?;
        }
        if *arrangement != after.arrangement {
            back.arrangement = Arc::new(self.reveals.arrangement(&after.arrangement, shown));
            same(&self.hides.arrangement(&back.arrangement, &own), &*after.arrangement)?;
        }
        if filters.by_hand != after.filters.by_hand {
            let by_hand = self.reveals.by_hand(&after.filters.by_hand, shown);
            same(&self.hides.by_hand(&by_hand, &own), &after.filters.by_hand)?;
            back.filters = Arc::new(KeptFilters::of(by_hand, open.filters.saved().to_vec()));
        }
        self.said_back((before, after), (open, &mut back), known)?;
        Ok(back)
    }

    /// Carries back what scenes show, and what was said in workshops.
    fn said_back(
        &self,
        (before, after): (&Project, &Project),
        (open, back): (&Project, &mut Project),
        known: &KnownScenes,
    ) -> Result<(), NotCarriedBack> {
        let (hides, reveals) = (&self.hides, &self.reveals);
        let (shown, own) = (after.assumptions.as_ref(), back.assumptions.clone());
        if before.scenes != after.scenes {
            let found = known.carried_back(&after.scenes, (hides, &own), (reveals, shown));
            back.scenes = Arc::new(found.ok_or(NotCarriedBack)?);
        }
        if before.workshop != after.workshop {
            let both = (before.workshop.as_ref(), after.workshop.as_ref());
            let scenes = (after.scenes.as_ref(), back.scenes.as_ref());
            let open = (open.workshop.as_ref(), scenes);
            let found = carried_back(both, open, (hides, &own), (reveals, shown));
            back.workshop = Arc::new(found.ok_or(NotCarriedBack)?);
        }
        Ok(())
    }

    fn policy(
        &self,
        (before, after): (&Assumptions, &Assumptions),
        open: &Assumptions,
    ) -> Result<Assumptions, NotCarriedBack> {
        same(&before.environments, &after.environments)?;
        same(&before.plain_sight, &after.plain_sight)?;
        same(&before.costs_by_type, &after.costs_by_type)?;
        let written = |list: &[String]| -> Vec<String> {
            list.iter().map(|one| self.reveals.written(one, after)).collect()
        };
        let mut back = Assumptions {
            environments: open.environments.clone(),
            plain_sight: open.plain_sight.clone(),
            costs: open.costs.clone(),
            costs_by_type: open.costs_by_type.clone(),
            entry_points: open.entry_points.clone(),
            crown_jewels: open.crown_jewels.clone(),
            marks: open.marks.clone(),
            ..after.clone()
        };
        if before.entry_points != after.entry_points {
            back.entry_points = written(&after.entry_points);
        }
        if before.crown_jewels != after.crown_jewels {
            back.crown_jewels = written(&after.crown_jewels);
        }
        let id = |id: &String| self.reveals.credential(id);
        if before.costs != after.costs {
            back.costs = after.costs.iter().map(|(of, cost)| (id(of), *cost)).collect();
        }
        if before.marks != after.marks {
            back.marks = after.marks.iter().map(|(of, mark)| (id(of), *mark)).collect();
        }
        let again = self.hides.policy(&back);
        same(&again.entry_points, &after.entry_points)?;
        same(&again.crown_jewels, &after.crown_jewels)?;
        same(&again.costs, &after.costs)?;
        same(&again.marks, &after.marks)?;
        Ok(back)
    }
}

fn same<T: PartialEq>(one: &T, other: &T) -> Result<(), NotCarriedBack> {
    if one == other { Ok(()) } else { Err(NotCarriedBack) }
}
