//! What stands for a secret value.

/// How every text starts that stands for a fingerprint; hexadecimal digits follow.
pub const TOKEN: &str = "keyreach:v1:";

/// What is kept of a secret: 128 bits of a keyed hash, which say nothing without the key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint(pub u128);

/// Shows nothing of it, so that no log can be compared with another.
impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fingerprint(…)")
    }
}
