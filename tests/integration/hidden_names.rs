//! Names hidden on the command line beyond the answers on files: lists, rows of workshops, scenarios, labels,
//! errors; and led back again.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use keyreach::analysis::FixKind;
use keyreach::graph::AccessGraph;
use keyreach::inventory::{Access, Progress};
use keyreach::project::{
    Fixes, NamedFix, Project, WrittenFact, is_of_answers, read_project, state_fact, write_project,
};

use super::commands::{Ground, commands, keyreach};
use super::gate::Wrong;

/// Every name holds `zqx`.
const ROWS: &str = "id,type,service,environment,access,owner\n\
    zqx-key,SSH key,zqx-web,dev,holds,zqx-ann\nzqx-key,SSH key,zqx-db,prod,grants,zqx-ann\n\
    zqx-two,SSH key,zqx-db,zqxlab,holds,zqx-bob\nzqx-two,SSH key,zqx-web,dev,grants,zqx-bob\n";

fn run(folder: &Path, line: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(line).current_dir(folder).output().unwrap()
}

/// What is printed, and what is said beside it, of a command that must end with this code.
fn ended(code: i32, folder: &Path, line: &[&str]) -> (String, String) {
    let output = run(folder, line);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{line:?}: {out}{err}");
    (out, err)
}

/// A folder with a project, a fact of a workshop, and a scenario called “zqx plan”.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("zqx.csv"), ROWS).unwrap();
    ended(0, folder.path(), &["import", "zqx.csv", "-o", "zqx.keyreach", "--as-of", "2026-11-20"]);
    let path = folder.path().join("zqx.keyreach");
    let day = jiff::civil::date(2026, 11, 20);
    let read = read_project(&std::fs::read(&path).unwrap(), day, &Progress::default()).unwrap();
    let graph = |project: &Project| {
        AccessGraph::build(project.sources.inventory.clone().unwrap(), &project.assumptions)
    };
    let fact = WrittenFact {
        credential: "zqx-key".to_owned(),
        access: Access::Grants,
        service: "zqx-new".to_owned(),
        environment: "prod".to_owned(),
        by: "zqx-bob".to_owned(),
        ..WrittenFact::default()
    };
    let mut project = state_fact(&read, &graph(&read), &fact, (day, None)).unwrap();
    let fixes = Fixes::of(vec![NamedFix::new("zqx-key", FixKind::Revoke)]);
    Arc::make_mut(&mut project.scenarios).add("zqx plan", fixes);
    let mut out = Vec::new();
    write_project(&project, day, &mut out).unwrap();
    std::fs::write(&path, out).unwrap();
    folder
}

#[track_caller]
fn assert_hidden(text: &str) {
    let at = text.to_lowercase().find("zqx");
    assert_eq!(at, None, "{text}");
}

