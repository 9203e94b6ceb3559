//! Findings as work: what imports and days make of what was decided on them.

use std::sync::Arc;

use keyreach::analysis::{Answers, Rule, Severity, changed_findings};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Date, Progress, RuleSetting};
use keyreach::project::{
    Acceptance, CredentialName, Decision, FindingName, FindingRegister, FindingState,
    FindingSubject, ImportedFindings, InstanceName, NoteOn, Notes, Project, Sources, Standings,
    SubjectName, Workshop, WorkshopItem, WorkshopNote, WorkshopNoteKind, carry_over_findings,
    since_import,
};

const HEADER: &str = "credential_id,secret,service,environment,access,owner,expires\n";
/// A credential that crosses from dev to prod.
const CROSSING: &str = "K1,s-1,web,dev,holds,ann,2028-01-01\nK1,,db,prod,grants,,\n";
/// One that does not.
const QUIET: &str = "K2,s-2,db,prod,holds,bob,2028-01-01\n";

fn day(year: i16, month: i8, day: i8) -> Date {
    jiff::civil::date(year, month, day)
}

/// A project through several imports.
struct Imports {
    project: Project,
    answers: Answers,
    /// What the last one said to be lost.
    lost: Vec<String>,
}

fn sources(files: &[(&str, &str)]) -> Sources {
    let file =
        |(name, rows): &(&str, &str)| FileBytes::new(*name, format!("{HEADER}{rows}").into_bytes());
    let key = FingerprintKey::from_bytes([5; 32]);
    let files = files.iter().map(file).collect();
    let read = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    Sources { inventory: Some(Arc::new(read)), ..Sources::default() }
}

fn answers(project: &Project, sources: &Sources) -> Answers {
    let inventory = sources.inventory.clone().unwrap();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    Answers::compute(graph, &Progress::default()).unwrap()
}

impl Imports {
    fn begun(files: &[(&str, &str)]) -> Self {
        let mut project = Project::new(day(2026, 7, 1));
        project.sources = Arc::new(sources(files));
        project.findings = Arc::new(FindingRegister::begun(day(2026, 7, 1)));
        let answers = answers(&project, &project.sources);
        Self { project, answers, lost: Vec::new() }
    }

    fn import(&mut self, files: &[(&str, &str)], on: Date) {
        let newer = sources(files);
        let new = answers(&self.project, &newer);
        let (changes, same) = changed_findings(self.answers.side(), new.side());
        let findings = ImportedFindings { old: &self.answers, new: &new, changes: &changes };
        let carried = carry_over_findings(&self.project, newer, findings, (&same, on));
        (self.project, self.lost, self.answers) = (carried.project, carried.lost, new);
    }

    fn decide(&mut self, name: &FindingName, decision: &Decision) {
        let register = Arc::make_mut(&mut self.project.findings);
        register.change(std::slice::from_ref(name), |record| record.decision = decision.clone());
    }

    /// How a finding that is shown stands, what is said of it, and when it was seen first.
    fn standing(&self, name: &FindingName) -> Option<(FindingState, Option<String>, Date)> {
        let standings = Standings::of(&self.answers, &self.project.findings);
        let graph = &self.answers.graph;
        let mut all = self.answers.findings.iter();
        let finding = all.find(|finding| FindingName::of(graph, finding) == *name)?;
        let standing = standings.standing(finding);
        Some((standing.state, standing.says(), standing.first_seen.unwrap()))
    }

    fn state(&self, name: &FindingName) -> Option<FindingState> {
        self.standing(name).map(|(state, _, _)| state)
    }

    /// How the register says that a finding stands, shown or not.
    fn registered(&self, name: &FindingName) -> Option<FindingState> {
        let record = self.project.findings.records.get(name)?;
        Some(record.state(self.project.assumptions.as_of))
    }

    fn headline(&self) -> String {
        Standings::of(&self.answers, &self.project.findings).headline(&self.answers)
    }

    /// What the last import changed, in words without titles: "new KR01 K1".
    fn since(&self) -> Vec<String> {
        let since = since_import(&self.project.findings).unwrap();
        let lists = since.lists();
        let named = lists.iter().flat_map(|(what, names)| {
            names
                .iter()
                .map(move |name| format!("{what} {} {}", name.rule.id(), name.about_words()))
        });
        named.collect()
    }
}

fn on(rule: Rule, id: &str) -> FindingName {
    let about = FindingSubject::Credential(CredentialName::Known(id.to_owned()));
    FindingName { rule, about }
}

