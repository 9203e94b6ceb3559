//! Writes a file so that whoever looks sees the old one or the new one, never half of it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::disk::{Disk, Readers, RealDisk, back_up, folder_of, real_path};
use super::unfinished::Unfinished;

/// How many bytes are gathered for one write.
const GATHERED: usize = 1 << 16;

/// What is written how.
pub(in crate::cli) struct Writing<'a> {
    /// Where it goes, with every link followed.
    pub(in crate::cli) goal: &'a Path,
    /// What stands before and behind the random name of what is not finished.
    pub(in crate::cli) part: (&'a str, &'a str),
    /// Who may read it where there was none before.
    pub(in crate::cli) readers: Readers,
    /// Where the file goes that is replaced, if it is kept.
    pub(in crate::cli) backup: Option<PathBuf>,
}

impl Writing<'_> {
    /// Writes, step by step: under another name in the same folder, onto the disk, and then in place of
    /// the old file, whose permissions it gets.
    ///
    /// # Errors
    /// Where a step fails. Up to the last one but one the old file is untouched then; what fails at the
    /// last has been replaced, but may be the old one again if the power fails now.
    pub(in crate::cli) fn write(
        self,
        disk: &mut dyn Disk,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let Self { goal, part, readers, backup } = self;
        let folder = folder_of(goal);
        let (mut part, _unfinished) =
            Unfinished::make(|| disk.create(folder, part, readers), NamedTempFile::path)?;
        let mut out = io::BufWriter::with_capacity(
            GATHERED,
            OnDisk { file: part.as_file_mut(), disk: &mut *disk },
        );
        write(&mut out)?;
        out.flush()?;
        drop(out);
        let before = fs::metadata(goal).ok();
        if let Some(before) = &before {
            disk.hand_over(part.as_file(), before);
            disk.permit(part.as_file(), before.permissions())?;
        }
        disk.flush(part.as_file())?;
        if let Some(backup) = backup.filter(|_| before.is_some()) {
            back_up(disk, goal, &backup)?;
        }
        disk.rename(part, goal)?;
        disk.flush_folder(folder)
    }
}

/// A file to which all is written through the disk.
struct OnDisk<'a> {
    file: &'a mut File,
    disk: &'a mut dyn Disk,
}

impl Write for OnDisk<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(self.file, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a file so that whoever looks sees the old one or the new one, never half of it. Links are
/// followed, and permissions kept; pipes and devices are written to as they are.
///
/// # Errors
/// Where the folder or the file cannot be written; the old file is then untouched.
pub fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_whole_for(path, Readers::Usual, &mut RealDisk, write)
}

/// The same for a file that nobody else may read.
///
/// # Errors
/// As [`write_whole`].
pub fn write_private(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_private_on(&mut RealDisk, path, write)
}

/// The same on a disk.
pub(in crate::cli) fn write_private_on(
    disk: &mut dyn Disk,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    write_whole_for(path, Readers::UserAlone, disk, write)
}

fn write_whole_for(
    path: &Path,
    readers: Readers,
    disk: &mut dyn Disk,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let there = fs::metadata(path);
    if there.is_ok_and(|there| !there.is_file() && !there.is_dir()) {
        // A pipe or a device: there is nothing to keep whole, and it must not be replaced.
        let mut buffered = io::BufWriter::new(fs::OpenOptions::new().write(true).open(path)?);
        write(&mut buffered)?;
        return buffered.flush();
    }
    // A link stays a link; what it leads to is replaced.
    let goal = real_path(path)?;
    let writing = Writing { goal: &goal, part: (".keyreach-", ".part"), readers, backup: None };
    writing.write(disk, write)
}
