//! The two prepared projects with scenes: made of the samples by this file, and nothing in them is gone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use keyreach::analysis::FixKind;
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress};
use keyreach::project::{
    CredentialName, FilterSwitch, FindingRegister, InstanceName, NamedFilters, NamedFix, Project,
    Scene, SceneFocus, SceneHop, ScenePath, SceneQuestion, SceneSpread, SceneView, Scenes, Sources,
    SubjectName, read_project, write_project,
};

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(name)
}

/// A sample as a project with scenes, judged on the day that its stories are about. It has no key: what
/// stands for secrets leads nowhere.
fn project(name: &str, scenes: Vec<Scene>) -> Project {
    let as_of = jiff::civil::date(2026, 11, 23);
    let file = FileBytes::new(name, std::fs::read(sample(name)).unwrap());
    let key = FingerprintKey::from_bytes([7; 32]);
    let settings = ImportSettings::default();
    let inventory = import(vec![file], &key, &settings, &Progress::default()).unwrap();
    let sources = Sources {
        files: vec![name.to_owned()],
        inventory: Some(Arc::new(inventory)),
        ..Sources::default()
    };
    Project {
        sources: Arc::new(sources),
        scenes: Arc::new(Scenes::of(scenes)),
        findings: Arc::new(FindingRegister::begun(as_of)),
        ..Project::under(Assumptions::new(as_of))
    }
}

fn known(id: &str) -> CredentialName {
    CredentialName::Known(id.to_owned())
}

fn at(service: &str, environment: &str) -> InstanceName {
    InstanceName { service: service.to_owned(), environment: environment.to_owned() }
}

fn key(id: &str) -> SubjectName {
    SubjectName::Credential(known(id))
}

fn service(service: &str, environment: &str) -> SubjectName {
    SubjectName::Instance(at(service, environment))
}

fn reach(name: SubjectName) -> SceneQuestion {
    SceneQuestion::Reach(vec![name])
}

/// A scene with its caption and the presenter's notes.
fn scene(caption: &str, notes: &str) -> Scene {
    Scene { caption: caption.to_owned(), notes: notes.to_owned(), ..Scene::default() }
}

fn path(from: InstanceName, hops: &[(&str, InstanceName)]) -> SceneQuestion {
    let hop = |(id, to): &(&str, InstanceName)| SceneHop { credential: known(id), to: to.clone() };
    SceneQuestion::Paths(vec![ScenePath { from, hops: hops.iter().map(hop).collect() }])
}

/// The talk: one forgotten copy.
fn talk() -> Project {
    let scenes = talk_question().into_iter().chain(talk_spread()).chain(talk_answer());
    project("talk.csv", scenes.collect())
}

/// Where the way into prod is.
fn talk_question() -> [Scene; 3] {
    [
        Scene {
            hides_answer: true,
            ..scene(
                "32 services and 31 credentials. Which one lets dev into prod?",
                "Leave it up for a minute. Let the audience guess before you go on.",
            )
        },
        Scene {
            view: SceneView::Lanes,
            question: reach(key("deploy-key-prod")),
            ..scene(
                "One of them climbs: a deploy key",
                "A lane for each environment. All other credentials stay in their lane.",
            )
        },
        Scene {
            question: reach(key("deploy-key-prod")),
            focus: Some(SceneFocus::Around(vec![key("deploy-key-prod")], 1)),
            ..scene(
                "Made for the build runner, copied into a demo shop",
                "Two holders: the runner needs it, the demo shop has it in a config file.",
            )
        },
    ]
}

/// How far it goes.
fn talk_spread() -> [Scene; 3] {
    let forgotten = service("demo-shop", "dev");
    [
        Scene {
            question: reach(forgotten.clone()),
            hop: Some(0),
            compromised: vec![forgotten.clone()],
            ..scene(
                "If the demo shop falls",
                "A key a hop. Ask what falls next before you press it.",
            )
        },
        Scene {
            view: SceneView::Spread,
            spread: SceneSpread { starts: vec![forgotten.clone()], backwards: false },
            question: reach(forgotten.clone()),
            compromised: vec![forgotten],
            ..scene("The same, a column a hop", "Three hops from a demo to the account database.")
        },
        Scene {
            view: SceneView::Path,
            hop: Some(0),
            question: path(
                at("demo-shop", "dev"),
                &[
                    ("deploy-key-prod", at("checkout", "prod")),
                    ("checkout-to-payments-prod", at("payments", "prod")),
                    ("payments-to-payments-db-prod", at("payments-db", "prod")),
                ],
            ),
            ..scene(
                "One way to the payments database",
                "Each hop with the rows of the inventory that say so.",
            )
        },
    ]
}

/// What ends it, and who does that.
fn talk_answer() -> [Scene; 2] {
    let split = vec![NamedFix::new("deploy-key-prod", FixKind::SplitByEnvironment)];
    let forgotten = service("demo-shop", "dev");
    [
        Scene {
            question: reach(forgotten),
            fixes: split,
            with_fixes: true,
            ..scene(
                "One fix: a deploy key for each environment",
                "First as it is, then with the fix: the counter runs down to none.",
            )
        },
        Scene {
            question: SceneQuestion::Owner(Some("Platform".to_owned())),
            ..scene("Who acts on Monday: Platform", "What the owner of the key answers for.")
        },
    ]
}

