//! Answers over hidden names are the same, and none of the names is left.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Redaction, TextKind};
use crate::analysis::{Answers, Subject};
use crate::graph::AccessGraph;
use crate::graph::testing::{as_of, inventory};
use crate::inventory::{Access, Assumptions, Cost, Inventory, Level, Progress};
use crate::project::{
    Assumption, CredentialName, Dispute, Fixes, InstanceName, KeptPseudonyms, LinkName,
    NamedFilters, NamedFix, NotChosen, NoteOn, Notes, Project, RedactedKind, RedactedKinds,
    RotationList, Scene, SceneMark, SceneQuestion, Scenes, Sources, StatedFact, SubjectName,
    Workshop, WorkshopItem, WorkshopNote, WorkshopNoteKind, read_project, write_project,
};

const TYPES: [&str; 6] =
    ["api_key", "zorro_token", "Password", "quux", "AcmeTokens", "acme_lambda"];
const PLACES: [&str; 5] = ["wiki", "zorro_vault_wiki", "attic", "attic_two", "vault"];

/// One row of a written inventory, with names that share beginnings.
fn row() -> impl Strategy<Value = String> {
    let service = "[x-z]{1,2}(-[a-b])?@(dev|prod|test|lab|)";
    (
        ("[p-r]{1,3}", prop::sample::select(vec!["holds", "grants", "both", "?"])),
        prop::collection::vec(service, 1..3),
        (prop::sample::select(TYPES.to_vec()), prop::sample::select(PLACES.to_vec())),
        ("(Ann|bob|Cy);?(dee)?", prop::bool::ANY, "i[1-3]"),
    )
        .prop_map(|((id, access), services, (kind, place), (owner, dead, identity))| {
            let status = if dead { "dead" } else { "live" };
            format!(
                "{id} {access} {} type={kind} storage={place} owner={owner} status={status} \
                 identity={identity} kind={kind} service_owner={owner}",
                services.join(",")
            )
        })
}

fn answers(inventory: Inventory, policy: &Assumptions) -> Answers {
    let graph = AccessGraph::build(Arc::new(inventory), policy);
    Answers::compute(graph, &Progress::default()).unwrap()
}

fn policy() -> Assumptions {
    let mut policy = Assumptions::new(as_of());
    policy.plain_sight.push("attic".to_owned());
    policy.costs.insert("p".to_owned(), Cost::Never);
    policy.costs_by_type.insert("quux".to_owned(), Cost::Never);
    policy.entry_points = vec!["x@dev".to_owned(), "gone@lab".to_owned()];
    policy.environments.alias("lab", "test");
    policy
}

