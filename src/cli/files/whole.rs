//! A file's bytes, read on all threads where there are many.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use rayon::iter::{IndexedParallelIterator as _, ParallelIterator as _};
use rayon::slice::ParallelSliceMut as _;
use zeroize::Zeroize as _;

/// From how many bytes on several threads read, and how many each reads at a time: making room for them
/// takes longer than copying them.
const MANY: u64 = 16 << 20;
const PART: usize = 4 << 20;

/// All bytes of a file.
///
/// # Errors
/// As [`fs::read`].
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_in_parts(path, MANY, PART)
}

fn read_in_parts(path: &Path, many: u64, part: usize) -> io::Result<Vec<u8>> {
    let before = fs::metadata(path)?;
    let length = usize::try_from(before.len()).unwrap_or(usize::MAX);
    // What is no file need not say how long it is.
    if !before.is_file() || before.len() < many {
        return fs::read(path);
    }
    let mut bytes = vec![0; length];
    let parts = bytes.par_chunks_mut(part).enumerate();
    let read = parts.try_for_each(|(at, room)| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start((at * part) as u64))?;
        file.read_exact(room)
    });
    let is_same = |after: &Metadata| {
        after.len() == before.len() && after.modified().ok() == before.modified().ok()
    };
    match (read, fs::metadata(path)) {
        (Ok(()), Ok(after)) if is_same(&after) => Ok(bytes),
        // Somebody wrote to it meanwhile: parts of two states are neither of them.
        _ => {
            bytes.zeroize();
            fs::read(path)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together_whatever_their_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        for length in [0, 1, 6, 7, 8, 20, 21, 22] {
            let bytes: Vec<u8> = (0..length).collect();
            fs::write(&path, &bytes).unwrap();
            assert_eq!(read_in_parts(&path, 1, 7).unwrap(), bytes);
        }
        assert!(read_in_parts(&folder.path().join("none"), 1, 7).is_err());
        assert!(read_in_parts(folder.path(), 1, 7).is_err());
    }
}
