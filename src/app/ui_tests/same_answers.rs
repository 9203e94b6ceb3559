//! The window shows what the report says, for every sample.

use egui_kittest::kittest::Queryable as _;
use serde_json::Value;

use super::sample;
use crate::analysis::{Severity, Subject};
use crate::app::model::Model;
use crate::app::model::command::{Command, TableCommand};
use crate::app::model::tab::Tab;
use crate::export::{Answered, write_report};

/// The samples that the start screen offers, and the others of the folder.
fn samples() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = std::fs::read_dir(folder).expect("the folder is there");
    let paths = files.map(|entry| entry.expect("it can be read").path());
    let tables = paths.filter(|path| path.extension().is_some_and(|end| end == "csv"));
    let name = |path: std::path::PathBuf| Some(path.file_name()?.to_str()?.to_owned());
    let mut tables: Vec<String> = tables.filter_map(name).collect();
    tables.sort();
    tables
}

/// The report of what is open.
fn report(model: &Model) -> Value {
    let answers = model.answers.as_ref().expect("there are answers");
    let assessed = model.assessment.as_ref().expect("there is an assessment");
    let answered = Answered {
        answers,
        assessment: &assessed.assessment,
        full: true,
        work: None,
        workshop: None,
    };
    let mut bytes = Vec::new();
    write_report(&answered, &mut bytes).expect("memory takes it");
    serde_json::from_slice(&bytes).expect("the report is JSON")
}

#[test]
fn tables_and_headline_show_the_order_severities_and_figures_of_the_report() {
    let samples = samples();
    assert!(samples.len() >= 4, "{samples:?}");
    for name in &samples {
        let mut harness = sample(name);
        let report = report(&harness.state().model);
        let model = &harness.state().model;
        let answers = model.answers.clone().expect("there are answers");
        harness.get_by_label(&answers.headline.sentence());
        assert_eq!(report["summary"]["headline"], answers.headline.sentence(), "{name}");

        let listed = report["findings"].as_array().expect("a list");
        let shown: Vec<_> = model.lists.findings.iter().map(|at| *at as usize).collect();
        assert_eq!(shown.len(), listed.len(), "{name}");
        for (at, entry) in shown.into_iter().zip(listed) {
            let finding = &answers.findings[at];
            assert_eq!(entry["rule"], finding.rule.id(), "{name}");
            assert_eq!(entry["severity"], finding.severity.word(), "{name}");
        }

        harness.state_mut().model.apply(Command::Table(TableCommand::Show(Tab::Credentials)));
        harness.run();
        let model = &harness.state().model;
        let entries = report["credentials"].as_array().expect("a list");
        assert_eq!(model.lists.credentials.len(), entries.len(), "{name}");
        let severities = |id: &Value| {
            let of_it = listed.iter().filter(|finding| &finding["credential"] == id);
            // The report lists the worst first.
            of_it.map(|finding| finding["severity"].as_str()).next().flatten()
        };
        for at in &model.lists.credentials {
            let id = answers.graph.credential_name(*at);
            let entry = entries.iter().find(|entry| entry["id"] == id).expect("it is listed");
            let subject = Subject::Credential(*at);
            assert_eq!(entry["reach"], answers.reach_of(subject), "{name}: {id}");
            let worst = answers.severity(subject).map(Severity::word);
            assert_eq!(worst, severities(&entry["id"]), "{name}: {id}");
        }

        let assessment = &model.assessment.as_ref().expect("assessed").assessment;
        let plan = report["plan"].as_array().expect("a list");
        assert_eq!(plan.len(), assessment.plan.steps.len(), "{name}");
        let paths = report["paths"].as_array().map_or(0, Vec::len);
        assert_eq!(model.listed_paths().map(<[_]>::len), Some(paths), "{name}");
    }
}