fn crossing(id: &str) -> FindingName {
    on(Rule::CrossesEnvironments, id)
}

fn accepted() -> Decision {
    let (reason, by) = ("legacy".to_owned(), "ann".to_owned());
    Decision::RiskAccepted(Acceptance { reason, until: day(2027, 3, 1), by })
}

#[test]
fn an_accepted_risk_is_told_in_the_headline_and_returns_on_its_day() {
    let mut imports = Imports::begun(&[("a.csv", CROSSING)]);
    assert_eq!(imports.headline(), "1 credential lets dev reach prod");
    imports.decide(&crossing("K1"), &accepted());
    let said = "1 credential lets dev reach prod, the risk of 1 accepted until 2027-03-01";
    assert_eq!(imports.headline(), said);
    let words = "risk accepted until 2027-03-01 by ann: legacy";
    let standing = (FindingState::RiskAccepted, Some(words.to_owned()), day(2026, 7, 1));
    assert_eq!(imports.standing(&crossing("K1")), Some(standing));
    for (as_of, is_accepted) in [(day(2027, 2, 28), true), (day(2027, 3, 1), false)] {
        Arc::make_mut(&mut imports.project.assumptions).as_of = as_of;
        imports.answers = answers(&imports.project, &imports.project.sources);
        let (state, says, _) = imports.standing(&crossing("K1")).unwrap();
        let wanted = if is_accepted { FindingState::RiskAccepted } else { FindingState::Open };
        assert_eq!(state, wanted);
        assert_eq!(says.unwrap().contains("that day has come"), !is_accepted);
        assert_eq!(imports.headline().contains("accepted"), is_accepted);
    }
}

#[test]
fn a_finding_keeps_its_decision_where_its_credential_has_another_id() {
    let mut imports = Imports::begun(&[("a.csv", CROSSING)]);
    imports.decide(&crossing("K1"), &accepted());
    imports.import(&[("a.csv", &CROSSING.replace("K1", "R1"))], day(2026, 8, 1));
    assert_eq!(imports.state(&crossing("R1")), Some(FindingState::RiskAccepted));
    assert!(imports.since().is_empty(), "{:?}", imports.since());
    assert!(imports.project.lost.0.is_empty());
}

#[test]
fn only_an_import_that_shows_it_gone_resolves_and_one_that_shows_it_again_reopens() {
    let mut imports = Imports::begun(&[("a.csv", &format!("{CROSSING}{QUIET}"))]);
    imports.decide(&crossing("K1"), &accepted());
    imports.import(&[("a.csv", QUIET)], day(2026, 8, 1));
    assert_eq!(imports.state(&crossing("K1")), None);
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::Resolved));
    assert!(imports.since().contains(&"gone KR01 K1".to_owned()), "{:?}", imports.since());
    // It comes back under another id: only its fingerprint shows that it is the same.
    let again = format!("{QUIET}{}", CROSSING.replace("K1", "R1"));
    imports.import(&[("a.csv", &again)], day(2026, 9, 1));
    let (state, says, first) = imports.standing(&crossing("R1")).unwrap();
    assert_eq!((state, first), (FindingState::Reopened, day(2026, 7, 1)));
    assert!(says.unwrap().contains("shows it again"));
    assert!(imports.since().contains(&"returned KR01 R1".to_owned()), "{:?}", imports.since());
}

#[test]
fn what_an_import_lacks_the_file_for_is_not_observed_until_one_has_it() {
    let both = [("a.csv", CROSSING), ("b.csv", QUIET)];
    let mut imports = Imports::begun(&both);
    imports.decide(&crossing("K1"), &accepted());
    imports.import(&[("b.csv", QUIET)], day(2026, 8, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::NotObserved));
    imports.import(&[("b.csv", QUIET)], day(2026, 9, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::NotObserved));
    // It is shown again with what was decided on it, for it was never gone.
    imports.import(&both, day(2026, 9, 15));
    assert_eq!(imports.state(&crossing("K1")), Some(FindingState::RiskAccepted));
    imports.import(&[("b.csv", QUIET)], day(2026, 9, 20));
    imports.import(&[("a.csv", "K3,s-3,web,dev,holds,ann,\n"), ("b.csv", QUIET)], day(2026, 10, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::Resolved));
}

