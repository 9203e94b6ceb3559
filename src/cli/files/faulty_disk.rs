//! A disk at which one step goes wrong, for tests.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

use super::disk::{Disk, Readers, RealDisk};

/// What goes wrong at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Fault {
    Error(io::ErrorKind),
    /// A part is written, and then no more.
    ShortWrite,
    /// Every write takes one byte less than the half.
    SlowWrites,
}

/// A disk at which one step goes wrong.
pub(crate) struct FaultyDisk {
    /// The steps before it.
    left: usize,
    fault: Fault,
    /// The steps that were asked for, by name.
    pub(crate) steps: Vec<&'static str>,
    is_full: bool,
}

impl FaultyDisk {
    pub(crate) fn new(left: usize, fault: Fault) -> Self {
        Self { left, fault, steps: Vec::new(), is_full: false }
    }

    fn step(&mut self, name: &'static str) -> io::Result<()> {
        self.steps.push(name);
        match (self.steps.len() - 1 == self.left, self.fault) {
            (true, Fault::Error(kind)) => Err(io::Error::from(kind)),
            (true, Fault::ShortWrite | Fault::SlowWrites) | (false, _) => Ok(()),
        }
    }
}

impl Disk for FaultyDisk {
    fn create(
        &mut self,
        folder: &Path,
        name: (&str, &str),
        readers: Readers,
    ) -> io::Result<NamedTempFile> {
        self.step("create")?;
        RealDisk.create(folder, name, readers)
    }

    fn write(&mut self, file: &mut File, bytes: &[u8]) -> io::Result<usize> {
        let is_now = self.steps.len() == self.left;
        self.step("write")?;
        match self.fault {
            _ if self.is_full => Ok(0),
            Fault::ShortWrite if is_now => {
                self.is_full = true;
                RealDisk.write(file, &bytes[..bytes.len() / 2])
            }
            Fault::SlowWrites => RealDisk.write(file, &bytes[..bytes.len().div_ceil(2)]),
            Fault::Error(_) | Fault::ShortWrite => RealDisk.write(file, bytes),
        }
    }

    fn permit(&mut self, file: &File, permissions: fs::Permissions) -> io::Result<()> {
        self.step("permit")?;
        RealDisk.permit(file, permissions)
    }

    fn hand_over(&mut self, file: &File, before: &fs::Metadata) {
        RealDisk.hand_over(file, before);
    }

    fn flush(&mut self, file: &File) -> io::Result<()> {
        self.step("flush")?;
        RealDisk.flush(file)
    }

    fn link(&mut self, file: &Path, name: &Path) -> io::Result<()> {
        self.step("link")?;
        RealDisk.link(file, name)
    }

    fn copy(&mut self, file: &Path, copy: &Path) -> io::Result<()> {
        self.step("copy")?;
        RealDisk.copy(file, copy)
    }

    fn replace(&mut self, file: &Path, name: &Path) -> io::Result<()> {
        self.step("replace")?;
        RealDisk.replace(file, name)
    }

    fn remove(&mut self, file: &Path) -> io::Result<()> {
        self.step("remove")?;
        RealDisk.remove(file)
    }

    fn rename(&mut self, part: NamedTempFile, goal: &Path) -> io::Result<()> {
        self.step("rename")?;
        RealDisk.rename(part, goal)
    }

    fn flush_folder(&mut self, folder: &Path) -> io::Result<()> {
        self.step("flush folder")?;
        RealDisk.flush_folder(folder)
    }
}

/// Errors of the system, one for each cause that is told apart.
pub(crate) const ERRORS: [io::ErrorKind; 4] = [
    io::ErrorKind::StorageFull,
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::ReadOnlyFilesystem,
    io::ErrorKind::Other,
];

/// Every fault at every one of some steps.
pub(crate) fn faults(steps: &[&'static str]) -> impl Iterator<Item = (usize, Fault)> {
    steps.iter().enumerate().flat_map(|(at, step)| {
        let short = (*step == "write").then_some(Fault::ShortWrite);
        ERRORS.map(Fault::Error).into_iter().chain(short).map(move |fault| (at, fault))
    })
}
