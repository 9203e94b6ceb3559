//! From secret values to fingerprints, and the masking of what must not be shown.

pub(crate) mod fingerprint;
pub(crate) mod redaction;
pub(crate) mod secret_detection;
