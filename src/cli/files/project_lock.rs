//! The lock of a project: who holds it has the project open for writing.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::project_paths::ProjectPaths;

/// Held as long as a project is open; another window that opens it gets a message.
#[derive(Debug)]
pub struct ProjectLock {
    file: File,
    path: PathBuf,
}

/// Whether a project could be locked.
#[derive(Debug)]
pub enum Locking {
    /// It is ours.
    Held(ProjectLock),
    /// Another window, or another command, has it open.
    HeldByAnother,
    /// It cannot be locked there: on a disk that cannot be written, or one without locks.
    Impossible,
}

/// How often a lock is tried whose file somebody takes away meanwhile.
const TRIES: usize = 8;

impl ProjectLock {
    /// Locks a project, without waiting.
    pub fn of(paths: &ProjectPaths) -> Locking {
        for _ in 0..TRIES {
            let mut options = fs::OpenOptions::new();
            options.write(true).create(true).truncate(false);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let Ok(file) = options.open(&paths.lock) else { return Locking::Impossible };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Locking::HeldByAnother,
                Err(TryLockError::Error(_)) => return Locking::Impossible,
            }
            // Whoever held it before may have taken its file away meanwhile.
            if has_name(&file, &paths.lock).unwrap_or(false) {
                return Locking::Held(Self { file, path: paths.lock.clone() });
            }
        }
        Locking::HeldByAnother
    }
}

/// Takes the file away while it is still locked, so that nobody else can lock it under this name.
impl Drop for ProjectLock {
    fn drop(&mut self) {
        if cfg!(unix) && has_name(&self.file, &self.path).unwrap_or(false) {
            // Where it stays the next one locks it again.
            drop(fs::remove_file(&self.path));
        }
    }
}

/// Whether a file is the one that has a name.
fn has_name(file: &File, path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let (own, named) = (file.metadata()?, fs::metadata(path)?);
        Ok((own.dev(), own.ino()) == (named.dev(), named.ino()))
    }
    #[cfg(not(unix))]
    Ok(file.metadata().is_ok() && path.exists())
}
