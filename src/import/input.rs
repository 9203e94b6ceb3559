//! What goes in: files with their bytes, which several holders may share.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::{Zeroize, Zeroizing};

use crate::import::further::{Further, Unread};
use crate::inventory::Progress;

/// One file to import. Its bytes are wiped afterwards if it has a column of secrets.
#[derive(Clone, Default)]
pub struct FileBytes {
    /// The file's name or path, as it is shown to people.
    pub name: String,
    /// Its content: text with delimiters, JSON, a workbook, or an archive of these. Of a file that
    /// is read in segments its start.
    pub bytes: Bytes,
    /// Where the whole of it is, if it is read in segments; see
    /// [`in_segments`](crate::import::in_segments).
    pub further: Option<Further>,
    /// The folder whose parts make one table, if it is one of them. A part may have no rows, and
    /// no header if the part before it has one.
    pub part_of: Option<String>,
}

impl FileBytes {
    /// A file that is no part of a folder.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), ..Self::default() }
    }

    /// Takes the bytes out of it; its name stays.
    pub(crate) fn take(&mut self) -> Self {
        let bytes = std::mem::take(&mut self.bytes);
        let (name, part_of) = (self.name.clone(), self.part_of.clone());
        Self { name, bytes, further: self.further.take(), part_of }
    }

    /// How many bytes the whole file has.
    pub(crate) fn length(&self) -> u64 {
        self.further.as_ref().map_or(self.bytes.len() as u64, Further::length)
    }

    /// Takes all of its bytes into memory, if they are not there.
    ///
    /// # Errors
    /// Where they cannot be read, or somebody asked to stop.
    pub(crate) fn read_whole(&mut self, progress: &Progress) -> Result<(), Unread> {
        let Some(further) = self.further.take() else { return Ok(()) };
        let mut bytes = Zeroizing::new(Vec::new());
        further.read_on(0, usize::MAX, &mut bytes, progress)?;
        self.bytes.zeroize();
        self.bytes = std::mem::take(&mut *bytes).into();
        Ok(())
    }
}

impl FileBytes {
    /// Takes all of its bytes into memory, if they are not there: for what is not read in segments.
    ///
    /// # Errors
    /// In words for people where they cannot be read.
    pub fn load(&mut self) -> Result<(), String> {
        match self.read_whole(&Progress::default()) {
            Err(Unread::Failed(why)) => Err(why),
            // Nobody holds the handle by which it could be cancelled.
            Ok(()) | Err(Unread::Cancelled) => Ok(()),
        }
    }
}

/// Shows the name and the length, never the bytes.
impl fmt::Debug for FileBytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, bytes, further, part_of: _ } = self;
        formatter
            .debug_struct("FileBytes")
            .field("name", name)
            .field("bytes", &bytes.len())
            .field("further", further)
            .finish()
    }
}

/// Bytes that are shared, never copied: a clone holds the same ones.
///
/// [`Zeroize::zeroize`] drops this share of them and marks them: they are wiped as soon as the last
/// holder drops its share.
#[derive(Clone, Default)]
pub struct Bytes(Arc<Kept>);

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    wipe: AtomicBool,
}

impl Drop for Kept {
    fn drop(&mut self) {
        if *self.wipe.get_mut() {
            self.bytes.zeroize();
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(Kept { bytes, wipe: AtomicBool::new(false) }))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl Zeroize for Bytes {
    fn zeroize(&mut self) {
        self.0.wipe.store(true, Ordering::Relaxed);
        *self = Self::default();
    }
}

/// Shows the length, never the bytes.
impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} bytes", self.len())
    }
}

/// Numbers the arguments: the files of one folder are one.
#[derive(Default)]
pub(crate) struct ArgumentNumbers {
    number: u16,
    folder: Option<String>,
}

impl ArgumentNumbers {
    /// The number of the argument to which a file belongs.
    pub(crate) fn next(&mut self, file: &FileBytes) -> u16 {
        if file.part_of.is_none() || file.part_of != self.folder {
            self.number = self.number.saturating_add(1);
            self.folder.clone_from(&file.part_of);
        }
        self.number
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Whether bytes, given with every bit flipped, are at a place in memory, freed or not.
    #[cfg(target_os = "linux")]
    pub(in crate::import) fn are_in_memory(hidden: &[u8], place: u64, room: &mut [u8]) -> bool {
        use std::os::unix::fs::FileExt;
        let memory = std::fs::File::open("/proc/self/mem").unwrap();
        // What was given back to the system is gone.
        memory.read_exact_at(room, place).is_ok()
            && room.windows(hidden.len()).any(|part| part.iter().zip(hidden).all(|(a, b)| *a == !b))
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn zeroized_bytes_are_wiped_once_their_last_holder_drops_them() {
        let hidden: Vec<u8> = b"hunter-two-of-many".iter().map(|byte| !byte).collect();
        let secret = hidden.iter().map(|byte| !byte).cycle().take(4096);
        let mut room = vec![0; 4096];
        let mut one = Bytes::from(secret.collect::<Vec<u8>>());
        let (other, place) = (one.clone(), one.as_ptr() as u64);
        one.zeroize();
        assert!(are_in_memory(&hidden, place, &mut room), "the other still holds them");
        drop(other);
        room.fill(0);
        assert!(!are_in_memory(&hidden, place, &mut room));
    }

    #[test]
    fn a_clone_shares_the_bytes_and_keeps_them_when_another_drops_its_share() {
        let mut one = Bytes::from(b"hunter-two".to_vec());
        let other = one.clone();
        assert_eq!(one.as_ptr(), other.as_ptr());
        one.zeroize();
        assert!(one.is_empty());
        assert_eq!(&*other, b"hunter-two");
        assert!(!format!("{other:?}").contains("hunter"));
    }
}
