//! One computation behind every form: JSON and text of each sample say what the answers say.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use keyreach::analysis::{Answers, Severity, Subject, assess};
use keyreach::graph::AccessGraph;
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Progress, shown};
use serde_json::Value;

fn samples() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut tables: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    tables.sort();
    tables
}

fn answers(sample: &PathBuf) -> Answers {
    let bytes = std::fs::read(sample).unwrap();
    let file = FileBytes::new(sample.display().to_string(), bytes);
    let key = FingerprintKey::from_bytes([7; 32]);
    let (settings, progress) = (ImportSettings::default(), Progress::default());
    let inventory = import(vec![file], &key, &settings, &progress).unwrap();
    let assumptions = Assumptions::new(jiff::civil::date(2026, 11, 23));
    let graph = AccessGraph::build(Arc::new(inventory), &assumptions);
    Answers::compute(graph, &progress).unwrap()
}

fn report(sample: &PathBuf, format: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    let command = command.args(["report", "--as-of", "2026-11-23", "--format", format]).arg(sample);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn json_and_text_say_what_the_answers_say_for_every_sample() {
    let samples = samples();
    assert!(samples.len() >= 4, "{samples:?}");
    for sample in &samples {
        let answers = answers(sample);
        let (graph, name) = (&answers.graph, sample.display());
        let json: Value = serde_json::from_str(&report(sample, "json")).unwrap();
        let text = report(sample, "text");

        let exposure = &json["summary"]["exposure"];
        assert_eq!(exposure["connected_pairs"], answers.exposure.connected_pairs, "{name}");
        assert_eq!(exposure["entry_points"], answers.ends.entry_points.len(), "{name}");
        assert!(text.contains(&answers.exposure.sentence()), "{name}");
        assert!(text.starts_with(&*shown(&answers.headline.sentence())), "{name}");

        let told = |finding: &Value| {
            let site = &finding["service"];
            let site =
                format!("{} in {}", site["service"].as_str()?, site["environment"].as_str()?);
            Some((finding["rule"].as_str()?.to_owned(), site))
        };
        let listed = json["findings"].as_array().unwrap();
        assert_eq!(listed.len(), answers.findings.len(), "{name}");
        for (finding, entry) in answers.findings.iter().zip(listed) {
            assert_eq!(entry["rule"], finding.rule.id(), "{name}");
            assert_eq!(entry["severity"], finding.severity.word(), "{name}");
            match finding.subject {
                Subject::Credential(at) => {
                    assert_eq!(entry["credential"], graph.credential_name(at));
                }
                Subject::Instance(_) => assert!(told(entry).is_some(), "{entry}"),
            }
        }
        for severity in Severity::ALL {
            let count = answers.findings.iter().filter(|one| one.severity == severity).count();
            let heading = format!("\n{count} {}\n", severity.word());
            assert_eq!(text.contains(&heading), count > 0, "{name}: {heading}");
        }

        for (at, entry) in graph.credential_indices().zip(json["credentials"].as_array().unwrap()) {
            let subject = Subject::Credential(at);
            assert_eq!(entry["reach"], answers.reach_of(subject), "{name}");
            let of_it = answers.findings.iter().filter(|finding| finding.subject == subject);
            assert_eq!(answers.severity(subject), of_it.map(|one| one.severity).min(), "{name}");
        }
        let farthest = answers.farthest_reaching();
        let ranking = text.split("\nFarthest reaching credentials\n").nth(1).unwrap();
        for (at, line) in farthest.iter().take(20).zip(ranking.lines()) {
            assert!(line.ends_with(&*shown(graph.credential_name(*at))), "{name}: {line}");
        }

        let assessment = assess(graph, &answers.ends, 1_000, &Progress::default()).unwrap();
        let chokes = json["choke_points"]["credentials"].as_array().unwrap();
        let ranked = assessment.choke_points.ranked();
        assert_eq!(chokes.len(), ranked.len().min(1_000), "{name}");
        for (entry, &(at, pairs)) in chokes.iter().zip(&ranked) {
            assert_eq!(entry["credential"], graph.credential_name(at), "{name}");
            assert_eq!(entry["pairs"], pairs, "{name}");
        }
        assert_eq!(json["plan"].as_array().unwrap().len(), assessment.plan.steps.len(), "{name}");
    }
}
