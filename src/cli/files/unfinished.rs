//! Files and folders that are being written, which go when the process is asked to end.
//!
//! The first of them lets a thread listen for the signals by which a process is asked to end. Whoever kills it
//! without asking leaves what was being written; a save of a project removes what another one left.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use async_signal::{Signal, Signals};
use futures_lite::StreamExt as _;
use futures_lite::future::block_on;

/// What is being written.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
static LISTENING: Once = Once::new();

/// One file, or one folder with all that is in it, that is removed if the process is asked to end before this
/// is dropped.
pub(super) struct Unfinished(PathBuf);

impl Unfinished {
    /// Makes something that is not finished; `path` says where it is. The process does not end between the
    /// two.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub(super) fn make<T>(
        make: impl FnOnce() -> io::Result<T>,
        path: impl FnOnce(&T) -> &Path,
    ) -> io::Result<(T, Self)> {
        LISTENING.call_once(listen);
        let mut all = lock();
        let new = make()?;
        let path = path(&new).to_owned();
        all.insert(path.clone());
        Ok((new, Self(path)))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        lock().remove(&self.0);
    }
}

/// Does what belongs together without letting the process be asked to end in between.
pub(super) fn together<T>(act: impl FnOnce() -> T) -> T {
    let _held = lock();
    act()
}

fn lock() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The signals that ask a process to end, with their numbers. Windows knows one.
const ENDING: &[(Signal, i32)] = if cfg!(unix) {
    &[(Signal::Hup, 1), (Signal::Int, 2), (Signal::Term, 15)]
} else {
    &[(Signal::Int, 2)]
};

/// Listens for the signals that ask the process to end; where that cannot be, they end it as they always do.
fn listen() {
    let (ready, is_ready) = std::sync::mpsc::sync_channel(1);
    let wait = move || {
        let signals = Signals::new(listened_for());
        let (Ok(()), Ok(mut signals)) = (ready.send(()), signals) else { return };
        let Some(Ok(signal)) = block_on(signals.next()) else { return };
        let number = ENDING.iter().find(|(one, _)| *one == signal).map_or(0, |(_, number)| *number);
        end(number);
    };
    if std::thread::Builder::new().name("signals".to_owned()).spawn(wait).is_ok() {
        // Nothing is begun before somebody listens; an error says that the thread has ended.
        is_ready.recv().ok();
    }
}

/// The signals that end the process: those that it was not started to ignore.
fn listened_for() -> impl Iterator<Item = Signal> {
    let ignored = ignored_signals();
    let is_wanted = move |(signal, number): &&(Signal, i32)| match ignored {
        // Whoever starts a program that is to outlive the terminal lets it ignore these.
        Some(ignored) => (ignored >> (number - 1)) & 1 == 0,
        None => *signal != Signal::Hup,
    };
    ENDING.iter().filter(is_wanted).map(|(signal, _)| *signal)
}

/// Removes what is not finished, and ends the process as a shell reports one that a signal has ended.
#[expect(
    clippy::exit,
    reason = "the process was asked to end, and there is no caller to return to"
)]
fn end(signal: i32) {
    // Held to the end: nothing else is begun.
    let unfinished = lock();
    for path in unfinished.iter() {
        // What is gone has been finished or removed; what cannot be removed stays, and there is nobody to ask.
        drop(if path.is_dir() {
            std::fs::remove_dir_all(path)
        } else {
            std::fs::remove_file(path)
        });
    }
    std::process::exit(128 + signal);
}

/// The signals that the process was started to ignore, one a bit; `None` where the system does not say.
fn ignored_signals() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}
