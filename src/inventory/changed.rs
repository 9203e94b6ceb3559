//! The assumptions that are not as they are by default, in words: they stand beside every answer.

use std::collections::BTreeMap;

use super::{AssumptionKind, Assumptions, Cost, CredentialMark, Environments, RuleSetting};

/// How many names of a kind are listed.
const MOST: usize = 20;

impl Assumptions {
    /// What differs from the defaults, one sentence for each section of the page of assumptions.
    ///
    /// Names are as they were written: whoever shows them escapes them.
    pub fn changed(&self) -> Vec<String> {
        let default = Self::new(self.as_of);
        let mut changed = Vec::new();
        if self.unstated_access != default.unstated_access {
            let usual = default.unstated_access.words();
            changed.push(format!("{}, by default {usual}", self.unstated_access_words()));
        }
        if self.pivot_needs != default.pivot_needs {
            let (own, usual) = (self.pivot_word(), default.pivot_word());
            changed.push(format!("pivot needs {own}, by default {usual}"));
        }
        if self.ids_across_sources != default.ids_across_sources {
            let usual = default.ids_across_sources.words();
            changed.push(format!("{}, by default {usual}", self.ids_across_sources_words()));
        }
        changed.extend(self.changed_beside_access());
        changed
    }

    /// The same without unstated access, what a pivot needs and ids across sources, which many
    /// places say anyway.
    pub fn changed_beside_access(&self) -> Vec<String> {
        self.changed_by_kind().into_iter().map(|(_, words)| words).collect()
    }

    /// The same, each with what it is about.
    pub fn changed_by_kind(&self) -> Vec<(AssumptionKind, String)> {
        use AssumptionKind as Kind;
        let Self {
            as_of,
            unstated_access: _,
            pivot_needs: _,
            ids_across_sources: _,
            environments,
            rotation_days,
            unused_days,
            extraction_point_holds,
            plain_sight,
            costs: _,
            costs_by_type: _,
            cost_by_holders: _,
            entry_points,
            crown_jewels,
            marks,
            rules,
        } = self;
        let default = Self::new(*as_of);
        let picked = |what: &str, names: &[String]| {
            (!names.is_empty()).then(|| format!("{what} picked: {}", listed(names.iter().cloned())))
        };
        let limit = |what: &str, own: i64, usual: i64| {
            (own != usual).then(|| format!("{what} {own}, by default {usual}"))
        };
        let holds = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
        let held = "credentials that make an extraction point:";
        let usual = default.extraction_point_holds;
        let all = [
            (Kind::EntryPoints, picked("entry points", entry_points)),
            (Kind::CrownJewels, picked("crown jewels", crown_jewels)),
            (
                Kind::RotationDays,
                limit("days until old:", (*rotation_days).into(), default.rotation_days.into()),
            ),
            (
                Kind::UnusedDays,
                limit("days until unused:", (*unused_days).into(), default.unused_days.into()),
            ),
            (Kind::ExtractionPoints, limit(held, holds(*extraction_point_holds), holds(usual))),
            (Kind::PlainSight, plain_sight_words(plain_sight, &default.plain_sight)),
            (Kind::Environments, environment_words(environments)),
            (Kind::Costs, self.cost_words()),
            (Kind::Marks, mark_words(marks)),
            (Kind::Rules, rule_words(rules)),
        ];
        all.into_iter().filter_map(|(kind, words)| Some((kind, words?))).collect()
    }

    fn cost_words(&self) -> Option<String> {
        let said = |set: &BTreeMap<String, Cost>, of: &str| {
            let words = set.iter().map(|(name, cost)| match cost {
                Cost::Units(units) => format!("{of}{name} {units}"),
                Cost::Never => format!("{of}{name} never"),
            });
            (!set.is_empty()).then(|| listed(words))
        };
        let holders = "any other as many units as it has holders".to_owned();
        let parts = [
            said(&self.costs, ""),
            said(&self.costs_by_type, "type "),
            self.cost_by_holders.then_some(holders),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("costs of removal: {}", parts.join(", ")))
    }
}

/// What makes credentials harder to fix.
fn mark_words(marks: &BTreeMap<String, CredentialMark>) -> Option<String> {
    let words = marks.iter().map(|(id, mark)| format!("{id} {}", mark.words()));
    (!marks.is_empty()).then(|| format!("marks: {}", listed(words)))
}

