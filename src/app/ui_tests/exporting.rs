//! What is exported from the window, from the question to the file.

use std::path::PathBuf;
use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;

use crate::analysis::{Fix, FixKind, Subject};
use crate::app::jobs::dialog::ShowFolder;
use crate::app::model::command::{Command, FixCommand, RotationCommand};
use crate::app::model::export_dialog::ExportCommand;
use crate::app::model::export_what::{ExportWhat, Extent};
use crate::app::model::settings::Settings;
use crate::app::shell::window::Window;
use crate::app::ui_tests::{sample, settle};
use crate::app::work::export_preview::ExportPreview;
use crate::app::work::exporting::{Export, TableToSave};
use crate::cli::ExportForm;
use crate::export::{ExportTable, TableFileFormat};
use crate::inventory::Progress;
use crate::project::{NamedFix, SubjectName};
use crate::scene::ThemeMode;

fn export(command: ExportCommand) -> Command {
    Command::Export(command)
}

/// What is exported, what its file's name ends in, and what the file begins with.
const BEGINS: [(ExportWhat, &str, &str); 52] = [
    (ExportWhat::Picture, "svg", "<svg "),
    (ExportWhat::Picture, "pdf", "%PDF-1."),
    (ExportWhat::Picture, "png", "\u{fffd}PNG"),
    (ExportWhat::Report, "html", "<!DOCTYPE html>"),
    (ExportWhat::Report, "pdf", "%PDF-1."),
    (ExportWhat::Report, "md", "# "),
    (ExportWhat::Report, "txt", ""),
    (ExportWhat::Report, "json", "{\"format\":\"keyreach-report\""),
    (ExportWhat::Table(ExportTable::Inventory), "csv", "credential"),
    (ExportWhat::Table(ExportTable::Inventory), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Inventory), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Inventory), "jsonl", "{\"credential"),
    (ExportWhat::Table(ExportTable::Inventory), "graphml", "<?xml"),
    (ExportWhat::Table(ExportTable::Inventory), "gexf", "<?xml"),
    (ExportWhat::Table(ExportTable::Inventory), "dot", "digraph keyreach {"),
    (ExportWhat::Table(ExportTable::Inventory), "mmd", "flowchart LR"),
    (ExportWhat::Table(ExportTable::Findings), "csv", "rule,title,severity"),
    (ExportWhat::Table(ExportTable::Findings), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Findings), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Findings), "jsonl", "{\"rule\":"),
    (ExportWhat::Table(ExportTable::Credentials), "csv", "id,name,aliases"),
    (ExportWhat::Table(ExportTable::Credentials), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Credentials), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Credentials), "jsonl", "{\"id\":"),
    (ExportWhat::Table(ExportTable::Services), "csv", "service,environment"),
    (ExportWhat::Table(ExportTable::Services), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Services), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Services), "jsonl", "{\"service\":"),
    (ExportWhat::Table(ExportTable::Paths), "csv", "path,hop,hops"),
    (ExportWhat::Table(ExportTable::Paths), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Paths), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Paths), "jsonl", "{\"path\":"),
    (ExportWhat::Table(ExportTable::Paths), "mmd", "flowchart LR"),
    (ExportWhat::Table(ExportTable::Paths), "dot", "digraph keyreach {"),
    (ExportWhat::Table(ExportTable::Paths), "graphml", "<?xml"),
    (ExportWhat::Table(ExportTable::Paths), "gexf", "<?xml"),
    (ExportWhat::Table(ExportTable::Plan), "csv", "step,credential,fix"),
    (ExportWhat::Table(ExportTable::Plan), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Plan), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Plan), "jsonl", "{\"step\":"),
    (ExportWhat::Table(ExportTable::Tasks), "csv", "owner,fix,credential"),
    (ExportWhat::Table(ExportTable::Tasks), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Tasks), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Tasks), "jsonl", "{\"owner\":"),
    (ExportWhat::Table(ExportTable::Rotation), "csv", "action,wave"),
    (ExportWhat::Table(ExportTable::Rotation), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Rotation), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Rotation), "jsonl", "{\"action\":"),
    (ExportWhat::Table(ExportTable::Owners), "csv", "owner,is_named"),
    (ExportWhat::Table(ExportTable::Owners), "xlsx", "PK"),
    (ExportWhat::Table(ExportTable::Owners), "json", "{\"format\":\"keyreach-table\""),
    (ExportWhat::Table(ExportTable::Owners), "jsonl", "{\"owner\":"),
];