#[test]
fn what_is_said_to_be_fixed_waits_for_the_next_import() {
    let mut imports = Imports::begun(&[("a.csv", &format!("{CROSSING}{QUIET}"))]);
    imports.decide(&crossing("K1"), &Decision::WaitingForProof);
    assert_eq!(imports.state(&crossing("K1")), Some(FindingState::WaitingForProof));
    imports.import(&[("a.csv", &format!("{CROSSING}{QUIET}"))], day(2026, 8, 1));
    assert_eq!(imports.state(&crossing("K1")), Some(FindingState::Reopened));
    assert_eq!(imports.since(), ["returned KR01 K1"]);
    imports.decide(&crossing("K1"), &Decision::WaitingForProof);
    assert_eq!(imports.state(&crossing("K1")), Some(FindingState::WaitingForProof));
    imports.import(&[("a.csv", QUIET)], day(2026, 9, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::Resolved));
}

#[test]
fn what_appears_later_was_first_seen_then_and_each_import_leaves_a_point() {
    let mut imports = Imports::begun(&[("a.csv", QUIET)]);
    imports.import(&[("a.csv", &format!("{CROSSING}{QUIET}"))], day(2026, 8, 1));
    let (state, _, first) = imports.standing(&crossing("K1")).unwrap();
    assert_eq!((state, first), (FindingState::Open, day(2026, 8, 1)));
    assert!(imports.since().contains(&"new KR01 K1".to_owned()));
    imports.import(&[("a.csv", &format!("{CROSSING}{QUIET}"))], day(2026, 9, 1));
    assert!(imports.since().is_empty());
    let points = &imports.project.findings.imports;
    let days: Vec<Date> = points.iter().map(|point| point.on).collect();
    assert_eq!(days, [day(2026, 7, 1), day(2026, 8, 1), day(2026, 9, 1)]);
    let connected: Vec<_> =
        points.iter().map(|point| point.figures.map(|own| (own.connected, own.pairs))).collect();
    // Without dev there is no entry point; then the one in dev reaches the one in prod.
    assert_eq!(connected, [Some((0, 0)), Some((1, 1)), None]);
}

#[test]
fn a_note_on_a_finding_of_a_service_that_is_gone_is_listed_and_so_is_what_workshops_said_of_it() {
    let mut imports = Imports::begun(&[("a.csv", &format!("{CROSSING}{QUIET}"))]);
    let web = InstanceName { service: "web".to_owned(), environment: "dev".to_owned() };
    let about = FindingSubject::Instance(web.clone());
    let found = NoteOn::Finding(FindingName { rule: Rule::ExtractionPoint, about });
    imports.project.notes = Arc::new(Notes::of([(found, "ask Ann".to_owned())]));
    let mut workshop = Workshop::default();
    let said = WorkshopNote {
        kind: WorkshopNoteKind::NextStep,
        about: vec![SubjectName::Instance(web)],
        text: "empty it".to_owned(),
    };
    workshop.add(day(2026, 7, 1), None, WorkshopItem::Note(said));
    imports.project.workshop = Arc::new(workshop);
    imports.import(&[("a.csv", &format!("{CROSSING}{QUIET}"))], day(2026, 8, 1));
    assert!(imports.lost.is_empty(), "{:?}", imports.lost);
    imports.import(&[("a.csv", QUIET)], day(2026, 9, 1));
    let is_said = |what: &str| imports.lost.iter().any(|line| line.contains(what));
    assert!(is_said("note on") && is_said("said in the workshop"), "{:?}", imports.lost);
}

#[test]
fn notes_go_along_and_one_whose_thing_is_gone_is_listed() {
    let mut imports = Imports::begun(&[("a.csv", &format!("{CROSSING}{QUIET}"))]);
    let k1 = NoteOn::Subject(SubjectName::Credential(CredentialName::Known("K1".to_owned())));
    let found = NoteOn::Finding(crossing("K1"));
    let notes = [(k1, "ask Ann".to_owned()), (found, "known since May".to_owned())];
    imports.project.notes = Arc::new(Notes::of(notes));
    let renamed = CROSSING.replace("K1", "R1");
    imports.import(&[("a.csv", &format!("{renamed}{QUIET}"))], day(2026, 8, 1));
    let words: Vec<_> =
        imports.project.notes.all().map(|(on, text)| (on.words(), text.to_owned())).collect();
    let wanted = [("KR01 Crosses environments: R1", "known since May"), ("R1", "ask Ann")];
    assert_eq!(words, wanted.map(|(on, text)| (on.to_owned(), text.to_owned())));
    assert!(imports.lost.is_empty());
    imports.import(&[("a.csv", QUIET)], day(2026, 9, 1));
    let lost = ["KR01 Crosses environments: R1", "R1"];
    let lost = lost.map(|name| format!("note on “{name}”: no longer in the inventory"));
    assert_eq!(imports.lost, lost);
    imports.import(
        &[("a.csv", &format!("{}{QUIET}", CROSSING.replace("K1", "S1")))],
        day(2026, 10, 1),
    );
    let words: Vec<_> = imports.project.notes.all().map(|(on, _)| on.words()).collect();
    assert_eq!(words, ["KR01 Crosses environments: S1", "S1"]);
}

