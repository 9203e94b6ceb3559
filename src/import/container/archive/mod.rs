//! Gzip and zip, unpacked one member at a time and never beyond a limit.
//!
//! A small archive can unpack to more than any memory holds. The bytes of a member are counted while
//! it is unpacked; the sizes that an archive states are only hints. Nothing touches the disk, so the
//! names of members are never used as paths.

use std::io::{Cursor, Read};

use zeroize::{Zeroize, Zeroizing};

use crate::import::container::parts::{Decision, FilePart, PartKind, WantedParts, nothing_chosen};
use crate::import::error::ImportError;
use crate::import::input::FileBytes;
use crate::inventory::{NotRead, Progress};

/// The most bytes that a member may unpack to: two gibibytes, which is tens of millions of rows and
/// still fits into the memory of a common computer.
const MOST_BYTES: u64 = 2 << 30;
/// How many times its packed size a member may have, once it is larger than [`SMALL`]. Text usually
/// packs to a tenth of its size; deflate reaches a thousandth at most, and only for bombs.
const MOST_RATIO: u64 = 250;
/// A size that no computer has trouble with, whatever the ratio.
const SMALL: u64 = 64 << 20;
/// The most members of an archive: more than the parts in which databases export a table, and few
/// enough to list.
const MOST_MEMBERS: usize = 10_000;

/// How the names of archives end that may hold several tables.
const ARCHIVES: [&str; 9] = ["zip", "tar", "tar.gz", "tgz", "7z", "rar", "bz2", "xz", "zst"];
/// How the names of tables end.
const DATA: [&str; 9] = ["csv", "tsv", "psv", "txt", "json", "jsonl", "ndjson", "gz", "xlsx"];

/// Whether the bytes are a zip archive; a workbook is one too.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x1f\x8b")
}

type Zip<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Opens a zip archive.
pub(crate) fn open<'a>(bytes: &'a [u8], file: &str) -> Result<Zip<'a>, ImportError> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes))
        .map_err(|_error| broken(file, "the archive is damaged; pack it again"))?;
    if zip.len() > MOST_MEMBERS {
        return Err(broken(file, "the archive has more than 10,000 members; pack fewer"));
    }
    Ok(zip)
}

/// Whether an archive is an Excel workbook.
pub(crate) fn is_workbook(zip: &Zip<'_>) -> bool {
    zip.index_for_name("xl/workbook.xml").is_some()
}

/// The tables of a file: itself, or the members of an archive.
pub(crate) struct Members {
    file: FileBytes,
    /// The members of a zip archive that are not read yet, the last first.
    waiting: Vec<(String, usize)>,
    kind: Kind,
    /// The members of a zip archive that can be read or left out, with their sizes as it states
    /// them.
    pub(crate) parts: Vec<FilePart>,
    /// Members that are no tables or were left out.
    pub(crate) not_read: Vec<NotRead>,
    /// Members that are themselves archives; a single packed table is none.
    pub(crate) nested: Vec<(String, u64)>,
    progress: Progress,
}

enum Kind {
    Plain,
    Gzip,
    Zip,
    Done,
}

/// Looks into a file, and takes its bytes.
pub(crate) fn members(
    file: &mut FileBytes,
    wanted: WantedParts<'_>,
    progress: &Progress,
) -> Result<Members, ImportError> {
    let file = file.take();
    let mut members = Members {
        file,
        waiting: Vec::new(),
        kind: Kind::Plain,
        parts: Vec::new(),
        not_read: Vec::new(),
        nested: Vec::new(),
        progress: progress.clone(),
    };
    match members.find(wanted) {
        Ok(()) => Ok(members),
        Err(error) => {
            members.wipe();
            Err(error)
        }
    }
}

