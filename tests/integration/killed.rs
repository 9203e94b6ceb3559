//! A process that is killed while it saves leaves the old project or the new one, whole.
//!
//! The other process is this test binary once more. It saves two projects in turn, as fast as it can,
//! until it is killed. `KEYREACH_KILLS=10000` in the environment lets it be killed as often.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use keyreach::cli::{Expected, Locking, ProjectLock, ProjectPaths, save_project};
use keyreach::import::{FileBytes, FingerprintKey, ImportSettings, import};
use keyreach::inventory::{Date, Progress};
use keyreach::project::{Project, ReadFiles, Sources, is_undamaged, read_project, write_project};

use super::gate::skipped;

/// Where the other process saves.
const PLACE: &str = "KEYREACH_KILLED_PROJECT";
/// How often it is killed.
const KILLS: &str = "KEYREACH_KILLS";

const DAY: Date = jiff::civil::date(2026, 11, 26);

fn key() -> FingerprintKey {
    FingerprintKey::from_bytes([7; 32])
}

/// A project of a hundred kilobytes and more, so that writing it takes several steps.
fn project(name: &str) -> Project {
    let row = |at: u32| format!("{name}{at},web-{at},dev,holds\n");
    let rows: String = (0..1_500).map(row).collect();
    let table = format!("credential_id,service,environment,access\n{rows}").into_bytes();
    let files = vec![FileBytes::new("a.csv", table)];
    let inventory = import(files, &key(), &ImportSettings::default(), &Progress::default());
    let sources = Sources {
        inventory: Some(Arc::new(inventory.unwrap())),
        read: ReadFiles { files: Vec::new(), key: Some(key().mark()) },
        ..Sources::default()
    };
    Project { sources: Arc::new(sources), ..Project::new(DAY) }
}

fn bytes(project: &Project) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_project(project, DAY, &mut bytes).unwrap();
    bytes
}

fn save(project: &Project, paths: &ProjectPaths) {
    let Locking::Held(_lock) = ProjectLock::of(paths) else { panic!("nobody else holds it") };
    save_project(project, Some(&key()), paths, (DAY, Expected::Anything)).unwrap();
}

/// The other process.
#[test]
#[ignore = "is run by the test below, and saves until it is killed"]
fn the_saving_process() {
    let Some(place) = std::env::var_os(PLACE) else {
        return skipped("another test runs it");
    };
    let paths = ProjectPaths::of(Path::new(&place)).unwrap();
    let both = ["old", "new"].map(|name| {
        let bytes = std::fs::read(paths.folder().join(name)).unwrap();
        read_project(&bytes, DAY, &Progress::default()).unwrap()
    });
    // However soon it is killed, what is there changes each time.
    let there = std::fs::read(&paths.file).unwrap();
    let is_old = std::fs::read(paths.folder().join("old")).unwrap() == there;
    for project in both.iter().cycle().skip(usize::from(is_old)) {
        save(project, &paths);
    }
}

#[test]
fn a_save_that_is_killed_leaves_the_old_project_or_the_new_one() {
    let kills: u32 = std::env::var(KILLS).ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().unwrap();
    let paths = ProjectPaths::of(&folder.path().join("p.keyreach")).unwrap();
    let both = ["old", "new"].map(|name| bytes(&project(name)));
    for (name, bytes) in ["old", "new"].iter().zip(&both) {
        std::fs::write(paths.folder().join(name), bytes).unwrap();
    }
    save(&project("old"), &paths);
    let (mut seen, mut parts) = ([0, 0], 0);
    for kill in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "killed::the_saving_process", "--test-threads=1"])
            .env(PLACE, &paths.file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wait_for_a_save(&paths, kill);
        child.kill().unwrap();
        child.wait().unwrap();
        let there = std::fs::read(&paths.file).unwrap();
        let which = both.iter().position(|own| *own == there);
        seen[which.unwrap_or_else(|| panic!("kill {kill} left {} bytes", there.len()))] += 1;
        assert!(read_project(&there, DAY, &Progress::default()).is_ok());
        let backup = std::fs::read(&paths.backup);
        assert!(backup.map_or(true, |backup| is_undamaged(&backup)), "kill {kill}");
        let key = std::fs::read_to_string(&paths.key).unwrap();
        assert_eq!(key, *FingerprintKey::from_bytes([7; 32]).to_text());
        parts += names(folder.path()).iter().filter(|name| is_part(name)).count();
    }
    assert!(kills < 100 || (seen.iter().all(|count| *count > 0) && parts > 0), "{seen:?} {parts}");
    // The next one removes what was left.
    save(&project("new"), &paths);
    assert_eq!(
        names(folder.path()),
        ["new", "old", "p.keyreach", "p.keyreach.bak", "p.keyreach.key"]
    );
}

/// Waits until the other process has begun to save, and then a little, each time another while.
fn wait_for_a_save(paths: &ProjectPaths, kill: u32) {
    let folder = paths.folder();
    let stamp = || std::fs::metadata(&paths.file).and_then(|about| about.modified()).ok();
    let (before, started) = (stamp(), Instant::now());
    let has_begun =
        || stamp() != before || (kill == 0 && names(folder).iter().any(|name| is_part(name)));
    while !has_begun() && started.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_micros(200));
    }
    // Spread over some saves by a step that has no common factor with their length.
    std::thread::sleep(Duration::from_micros(u64::from(kill) * 7_919 % 20_011));
}

/// Whether a file is one that is not finished.
fn is_part(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "part")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The program, which heeds signals even where the tests were started to ignore some, as `nohup` and
/// scripts in the background do.
#[cfg(unix)]
fn heeding_signals() -> Command {
    let program = env!("CARGO_BIN_EXE_keyreach");
    if !cfg!(target_os = "linux") {
        return Command::new(program);
    }
    let mut command = Command::new("env");
    command.args(["--default-signal=HUP,INT,TERM", program]);
    command
}

/// Asks a process to end while it writes, and says how it ended.
#[cfg(unix)]
fn asked_to_end(signal: &str, arguments: &[&str], folder: &Path) -> Option<i32> {
    let mut child = heeding_signals()
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !names(folder).iter().any(|name| is_part(name)) {
        assert!(started.elapsed() < Duration::from_mins(1), "{arguments:?} begins to write");
        assert_eq!(child.try_wait().unwrap(), None, "{arguments:?} ended before it was asked to");
        std::thread::sleep(Duration::from_millis(1));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    child.wait().unwrap().code()
}

#[cfg(unix)]
#[test]
fn a_process_that_is_asked_to_end_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    // It takes seconds to write that number of rows.
    let generate = ["generate", "--rows", "20000000", "-o", "big.csv"];
    for (signal, code) in [("HUP", 129), ("INT", 130), ("TERM", 143)] {
        std::fs::write(folder.path().join("big.csv"), "old").unwrap();
        assert_eq!(asked_to_end(signal, &generate, folder.path()), Some(code));
        assert_eq!(names(folder.path()), ["big.csv"], "{signal}");
        assert_eq!(std::fs::read_to_string(folder.path().join("big.csv")).unwrap(), "old");
    }
}
