//! Names planted in every field: none is in sight, in a file or in the clipboard while names are hidden.

use std::fmt::Write as _;

use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::hidden_names::{all_kinds, apply, hide, show};
use super::{empty, open, settle};
use crate::analysis::{FixKind, Subject};
use crate::app::commands::copying::COPY_ACTIONS;
use crate::app::model::command::{
    AnswerCommand, ArrangeCommand, Command, End, FindingCommand, FixCommand, LookCommand,
    PolicyCommand, PresentCommand, ProjectCommand, RotationCommand, ScenarioCommand, SceneCommand,
    SightCommand, TableCommand, UnsavedAnswer, WorkshopCommand, WorkshopKey, Written,
};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::export_what::ExportWhat;
use crate::app::model::finding_draft::{DecisionDraft, DecisionKind};
use crate::app::model::tab::Tab;
use crate::app::model::to_copy::ToCopy;
use crate::app::shell::window::Window;
use crate::graph::{CredentialIndex, InstanceIndex};
use crate::inventory::{Assumptions, Cost};
use crate::project::{
    Assumption, CredentialName, Dispute, FindingName, GroupBy, InstanceName, LinkName, NamedFix,
    NoteOn, Pin, RedactedKind, RedactedKinds, SubjectName, WorkshopNote, WorkshopNoteKind,
    WrittenFact,
};
use crate::scene::ViewKind;

/// What every planted name holds, in small letters.
pub(super) const NEEDLE: &str = "zqx";

/// Names in every field, in other letter case, and inside other words.
const ROWS: &str = "\
credential_id,name,type,service,environment,access,owner,storage,identity,tags,service_type,service_owner,expires
Zqx-Deploy-Key,ZQX deploy,zqx api key,zqxShop,Dev,holds,\"ann@zqx.example; team-ZQX\",zqx wiki page,svc_zqx,\"zqx,tier1\",zqx database,zQx-ops,2027-01-01
Zqx-Deploy-Key,ZQX deploy,zqx api key,Ledger of Zqx,prod,grants,team-ZQX,zqx wiki page,svc_zqx,,zqx lambda,zQx-ops,2027-01-01
zqx.key.2,,zqx api key,zqxShop,dev,holds,,/zqx/vault,svc_zqx,,,,32.13.2026
zqx.key.2,,zqx api key,Ledger of Zqx,zqx-lab,grants,,,svc_zqx,,,,
,,zqx,zqxShop,prod,holds,zqx gmbh,,,,,,
,,zqx,Ledger of Zqx,prod,grants,zqx gmbh,,,,,,
zqx.key.3,,,,,,,,,,,,,,too,many,zqx
";

fn thing() -> SubjectName {
    SubjectName::Credential(CredentialName::Known("Zqx-Deploy-Key".to_owned()))
}

/// A policy with planted names in each of its lists.
fn policy(before: &Assumptions) -> Assumptions {
    let mut policy = before.clone();
    policy.plain_sight.push("zqx page".to_owned());
    policy.entry_points = vec!["zqxShop@dev".to_owned(), "zqxGone@zqx-lab".to_owned()];
    policy.crown_jewels = vec!["Ledger of Zqx@prod".to_owned()];
    policy.costs_by_type.insert("zqx api key".to_owned(), Cost::Never);
    policy.environments.alias("zqx-live", "prod");
    policy
}

/// What a workshop brought, with planted names in each field.
fn workshop() -> Vec<Command> {
    let text = |text: &str| text.to_owned();
    let note = WorkshopNote {
        kind: WorkshopNoteKind::Parked,
        about: vec![thing()],
        text: text("Zqx asks"),
    };
    let link = LinkName {
        credential: CredentialName::Known(text("Zqx-Deploy-Key")),
        instance: InstanceName { service: text("zqxShop"), environment: text("dev") },
        holds: true,
    };
    let assumption = Assumption::Link(link);
    let dispute = Dispute { assumption, by: text("Zqx"), remark: text("zQx doubts it") };
    let fact = WrittenFact {
        credential: text("Zqx-Deploy-Key"),
        service: text("zqxNew"),
        environment: text("zqx-lab"),
        by: text("team-ZQX"),
        ..WrittenFact::default()
    };
    let all = [Written::Note(note), Written::Dispute(dispute), Written::Fact(fact)];
    let ask = |own: Written| Command::Workshop(WorkshopCommand::Ask(Box::new(own)));
    all.into_iter().flat_map(|own| [ask(own), Command::Workshop(WorkshopCommand::Keep)]).collect()
}