/// Marks a credential as compromised.
fn mark(harness: &mut egui_kittest::Harness<'static, Window>, id: &str) {
    let model = &mut harness.state_mut().model;
    let answers = model.answers.clone().expect("there are answers");
    let key = answers.find_named(id).expect("it is there");
    let name = SubjectName::of(&answers.graph, key);
    model.apply(Command::Rotate(RotationCommand::Mark(vec![name], true)));
    model.finish_jobs();
}

#[test]
fn an_order_of_rotation_is_exported_of_what_is_marked_alone() {
    let mut harness = sample("talk.csv");
    let rotation = ExportWhat::Table(ExportTable::Rotation);
    ask(&mut harness, &[ExportCommand::What(rotation)]);
    let ExportPreview::Nothing(why) = preview(&harness) else { panic!("nothing has fallen") };
    assert!(why.starts_with("nothing is marked as compromised"), "{why}");
    mark(&mut harness, "deploy-key-prod");
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Report), ExportCommand::What(rotation)]);
    let ExportPreview::Rows(rows) = preview(&harness) else { panic!("it has rows") };
    // What it opened is cleaned before anything is replaced.
    assert_eq!(rows.rows[0], ["clean", "", "", "", "", "accounts", "prod", "", "no"]);
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Report)]);
    let ExportPreview::Headings(lines) = preview(&harness) else { panic!("a report has headings") };
    assert!(rows.has_more && lines.iter().any(|line| line.starts_with("Wave 1: ")), "{lines:?}");
}

#[test]
fn tasks_are_those_of_the_plan_or_of_the_what_if_list() {
    let mut harness = sample("talk.csv");
    let tasks = ExportWhat::Table(ExportTable::Tasks);
    ask(&mut harness, &[ExportCommand::What(tasks)]);
    let ExportPreview::Rows(rows) = preview(&harness) else { panic!("the plan has tasks") };
    // The plan of the talk splits the one key; Platform owns it.
    assert_eq!(rows.rows.len(), 1, "{rows:?}");
    assert_eq!(
        (rows.rows[0][0].as_str(), rows.rows[0][2].as_str()),
        ("Platform", "deploy-key-prod")
    );
    let model = &mut harness.state_mut().model;
    let answers = model.answers.clone().expect("there are answers");
    let other = answers.find_named("catalog-to-catalog-db-dev");
    let Some(Subject::Credential(other)) = other else { panic!("it is there") };
    let fix = NamedFix::of(&answers.graph, &Fix::new(other, FixKind::Revoke));
    model.apply(Command::Fix(FixCommand::Add(fix)));
    model.finish_jobs();
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Report), ExportCommand::What(tasks)]);
    let ExportPreview::Rows(rows) = preview(&harness) else { panic!("the list has tasks") };
    assert_eq!(rows.rows.len(), 1, "{rows:?}");
    assert_eq!(rows.rows[0][2], "catalog-to-catalog-db-dev");
}

