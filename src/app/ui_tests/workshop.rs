//! The work in a workshop: typed in two keystrokes, in the window and on the stage, and taken back.

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::hidden_names::{all_kinds, apply, hide, show};
use super::planted_names::everything_said;
use super::{empty, open, settle};
use crate::analysis::Subject;
use crate::app::model::Model;
use crate::app::model::command::{
    Command, NamesCommand, PolicyCommand, PresentCommand, ReimportCommand, SceneCommand,
    TableCommand, WorkshopCommand, WorkshopKey, Written,
};
use crate::app::model::tab::Tab;
use crate::app::model::to_copy::ToCopy;
use crate::app::panels::presentation::workshop_words;
use crate::app::shell::window::Window;
use crate::export::{Answered, FindingWork, report_document, write_report, write_text};
use crate::inventory::{Access, AssumptionKind};
use crate::project::{
    Assumption, CredentialName, Dispute, InstanceName, LinkName, Opening, Standings, WorkshopItem,
    WorkshopNoteKind, WrittenFact,
};

const ROWS: &str = "id,service,environment,access,owner\nk1,web,dev,holds,ann\nk1,db,prod,grants,ann\n\
                    k2,db,prod,,bob\n";

fn key(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press_modifiers(Modifiers::NONE, key);
    settle(harness);
}

/// Presses a key, types into the field that it opens, and keeps that.
fn write(harness: &mut Harness<'static, Window>, opens: Key, text: &str) {
    key(harness, opens);
    assert!(harness.state().model.session.workshop.is_some(), "{opens:?} opens the field");
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
    key(harness, Key::Enter);
}

fn opened() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "keys.csv", ROWS.as_bytes().to_vec());
    harness
}

fn credential(harness: &Harness<'static, Window>, id: &str) -> Subject {
    let answers = harness.state().model.answers.clone().expect("it is open");
    Subject::Credential(answers.graph.find_credential(id).expect("it is there"))
}

/// What was said, in words, with the scene.
fn said(model: &Model) -> Vec<String> {
    let entries = model.project.workshop.entries().iter();
    entries
        .map(|own| match &own.scene {
            None => own.item.words(),
            Some(scene) => format!("{} ({})", own.item.words(), scene.title()),
        })
        .collect()
}

fn fact(credential: &str, access: Access, service: &str, environment: &str) -> Command {
    let written = WrittenFact {
        credential: credential.to_owned(),
        access,
        service: service.to_owned(),
        environment: environment.to_owned(),
        by: "Bob".to_owned(),
        ..WrittenFact::default()
    };
    Command::Workshop(WorkshopCommand::Ask(Box::new(Written::Fact(written))))
}

fn keep() -> Command {
    Command::Workshop(WorkshopCommand::Keep)
}

fn dispute(assumption: Assumption, by: &str) -> Command {
    let (by, remark) = (by.to_owned(), "stale rows".to_owned());
    let written = Written::Dispute(Dispute { assumption, by, remark });
    Command::Workshop(WorkshopCommand::Ask(Box::new(written)))
}

fn links_of_workshop(model: &Model) -> Vec<String> {
    let answers = model.answers.clone().expect("it is open");
    let graph = &answers.graph;
    let edges = (0..graph.edges().len() as u32).map(crate::graph::EdgeIndex);
    let mut all = Vec::new();
    for edge in edges {
        let places: Vec<String> =
            graph.evidence(edge).map(|place| graph.inventory().place_text(place)).collect();
        if places.iter().any(|place| place.starts_with("workshop ")) {
            all.push(format!("{}: {}", LinkName::of(graph, edge).words(), places.join(" ")));
        }
    }
    all
}