#[test]
fn a_policy_switches_rules_off_and_rates_them_with_weights_that_add_up() {
    let mut imports = Imports::begun(&[("a.csv", &format!("{CROSSING}{QUIET}"))]);
    let severity = |imports: &Imports, rule: Rule| {
        let mut all = imports.answers.findings.iter().filter(|finding| finding.rule == rule);
        all.next().map(|finding| finding.severity)
    };
    let usual = severity(&imports, Rule::CrossesEnvironments).unwrap();
    let count = imports.answers.findings.len();
    for setting in RuleSetting::ALL {
        let assumptions = Arc::make_mut(&mut imports.project.assumptions);
        assumptions.rules.insert("KR01".to_owned(), setting);
        imports.answers = answers(&imports.project, &imports.project.sources);
        let found = severity(&imports, Rule::CrossesEnvironments);
        assert_eq!(found.map_or("off", Severity::word), setting.word());
        let is_off = setting == RuleSetting::Off;
        assert_eq!(imports.answers.findings.len(), count - usize::from(is_off));
        let all = imports.answers.findings.iter();
        for finding in all.filter(|finding| finding.rule == Rule::CrossesEnvironments) {
            let why = imports.answers.details(finding).why;
            let weight: i32 = why.iter().map(|reason| i32::from(reason.weight)).sum();
            assert_eq!(Severity::of_weight(weight), finding.severity);
            assert!(
                why.iter()
                    .any(|own| own.words == format!("the policy rates KR01 {}", setting.word()))
            );
        }
    }
    Arc::make_mut(&mut imports.project.assumptions).rules.clear();
    imports.answers = answers(&imports.project, &imports.project.sources);
    assert_eq!(severity(&imports, Rule::CrossesEnvironments), Some(usual));
}

#[test]
fn what_may_stand_in_rows_that_could_not_be_read_is_not_observed_until_they_can_be() {
    let whole = format!("{CROSSING}{QUIET}");
    let mut imports = Imports::begun(&[("a.csv", &whole)]);
    imports.decide(&crossing("K1"), &accepted());
    // A cell too many in both rows of K1.
    let broken = format!("K1,s-1,web,dev,holds,ann,2028-01-01,x\nK1,,db,prod,grants,,,x\n{QUIET}");
    for month in [8, 9] {
        imports.import(&[("a.csv", &broken)], day(2026, month, 1));
        assert_eq!(imports.state(&crossing("K1")), None);
        assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::NotObserved), "{month}");
    }
    imports.import(&[("a.csv", &whole)], day(2026, 10, 1));
    assert_eq!(imports.state(&crossing("K1")), Some(FindingState::RiskAccepted));
    // A row that was never readable hides nothing.
    let always = format!("{whole}K9,s-9,web,dev,holds,ann,2028-01-01,x\n");
    imports.import(&[("a.csv", &always)], day(2026, 11, 1));
    let gone = format!("{QUIET}K9,s-9,web,dev,holds,ann,2028-01-01,x\n");
    imports.import(&[("a.csv", &gone)], day(2026, 12, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::Resolved));
    // What the rows of K1 said is seen to be gone once no more rows are rejected than before.
    let mut imports = Imports::begun(&[("a.csv", &whole)]);
    imports.import(&[("a.csv", &broken)], day(2026, 8, 1));
    imports.import(&[("a.csv", QUIET)], day(2026, 9, 1));
    assert_eq!(imports.registered(&crossing("K1")), Some(FindingState::Resolved));
}

#[test]
fn the_figures_of_an_import_stay_whatever_ids_a_newer_one_gives() {
    let mut imports = Imports::begun(&[("a.csv", CROSSING)]);
    imports.decide(&crossing("K1"), &accepted());
    imports.import(&[("a.csv", &CROSSING.replace("K1", "R1"))], day(2026, 8, 1));
    let figures = imports.project.findings.imports[0].figures.as_ref().unwrap();
    assert_eq!(figures.accepted, 1);
}
