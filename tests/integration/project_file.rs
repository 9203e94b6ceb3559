//! The project file: all that the user made and all that was imported comes back, and what is not what
//! was written is refused.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyreach::export::{Answered, write_report};
use keyreach::import::{ColumnMapping, FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{
    Access, AssumptionKind, CredentialFacts, Date, Identity, InstanceFacts, Inventory, Level, Link,
    NameId, Parting, Progress, SpokenInstance,
};
use keyreach::project::{
    Acceptance, Arrangement, Assumption, CredentialName, Decision, Dispute, FilterSwitch,
    FindingName, FindingRecord, FindingRegister, FindingSubject, Fixes, GroupBy, HiddenByHand,
    ImportFigures, ImportPoint, InstanceName, KeptFilters, LastView, LinkName, LostCredentials,
    MissingSource, NamedFilters, NamedFix, NoteOn, Notes, Opening, PathName, Pin, PlannedFix,
    Project, ProjectFileError, ReadFile, ReadFiles, RedactedKinds, Redaction, RotationList,
    RotationStep, SavedFilters, Scenarios, Scene, SceneCamera, SceneFocus, SceneHop, SceneMark,
    ScenePath, SceneQuestion, SceneSpread, SceneView, Scenes, SeenFixes, SeenView, Sighting,
    Sources, SubjectName, Workshop, WorkshopItem, WorkshopNote, WorkshopNoteKind, WrittenFact,
    is_project, is_undamaged, read_project, state_fact, without_entry, write_project,
};
use keyreach::{analysis, graph::AccessGraph};
use proptest::prelude::*;

use super::gate::Wrong;
use super::properties::cases;

const VERSION_1: &[u8] = include_bytes!("../projects/version-1.keyreach");
const VERSION_2: &[u8] = include_bytes!("../projects/version-2.keyreach");
const VERSION_3: &[u8] = include_bytes!("../projects/version-3.keyreach");
const VERSION_4: &[u8] = include_bytes!("../projects/version-4.keyreach");
const VERSION_5: &[u8] = include_bytes!("../projects/version-5.keyreach");
const VERSION_6: &[u8] = include_bytes!("../projects/version-6.keyreach");

pub(crate) fn today() -> Date {
    jiff::civil::date(2026, 11, 26)
}

fn key() -> FingerprintKey {
    FingerprintKey::from_bytes([5; 32])
}

fn imported(files: Vec<FileBytes>, settings: &ImportSettings) -> Option<Inventory> {
    import(files, &key(), settings, &Progress::default()).ok()
}

/// A project over an inventory, in which nothing is as it is by default.
fn made_over(inventory: Inventory, settings: ImportSettings) -> Project {
    let mut project = Project::new(jiff::civil::date(2026, 7, 1));
    let known = |id: &str| CredentialName::Known(id.to_owned());
    let at = |service: &str, environment: &str| InstanceName {
        service: service.to_owned(),
        environment: environment.to_owned(),
    };
    let assumptions = Arc::make_mut(&mut project.assumptions);
    assumptions.rotation_days = 30;
    assumptions.entry_points = vec!["web@dev".to_owned()];
    assumptions.environments.alias("eu-live", "prod");
    let mut identity = NamedFix::new("K1", analysis::FixKind::WorkloadIdentity);
    identity.holders = vec![at("web", "dev")];
    identity.grants = Some(vec![at("db", "prod"), at("quote \" and \u{202e}", "")]);
    identity.on = false;
    project.fixes =
        Arc::new(Fixes::of(vec![NamedFix::new("K2", analysis::FixKind::SplitByOwner), identity]));
    project.ends.from = Some(at("web", "dev"));
    project.ends.needing = Some(CredentialName::Gone("K9".to_owned()));
    project.ends.stated_only = true;
    let done = [
        RotationStep::Clean(at("web", "dev")),
        RotationStep::Replace(known("K1")),
        RotationStep::Put(known("K1"), at("db", "prod")),
    ];
    let starts = vec![
        SubjectName::Credential(known("K1")),
        SubjectName::Instance(at("db", "prod")),
        SubjectName::Owner("ann".to_owned()),
    ];
    project.rotation = Arc::new(RotationList::of(starts, done.into_iter().collect()));
    project.arrangement = Arc::new(Arrangement {
        group_by: GroupBy::Owner,
        collapsed: ["ann".to_owned()].into(),
        folded_hubs: [SubjectName::Credential(known("K1"))].into(),
        pins: [
            ((GroupBy::Owner, SubjectName::Credential(known("K1"))), Pin { x: -7, y: 40 }),
            ((GroupBy::Kind, SubjectName::Instance(at("web", "dev"))), Pin { x: 0, y: 1 }),
        ]
        .into(),
    });
    project.filters = Arc::new(made_filters());
    let files: Vec<String> = inventory.sources.iter().map(|one| one.name.clone()).collect();
    let read = |name: &String| ReadFile { name: name.clone(), bytes: 7, digest: "d1".to_owned() };
    project.sources = Arc::new(Sources {
        read: ReadFiles { files: files.iter().map(read).collect(), key: Some(key().mark()) },
        opening: Some(Opening::Files(files.iter().map(PathBuf::from).collect())),
        files,
        inventory: Some(Arc::new(inventory)),
        settings: Arc::new(settings),
    });
    project
}

/// What is hidden, and two filters with names, with every kind of filter in one of them.
fn made_filters() -> KeptFilters {
    let credential = |id: &str| SubjectName::Credential(CredentialName::Known(id.to_owned()));
    let instance = InstanceName { service: "db".to_owned(), environment: "prod".to_owned() };
    let mut by_hand = HiddenByHand::default();
    by_hand.hide_others([credential("K2"), SubjectName::Instance(instance)]);
    by_hand.hide([credential("K1")]);
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let filters = NamedFilters {
        hidden_environments: texts(&["", "dev"]),
        types: texts(&["key"]),
        owners: texts(&["ann", "Kunde Z\u{e4}hler"]),
        severities: [analysis::Severity::Critical, analysis::Severity::Low].into(),
        switches: [
            FilterSwitch::EntryPoints,
            FilterSwitch::CrownJewels,
            FilterSwitch::AlreadyFallen,
            FilterSwitch::Shared,
            FilterSwitch::Crossing,
            FilterSwitch::Headline,
            FilterSwitch::UnsharedHidden,
            FilterSwitch::Inverted,
        ]
        .into(),
        search: "env:prod \"a b\"".to_owned(),
        by_hand: by_hand.clone(),
    };
    let saved = |name: &str, filters| SavedFilters { name: name.to_owned(), filters };
    KeptFilters::of(by_hand, vec![saved("mine", filters), saved("all", NamedFilters::default())])
}

/// A finding whose risk is accepted, one that was not observed, and one that waits for its proof.
fn made_records() -> [(FindingName, FindingRecord); 3] {
    let known = |id: &str| CredentialName::Known(id.to_owned());
    let on = |rule: analysis::Rule, about: FindingSubject| FindingName { rule, about };
    let acceptance = Acceptance {
        reason: "old \u{202e} \"contract\"".to_owned(),
        until: jiff::civil::date(2027, 3, 1),
        by: "ann".to_owned(),
    };
    let missing = MissingSource {
        file: "b.csv".to_owned(),
        column: Some("owner".to_owned()),
        rejected: None,
    };
    let at = InstanceName { service: "db".to_owned(), environment: "prod".to_owned() };
    [
        (
            on(analysis::Rule::NoExpiry, FindingSubject::Credential(known("K1"))),
            FindingRecord {
                decision: Decision::RiskAccepted(acceptance),
                assignee: Some("bob".to_owned()),
                due: Some(jiff::civil::date(2026, 12, 24)),
                ..FindingRecord::default()
            },
        ),
        (
            on(analysis::Rule::ExtractionPoint, FindingSubject::Instance(at)),
            FindingRecord {
                first_seen: 1,
                sighting: Sighting::NotObserved(1, vec![missing]),
                decision: Decision::Planned(PlannedFix {
                    scenario: "small".to_owned(),
                    fix: Some(known("K1")),
                }),
                ..FindingRecord::default()
            },
        ),
        (
            on(analysis::Rule::SeveralOfOneIdentity, FindingSubject::Identity("svc".to_owned())),
            FindingRecord {
                sighting: Sighting::Gone(1),
                reopened: Some(1),
                worse: Some(1),
                decision: Decision::WaitingForProof,
                ..FindingRecord::default()
            },
        ),
    ]
}

/// The same with decisions, notes and scenarios.
fn with_work(mut project: Project) -> Project {
    let known = |id: &str| CredentialName::Known(id.to_owned());
    let on = |rule: analysis::Rule, about: FindingSubject| FindingName { rule, about };
    let at = InstanceName { service: "db".to_owned(), environment: "prod".to_owned() };
    let records = made_records();
    let figures = ImportFigures {
        pairs: 4,
        connected: 2,
        connected_stated: 1,
        open: [1, 2, 3, 4],
        accepted: 5,
    };
    let import = |on: Date, figures| ImportPoint { on, figures };
    project.findings = Arc::new(FindingRegister {
        imports: vec![
            import(jiff::civil::date(2026, 7, 1), Some(figures)),
            import(jiff::civil::date(2026, 8, 1), None),
        ],
        records: records.into_iter().collect(),
    });
    let path = PathName { from: at.clone(), through: vec![known("K1")], to: at };
    project.notes = Arc::new(Notes::of([
        (NoteOn::Subject(SubjectName::Path(Box::new(path))), "two\nlines".to_owned()),
        (
            NoteOn::Finding(on(
                analysis::Rule::NoOwner,
                FindingSubject::Credential(CredentialName::Gone("K9".to_owned())),
            )),
            "ask".to_owned(),
        ),
    ]));
    let names = Redaction::of_project(RedactedKinds::default(), &project);
    project.pseudonyms = Arc::new(names.pseudonyms().clone());
    let fix = NamedFix::new("K1", analysis::FixKind::Revoke);
    project.scenarios = Arc::new(Scenarios::of(
        vec!["small".to_owned(), "empty".to_owned()],
        vec![("small".to_owned(), fix)],
    ));
    let lost = [(known("K8"), keyreach::inventory::Fingerprint(7))];
    project.lost = Arc::new(LostCredentials(lost.into_iter().collect()));
    project.scenes = Arc::new(Scenes::of(made_scenes()));
    let seen = |scene: Scene| SeenView { scene, fixes: None, active: false };
    let mut views: Vec<SeenView> = made_scenes().into_iter().map(seen).collect();
    let fixes = [
        SeenFixes::AsItIs,
        SeenFixes::Listed,
        SeenFixes::Plan,
        SeenFixes::Scenario("small".to_owned()),
    ];
    for (view, fixes) in views.iter_mut().zip(fixes) {
        view.fixes = Some(fixes);
    }
    views[1].active = true;
    project.last_view = LastView::of(views);
    project
}

/// Scenes in which each part is once as it is not by default.
fn made_scenes() -> Vec<Scene> {
    let known = |id: &str| CredentialName::Known(id.to_owned());
    let at = || InstanceName { service: "db".to_owned(), environment: "prod".to_owned() };
    let credential = || SubjectName::Credential(known("K1"));
    let path = ScenePath { from: at(), hops: vec![SceneHop { credential: known("K2"), to: at() }] };
    let first = Scene {
        caption: "Where \"is\" it?\nLook".to_owned(),
        notes: "wait".to_owned(),
        hides_answer: true,
        ..Scene::default()
    };
    let second = Scene {
        view: SceneView::Spread,
        spread: SceneSpread { starts: vec![credential()], backwards: true },
        camera: SceneCamera::Around(vec![SubjectName::Instance(at())]),
        filters: NamedFilters { search: "env:prod".to_owned(), ..NamedFilters::default() },
        dims: true,
        focus: Some(SceneFocus::Around(vec![credential()], 2)),
        question: SceneQuestion::Paths(vec![path]),
        hop: Some(1),
        compromised: vec![SubjectName::Owner("ann".to_owned())],
        fixes: vec![NamedFix::new("K1", analysis::FixKind::Revoke)],
        with_fixes: true,
        ..Scene::default()
    };
    let asking = |question: SceneQuestion| Scene {
        question,
        focus: Some(SceneFocus::Lit),
        ..Scene::default()
    };
    let others = [
        SceneQuestion::Reach(vec![credential()]),
        SceneQuestion::ReachedBy(at()),
        SceneQuestion::Owner(None),
    ];
    [first, second].into_iter().chain(others.map(asking)).collect()
}

pub(crate) fn written(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_project(project, today(), &mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Result<Project, ProjectFileError> {
    read_project(bytes, today(), &Progress::default())
}

/// Everything of a project in words; of the inventory what it says, not in which order names and facts were
/// met with, and fingerprints, which show nothing of themselves, as digits.
fn description(project: &Project) -> String {
    let mut all = project.clone();
    let sources = Arc::make_mut(&mut all.sources);
    let inventory = sources.inventory.take().unwrap();
    format!("{all:#?}{:?}{}", project.assumptions, told_inventory(&inventory))
}

fn told_inventory(inventory: &Inventory) -> String {
    let text = |name: NameId| inventory.text(name);
    let named = |name: Option<NameId>| name.map(text);
    let known = |own: &Identity| {
        let ids = inventory.ids_of_identity(Some(own)).iter().copied().map(text);
        format!(
            "{:?} {:x?} {:?}",
            ids.collect::<Vec<_>>(),
            own.fingerprint.map(|own| own.0),
            own.joined_by
        )
    };
    let instance = |own: &SpokenInstance| (text(own.service), text(own.environment));
    let mut description = format!("{:#?}\n", inventory.sources);
    for own in &inventory.instances {
        writeln!(description, "{:?}", instance(own)).unwrap();
    }
    for own in &inventory.identities {
        writeln!(description, "{}", known(own)).unwrap();
    }
    let Parting { rows, identities, remaining, joined_at } = &inventory.parting;
    for (of, own) in remaining {
        writeln!(description, "{of:?} is then {}", known(own)).unwrap();
    }
    for own in identities {
        writeln!(description, "then also {}", known(own)).unwrap();
    }
    writeln!(description, "{rows:?} {joined_at:?}").unwrap();
    for row in &inventory.rows {
        let facts = &inventory.facts[row.facts.0 as usize];
        let parts =
            [facts.kind, facts.label, facts.identity, facts.owner, facts.storage, facts.tags];
        let facts = CredentialFacts {
            kind: None,
            label: None,
            identity: None,
            owner: None,
            storage: None,
            tags: None,
            ..facts.clone()
        };
        let of_service = &inventory.instance_facts[row.instance_facts.0 as usize];
        let service_names = (named(of_service.kind), named(of_service.owner));
        let of_service = InstanceFacts { kind: None, owner: None, ..of_service.clone() };
        writeln!(
            description,
            "{:?} {:?} {:?} {facts:?} {service_names:?} {of_service:?}",
            row.credential,
            row.place,
            parts.map(named),
        )
        .unwrap();
    }
    for link in &inventory.links {
        let at = instance(&inventory.instances[link.instance.0 as usize]);
        let Link { row, instance: _, instance_assumed, access, level } = link;
        writeln!(description, "{row:?} {at:?} {instance_assumed} {access:?} {level:?}").unwrap();
    }
    write!(description, "{:#?}", inventory.problems).unwrap();
    description
}

fn report(project: &Project) -> String {
    let inventory = project.sources.inventory.clone().unwrap();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    let progress = Progress::default();
    let answers = analysis::Answers::compute(graph, &progress).unwrap();
    let assessment = analysis::assess(&answers.graph, &answers.ends, 1_000, &progress).unwrap();
    let answered = Answered {
        answers: &answers,
        assessment: &assessment,
        full: true,
        work: None,
        workshop: None,
    };
    let mut out = Vec::new();
    write_report(&answered, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What is wrong with a project once it was written and read.
fn lost(project: &Project) -> Option<String> {
    let bytes = written(project);
    let again = match read(&bytes) {
        Ok(again) => again,
        Err(error) => return Some(error.to_string()),
    };
    let (before, after) = (description(project), description(&again));
    if before != after {
        let other = before.lines().zip(after.lines()).find(|(before, after)| before != after);
        return Some(format!("{other:?} in {}", String::from_utf8_lossy(&bytes)));
    }
    if report(&again) != report(project) {
        return Some("another report".to_owned());
    }
    (written(&again) != bytes || !is_project(&bytes) || !is_undamaged(&bytes))
        .then(|| "it is not written again as it was".to_owned())
}

fn all_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { all_below(&path, found) } else { found.push(path) }
    }
}

/// Every labelled file, every case and every sample, with the column mapping beside it.
fn fixtures() -> Vec<(String, Vec<FileBytes>, ImportSettings)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests/imports", "tests/cases", "sample-data"] {
        all_below(&root.join(folder), &mut paths);
    }
    let is_label = |path: &Path| {
        path.extension()
            .is_some_and(|end| ["expected", "mapping", "toml", "md"].iter().any(|own| end == *own))
    };
    paths.retain(|path| !is_label(path));
    let fixture = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let mapping = std::fs::read_to_string(format!("{}.mapping", path.display())).ok();
        let mappings = mapping.map(|text| ColumnMapping::parse(&text).unwrap());
        let settings = ImportSettings {
            mappings: mappings.into_iter().collect(),
            ..ImportSettings::default()
        };
        let file = FileBytes::new(name.clone(), std::fs::read(path).unwrap());
        (name, vec![file], settings)
    };
    paths.iter().map(fixture).collect()
}