/// Which rules are off, and which are rated by the policy.
fn rule_words(rules: &BTreeMap<String, RuleSetting>) -> Option<String> {
    let words = rules.iter().map(|(id, setting)| match setting {
        RuleSetting::Off => format!("{id} is off"),
        rated => format!("{id} is {}", rated.word()),
    });
    (!rules.is_empty()).then(|| format!("rules: {}", listed(words)))
}

fn plain_sight_words(own: &[String], usual: &[String]) -> Option<String> {
    if own == usual {
        return None;
    }
    let beside = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter().filter(|word| !other.contains(word)).cloned().collect()
    };
    let (more, less) = (beside(own, usual), beside(usual, own));
    let parts = match (own, more.as_slice(), less.as_slice()) {
        ([], _, _) => "nothing".to_owned(),
        (_, [], []) => "the same words in another order".to_owned(),
        (_, more, []) => format!("also {}", listed(more.iter().cloned())),
        (_, [], less) => format!("not {}", listed(less.iter().cloned())),
        (own, _, _) if less.len() == usual.len() => format!("only {}", listed(own.iter().cloned())),
        (_, more, less) => {
            let (more, less) = (listed(more.iter().cloned()), listed(less.iter().cloned()));
            format!("also {more}; not {less}")
        }
    };
    Some(format!("plain sight: {parts}"))
}

fn environment_words(table: &Environments) -> Option<String> {
    let default = Environments::default();
    let words = |label: String| {
        let canonical = table.canonical(&label);
        if canonical != label {
            return format!("{label} is {canonical}");
        }
        let own = if default.canonical(&label) == label { "" } else { " is separate and" };
        match table.tier(&label) {
            Some(tier) => format!("{label}{own} has tier {}", tier.0),
            None => format!("{label}{own} has no tier"),
        }
    };
    let changed = table.changed();
    (!changed.is_empty())
        .then(|| format!("environments: {}", listed(changed.into_iter().map(words))))
}

/// The first of a list, and how many more there are.
fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(MOST);
    let mut names: Vec<String> = names.take(MOST).collect();
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use crate::inventory::{Assumptions, Date};

    fn changed(text: &str) -> Vec<String> {
        Assumptions::from_policy(text, Date::constant(2026, 7, 1)).unwrap().changed()
    }

    #[test]
    fn every_section_that_differs_is_said_in_words() {
        assert!(changed("").is_empty());
        let text = "unstated_access = \"holds\"\npivot_needs = \"write\"\nrotation_days = 30\n\
                    unused_days = 10\nextraction_point_holds = 3\nplain_sight = [\"attic\"]\n\
                    cost_by_holders = true\nentry_points = [\"shop@prod\", \"web@dev\"]\n\
                    crown_jewels = [\"db@prod\"]\n[costs]\nk = 5\nold = \"never\"\n\
                    [costs_by_type]\nCertificate = 3\n[environment_aliases]\nEU-Live = \"prod\"\n\
                    build = \"build\"\n[environment_tiers]\ndr = 3\nuat = \"none\"\n\
                    [rules]\nKR05 = \"off\"\nKR06 = \"high\"\n";
        let said = [
            "rows without access: holds, by default holds and grants",
            "pivot needs write, by default any",
            "entry points picked: shop@prod, web@dev",
            "crown jewels picked: db@prod",
            "days until old: 30, by default 90",
            "days until unused: 10, by default 90",
            "credentials that make an extraction point: 3, by default 10",
            "plain sight: only attic",
            "environments: build is separate and has no tier, dr has tier 3, eu-live is prod, \
             uat has no tier",
            "costs of removal: k 5, old never, type certificate 3, any other as many units as it has \
             holders",
            "rules: KR05 is off, KR06 is high",
        ];
        assert_eq!(changed(text), said);
    }

    #[test]
    fn words_of_plain_sight_that_came_and_went_are_told_apart() {
        let mut policy = Assumptions::new(Date::constant(2026, 7, 1));
        policy.plain_sight.retain(|word| word != "wiki");
        assert_eq!(policy.changed(), ["plain sight: not wiki"]);
        policy.plain_sight.push("attic".to_owned());
        assert_eq!(policy.changed(), ["plain sight: also attic; not wiki"]);
        policy.plain_sight.clear();
        assert_eq!(policy.changed(), ["plain sight: nothing"]);
    }

    #[test]
    fn a_long_list_says_how_many_more_there_are() {
        let names: Vec<String> = (0..25).map(|at| format!("\"s{at}@dev\"")).collect();
        let said = changed(&format!("entry_points = [{}]", names.join(", ")));
        assert!(said[0].ends_with("s19@dev, and 5 more"), "{said:?}");
    }
}
