//! What writing a file asks of the disk, step by step, so that tests can let each step fail.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Who may read a file that was not there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Whoever may read other new files.
    Usual,
    /// The user alone.
    UserAlone,
}

/// The steps of writing a file.
pub(crate) trait Disk {
    /// Makes a new file with a random name between two texts in a folder.
    fn create(
        &mut self,
        folder: &Path,
        name: (&str, &str),
        readers: Readers,
    ) -> io::Result<NamedTempFile>;

    /// Writes a part of some bytes, and says how many.
    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<usize>;

    /// Gives a file the permissions of the one that it replaces.
    fn permit(&mut self, file: &File, permissions: fs::Permissions) -> io::Result<()>;

    /// Gives a file the owner and the group of the one that it replaces, as far as the user may.
    fn hand_over(&mut self, file: &File, before: &fs::Metadata);

    /// Waits until a file is on the disk.
    fn flush(&mut self, file: &File) -> io::Result<()>;

    /// Gives a file a second name, which nothing has yet.
    fn link(&mut self, file: &Path, name: &Path) -> io::Result<()>;

    /// Makes a second file of the same content, and waits until it is on the disk.
    fn copy(&mut self, file: &Path, copy: &Path) -> io::Result<()>;

    /// Gives a file another name; whatever has that name is replaced at once.
    fn replace(&mut self, file: &Path, name: &Path) -> io::Result<()>;

    /// Removes a file, if it is there.
    fn remove(&mut self, file: &Path) -> io::Result<()>;

    /// Gives a finished file its name; whatever has the name is replaced at once.
    fn rename(&mut self, part: NamedTempFile, goal: &Path) -> io::Result<()>;

    /// Waits until the names of a folder are on the disk.
    fn flush_folder(&mut self, folder: &Path) -> io::Result<()>;
}

/// The disk itself.
pub(crate) struct RealDisk;

impl Disk for RealDisk {
    fn create(
        &mut self,
        folder: &Path,
        (before, behind): (&str, &str),
        readers: Readers,
    ) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(before).suffix(behind);
        #[cfg(unix)]
        {
            // The system's mask takes off what it does not allow.
            let mode = match readers {
                Readers::Usual => 0o666,
                Readers::UserAlone => 0o600,
            };
            let allowed: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
            builder.permissions(allowed);
        }
        #[cfg(not(unix))]
        let _: Readers = readers;
        builder.tempfile_in(folder)
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        file.write(bytes)
    }

    fn permit(&mut self, file: &File, permissions: fs::Permissions) -> io::Result<()> {
        file.set_permissions(permissions)
    }

    fn hand_over(&mut self, file: &File, before: &fs::Metadata) {
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt as _, fchown};
            let Ok(own) = file.metadata() else { return };
            // Only the system's administrator may give a file away; a group of one's own anybody.
            if own.gid() != before.gid() {
                drop(fchown(file, None, Some(before.gid())));
            }
            if own.uid() != before.uid() {
                drop(fchown(file, Some(before.uid()), None));
            }
        }
        #[cfg(not(unix))]
        let _: (&File, &fs::Metadata) = (file, before);
    }

    fn flush(&mut self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn link(&mut self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    fn copy(&mut self, file: &Path, copy: &Path) -> io::Result<()> {
        fs::copy(file, copy)?;
        fs::OpenOptions::new().write(true).open(copy)?.sync_all()
    }

    fn replace(&mut self, file: &Path, name: &Path) -> io::Result<()> {
        fs::rename(file, name)
    }

    fn remove(&mut self, file: &Path) -> io::Result<()> {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn rename(&mut self, part: NamedTempFile, goal: &Path) -> io::Result<()> {
        // What is dropped unfinished is removed.
        part.persist(goal).map(drop).map_err(|error| error.error)
    }

    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            // Some disks cannot, and need not.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported
                ) =>
            {
                Ok(())
            }
            done => done,
        }
    }
}

/// Gives the file of a name a second name; whatever has that name is replaced at once.
///
/// # Errors
/// Where a step fails; the file and what has the second name are then as they were, or the latter is
/// replaced.
pub(in crate::cli) fn back_up(disk: &mut dyn Disk, file: &Path, backup: &Path) -> io::Result<()> {
    // Under a name of its own first: a second name cannot take the place of another file.
    let between = backup.with_added_extension("part");
    disk.remove(&between)?;
    // Not every disk lets a file have two names.
    let linked = disk.link(file, &between).or_else(|_| disk.copy(file, &between));
    let replaced = linked.and_then(|()| disk.replace(&between, backup));
    // Where both were names of one file already, it still has the one between; so it has after a failure.
    let removed = disk.remove(&between);
    replaced.and(removed)
}

/// Where a path leads once every link is followed, also one that leads to nothing yet.
pub(in crate::cli) fn real_path(path: &Path) -> io::Result<PathBuf> {
    // More links in a row than any system follows.
    let mut at = path.to_owned();
    for _ in 0..40 {
        match fs::canonicalize(&at) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            real => return real,
        }
        let Ok(next) = fs::read_link(&at) else { return Ok(at) };
        at = folder_of(&at).join(next);
    }
    Err(io::Error::from(io::ErrorKind::NotFound))
}

/// The folder in which a file stands.
pub(in crate::cli) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}