#[test]
fn every_fixture_comes_back_from_a_project_with_the_same_report() {
    let (mut tried, mut wrong) = (0, Wrong::default());
    for (name, files, settings) in fixtures() {
        let Some(inventory) = imported(files, &settings) else { continue };
        let project = made_over(inventory, settings);
        let lost = lost(&project);
        wrong.unless(lost.is_none(), || format!("{name}: {}", lost.unwrap_or_default()));
        tried += 1;
    }
    assert!(tried >= 150, "{tried}");
    wrong.assert_none();
}

/// A row of cells; some ids, secrets and labels come again and again.
fn row() -> impl Strategy<Value = String> {
    let id = prop_oneof![Just(String::new()), "k[0-4]", "[a-z\u{e9}\u{202e}\" ]{1,5}"];
    let secret = prop_oneof![Just(String::new()), "s3cret-[0-3]"];
    let environment = prop_oneof![Just(""), Just("dev"), Just("Prod"), Just("odd")];
    let access = prop_oneof![Just(""), Just("holds"), Just("grants"), Just("both"), Just("?")];
    let level = prop_oneof![Just(""), Just("read"), Just("admin")];
    let day = prop_oneof![Just(""), Just("2026-01-02"), Just("never"), Just("32.13.2026")];
    let status = prop_oneof![Just(""), Just("active"), Just("revoked"), Just("odd")];
    (id, secret, "[a-c]{1}", environment, access, level, day, status).prop_map(
        |(id, secret, service, environment, access, level, day, status)| {
            let id = id.replace('"', "\"\"");
            format!(
                "\"{id}\",{secret},{service},{environment},{access},{level},{day},{day},{status}\n"
            )
        },
    )
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn every_random_inventory_comes_back(
        files in prop::collection::vec(prop::collection::vec(row(), 1..12), 1..3)
    ) {
        let header = "id,secret,service,environment,access,level,expires,last_used,status\n";
        let file = |(at, rows): (usize, &Vec<String>)| {
            FileBytes::new(format!("f{at}.csv"), format!("{header}{}", rows.concat()).into_bytes())
        };
        let files = files.iter().enumerate().map(file).collect();
        if let Some(inventory) = imported(files, &ImportSettings::default()) {
            let project = with_work(made_over(inventory, ImportSettings::default()));
            prop_assert_eq!(lost(&project), None);
        }
    }
}