#[test]
fn rows_of_workshops_and_lists_for_owners_hide_names() {
    let folder = project();
    let (open, _) = ended(0, folder.path(), &["stated", "zqx.keyreach"]);
    assert!(open.contains("zqx-key,") && open.contains(",zqx-new,prod,grants,"), "{open}");
    let (hidden, said) = ended(0, folder.path(), &["stated", "zqx.keyreach", "--redact"]);
    assert_hidden(&hidden);
    assert_hidden(&said);
    assert_eq!(hidden.lines().count(), open.lines().count());
    assert!(hidden.contains("credential ") && hidden.contains(",prod,grants,"), "{hidden}");
    let list = ["attestation", "zqx.keyreach", "--owner", "zqx-ann"];
    let (open, _) = ended(0, folder.path(), &list);
    assert!(open.contains("zqx-ann,credential,zqx-key"), "{open}");
    let (hidden, said) = ended(0, folder.path(), &[&list[..], &["--redact"]].concat());
    assert_hidden(&[hidden.as_str(), &said].concat());
    assert_eq!(hidden.lines().count(), open.lines().count());
    let lists = ["attestation", "zqx.keyreach", "-o", "lists", "--redact"];
    let (_, said) = ended(0, folder.path(), &lists);
    assert_hidden(&said);
    let names: Vec<String> = std::fs::read_dir(folder.path().join("lists"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    for name in names {
        assert_hidden(&name);
        assert_hidden(&std::fs::read_to_string(folder.path().join("lists").join(name)).unwrap());
    }
    let nobody = ["attestation", "zqx.keyreach", "--owner", "zqx-none", "--redact"];
    let (_, said) = ended(2, folder.path(), &nobody);
    assert_hidden(&said);
}

#[test]
fn a_scenario_is_named_by_its_name_and_goes_by_its_number_where_names_are_hidden() {
    let folder = project();
    for command in [&["export", "zqx.keyreach", "--what", "tasks"][..], &["tasks", "zqx.keyreach"]]
    {
        for format in ["csv", "json"] {
            let by = |name: &str| {
                let more = ["--redact", "--format", format, "--scenario", name];
                ended(0, folder.path(), &[command, &more].concat()).0
            };
            let hidden = by("zqx plan");
            assert_hidden(&hidden);
            let is_named = hidden.contains("Scenario 1");
            // A table has the tasks alone.
            assert!(is_named || format == "csv" || command[0] == "export", "{hidden}");
            assert_eq!(by("Scenario 1"), hidden);
            let more = ["--redact", "--format", format, "--scenario", "zqx none"];
            let (_, said) = ended(2, folder.path(), &[command, &more].concat());
            assert_hidden(&said);
            assert!(said.contains("“Scenario 1” and so on"), "{said}");
        }
    }
}

#[test]
fn commands_that_hide_no_names_say_why_and_what_to_do() {
    let folder = project();
    for (line, what) in [
        (&["attested", "zqx.keyreach", "a.csv"][..], "`keyreach redact`"),
        (&["recover", "zqx.keyreach", "-o", "b.keyreach"], "`keyreach redact`"),
        (&["mapping", "zqx.csv"], "leave --redact out"),
        (&["policy", "zqx.keyreach"], "`keyreach redact`"),
        (&["generate", "--rows", "3"], "leave --redact out"),
        (&["import", "zqx.csv", "-o", "c.keyreach"], "`keyreach redact`"),
        (&["reveal", "zqx.csv", "--with", "zqx.csv"], "leave --redact out"),
    ] {
        for redact in ["--redact", "--redact=services"] {
            let (out, said) = ended(2, folder.path(), &[line, &[redact]].concat());
            assert!(out.is_empty() && said.contains(what), "{line:?}: {said}");
            assert!(said.starts_with("keyreach: ") && said.lines().count() == 1, "{said}");
        }
    }
}

#[test]
fn labels_of_ones_own_are_hidden_and_standard_ones_stay() {
    let folder = tempfile::tempdir().unwrap();
    // In the order of their names own labels stand among standard ones.
    let rows = "id,service,environment,access\n\
        k1,web,azqx,holds\nk1,web,prod,grants\nk2,web,prod,holds\nk2,web,zzqx,grants\n\
        k3,web,zzqx,holds\nk3,web,dev,grants\nk4,web,dev,holds\nk4,web,azqx,grants\n";
    std::fs::write(folder.path().join("in.csv"), rows).unwrap();
    for command in ["report", "owners", "export", "paths"] {
        let (out, said) = ended(0, folder.path(), &[command, "in.csv", "--redact"]);
        assert_hidden(&[out.as_str(), &said].concat());
    }
    let services = |more: &[&str]| {
        let line = ["export", "in.csv", "--what", "services", "--format", "json"];
        ended(0, folder.path(), &[&line[..], more].concat()).0
    };
    let hidden = services(&["--redact"]);
    let labels = |text: &str| -> Vec<String> {
        let all: serde_json::Value = serde_json::from_str(text).unwrap();
        let rows = all.as_array().or_else(|| all["rows"].as_array()).unwrap().clone();
        rows.iter().map(|row| row["environment"].as_str().unwrap().to_owned()).collect()
    };
    let (open, hidden) = (labels(&services(&[])), labels(&hidden));
    assert_eq!(open, ["azqx", "dev", "prod", "zzqx"]);
    // Each is where it was.
    assert_eq!(hidden[1..3], ["dev", "prod"]);
    assert!(hidden[0].starts_with("environment ") && hidden[3].starts_with("environment "));
    assert!(hidden[0] < hidden[3], "{hidden:?}");
    assert_eq!(labels(&services(&["--redact=services"])), open);
    let own = labels(&services(&["--redact=own-environments"]));
    assert_eq!(own, hidden);
    let all = labels(&services(&["--redact=environments"]));
    assert!(all.iter().all(|label| label.starts_with("environment ")), "{all:?}");
    ended(0, folder.path(), &["redact", "in.csv", "-o", "out.keyreach"]);
    assert_hidden(&std::fs::read_to_string(folder.path().join("out.keyreach")).unwrap());
}

#[test]
fn a_policy_that_nobody_wrote_misses_no_hidden_label() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/talk.csv");
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(sample, folder.path().join("talk.csv")).unwrap();
    let all = "services,credentials,owners,environments,files,text";
    for kinds in ["environments", all] {
        let redact = format!("--redact={kinds}");
        let (_, said) = ended(0, folder.path(), &["report", "talk.csv", &redact]);
        assert_eq!(said, "");
        let copy = ["redact", "talk.csv", "-o", "out.keyreach", "--kinds", kinds, "--force"];
        ended(0, folder.path(), &copy);
        let (_, said) = ended(0, folder.path(), &["report", "out.keyreach"]);
        assert_eq!(said, "");
    }
    // One that was written does.
    let policy = "[environment_tiers]\nzqxlab = 2\n";
    std::fs::write(folder.path().join("p.toml"), policy).unwrap();
    let line = ["report", "talk.csv", "--redact=environments", "--policy", "p.toml"];
    let (_, said) = ended(0, folder.path(), &line);
    assert!(said.contains("there is no “environment "), "{said}");
    assert_hidden(&said);
}

/// Whatever file a command cannot read or write: with names hidden its path is not repeated.
#[test]
fn no_path_of_the_command_line_is_repeated_while_names_are_hidden() {
    let (mut wrong, mut tried) = (Wrong::default(), 0);
    let program = <keyreach::cli::Cli as clap::CommandFactory>::command();
    for command in commands() {
        let known = program.find_subcommand(&command.name).unwrap();
        let hides = known.get_arguments().any(|own| own.get_id() == "redact");
        if !hides || ["import", "redact", "reveal"].contains(&command.name.as_str()) {
            continue;
        }
        let ground = Ground::new();
        for slot in &command.slots {
            let name = format!("no-zqx/zqx.{}", command.ending(slot));
            let path = ground.path(&name);
            let mut line = command.line(&ground, &[(slot, &path)]);
            let open = keyreach(&line);
            let open = String::from_utf8_lossy(&open.stderr).to_lowercase();
            if !open.contains("zqx") {
                continue;
            }
            line.push("--redact".to_owned());
            let output = keyreach(&line);
            let said = String::from_utf8_lossy(&output.stderr).to_lowercase();
            wrong.unless(!output.status.success(), || format!("{line:?} ended well"));
            wrong.unless(!said.contains("zqx"), || format!("{line:?} says {said}"));
            wrong.unless(said.contains("the file"), || format!("{line:?} says {said}"));
            tried += 1;
        }
    }
    wrong.assert_none();
    assert!(tried > 40, "{tried}");
}

#[test]
fn packed_answers_are_led_back_and_words_that_stayed_are_not_doubled() {
    let folder = project();
    for ending in ["json", "csv", "txt"] {
        let hidden = format!("h.{ending}.gz");
        let has_types = ending != "txt";
        let command: &[&str] = if has_types {
            &["export", "zqx.csv", "--what", "credentials"]
        } else {
            &["report", "zqx.csv", "--full"]
        };
        let redact = ["--redact", "-o", &hidden];
        ended(0, folder.path(), &[command, &redact].concat());
        let (revealed, _) = ended(0, folder.path(), &["reveal", &hidden, "--with", "zqx.csv"]);
        assert!(revealed.contains("zqx-key"), "{revealed}");
        assert!(revealed.contains("SSH key") || !has_types, "{revealed}");
        assert!(!revealed.contains("(ssh"), "{revealed}");
    }
    ended(0, folder.path(), &["export", "zqx.csv", "--redact", "-o", "h.xlsx"]);
    let (_, said) = ended(1, folder.path(), &["reveal", "h.xlsx", "--with", "zqx.csv"]);
    assert!(said.contains("this is a workbook") && said.contains("as JSON, CSV"), "{said}");
    ended(0, folder.path(), &["report", "zqx.csv", "--redact", "-o", "h.pdf"]);
    let (_, said) = ended(1, folder.path(), &["reveal", "h.pdf", "--with", "zqx.csv"]);
    assert!(said.contains("this is a PDF"), "{said}");
}

#[test]
fn an_answer_of_another_inventory_is_led_back_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for name in ["talk.csv", "payments.csv"] {
        std::fs::copy(samples.join(name), folder.path().join(name)).unwrap();
    }
    for format in ["json", "text"] {
        let line = ["report", "talk.csv", "--redact", "--format", format, "-o", "h.out"];
        let line =
            line.map(|word| if word == "h.out" && format == "json" { "h.json" } else { word });
        let line = line.map(|word| if word == "h.out" { "h.txt" } else { word });
        ended(0, folder.path(), &line);
        let hidden = if format == "json" { "h.json" } else { "h.txt" };
        let (_, said) = ended(0, folder.path(), &["reveal", hidden, "--with", "talk.csv"]);
        assert_eq!(said, "");
        let (_, said) = ended(0, folder.path(), &["reveal", hidden, "--with", "payments.csv"]);
        assert!(said.contains("none of these files"), "{said}");
    }
}

