//! How the random tests run: fresh inventories each time, and a failure that can be run again.

use std::path::{Path, PathBuf};

use proptest::test_runner::{Config, FileFailurePersistence};

/// The settings of a property that is tried on a third of this many random cases, or on all of them where
/// the variable `KEYREACH_CASES` is `all`. Each run tries others.
///
/// A failure prints its seed, and keeps it in `tests/seeds.txt`, from where every later run tries it
/// before anything new: to run a failure of another machine again, add its line there.
pub(crate) fn cases(cases: u32) -> Config {
    let kept =
        FileFailurePersistence::Direct(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds.txt"));
    let all = std::env::var("KEYREACH_CASES").is_ok_and(|said| said == "all");
    let cases = if all { cases } else { (cases / 3).max(24) };
    Config { cases, failure_persistence: Some(Box::new(kept)), ..Config::default() }
}

fn sources(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push(path);
        }
    }
}

#[test]
fn no_random_test_throws_the_seed_of_a_failure_away() {
    let mut all = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("tests").join("integration"), &mut all);
    sources(&root.join("src"), &mut all);
    let mut seen = 0;
    for path in all {
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.trim_start().starts_with("#![proptest_config"))
        {
            let keeps = line.contains("cases(") && !line.contains('{');
            assert!(keeps, "{}: use properties::cases: {line}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 5, "the random tests are looked at");
}