impl Members {
    /// Finds out what the file is, and which of its members are tables.
    fn find(&mut self, wanted: WantedParts<'_>) -> Result<(), ImportError> {
        if is_gzip(&self.file.bytes) {
            self.kind = Kind::Gzip;
        }
        if !is_zip(&self.file.bytes) {
            return Ok(());
        }
        let mut zip = open(&self.file.bytes, &self.file.name)?;
        if is_workbook(&zip) {
            return Ok(());
        }
        let mut named: Vec<(String, usize)> =
            (0..zip.len()).map(|at| (name_of(zip.name_for_index(at)), at)).collect();
        named.sort_unstable();
        let mut size = |at: usize| zip.by_index_raw(at).map_or(0, |member| member.size());
        for (name, at) in named.into_iter().rev().filter(|(name, _)| !name.ends_with('/')) {
            let decision = wanted.decision(&name);
            let is_read = decision.map_or_else(|| is_table(&name), Decision::is_taken);
            if ends_as(&name, &ARCHIVES) && decision.is_none_or(Decision::is_taken) {
                self.nested.push((name, size(at)));
                continue;
            }
            let (kind, size) = (PartKind::Member, size(at));
            if is_read {
                self.waiting.push((name.clone(), at));
            }
            let part = FilePart { kind, name, is_hidden: false, is_read, size };
            if !is_read {
                let reason =
                    decision.map_or("it is not named like a table", |one| one.reason(kind));
                self.not_read.push(part.not_read(reason));
            }
            self.parts.push(part);
        }
        self.parts.reverse();
        self.not_read.reverse();
        self.nested.reverse();
        if self.waiting.is_empty() {
            return Err(self.why_no_table(wanted));
        }
        self.kind = Kind::Zip;
        Ok(())
    }

    /// Why none of the members is read.
    fn why_no_table(&self, wanted: WantedParts<'_>) -> ImportError {
        let file = self.file.name.clone();
        if self.parts.iter().any(|part| wanted.decision(&part.name).is_some()) {
            return nothing_chosen(&file, &self.parts);
        }
        match self.nested.first() {
            Some((inner, _)) => ImportError::Nested { file: format!("{file}/{inner}") },
            None => ImportError::NoTables { file },
        }
    }

    /// The next table with its own name, unpacked, and how many bytes of the file it took.
    pub(crate) fn next(&mut self) -> Option<Result<(FileBytes, u64), ImportError>> {
        match self.kind {
            Kind::Done => None,
            Kind::Plain => {
                self.kind = Kind::Done;
                let length = self.file.length();
                Some(Ok((self.file.take(), length)))
            }
            Kind::Gzip => {
                self.kind = Kind::Done;
                let length = self.file.bytes.len() as u64;
                let name = self.file.name.clone();
                Some(self.gunzipped(&self.file.bytes, name).map(|file| (file, length)))
            }
            Kind::Zip => {
                let (_, at) = self.waiting.pop()?;
                Some(self.unzipped(at))
            }
        }
    }

    /// The names of the tables that are not read yet; none where the file itself is the table.
    pub(crate) fn names(&self) -> Vec<String> {
        self.waiting.iter().rev().map(|(name, _)| name.clone()).collect()
    }

    /// Skips up to `tables` tables, but never the last.
    pub(crate) fn skip(&mut self, tables: usize) {
        let left = self.waiting.len().saturating_sub(tables).max(self.waiting.len().min(1));
        self.waiting.truncate(left);
    }

    /// Wipes the packed bytes.
    pub(crate) fn wipe(&mut self) {
        self.file.bytes.zeroize();
    }

    fn gunzipped(&self, packed: &[u8], name: String) -> Result<FileBytes, ImportError> {
        let hint = packed.last_chunk::<4>().map_or(0, |size| u32::from_le_bytes(*size));
        let reader = flate2::read::MultiGzDecoder::new(packed);
        let sizes = (packed.len() as u64, u64::from(hint));
        let bytes = unpacked(reader, sizes, &name, &self.progress)?;
        Ok(FileBytes { part_of: self.file.part_of.clone(), ..FileBytes::new(name, bytes) })
    }

    fn unzipped(&self, at: usize) -> Result<(FileBytes, u64), ImportError> {
        let outer = &self.file.name;
        let mut zip = open(&self.file.bytes, outer)?;
        let member = zip.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => broken(
                outer,
                "the archive is encrypted or packed in an unusual way; unpack it first",
            ),
            _ => broken(outer, "the archive is damaged; pack it again"),
        })?;
        let name = format!("{outer}/{}", name_of(Some(member.name())));
        let (packed, stated) = (member.compressed_size(), member.size());
        let mut bytes = unpacked(member, (packed, stated), &name, &self.progress)?;
        let part_of = Some(self.file.part_of.clone().unwrap_or_else(|| outer.clone()));
        if is_gzip(&bytes) {
            let inner = self.gunzipped(&bytes, name);
            bytes.zeroize();
            return inner.map(|inner| (FileBytes { part_of, ..inner }, packed));
        }
        Ok((FileBytes { part_of, ..FileBytes::new(name, bytes) }, packed))
    }
}

