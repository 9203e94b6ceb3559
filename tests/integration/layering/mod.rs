//! The order of the rooms, of the folders within them, and of the files: nothing looks back.
//!
//! The order is read from the code: `src/lib.rs` names the rooms, and each room's `mod.rs` what
//! stands in it, in order. Whatever is used is followed to the file that defines it, through
//! re-exports, and file by file there must be no circle.

mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::paths::{Source, read};

/// Crates of the window, which only `app` may name.
const WINDOW_CRATES: [&str; 5] = ["egui", "eframe", "egui_extras", "rfd", "wgpu"];

/// All files below a `src`, by their module path: `["import", "csv", "records"]`.
type Sources = BTreeMap<Vec<String>, Source>;

/// What one file uses of others: module path → module paths, each with a name used there.
type Uses = BTreeMap<Vec<String>, BTreeMap<Vec<String>, String>>;

/// Parses files given by their paths below `src`.
fn sources<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Sources {
    let module = |path: &str| -> Vec<String> {
        let mut steps: Vec<_> =
            path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if steps.last().is_some_and(|last| last == "mod" || last == "lib") {
            steps.pop();
        }
        steps
    };
    let all: Sources = files.into_iter().map(|(path, text)| (module(path), read(text))).collect();
    // What no module declares outside of tests is there for tests alone.
    let is_declared = |path: &[String]| {
        (1..=path.len()).all(|end| {
            all.get(&path[..end - 1]).is_some_and(|it| it.children.contains(&path[end - 1]))
        })
    };
    let declared: BTreeSet<_> = all.keys().filter(|path| is_declared(path)).cloned().collect();
    all.into_iter().filter(|(path, _)| declared.contains(path)).collect()
}

/// Follows a path through re-exports to the module that defines its end.
fn defining_module(all: &Sources, path: &[String]) -> Option<Vec<String>> {
    let mut path = path.to_vec();
    // Far more re-exports in a row than anybody writes; a circle of them ends here.
    for _ in 0..16 {
        let module =
            (0..=path.len()).rev().map(|end| &path[..end]).find(|it| all.contains_key(*it))?;
        let rest = &path[module.len()..];
        let source = &all[module];
        let Some((name, rest)) = rest.split_first() else { return Some(module.to_vec()) };
        let Some(onward) = source.names.get(name) else { return Some(module.to_vec()) };
        let onward = absolute(module, onward);
        if onward == path {
            return Some(module.to_vec());
        }
        path = onward.into_iter().chain(rest.iter().cloned()).collect();
        if path.first().is_some_and(|first| !all.contains_key(std::slice::from_ref(first))) {
            return None;
        }
    }
    None
}

/// A path as it is written in a module, from the root of the crate.
fn absolute(module: &[String], written: &[String]) -> Vec<String> {
    let mut at = module.to_vec();
    let mut steps = written.iter().peekable();
    if steps.next_if(|step| *step == "crate").is_some() {
        at.clear();
    }
    while steps.next_if(|step| *step == "self").is_some() {}
    while steps.next_if(|step| *step == "super").is_some() {
        at.pop();
    }
    at.extend(steps.cloned());
    at
}

/// What each file uses; with what it only passes on, if wished.
fn uses(all: &Sources, with_reexports: bool) -> Uses {
    let mut found = Uses::new();
    for (module, source) in all {
        let of = found.entry(module.clone()).or_default();
        let reexports = source.reexports.iter().filter(|_| with_reexports);
        for written in source.paths.iter().chain(reexports) {
            let path = absolute(module, written);
            let Some(target) = defining_module(all, &path) else { continue };
            if target != *module && !target.is_empty() {
                of.entry(target).or_insert_with(|| written.join("::"));
            }
        }
    }
    found
}

/// Where a module stands in the order of its parent.
fn place(all: &Sources, module: &[String]) -> Option<usize> {
    let (name, parent) = module.split_last()?;
    all.get(parent)?.children.iter().position(|child| child == name)
}

