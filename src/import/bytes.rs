//! The bytes of a file, which several may hold at once.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroize;

/// Bytes that are shared, never copied: a clone holds the same ones.
///
/// Whoever calls [`Zeroize::zeroize`] lets go of them; from then on they are wiped as soon as the
/// last who holds them lets go too.
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
    fn a_clone_shares_the_bytes_and_keeps_them_when_another_lets_go() {
        let mut one = Bytes::from(b"hunter-two".to_vec());
        let other = one.clone();
        assert_eq!(one.as_ptr(), other.as_ptr());
        one.zeroize();
        assert!(one.is_empty());
        assert_eq!(&*other, b"hunter-two");
        assert!(!format!("{other:?}").contains("hunter"));
    }
}