#[test]
fn an_owner_a_next_step_and_a_question_take_one_key_the_words_and_enter() {
    let mut harness = opened();
    let k1 = credential(&harness, "k1");
    apply(&mut harness, Command::Select(Some(k1)));
    write(&mut harness, Key::O, "Ann");
    write(&mut harness, Key::D, "split by Friday");
    write(&mut harness, Key::Q, "who pays?");
    let model = &harness.state().model;
    assert_eq!(
        said(model),
        ["k1, owner: Ann", "k1, next step: split by Friday", "k1, parked: who pays?"]
    );
    assert_eq!(model.project.workshop.entries()[0].on, model.today);
    assert_eq!(model.undoes(), Some("noting “parked” on “k1”"));
    let inspector = everything_said(&harness);
    assert!(inspector.contains("owner: ann (2026-11-23)"), "{inspector}");
    apply(&mut harness, Command::Undo);
    assert_eq!(said(&harness.state().model).len(), 2);
    apply(&mut harness, Command::Redo);
    // Each can be taken back by itself, in the tab.
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Workshop)));
    harness.get_by_label("Take back: k1, owner: Ann").click();
    settle(&mut harness);
    assert_eq!(
        said(&harness.state().model),
        ["k1, next step: split by Friday", "k1, parked: who pays?"]
    );
    assert_eq!(harness.state().model.undoes(), Some("taking back “k1, owner: Ann”"));
    // Escape keeps nothing, and an owner needs somebody to own something.
    key(&mut harness, Key::D);
    key(&mut harness, Key::Escape);
    assert!(harness.state().model.session.workshop.is_none());
    apply(&mut harness, Command::Select(None));
    apply(&mut harness, Command::Workshop(WorkshopCommand::Begin(OWNER)));
    assert!(harness.state().model.session.workshop.is_none());
    assert!(harness.state().model.notice.as_deref().is_some_and(|why| why.contains("select a")));
    assert_eq!(said(&harness.state().model).len(), 2);
}

const OWNER: WorkshopKey = WorkshopKey::Note(WorkshopNoteKind::Owner);

#[test]
fn a_secret_value_that_is_typed_is_masked() {
    let mut harness = opened();
    write(&mut harness, Key::Q, "is ghp_abcdefghijklmnopqrstuvwxyz0123456789 live?");
    let [words] = said(&harness.state().model).try_into().expect("one thing was said");
    assert!(!words.contains("ghp_abc") && words.contains("live?"), "{words}");
}

#[test]
fn a_stated_fact_is_a_link_with_its_source_that_undo_takes_back_and_a_newer_export_keeps() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys.csv");
    std::fs::write(&file, ROWS).expect("written");
    let mut harness = empty();
    apply(&mut harness, Command::Open(Opening::Files(vec![file.clone()])));
    let k1 = credential(&harness, "k1");
    apply(&mut harness, Command::Select(Some(k1)));
    let reach = |harness: &Harness<'static, Window>| {
        let model = &harness.state().model;
        model.selection.as_ref().map(|own| own.radius.reached.len())
    };
    let before = reach(&harness);
    key(&mut harness, Key::G);
    let draft = harness.state().model.session.workshop.clone().expect("G opens the field");
    assert!(matches!(&draft.written, Written::Fact(own) if own.credential == "k1"));
    apply(&mut harness, fact("k1", Access::Grants, "billing", "prod"));
    let hint = everything_said(&harness);
    assert!(hint.contains("“billing in prod” is in no file yet: it is added"), "{hint}");
    apply(&mut harness, keep());
    let done = harness.state().model.notice.clone();
    assert_eq!(done.as_deref(), Some("stated: “billing in prod” is in no file, and is added"));
    let link = "k1 grants billing in prod: workshop 2026-11-23:2";
    assert_eq!(links_of_workshop(&harness.state().model), [link]);
    assert_eq!(reach(&harness), before.map(|count| count + 1), "what it reaches takes it in");
    assert_eq!(harness.state().model.selected(), Some(credential(&harness, "k1")));
    assert_eq!(harness.state().model.undoes(), Some("stating a fact on “k1”"));
    // What cannot be kept stays in the field, with why.
    for (command, why) in [
        (fact("k9", Access::Holds, "web", "dev"), "there is no such credential"),
        (fact("k1", Access::Grants, "billing", "production"), "says so already: workshop"),
    ] {
        apply(&mut harness, command);
        apply(&mut harness, keep());
        let draft = harness.state().model.session.workshop.clone().expect("it is still open");
        assert!(draft.why.as_deref().is_some_and(|own| own.contains(why)), "{draft:?}");
    }
    apply(&mut harness, Command::Back);
    apply(&mut harness, Command::Undo);
    assert!(links_of_workshop(&harness.state().model).is_empty());
    assert_eq!(reach(&harness), before);
    apply(&mut harness, Command::Redo);
    std::fs::write(&file, format!("{ROWS}k3,web,dev,holds,ann\n")).expect("written");
    for command in [ReimportCommand::Read, ReimportCommand::Replace] {
        apply(&mut harness, Command::Reimport(command));
    }
    assert_eq!(links_of_workshop(&harness.state().model), [link]);
    apply(&mut harness, Command::Workshop(WorkshopCommand::TakeBack(1)));
    assert!(links_of_workshop(&harness.state().model).is_empty());
    assert_eq!(harness.state().model.inventory().map(|own| own.sources.len()), Some(1));
}

