//! Every list of every report stands in the order that it is promised in: by name unless stated
//! otherwise; findings with the worst first, paths with the shortest first, choke points with the
//! greatest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Every sample, and the files of every case.
fn inventories() -> Vec<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = entries(&root.join("sample-data")).into_iter().map(|sample| vec![sample]);
    let cases = entries(&root.join("tests").join("cases")).into_iter().map(|case| {
        let files = entries(&case).into_iter();
        files.filter(|file| !file.ends_with("expected.json")).collect()
    });
    samples.chain(cases).collect()
}

fn report(files: &[PathBuf]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(["report", "--format", "json"])
        .args(files)
        .args(["--as-of", "2026-11-23"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{files:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("{key} is a list"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is a text: {value}"))
}

fn number(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap_or_else(|| panic!("{key} is a number: {value}"))
}

/// A service instance by service and environment.
type Site<'a> = (&'a str, &'a str);

fn site(value: &Value) -> Site<'_> {
    (text(value, "service"), text(value, "environment"))
}

type PathKey<'a> = (usize, Site<'a>, Site<'a>, Vec<(&'a str, Site<'a>)>);

/// By length, then by the names of both ends, then by those along the way.
fn path(value: &Value) -> PathKey<'_> {
    let hops = list(value, "hops").iter();
    let hops: Vec<_> = hops.map(|hop| (text(hop, "credential"), site(&hop["to"]))).collect();
    (hops.len(), site(&value["from"]), site(&value["to"]), hops)
}

/// How many lists of two or more stand in order; fails at the first that does not.
struct Checked {
    place: String,
    lists: BTreeMap<&'static str, usize>,
}

impl Checked {
    fn sorted<K: Ord>(&mut self, name: &'static str, keys: impl IntoIterator<Item = K>) {
        let keys: Vec<K> = keys.into_iter().collect();
        assert!(keys.is_sorted(), "{}: {name}", self.place);
        *self.lists.entry(name).or_default() += usize::from(keys.len() > 1);
    }

    fn by_name(&mut self, name: &'static str, names: &[Value]) {
        self.sorted(name, names.iter().map(|name| name.as_str().unwrap()));
    }

    fn report(&mut self, report: &Value) {
        for import in list(report, "import") {
            let problems = list(import, "problems").iter();
            self.sorted("problems", problems.map(|problem| number(problem, "line")));
        }
        let credentials = list(report, "credentials");
        self.sorted("credentials", credentials.iter().map(|entry| text(entry, "id")));
        for entry in credentials {
            self.by_name("aliases", list(entry, "aliases"));
            self.by_name("owners", list(entry, "owners"));
            self.by_name("environments", list(entry, "environments"));
            self.sorted("services of a credential", list(entry, "services").iter().map(site));
        }
        self.sorted("services", list(report, "services").iter().map(site));
        self.sorted("already_fallen", list(report, "already_fallen").iter().map(site));
        self.findings(report);
        for paths in ["paths", "paths_stated"] {
            self.sorted(paths, list(report, paths).iter().map(path));
        }
        for (cut, witnesses, names) in [
            ("minimum_cut", "witness paths", "members of the cut"),
            ("minimum_cut_stated", "stated witness paths", "members of the stated cut"),
        ] {
            self.sorted(witnesses, list(&report[cut], "witness_paths").iter().map(path));
            self.by_name(names, list(&report[cut], "credentials"));
        }
        for chokes in ["choke_points", "choke_points_stated"] {
            let points = list(&report[chokes], "credentials").iter();
            let key = |point| (Reverse(number(point, "pairs")), text(point, "credential"));
            self.sorted(chokes, points.map(key));
        }
    }

    /// The worst first, then those that reach farthest, then by rule and name.
    fn findings(&mut self, report: &Value) {
        let ids = list(report, "credentials").iter().map(|entry| (text(entry, "id"), entry));
        let sites = list(report, "services").iter().map(|entry| (site(entry), entry));
        let (ids, sites): (BTreeMap<_, _>, BTreeMap<_, _>) = (ids.collect(), sites.collect());
        let key = |finding| {
            let words = ["critical", "high", "medium", "low"];
            let rank = words.iter().position(|word| *word == text(finding, "severity")).unwrap();
            let (reach, name) = if finding["service"].is_null() {
                let id = text(finding, "credential");
                (number(ids[id], "reach"), (1, id, ""))
            } else {
                let (service, environment) = site(&finding["service"]);
                (number(sites[&(service, environment)], "reach"), (0, service, environment))
            };
            (rank, Reverse(reach), text(finding, "rule"), name)
        };
        let findings = list(report, "findings");
        self.sorted("findings", findings.iter().map(key));
        for finding in findings {
            let evidence = list(finding, "evidence").iter();
            self.sorted("evidence", evidence.map(|at| (text(at, "file"), number(at, "line"))));
        }
    }
}

#[test]
fn every_list_of_every_report_stands_in_its_order() {
    let mut checked = Checked { place: String::new(), lists: BTreeMap::new() };
    for files in inventories() {
        checked.place = format!("{files:?}");
        checked.report(&report(&files));
    }
    let empty: Vec<_> = checked.lists.iter().filter(|(_, lists)| **lists == 0).collect();
    assert!(empty.is_empty(), "nowhere more than one entry: {empty:?}");
}
