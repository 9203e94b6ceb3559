//! The order of the rooms: a room uses those to its left, never those to its right.

use std::path::{Path, PathBuf};

const ROOMS: [&str; 10] = [
    "inventory",
    "import",
    "graph",
    "analysis",
    "project",
    "layout",
    "scene",
    "export",
    "cli",
    "app",
];

/// Uses in the text of a room's file that reach to the right, or to egui outside the window.
fn offences(room: &str, text: &str) -> Vec<String> {
    let own = ROOMS.iter().position(|other| *other == room).unwrap();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for right in &ROOMS[own + 1..] {
            for way in [format!("crate::{right}::"), format!("crate::{right};")] {
                if line.contains(&way) {
                    found.push(format!("line {}: {room} uses {right}", number + 1));
                }
            }
        }
        if room != "app" && ["egui::", "eframe::", "rfd::"].iter().any(|ui| line.contains(ui)) {
            found.push(format!("line {}: {room} uses the window's crates", number + 1));
        }
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn no_room_uses_a_room_to_its_right() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ROOMS.iter().filter(|room| source.join(room).is_dir()) {
        for file in files(&source.join(room)) {
            let text = std::fs::read_to_string(&file).unwrap();
            assert_eq!(offences(room, &text), Vec::<String>::new(), "{}", file.display());
        }
    }
}

#[test]
fn a_planted_offence_is_found() {
    assert_eq!(offences("graph", "use crate::analysis::sharing;").len(), 1);
    assert_eq!(offences("scene", "fn f(ui: &mut egui::Ui) {}").len(), 1);
    assert!(offences("analysis", "use crate::graph::AccessGraph;").is_empty());
    assert!(offences("app", "use crate::scene::draw; egui::Ui").is_empty());
}
