//! Names hidden in every answer: nothing of them gets through, and nothing else changes.

use std::path::Path;

use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Assumptions, Inventory, Progress};
use keyreach::project::{RedactedKind, RedactedKinds, Redaction, TextKind};
use serde_json::Value;

use super::commands::{Asked, Ground, commands, keyreach};
use super::gate::Wrong;

/// What every planted name holds, in small letters.
const NEEDLE: &str = "zqx";

/// Names in every field, in other letter case, and inside other words.
const ROWS: &str = "\
credential_id,name,type,service,environment,access,owner,storage,identity,tags,service_type,service_owner,expires
Zqx-Deploy-Key,ZQX deploy,zqx api key,zqxShop,Dev,holds,\"ann@zqx.example; team-ZQX\",zqx wiki page,svc_zqx,\"zqx,tier1\",zqx database,zQx-ops,2027-01-01
Zqx-Deploy-Key,ZQX deploy,zqx api key,Ledger of Zqx,prod,grants,team-ZQX,zqx wiki page,svc_zqx,,zqx lambda,zQx-ops,2027-01-01
zqx.key.2,,zqx api key,zqxShop,dev,holds,,/zqx/vault,svc_zqx,,,,32.13.2026
zqx.key.2,,zqx api key,Ledger of Zqx,Production,grants,,,svc_zqx,,,,
,,zqx,zqxShop,prod,holds,zqx gmbh,,,,,,
zqx.key.3,,,,,,,,,,,,,,too,many,zqx
";

const POLICY: &str = "plain_sight = [\"wiki\", \"zqx page\"]\n\
    entry_points = [\"zqxShop@dev\", \"zqxGone@zqx-lab\"]\ncrown_jewels = [\"Ledger of Zqx@prod\"]\n\
    [costs]\n\"Zqx-Deploy-Key\" = 3\n\"zqx-unknown\" = 2\n[costs_by_type]\n\"zqx api key\" = 2\n\
    [environment_aliases]\n\"zqx-live\" = \"prod\"\n";

fn read(name: &str, text: &[u8]) -> Inventory {
    let key = FingerprintKey::from_bytes([7; 32]);
    let file = FileBytes::new(name.to_owned(), text.to_vec());
    import(vec![file], &key, &ImportSettings::default(), &Progress::default()).unwrap()
}

fn as_of() -> Assumptions {
    Assumptions::new(jiff::civil::date(2026, 11, 23))
}

/// What a command cannot do without, where names are the planted ones.
fn arguments(command: &Asked) -> Option<&'static [&'static str]> {
    Some(match command.name.as_str() {
        "report" | "paths" | "diff" | "export" | "owners" => &[],
        "reached-by" => &["--to", "Ledger of Zqx@prod"],
        "blast-radius" | "rotation" => &["--from", "Zqx-Deploy-Key", "--from", "zqxShop@dev"],
        "what-if" => &["--fix", "revoke Zqx-Deploy-Key", "--of", "zqx.key.2"],
        _ => return None,
    })
}

/// What is written, of a workbook all that is packed in it.
fn text_of(bytes: &[u8]) -> String {
    let Ok(mut packed) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut all = String::new();
    for at in 0..packed.len() {
        std::io::read_to_string(packed.by_index(at).unwrap())
            .map(|text| all.push_str(&text))
            .unwrap();
    }
    all
}

#[test]
fn no_planted_name_gets_through_in_any_format_of_any_command() {
    let ground = Ground::new();
    let file = ground.write("zqx-inventory.csv", ROWS);
    let policy = ground.write("zqx-policy.toml", POLICY);
    let (mut wrong, mut asked) = (Wrong::default(), 0);
    for command in commands() {
        let Some(arguments) = arguments(&command) else { continue };
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let mut line = vec![command.name.clone(), text(&file)];
        line.extend((command.name == "diff").then(|| text(&file)));
        line.extend(arguments.iter().map(|word| (*word).to_owned()));
        line.push("--redact=services,credentials,owners,environments,files,text".to_owned());
        if command.name != "export" {
            line.extend(["--policy".to_owned(), text(&policy)]);
        }
        let formats = match command.formats.as_slice() {
            [] => vec![None],
            all => all.iter().map(Some).collect(),
        };
        for format in formats {
            let mut line = line.clone();
            line.extend(format.into_iter().flat_map(|of| ["--format".to_owned(), of.clone()]));
            let output = keyreach(&line);
            wrong.unless(output.status.code() == Some(0), || {
                format!("{line:?}: {}", String::from_utf8_lossy(&output.stderr))
            });
            for stream in [output.stdout, output.stderr] {
                let said = text_of(&stream);
                let low = said.to_lowercase();
                let at = low.find(NEEDLE);
                wrong.unless(at.is_none(), || {
                    let from = at.unwrap_or_default();
                    let near: String = low.chars().skip(from.saturating_sub(60)).take(90).collect();
                    format!("{line:?} says …{near}…")
                });
            }
            asked += 1;
        }
    }
    wrong.assert_none();
    assert!(asked > 20, "{asked} formats were asked for");
}