/// A member's name, or words for one that is no text.
fn name_of<E>(name: Option<Result<std::borrow::Cow<'_, str>, E>>) -> String {
    match name {
        Some(Ok(name)) => name.into_owned(),
        _ => "unreadable name".to_owned(),
    }
}

/// Counts what every member of a workbook unpacks to, before anything else reads it. `seen` sees all
/// of it.
pub(crate) fn check_workbook(
    zip: &mut Zip<'_>,
    file: &str,
    seen: &mut impl std::io::Write,
    progress: &Progress,
) -> Result<(), ImportError> {
    let packed = zip.clone().into_inner().get_ref().len() as u64;
    let mut left = most(packed);
    for at in 0..zip.len() {
        let Ok(member) = zip.by_index(at) else {
            return Err(broken(file, "the workbook is encrypted or damaged; save it again"));
        };
        let mut limited = Watched { inner: member, progress }.take(left + 1);
        let read = std::io::copy(&mut limited, seen).map_err(|_error| {
            stopped_or(progress, file, "the workbook is damaged; save it again")
        })?;
        if read > left {
            return Err(ImportError::Bomb { file: file.to_owned(), megabytes: most(packed) >> 20 });
        }
        left -= read;
    }
    Ok(())
}

/// Whether a file's name is that of a table, not of a marker that some tool left.
pub fn is_table(name: &str) -> bool {
    // The steps `.` and `..` of a path hide nothing.
    let hidden = |part: &str| part.starts_with(['.', '_']) && !matches!(part, "." | "..");
    !name.split(['/', '\\']).any(hidden) && ends_as(name, &DATA) && !ends_as(name, &ARCHIVES)
}

fn ends_as(name: &str, endings: &[&str]) -> bool {
    let name = name.to_ascii_lowercase();
    let before =
        |ending: &&str| name.strip_suffix(ending).is_some_and(|before| before.ends_with('.'));
    endings.iter().any(before)
}

fn most(packed: u64) -> u64 {
    packed.saturating_mul(MOST_RATIO).clamp(SMALL, MOST_BYTES)
}

/// Unpacks into a new buffer; `sizes` are the packed one and the one that the archive states.
fn unpacked(
    reader: impl Read,
    sizes: (u64, u64),
    file: &str,
    progress: &Progress,
) -> Result<Vec<u8>, ImportError> {
    let mut reader = Watched { inner: reader, progress };
    let (packed, stated) = sizes;
    let limit = most(packed);
    // The stated size is believed up to the ratio to which text usually packs.
    let room = stated.min(limit).min(packed.saturating_mul(32));
    let mut bytes = Zeroizing::new(Vec::with_capacity(room as usize + 1));
    let mut piece = Zeroizing::new(vec![0; 1 << 16]);
    loop {
        let read = reader.read(&mut piece).map_err(|_error| {
            stopped_or(progress, file, "the packed data is damaged or cut off; pack it again")
        })?;
        if read == 0 {
            return Ok(std::mem::take(&mut *bytes));
        }
        if (bytes.len() + read) as u64 > limit {
            return Err(ImportError::Bomb { file: file.to_owned(), megabytes: limit >> 20 });
        }
        if bytes.capacity() - bytes.len() < read {
            // Growing in place may leave the old bytes behind, unwiped.
            let mut wider = Zeroizing::new(Vec::with_capacity(bytes.capacity() * 2 + read));
            wider.extend_from_slice(&bytes);
            bytes = wider;
        }
        bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
    }
}

/// Ends with an error once the user has cancelled.
struct Watched<'a, R> {
    inner: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.progress.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        self.inner.read(room)
    }
}

fn stopped_or(progress: &Progress, file: &str, why: &'static str) -> ImportError {
    if progress.is_cancelled() { ImportError::Cancelled } else { broken(file, why) }
}

fn broken(file: &str, why: &'static str) -> ImportError {
    ImportError::Archive { file: file.to_owned(), why }
}

#[cfg(test)]
mod tests;