/// A window on a file with planted names, in which the user has left them in every place.
pub(super) fn planted() -> Harness<'static, Window> {
    let mut harness = empty();
    open(&mut harness, "zqx-inventory.csv", ROWS.as_bytes().to_vec());
    let answers = harness.state().model.answers.clone().expect("it is open");
    let finding = FindingName::of(&answers.graph, &answers.findings[0]);
    let draft = DecisionDraft {
        reason: "Zqx says so".to_owned(),
        until: "2027-03-01".to_owned(),
        by: "Zqx".to_owned(),
        on: vec![finding],
        kind: DecisionKind::RiskAccepted,
        ..DecisionDraft::default()
    };
    let policy = policy(&harness.state().model.project.assumptions);
    for command in [
        Command::Assume(policy),
        Command::Fix(FixCommand::Add(NamedFix::new("Zqx-Deploy-Key", FixKind::Revoke))),
        Command::Scenario(ScenarioCommand::Keep("plan of Zqx".to_owned())),
        Command::Answer(AnswerCommand::Pick(End::From, Some(InstanceIndex(0)))),
        Command::Rotate(RotationCommand::Add(thing())),
        Command::Arrange(ArrangeCommand::Pin(vec![(thing(), Pin { x: 1, y: 2 })])),
        Command::Arrange(ArrangeCommand::Collapse("zqx-lab".to_owned(), true)),
        Command::Finding(FindingCommand::Note(NoteOn::Subject(thing()), "ask zQX".to_owned())),
        Command::Finding(FindingCommand::Decide(Box::new(draft))),
        Command::Sight(SightCommand::Save("only Zqx".to_owned())),
        Command::Look(LookCommand::Search("zqx".to_owned())),
        Command::Select(Some(Subject::Credential(CredentialIndex(0)))),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Notes(0, "say that ZQX knows".to_owned())),
        Command::Select(Some(Subject::Instance(InstanceIndex(0)))),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Caption(1, "the trouble with Zqx".to_owned())),
    ]
    .into_iter()
    .chain(workshop())
    {
        apply(&mut harness, command);
    }
    assert_eq!(harness.state().model.project.scenes.len(), 2);
    harness
}

/// Every text that is painted, in the pictures of the views, or said to a screen reader.
pub(super) fn everything_said(harness: &Harness<'static, Window>) -> String {
    fn painted(shape: &egui::Shape, all: &mut String) {
        match shape {
            egui::Shape::Text(text) => {
                all.push_str(text.galley.text());
                all.push('\n');
            }
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| painted(shape, all)),
            _ => {}
        }
    }
    let mut all = String::new();
    for clipped in &harness.output().shapes {
        painted(&clipped.shape, &mut all);
    }
    for node in harness.query_all(By::new().predicate(|_| true)) {
        let node = node.accesskit_node();
        let texts = [node.label(), node.value(), node.data().description().map(str::to_owned)];
        for text in texts.into_iter().flatten() {
            all.push_str(&text);
            all.push('\n');
        }
    }
    if let Some(picture) = harness.state().picture() {
        write!(all, "{picture:?}").expect("a string takes all");
    }
    all.push_str(&harness.state().model.title());
    all.to_lowercase()
}

/// Goes through what the window can show, and collects where a text stands in sight.
struct Walk<'a> {
    harness: &'a mut Harness<'static, Window>,
    found: Vec<String>,
}

