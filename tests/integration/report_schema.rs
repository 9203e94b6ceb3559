//! The published schema of the report: the reports of the samples follow it, and it names every member
//! that they have.

use std::process::Command;

use serde_json::Value;

const PUBLISHED: &str = include_str!("../../docs/report.schema.json");

fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn report(sample: &str, more: &[&str]) -> Value {
    let file = format!("sample-data/{sample}.csv");
    let line = [&["report", &file, "--format", "json", "--as-of", "2026-11-23"], more].concat();
    serde_json::from_str(&printed(&line)).unwrap()
}

/// The same schema, under which no object may have a member that it does not name.
fn strict(mut schema: Value) -> Value {
    fn close(schema: &mut Value) {
        if let Value::Object(members) = schema {
            if members.contains_key("properties") {
                members.insert("additionalProperties".to_owned(), false.into());
            }
            members.values_mut().for_each(close);
        }
        if let Value::Array(schemas) = schema {
            schemas.iter_mut().for_each(close);
        }
    }
    close(&mut schema);
    schema
}

fn errors(schema: &Value, report: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors = validator.iter_errors(report).take(5);
    errors.map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn the_published_schema_is_what_the_command_prints() {
    assert_eq!(printed(&["schema"]), PUBLISHED);
}

#[test]
fn reports_of_all_samples_follow_the_schema_which_names_all_their_members() {
    let schema: Value = serde_json::from_str(PUBLISHED).unwrap();
    let strict = strict(schema.clone());
    for sample in ["talk", "payments", "messy", "no-access"] {
        for more in
            [&[][..], &["--full", "--unstated-access", "holds"], &["--only", "findings,plan"]]
        {
            let report = report(sample, more);
            assert_eq!(errors(&schema, &report), Vec::<String>::new(), "{sample} {more:?}");
            assert_eq!(errors(&strict, &report), Vec::<String>::new(), "{sample} {more:?}");
        }
    }
}

#[test]
fn what_is_no_report_does_not_follow_the_schema() {
    let schema: Value = serde_json::from_str(PUBLISHED).unwrap();
    let good = report("talk", &["--only", "summary,findings"]);
    let broken: [fn(&mut Value); 5] = [
        |report| report["format"] = "keyreach-rotation".into(),
        |report| report["version"] = 2.into(),
        |report| report["summary"]["credentials"] = "many".into(),
        |report| report["findings"][0]["evidence"] = Value::Null,
        |report| drop(report.as_object_mut().unwrap().remove("as_of")),
    ];
    for (at, break_it) in broken.into_iter().enumerate() {
        let mut report = good.clone();
        break_it(&mut report);
        assert!(!errors(&schema, &report).is_empty(), "{at}");
    }
}
