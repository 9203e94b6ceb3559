//! What the user made, carried over to a newer export: whatever still has its thing stays, and what has
//! lost it is listed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{Unmatched, unmatched};
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::Date;
use crate::project::arrangement::{Arrangement, GroupBy};
use crate::project::ends::NamedEnds;
use crate::project::finding_work::{
    FindingName, FindingRegister, FindingSubject, ImportedFindings, after_import,
};
use crate::project::fixes::Fixes;
use crate::project::lost_credentials::{LostCredentials, Renaming};
use crate::project::notes::{NoteOn, Notes};
use crate::project::rotation_list::{RotationList, RotationStep};
use crate::project::scenarios::Scenarios;
use crate::project::scene::Scene;
use crate::project::sources::Sources;
use crate::project::state::Project;
use crate::project::subject_name::{CredentialName, InstanceName, Lookup, SubjectName};

/// A project over a newer inventory.
#[derive(Clone, Debug)]
pub struct CarriedOver {
    /// All that the user made, under the names of the newer inventory.
    pub project: Project,
    /// What no longer has its thing, a sentence each. It stays, for a later export may have it again.
    pub lost: Vec<String>,
}

/// Puts newer sources in place of those of a project, of which both have their graphs; each credential of
/// the older one is the `same` as one of the newer, or none.
///
/// Costs time in proportion to what the user made.
pub fn carry_over(
    project: &Project,
    sources: Sources,
    (old, new): (&AccessGraph, &AccessGraph),
    same: &[Option<CredentialIndex>],
) -> CarriedOver {
    let graphs = (old, new);
    let renaming = Renaming::new(graphs, same, &project.lost);
    let renamed = renamed(project, &renaming);
    let lost = lost(project, &renamed, graphs);
    CarriedOver { project: Project { sources: Arc::new(sources), ..renamed }, lost }
}

/// The same, with what the import makes of the findings on a day.
pub fn carry_over_findings(
    project: &Project,
    sources: Sources,
    findings: ImportedFindings<'_>,
    (same, on): (&[Option<CredentialIndex>], Date),
) -> CarriedOver {
    let graphs = (&*findings.old.graph, &*findings.new.graph);
    let mut carried = carry_over(project, sources, graphs, same);
    let renaming = Renaming::new(graphs, same, &project.lost);
    let newer = |name: &CredentialName| renaming.newer(name);
    let register =
        after_import((&project.findings, &carried.project.findings), findings, on, newer);
    // What is gone now stays known by its fingerprint.
    let named = register.records.keys().filter_map(FindingName::credential);
    let named: BTreeSet<CredentialName> = named.cloned().collect();
    let gone: Vec<CredentialName> = named.into_iter().collect();
    let lost = LostCredentials::clone(&carried.project.lost);
    let lost = renaming.still_lost(&gone).0.into_iter().chain(lost.0).collect();
    carried.project.lost = Arc::new(LostCredentials(lost));
    carried.project.findings = Arc::new(register);
    carried
}

/// Every credential of which the project speaks by name.
fn credentials_named(project: &Project) -> Vec<CredentialName> {
    let mut names: Vec<&CredentialName> = Vec::new();
    names.extend(project.fixes.list().iter().map(|fix| &fix.credential));
    let scenarios = project.scenarios.list().iter();
    names.extend(scenarios.flat_map(|one| one.fixes.list()).map(|fix| &fix.credential));
    names.extend(project.ends.needing.iter());
    names.extend(project.rotation.starts().iter().flat_map(SubjectName::credentials));
    names.extend(project.rotation.done().filter_map(|step| match step {
        RotationStep::Clean(_) => None,
        RotationStep::Replace(name) | RotationStep::Put(name, _) => Some(name),
    }));
    let arrangement = &project.arrangement;
    names.extend(arrangement.folded_hubs.iter().flat_map(SubjectName::credentials));
    names.extend(arrangement.pins.keys().flat_map(|(_, name)| name.credentials()));
    names.extend(project.findings.records.keys().filter_map(FindingName::credential));
    names.extend(project.notes.all().flat_map(|(on, _)| match on {
        NoteOn::Finding(name) => name.credential().map_or(&[][..], std::slice::from_ref),
        NoteOn::Subject(name) => name.credentials(),
    }));
    let shown = project.scenes.list().iter().flat_map(Scene::credentials);
    let said = project.workshop.entries().iter().flat_map(|entry| entry.item.credentials());
    names.into_iter().cloned().chain(shown).chain(said).collect()
}