#[test]
fn the_folder_of_bloodhound_is_written_whole_and_again_only_when_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("bloodhound");
    let mut harness = sample("talk.csv");
    let path = ExportCommand::Path(place.display().to_string());
    let answers = [ExportCommand::What(ExportWhat::BloodHound), path.clone()];
    ask(&mut harness, &answers);
    let ExportPreview::Lines(lines) = preview(&harness) else { panic!("it lists its files") };
    let write = |harness: &mut egui_kittest::Harness<'static, Window>| {
        ask(harness, &[ExportCommand::What(ExportWhat::BloodHound), path.clone()]);
        harness.state_mut().model.apply(export(ExportCommand::Write));
        harness.state_mut().model.finish_jobs();
        settle(harness);
    };
    write(&mut harness);
    let names = || -> Vec<String> {
        let files = std::fs::read_dir(&place).expect("it is there");
        let name = |file: std::fs::DirEntry| file.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = files.map(|file| name(file.expect("a file"))).collect();
        names.sort();
        names
    };
    let written = names();
    assert!(written.contains(&"payload.json".to_owned()) && written.len() >= 3, "{written:?}");
    assert!(written.iter().all(|name| lines.contains(name)), "{written:?} of {lines:?}");
    std::fs::write(place.join("payload.json"), "old").expect("written");
    write(&mut harness);
    assert_eq!(std::fs::read_to_string(place.join("payload.json")).expect("it is there"), "old");
    assert!(harness.query_by_label_contains("there is a folder of this name").is_some());
    harness.get_by_label("Replace it").click();
    settle(&mut harness);
    harness.state_mut().model.finish_jobs();
    let payload = std::fs::read_to_string(place.join("payload.json")).expect("it is there");
    assert!(payload.starts_with('{'), "{payload}");
    assert_eq!(names(), written);
}

#[test]
fn each_kind_and_each_form_is_written_as_its_name_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = sample("talk.csv");
    mark(&mut harness, "deploy-key-prod");
    let known: usize = ExportWhat::ALL.iter().map(|what| what.endings().len()).sum();
    assert_eq!(BEGINS.len(), known, "every form that is offered is written here");
    for (what, ending, begin) in BEGINS {
        let path = folder.path().join(format!("{}.{ending}", what.name()));
        for command in [
            ExportCommand::Ask,
            ExportCommand::What(what),
            ExportCommand::Path(path.display().to_string()),
            ExportCommand::Write,
        ] {
            harness.state_mut().model.apply(export(command));
        }
        harness.state_mut().model.finish_jobs();
        let model = &mut harness.state_mut().model;
        assert!(!model.session.export.is_open, "{ending}: {:?}", model.session.export);
        let notice = model.notice.take().expect("it says where the file is");
        assert!(notice.contains(&path.display().to_string()), "{notice}");
        let bytes = std::fs::read(&path).expect("it is written");
        assert!(bytes.len() > 100, "{ending}");
        assert!(String::from_utf8_lossy(&bytes).starts_with(begin), "{ending}");
    }
}

#[test]
fn what_stands_there_is_replaced_only_when_asked_twice_and_an_unknown_end_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.svg");
    std::fs::write(&path, "mine").expect("written");
    let mut harness = sample("talk.csv");
    let apply = |harness: &mut egui_kittest::Harness<'static, Window>, command| {
        harness.state_mut().model.apply(export(command));
        harness.state_mut().model.finish_jobs();
    };
    apply(&mut harness, ExportCommand::Ask);
    settle(&mut harness);
    apply(&mut harness, ExportCommand::Path(folder.path().join("x.gif").display().to_string()));
    apply(&mut harness, ExportCommand::Write);
    settle(&mut harness);
    assert!(harness.query_by_label_contains("a picture ends in .svg, .png or .pdf").is_some());
    apply(&mut harness, ExportCommand::Path(path.display().to_string()));
    apply(&mut harness, ExportCommand::Write);
    settle(&mut harness);
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "mine");
    harness.get_by_label("Replace it").click();
    settle(&mut harness);
    harness.state_mut().model.finish_jobs();
    assert!(std::fs::read_to_string(&path).expect("it is there").starts_with("<svg "));
}

