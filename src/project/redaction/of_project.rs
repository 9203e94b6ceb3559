//! All that the user made under pseudonyms.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::names::{Gathered, Redaction};
use crate::inventory::{Assumptions, Inventory, Source};
use crate::project::pseudonyms::NameOf;
use crate::project::{
    Arrangement, CredentialName, Decision, FindingName, FindingRegister, FindingSubject, Fixes,
    GroupBy, InstanceName, NamedEnds, NamedFix, NoteOn, PathName, PlannedFix, Project,
    RotationList, RotationStep, Scenarios, Sighting, Sources, SubjectName,
};

/// All names in what the user made, of things that are gone too.
pub(super) fn gather(project: &Project, to: &mut Gathered) {
    let Project { fixes, ends, rotation, arrangement, scenarios, filters, .. } = project;
    let planned = scenarios.list().iter().flat_map(|own| own.fixes.list());
    for fix in fixes.list().iter().chain(planned) {
        credential(&fix.credential, to);
        for name in fix.holders.iter().chain(fix.grants.iter().flatten()) {
            instance(name, to);
        }
    }
    for name in ends.from.iter().chain(&ends.to) {
        instance(name, to);
    }
    if let Some(name) = &ends.needing {
        credential(name, to);
    }
    for name in rotation.starts() {
        subject(name, to);
    }
    for step in rotation.done() {
        match step {
            RotationStep::Clean(at) => instance(at, to),
            RotationStep::Replace(of) => credential(of, to),
            RotationStep::Put(of, at) => {
                credential(of, to);
                instance(at, to);
            }
        }
    }
    for name in filters.by_hand.hidden.iter().chain(&filters.by_hand.shown) {
        subject(name, to);
    }
    for on in project.notes.all().map(|(on, _)| on) {
        match on {
            NoteOn::Finding(name) => finding(name, to),
            NoteOn::Subject(name) => subject(name, to),
        }
    }
    for (name, record) in &project.findings.records {
        finding(name, to);
        if let Decision::Planned(PlannedFix { fix: Some(fix), .. }) = &record.decision {
            credential(fix, to);
        }
        if let Sighting::NotObserved(_, missing) = &record.sighting {
            for source in missing {
                to.add(NameOf::File, &source.file);
            }
        }
    }
    for file in &project.sources.files {
        to.add(NameOf::File, file);
    }
    let pinned = arrangement.pins.keys().map(|(_, name)| name);
    for name in arrangement.folded_hubs.iter().chain(pinned) {
        subject(name, to);
    }
    if arrangement.group_by != GroupBy::Kind {
        for region in arrangement.collapsed.iter().filter(|region| !has_no_name(region)) {
            to.add(region_of(arrangement.group_by), region);
        }
    }
}

pub(super) fn credential(name: &CredentialName, to: &mut Gathered) {
    let id = name.as_str();
    let base = id.rsplit_once('~').map_or(id, |(base, _)| base);
    match base.strip_prefix("unnamed@").and_then(|place| place.rsplit_once(':')) {
        Some((file, _)) => to.add(NameOf::File, file),
        None if base == "unnamed" => {}
        None => to.add(NameOf::Credential, id),
    }
}

fn finding(name: &FindingName, to: &mut Gathered) {
    match &name.about {
        FindingSubject::Credential(name) => credential(name, to),
        FindingSubject::Instance(name) => instance(name, to),
        FindingSubject::Identity(name) => to.add(NameOf::Account, name),
    }
}

/// Whether a region is called so because what lies in it has no name, or several.
fn has_no_name(region: &str) -> bool {
    let is_rest =
        region.starts_with(|first: char| first.is_ascii_digit()) && region.contains(" other ");
    is_rest || ["unknown", "no owner stated", "several owners"].contains(&region)
}

pub(super) fn instance(name: &InstanceName, to: &mut Gathered) {
    to.add(NameOf::Service, &name.service);
    to.add(NameOf::Environment, &name.environment);
}

