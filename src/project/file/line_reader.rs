//! Reads the lines of a project file, and checks after each section that its lines are those that were
//! written.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use serde::Deserialize;

use super::error::ProjectFileError;
use super::section::{FileEnd, Section, SectionEnd, SectionStart};
use crate::inventory::Progress;

const NO_ENTRY: &str = "the line is not one that belongs there";
const POINTS_NOWHERE: &str = "an entry refers to something that is not there";
const ENDS_EARLY: &str = "the file ends too early";
const GOES_ON: &str = "the file goes on after its end";
const CHANGED: &str = "something was changed";

/// The first version in which the digest of a section is that of its own lines.
pub(super) const OWN_DIGESTS_SINCE: u64 = 7;

/// How many lines are read before their entries are handed over: enough for all threads, and few enough to
/// stop soon.
const AT_ONCE: u64 = 1 << 14;

/// Entries of a long section, each as it was read or what is wrong with it, from a line on.
struct Part<U> {
    from: usize,
    entries: Vec<Result<U, &'static str>>,
}

impl<U> Part<U> {
    /// Hands all of them over; the line of the first that cannot be, and what is wrong with it.
    fn take_all(self, take: &mut impl FnMut(U) -> Option<()>) -> Result<(), (usize, &'static str)> {
        let Self { from, entries } = self;
        for (line, entry) in (from..).zip(entries) {
            let taken = entry.and_then(|entry| take(entry).ok_or(POINTS_NOWHERE));
            taken.map_err(|what| (line, what))?;
        }
        Ok(())
    }
}

/// Walks over the lines of a file.
pub(super) struct LineReader<'a> {
    bytes: &'a [u8],
    /// Where the next line starts.
    at: usize,
    /// Up to where bytes are in the digest of a section.
    digested: usize,
    digest: blake3::Hasher,
    /// The number of the line that was read last.
    line: usize,
    section: Option<Section>,
    is_at_end: bool,
    /// The version of the format.
    pub(super) version: u64,
    progress: &'a Progress,
}

impl<'a> LineReader<'a> {
    pub(super) fn new(bytes: &'a [u8], progress: &'a Progress) -> Self {
        progress.set_whole(bytes.len() as u64);
        let digest = blake3::Hasher::new();
        let version = super::section::VERSION;
        Self {
            bytes,
            at: 0,
            digested: 0,
            digest,
            line: 0,
            section: None,
            is_at_end: false,
            version,
            progress,
        }
    }

    /// The next line, without its end.
    pub(super) fn line(&mut self) -> Result<&'a [u8], ProjectFileError> {
        self.line += 1;
        if self.progress.stops_at(self.line) {
            return Err(ProjectFileError::Cancelled);
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some(length) = memchr::memchr(b'\n', rest) else {
            return Err(self.damaged(ENDS_EARLY));
        };
        self.at += length + 1;
        Ok(rest.get(..length).unwrap_or_default())
    }

