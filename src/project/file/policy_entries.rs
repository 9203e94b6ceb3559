//! The assumptions as entries: one for each decision, and one for each name of a list or a table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::inventory::{
    Assumptions, Cost, CredentialMark, Date, Environments, IdsAcrossSources, Level, RuleSetting,
    Tier, UnstatedAccess,
};

/// One line of the policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PolicyEntry {
    UnstatedAccess(UnstatedAccess),
    /// `unknown` stands for any.
    PivotNeeds(Level),
    IdsAcrossSources(IdsAcrossSources),
    RotationDays(i32),
    UnusedDays(i32),
    ExtractionPointHolds(usize),
    CostByHolders(bool),
    PlainSight(String),
    EntryPoint(String),
    CrownJewel(String),
    Cost(String, Cost),
    CostOfType(String, Cost),
    /// Another spelling, and the label that it stands for.
    EnvironmentAlias(String, String),
    EnvironmentTier(String, u8),
    /// What makes a credential harder to fix, by id.
    Mark(String, CredentialMark),
    /// A rule that is not as its reasons have it, by id.
    Rule(String, RuleSetting),
}

/// All of the assumptions but the as-of date.
pub(super) fn policy_entries(assumptions: &Assumptions) -> Vec<PolicyEntry> {
    let Assumptions {
        as_of: _,
        unstated_access,
        pivot_needs,
        ids_across_sources,
        environments,
        rotation_days,
        unused_days,
        extraction_point_holds,
        plain_sight,
        costs,
        costs_by_type,
        cost_by_holders,
        entry_points,
        crown_jewels,
        marks,
        rules,
    } = assumptions;
    let mut entries = vec![
        PolicyEntry::UnstatedAccess(*unstated_access),
        PolicyEntry::PivotNeeds(*pivot_needs),
        PolicyEntry::IdsAcrossSources(*ids_across_sources),
        PolicyEntry::RotationDays(*rotation_days),
        PolicyEntry::UnusedDays(*unused_days),
        PolicyEntry::ExtractionPointHolds(*extraction_point_holds),
        PolicyEntry::CostByHolders(*cost_by_holders),
    ];
    entries.extend(entry_points.iter().cloned().map(PolicyEntry::EntryPoint));
    entries.extend(crown_jewels.iter().cloned().map(PolicyEntry::CrownJewel));
    let cost = |(name, cost): (&String, &Cost)| PolicyEntry::Cost(name.clone(), *cost);
    entries.extend(costs.iter().map(cost));
    let cost = |(name, cost): (&String, &Cost)| PolicyEntry::CostOfType(name.clone(), *cost);
    entries.extend(costs_by_type.iter().map(cost));
    entries.extend(plain_sight.iter().cloned().map(PolicyEntry::PlainSight));
    let tiers = environments.tiers().iter();
    entries.extend(tiers.map(|(label, Tier(at))| PolicyEntry::EnvironmentTier(label.clone(), *at)));
    let aliases = environments.aliases().iter();
    entries.extend(aliases.map(|(alias, label)| {
        let (alias, label) = (alias.clone(), label.clone());
        PolicyEntry::EnvironmentAlias(alias, label)
    }));
    entries.extend(marks.iter().map(|(id, own)| PolicyEntry::Mark(id.clone(), *own)));
    entries.extend(rules.iter().map(|(id, own)| PolicyEntry::Rule(id.clone(), *own)));
    entries
}

/// The assumptions that entries make, on a day.
pub(super) fn assumptions_of(entries: Vec<PolicyEntry>, as_of: Date) -> Assumptions {
    let mut made = Assumptions { plain_sight: Vec::new(), ..Assumptions::new(as_of) };
    let (mut aliases, mut tiers) = (BTreeMap::new(), BTreeMap::new());
    for entry in entries {
        match entry {
            PolicyEntry::UnstatedAccess(access) => made.unstated_access = access,
            PolicyEntry::PivotNeeds(level) => made.pivot_needs = level,
            PolicyEntry::IdsAcrossSources(ids) => made.ids_across_sources = ids,
            PolicyEntry::RotationDays(days) => made.rotation_days = days,
            PolicyEntry::UnusedDays(days) => made.unused_days = days,
            PolicyEntry::ExtractionPointHolds(count) => made.extraction_point_holds = count,
            PolicyEntry::CostByHolders(by_holders) => made.cost_by_holders = by_holders,
            PolicyEntry::PlainSight(word) => made.plain_sight.push(word),
            PolicyEntry::EntryPoint(name) => made.entry_points.push(name),
            PolicyEntry::CrownJewel(name) => made.crown_jewels.push(name),
            PolicyEntry::Cost(name, cost) => drop(made.costs.insert(name, cost)),
            PolicyEntry::CostOfType(name, cost) => drop(made.costs_by_type.insert(name, cost)),
            PolicyEntry::EnvironmentAlias(alias, label) => drop(aliases.insert(alias, label)),
            PolicyEntry::Mark(id, own) => drop(made.marks.insert(id, own)),
            PolicyEntry::Rule(id, own) => drop(made.rules.insert(id, own)),
            PolicyEntry::EnvironmentTier(label, tier) => drop(tiers.insert(label, Tier(tier))),
        }
    }
    made.environments = Environments::of(aliases, tiers);
    made
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU32;

    use super::*;

    #[test]
    fn every_assumption_comes_back() {
        let day = jiff::civil::date(2026, 11, 26);
        let mut made = Assumptions::new(day);
        assert_eq!(assumptions_of(policy_entries(&made), day), made);
        made.unstated_access = UnstatedAccess::Grants;
        made.pivot_needs = Level::Admin;
        made.ids_across_sources = IdsAcrossSources::Apart;
        (made.rotation_days, made.unused_days, made.extraction_point_holds) = (7, -1, 3);
        made.plain_sight = vec!["wiki".to_owned(), "wall".to_owned()];
        made.cost_by_holders = true;
        made.rules.insert("KR05".to_owned(), RuleSetting::Off);
        made.costs.insert("k".to_owned(), Cost::Never);
        made.marks.insert("k".to_owned(), CredentialMark::ProvidersKey);
        made.costs_by_type.insert("token".to_owned(), Cost::Units(NonZeroU32::new(7).unwrap()));
        made.entry_points = vec!["b@dev".to_owned(), "a@dev".to_owned()];
        made.crown_jewels = vec!["vault@prod".to_owned()];
        // A label that was the canonical one of others, one without tier, and an alias of itself.
        made.environments.alias("prod", "live");
        made.environments.unrank("dev");
        made.environments.rank("dr", Tier(3));
        made.environments.alias("moon", "moon");
        assert_eq!(assumptions_of(policy_entries(&made), day), made);
    }
}
