//! What `export` and `render` refuse to write, and what their files say of what they do not show.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn run(folder: &Path, line: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keyreach")).args(line).current_dir(folder).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn talk() -> String {
    format!("{}/sample-data/talk.csv", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_name_without_an_ending_says_no_format() {
    let folder = TempDir::new().unwrap();
    for name in ["out", "out.gz", "a.b.doc"] {
        let output = run(folder.path(), &["export", &talk(), "-o", name]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(".csv, .xlsx") && said.contains(".mmd"), "{name}: {said}");
        assert!(!folder.path().join(name).exists(), "{name}");
    }
    let output = run(folder.path(), &["export", &talk(), "-o", "out", "--format", "json"]);
    assert!(output.status.success() && folder.path().join("out").exists());
    for line in [&["export", "-"][..], &["export"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
            .args(line)
            .stdin(std::fs::File::open(talk()).unwrap())
            .output()
            .unwrap();
        assert!(output.stdout.starts_with(b"credential_id,"), "{line:?}: {}", stderr(&output));
    }
    let output = run(folder.path(), &["export", &talk(), "-o", "-"]);
    assert!(output.stdout.starts_with(b"credential_id,"), "{}", stderr(&output));
}

#[test]
fn files_of_others_in_the_folder_for_bloodhound_stay_unless_they_are_to_be_replaced() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    let talk = talk();
    let line = ["export", talk.as_str(), "--to", "bloodhound", "-o", "out"];
    for (name, text) in [
        ("schema.json", "{\"name\": \"mine\"}"),
        ("links.json", "{}"),
        ("queries.zip", "PK"),
        ("icons.json", ""),
    ] {
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(out.join(name), text).unwrap();
        let output = run(folder.path(), &line);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(3), "{name}: {said}");
        assert!(said.contains(name) && said.contains("--force"), "{said}");
        assert_eq!(std::fs::read_to_string(out.join(name)).unwrap(), text);
        assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1, "{name}");
        let output = run(folder.path(), &[&line[..], &["--force"]].concat());
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        // What it wrote is its own.
        let output = run(folder.path(), &line);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert!(!out.join("links.json").exists());
        std::fs::remove_dir_all(&out).unwrap();
    }
}

/// Many credentials, each of which one service holds and another one accepts.
#[cfg(feature = "gui")]
fn many(folder: &Path, count: usize) -> String {
    let links = |at: usize| {
        format!("key-{at:04},holder-{at:04},dev,holds\nkey-{at:04},target-{at:04},prod,grants\n")
    };
    let rows: String = (0..count).map(links).collect();
    let rows = format!("credential_id,service,environment,access\n{rows}");
    let file = folder.join("many.csv");
    std::fs::write(&file, rows).unwrap();
    file.to_str().unwrap().to_owned()
}

/// All text of a picture, in its order.
#[cfg(feature = "gui")]
fn texts(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).unwrap();
    let document = resvg::usvg::roxmltree::Document::parse(&text).unwrap();
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    let text = |node: resvg::usvg::roxmltree::Node<'_, '_>| -> String {
        node.descendants().filter_map(|part| part.text()).collect()
    };
    texts.map(text).collect()
}

#[cfg(feature = "gui")]
#[test]
fn a_picture_says_how_much_lies_beyond_its_frame_and_shows_what_is_selected() {
    let folder = TempDir::new().unwrap();
    let file = many(folder.path(), 300);
    let picture = |more: &[&str]| {
        let line = [&["render", file.as_str(), "-o", "x.svg"], more].concat();
        let output = run(folder.path(), &line);
        assert!(output.status.success(), "{more:?}: {}", stderr(&output));
        texts(&folder.path().join("x.svg"))
    };
    let beyond = |texts: &[String]| {
        let all = texts.join(" ");
        all.split_once("Showing ").map(|(_, rest)| {
            rest.split_once(" the rest lies beyond the frame").unwrap().0.to_owned()
        })
    };
    let names = |texts: &[String], name: &str| texts.iter().any(|text| text.contains(name));
    for view in ["matrix", "strands"] {
        let first = picture(&["--view", view]);
        let said = beyond(&first).unwrap_or_else(|| panic!("{view}: {first:?}"));
        assert!(said.contains("of 600 services") && said.contains("of 300 credentials"), "{said}");
        let selected = picture(&["--view", view, "--select", "target-0250@prod"]);
        assert!(names(&selected, "target-0250"), "{view}: {selected:?}");
        assert!(beyond(&selected).is_some());
        let whole = picture(&["--view", view, "--extent", "whole", "--size", "2000x2400"]);
        assert_eq!(beyond(&whole), None, "{view}");
        let part = picture(&["--view", view, "--extent", "selection", "--select", "key-0250"]);
        assert!(names(&part, "target-0250") && names(&part, "holder-0250"), "{view}: {part:?}");
        assert!(!names(&part, "holder-0001"), "{view}: {part:?}");
    }
    // A line that runs beyond the frame from end to end is not shown.
    let row = |at: u32| format!("near-{at:04};left-{at:04}|right-{at:04};dev\n");
    let rows: String = (0..300).map(row).collect();
    std::fs::write(&file, format!("id;services;environment\n{rows}")).unwrap();
    let said = beyond(&picture(&["--view", "strands"])).expect("not all rows fit");
    let counts: Vec<u32> = said.split(' ').filter_map(|word| word.parse().ok()).collect();
    let &[services, 600, credentials, 300] = counts.as_slice() else { panic!("{said}") };
    assert!(credentials <= services && services < 600, "{said}");
    let file = many(folder.path(), 300);
    assert!(!file.is_empty());
    let selected = picture(&["--view", "matrix", "--select", "key-0250"]);
    assert!(names(&selected, "key-0250"), "{selected:?}");
    let map = picture(&["--view", "map"]);
    assert_eq!(beyond(&map), None);
}

#[cfg(feature = "gui")]
#[test]
fn a_whole_that_nobody_could_read_is_refused() {
    let folder = TempDir::new().unwrap();
    let file = many(folder.path(), 700);
    let whole = ["render", file.as_str(), "-o", "x.svg", "--view", "matrix", "--extent", "whole"];
    let output = run(folder.path(), &whole);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("1,400 rows and 700 columns") && said.contains("--size"), "{said}");
    assert!(!folder.path().join("x.svg").exists());
    let larger = [&whole[..], &["--size", "2000x4000"]].concat();
    assert!(run(folder.path(), &larger).status.success());
    let empty = folder.path().join("one.csv");
    std::fs::write(&empty, "credential_id,service\nk,web\n").unwrap();
    let line = ["render", "one.csv", "-o", "y.svg", "--extent", "selection", "--select", "k"];
    assert!(run(folder.path(), &line).status.success());
}
