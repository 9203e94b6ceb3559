//! The policy file: assumptions, thresholds, costs and ends as one text that people can write.
//!
//! ```toml
//! unstated_access = "holds"
//! pivot_needs = "write"
//! rotation_days = 30
//! entry_points = ["shop@prod"]
//! crown_jewels = ["ledger@prod"]
//!
//! [costs]
//! "deploy-key" = 5
//! "mainframe" = "never"
//!
//! [environment_aliases]
//! "eu-live" = "prod"
//!
//! [environment_tiers]
//! "dr" = 3
//! ```

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::{Assumptions, Cost, Date, Level, Tier, UnstatedAccess};

/// Why a policy file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// It is no TOML, or has keys or values that a policy has not.
    #[error("this is no policy file: {0}")]
    NotRead(String),
    /// A cost is neither a positive number nor `never`.
    #[error("the cost of “{0}” must be a number from 1 up, or \"never\"")]
    Cost(String),
    /// A tier that there is not.
    #[error("the tier of “{0}” must be a number from 0 to 3, or \"none\"")]
    Tier(String),
}

/// The file as it is written. What it does not say stays as it is by default.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    unstated_access: Option<AccessWord>,
    pivot_needs: Option<PivotWord>,
    rotation_days: Option<i32>,
    unused_days: Option<i32>,
    extraction_point_holds: Option<usize>,
    plain_sight: Option<Vec<String>>,
    cost_by_holders: Option<bool>,
    #[serde(default)]
    entry_points: Vec<String>,
    #[serde(default)]
    crown_jewels: Vec<String>,
    #[serde(default)]
    costs: BTreeMap<String, CostWord>,
    #[serde(default)]
    costs_by_type: BTreeMap<String, CostWord>,
    #[serde(default)]
    environment_aliases: BTreeMap<String, String>,
    #[serde(default)]
    environment_tiers: BTreeMap<String, TierWord>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum AccessWord {
    Both,
    Holds,
    Grants,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum PivotWord {
    Any,
    Read,
    Write,
    Admin,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum CostWord {
    Units(u32),
    Word(String),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum TierWord {
    Tier(u8),
    Word(String),
}

impl Assumptions {
    /// Reads a policy; what it does not say is as [`Assumptions::new`] has it.
    ///
    /// # Errors
    /// Where the text is no policy; the message says what to write instead.
    pub fn from_policy(text: &str, as_of: Date) -> Result<Self, PolicyError> {
        let file: File =
            toml::from_str(text).map_err(|error| PolicyError::NotRead(error.to_string()))?;
        let mut policy = Self::new(as_of);
        if let Some(access) = file.unstated_access {
            policy.unstated_access = match access {
                AccessWord::Both => UnstatedAccess::Both,
                AccessWord::Holds => UnstatedAccess::Holds,
                AccessWord::Grants => UnstatedAccess::Grants,
            };
        }
        if let Some(needs) = file.pivot_needs {
            policy.pivot_needs = match needs {
                PivotWord::Any => Level::Unknown,
                PivotWord::Read => Level::Read,
                PivotWord::Write => Level::Write,
                PivotWord::Admin => Level::Admin,
            };
        }
        policy.rotation_days = file.rotation_days.unwrap_or(policy.rotation_days);
        policy.unused_days = file.unused_days.unwrap_or(policy.unused_days);
        policy.extraction_point_holds =
            file.extraction_point_holds.unwrap_or(policy.extraction_point_holds);
        policy.entry_points = file.entry_points;
        policy.crown_jewels = file.crown_jewels;
        policy.cost_by_holders = file.cost_by_holders.unwrap_or(policy.cost_by_holders);
        if let Some(words) = file.plain_sight {
            policy.plain_sight = words.iter().map(|word| folded_word(word)).collect();
        }
        for (id, cost) in file.costs {
            let cost = read_cost(&cost).ok_or_else(|| PolicyError::Cost(id.clone()))?;
            policy.costs.insert(id, cost);
        }
        for (kind, cost) in file.costs_by_type {
            let cost = read_cost(&cost).ok_or_else(|| PolicyError::Cost(kind.clone()))?;
            policy.costs_by_type.insert(folded_word(&kind), cost);
        }
        for (alias, label) in &file.environment_aliases {
            policy.environments.alias(alias, label);
        }
        for (label, tier) in file.environment_tiers {
            match tier {
                TierWord::Tier(tier) if tier <= 3 => policy.environments.rank(&label, Tier(tier)),
                TierWord::Word(word) if word == "none" => policy.environments.unrank(&label),
                TierWord::Tier(_) | TierWord::Word(_) => return Err(PolicyError::Tier(label)),
            }
        }
        Ok(policy)
    }

    /// The text of a policy that says all of this but the as-of date, with a comment for each key.
    pub fn to_policy(&self) -> String {
        let cost = |cost: &Cost| match cost {
            Cost::Units(units) => CostWord::Units(units.get()),
            Cost::Never => CostWord::Word("never".to_owned()),
        };
        let costs = |set: &BTreeMap<String, Cost>| {
            set.iter().map(|(name, set)| (name.clone(), cost(set))).collect()
        };
        let file = File {
            unstated_access: Some(match self.unstated_access {
                UnstatedAccess::Both => AccessWord::Both,
                UnstatedAccess::Holds => AccessWord::Holds,
                UnstatedAccess::Grants => AccessWord::Grants,
            }),
            pivot_needs: Some(match self.pivot_needs {
                Level::Unknown => PivotWord::Any,
                Level::Read => PivotWord::Read,
                Level::Write => PivotWord::Write,
                Level::Admin => PivotWord::Admin,
            }),
            rotation_days: Some(self.rotation_days),
            unused_days: Some(self.unused_days),
            extraction_point_holds: Some(self.extraction_point_holds),
            plain_sight: Some(self.plain_sight.clone()),
            cost_by_holders: Some(self.cost_by_holders),
            entry_points: self.entry_points.clone(),
            crown_jewels: self.crown_jewels.clone(),
            costs: costs(&self.costs),
            costs_by_type: costs(&self.costs_by_type),
            environment_aliases: self.environments.aliases().clone(),
            environment_tiers: self.tier_words(),
        };
        // Words, numbers and texts: there is nothing that TOML could not say.
        commented(&toml::to_string(&file).unwrap_or_default())
    }

    /// The tier of each label, and "none" for one that has a tier by default alone.
    fn tier_words(&self) -> BTreeMap<String, TierWord> {
        let tiers = self.environments.tiers();
        let mut words: BTreeMap<String, TierWord> =
            tiers.iter().map(|(label, tier)| (label.clone(), TierWord::Tier(tier.0))).collect();
        for label in super::Environments::default().tiers().keys() {
            words.entry(label.clone()).or_insert_with(|| TierWord::Word("none".to_owned()));
        }
        words
    }
}

/// What stands above each key and each table.
const COMMENTS: [(&str, &str); 13] = [
    (
        "unstated_access",
        "What a row means that names a credential and a service, but no access: both, holds or \
         grants.",
    ),
    (
        "pivot_needs",
        "The least level of a grant from which an attacker goes on: any, read, write or admin.",
    ),
    ("rotation_days", "A credential is old after so many days without a rotation (KR06)."),
    ("unused_days", "A credential is unused after so many days without use (KR13)."),
    ("extraction_point_holds", "Whatever holds so many credentials is an extraction point (KR09)."),
    (
        "plain_sight",
        "Words for storage places where many can read, and so secrets lie in plain sight (KR08).",
    ),
    (
        "cost_by_holders",
        "Whether removing a credential costs as many units as it has holders, where no cost is set.",
    ),
    (
        "entry_points",
        "Where an attacker starts, beside what rows flag: [\"shop@prod\", …]. Where none is named, \
         everything below the highest tier.",
    ),
    (
        "crown_jewels",
        "What must not fall, beside what rows flag: [\"ledger@prod\", …]. Where none is named, \
         everything in the highest tier.",
    ),
    (
        "[costs]",
        "What removing a credential costs where it is not 1, by id: \"deploy-key\" = 5, or \
         \"never\".",
    ),
    ("[costs_by_type]", "The same by type: \"certificate\" = 3; a cost by id wins."),
    ("[environment_aliases]", "Other spellings of environments: \"eu-live\" = \"prod\"."),
    (
        "[environment_tiers]",
        "How much each environment is trusted, from 0 (dev) to 3 (prod), or \"none\"; one that is not \
         named has no tier.",
    ),
];

/// Puts a comment above each key that has one, and above each table.
fn commented(text: &str) -> String {
    let mut lines = vec!["# A policy of Keyreach; give it to --policy.".to_owned()];
    let mut in_table = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        in_table |= line.starts_with('[');
        let said = |key: &str| {
            let rest = line.strip_prefix(key).map(str::trim_start);
            rest.is_some_and(|rest| key.starts_with('[') || (!in_table && rest.starts_with('=')))
        };
        if let Some((_, comment)) = COMMENTS.iter().find(|(key, _)| said(key)) {
            lines.push(String::new());
            lines.extend(folded(comment));
        }
        lines.push(line.to_owned());
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A comment in lines of at most a hundred characters.
fn folded(comment: &str) -> Vec<String> {
    let mut lines = vec!["#".to_owned()];
    for word in comment.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.len() + word.len() < 100) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("# {word}"));
        }
    }
    lines
}

