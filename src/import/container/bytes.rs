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
mod tests {
    use super::*;

    #[test]
    fn a_clone_shares_the_bytes_and_keeps_them_when_another_lets_go() {
        let mut one = Bytes::from(b"hunter-two".to_vec());
        let other = one.clone();
        assert_eq!(one.as_ptr(), other.as_ptr());
        one.zeroize();
        assert!(one.is_empty());
        assert_eq!(&*other, b"hunter-two");
        assert!(other.0.wipe.load(Ordering::Relaxed), "they are wiped with the last who lets go");
        assert!(!format!("{other:?}").contains("hunter"));
    }
}