/// The report of what is open names both disputes, as text and as JSON.
fn report_says_what_is_disputed(model: &Model) {
    assert_eq!(model.undoes(), Some("disputing “what a pivot needs”"));
    let (answers, assessed) =
        (model.answers.clone().expect("open"), model.assessment.clone().expect("judged"));
    let standings = Standings::of(&answers, &model.project.findings);
    let work = FindingWork {
        standings: &standings,
        register: &model.project.findings,
        notes: &model.project.notes,
    };
    let (assessment, workshop) = (&assessed.assessment, Some(&*model.project.workshop));
    let answered =
        Answered { answers: &answers, assessment, full: true, work: Some(work), workshop };
    let (mut text, mut json) = (Vec::new(), Vec::new());
    write_text(&report_document(&answered), &mut text).expect("memory takes it");
    write_report(&answered, &mut json).expect("memory takes it");
    let text = String::from_utf8(text).expect("text");
    assert!(text.contains("db in prod holds k2: disputed: stale rows (2026-11-23)"), "{text}");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let words: Vec<&str> = json["disputed"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|own| own["assumption"].as_str())
        .collect();
    assert_eq!(words, ["link", "pivot-needs"]);
    assert_eq!(json["disputed"][0]["credential"], "k2");
}

#[test]
fn what_is_disputed_is_said_beside_it_in_the_window_on_pictures_and_in_the_report() {
    let mut harness = opened();
    let k2 = credential(&harness, "k2");
    apply(&mut harness, Command::Select(Some(k2)));
    assert!(!everything_said(&harness).contains("disputed"));
    key(&mut harness, Key::Y);
    // An assumed link of what is selected comes first.
    let draft = harness.state().model.session.workshop.clone().expect("Y opens the field");
    let instance = InstanceName { service: "db".to_owned(), environment: "prod".to_owned() };
    let link = Assumption::Link(LinkName {
        credential: CredentialName::Known("k2".to_owned()),
        instance,
        holds: true,
    });
    assert!(matches!(&draft.written, Written::Dispute(own) if own.assumption == link), "{draft:?}");
    harness.event(egui::Event::Text("stale rows".to_owned()));
    harness.run();
    key(&mut harness, Key::Enter);
    apply(&mut harness, dispute(Assumption::Policy(AssumptionKind::PivotNeeds), "Eve"));
    apply(&mut harness, keep());
    let seen = everything_said(&harness);
    for words in
        ["pivot needs any, disputed", "1 assumed link disputed", "assumed, disputed: stale rows"]
    {
        assert!(seen.contains(words), "{words}: {seen}");
    }
    apply(&mut harness, Command::Policy(PolicyCommand::Open(true)));
    let seen = everything_said(&harness);
    assert!(seen.contains("what a pivot needs: disputed by eve: stale rows"), "{seen}");
    report_says_what_is_disputed(&harness.state().model);
    // The same once more says nothing new, and Undo takes the word away again.
    apply(&mut harness, dispute(Assumption::Policy(AssumptionKind::PivotNeeds), "Eve"));
    apply(&mut harness, keep());
    assert!(harness.state().model.session.workshop.is_some());
    apply(&mut harness, Command::Back);
    apply(&mut harness, Command::Undo);
    apply(&mut harness, Command::Undo);
    apply(&mut harness, Command::Policy(PolicyCommand::Open(false)));
    assert!(!everything_said(&harness).contains("disputed"));
}

/// Two scenes are presented, the second is in sight.
fn on_stage() -> Harness<'static, Window> {
    let mut harness = opened();
    let k1 = credential(&harness, "k1");
    for command in [
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Caption(0, "All".to_owned())),
        Command::Select(Some(k1)),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Caption(1, "One key".to_owned())),
        Command::Present(PresentCommand::Start),
        Command::Present(PresentCommand::GoTo(1)),
    ] {
        apply(&mut harness, command);
    }
    harness
}

