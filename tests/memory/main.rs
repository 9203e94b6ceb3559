//! Hunts for secret values in the memory of another process that has imported them, with the allocator
//! of the program: in every form of file, once the import has ended and once it was cancelled.
//!
//! The other process is this test binary once more. It alone knows the file, and the parent alone
//! knows what is looked for.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test's helper may fail loudly; the lints spare test functions alone"
)]

mod files;

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use keyreach::import::{FileBytes, FingerprintKey, ImportError, ImportSettings, import};
use keyreach::inventory::Progress;

#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Where the other process finds its file, and what it is to do.
const FILE: &str = "KEYREACH_MEMORY_FILE";
const WAY: &str = "KEYREACH_MEMORY_WAY";
/// What it says once it is done.
const DONE: &str = "the import is over: ";

#[test]
fn no_value_stays_in_the_memory_of_a_process_that_imported_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = Vec::new();
    for (name, bytes) in files::all() {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        for way in ["ended", "cancelled"] {
            let (mut child, outcome) = start(&path, way);
            let copies = copies(&child, files::SECRET.as_bytes());
            assert!(outcome.ends_with(way), "{name}: {outcome}");
            drop(child.stdin.take());
            child.wait().unwrap();
            if copies > 0 {
                kept.push(format!("{name} {way}: {copies} copies"));
            }
        }
    }
    assert!(kept.is_empty(), "{kept:#?}");
}

/// The look itself sees what is kept.
#[test]
fn a_value_that_is_kept_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kept.csv");
    std::fs::write(&path, files::csv()).unwrap();
    let (mut child, _) = start(&path, "kept");
    assert!(copies(&child, files::SECRET.as_bytes()) > 0);
    drop(child.stdin.take());
    child.wait().unwrap();
}

/// The other process, up to where it waits to be looked at, and what it said.
fn start(path: &Path, way: &str) -> (Child, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "the_other_process", "--nocapture", "--test-threads=1"])
        .env(FILE, path)
        .env(WAY, way)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).find(|line| line.contains(DONE));
    (child, said.unwrap_or_default())
}

/// Imports a file and waits until the parent has looked.
#[test]
#[ignore = "run by the tests above, in a process of its own"]
fn the_other_process() {
    let (Ok(path), Ok(way)) = (std::env::var(FILE), std::env::var(WAY)) else { return };
    let file = FileBytes::new("inventory", std::fs::read(&path).unwrap());
    let kept = (way == "kept").then(|| std::fs::read(&path).unwrap());
    let outcome = match read(file, way == "cancelled") {
        Ok(_) => "ended".to_owned(),
        Err(ImportError::Cancelled) => "cancelled".to_owned(),
        Err(error) => error.to_string(),
    };
    println!("\n{DONE}{outcome}");
    std::io::stdout().flush().unwrap();
    // Waits for the end of the input.
    std::io::stdin().lines().for_each(drop);
    drop(kept);
}

fn read(
    file: FileBytes,
    is_cancelled: bool,
) -> Result<keyreach::inventory::Inventory, ImportError> {
    let (progress, is_over) = (Progress::default(), AtomicBool::new(false));
    let key = FingerprintKey::from_bytes([4; 32]);
    std::thread::scope(|scope| {
        if is_cancelled {
            scope.spawn(|| {
                while progress.rows() == 0 && !is_over.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
                progress.cancel();
            });
        }
        let read = import(vec![file], &key, &ImportSettings::default(), &progress);
        is_over.store(true, Ordering::Relaxed);
        read
    })
}

/// How often a text stands in the memory that a process can write to.
fn copies(child: &Child, text: &[u8]) -> usize {
    const STEP: u64 = 1 << 20;
    let folder = Path::new("/proc").join(child.id().to_string());
    let maps = std::fs::read_to_string(folder.join("maps")).unwrap();
    let memory = File::open(folder.join("mem")).expect("a child's memory can be read");
    let mut room = vec![0; STEP as usize + text.len()];
    let (mut found, mut looked_at) = (0, 0);
    for line in maps.lines() {
        let mut parts = line.split([' ', '-']);
        let mut place = || u64::from_str_radix(parts.next().unwrap(), 16).unwrap();
        let (start, end) = (place(), place());
        if !parts.next().unwrap().starts_with("rw") {
            continue;
        }
        for from in (start..end).step_by(STEP as usize) {
            let length = room.len().min((end - from) as usize);
            let Ok(read) = memory.read_at(&mut room[..length], from) else { continue };
            looked_at += read;
            let hits = memchr::memmem::find_iter(&room[..read], text);
            found += hits.filter(|at| *at < STEP as usize).count();
        }
    }
    assert!(looked_at > 1 << 20, "the memory was looked at");
    found
}