pub(super) fn subject(name: &SubjectName, to: &mut Gathered) {
    match name {
        SubjectName::Credential(name) => credential(name, to),
        SubjectName::Instance(name) => instance(name, to),
        SubjectName::Owner(owner) => to.add(NameOf::Owner, owner),
        SubjectName::Path(path) => {
            let PathName { from, through, to: end } = path.as_ref();
            instance(from, to);
            instance(end, to);
            for name in through {
                credential(name, to);
            }
        }
    }
}

fn region_of(group_by: GroupBy) -> NameOf {
    match group_by {
        GroupBy::Environment => NameOf::Environment,
        GroupBy::Owner => NameOf::Owner,
        GroupBy::Kind => NameOf::Type,
        GroupBy::Service => NameOf::Service,
    }
}

impl Redaction {
    /// The project under pseudonyms, with nothing that leads back: no files to read again, no column
    /// mappings, no fingerprints; and without what people wrote and decided: notes, filters, and the work
    /// on findings.
    ///
    /// All its names must have pseudonyms ([`Redaction::learn_project`]). Costs time in proportion to
    /// its inventory.
    pub fn project(&self, project: &Project) -> Project {
        let Project {
            sources,
            assumptions,
            fixes,
            ends,
            rotation,
            arrangement,
            scenarios,
            scenes,
            workshop,
            last_view: _,
            filters: _,
            findings: _,
            notes: _,
            lost: _,
            pseudonyms: _,
        } = project;
        let policy = assumptions.as_ref();
        let inventory = sources.inventory.as_ref().map(|inventory| {
            let mut hidden = self.inventory(inventory, policy);
            forget_fingerprints(&mut hidden);
            Arc::new(hidden)
        });
        let files = inventory.as_deref().map_or_else(Vec::new, first_tables);
        let sources = Sources { files, inventory, ..Sources::default() };
        Project {
            sources: Arc::new(sources),
            assumptions: Arc::new(self.policy(policy)),
            fixes: Arc::new(self.fixes(fixes, policy)),
            ends: self.ends(ends, policy),
            rotation: Arc::new(self.rotation(rotation, policy)),
            arrangement: Arc::new(self.arrangement(arrangement, policy)),
            scenarios: Arc::new(self.scenarios(scenarios, policy)),
            scenes: Arc::new(self.scenes(scenes, policy)),
            workshop: Arc::new(self.workshop(workshop, policy)),
            findings: Arc::new(FindingRegister::begun(policy.as_of)),
            ..Project::under(policy.clone())
        }
    }

    /// Scenarios under numbers, for their names are free text.
    pub(super) fn scenarios(&self, scenarios: &Scenarios, policy: &Assumptions) -> Scenarios {
        let mut hidden = Scenarios::default();
        for (number, own) in (1..).zip(scenarios.list()) {
            hidden.add(&format!("Scenario {number}"), self.fixes(&own.fixes, policy));
        }
        hidden
    }

    /// Fixes under pseudonyms.
    pub fn fixes(&self, fixes: &Fixes, policy: &Assumptions) -> Fixes {
        Fixes::of(fixes.list().iter().map(|fix| self.fix(fix, policy)).collect())
    }

    pub(super) fn fix(&self, fix: &NamedFix, policy: &Assumptions) -> NamedFix {
        let names = |list: &[InstanceName]| -> Vec<InstanceName> {
            list.iter().map(|name| self.instance(name, policy)).collect()
        };
        NamedFix {
            credential: self.credential_name(&fix.credential),
            kind: fix.kind,
            holders: names(&fix.holders),
            grants: fix.grants.as_deref().map(names),
            on: fix.on,
        }
    }

    pub(super) fn ends(&self, ends: &NamedEnds, policy: &Assumptions) -> NamedEnds {
        let NamedEnds { from, to, needing, stated_only } = ends;
        NamedEnds {
            from: from.as_ref().map(|name| self.instance(name, policy)),
            to: to.as_ref().map(|name| self.instance(name, policy)),
            needing: needing.as_ref().map(|name| self.credential_name(name)),
            stated_only: *stated_only,
        }
    }

