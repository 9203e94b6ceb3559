//! Findings that a scenario has a fix for: what is planned follows the scenario.

use super::decision::Decision;
use super::finding_name::FindingName;
use super::register::FindingRegister;
use crate::project::scenarios::Scenarios;

impl FindingRegister {
    /// The findings that are planned in a scenario.
    pub fn planned_in(&self, scenario: &str) -> Vec<&FindingName> {
        let is_in = |decision: &Decision| matches!(decision, Decision::Planned(own) if own.scenario == scenario);
        let records = self.records.iter().filter(|(_, record)| is_in(&record.decision));
        records.map(|(name, _)| name).collect()
    }

    /// Follows a scenario that has another name now.
    pub fn rename_scenario(&mut self, name: &str, newer: &str) {
        for record in self.records.values_mut() {
            if let Decision::Planned(own) = &mut record.decision
                && own.scenario == name
            {
                newer.clone_into(&mut own.scenario);
            }
        }
    }

    /// Opens the findings again whose scenario, or whose fix in it, was there before and is not now; their
    /// names.
    pub fn release_plans(&mut self, before: &Scenarios, now: &Scenarios) -> Vec<FindingName> {
        let is_lost = |decision: &Decision| matches!(decision, Decision::Planned(own) if own.is_in(before) && !own.is_in(now));
        let records = self.records.iter().filter(|(_, record)| is_lost(&record.decision));
        let lost: Vec<FindingName> = records.map(|(name, _)| name.clone()).collect();
        self.change(&lost, |record| record.decision = Decision::Open);
        lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{FixKind, Rule};
    use crate::project::finding_work::{FindingRecord, FindingSubject, PlannedFix};
    use crate::project::fixes::{Fixes, NamedFix};
    use crate::project::subject_name::{CredentialName, InstanceName};

    fn known(id: &str) -> CredentialName {
        CredentialName::Known(id.to_owned())
    }

    fn on(id: &str) -> FindingName {
        FindingName { rule: Rule::NoOwner, about: FindingSubject::Credential(known(id)) }
    }

    fn scenarios(all: &[(&str, &[&str])]) -> Scenarios {
        let mut scenarios = Scenarios::default();
        for (name, fixes) in all {
            let fixes = fixes.iter().map(|id| NamedFix::new(id, FixKind::Revoke)).collect();
            scenarios.add(name, Fixes::of(fixes));
        }
        scenarios
    }

    fn planned(scenario: &str, fix: Option<&str>) -> PlannedFix {
        PlannedFix { scenario: scenario.to_owned(), fix: fix.map(known) }
    }

    #[test]
    fn a_finding_goes_with_the_chosen_fix_its_own_or_the_only_one() {
        let all = scenarios(&[("two", &["a", "b"]), ("one", &["a"]), ("none", &[])]);
        let vault = FindingName {
            rule: Rule::ExtractionPoint,
            about: FindingSubject::Instance(InstanceName {
                service: "vault".to_owned(),
                environment: "prod".to_owned(),
            }),
        };
        let of = |scenario: &str, chosen: Option<&str>, finding: &FindingName| {
            let scenario = all.named(scenario).expect("it is there");
            PlannedFix::of(scenario, chosen.map(known).as_ref(), finding)
        };
        assert_eq!(of("two", Some("b"), &on("a")), Some(planned("two", Some("b"))));
        assert_eq!(of("two", Some("c"), &on("a")), None);
        assert_eq!(of("two", None, &on("a")), Some(planned("two", Some("a"))));
        assert_eq!(of("two", None, &on("c")), None);
        assert_eq!(of("two", None, &vault), None);
        assert_eq!(of("one", None, &vault), Some(planned("one", Some("a"))));
        assert_eq!(of("none", None, &on("a")), None);
    }

    #[test]
    fn plans_follow_their_scenario_and_open_again_without_their_fix() {
        let before = scenarios(&[("Q1", &["a", "b"]), ("Q2", &["a"])]);
        let mut register = FindingRegister::default();
        let plans = [
            ("a", planned("Q1", Some("a"))),
            ("b", planned("Q1", Some("b"))),
            ("c", planned("Q1", None)),
            ("d", planned("Q2", Some("a"))),
            // Nobody ever had this scenario: it is as it was written.
            ("e", planned("Q9", None)),
        ];
        for (id, plan) in plans {
            let decision = Decision::Planned(plan);
            register.records.insert(on(id), FindingRecord { decision, ..FindingRecord::default() });
        }
        register.rename_scenario("Q2", "Q3");
        assert_eq!(register.planned_in("Q2"), Vec::<&FindingName>::new());
        assert_eq!(register.planned_in("Q3"), [&on("d")]);
        register.rename_scenario("Q3", "Q2");
        let mut fewer = register.clone();
        let without_b = scenarios(&[("Q1", &["a"]), ("Q2", &["a"])]);
        assert_eq!(fewer.release_plans(&before, &without_b), [on("b")]);
        assert_eq!(fewer.records.len(), 4);
        let gone = scenarios(&[("Q2", &["a"])]);
        assert_eq!(register.release_plans(&before, &gone), [on("a"), on("b"), on("c")]);
        assert_eq!(register.records.keys().collect::<Vec<_>>(), [&on("d"), &on("e")]);
    }

    #[test]
    fn the_name_of_a_scenario_alone_is_read_as_older_projects_have_it() {
        let read = |text: &str| serde_json::from_str::<PlannedFix>(text);
        assert_eq!(read("\"Q1\"").unwrap(), planned("Q1", None));
        let whole = planned("Q1", Some("a"));
        assert_eq!(read(&serde_json::to_string(&whole).unwrap()).unwrap(), whole);
        assert!(read("{\"fix\":null}").is_err());
    }
}