/// All that answers on the samples say with names hidden, but for what is packed into them.
fn answers() -> String {
    let folder = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for name in ["talk.csv", "payments.csv", "messy.csv", "talk.keyreach", "payments.keyreach"] {
        std::fs::copy(samples.join(name), folder.path().join(name)).unwrap();
    }
    let all = std::cell::RefCell::new(String::new());
    let add = |said: &[u8]| {
        all.borrow_mut().push_str(&String::from_utf8_lossy(said));
        all.borrow_mut().push('\n');
    };
    let say = |line: &[&str]| {
        let output = run(folder.path(), line);
        add(&[output.stdout, output.stderr].concat());
    };
    let kinds = "--redact=services,credentials,owners,environments,files,text";
    for file in ["talk.csv", "payments.csv", "messy.csv", "talk.keyreach", "payments.keyreach"] {
        for format in ["text", "json", "markdown", "html"] {
            say(&["report", file, kinds, "--full", "--format", format]);
            say(&["paths", file, kinds, "--format", format]);
            say(&["owners", file, kinds, "--format", format]);
        }
        for what in ["findings", "credentials", "services", "paths", "plan", "owners", "tasks"] {
            say(&["export", file, kinds, "--what", what, "--format", "csv"]);
        }
        for format in ["dot", "graphml", "gexf", "mmd"] {
            say(&["export", file, kinds, "--format", format]);
        }
        for format in ["text", "json", "sarif", "junit"] {
            say(&["check", file, kinds, "--fail-on", "low", "--format", format]);
        }
        say(&["render", file, kinds, "-o", "picture.svg"]);
    }
    for project in ["talk.keyreach", "payments.keyreach"] {
        for command in ["info", "minutes", "scenarios", "tasks", "stated"] {
            say(&[command, project, kinds]);
        }
        say(&["attestation", project, "--redact", "--owner", "Web"]);
        say(&["scenes", project, kinds, "-o", "deck.md"]);
        say(&["scenes", project, kinds, "-o", "deck.html"]);
        for deck in ["deck.md", "deck.html", "picture.svg"] {
            add(&std::fs::read(folder.path().join(deck)).unwrap_or_default());
        }
    }
    add(include_bytes!("../../docs/report.schema.json"));
    all.into_inner()
}

