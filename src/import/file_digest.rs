//! What stands for the content of a file.

use zeroize::Zeroizing;

use crate::import::further::Unread;
use crate::import::input::FileBytes;
use crate::import::secrets::fingerprint::FingerprintKey;
use crate::inventory::Progress;

/// How many bytes are read at a time of a file that is not in memory whole.
const STEP: usize = 4 << 20;

/// The size of a file, and a digest that is the same for the same bytes under one key.
///
/// Costs one reading of a file that is not in memory whole.
///
/// # Errors
/// In words for people where it cannot be read.
pub fn file_digest(file: &FileBytes, key: &FingerprintKey) -> Result<(u64, String), String> {
    let mut hasher = key.file_hasher();
    match &file.further {
        None => drop(hasher.update(&file.bytes)),
        Some(further) => {
            let mut at = 0;
            while at < further.length() {
                let mut bytes = Zeroizing::new(Vec::new());
                match further.read_on(at, STEP, &mut bytes, &Progress::default()) {
                    Err(Unread::Failed(why)) => return Err(why),
                    // Nobody holds the handle by which it could be cancelled.
                    Ok(()) | Err(Unread::Cancelled) => {}
                }
                hasher.update(&bytes);
                at += bytes.len() as u64;
            }
        }
    }
    let digits = hasher.finalize().to_hex();
    Ok((file.length(), digits.chars().take(32).collect()))
}