/// A project as small as one can be that has an entry in every section of version 1.
fn small_of_version_1() -> Project {
    let files = ["a", "b"].map(|name| {
        let rows = "id,secret,service,environment,access,owner,expires\n\
                    K1,s-1,web,dev,holds,ann,2026-12-01\nK1,,db,prod,grants,,\nK2,,web,dev,,,1.2.3.4\n";
        FileBytes::new(format!("{name}.csv"), rows.as_bytes().to_vec())
    });
    let settings = ImportSettings { apart: [7].into(), ..ImportSettings::default() };
    made_over(imported(files.into(), &settings).unwrap(), settings)
}

/// The same with an entry in each section of findings as work.
pub(crate) fn small() -> Project {
    with_workshop(with_work(small_of_version_1()))
}

/// The same with what a workshop brought: a dispute of each sort, a note and a fact.
fn with_workshop(mut project: Project) -> Project {
    let day = jiff::civil::date(2026, 6, 30);
    let k1 = CredentialName::Known("K1".to_owned());
    let web = InstanceName { service: "web".to_owned(), environment: "dev".to_owned() };
    let dispute = |assumption, by: &str| {
        let (by, remark) = (by.to_owned(), "stale rows".to_owned());
        WorkshopItem::Dispute(Dispute { assumption, by, remark })
    };
    let link = LinkName { credential: k1.clone(), instance: web, holds: true };
    let mut workshop = Workshop::default();
    let access = Assumption::Policy(AssumptionKind::UnstatedAccess);
    workshop.add(day, None, dispute(access, "ann"));
    workshop.add(day, None, dispute(Assumption::Link(link), ""));
    let note = WorkshopNote {
        kind: WorkshopNoteKind::NextStep,
        about: vec![SubjectName::Credential(k1), SubjectName::Owner("ann".to_owned())],
        text: "split by Friday".to_owned(),
    };
    let scene = SceneMark { number: 1, caption: "K1".to_owned() };
    workshop.add(day, Some(scene), WorkshopItem::Note(note));
    project.workshop = Arc::new(workshop);
    let inventory = project.sources.inventory.clone().unwrap();
    let graph = AccessGraph::build(inventory, &project.assumptions);
    let fact = WrittenFact {
        credential: "K1".to_owned(),
        access: Access::Grants,
        level: Level::Write,
        service: "web".to_owned(),
        environment: "dev".to_owned(),
        by: "ann".to_owned(),
    };
    state_fact(&project, &graph, &fact, (day, None)).unwrap()
}

