//! Writes the lines of a project file, after each section its digest, and at the end that of all.

use std::io::{self, Write};

use serde::Serialize;

use super::section::{FileEnd, Section, SectionEnd, SectionStart};

/// How many bytes are gathered before they are passed on.
const GATHERED: usize = 1 << 16;

pub(super) struct LineWriter<'a> {
    out: &'a mut dyn Write,
    gathered: Vec<u8>,
    /// Of all lines so far.
    whole: blake3::Hasher,
    /// Of those of the section.
    section: blake3::Hasher,
}

impl<'a> LineWriter<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            gathered: Vec::with_capacity(2 * GATHERED),
            whole: blake3::Hasher::new(),
            section: blake3::Hasher::new(),
        }
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
        self.pass_on()?;
        self.section.reset();
        self.line(&SectionStart { section, entries: entries.len() as u64 })?;
        for entry in entries {
            self.line(&entry)?;
        }
        self.pass_on()?;
        let digest = self.section.finalize().to_hex();
        self.line(&SectionEnd { digest: digest.as_str() })
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
        Ok(self.whole.finalize().to_hex().as_str().to_owned())
    }

    fn pass_on(&mut self) -> io::Result<()> {
        self.whole.update(&self.gathered);
        self.section.update(&self.gathered);
        self.out.write_all(&self.gathered)?;
        self.gathered.clear();
        Ok(())
    }
}