/// The project with the names that a newer export has for its credentials.
fn renamed(project: &Project, renaming: &Renaming<'_>) -> Project {
    let newer = |name: &CredentialName| renaming.newer(name);
    let mut project = project.clone();
    project.lost = Arc::new(renaming.still_lost(&credentials_named(&project)));
    let mut findings = FindingRegister::clone(&project.findings);
    findings.rename(newer);
    project.findings = Arc::new(findings);
    let mut notes = Notes::clone(&project.notes);
    notes.rename(newer);
    project.notes = Arc::new(notes);
    let mut scenarios = Scenarios::clone(&project.scenarios);
    scenarios.rename(newer);
    project.scenarios = Arc::new(scenarios);
    project.scenes = Arc::new(project.scenes.renamed(newer));
    project.workshop = Arc::new(project.workshop.renamed(newer));
    let mut fixes = Fixes::clone(&project.fixes);
    fixes.rename(newer);
    project.fixes = Arc::new(fixes);
    let mut rotation = RotationList::clone(&project.rotation);
    rotation.rename(newer);
    project.rotation = Arc::new(rotation);
    project.ends.needing = project.ends.needing.as_ref().map(newer);
    project.filters = Arc::new(project.filters.renamed(newer));
    let renamed_subject = |name: &SubjectName| name.renamed(newer);
    let hubs = project.arrangement.folded_hubs.iter().map(renamed_subject);
    let folded_hubs = hubs.collect();
    let pins = project.arrangement.pins.iter();
    let pins = pins.map(|((by, name), pin)| ((*by, renamed_subject(name)), *pin)).collect();
    project.arrangement =
        Arc::new(Arrangement { folded_hubs, pins, ..Arrangement::clone(&project.arrangement) });
    project
}

/// What was there in the older graph and is not in the newer one.
fn lost(
    project: &Project,
    renamed: &Project,
    (old, new): (&AccessGraph, &AccessGraph),
) -> Vec<String> {
    let mut lost = Vec::new();
    for (before, after) in project.fixes.list().iter().zip(renamed.fixes.list()) {
        let (was, is) = (before.found_in(old), after.found_in(new));
        if let Some(why) = is.says().filter(|_| is != was && was.fix().is_some()) {
            lost.push(format!("fix “{}”: {why}", before.title()));
        }
    }
    for (before, after) in project.scenarios.list().iter().zip(renamed.scenarios.list()) {
        for (was, is) in before.fixes.list().iter().zip(after.fixes.list()) {
            if was.found_in(old).fix().is_some() && is.found_in(new).fix().is_none() {
                lost.push(gone(&format!("in the scenario “{}”: fix", before.name), &was.title()));
            }
        }
    }
    for (on, _) in renamed.notes.all() {
        let is_lost = match on {
            NoteOn::Subject(name) => !has(new, name) && was_there(project, old, name),
            NoteOn::Finding(name) => match &name.about {
                FindingSubject::Credential(name) => {
                    !has_credential(new, name) && has_credential(old, name)
                }
                FindingSubject::Instance(name) => {
                    let name = SubjectName::Instance(name.clone());
                    !has(new, &name) && has(old, &name)
                }
                // Its credentials come and go.
                FindingSubject::Identity(_) => false,
            },
        };
        if is_lost {
            lost.push(gone("note on", &on.words()));
        }
    }
    lost.extend(lost_ends(&project.ends, &renamed.ends, (old, new)));
    lost.extend(lost_of_rotation(&project.rotation, &renamed.rotation, (old, new)));
    lost.extend(lost_of_arrangement(&project.arrangement, &renamed.arrangement, (old, new)));
    lost.extend(project.filters.lost(&renamed.filters, (old, new)));
    lost.extend(project.scenes.lost(&renamed.scenes, (old, new)));
    lost.extend(lost_of_workshop(project, renamed, (old, new)));
    let unknown = unmatched(old);
    let known_before = |name: &Unmatched| {
        !unknown.iter().any(|own| (own.kind, &own.name) == (name.kind, &name.name))
    };
    lost.extend(unmatched(new).iter().filter(|name| known_before(name)).map(Unmatched::words));
    lost
}

/// What was said in workshops of things that are gone.
fn lost_of_workshop(
    before: &Project,
    after: &Project,
    (old, new): (&AccessGraph, &AccessGraph),
) -> Vec<String> {
    let mut lost = Vec::new();
    for (was, is) in before.workshop.entries().iter().zip(after.workshop.entries()) {
        let (before, now) = (was.item.subjects(), is.item.subjects());
        let is_gone = before.iter().zip(&now).any(|(was, is)| has(old, was) && !has(new, is));
        if is_gone {
            lost.push(gone("said in the workshop", &was.item.words()));
        }
    }
    lost
}

/// What a name referred to is gone.
fn gone(what: &str, name: &str) -> String {
    format!("{what} “{name}”: no longer in the inventory")
}