/// A project as a file of version 5 holds it: without what workshops brought.
fn of_version_5(project: Project) -> Project {
    let entries = project.workshop.entries().iter().map(|entry| entry.number);
    let numbers: Vec<u32> = entries.collect();
    numbers.into_iter().fold(project, |project, number| without_entry(&project, number))
}

#[test]
fn a_project_of_which_a_byte_is_another_is_refused_in_words() {
    let bytes = written(&small());
    let text = String::from_utf8(bytes.clone()).unwrap();
    let ends: Vec<usize> = (1..)
        .zip(text.lines())
        .filter(|(_, line)| line.starts_with("{\"digest\""))
        .map(|(number, _)| number)
        .collect();
    // Every byte once with one bit flipped; which bit goes round. What is short is tried in full.
    for at in 0..bytes.len() {
        let bits = if at < 600 || at + 200 > bytes.len() { 0..8 } else { at % 8..at % 8 + 1 };
        for bit in bits {
            let mut other = bytes.clone();
            other[at] ^= 1 << bit;
            let error = read(&other).expect_err("it is not what was written");
            assert!(!error.to_string().is_empty());
            assert!(!is_undamaged(&other));
            if let ProjectFileError::Damaged { place, .. } = error {
                let line = bytes[..at].split(|byte| *byte == b'\n').count();
                let end = ends.iter().copied().find(|end| *end >= line).unwrap_or(line);
                assert!(is_at(&place, line, end), "byte {at} is in line {line}, not {place}");
            }
        }
    }
}

