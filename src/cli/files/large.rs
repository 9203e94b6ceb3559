//! Files that are too large to be kept in memory whole.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use crate::cli::files::system_words::plain;
use crate::import::{FileBytes, ReadAt, SegmentSizes, in_segments};

/// Which files are large, and how they are read.
#[derive(Clone, Copy)]
pub(super) struct LargeFiles {
    /// How many bytes a file has at most that is read whole.
    pub(super) whole_up_to: u64,
    pub(super) sizes: SegmentSizes,
}

impl Default for LargeFiles {
    /// A quarter of a gigabyte, about two million rows, does no harm to the memory of any computer.
    fn default() -> Self {
        Self { whole_up_to: 256 << 20, sizes: SegmentSizes::default() }
    }
}

impl LargeFiles {
    /// Whether there is such a file.
    pub(super) fn are_like(self, path: &Path) -> bool {
        let about = fs::metadata(path);
        about.is_ok_and(|about| about.is_file() && about.len() > self.whole_up_to)
    }
}

/// A large file as one that is read in segments; `None` where it must be read whole. Costs one reading
/// of it.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn opened(path: &Path, large: LargeFiles) -> io::Result<Option<FileBytes>> {
    let source = Arc::new(OnDisk::open(path)?);
    in_segments(path.display().to_string(), source, large.sizes).map_err(io::Error::other)
}

/// A file that stays open.
struct OnDisk {
    file: File,
    length: u64,
    changed: Option<SystemTime>,
}

impl OnDisk {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let about = file.metadata()?;
        let (length, changed) = (about.len(), about.modified().ok());
        Ok(Self { file, length, changed })
    }

    /// Several threads read side by side where the system can read from a place.
    #[cfg(unix)]
    fn fill(&self, from: u64, room: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, room, from)
    }

    #[cfg(not(unix))]
    fn fill(&self, from: u64, room: &mut [u8]) -> io::Result<()> {
        use std::io::{Read as _, Seek as _, SeekFrom};
        static TURN: std::sync::Mutex<()> = std::sync::Mutex::new(());
        let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut file = &self.file;
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(room)
    }

    fn is_changed(&self) -> io::Result<bool> {
        let about = self.file.metadata()?;
        Ok(about.len() != self.length || about.modified().ok() != self.changed)
    }
}

impl ReadAt for OnDisk {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&self, from: u64, room: &mut [u8]) -> Result<(), String> {
        let read = self.fill(from, room);
        // Looked at after reading: what was changed before is seen, and what comes later does no harm.
        match self.is_changed().and_then(|is_changed| read.map(|()| is_changed)) {
            Ok(false) => Ok(()),
            Ok(true) => Err("it was changed since it was opened; open it again".to_owned()),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                Err("it is shorter than it was; open it again".to_owned())
            }
            Err(error) => Err(plain(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{FingerprintKey, ImportSettings, import};
    use crate::inventory::Progress;

    const SMALL: LargeFiles =
        LargeFiles { whole_up_to: 100, sizes: SegmentSizes { start: 1, segment: 50 } };

    fn table() -> String {
        let rows = (0..40).map(|at| format!("k{},web{at},prod\n", at % 9)).collect::<Vec<_>>();
        format!("credential_id,service,environment\n{}", rows.concat())
    }

    fn read(file: FileBytes) -> Result<String, String> {
        let key = FingerprintKey::from_bytes([1; 32]);
        let read = import(vec![file], &key, &ImportSettings::default(), &Progress::default());
        read.map(|inventory| format!("{inventory:?}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_large_table_is_read_in_segments_and_others_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        let write = |bytes: &[u8]| fs::write(&path, bytes).unwrap();
        write(table().as_bytes());
        let file = opened(&path, SMALL).unwrap().unwrap();
        let whole = FileBytes::new(path.display().to_string(), table().into_bytes());
        assert_eq!(read(file), read(whole));
        assert!(SMALL.are_like(&path) && !LargeFiles::default().are_like(&path));
        assert!(!SMALL.are_like(folder.path()), "a folder is no file");
        write(format!("[{}]", "{\"id\": \"k1\"}, ".repeat(40)).as_bytes());
        assert!(opened(&path, SMALL).unwrap().is_none(), "it is JSON");
        let missing = opened(&folder.path().join("no.csv"), SMALL).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_file_that_was_changed_since_it_was_opened_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.csv");
        for (rows, why) in [(50, "it is shorter than it was"), (400, "it was changed")] {
            fs::write(&path, table()).unwrap();
            let file = opened(&path, SMALL).unwrap().unwrap();
            fs::write(&path, table().repeat(rows).get(..rows * 10).unwrap()).unwrap();
            let error = read(file).unwrap_err();
            let said = format!("the file could not be read to its end ({why}");
            assert!(error.starts_with(&said), "{error}");
            assert!(error.contains("open it again"), "{error}");
        }
    }
}
