//! Writes the lines of a project file, and after each section the digest of all before.

use std::io::{self, Write};

use serde::Serialize;

use super::section::{FileEnd, Section, SectionEnd, SectionStart};

/// How many bytes are gathered before they are passed on.
const GATHERED: usize = 1 << 16;

pub(super) struct LineWriter<'a> {
    out: &'a mut dyn Write,
    gathered: Vec<u8>,
    digest: blake3::Hasher,
}

impl<'a> LineWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self { out, gathered: Vec::with_capacity(2 * GATHERED), digest: blake3::Hasher::new() }
    }

    /// Writes one line.
    pub(super) fn line(&mut self, entry: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.gathered, entry)?;
        self.gathered.push(b'\n');
        if self.gathered.len() < GATHERED { Ok(()) } else { self.pass_on() }
    }

    /// Writes a whole section.
    pub(super) fn section<T: Serialize>(
        &mut self,
        section: Section,
        entries: impl ExactSizeIterator<Item = T>,
    ) -> io::Result<()> {
        self.line(&SectionStart { section, entries: entries.len() as u64 })?;
        for entry in entries {
            self.line(&entry)?;
        }
        let digest = self.digest_so_far()?;
        self.line(&SectionEnd { digest })
    }

    /// Writes the last line; the digest of the whole file.
    pub(super) fn finish(mut self) -> io::Result<String> {
        let digest = self.digest_so_far()?;
        self.line(&FileEnd { end: &digest })?;
        self.digest_so_far()
    }

    /// The digest of all lines so far.
    fn digest_so_far(&mut self) -> io::Result<String> {
        self.pass_on()?;
        Ok(self.digest.finalize().to_hex().as_str().to_owned())
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.digest.update(&self.gathered);
        self.out.write_all(&self.gathered)?;
        self.gathered.clear();
        Ok(())
    }
}