impl Walk<'_> {
    fn look(&mut self, place: &str) {
        let said = everything_said(self.harness);
        assert!(said.len() > 500, "{place} says nothing: {said}");
        self.note(place, &said);
    }

    fn note(&mut self, place: &str, said: &str) {
        if let Some(at) = said.find(NEEDLE) {
            let before = said[..at].chars().count().saturating_sub(40);
            let near: String = said.chars().skip(before).take(80).collect();
            self.found.push(format!("{place}: …{near}…"));
        }
    }

    fn at(&mut self, command: Command) {
        let place = format!("{command:?}");
        apply(self.harness, command);
        self.look(&place);
    }

    /// Tables, things, views and regions.
    fn window(&mut self) {
        for tab in Tab::ALL {
            self.at(Command::Table(TableCommand::Show(tab)));
        }
        let answers = self.harness.state().model.answers.clone().expect("it is open");
        for subject in answers.subjects() {
            self.at(Command::Select(Some(subject)));
        }
        for kind in ViewKind::ALL {
            self.at(Command::Look(LookCommand::ShowAs(kind)));
        }
        apply(self.harness, Command::Look(LookCommand::ShowAs(ViewKind::Map)));
        for by in [GroupBy::Owner, GroupBy::Service, GroupBy::Kind, GroupBy::Environment] {
            self.at(Command::Arrange(ArrangeCommand::GroupBy(by)));
        }
    }

    /// Pages and questions that lie over the window.
    fn pages(&mut self) {
        let look = |on, off| (Command::Look(on), Command::Look(off));
        let field = |key| {
            let leave = Command::Workshop(WorkshopCommand::Leave);
            (Command::Workshop(WorkshopCommand::Begin(key)), leave)
        };
        let leave = || Command::Project(ProjectCommand::Answer(UnsavedAnswer::Cancel));
        for (on, off) in [
            (
                Command::Policy(PolicyCommand::Open(true)),
                Command::Policy(PolicyCommand::Open(false)),
            ),
            look(LookCommand::History(true), LookCommand::History(false)),
            look(LookCommand::Palette(true), LookCommand::Palette(false)),
            look(LookCommand::Help(true), LookCommand::Help(false)),
            (Command::Export(ExportCommand::Ask), Command::Export(ExportCommand::Cancel)),
            (Command::Project(ProjectCommand::Save), leave()),
            (Command::Project(ProjectCommand::Quit), leave()),
            field(WorkshopKey::Dispute),
            field(WorkshopKey::Fact),
            field(WorkshopKey::Note(WorkshopNoteKind::Parked)),
        ] {
            self.at(on);
            apply(self.harness, off);
        }
    }

    /// The scenes, in their list and on the stage.
    fn stage(&mut self) {
        let count = self.harness.state().model.project.scenes.len();
        apply(self.harness, Command::Table(TableCommand::Show(Tab::Scenes)));
        for at in 0..count {
            self.at(Command::Scene(SceneCommand::Show(at)));
        }
        for at in 0..count {
            apply(self.harness, Command::Present(PresentCommand::Start));
            apply(self.harness, Command::Present(PresentCommand::GoTo(at)));
            settle(self.harness);
            self.look(&format!("scene {at} on the stage"));
            self.at(Command::Present(PresentCommand::Clock));
            apply(self.harness, Command::Present(PresentCommand::Leave));
        }
    }

    /// The clipboard.
    fn copies(&mut self) {
        let answers = self.harness.state().model.answers.clone().expect("it is open");
        let listed = [Tab::Findings, Tab::Credentials, Tab::Services, Tab::Problems, Tab::Paths];
        for tab in listed {
            apply(self.harness, Command::Table(TableCommand::Show(tab)));
            apply(self.harness, Command::Table(TableCommand::Pick(0)));
            for action in &COPY_ACTIONS {
                let model = &mut self.harness.state_mut().model;
                if action.available(model).is_err() {
                    continue;
                }
                let command = (action.command)(model);
                model.apply(command);
                if let Some(ToCopy::Text(text)) = model.to_copy.take() {
                    self.note(&format!("{} at {tab:?}", action.name), &text.to_lowercase());
                }
            }
        }
        let model = &mut self.harness.state_mut().model;
        model.apply(Command::Workshop(WorkshopCommand::CopyMinutes));
        if let Some(ToCopy::Text(text)) = model.to_copy.take() {
            self.note("the minutes", &text.to_lowercase());
        }
        for subject in answers.subjects() {
            let text = crate::app::commands::subject_text::subjects_text(&answers, &[subject]);
            self.note("a thing as text", &text.to_lowercase());
        }
    }

    /// Every file that can be written.
    fn files(&mut self) {
        let folder = tempfile::tempdir().expect("a folder");
        for what in ExportWhat::ALL {
            for (ending, _) in what.endings() {
                let path = folder.path().join(format!("out.{ending}"));
                for command in [
                    ExportCommand::Ask,
                    ExportCommand::What(what),
                    ExportCommand::Path(path.display().to_string()),
                    ExportCommand::Write,
                ] {
                    apply(self.harness, Command::Export(command));
                }
                let bytes = std::fs::read(&path).expect("it is written");
                std::fs::remove_file(&path).expect("it was written");
                let text = unpacked(&bytes).to_lowercase();
                self.note(&format!("{} as {ending}", what.name()), &text);
            }
        }
    }
}

