//! A policy under pseudonyms.

use std::collections::{BTreeMap, BTreeSet};

use super::field_text::FieldText;
use super::kept_words::default_places;
use super::names::{Gathered, Redaction};
use crate::inventory::{Assumptions, Environments, Tier};
use crate::project::pseudonyms::{NameOf, Pseudonyms, RedactedKind};

/// All names of a policy that can be hidden.
pub(super) fn gather(policy: &Assumptions, to: &mut Gathered) {
    for written in policy.entry_points.iter().chain(&policy.crown_jewels) {
        let (service, environment) = parted(written);
        to.add(NameOf::Service, service);
        to.add(NameOf::Environment, &policy.environments.canonical(environment));
    }
    for id in policy.costs.keys().chain(policy.marks.keys()) {
        to.add(NameOf::Credential, id);
    }
    for kind in policy.costs_by_type.keys() {
        to.add(NameOf::Type, kind);
    }
    let own = default_places();
    for word in policy.plain_sight.iter().filter(|word| !own.contains(word)) {
        to.add(NameOf::PlainSight, word);
    }
    let tiers = policy.environments.tiers().keys();
    for label in tiers {
        to.add(NameOf::Environment, &policy.environments.canonical(label));
    }
}

fn parted(written: &str) -> (&str, &str) {
    written.rsplit_once('@').unwrap_or((written, ""))
}

impl Redaction {
    /// The policy under pseudonyms: it judges an inventory under them as it judged the inventory.
    pub fn policy(&self, policy: &Assumptions) -> Assumptions {
        let written = |list: &[String]| list.iter().map(|one| self.written(one, policy)).collect();
        let costs = policy.costs.iter();
        let costs = costs.map(|(id, cost)| (self.credential(id), *cost)).collect();
        let marks = policy.marks.iter();
        let fields = FieldText::new(self);
        // A policy compares types in lower case: one entry may stand for several.
        let types = self.pseudonyms.of(NameOf::Type);
        let by_type = policy.costs_by_type.iter().flat_map(|(kind, cost)| {
            let known = types.into_iter().flat_map(Pseudonyms::entries).map(|(name, _)| name);
            let same = known.filter(|name| name.to_lowercase() == *kind);
            let hidden = |name| fields.field(NameOf::Type, name).to_lowercase();
            let all: BTreeSet<String> = same.chain([kind.as_str()]).map(hidden).collect();
            all.into_iter().map(|name| (name, *cost))
        });
        let places = default_places();
        let place = |word: &String| {
            if places.contains(word) { word.clone() } else { fields.place(word) }
        };
        Assumptions {
            environments: self.environments(&policy.environments),
            plain_sight: policy.plain_sight.iter().map(place).collect(),
            costs,
            costs_by_type: by_type.collect(),
            marks: marks.map(|(id, mark)| (self.credential(id), *mark)).collect(),
            entry_points: written(&policy.entry_points),
            crown_jewels: written(&policy.crown_jewels),
            ..policy.clone()
        }
    }

    /// What stands in the place of a name that somebody wrote: as a credential's id, as
    /// `service@environment`, as an owner. Empty where it has no pseudonym.
    pub fn pseudonyms_of(&self, written: &str, environments: &Environments) -> Vec<String> {
        let written = written.trim();
        let known = |of: NameOf, name: &str| {
            self.pseudonyms.of(of).is_some_and(|table| table.of(name).is_some())
        };
        let mut found = Vec::new();
        if known(NameOf::Credential, written) || written.starts_with("unnamed@") {
            found.push(self.credential(written));
        }
        let (service, label) = parted(written);
        if known(NameOf::Service, service) {
            let label = self.of(NameOf::Environment, &environments.canonical(label)).into_owned();
            found.push(format!("{}@{label}", self.of(NameOf::Service, service)));
        }
        if known(NameOf::Owner, written) {
            found.push(self.of(NameOf::Owner, written).into_owned());
        }
        found
    }

    /// `service@environment` under pseudonyms.
    pub(super) fn written(&self, written: &str, policy: &Assumptions) -> String {
        let (service, environment) = parted(written);
        let service = self.of(NameOf::Service, service);
        match self.label(environment, policy).as_str() {
            "" => service.into_owned(),
            label => format!("{service}@{label}"),
        }
    }

    /// What stands in the place of an environment's label.
    pub(super) fn label(&self, label: &str, policy: &Assumptions) -> String {
        let canonical = policy.environments.canonical(label);
        self.of(NameOf::Environment, &canonical).into_owned()
    }

    /// Labels and tiers without the user's own spellings: all labels are canonical by then.
    fn environments(&self, environments: &Environments) -> Environments {
        let standard = Environments::default();
        let is_standard = |(alias, _): &(&String, &String)| standard.knows(alias);
        let hidden = |label: &String| self.of(NameOf::Environment, label).into_owned();
        let is_hidden = self.kinds.has(RedactedKind::Environments);
        let aliases: BTreeMap<String, String> = if is_hidden {
            BTreeMap::new()
        } else {
            let kept = environments.aliases().iter().filter(is_standard);
            kept.map(|(alias, label)| (alias.clone(), hidden(label))).collect()
        };
        // Under a pseudonym a standard label would be one that the policy has and the inventory lacks.
        let is_missing = |label: &String, tier: Tier| {
            is_hidden && standard.tier(label) == Some(tier) && !self.labels.contains(label)
        };
        let own = environments.tiers().iter();
        let own = own.filter(|(label, _)| environments.canonical(label) == **label);
        let own = own.filter(|(label, tier)| !is_missing(label, **tier));
        Environments::of(aliases, own.map(|(label, tier)| (hidden(label), *tier)).collect())
    }

    /// What stands in the place of a credential's id, a made one too: `unnamed@file:7`, `id~2`.
    pub(super) fn credential(&self, id: &str) -> String {
        if self.pseudonyms.of(NameOf::Credential).is_some_and(|own| own.of(id).is_some()) {
            return self.of(NameOf::Credential, id).into_owned();
        }
        if let Some((base, number)) = id.rsplit_once('~')
            && number.bytes().all(|digit| digit.is_ascii_digit())
        {
            return format!("{}~{number}", self.credential(base));
        }
        match id.strip_prefix("unnamed@").and_then(|place| place.rsplit_once(':')) {
            Some((file, line)) => format!("unnamed@{}:{line}", self.of(NameOf::File, file)),
            None if id == "unnamed" => id.to_owned(),
            None => self.of(NameOf::Credential, id).into_owned(),
        }
    }
}