/// A word of a list that is compared without case.
fn folded_word(word: &str) -> String {
    word.trim().to_lowercase()
}

fn read_cost(cost: &CostWord) -> Option<Cost> {
    match cost {
        CostWord::Units(units) => NonZeroU32::new(*units).map(Cost::Units),
        CostWord::Word(word) => (word == "never").then_some(Cost::Never),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_comes_back_as_it_was_written() {
        let day = Date::constant(2026, 7, 1);
        let text = "unstated_access = \"holds\"\npivot_needs = \"write\"\nrotation_days = 30\n\
                    entry_points = [\"shop@prod\"]\nplain_sight = [\"Wiki\"]\n\
                    cost_by_holders = true\n[costs]\n\"a.b\" = 5\nold = \"never\"\n\
                    [costs_by_type]\nCertificate = 3\n\
                    [environment_aliases]\nEU-Live = \"prod\"\n[environment_tiers]\ndr = 3\nuat = \"none\"\n";
        let policy = Assumptions::from_policy(text, day).unwrap();
        assert_eq!(policy.rotation_days, 30);
        assert_eq!(policy.environments.canonical("eu-live"), "prod");
        assert_eq!(policy.costs.get("old"), Some(&Cost::Never));
        assert_eq!(policy.plain_sight, ["wiki"]);
        assert!(policy.costs_by_type.contains_key("certificate") && policy.cost_by_holders);
        assert_eq!(policy.environments.tier("uat"), None);
        assert_eq!(Assumptions::from_policy(&policy.to_policy(), day), Ok(policy));
        let default = Assumptions::new(day);
        let written = default.to_policy();
        assert_eq!(Assumptions::from_policy(&written, day).as_ref(), Ok(&default));
        for (key, comment) in COMMENTS {
            let start = written.find(&format!("\n{key}")).unwrap();
            let above = written[..start].lines().last().unwrap();
            assert!(above.starts_with("# ") && comment.ends_with(&above[2..]), "{key}: {above}");
        }
        assert_eq!(Assumptions::from_policy("", day), Ok(default));
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_reason() {
        let read = |text| Assumptions::from_policy(text, Date::constant(2026, 7, 1)).unwrap_err();
        assert_eq!(read("[costs]\nk = 0\n"), PolicyError::Cost("k".to_owned()));
        assert_eq!(read("[costs]\nk = \"no\"\n"), PolicyError::Cost("k".to_owned()));
        assert_eq!(read("[environment_tiers]\ndr = 9\n"), PolicyError::Tier("dr".to_owned()));
        assert!(matches!(read("colour = 1\n"), PolicyError::NotRead(_)));
    }
}
