//! What is exported from the window, from the question to the file.

use std::path::PathBuf;
use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;

use crate::app::model::command::Command;
use crate::app::model::export_dialog::{ExportCommand, ExportWhat};
use crate::app::shell::window::Window;
use crate::app::ui_tests::{sample, settle};
use crate::export::ExportTable;

fn export(command: ExportCommand) -> Command {
    Command::Export(command)
}

#[test]
fn each_kind_and_each_form_is_written_as_its_name_says() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut harness = sample("talk.csv");
    let begins = [
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
        (ExportWhat::Table(ExportTable::Inventory), "graphml", "<?xml"),
        (ExportWhat::Table(ExportTable::Inventory), "gexf", "<?xml"),
        (ExportWhat::Table(ExportTable::Inventory), "dot", "digraph keyreach {"),
        (ExportWhat::Table(ExportTable::Findings), "csv", "rule,title,severity"),
        (ExportWhat::Table(ExportTable::Findings), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Findings), "json", "{\"format\":\"keyreach-table\""),
        (ExportWhat::Table(ExportTable::Credentials), "csv", "id,name,aliases"),
        (ExportWhat::Table(ExportTable::Credentials), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Credentials), "json", "{\"format\":\"keyreach-table\""),
        (ExportWhat::Table(ExportTable::Services), "csv", "service,environment"),
        (ExportWhat::Table(ExportTable::Services), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Services), "json", "{\"format\":\"keyreach-table\""),
        (ExportWhat::Table(ExportTable::Paths), "csv", "path,hop,hops"),
        (ExportWhat::Table(ExportTable::Paths), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Paths), "json", "{\"format\":\"keyreach-table\""),
        (ExportWhat::Table(ExportTable::Paths), "mmd", "flowchart LR"),
        (ExportWhat::Table(ExportTable::Paths), "dot", "digraph keyreach {"),
        (ExportWhat::Table(ExportTable::Plan), "csv", "step,credential,fix"),
        (ExportWhat::Table(ExportTable::Plan), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Plan), "json", "{\"format\":\"keyreach-table\""),
        (ExportWhat::Table(ExportTable::Owners), "csv", "owner,is_named"),
        (ExportWhat::Table(ExportTable::Owners), "xlsx", "PK"),
        (ExportWhat::Table(ExportTable::Owners), "json", "{\"format\":\"keyreach-table\""),
    ];
    let known: usize = ExportWhat::ALL.iter().map(|what| what.endings().len()).sum();
    assert_eq!(begins.len(), known, "every form that is offered is written here");
    for (what, ending, begin) in begins {
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