#[test]
fn what_is_written_down_on_the_stage_lasts_with_its_scene() {
    let mut harness = on_stage();
    write(&mut harness, Key::D, "split it");
    // Keys that mean something on the stage are text in the field.
    key(&mut harness, Key::Q);
    for other in [Key::B, Key::Num1, Key::ArrowLeft, Key::Space] {
        key(&mut harness, other);
    }
    harness.event(egui::Event::Text("b, s and 1?".to_owned()));
    harness.run();
    key(&mut harness, Key::Enter);
    assert!(harness.state().model.session.presentation.as_ref().is_some_and(|own| !own.is_blank));
    let place = |model: &Model| model.session.presentation.as_ref().map(|own| own.at);
    assert_eq!(place(&harness.state().model), Some(1));
    key(&mut harness, Key::G);
    key(&mut harness, Key::Escape);
    assert_eq!(place(&harness.state().model), Some(1), "Escape left the field alone");
    apply(&mut harness, fact("k2", Access::Holds, "web", "dev"));
    apply(&mut harness, keep());
    let link = "web in dev holds k2: workshop 2026-11-23:2";
    assert_eq!(links_of_workshop(&harness.state().model), [link]);
    assert_eq!(place(&harness.state().model), Some(1), "the scene is shown again");
    apply(&mut harness, dispute(Assumption::Policy(AssumptionKind::UnstatedAccess), "Eve"));
    apply(&mut harness, keep());
    let foot = everything_said(&harness);
    assert!(foot.contains("rows without access: holds and grants, disputed"), "{foot}");
    key(&mut harness, Key::Escape);
    let model = &harness.state().model;
    assert!(model.session.presentation.is_none());
    assert_eq!(
        said(model),
        [
            "k1, next step: split it (Scene 2: One key)",
            "k1, parked: b, s and 1? (Scene 2: One key)",
            "web in dev holds k2, stated by Bob (Scene 2: One key)",
            "what rows without access mean: disputed by Eve: stale rows (Scene 2: One key)",
        ]
    );
    assert_eq!(links_of_workshop(model), [link]);
    for left in (0..4).rev() {
        apply(&mut harness, Command::Undo);
        assert_eq!(said(&harness.state().model).len(), left);
    }
    assert!(links_of_workshop(&harness.state().model).is_empty());
}

#[test]
fn notes_that_are_written_while_names_are_hidden_are_on_the_true_things() {
    let mut harness = on_stage();
    write(&mut harness, Key::O, "Zoe");
    apply(&mut harness, Command::Present(PresentCommand::Names));
    assert!(harness.state().model.hidden.is_some());
    let pseudonym = {
        let [note] = said(&harness.state().model).try_into().expect("one note");
        note.split(',').next().expect("a name").to_owned()
    };
    assert!(pseudonym.starts_with("credential "), "{pseudonym}");
    write(&mut harness, Key::D, &format!("replace {pseudonym}"));
    // A fact waits.
    apply(&mut harness, fact(&pseudonym, Access::Holds, "web", "dev"));
    apply(&mut harness, keep());
    let draft = harness.state().model.session.workshop.clone().expect("it is still open");
    assert!(draft.why.is_some_and(|why| why.contains("names are hidden")));
    key(&mut harness, Key::Escape);
    let open = harness.state().model.open_project().workshop.clone();
    let words: Vec<String> = open.entries().iter().map(|own| own.item.words()).collect();
    assert_eq!(words, ["k1, owner: Zoe", "k1, next step: replace k1"]);
    apply(&mut harness, Command::Present(PresentCommand::Leave));
    apply(&mut harness, Command::Names(NamesCommand::Switch));
    let model = &harness.state().model;
    assert!(model.hidden.is_none());
    assert_eq!(
        said(model),
        ["k1, owner: Zoe (Scene 2: One key)", "k1, next step: replace k1 (Scene 2: One key)"]
    );
    apply(&mut harness, Command::Undo);
    assert_eq!(said(&harness.state().model).len(), 1);
}

#[test]
fn the_minutes_are_copied_and_hide_what_is_hidden() {
    let mut harness = on_stage();
    write(&mut harness, Key::O, "Ann of k1");
    apply(&mut harness, Command::Present(PresentCommand::Leave));
    let copied = |harness: &mut Harness<'static, Window>| {
        let model = &mut harness.state_mut().model;
        model.apply(Command::Workshop(WorkshopCommand::CopyMinutes));
        match model.to_copy.take() {
            Some(ToCopy::Text(text)) => text,
            other => panic!("{other:?}"),
        }
    };
    let text = copied(&mut harness);
    assert!(text.starts_with("# Minutes of the workshop of 2026-11-23\n"), "{text}");
    assert!(
        text.contains("## Scene 2: One key") && text.contains("- k1, owner: Ann of k1"),
        "{text}"
    );
    hide(&mut harness, all_kinds());
    let text = copied(&mut harness).to_lowercase();
    assert!(text.contains("owner: (hidden)"), "{text}");
    assert!(
        !text.contains("k1") && !text.contains("ann of") && !text.contains("one key"),
        "{text}"
    );
    show(&mut harness);
    assert!(matches!(
        &harness.state().model.project.workshop.entries()[0].item,
        WorkshopItem::Note(own) if own.text == "Ann of k1"
    ));
}

