//! The policy file: assumptions, thresholds, costs and ends as one text that people can write.
//!
//! ```toml
//! unstated_access = "holds"
//! pivot_needs = "write"
//! ids_across_sources = "apart"
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

use schemars::JsonSchema;
use serde::Serialize;

use super::toml_text::visible;
use super::{Assumptions, Cost};

mod error;
mod read;
mod said;

pub use error::PolicyError;

/// A policy as it is written: every key, in the order of the file.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WrittenPolicy {
    unstated_access: &'static str,
    pivot_needs: &'static str,
    ids_across_sources: &'static str,
    rotation_days: i32,
    unused_days: i32,
    extraction_point_holds: usize,
    plain_sight: Vec<String>,
    cost_by_holders: bool,
    entry_points: Vec<String>,
    crown_jewels: Vec<String>,
    costs: BTreeMap<String, CostWord>,
    costs_by_type: BTreeMap<String, CostWord>,
    marks: BTreeMap<String, &'static str>,
    environment_aliases: BTreeMap<String, String>,
    environment_tiers: BTreeMap<String, TierWord>,
    rules: BTreeMap<String, &'static str>,
}

/// All keys of a policy.
const KEYS: [&str; 16] = [
    "unstated_access",
    "pivot_needs",
    "ids_across_sources",
    "rotation_days",
    "unused_days",
    "extraction_point_holds",
    "plain_sight",
    "cost_by_holders",
    "entry_points",
    "crown_jewels",
    "costs",
    "costs_by_type",
    "marks",
    "environment_aliases",
    "environment_tiers",
    "rules",
];

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum CostWord {
    Units(u32),
    Word(&'static str),
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum TierWord {
    Tier(u8),
    Word(&'static str),
}

impl Assumptions {
    /// The text of a policy that says all of this but the as-of date, with a comment for each key.
    pub fn to_policy(&self) -> String {
        // Words, numbers and texts: there is nothing that TOML could not say.
        commented(&visible(&toml::to_string(&self.written()).unwrap_or_default()))
    }

    /// All of this but the as-of date, as a policy says it.
    pub fn written(&self) -> WrittenPolicy {
        let cost = |cost: &Cost| match cost {
            Cost::Units(units) => CostWord::Units(units.get()),
            Cost::Never => CostWord::Word("never"),
        };
        let costs = |set: &BTreeMap<String, Cost>| {
            set.iter().map(|(name, set)| (name.clone(), cost(set))).collect()
        };
        WrittenPolicy {
            unstated_access: self.unstated_access.word(),
            pivot_needs: self.pivot_word(),
            ids_across_sources: self.ids_across_sources.word(),
            rotation_days: self.rotation_days,
            unused_days: self.unused_days,
            extraction_point_holds: self.extraction_point_holds,
            plain_sight: self.plain_sight.clone(),
            cost_by_holders: self.cost_by_holders,
            entry_points: self.entry_points.clone(),
            crown_jewels: self.crown_jewels.clone(),
            costs: costs(&self.costs),
            costs_by_type: costs(&self.costs_by_type),
            marks: self.marks.iter().map(|(id, own)| (id.clone(), own.word())).collect(),
            environment_aliases: self.environments.aliases().clone(),
            environment_tiers: self.tier_words(),
            rules: self.rules.iter().map(|(id, own)| (id.clone(), own.word())).collect(),
        }
    }

    /// The tier of each label, and "none" for one that has a tier by default alone. What is another
    /// spelling has none of its own.
    fn tier_words(&self) -> BTreeMap<String, TierWord> {
        let tiers = self.environments.tiers();
        let mut words: BTreeMap<String, TierWord> =
            tiers.iter().map(|(label, tier)| (label.clone(), TierWord::Tier(tier.0))).collect();
        for label in super::Environments::default().tiers().keys() {
            words.entry(label.clone()).or_insert(TierWord::Word("none"));
        }
        words.retain(|label, _| self.environments.canonical(label) == *label);
        words
    }
}

/// What stands above each key and each table.
const COMMENTS: [(&str, &str); 16] = [
    ("unstated_access", "How to read a row that does not state its access: both, holds or grants."),
    (
        "pivot_needs",
        "The least level of a grant from which an attacker moves on: any, read, write or admin.",
    ),
    (
        "ids_across_sources",
        "Whether an id that stands in several sources means one credential: same or apart. A source \
         is one file, folder, archive or workbook.",
    ),
    ("rotation_days", "Days without rotation after which a credential counts as old (KR06)."),
    ("unused_days", "Days without use after which a credential counts as unused (KR13)."),
    (
        "extraction_point_holds",
        "How many credentials make whatever holds them an extraction point (KR09).",
    ),
    ("plain_sight", "Storage locations that many people can read (KR08)."),
    (
        "cost_by_holders",
        "Whether removing a credential costs as many units as it has holders, where no cost is set.",
    ),
    (
        "entry_points",
        "Where an attacker starts, in addition to what rows flag: [\"shop@prod\", …]. Where none is given, \
         everything below the highest tier.",
    ),
    (
        "crown_jewels",
        "What must not fall, in addition to what rows flag: [\"ledger@prod\", …]. Where none is given, \
         everything in the highest tier.",
    ),
    (
        "[costs]",
        "What removing a credential costs where it is not 1, by id: \"deploy-key\" = 5, or \
         \"never\".",
    ),
    ("[costs_by_type]", "The same by type: \"certificate\" = 3; a cost by id wins."),
    (
        "[marks]",
        "What makes a credential harder to fix, by id: \"plc-login\" = \"not-rotatable\" costs five \
         times as much, \"vendor-key\" = \"providers-key\" is never fixed; a cost by id wins.",
    ),
    ("[environment_aliases]", "Other spellings of environments: \"eu-live\" = \"prod\"."),
    (
        "[environment_tiers]",
        "How much each environment is trusted, from 0 (dev) to 3 (prod), or \"none\"; one that is not \
         named has no tier.",
    ),
    (
        "[rules]",
        "Rules that are switched off, or rated otherwise than by their reasons: KR05 = \"off\", or \"low\", \
         \"medium\", \"high\", \"critical\".",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inventory::Date;

    #[test]
    fn a_policy_comes_back_as_it_was_written() {
        let day = Date::constant(2026, 7, 1);
        let text = "unstated_access = \"holds\"\npivot_needs = \"write\"\nrotation_days = 30\n\
                    entry_points = [\"shop@prod\"]\nplain_sight = [\"Wiki\"]\n\
                    cost_by_holders = true\n[costs]\n\"a.b\" = 5\nold = \"never\"\n\
                    [costs_by_type]\nCertificate = 3\n[marks]\nplc = \"not-rotatable\"\n\
                    [environment_aliases]\nEU-Live = \"prod\"\n[environment_tiers]\ndr = 3\nuat = \"none\"\n\
                    [rules]\nKR05 = \"off\"\nkr06 = \"high\"\n";
        let policy = Assumptions::from_policy(text, day).unwrap();
        assert_eq!(policy.rotation_days, 30);
        assert_eq!(policy.environments.canonical("eu-live"), "prod");
        assert_eq!(policy.costs.get("old"), Some(&Cost::Never));
        assert_eq!(policy.plain_sight, ["wiki"]);
        assert!(policy.costs_by_type.contains_key("certificate") && policy.cost_by_holders);
        assert_eq!(policy.environments.tier("uat"), None);
        assert_eq!(policy.marks.get("plc"), Some(&crate::inventory::CredentialMark::NotRotatable));
        assert_eq!(policy.rules.get("KR06"), Some(&crate::inventory::RuleSetting::High));
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
}