/// Uses of what stands further down: of a later room, or of a later folder or file of a room.
fn backward_uses(all: &Sources, uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for (from, targets) in uses {
        for (to, written) in targets {
            let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
            if shared > 1 || from.len() <= shared || to.len() <= shared {
                continue;
            }
            let (a, b) = (&from[..=shared], &to[..=shared]);
            if place(all, a) < place(all, b) {
                found.push(format!("{} uses {written} of {}", from.join("/"), b.join("/")));
            }
        }
    }
    found
}

/// All that a file uses, directly or through others.
fn reachable<'a>(uses: &'a Uses, start: &Vec<String>) -> BTreeSet<&'a Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<_> = uses.get(start).into_iter().flat_map(BTreeMap::keys).collect();
    while let Some(at) = open.pop() {
        if seen.insert(at) {
            open.extend(uses.get(at).into_iter().flat_map(BTreeMap::keys));
        }
    }
    seen
}

/// Files that import each other, over however many others.
fn circles(uses: &Uses) -> Vec<String> {
    let mut found = Vec::new();
    for start in uses.keys() {
        let seen = reachable(uses, start);
        if seen.contains(start) {
            let reaches_back = |next: &&Vec<String>| reachable(uses, next).contains(start);
            let via: Vec<_> =
                uses[start].keys().filter(reaches_back).map(|it| it.join("/")).collect();
            found.push(format!("{} is in a circle, by way of {}", start.join("/"), via.join(", ")));
        }
    }
    found
}

/// Rooms that name a crate of the window and are not the window.
fn window_uses(all: &Sources) -> Vec<String> {
    let mut found = Vec::new();
    for (module, source) in all {
        if module.first().is_some_and(|room| room == "app" || room == "main") {
            continue;
        }
        let names = |path: &&Vec<String>| WINDOW_CRATES.contains(&path[0].as_str());
        found.extend(
            source
                .foreign
                .iter()
                .filter(names)
                .map(|path| format!("{} uses {} of the window", module.join("/"), path.join("::"))),
        );
    }
    found
}

fn offences(all: &Sources) -> Vec<String> {
    let mut found = backward_uses(all, &uses(all, true));
    found.extend(circles(&uses(all, false)));
    found.extend(window_uses(all));
    found
}

/// The crate's own files.
fn own_sources() -> Sources {
    fn files(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &root, &mut found);
    sources(found.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

#[test]
fn nothing_uses_what_stands_after_it_and_no_files_import_each_other() {
    let all = own_sources();
    assert!(all.len() > 200 && all[&Vec::new()].children.len() == 10, "{} files", all.len());
    let found = offences(&all);
    assert!(found.is_empty(), "{} offences\n{}", found.len(), found.join("\n"));
}

#[test]
fn rooms_keep_few_files_outside_their_folders() {
    for room in ["import", "analysis", "app"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room);
        let loose =
            std::fs::read_dir(folder).unwrap().filter(|it| it.as_ref().unwrap().path().is_file());
        assert!(loose.count() <= 8, "{room}");
    }
}

#[test]
fn a_room_names_each_of_its_folders_on_a_line_of_its_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ["import", "analysis", "app"] {
        let text = std::fs::read_to_string(root.join(room).join("mod.rs")).unwrap();
        let mut after = 0;
        for child in &read(&text).children {
            if !root.join(room).join(child).is_dir() {
                continue;
            }
            let line = text
                .find(&format!("//! - `{child}`"))
                .or_else(|| text.find(&format!("//! - [`{child}`]")));
            let line = line.unwrap_or_else(|| panic!("{room}/mod.rs does not name {child}"));
            assert!(line > after, "{room}/mod.rs names {child} out of order");
            after = line;
        }
    }
}