#[test]
fn a_file_that_cannot_be_written_brings_the_question_back_and_cancel_takes_it_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = sample("talk.csv");
    let nowhere: PathBuf = folder.path().join("no").join("such").join("x.svg");
    let chosen = nowhere.clone();
    harness.state_mut().model.ask_where = Arc::new(move |_| Some(chosen.clone()));
    for command in [ExportCommand::Ask, ExportCommand::Browse] {
        harness.state_mut().model.apply(export(command));
    }
    harness.state_mut().model.finish_jobs();
    harness.state_mut().model.apply(export(ExportCommand::Write));
    harness.state_mut().model.finish_jobs();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("could not be written").is_some());
    harness.get_by_label("Cancel").click();
    settle(&mut harness);
    assert!(harness.query_by_label("Path of the file").is_none());
    assert!(!nowhere.exists());
}

/// Asks the question with some answers, and waits for the preview.
fn ask(harness: &mut egui_kittest::Harness<'static, Window>, answers: &[ExportCommand]) {
    let model = &mut harness.state_mut().model;
    for command in std::iter::once(&ExportCommand::Ask).chain(answers) {
        model.apply(export(command.clone()));
    }
    model.finish_jobs();
    settle(harness);
}

fn preview(harness: &egui_kittest::Harness<'static, Window>) -> ExportPreview {
    let (_, preview) = harness.state().model.session.export.preview.clone().expect("asked for");
    ExportPreview::clone(&*preview.expect("it is there"))
}

#[test]
fn the_preview_is_of_what_would_be_written() {
    let mut harness = sample("talk.csv");
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Picture)]);
    assert!(matches!(preview(&harness), ExportPreview::Picture(image) if image.width() > 300));
    harness.get_by_label("Preview of the picture");
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Report)]);
    let ExportPreview::Headings(lines) = preview(&harness) else { panic!("a report has headings") };
    assert_eq!(lines[0], "1 credential lets dev and ci reach prod");
    assert!(lines.iter().any(|line| line.starts_with("Minimum cut")), "{lines:?}");
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Table(ExportTable::Services))]);
    let ExportPreview::Rows(rows) = preview(&harness) else { panic!("a table has rows") };
    assert_eq!((rows.columns[0], rows.rows.len(), rows.has_more), ("service", 7, true));
    ask(&mut harness, &[ExportCommand::What(ExportWhat::Table(ExportTable::Paths))]);
    ask(&mut harness, &[ExportCommand::Ending("mmd")]);
    let ExportPreview::Lines(lines) = preview(&harness) else { panic!("a graph has lines") };
    assert_eq!(lines.first().map(String::as_str), Some("flowchart LR"));
    ask(&mut harness, &[ExportCommand::Path("x.doc".to_owned())]);
    assert!(matches!(preview(&harness), ExportPreview::Nothing(why) if why.contains("ends in")));
}

#[test]
fn what_is_selected_alone_can_be_exported_and_the_rest_is_not_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = sample("talk.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let key = answers.find_named("deploy-key-prod").expect("it is there");
    harness.state_mut().model.apply(Command::Select(Some(key)));
    settle(&mut harness);
    let mut write = |what, ending: &str, extent| {
        let path = folder.path().join(format!("{extent:?}.{ending}"));
        let path = path.display().to_string();
        let answers = [
            ExportCommand::What(what),
            ExportCommand::Extent(extent),
            ExportCommand::Path(path.clone()),
            ExportCommand::Write,
        ];
        ask(&mut harness, &answers);
        std::fs::read_to_string(path).expect("it is written")
    };
    let credentials = ExportWhat::Table(ExportTable::Credentials);
    let rows = write(credentials, "csv", Extent::Selected);
    assert_eq!(rows.lines().count(), 2, "{rows}");
    assert!(rows.lines().nth(1).is_some_and(|row| row.starts_with("deploy-key-prod,")), "{rows}");
    assert_eq!(write(credentials, "csv", Extent::Whole).lines().count(), 32);
    let marks = |svg: &str| svg.matches("<title>").count();
    let part = write(ExportWhat::Picture, "svg", Extent::Selected);
    let whole = write(ExportWhat::Picture, "svg", Extent::Whole);
    assert!(part.contains("<title>deploy-key-prod"), "{part}");
    assert!(marks(&part) > 2 && marks(&part) < marks(&whole) / 2, "{}", marks(&part));
    assert!(part.contains("hidden"), "the legend counts what is left out");
    // Nothing is left to write once nothing is selected.
    harness.state_mut().model.apply(Command::Select(None));
    let again = [ExportCommand::What(credentials), ExportCommand::Extent(Extent::Selected)];
    ask(&mut harness, &again);
    assert!(matches!(preview(&harness), ExportPreview::Nothing(why) if why.contains("selected")));
}

