//! Reading a policy: each value is looked at with its place, so that what makes no sense is reported
//! with what to write instead.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use super::said::{Said, entries};
use super::{KEYS, PolicyError, folded_word};
use crate::inventory::toml_text::meant;
use crate::inventory::{
    Assumptions, Cost, CredentialMark, Date, Environments, IdsAcrossSources, Level, RULE_IDS,
    RuleSetting, Tier, UnstatedAccess,
};

/// The range of limits, in days or credentials.
const LIMIT: i64 = 1_000_000;

impl Assumptions {
    /// Reads a policy; what it does not say is as [`Assumptions::new`] has it.
    ///
    /// # Errors
    /// Where the text is no policy; the message says what was found, what to write instead, and
    /// where.
    pub fn from_policy(text: &str, as_of: Date) -> Result<Self, PolicyError> {
        let table = toml::de::DeTable::parse(text);
        let table = table.map_err(|error| PolicyError::syntax(text, &error))?;
        let mut found = entries(text, table.get_ref());
        // Tiers are of labels, and aliases say which labels there are.
        found.sort_by_key(|(key, _)| key.name == "environment_tiers");
        let mut policy = Self::new(as_of);
        for (key, value) in &found {
            if !KEYS.contains(&key.name) {
                let what =
                    format!("“{}” is not a key of a policy; {}", key.name, meant(key.name, &KEYS));
                return Err(key.wrong(what));
            }
            take(&mut policy, key.name, &value.called(key.name.to_owned()))?;
        }
        Ok(policy)
    }
}

fn take(policy: &mut Assumptions, key: &str, said: &Said<'_>) -> Result<(), PolicyError> {
    match key {
        "unstated_access" => policy.unstated_access = access(said)?,
        "pivot_needs" => policy.pivot_needs = level(said)?,
        "ids_across_sources" => policy.ids_across_sources = ids(said)?,
        "rotation_days" => policy.rotation_days = days(said)?,
        "unused_days" => policy.unused_days = days(said)?,
        "extraction_point_holds" => {
            policy.extraction_point_holds = limit(said, "credentials")? as usize;
        }
        "plain_sight" => policy.plain_sight = words(said)?,
        "cost_by_holders" => {
            policy.cost_by_holders = said.truth().ok_or_else(|| said.wrong("true or false"))?;
        }
        "entry_points" => policy.entry_points = instances(said)?,
        "crown_jewels" => policy.crown_jewels = instances(said)?,
        "costs" => policy.costs = costs(said, str::to_owned)?,
        "costs_by_type" => policy.costs_by_type = costs(said, folded_word)?,
        "marks" => policy.marks = marks(said)?,
        "rules" => policy.rules = rules(said)?,
        "environment_aliases" => aliases(said, &mut policy.environments)?,
        _ => tiers(said, &mut policy.environments)?,
    }
    Ok(())
}

fn access(said: &Said<'_>) -> Result<UnstatedAccess, PolicyError> {
    let word = said.word().unwrap_or_default();
    let found = UnstatedAccess::ALL.into_iter().find(|access| access.word() == word);
    found.ok_or_else(|| said.wrong("\"both\", \"holds\" or \"grants\""))
}

fn level(said: &Said<'_>) -> Result<Level, PolicyError> {
    match said.word() {
        Some("any") => Ok(Level::Unknown),
        Some("read") => Ok(Level::Read),
        Some("write") => Ok(Level::Write),
        Some("admin") => Ok(Level::Admin),
        _ => Err(said.wrong("\"any\", \"read\", \"write\" or \"admin\"")),
    }
}

fn ids(said: &Said<'_>) -> Result<IdsAcrossSources, PolicyError> {
    let word = said.word().unwrap_or_default();
    let found = IdsAcrossSources::ALL.into_iter().find(|ids| ids.word() == word);
    found.ok_or_else(|| said.wrong("\"same\" or \"apart\""))
}