    /// What is taken to have fallen, and what is done of the rotation, under pseudonyms.
    pub fn rotation(&self, rotation: &RotationList, policy: &Assumptions) -> RotationList {
        let starts = rotation.starts().iter().map(|name| self.subject(name, policy)).collect();
        let step = |step: &RotationStep| match step {
            RotationStep::Clean(at) => RotationStep::Clean(self.instance(at, policy)),
            RotationStep::Replace(of) => RotationStep::Replace(self.credential_name(of)),
            RotationStep::Put(of, at) => {
                RotationStep::Put(self.credential_name(of), self.instance(at, policy))
            }
        };
        RotationList::of(starts, rotation.done().map(step).collect())
    }

    pub(super) fn arrangement(
        &self,
        arrangement: &Arrangement,
        policy: &Assumptions,
    ) -> Arrangement {
        let Arrangement { group_by, collapsed, folded_hubs, pins } = arrangement;
        let hubs = folded_hubs.iter().map(|name| self.subject(name, policy)).collect();
        let pins = pins.iter().map(|((by, name), pin)| ((*by, self.subject(name, policy)), *pin));
        let region = |region: &String| match group_by {
            _ if has_no_name(region) => region.clone(),
            GroupBy::Environment => self.label(region, policy),
            GroupBy::Owner | GroupBy::Service => self.of(region_of(*group_by), region).into_owned(),
            // Regions by kind are called by the sort of the service, which is no name.
            GroupBy::Kind => region.clone(),
        };
        let collapsed: BTreeSet<String> = collapsed.iter().map(region).collect();
        Arrangement { group_by: *group_by, collapsed, folded_hubs: hubs, pins: pins.collect() }
    }

    pub(super) fn credential_name(&self, name: &CredentialName) -> CredentialName {
        match name {
            CredentialName::Known(id) => CredentialName::Known(self.credential(id)),
            CredentialName::Gone(id) => CredentialName::Gone(self.credential(id)),
        }
    }

    pub(super) fn instance(&self, name: &InstanceName, policy: &Assumptions) -> InstanceName {
        InstanceName {
            service: self.of(NameOf::Service, &name.service).into_owned(),
            environment: self.label(&name.environment, policy),
        }
    }

    pub(super) fn subject(&self, name: &SubjectName, policy: &Assumptions) -> SubjectName {
        match name {
            SubjectName::Credential(name) => SubjectName::Credential(self.credential_name(name)),
            SubjectName::Instance(name) => SubjectName::Instance(self.instance(name, policy)),
            SubjectName::Owner(owner) => {
                SubjectName::Owner(self.of(NameOf::Owner, owner).into_owned())
            }
            SubjectName::Path(path) => SubjectName::Path(Box::new(PathName {
                from: self.instance(&path.from, policy),
                through: path.through.iter().map(|name| self.credential_name(name)).collect(),
                to: self.instance(&path.to, policy),
            })),
        }
    }
}

/// Of each argument the name of its first table.
fn first_tables(inventory: &Inventory) -> Vec<String> {
    let imported = inventory.sources.iter().take_while(|source| source.is_imported());
    let imported: Vec<&Source> = imported.collect();
    let parts = imported.chunk_by(|one, next| one.argument == next.argument);
    parts.filter_map(|part| part.first()).map(|source| source.name.clone()).collect()
}

/// Takes the fingerprints out: with the key they would show which secret is which.
fn forget_fingerprints(inventory: &mut Inventory) {
    let parting = &mut inventory.parting;
    let remaining = parting.remaining.iter_mut().map(|(_, identity)| identity);
    let all = inventory.identities.iter_mut().chain(&mut parting.identities).chain(remaining);
    for identity in all {
        identity.fingerprint = None;
    }
}