#[test]
fn what_is_said_of_a_project_has_no_planted_name() {
    let ground = Ground::new();
    let file = ground.write("zqx-inventory.csv", ROWS);
    let policy = ground.write("zqx-policy.toml", POLICY);
    let made = ground.path("zqx.keyreach");
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let import =
        ["import", &text(&file), "-o", &text(&made), "--policy", &text(&policy), "--quiet"];
    assert_eq!(keyreach(&words(&import)).status.code(), Some(0));
    let hide = "--redact=services,credentials,owners,environments,files,text";
    let mut wrong = Wrong::default();
    for (command, formats) in [
        ("info", &[][..]),
        ("scenarios", &["text", "json", "csv", "markdown", "html"]),
        ("tasks", &["text", "json", "csv", "markdown", "html"]),
    ] {
        let plain = keyreach(&words(&[command, &text(&made)]));
        let plain = text_of(&plain.stdout).to_lowercase();
        let is_told = plain.contains(NEEDLE) || command == "scenarios";
        wrong.unless(is_told, || format!("{command} says no name: {plain}"));
        let mut lines = vec![vec![command, hide]];
        lines.extend(formats.iter().map(|format| vec![command, hide, "--format", format]));
        for mut line in lines {
            let made = text(&made);
            line.insert(1, &made);
            let output = keyreach(&words(&line));
            let said = [text_of(&output.stdout), text_of(&output.stderr)].concat().to_lowercase();
            wrong.unless(output.status.code() == Some(0), || format!("{line:?}: {said}"));
            wrong.unless(!said.contains(NEEDLE), || format!("{line:?} says {said}"));
        }
    }
    let made = text(&made);
    let line = ["tasks", &made, hide, "--scenario", "zqx plan"];
    let output = keyreach(&words(&line));
    let said = text_of(&output.stderr);
    wrong.unless(output.status.code() == Some(2), || format!("{line:?}: {said}"));
    wrong.unless(!said.to_lowercase().contains(NEEDLE), || format!("{line:?} says {said}"));
    wrong.assert_none();
}

#[test]
fn errors_do_not_repeat_names_while_they_are_hidden() {
    let ground = Ground::new();
    let file = ground.write("zqx-inventory.csv", ROWS);
    let file = file.to_str().unwrap();
    let missing = ground.path("zqx-missing.csv");
    let lines: [&[&str]; 4] = [
        &["reached-by", file, "--to", "zqxNowhere@prod"],
        &["blast-radius", file, "--from", "zqx-nothing"],
        &["what-if", file, "--fix", "revoke zqx-nothing"],
        &["report", missing.to_str().unwrap()],
    ];
    for line in lines {
        let mut line: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        let open = keyreach(&line);
        assert!(String::from_utf8(open.stderr).unwrap().to_lowercase().contains(NEEDLE));
        line.push("--redact".to_owned());
        let output = keyreach(&line);
        assert_ne!(output.status.code(), Some(0), "{line:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!said.to_lowercase().contains(NEEDLE), "{said}");
        assert!(said.starts_with("keyreach: "), "{said}");
    }
}

/// Takes out what is replaced whole, not name by name.
fn without_free_text(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for key in
                ["message", "column", "row", "columns", "reading", "notes", "header", "not_read"]
            {
                members.remove(key);
            }
            members.values_mut().for_each(without_free_text);
        }
        Value::Array(all) => all.iter_mut().for_each(without_free_text),
        _ => {}
    }
}

// The policy under pseudonyms has none of the standard labels, and none of them is missed.
#[test]
fn a_policy_whose_environments_are_hidden_misses_no_standard_label() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    let line = ["report", path.to_str().unwrap(), "--redact=environments"];
    let output = keyreach(&line.map(str::to_owned));
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr);
    let labels = Assumptions::new(jiff::civil::date(2026, 11, 23)).environments;
    let missed: Vec<&String> =
        labels.aliases().keys().filter(|label| said.contains(&format!("“{label}”"))).collect();
    assert!(missed.is_empty(), "{missed:?}");
}