fn limit(said: &Said<'_>, of: &str) -> Result<u32, PolicyError> {
    let number = said.number().filter(|number| (1..=LIMIT).contains(number));
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| said.wrong(&format!("a whole number of {of} from 1 to 1000000")))
}

fn days(said: &Said<'_>) -> Result<i32, PolicyError> {
    Ok(i32::try_from(limit(said, "days")?).unwrap_or(i32::MAX))
}

/// The words of plain sight; none at all means that nothing is in plain sight.
fn words(said: &Said<'_>) -> Result<Vec<String>, PolicyError> {
    let mut words = Vec::new();
    for one in said.list("a list of words, as in [\"wiki\", \"git\"]")? {
        let word = one.word().map(folded_word).filter(|word| !word.is_empty());
        let word = word.ok_or_else(|| one.wrong("a word, as in \"wiki\""))?;
        if !words.contains(&word) {
            words.push(word);
        }
    }
    Ok(words)
}

/// Names of instances, each once.
fn instances(said: &Said<'_>) -> Result<Vec<String>, PolicyError> {
    let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
    for one in said.list("a list of service instances, as in [\"shop@prod\"]")? {
        let of_service =
            |name: &&str| !name.split('@').next().unwrap_or_default().trim().is_empty();
        let name = one.word().map(str::trim).filter(of_service);
        let name = name.ok_or_else(|| one.wrong("service@environment, as in \"shop@prod\""))?;
        if seen.insert(name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

fn costs(
    said: &Said<'_>,
    folded: fn(&str) -> String,
) -> Result<BTreeMap<String, Cost>, PolicyError> {
    let mut costs = BTreeMap::new();
    for (key, value) in said.table("a table, as in [costs]")? {
        let name = folded(key.name);
        if name.trim().is_empty() {
            return Err(
                key.wrong("a cost has an empty name; name a credential or a type".to_owned())
            );
        }
        let value = value.called(format!("the cost of “{}”", key.name));
        let units = value.number().and_then(|number| u32::try_from(number).ok());
        let cost = match (units.and_then(NonZeroU32::new), value.word()) {
            (Some(units), _) => Cost::Units(units),
            (None, Some("never")) => Cost::Never,
            (None, _) => return Err(value.wrong("a number from 1 to 4294967295, or \"never\"")),
        };
        if costs.insert(name, cost).is_some() {
            return Err(key.twice("type"));
        }
    }
    Ok(costs)
}

fn marks(said: &Said<'_>) -> Result<BTreeMap<String, CredentialMark>, PolicyError> {
    let mut marks = BTreeMap::new();
    for (key, value) in said.table("a table, as in [marks]")? {
        if key.name.trim().is_empty() {
            return Err(key.wrong("a mark has an empty name; name a credential".to_owned()));
        }
        let value = value.called(format!("the mark of “{}”", key.name));
        let word = value.word().unwrap_or_default();
        let mark = CredentialMark::ALL.into_iter().find(|mark| mark.word() == word);
        let mark = mark.ok_or_else(|| value.wrong("\"not-rotatable\" or \"providers-key\""))?;
        marks.insert(key.name.to_owned(), mark);
    }
    Ok(marks)
}

fn rules(said: &Said<'_>) -> Result<BTreeMap<String, RuleSetting>, PolicyError> {
    let mut rules = BTreeMap::new();
    for (key, value) in said.table("a table, as in [rules]")? {
        let id = key.name.trim().to_uppercase();
        if !RULE_IDS.contains(&id.as_str()) {
            let known = meant(&id, &RULE_IDS);
            return Err(key.wrong(format!("“{}” is not a rule; {known}", key.name)));
        }
        let value = value.called(format!("rule {id}"));
        let word = value.word().unwrap_or_default();
        let setting = RuleSetting::ALL.into_iter().find(|setting| setting.word() == word);
        let wanted = "\"off\", \"low\", \"medium\", \"high\" or \"critical\"";
        let setting = setting.ok_or_else(|| value.wrong(wanted))?;
        if rules.insert(id, setting).is_some() {
            return Err(key.twice("rule"));
        }
    }
    Ok(rules)
}

fn aliases(said: &Said<'_>, table: &mut Environments) -> Result<(), PolicyError> {
    let mut own: BTreeMap<String, String> = BTreeMap::new();
    for (key, value) in said.table("a table, as in [environment_aliases]")? {
        let alias = folded_word(key.name);
        if alias.is_empty() {
            let what = "a blank environment is unknown and cannot be another one; remove it";
            return Err(key.wrong(what.to_owned()));
        }
        let value = value.called(format!("“{}”", key.name));
        let label = value.word().map(folded_word).filter(|label| !label.is_empty());
        let label =
            label.ok_or_else(|| value.wrong("the name of an environment, as in \"prod\""))?;
        let mut at = label.as_str();
        // What is another spelling of itself is an environment of its own.
        while let Some(next) = own.get(at).filter(|next| *next != at) {
            at = next;
        }
        if at == alias && label != alias {
            let what = format!(
                "“{}” would be another spelling of “{label}”, which is one of “{}”; remove one of \
                 the two",
                key.name, key.name
            );
            return Err(key.wrong(what));
        }
        if own.insert(alias, label).is_some() {
            return Err(key.twice("environment"));
        }
    }
    for (alias, label) in own {
        table.alias(&alias, &label);
    }
    Ok(())
}

fn tiers(said: &Said<'_>, table: &mut Environments) -> Result<(), PolicyError> {
    let (default, mut seen) = (Environments::default(), BTreeSet::new());
    for (key, value) in said.table("a table, as in [environment_tiers]")? {
        let label = folded_word(key.name);
        if label.is_empty() {
            let what = "a blank environment is unknown and has no tier; remove it";
            return Err(key.wrong(what.to_owned()));
        }
        let value = value.called(format!("the tier of “{}”", key.name));
        let number = value.number().and_then(|number| u8::try_from(number).ok());
        let tier = match (number.filter(|tier| *tier <= 3), value.word()) {
            (Some(tier), _) => Some(Tier(tier)),
            (None, Some("none")) => None,
            (None, _) => return Err(value.wrong("a number from 0 to 3, or \"none\"")),
        };
        let canonical = table.canonical(&label);
        if canonical != label && tier != default.tier(&label) {
            let what = format!(
                "“{}” is another spelling of “{canonical}”; give the tier to “{canonical}”",
                key.name
            );
            return Err(key.wrong(what));
        }
        match tier {
            Some(tier) => table.rank(&label, tier),
            None => table.unrank(&label),
        }
        if !seen.insert(label) {
            return Err(key.twice("environment"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Assumptions, PolicyError> {
        Assumptions::from_policy(text, Date::constant(2026, 7, 1))
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_place_and_what_to_write() {
        for (text, expected) in [
            (
                "rotation_days = -1",
                "rotation_days is -1; write a whole number of days from 1 to 1000000 (line 1, column 17)",
            ),
            ("unused_days = 0", "unused_days is 0; write"),
            ("unused_days = 9_999_999", "unused_days is 9999999; write"),
            ("unused_days = 99999999999999999999", "write a whole number of days"),
            ("rotation_days = 1.5", "rotation_days is 1.5; write"),
            ("rotation_days = \"30\"", "rotation_days is “30”; write"),
            ("\nextraction_point_holds = 0", "from 1 to 1000000 (line 2, column 26)"),
            (
                "[costs]\nk = 0",
                "the cost of “k” is 0; write a number from 1 to 4294967295, or \"never\" (line 2, column 5)",
            ),
            ("[costs]\nk = \"no\"", "the cost of “k” is “no”; write"),
            ("[costs]\n\" \" = 1", "empty name"),
            ("costs = 1", "costs is 1; write a table"),
            ("[rules]\nKR99 = \"off\"", "“KR99” is not a rule; "),
            ("[rules]\nKR05 = \"no\"", "rule KR05 is “no”; write \"off\", \"low\""),
            ("[rules]\nKR05 = \"off\"\nkr05 = \"low\"", "“kr05” is given twice"),
            ("[costs_by_type]\nKey = 1\nkey = 2", "“key” is given twice"),
            (
                "[environment_tiers]\ndr = 9",
                "the tier of “dr” is 9; write a number from 0 to 3, or \"none\"",
            ),
            ("[environment_tiers]\nDR = 1\ndr = 1", "“dr” is given twice"),
            ("[environment_tiers]\nproduction = 1", "give the tier to “prod”"),
            ("[environment_tiers]\n\"\" = 1", "a blank environment is unknown"),
            (
                "[environment_aliases]\na = \"b\"\nb = \"c\"\nc = \"a\"",
                "“c” would be another spelling of “a”, which is one of “c”",
            ),
            ("[environment_aliases]\n\" \" = \"prod\"", "a blank environment is unknown"),
            ("[environment_aliases]\na = \"\"", "“a” is “”; write the name of an environment"),
            ("[environment_aliases]\na = 3", "“a” is 3; write"),
            ("[environment_aliases]\nA = \"prod\"\na = \"dev\"", "“a” is given twice"),
            (
                "entry_points = \"shop@prod\"",
                "entry_points is “shop@prod”; write a list of service instances",
            ),
            (
                "entry_points = [\"a@b\", \"\"]",
                "a name in entry_points is “”; write service@environment",
            ),
            ("crown_jewels = [\"@prod\"]", "a name in crown_jewels is “@prod”; write"),
            ("crown_jewels = [1]", "a name in crown_jewels is 1; write"),
            ("plain_sight = [\" \"]", "a name in plain_sight is “ ”; write a word"),
            ("cost_by_holders = \"yes\"", "cost_by_holders is “yes”; write true or false"),
            ("unstated_access = \"all\"", "write \"both\", \"holds\" or \"grants\""),
            ("pivot_needs = \"root\"", "write \"any\", \"read\", \"write\" or \"admin\""),
            ("foo=1", "“foo” is not a key of a policy; write one of: unstated_access, "),
            ("\n rotaton_days = 3", "did you mean “rotation_days”? (line 2, column 2)"),
            ("a = 1\na = 2", "(line 2, column 1)"),
            ("rotation_days = ", "this is not a policy file: "),
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains(expected) && !said.contains('\n'), "{text}: {said}");
        }
    }

    #[test]
    fn marks_that_make_no_sense_are_refused_likewise() {
        for (text, expected) in [
            ("[marks]\nk = \"no\"", "the mark of “k” is “no”; write \"not-rotatable\" or"),
            ("[marks]\n\" \" = \"not-rotatable\"", "a mark has an empty name"),
            ("marks = 1", "marks is 1; write a table"),
        ] {
            let said = read(text).unwrap_err().to_string();
            assert!(said.contains(expected), "{text}: {said}");
        }
    }

    #[test]
    fn a_chain_of_aliases_leads_to_its_end_and_an_own_name_parts_a_default() {
        let table = |text: &str| read(text).unwrap().environments;
        let chain = table("[environment_aliases]\n\"eu-live\" = \"production\"\nx = \"eu-live\"");
        assert_eq!(chain.canonical("X"), "prod");
        let own = table("[environment_aliases]\nbuild = \"build\"\n[environment_tiers]\nbuild = 2");
        assert_eq!(
            (own.canonical("build"), own.tier("build")),
            ("build".to_owned(), Some(Tier(2)))
        );
        let turned = table("[environment_aliases]\nci = \"build\"");
        assert_eq!(
            (turned.canonical("CI"), turned.canonical("cicd")),
            ("build".into(), "build".into())
        );
    }

    #[test]
    fn a_name_that_is_said_twice_counts_once() {
        let policy =
            read("entry_points = [\"a@b\", \" a@b\"]\nplain_sight = [\"Wiki\", \"wiki\"]").unwrap();
        assert_eq!(
            (policy.entry_points, policy.plain_sight),
            (vec!["a@b".into()], vec!["wiki".into()])
        );
        assert!(read("plain_sight = []").unwrap().plain_sight.is_empty());
    }
}