/// All findings by what they are about, and the figures of the whole.
fn judged(answers: &Answers) -> impl PartialEq + std::fmt::Debug {
    let findings = answers.findings.iter();
    let findings = findings.map(|one| (one.rule, one.subject, one.severity)).collect::<Vec<_>>();
    let edges: Vec<_> = answers.graph.edges().to_vec();
    let owners = answers.graph.credential_indices().map(|at| answers.graph.owners_of(at).to_vec());
    let owners: Vec<_> = owners.collect();
    (findings, answers.exposure.clone(), edges, owners, answers.ends.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn answers_are_the_same_but_for_the_names(
        rows in prop::collection::vec(row(), 0..12),
        hides_environments in prop::bool::ANY,
    ) {
        let (open, policy) = (inventory(&rows.join("\n")), policy());
        let kinds = RedactedKinds::default().with(RedactedKind::Environments, hides_environments);
        let names = Redaction::new(kinds, &open, &policy);
        let hidden = answers(names.inventory(&open, &policy), &names.policy(&policy));
        let shown = answers(open, &policy);
        prop_assert_eq!(format!("{:?}", judged(&shown)), format!("{:?}", judged(&hidden)));
        for at in shown.graph.credential_indices() {
            let pseudonym = hidden.graph.credential_name(at);
            prop_assert_eq!(&names.credential(shown.graph.credential_name(at)), pseudonym);
        }
        for (shown, hidden) in shown.graph.owners().iter().zip(hidden.graph.owners()) {
            prop_assert!(hidden.starts_with("owner ") && shown != hidden);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// A graph whose names were replaced is the same but for them, also where it sorts otherwise, and
    /// everything in it is found by its new name.
    #[test]
    fn a_renamed_graph_keeps_its_places_and_finds_by_the_new_names(
        rows in prop::collection::vec(row(), 0..12),
        kinds in 0_u8..128,
        chosen in "[A-Z][a-z]{3}",
    ) {
        let kinds = RedactedKind::ALL.into_iter().filter(|kind| kinds & 1 << *kind as u8 != 0);
        let kinds = RedactedKinds::of(kinds);
        let (open, policy) = (Arc::new(inventory(&rows.join("\n"))), policy());
        let mut names = Redaction::new(kinds, &open, &policy);
        let shown = AccessGraph::build(open.clone(), &policy);
        if let Some(at) = shown.credential_indices().next() {
            let of = SubjectName::of(&shown, Subject::Credential(at));
            let is_chosen = names.pseudonyms.choose(&of, &chosen);
            prop_assert!(matches!(is_chosen, Ok(()) | Err(NotChosen::NoName | NotChosen::HoldsName | NotChosen::WordOfAnswers)));
        }
        let inventory = names.hidden_inventory(&open, &policy);
        let hidden = names.graph(shown.clone(), &inventory);
        for at in hidden.credential_indices() {
            prop_assert_eq!(hidden.find_credential(hidden.credential_name(at)), Some(at));
            let was = shown.credential_name(at);
            prop_assert_eq!(&names.credential(was), hidden.credential_name(at));
            let is_same = was == hidden.credential_name(at);
            prop_assert_eq!(is_same, !kinds.has(RedactedKind::Credentials));
        }
        for at in hidden.instance_indices() {
            let (service, label) = (hidden.service_name(at), &hidden.environment_of(at).label);
            prop_assert_eq!(hidden.find_instance(service, label), Some(at));
        }
        let answers = |graph| Answers::compute(graph, &Progress::default()).unwrap();
        let (shown, hidden) = (answers(shown), answers(hidden));
        prop_assert_eq!(format!("{:?}", judged(&shown)), format!("{:?}", judged(&hidden)));
    }
}

const ROWS: &str = "zorro-key holds zorro-shop@dev owner=zorro type=zorro_token\n\
    zorro-key grants zorro-pay@prod owner=zorro tags=zorro,tier1 label=Zorro\n\
    zorro-other holds zorro-pay@zorro-lab storage=zorro_wiki identity=zorro kind=zorro";

/// A project in which every name that the user can leave is a planted one.
fn project() -> Project {
    let mut project = Project::under(policy());
    let instance = |service: &str, environment: &str| InstanceName {
        service: service.to_owned(),
        environment: environment.to_owned(),
    };
    let sources = Sources {
        files: vec!["zorro.csv".to_owned()],
        inventory: Some(Arc::new(inventory(ROWS))),
        ..Sources::default()
    };
    project.sources = Arc::new(sources);
    let fixes = Arc::make_mut(&mut project.fixes);
    let mut fix = NamedFix::new("zorro-key", crate::analysis::FixKind::Revoke);
    fix.holders = vec![instance("zorro-gone", "dev")];
    fixes.add(fix);
    project.ends.from = Some(instance("zorro-shop", "dev"));
    project.ends.needing = Some(CredentialName::Gone("zorro-gone-key".to_owned()));
    let starts = vec![
        SubjectName::Owner("zorro".to_owned()),
        SubjectName::Credential(CredentialName::Known("zorro-key~2".to_owned())),
    ];
    project.rotation = Arc::new(RotationList::of(starts, [].into()));
    let arrangement = Arc::make_mut(&mut project.arrangement);
    arrangement.folded_hubs.insert(SubjectName::Instance(instance("zorro-pay", "prod")));
    arrangement.collapsed.insert("zorro-lab".to_owned());
    let key = || SubjectName::Credential(CredentialName::Known("zorro-key".to_owned()));
    project.notes = Arc::new(Notes::of([(NoteOn::Subject(key()), "zorro".to_owned())]));
    let fixes = Fixes::clone(&project.fixes);
    Arc::make_mut(&mut project.scenarios).add("zorro plan", fixes);
    let filters = NamedFilters {
        owners: ["zorro".to_owned()].into(),
        types: ["zorro_token".to_owned()].into(),
        hidden_environments: ["zorro-lab".to_owned()].into(),
        search: "zorro".to_owned(),
        ..NamedFilters::default()
    };
    let scene = Scene {
        caption: "How far does zorro-key reach?".to_owned(),
        notes: "zorro".to_owned(),
        filters,
        compromised: vec![key()],
        question: SceneQuestion::Owner(Some("zorro".to_owned())),
        ..Scene::default()
    };
    project.scenes = Arc::new(Scenes::of(vec![scene]));
    project.workshop = Arc::new(workshop(key(), instance("zorro-new", "zorro-lab")));
    project
}

/// What a workshop brought, with planted names in each field.
fn workshop(about: SubjectName, instance: InstanceName) -> Workshop {
    let zorro = || "zorro".to_owned();
    let scene = || Some(SceneMark { number: 1, caption: "Zorro?".to_owned() });
    let credential = CredentialName::Known("zorro-key".to_owned());
    let link = LinkName { credential: credential.clone(), instance: instance.clone(), holds: true };
    let dispute = Dispute { assumption: Assumption::Link(link), by: zorro(), remark: zorro() };
    let (access, level) = (Access::Holds, Level::Unknown);
    let fact = StatedFact { credential, instance, access, level, by: zorro(), line: 2 };
    let note = WorkshopNote { kind: WorkshopNoteKind::Owner, about: vec![about], text: zorro() };
    let mut said = Workshop::default();
    for item in [WorkshopItem::Dispute(dispute), WorkshopItem::Fact(fact), WorkshopItem::Note(note)]
    {
        said.add(as_of(), scene(), item);
    }
    said
}

#[test]
fn a_redacted_project_holds_none_of_its_names() {
    let project = project();
    let text = |project: &Project| {
        let mut out = Vec::new();
        write_project(project, as_of(), &mut out).unwrap();
        String::from_utf8(out).unwrap().to_lowercase()
    };
    assert!(text(&project).contains("zorro"));
    let kinds = RedactedKinds::of(RedactedKind::ALL);
    let hidden = Redaction::of_project(kinds, &project).project(&project);
    let text = text(&hidden);
    let at = text.find("zorro");
    assert_eq!(at, None, "{:?}", at.map(|at| &text[at.saturating_sub(80)..at + 40]));
}

#[test]
fn fixes_and_ends_mean_the_same_in_a_redacted_project() {
    let project = project();
    let hidden = Redaction::of_project(RedactedKinds::default(), &project).project(&project);
    let graph = |project: &Project| {
        let inventory = project.sources.inventory.clone().unwrap();
        AccessGraph::build(inventory, &project.assumptions)
    };
    let (open, closed) = (graph(&project), graph(&hidden));
    assert_eq!(project.fixes.found_in(&open)[0].fix(), hidden.fixes.found_in(&closed)[0].fix());
    let from = |project: &Project, graph: &AccessGraph| {
        project.ends.from.as_ref().and_then(|name| name.found_in(graph))
    };
    assert!(from(&project, &open).is_some());
    assert_eq!(from(&project, &open), from(&hidden, &closed));
}

#[test]
fn pseudonyms_are_led_back_as_whole_words_in_every_form() {
    let open = inventory("a\"b<c holds =shop@dev");
    let names = Redaction::new(RedactedKinds::default(), &open, &Assumptions::new(as_of()));
    let credential = names.credential("a\"b<c");
    let service = names.written("=shop@dev", &Assumptions::new(as_of()));
    let text = format!("{credential} holds {service}; {credential}-x {credential}s x{credential}");
    let revealed = |kind| names.reveal(&text, kind).unwrap();
    let (plain, count) = revealed(TextKind::Plain);
    let rest = format!("; {credential}-x {credential}s x{credential}");
    assert_eq!((plain, count), (format!("a\"b<c holds =shop@dev{rest}"), 2));
    assert!(revealed(TextKind::Json).0.starts_with("a\\\"b<c holds"));
    assert!(revealed(TextKind::Markup).0.starts_with("a&quot;b&lt;c holds"));
    let service = service.strip_suffix("@dev").unwrap();
    let table = format!("{service},{credential}\n");
    assert_eq!(names.reveal(&table, TextKind::Csv).unwrap().0, "'=shop,\"a\"\"b<c\"\n");
}

/// One inventory of a project after the other, each with names of its own.
fn inventories() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(row(), 0..8), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever names come to a project, saved and opened in between: each has a pseudonym of its own,
    /// they sort as the names do, and none that was made once is another one later.
    #[test]
    fn a_project_keeps_its_pseudonyms(all in inventories()) {
        let mut project = Project::under(policy());
        for rows in all {
            let before = project.pseudonyms.clone();
            let inventory = Arc::new(inventory(&rows.join("\n")));
            let sources = Sources { inventory: Some(inventory), ..Sources::default() };
            project.sources = Arc::new(sources);
            let names = Redaction::of_project(RedactedKinds::default(), &project);
            project.pseudonyms = Arc::new(names.pseudonyms().clone());
            let (old, new) = (pairs(&before), pairs(&project.pseudonyms));
            prop_assert!(old.iter().all(|pair| new.contains(pair)), "{old:?} {new:?}");
            for (own, next) in new.iter().zip(new.iter().skip(1)) {
                prop_assert!(own.0 != next.0 || own.2 < next.2, "{own:?} {next:?}");
            }
            let distinct: std::collections::BTreeSet<&str> =
                new.iter().map(|(_, _, to)| to.as_str()).collect();
            prop_assert_eq!(distinct.len(), new.len());
            let mut bytes = Vec::new();
            write_project(&project, as_of(), &mut bytes).unwrap();
            let again = read_project(&bytes, as_of(), &Progress::default()).unwrap();
            prop_assert_eq!(&again.pseudonyms, &project.pseudonyms);
            project = again;
        }
    }
}

/// What each name is, the name, and its pseudonym, as a project keeps them.
fn pairs(kept: &KeptPseudonyms) -> Vec<(String, String, String)> {
    let all = kept.all().flat_map(|(of, own)| own.entries().map(move |pair| (of, pair)));
    all.map(|(of, (name, to))| (format!("{of:?}"), name.to_owned(), to.to_owned())).collect()
}

#[test]
fn a_redacted_copy_does_not_keep_the_pseudonyms() {
    let mut project = project();
    let names = Redaction::of_project(RedactedKinds::default(), &project);
    project.pseudonyms = Arc::new(names.pseudonyms().clone());
    assert!(!project.pseudonyms.is_empty());
    let again = Redaction::of_project(RedactedKinds::default(), &project);
    assert_eq!(again.pseudonyms(), names.pseudonyms());
    assert!(again.project(&project).pseudonyms.is_empty());
}