/// Whoever has the names can lead a redacted report back, and gets the report that was hidden.
#[test]
fn a_redacted_report_is_the_report_but_for_the_names() {
    for sample in ["talk.csv", "payments.csv"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(sample);
        let path = path.to_str().unwrap();
        let report = |more: &[&str]| {
            let usual = ["report", path, "--as-of", "2026-11-23", "--format", "json"];
            let line: Vec<String> =
                usual.iter().chain(more).map(|word| (*word).to_owned()).collect();
            let output = keyreach(&line);
            assert_eq!(
                output.status.code(),
                Some(0),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            String::from_utf8(output.stdout).unwrap()
        };
        let (open, hidden) = (report(&[]), report(&["--redact"]));
        let mut inventory = read(sample, &std::fs::read(path).unwrap());
        inventory.sources[0].name = path.to_owned();
        let names = Redaction::new(RedactedKinds::default(), &inventory, &as_of());
        let (revealed, count) = names.reveal(&hidden, TextKind::Json).unwrap();
        assert!(count > 100, "{count} names were led back");
        let mut open: Value = serde_json::from_str(&open).unwrap();
        let mut revealed: Value = serde_json::from_str(&revealed).unwrap();
        without_free_text(&mut open);
        without_free_text(&mut revealed);
        similar(&open, &revealed, sample);
    }
}

/// A text without words in brackets, which stay beside the pseudonym of a type or a storage place.
fn without_kept(text: &str) -> String {
    let mut parts = text.split(" (");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once(')').map_or(part, |(_, rest)| rest))
}

fn similar(open: &Value, revealed: &Value, at: &str) {
    match (open, revealed) {
        (Value::Object(one), Value::Object(other)) => {
            let keys: Vec<_> = one.keys().collect();
            assert_eq!(keys, other.keys().collect::<Vec<_>>(), "{at}");
            for (key, value) in one {
                similar(value, &other[key], &format!("{at}.{key}"));
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{at}");
            for (number, (one, other)) in one.iter().zip(other).enumerate() {
                similar(one, other, &format!("{at}[{number}]"));
            }
        }
        // Of a type, a storage place and tags the words that are judged stay beside the name.
        (Value::String(one), Value::String(other)) => {
            assert_eq!(without_kept(one), without_kept(other), "{at}");
        }
        (one, other) => assert_eq!(one, other, "{at}"),
    }
}

/// A copy opens and answers without a word of warning, holds no name, and no key lies beside it.
#[test]
fn a_redacted_copy_answers_without_names_and_leads_back_to_none() {
    let ground = Ground::new();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let file = text(&ground.write("zqx-inventory.csv", ROWS));
    let policy = text(&ground.write("zqx-policy.toml", POLICY));
    let project = text(&ground.path("zqx.keyreach"));
    let copy = ground.path("copy.keyreach");
    let run = |words: &[&str]| {
        let line: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let output = keyreach(&line);
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), text_of(&said))
    };
    assert_eq!(run(&["import", &file, "-o", &project, "--policy", &policy]).0, Some(0));
    let kinds = "services,credentials,owners,environments,files,text";
    let redact = ["redact", &project, "-o", &text(&copy), "--kinds", kinds];
    assert_eq!(run(&redact), (Some(0), String::new()));
    assert!(!std::fs::read_to_string(&copy).unwrap().to_lowercase().contains(NEEDLE));
    assert!(!ground.names().contains(&"copy.keyreach.key".to_owned()));
    assert_eq!(run(&redact).0, Some(3), "what is there stays");
    for words in [["report", "--full"], ["owners", "--quiet"], ["info", ""]] {
        let line = [words[0], &text(&copy), words[1]];
        let (code, said) = run(&line[..2 + usize::from(!words[1].is_empty())]);
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.to_lowercase().contains(NEEDLE), "{said}");
    }
    // What is answered over the copy is what is answered over the project with names hidden.
    let answer =
        |of: &str, more: &[&str]| run(&[&["owners", of, "--format", "json"], more].concat());
    let hidden = format!("--redact={kinds}");
    assert_eq!(answer(&text(&copy), &[]), answer(&project, &[&hidden]));
    let hidden = ground.write("hidden.json", &answer(&project, &[&hidden]).1);
    let (code, revealed) = run(&["reveal", &text(&hidden), "--with", &project]);
    assert_eq!(code, Some(0), "{revealed}");
    assert!(revealed.contains("Zqx-Deploy-Key") || revealed.contains("team-ZQX"), "{revealed}");
}

#[test]
fn a_kind_that_is_not_hidden_stays() {
    let inventory = read("in.csv", b"credential_id,service,environment,owner\nk1,shop,dev,ann\n");
    let only = RedactedKinds::of([RedactedKind::Owners]);
    let hidden = Redaction::new(only, &inventory, &as_of()).inventory(&inventory, &as_of());
    let texts: Vec<&str> = hidden.names.ids().map(|id| hidden.text(id)).collect();
    assert!(texts.contains(&"k1") && texts.contains(&"shop"), "{texts:?}");
    assert!(!texts.contains(&"ann") && texts.iter().any(|text| text.starts_with("owner ")));
}
