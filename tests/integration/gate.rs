//! What the gate has to know of tests: which were skipped, and all that is wrong at once.

use std::io::Write as _;

/// Prints that this test is skipped, and why. `.ci/run` counts these lines.
///
/// libtest keeps what `print!` prints of a test that passes, so this goes to the stream itself.
pub(crate) fn skipped(why: &str) {
    let thread = std::thread::current();
    let line = format!("skipped: {}: {why}\n", thread.name().unwrap_or("a test"));
    // Where the stream is closed nobody reads it.
    drop(std::io::stdout().write_all(line.as_bytes()));
}

/// All that went wrong in a test that walks over a table, so that it names every offender at once.
#[derive(Default)]
pub(crate) struct Wrong(Vec<String>);

impl Wrong {
    pub(crate) fn unless(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.0.push(what());
        }
    }

    #[track_caller]
    pub(crate) fn assert_none(self) {
        assert!(self.0.is_empty(), "{} offenders:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// The text of every Rust file below these folders, with its path.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut left: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
}

#[test]
fn every_test_that_needs_what_may_be_missing_says_when_it_is_skipped() {
    for (path, text) in sources(&["tests/integration"]) {
        // In parts, so that this file is no offence itself.
        for (at, _) in text.match_indices(concat!("var", "_os(")) {
            let below: Vec<&str> = text[at..].lines().take(4).collect();
            assert!(
                below.iter().any(|line| line.contains("skipped(")),
                "{path}: a test that returns early counts as passed: {}",
                below[0]
            );
        }
    }
}