#[test]
fn a_note_is_on_everything_that_is_selected_and_its_title_names_a_few() {
    let mut harness = opened();
    let rows: Vec<String> = (0..30).map(|at| format!("c{at},s{at},dev,holds,ann\n")).collect();
    let rows = format!("id,service,environment,access,owner\n{}", rows.concat());
    open(&mut harness, "many.csv", rows.into_bytes());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    settle(&mut harness);
    let selected = harness.state().model.selected_all().len();
    assert!(selected > 20, "{selected}");
    key(&mut harness, Key::O);
    harness.get_by_label_contains(&format!(" and {} more", selected - 4));
    harness.event(egui::Event::Text("Zoe".to_owned()));
    harness.run();
    key(&mut harness, Key::Enter);
    let workshop = harness.state().model.project.workshop.clone();
    let [entry] = workshop.entries() else { panic!("one note") };
    let WorkshopItem::Note(note) = &entry.item else { panic!("a note") };
    assert_eq!(note.about.len(), selected);
}

#[test]
fn a_fact_that_is_refused_can_be_written_anew_by_keyboard_and_tab_stays_in_the_field() {
    let mut harness = opened();
    let one = credential(&harness, "k1");
    harness.state_mut().model.apply(Command::Select(Some(one)));
    settle(&mut harness);
    key(&mut harness, Key::G);
    for (text, keys) in [("web", Key::Tab), ("dev", Key::Enter)] {
        harness.event(egui::Event::Text(text.to_owned()));
        harness.run();
        key(&mut harness, keys);
    }
    let draft = harness.state().model.session.workshop.clone().expect("it is refused");
    assert!(draft.why.is_some_and(|why| why.contains("says so already")));
    // Writing goes on in the field where Enter was pressed.
    harness.event(egui::Event::Text("2".to_owned()));
    harness.run();
    let draft = harness.state().model.session.workshop.clone().expect("it is open");
    let Written::Fact(fact) = &draft.written else { panic!("a fact") };
    assert_eq!(fact.environment, "dev2");
    // However often Tab is pressed, the focus stays within.
    for _ in 0..12 {
        key(&mut harness, Key::Tab);
        let model = &harness.state().model;
        assert!(harness.ctx.memory(egui::Memory::focused).is_some());
        assert_eq!(model.session.workshop.as_ref(), Some(&draft));
    }
    assert!(said(&harness.state().model).is_empty());
    harness.state_mut().model.apply(Command::Workshop(WorkshopCommand::Keep));
    settle(&mut harness);
    assert_eq!(said(&harness.state().model).len(), 1);
}

#[test]
fn on_the_stage_it_is_said_that_a_service_is_in_no_file_and_was_added() {
    let mut harness = on_stage();
    let foot = |harness: &Harness<'static, Window>| {
        workshop_words(harness.state().model.session.presentation.as_ref().expect("the stage"))
    };
    apply(&mut harness, fact("k1", Access::Grants, "billing", "prod"));
    apply(&mut harness, keep());
    let words = "written down: k1 grants billing in prod, stated by Bob, added: no file has it (U: take it back)";
    assert_eq!(foot(&harness).as_deref(), Some(words));
    // Of what a file has, or was added before, it is not said.
    apply(&mut harness, fact("k2", Access::Grants, "billing", "prod"));
    apply(&mut harness, keep());
    let words = "written down: k2 grants billing in prod, stated by Bob (U: take it back)";
    assert_eq!(foot(&harness).as_deref(), Some(words));
}

#[test]
fn a_name_that_is_proposed_gives_way_to_the_one_that_is_typed() {
    let mut harness = on_stage();
    let write = |harness: &mut Harness<'static, Window>, texts: &[(&str, Key)]| {
        for (text, next) in texts {
            if !text.is_empty() {
                harness.event(egui::Event::Text((*text).to_owned()));
                harness.run();
            }
            key(harness, *next);
        }
    };
    key(&mut harness, Key::Y);
    write(&mut harness, &[("too old", Key::Tab), ("Jane", Key::Enter)]);
    key(&mut harness, Key::Y);
    write(&mut harness, &[("and wrong", Key::Tab), ("Bob", Key::Enter)]);
    key(&mut harness, Key::Y);
    write(&mut harness, &[("as before", Key::Tab), ("", Key::Enter)]);
    let all = said(&harness.state().model).join("; ");
    assert!(all.contains("Jane") && all.contains("Bob"), "{all}");
    assert!(!all.contains("JaneBob") && !all.contains("BobJane"), "{all}");
    assert_eq!(harness.state().model.session.workshop_by, "Bob");
}