/// Whether the older graph had what a note is on that a newer one lacks.
fn was_there(project: &Project, old: &AccessGraph, name: &SubjectName) -> bool {
    let noted = project.notes.all().filter_map(|(on, _)| match on {
        NoteOn::Subject(own) => Some(own),
        NoteOn::Finding(_) => None,
    });
    noted.filter(|own| own.words() == name.words()).any(|own| has(old, own))
}

fn has(graph: &AccessGraph, name: &SubjectName) -> bool {
    matches!(name.found_in(graph, &[]), Lookup::Found(_))
}

fn has_credential(graph: &AccessGraph, name: &CredentialName) -> bool {
    matches!(name.found_in(graph), Lookup::Found(_))
}

fn lost_ends(
    before: &NamedEnds,
    after: &NamedEnds,
    (old, new): (&AccessGraph, &AccessGraph),
) -> Vec<String> {
    let mut lost = Vec::new();
    for (what, name) in [("paths from", &before.from), ("paths to", &before.to)] {
        let is_lost =
            |name: &&InstanceName| name.found_in(old).is_some() && name.found_in(new).is_none();
        lost.extend(name.iter().filter(is_lost).map(|name| gone(what, &name.words())));
    }
    if let (Some(was), Some(is)) = (&before.needing, &after.needing)
        && has_credential(old, was)
        && !has_credential(new, is)
    {
        lost.push(gone("pairs that need", was.as_str()));
    }
    lost
}

fn lost_of_rotation(
    before: &RotationList,
    after: &RotationList,
    (old, new): (&AccessGraph, &AccessGraph),
) -> Vec<String> {
    let mut lost = Vec::new();
    for (was, is) in before.starts().iter().zip(after.starts()) {
        if has(old, was) && !has(new, is) {
            lost.push(gone("taken to have fallen", &was.words()));
        }
    }
    // Ticks are sorted by name, and names may have changed: each is looked for by itself.
    let still: BTreeSet<&RotationStep> = after.done().collect();
    let instance_gone =
        |at: &InstanceName| at.found_in(old).is_some() && at.found_in(new).is_none();
    for step in still {
        let is_gone = match step {
            RotationStep::Clean(at) => instance_gone(at),
            RotationStep::Replace(name) => !has_credential(new, name),
            RotationStep::Put(name, at) => !has_credential(new, name) || instance_gone(at),
        };
        if is_gone {
            lost.push(gone("ticked off", &step_words(step)));
        }
    }
    lost
}

fn step_words(step: &RotationStep) -> String {
    match step {
        RotationStep::Clean(at) => format!("clean {}", at.words()),
        RotationStep::Replace(name) => format!("replace {}", name.as_str()),
        RotationStep::Put(name, at) => format!("put {} into {}", name.as_str(), at.words()),
    }
}

fn lost_of_arrangement(
    before: &Arrangement,
    after: &Arrangement,
    (old, new): (&AccessGraph, &AccessGraph),
) -> Vec<String> {
    let (regions_before, regions_after) =
        (regions(old, before.group_by), regions(new, before.group_by));
    let is_lost = |name: &&String| regions_before.contains(*name) && !regions_after.contains(*name);
    let mut lost: Vec<String> = before
        .collapsed
        .iter()
        .filter(is_lost)
        .map(|name| gone("collapsed region", name))
        .collect();
    let hubs_before: BTreeSet<String> =
        before.folded_hubs.iter().filter(|hub| has(old, hub)).map(SubjectName::words).collect();
    for hub in &after.folded_hubs {
        if !has(new, hub) && hubs_before.contains(&hub.words()) {
            lost.push(gone("folded hub", &hub.words()));
        }
    }
    let pins_before: BTreeSet<String> =
        before.pins.keys().filter(|(_, at)| has(old, at)).map(|(_, at)| at.words()).collect();
    for (_, at) in after.pins.keys() {
        if !has(new, at) && pins_before.contains(&at.words()) {
            lost.push(gone("pinned", &at.words()));
        }
    }
    lost
}

/// The names of the regions of a map.
fn regions(graph: &AccessGraph, by: GroupBy) -> BTreeSet<String> {
    let text = |name| graph.inventory().text(name).to_owned();
    match by {
        GroupBy::Environment => {
            graph.environments().iter().map(|own| own.display().to_owned()).collect()
        }
        GroupBy::Owner => graph.owners().iter().cloned().collect(),
        GroupBy::Kind => graph.instances().iter().filter_map(|own| own.kind.map(text)).collect(),
        GroupBy::Service => {
            graph.instance_indices().map(|at| graph.service_name(at).to_owned()).collect()
        }
    }
}