/// The words of a text that are letters alone, without what is packed into pages.
fn words(text: &str) -> BTreeSet<String> {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, packed)) = rest.split_once("base64,") {
        plain.push_str(before);
        let end = packed.find(|sign: char| !(sign.is_ascii_alphanumeric() || "+/=".contains(sign)));
        rest = packed.get(end.unwrap_or(packed.len())..).unwrap_or_default();
    }
    plain.push_str(rest);
    let parts = plain.split(|letter: char| !letter.is_alphanumeric());
    let words = parts.filter(|word| word.chars().all(|letter| letter.is_ascii_alphabetic()));
    let words = words.map(str::to_lowercase).filter(|word| (2..20).contains(&word.len()));
    words.collect()
}

/// The words that pseudonyms are made of.
fn made_words() -> BTreeSet<String> {
    let source = include_str!("../../src/project/pseudonyms/words.rs");
    let quoted = source.split('"').skip(1).step_by(2);
    quoted.map(str::to_lowercase).collect()
}

#[test]
fn every_word_of_an_answer_is_known_so_that_none_is_chosen_as_a_pseudonym() {
    let made = made_words();
    let all = words(&answers());
    assert!(all.len() > 800, "{}", all.len());
    let missed: Vec<&String> =
        all.iter().filter(|word| !made.contains(*word) && !is_of_answers(word)).collect();
    assert!(missed.is_empty(), "run the test `write_the_words_of_answers`: {missed:?}");
    for word in ["high", "Prod", "critical", "Owner", "crown jewel", "14 of 80"] {
        assert!(is_of_answers(word), "{word}");
    }
    for word in ["Checkout", "The Bank", "High Tatra"] {
        assert!(!is_of_answers(word), "{word}");
    }
}

#[test]
#[ignore = "writes a file of the sources"]
fn write_the_words_of_answers() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("src/project/pseudonyms/answer_words.txt");
    let made = made_words();
    let mut all: BTreeSet<String> =
        std::fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    all.extend(words(&answers()).into_iter().filter(|word| !made.contains(word)));
    let lines: Vec<&str> = all.iter().map(String::as_str).collect();
    std::fs::write(path, lines.join("\n") + "\n").unwrap();
}