/// What is written: of a workbook all that is packed in it, of pages what another reader finds in them.
fn unpacked(bytes: &[u8]) -> String {
    if bytes.starts_with(b"%PDF") {
        return format!("{}{}", String::from_utf8_lossy(bytes), read_by_another(bytes));
    }
    let Ok(mut packed) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut all = String::new();
    for at in 0..packed.len() {
        let file = packed.by_index(at).expect("a part");
        all.push_str(&std::io::read_to_string(file).expect("text"));
    }
    all
}

/// The text of pages, where there is a program that reads them.
fn read_by_another(pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    std::io::Write::write_all(&mut file, pdf).expect("written");
    let read = std::process::Command::new("pdftotext").arg(file.path()).arg("-").output();
    read.map(|read| String::from_utf8_lossy(&read.stdout).into_owned()).unwrap_or_default()
}

/// Where in the window the needle stands.
fn said_where(harness: &mut Harness<'static, Window>) -> Vec<String> {
    let mut walk = Walk { harness, found: Vec::new() };
    walk.window();
    walk.pages();
    walk.stage();
    walk.copies();
    walk.files();
    walk.found
}

#[test]
fn no_planted_name_is_in_sight_while_names_are_hidden() {
    let mut harness = planted();
    let seen = said_where(&mut harness);
    for place in [
        "on the stage",
        "the minutes",
        "at Problems",
        "Report as json",
        "Picture as svg",
        "Inventory as xlsx",
        "Tab",
    ] {
        let place = if place == "Tab" { "Table(" } else { place };
        assert!(seen.iter().any(|own| own.contains(place)), "{place}: {seen:#?}");
    }
    hide(&mut harness, all_kinds());
    assert_eq!(said_where(&mut harness), Vec::<String>::new());
    let model = &harness.state().model;
    let kept = format!("{:?}{:?}", model.project, model.history).to_lowercase();
    assert!(!kept.contains(NEEDLE), "what is shown holds no name");
    show(&mut harness);
    assert!(everything_said(&harness).contains(NEEDLE), "the names are in sight again");
}

/// Of what is hidden alone nothing is left where it stands in other texts: with free text shown, in types,
/// storage places, tags, captions and notes; with files alone, in what credentials without an id are called.
#[test]
fn a_kind_alone_is_hidden_in_other_texts_too() {
    let mut harness = empty();
    let rows = "id,service,environment,access,type,storage,tags,owner\n\
                k1,Zqxshop,dev,holds,zqxshop key,the wiki of ZQXSHOP,for-zqxshop,ann\n\
                k1,db,prod,grants,key,,,ann\n,Zqxshop,dev,holds,key,,,bob\n,db,prod,grants,key,,,bob\n";
    open(&mut harness, "keys.csv", rows.as_bytes().to_vec());
    let key = SubjectName::Credential(CredentialName::Known("k1".to_owned()));
    for command in [
        Command::Finding(FindingCommand::Note(NoteOn::Subject(key), "ask zqxshop".to_owned())),
        Command::Scene(SceneCommand::Add),
        Command::Scene(SceneCommand::Caption(0, "The trouble with ZqxShop".to_owned())),
    ] {
        apply(&mut harness, command);
    }
    hide(&mut harness, RedactedKinds::of([RedactedKind::Services]));
    let mut walk = Walk { harness: &mut harness, found: Vec::new() };
    walk.window();
    walk.pages();
    walk.stage();
    assert_eq!(walk.found, Vec::<String>::new());
    apply(&mut harness, Command::Table(TableCommand::Show(Tab::Scenes)));
    assert!(everything_said(&harness).contains("the trouble with service "));
    show(&mut harness);
    let unnamed = |harness: &Harness<'static, Window>| {
        let answers = harness.state().model.answers.clone().expect("it is open");
        let graph = &answers.graph;
        let names = graph.credential_indices().map(|at| graph.credential_name(at).to_owned());
        names.filter(|name| name.starts_with("unnamed@")).collect::<Vec<_>>()
    };
    assert!(unnamed(&harness).iter().all(|name| name.contains("keys.csv")));
    hide(&mut harness, RedactedKinds::of([RedactedKind::Files]));
    let hidden = unnamed(&harness);
    assert!(!hidden.is_empty() && hidden.iter().all(|name| name.starts_with("unnamed@file ")));
    assert!(!everything_said(&harness).contains("keys.csv"));
}