/// Whether a place in words covers a line, or a later one of its section: a count that is wrong shows
/// where the entries end.
fn is_at(place: &str, line: usize, end: usize) -> bool {
    let numbers: Vec<usize> = place
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|number| number.parse().ok())
        .collect();
    let (first, last) = (numbers[0], *numbers.last().unwrap());
    first <= end + 1 && line <= last
}

#[test]
fn a_project_that_ends_early_or_goes_on_is_refused_in_words() {
    let bytes = written(&small());
    for length in 0..bytes.len() {
        assert!(read(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
        assert!(!is_undamaged(&bytes[..length]));
    }
    for more in ["\n", " ", "{}\n"] {
        let longer = [bytes.as_slice(), more.as_bytes()].concat();
        let error = read(&longer).unwrap_err().to_string();
        assert!(error.contains("goes on after its end"), "{error}");
    }
}

#[test]
fn lines_that_change_places_or_come_twice_are_refused() {
    let bytes = written(&small());
    let text = String::from_utf8(bytes).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for at in 1..lines.len() {
        let mut swapped = lines.clone();
        swapped.swap(at - 1, at);
        if swapped != lines {
            assert!(read(swapped.concat().as_bytes()).is_err(), "line {at}");
        }
        let mut twice = lines.clone();
        twice.insert(at, lines[at]);
        assert!(read(twice.concat().as_bytes()).is_err(), "line {at}");
        let mut less = lines.clone();
        less.remove(at);
        assert!(read(less.concat().as_bytes()).is_err(), "line {at}");
    }
}

#[test]
fn a_newer_version_is_refused_in_words() {
    let text = String::from_utf8(written(&small())).unwrap();
    let newer = text.replacen("\"version\":7", "\"version\":8,\"more\":[]", 1);
    assert_eq!(read(newer.as_bytes()).unwrap_err(), ProjectFileError::Newer { version: 8 });
    let error = ProjectFileError::Newer { version: 8 }.to_string();
    assert!(error.contains("newer Keyreach") && error.contains("up to 7"), "{error}");
    for other in ["", "\n", "id,service\n", "{\"format\":\"other\",\"version\":1}\n", "[]\n"] {
        assert_eq!(read(other.as_bytes()).unwrap_err(), ProjectFileError::NoProject);
    }
}

#[test]
fn an_entry_that_refers_to_nothing_is_refused_even_where_every_digest_fits() {
    let text = String::from_utf8(written(&small())).unwrap();
    let mut tried = 0;
    for (section, from, to) in [
        ("rows", "\"credential\":\"", "\"credential\":\"no "),
        ("rows", "\"credential\":\"K1\"", "\"credential\":[\"K1\",7]"),
        ("rows", "\"credential\":\"K1\"", "\"credential\":70"),
        ("rows", "\"credential\":\"K1\"", "\"credential\":{\"fingerprint\":\"9\"}"),
        ("rows", "\"apart\":{\"part\":1}", "\"apart\":{\"part\":2}"),
        ("rows", "\"apart\":{\"part\":1}", "\"apart\":{\"place\":7}"),
        ("rows", "\"lines\":2", "\"lines\":-2"),
        ("rows", "\"source\":1", "\"source\":91"),
        ("rows", "\"web\"", "\"no web\""),
        ("parting", "\"remaining\":[\"K2\"", "\"remaining\":[\"K7\""),
        ("credentials", "\"fingerprint\":\"", "\"fingerprint\":\"9"),
        ("problems", "\"source\":", "\"source\":9"),
    ] {
        let start = text.find(&format!("{{\"section\":\"{section}\"")).unwrap();
        let at = start + text[start + 10..].find(from).expect(section) + 10;
        let changed = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        let sealed = sealed(&changed);
        let error = read(sealed.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("not there"), "{section}: {error}");
        tried += 1;
    }
    assert_eq!(sealed(&text), text, "digests are made as the program makes them");
    assert_eq!(tried, 12);
}

/// The text with the digests that belong to it: of a section's lines, and at the end of all.
fn sealed(text: &str) -> String {
    let (mut sealed, mut start) = (String::new(), 0);
    for line in text.split_inclusive('\n') {
        if line.starts_with("{\"section\"") {
            start = sealed.len();
        }
        if line.starts_with("{\"digest\"") {
            let digest = blake3::hash(&sealed.as_bytes()[start..]).to_hex();
            writeln!(sealed, "{{\"digest\":\"{digest}\"}}").unwrap();
        } else if line.starts_with("{\"end\"") {
            let digest = blake3::hash(sealed.as_bytes()).to_hex();
            writeln!(sealed, "{{\"end\":\"{digest}\"}}").unwrap();
        } else {
            sealed.push_str(line);
        }
    }
    sealed
}

#[test]
fn the_stored_project_of_version_1_opens_with_all_that_it_holds() {
    let project = read(VERSION_1).unwrap();
    // What the format had no place for is as at the first import.
    let mut wanted = small_of_version_1();
    wanted.findings = Arc::new(FindingRegister::begun(wanted.assumptions.as_of));
    wanted.filters = Arc::default();
    wanted.pseudonyms = Arc::default();
    wanted.last_view = LastView::default();
    assert_eq!(description(&project), description(&wanted));
    let names: Vec<&str> =
        project.sources.read.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.csv", "b.csv"]);
    assert_eq!(project.assumptions.as_of, jiff::civil::date(2026, 7, 1));
    let ledger = project.sources.inventory.as_ref().unwrap().ledger();
    assert_eq!(ledger.read(), 6);
}

#[test]
fn the_stored_project_of_version_2_opens_with_all_that_it_holds() {
    let mut wanted = of_version_4(small());
    wanted.scenes = Arc::default();
    wanted.pseudonyms = Arc::default();
    wanted.last_view = LastView::default();
    assert_eq!(description(&read(VERSION_2).unwrap()), description(&wanted));
}

#[test]
fn the_stored_project_of_version_3_opens_with_all_that_it_holds() {
    let (found, now) = (read(VERSION_3).unwrap(), of_version_4(small()));
    // More names have a pseudonym by now; those of then are the same.
    assert!(!found.pseudonyms.is_empty() && now.pseudonyms.has_all_of(&found.pseudonyms));
    let (last_view, pseudonyms) = (LastView::default(), found.pseudonyms.clone());
    assert_eq!(description(&found), description(&Project { pseudonyms, last_view, ..now }));
}

#[test]
fn the_stored_project_of_version_4_opens_with_all_that_it_holds() {
    let wanted = of_version_4(small());
    assert_eq!(description(&read(VERSION_4).unwrap()), description(&wanted));
}

#[test]
fn the_stored_project_of_version_5_opens_with_all_that_it_holds() {
    let wanted = of_version_5(small());
    assert_eq!(description(&read(VERSION_5).unwrap()), description(&wanted));
}

#[test]
fn the_stored_project_of_version_6_opens_with_all_that_it_holds() {
    assert_eq!(description(&read(VERSION_6).unwrap()), description(&small()));
}

/// A project as a file of version 4 holds it: what is planned names a scenario alone.
fn of_version_4(project: Project) -> Project {
    let mut project = of_version_5(project);
    let mut findings = FindingRegister::clone(&project.findings);
    for record in findings.records.values_mut() {
        if let Decision::Planned(planned) = &mut record.decision {
            planned.fix = None;
        }
    }
    project.findings = Arc::new(findings);
    project.last_view = LastView::of_scenes(made_scenes());
    project
}

/// The stored project of the version that is written.
fn sample_of_now() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects/version-7.keyreach")
}

#[test]
fn the_stored_project_of_this_version_is_written_as_it_is_read() {
    let sample = std::fs::read(sample_of_now()).unwrap();
    let project = read(&sample).unwrap();
    let text = String::from_utf8(written(&project)).unwrap();
    assert_eq!(text, String::from_utf8(sample).unwrap());
    assert_eq!(description(&project), description(&small()));
}

#[test]
fn pseudonyms_out_of_order_are_refused() {
    let text = String::from_utf8(written(&small())).unwrap();
    let start = text.find("{\"section\":\"pseudonyms\"").unwrap();
    let at = start + text[start..].find("\"pseudonym\":\"").unwrap() + 13;
    let changed = format!("{}~{}", &text[..at], &text[at..]);
    assert!(read(sealed(&changed).as_bytes()).is_err());
    assert_eq!(sealed(&text), text);
}

/// Writes the sample anew: only where the format of this version was wrong before anybody had it.
#[test]
#[ignore = "writes the stored sample"]
fn write_the_stored_project() {
    std::fs::write(sample_of_now(), written(&small())).unwrap();
}

#[test]
fn an_as_of_date_is_kept_only_where_it_is_another_day_than_that_of_saving() {
    let mut project = small();
    let later = jiff::civil::date(2027, 1, 1);
    let read_later = |bytes: &[u8]| read_project(bytes, later, &Progress::default()).unwrap();
    let kept = read_later(&written(&project)).assumptions.as_of;
    assert_eq!(kept, jiff::civil::date(2026, 7, 1));
    Arc::make_mut(&mut project.assumptions).as_of = today();
    assert_eq!(read_later(&written(&project)).assumptions.as_of, later);
}

#[test]
fn a_project_without_an_inventory_keeps_what_was_decided() {
    let mut project = small();
    project.sources = Arc::default();
    let again = read(&written(&project)).unwrap();
    assert_eq!(again, project);
    assert!(again.sources.inventory.is_none());
}

#[test]
fn what_cannot_be_read_again_is_not_said_to_be_on_disk() {
    let mut project = small();
    let pasted = Opening::Bytes(vec![("b.csv".to_owned(), b"c4nary".to_vec())]);
    let files = Opening::Files(vec!["a.csv".into()]);
    let mut sources = Sources::clone(&project.sources);
    sources.opening = Some(Opening::Together(vec![files, pasted]));
    project.sources = Arc::new(sources);
    let bytes = written(&project);
    assert!(!String::from_utf8_lossy(&bytes).contains("c4nary"));
    let again = read(&bytes).unwrap();
    assert!(again.sources.opening.is_none());
    assert_eq!(again.sources.files, ["a.csv", "b.csv"]);
}

#[test]
fn mappings_of_other_inventories_do_not_come_along() {
    let mapping = |columns: &[&str]| ColumnMapping {
        columns: columns.iter().map(|name| ((*name).to_owned(), "id".to_owned())).collect(),
        ..ColumnMapping::default()
    };
    let own = mapping(&["id", "secret", "service", "environment", "access", "owner", "expires"]);
    let mut project = small();
    let mut sources = Sources::clone(&project.sources);
    let remembered = vec![mapping(&["Kunde Meier"]), own.clone()];
    sources.settings =
        Arc::new(ImportSettings { remembered, ..ImportSettings::clone(&sources.settings) });
    project.sources = Arc::new(sources);
    let bytes = written(&project);
    assert!(!String::from_utf8_lossy(&bytes).contains("Meier"));
    assert_eq!(read(&bytes).unwrap().sources.settings.remembered, [own]);
}

#[test]
fn reading_stops_when_it_is_cancelled() {
    let row = |at: u32| format!("K{at},web,dev\n");
    let rows: String = (0..20_000).map(row).collect();
    let file = FileBytes::new("a.csv", format!("id,service,environment\n{rows}").into_bytes());
    let inventory = imported(vec![file], &ImportSettings::default()).unwrap();
    let bytes = written(&made_over(inventory, ImportSettings::default()));
    let progress = Progress::default();
    progress.cancel();
    let stopped = read_project(&bytes, today(), &progress);
    assert_eq!(stopped.unwrap_err(), ProjectFileError::Cancelled);
}