/// The review of the payments company: which three of 160.
fn payments() -> Project {
    let scenes = payments_question().into_iter().chain(payments_runner());
    project("payments.csv", scenes.chain(payments_others()).chain(payments_fixes()).collect())
}

fn runner() -> SubjectName {
    service("ci-runner", "test")
}

/// Where one would look, and what the headline says.
fn payments_question() -> [Scene; 3] {
    let only = |switch: FilterSwitch| NamedFilters {
        switches: [switch].into(),
        ..NamedFilters::default()
    };
    [
        Scene {
            hides_answer: true,
            ..scene(
                "192 services, 160 credentials: where would you look first?",
                "Collect guesses. The map has no answer yet.",
            )
        },
        Scene {
            filters: only(FilterSwitch::Headline),
            ..scene(
                "Five let dev, test or staging reach prod",
                "Everything else is in order. Two of the five rest on assumed access.",
            )
        },
        Scene {
            question: reach(key("release-deploy-key")),
            focus: Some(SceneFocus::Around(vec![key("release-deploy-key")], 1)),
            ..scene("The release key is held in test", "A runner that anybody's branch can use.")
        },
    ]
}

/// What falls with the runner.
fn payments_runner() -> [Scene; 3] {
    [
        Scene {
            question: reach(runner()),
            hop: Some(0),
            compromised: vec![runner()],
            ..scene("If the runner falls", "A key a hop; stop at the second one and ask.")
        },
        Scene {
            view: SceneView::Spread,
            spread: SceneSpread { starts: vec![runner()], backwards: false },
            question: reach(runner()),
            compromised: vec![runner()],
            ..scene("The same, a column a hop", "How far it is to the last of them.")
        },
        Scene {
            view: SceneView::Path,
            hop: Some(0),
            question: path(
                at("ci-runner", "test"),
                &[("release-deploy-key", at("payment-router", "prod"))],
            ),
            ..scene("One hop to the payment router", "With the two rows that say so.")
        },
    ]
}

/// The other ways into prod.
fn payments_others() -> [Scene; 4] {
    [
        Scene {
            question: reach(key("ledger-db-app-prod")),
            focus: Some(SceneFocus::Around(vec![key("ledger-db-app-prod")], 1)),
            ..scene(
                "The ledger's database password is in staging",
                "Two services in staging hold what opens the database of prod.",
            )
        },
        Scene {
            question: SceneQuestion::ReachedBy(at("ledger-db", "prod")),
            ..scene("Who reaches the ledger's database?", "Entry points, and their ways there.")
        },
        Scene {
            question: reach(key("metrics-agent-token")),
            focus: Some(SceneFocus::Around(vec![key("metrics-agent-token")], 1)),
            ..scene(
                "Two more, if silence means the worst",
                "The inventory does not say whether it grants. Who knows?",
            )
        },
        Scene {
            question: SceneQuestion::Owner(Some("Platform".to_owned())),
            ..scene("Who answers for most of it: Platform", "Ask for the owners of the others.")
        },
    ]
}

/// What the fixes bring.
fn payments_fixes() -> [Scene; 2] {
    let fix = |id: &str| NamedFix::new(id, FixKind::SplitByEnvironment);
    let all = [
        "release-deploy-key",
        "metrics-agent-token",
        "ledger-db-app-prod",
        "notification-template-key",
        "lumen-ai-shared",
    ];
    [
        Scene {
            question: reach(runner()),
            fixes: vec![fix("release-deploy-key")],
            with_fixes: true,
            ..scene("The first fix: split the release key", "109 pairs before, 35 after.")
        },
        Scene {
            fixes: all.map(fix).to_vec(),
            with_fixes: true,
            ..scene("All five fixes", "109 pairs before, none after; as few as it takes.")
        },
    ]
}

/// The prepared projects, with how many scenes each has.
fn prepared() -> [(&'static str, Project, usize); 2] {
    [("talk.keyreach", talk(), 8), ("payments.keyreach", payments(), 12)]
}

fn written(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_project(project, jiff::civil::date(2026, 11, 26), &mut bytes).unwrap();
    bytes
}

#[test]
fn the_prepared_projects_are_those_that_are_made_and_nothing_of_their_scenes_is_gone() {
    for (name, made, scenes) in prepared() {
        let bytes = std::fs::read(sample(name)).unwrap();
        let is_same = bytes == written(&made);
        assert!(is_same, "{name} is another one: see the manual, Development, on making it anew");
        let today = jiff::civil::date(2027, 3, 1);
        let project = read_project(&bytes, today, &Progress::default()).unwrap();
        assert_eq!(project.assumptions.as_of, jiff::civil::date(2026, 11, 23));
        assert_eq!(project.scenes.len(), scenes, "{name}");
        let inventory = project.sources.inventory.clone().unwrap();
        let graph = AccessGraph::build(inventory, &project.assumptions);
        for (at, scene) in project.scenes.list().iter().enumerate() {
            assert_eq!(scene.missing_in(&graph), Vec::<String>::new(), "{name}, scene {}", at + 1);
            assert!(!scene.caption.is_empty() && !scene.notes.is_empty());
        }
        assert!(project.scenes.list()[0].hides_answer, "{name} begins with a question");
    }
}

/// Makes the prepared projects anew.
#[test]
#[ignore = "writes the prepared projects"]
fn write_the_prepared_projects() {
    for (name, project, _) in prepared() {
        std::fs::write(sample(name), written(&project)).unwrap();
    }
}