/// Two rooms, of which the second has two folders.
fn with(path: &'static str, text: &'static str) -> Vec<String> {
    let files = BTreeMap::from([
        ("lib.rs", "pub mod graph; pub mod scene; #[cfg(feature = \"gui\")] pub mod app;"),
        ("graph/mod.rs", "mod nodes; mod edges; pub use nodes::Node;"),
        ("graph/nodes.rs", "pub struct Node;"),
        ("graph/edges.rs", "use super::Node; pub struct Edge(Node);"),
        ("scene/mod.rs", "mod marks; mod draw; pub use draw::draw;"),
        ("scene/marks/mod.rs", "pub(crate) mod shapes; pub(crate) mod colours;"),
        ("scene/marks/shapes.rs", "use crate::graph::Node; pub struct Shape;"),
        ("scene/marks/colours.rs", "use super::shapes::Shape; pub struct Colour;"),
        ("scene/draw/mod.rs", "use super::marks::{shapes::Shape, colours}; pub fn draw() {}"),
        ("app/mod.rs", "use crate::scene::draw; use egui::Ui;"),
    ]);
    let mut files = files;
    files.insert(path, text);
    offences(&sources(files))
}

#[test]
fn what_only_looks_forward_passes() {
    assert_eq!(with("app/mod.rs", "use crate::graph::Node;"), Vec::<String>::new());
    assert_eq!(with("graph/nodes.rs", "//! crate::scene::draw\n// use crate::app;"), [""; 0]);
    assert_eq!(with("graph/nodes.rs", "pub struct Node; const A: &str = \"crate::app\";"), [""; 0]);
    let tests = "pub struct Node; #[cfg(test)] mod tests { use crate::scene::draw; }";
    assert_eq!(with("graph/nodes.rs", tests), [""; 0]);
}

#[test]
fn a_planted_offence_of_each_kind_is_found() {
    for (path, text) in [
        // A later room: plainly, behind braces, by `super`, in code, in a macro, by another name.
        ("graph/nodes.rs", "use crate::scene::draw;"),
        ("graph/nodes.rs", "use crate::{scene::draw};"),
        ("graph/nodes.rs", "use {std::fmt, crate::{graph::Node, scene::{draw as other}}};"),
        ("graph/nodes.rs", "use super::super::scene;"),
        ("graph/nodes.rs", "fn f() { crate::scene::draw(); }"),
        ("graph/nodes.rs", "fn f() { println!(\"{}\", crate::scene::draw()); }"),
        ("graph/mod.rs", "mod nodes; mod edges; pub use crate::scene::draw; pub use nodes::Node;"),
        // A later folder of the same room.
        ("scene/marks/shapes.rs", "use crate::scene::draw;"),
        ("scene/marks/shapes.rs", "use super::super::draw::draw; pub struct Shape;"),
        ("scene/marks/shapes.rs", "use crate::{scene::{draw::draw}}; pub struct Shape;"),
        // Circles of two, plainly and by way of a re-export.
        ("scene/marks/shapes.rs", "use super::colours::Colour; pub struct Shape;"),
        ("graph/nodes.rs", "use crate::graph::edges::Edge; pub struct Node;"),
        // The window's crates.
        ("scene/draw/mod.rs", "use egui::Ui; pub fn draw() {}"),
        ("scene/draw/mod.rs", "pub fn draw(ui: &mut egui::Ui) {}"),
        ("graph/nodes.rs", "use {rfd::FileDialog}; pub struct Node;"),
    ] {
        assert_ne!(with(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn a_circle_of_three_files_and_one_with_the_parent_are_found() {
    let three = [
        ("lib.rs", "pub mod a;"),
        ("a/mod.rs", "mod b; mod c; mod d;"),
        ("a/b.rs", "use super::c::C;"),
        ("a/c.rs", "use crate::a::d::D; pub struct C;"),
        ("a/d.rs", "use super::b; pub struct D;"),
    ];
    let found = offences(&sources(three));
    assert!(found.iter().filter(|one| one.contains("circle")).count() == 3, "{found:?}");
    let parent = [
        ("lib.rs", "pub mod a;"),
        ("a/mod.rs", "mod b; pub struct A(b::B);"),
        ("a/b.rs", "use super::A; pub struct B;"),
    ];
    let found = offences(&sources(parent));
    assert!(found.iter().filter(|one| one.contains("circle")).count() == 2, "{found:?}");
}