    /// Reads a whole section and hands each entry over; `None` where one refers to nothing.
    pub(super) fn section<T: Deserialize<'a>>(
        &mut self,
        section: Section,
        mut take: impl FnMut(T) -> Option<()>,
    ) -> Result<(), ProjectFileError> {
        let entries = self.start(section)?;
        let first = self.line + 1;
        for _ in 0..entries {
            let entry = self.entry::<T>()?;
            take(entry).ok_or_else(|| self.damaged(POINTS_NOWHERE))?;
        }
        self.progress.set_done(self.at as u64);
        self.check_digest(first)
    }

    /// The same of a long section, which all threads read; what `found` makes of each entry is handed over in
    /// order, while the next ones are read.
    pub(super) fn long_section<T: Deserialize<'a>, U: Send>(
        &mut self,
        section: Section,
        found: impl Fn(T) -> Option<U> + Sync,
        mut take: impl FnMut(U) -> Option<()> + Send,
    ) -> Result<(), ProjectFileError> {
        let mut left = self.start(section)?;
        let first = self.line + 1;
        let read = |line: &&'a [u8]| {
            let entry = serde_json::from_slice(line).map_err(|_error| NO_ENTRY)?;
            found(entry).ok_or(POINTS_NOWHERE)
        };
        let mut part = Part { from: self.line + 1, entries: Vec::new() };
        while left > 0 {
            let from = self.line + 1;
            let (lines, ending) = self.lines(left.min(AT_ONCE));
            left -= lines.len() as u64;
            let (taken, entries) =
                rayon::join(|| part.take_all(&mut take), || lines.par_iter().map(read).collect());
            taken.map_err(|(line, what)| self.damaged_in(line, what))?;
            part = Part { from, entries };
            if let Err(ending) = ending {
                part.take_all(&mut take).map_err(|(line, what)| self.damaged_in(line, what))?;
                return Err(ending);
            }
            self.progress.set_done(self.at as u64);
        }
        part.take_all(&mut take).map_err(|(line, what)| self.damaged_in(line, what))?;
        self.check_digest(first)
    }

    /// The next lines, up to a number of them; and why there are fewer.
    fn lines(&mut self, most: u64) -> (Vec<&'a [u8]>, Result<(), ProjectFileError>) {
        let mut lines = Vec::new();
        for _ in 0..most {
            match self.line() {
                Ok(line) => lines.push(line),
                Err(error) => return (lines, Err(error)),
            }
        }
        (lines, Ok(()))
    }

    /// Reads the first line of a section: how many entries follow.
    fn start(&mut self, section: Section) -> Result<u64, ProjectFileError> {
        self.section = Some(section);
        if self.version >= OWN_DIGESTS_SINCE {
            self.digest.reset();
            self.digested = self.at;
        }
        let start = self.entry::<SectionStart>()?;
        if start.section != section {
            return Err(self.damaged(NO_ENTRY));
        }
        Ok(start.entries)
    }

    /// Reads a section of one entry.
    pub(super) fn only<T: Deserialize<'a>>(
        &mut self,
        section: Section,
    ) -> Result<T, ProjectFileError> {
        let mut found = None;
        self.section(section, |entry| {
            let is_first = found.is_none();
            found = Some(entry);
            is_first.then_some(())
        })?;
        found.ok_or_else(|| self.damaged(NO_ENTRY))
    }

    /// Reads a section into a list.
    pub(super) fn all<T: Deserialize<'a>>(
        &mut self,
        section: Section,
    ) -> Result<Vec<T>, ProjectFileError> {
        let mut all = Vec::new();
        self.section(section, |entry| {
            all.push(entry);
            Some(())
        })?;
        Ok(all)
    }

    /// Reads the last line, behind which there is nothing.
    pub(super) fn finish(&mut self) -> Result<(), ProjectFileError> {
        self.is_at_end = true;
        let before = self.bytes.get(..self.at).unwrap_or_default();
        let digest = blake3::hash(before).to_hex();
        let end: FileEnd<&str> = self.entry()?;
        if end.end != digest.as_str() {
            return Err(self.damaged(CHANGED));
        }
        if self.at < self.bytes.len() {
            self.line += 1;
            return Err(self.damaged(GOES_ON));
        }
        Ok(())
    }

    /// The section that was read last, whether to its end or not.
    pub(super) fn last_section(&self) -> Option<Section> {
        self.section
    }

    /// Whether all sections were read, and what is wrong stands behind them.
    pub(super) fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    /// What is wrong in the line that was read last.
    pub(super) fn damaged(&self, what: &'static str) -> ProjectFileError {
        self.damaged_in(self.line, what)
    }

    fn damaged_in(&self, line: usize, what: &'static str) -> ProjectFileError {
        let within = self.section.map_or("the first line", Section::words);
        ProjectFileError::Damaged { place: format!("in line {line} ({within})"), what }
    }

    fn entry<T: Deserialize<'a>>(&mut self) -> Result<T, ProjectFileError> {
        let line = self.line()?;
        serde_json::from_slice(line).map_err(|_error| self.damaged(NO_ENTRY))
    }

    /// Compares the digest in the next line with that of what was read; the section's entries began with a
    /// line.
    fn check_digest(&mut self, first: usize) -> Result<(), ProjectFileError> {
        let digest = self.digest_so_far();
        let last = self.line;
        let written: SectionEnd<&str> = self.entry()?;
        if written.digest == digest {
            return Ok(());
        }
        let within = self.section.map_or("the first line", Section::words);
        let place = match first.saturating_sub(1) {
            first if first < last => format!("between lines {first} and {} ({within})", last + 1),
            _ => format!("in line {last} or {} ({within})", last + 1),
        };
        Err(ProjectFileError::Damaged { place, what: CHANGED })
    }

    /// The digest of all lines that were read, in newer versions of the section.
    fn digest_so_far(&mut self) -> String {
        let before = self.bytes.get(self.digested..self.at).unwrap_or_default();
        self.digest.update(before);
        self.digested = self.at;
        self.digest.finalize().to_hex().as_str().to_owned()
    }
}