#[test]
fn what_was_chosen_is_proposed_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("services.xlsx").display().to_string();
    let mut harness = sample("talk.csv");
    harness.state_mut().model.settings = Settings::read(folder.path());
    let services = ExportWhat::Table(ExportTable::Services);
    let chosen = [
        ExportCommand::What(services),
        ExportCommand::Theme(ThemeMode::Light),
        ExportCommand::Scale(4),
        ExportCommand::Path(path),
        ExportCommand::Write,
    ];
    ask(&mut harness, &chosen);
    let mut next = sample("payments.csv");
    next.state_mut().model.settings = Settings::read(folder.path());
    ask(&mut next, &[]);
    let dialog = next.state().model.session.export.dialog.clone().expect("it asks");
    assert_eq!((dialog.what, dialog.theme, dialog.scale), (services, ThemeMode::Light, 4));
    assert_eq!(dialog.path, "keyreach-services.xlsx");
}

#[test]
fn the_folder_of_what_was_written_can_be_shown_and_a_system_without_says_where_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.svg").display().to_string();
    let mut harness = sample("talk.csv");
    let (asked, shown) = std::sync::mpsc::channel();
    let asked = std::sync::Mutex::new(asked);
    harness.state_mut().model.session.export.show_folder = ShowFolder(Arc::new(move |folder| {
        let asked = asked.lock().expect("one asks at a time");
        asked.send(folder.to_owned()).expect("the test waits");
        Err(std::io::Error::other("there is no file manager"))
    }));
    ask(&mut harness, &[ExportCommand::Path(path), ExportCommand::Write]);
    harness.get_by_label("Open the folder").click();
    harness.run_steps(2);
    assert_eq!(shown.recv().expect("it is asked for"), folder.path());
    let why = |harness: &egui_kittest::Harness<'static, Window>| {
        let notice = harness.state().model.notice.clone();
        notice.filter(|notice| notice.contains("there is no file manager"))
    };
    while why(&harness).is_none() {
        harness.state_mut().model.collect_jobs();
        std::thread::yield_now();
    }
    harness.run();
    let notice = why(&harness).expect("it says why");
    assert!(notice.contains(&folder.path().display().to_string()), "{notice}");
    assert!(harness.query_by_label("Open the folder").is_none(), "the notice is another one");
}

#[test]
fn an_export_that_is_cancelled_leaves_no_file_and_an_older_one_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (new, old) = (folder.path().join("new.csv"), folder.path().join("old.csv"));
    std::fs::write(&old, "mine").expect("written");
    let harness = sample("talk.csv");
    let answers = harness.state().model.answers.clone().expect("there are answers");
    let assessed = harness.state().model.assessment.clone().expect("it is assessed");
    let table = ExportTable::Services;
    let form = ExportForm::Table(TableFileFormat::Csv);
    let export = Export::Table(Box::new(TableToSave {
        table,
        form,
        answers,
        assessed,
        work: None,
        only: None,
    }));
    let progress = Progress::default();
    progress.cancel();
    for path in [&new, &old] {
        assert!(export.write_to(path, &progress).is_err_and(|why| why.contains("cancelled")));
    }
    assert_eq!(std::fs::read_to_string(&old).expect("it is there"), "mine");
    assert_eq!(std::fs::read_dir(folder.path()).expect("it is there").count(), 1);
}
