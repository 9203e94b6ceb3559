//! What the program is built from: from the registry alone, under permissive licences, with nothing that
//! talks to a network; and the texts of these licences, which it prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::gate::Wrong;

/// Licences under which a program may be given away with its parts, without conditions on its own source.
const PERMISSIVE: [&str; 16] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "OFL-1.1",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "LicenseRef-UFL-1.0",
    "Ubuntu-font-1.0",
];

/// Packages under another licence whose conditions are on their own files alone, and are met by naming them.
const OWN_FILES_ALONE: [(&str, &str); 1] = [("option-ext", "MPL-2.0")];

/// Crates that speak HTTP or TLS, or that only such crates need.
const NETWORK: [&str; 24] = [
    "actix-web",
    "async-tls",
    "attohttpc",
    "axum",
    "curl",
    "h2",
    "hickory-resolver",
    "http",
    "hyper",
    "isahc",
    "mio",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "s2n-tls",
    "schannel",
    "security-framework",
    "tungstenite",
    "ureq",
    "warp",
];

/// The platform whose packages are listed.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// A package that the program is built from.
struct Package {
    name: String,
    version: String,
    licence: String,
    source: String,
    folder: PathBuf,
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        // What other platforms need besides is not there to be read.
        .args(["--filter-platform", PLATFORM])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The packages that the program itself needs, without those of tests and builds, by name
/// and version.
fn packages() -> Vec<Package> {
    let metadata = metadata();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<&str, &Value> =
        nodes.iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let (mut needed, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(id) = open.pop() {
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            let kinds = dependency["dep_kinds"].as_array().unwrap();
            let package = dependency["pkg"].as_str().unwrap();
            if kinds.iter().any(|kind| kind["kind"].is_null()) && needed.insert(package) {
                open.push(package);
            }
        }
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = metadata["packages"].as_array().unwrap().iter();
    let mut packages: Vec<Package> = all
        .filter(|package| needed.contains(package["id"].as_str().unwrap()))
        .map(|package| Package {
            name: text(&package["name"]),
            version: text(&package["version"]),
            licence: text(&package["license"]),
            source: text(&package["source"]),
            folder: Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().into(),
        })
        .collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    assert!(packages.len() > 100, "{}", packages.len());
    packages
}

/// Whether an expression of licences leaves a choice that is permissive.
fn is_permissive(expression: &str) -> bool {
    let flat = expression.replace('/', " OR ").replace(['(', ')'], "");
    let needed: Vec<&str> = flat.split(" AND ").collect();
    needed.iter().all(|all| all.split(" OR ").any(|one| PERMISSIVE.contains(&one.trim())))
}

#[test]
fn an_expression_of_licences_is_judged_by_its_best_choice() {
    for good in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
        assert!(is_permissive(good), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MPL-2.0", "AGPL-3.0 OR SSPL-1.0"] {
        assert!(!is_permissive(bad), "{bad}");
    }
}

#[test]
fn every_dependency_is_permissive_from_the_registry_and_speaks_to_no_network() {
    let mut wrong = Wrong::default();
    for Package { name, version, licence, source, .. } in packages() {
        let is_good = OWN_FILES_ALONE.contains(&(&name, &licence)) || is_permissive(&licence);
        wrong.unless(is_good, || format!("{name} {version} is under {licence:?}"));
        let is_registry = source.starts_with("registry+");
        wrong.unless(is_registry, || format!("{name} {version} comes from {source:?}"));
        wrong.unless(!NETWORK.contains(&name.as_str()), || format!("{name} speaks to a network"));
    }
    wrong.assert_none();
}

/// The texts of a package's licences: of several to choose from, MIT where there is one.
fn texts(package: &Package) -> Vec<String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(&package.folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().to_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE", "OFL", "UFL"]
                .iter()
                .any(|start| name.starts_with(start))
        })
        .collect();
    files.sort();
    let is_mit = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains("MIT");
    if package.licence.contains(" OR ") || package.licence.contains('/') {
        let mit: Vec<PathBuf> = files.iter().filter(|path| is_mit(path)).cloned().collect();
        if !mit.is_empty() {
            files = mit;
        }
    }
    let read = |path: PathBuf| {
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let lines = text.lines().map(str::trim_end).collect::<Vec<_>>();
        lines.join("\n").trim().to_owned()
    };
    files.into_iter().map(read).collect()
}

/// The licences of all dependencies: a list, then each text once, below the packages that have it.
fn licences() -> String {
    let packages = packages();
    let mut out = String::from(
        "Keyreach is built from the packages below (for Linux), each under the licence that stands \
         beside it.\n\
         This list is made by `UPDATE_LICENCES=1 cargo test --test integration dependencies`.\n\n",
    );
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in &packages {
        let Package { name, version, licence, .. } = package;
        out.extend([format!("{name} {version}: {licence}\n")]);
        for text in texts(package) {
            by_text.entry(text).or_default().push(format!("{name} {version}"));
        }
    }
    let mut grouped: Vec<(Vec<String>, String)> =
        by_text.into_iter().map(|(text, packages)| (packages, text)).collect();
    grouped.sort();
    for (packages, text) in grouped {
        out.extend([format!("\n{}\n{}\n\n{text}\n", "-".repeat(80), packages.join(", "))]);
    }
    out
}

#[test]
fn the_licences_that_are_printed_are_those_of_the_dependencies() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("packaging/licences.txt");
    if std::env::var_os("UPDATE_LICENCES").is_some() {
        std::fs::write(&file, licences()).unwrap();
        super::gate::skipped("the licences are written, not compared");
        return;
    }
    let shipped = std::fs::read_to_string(&file).unwrap();
    let listed: BTreeSet<&str> = shipped.lines().collect();
    let mut wrong = Wrong::default();
    for Package { name, version, licence, .. } in packages() {
        let line = format!("{name} {version}: {licence}");
        wrong.unless(listed.contains(line.as_str()), || format!("not in the list: {line}"));
    }
    wrong.assert_none();
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach")).arg("licences").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), shipped);
}
