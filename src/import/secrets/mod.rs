//! Secret values: found where they do not belong, masked, and replaced by keyed fingerprints.

pub(crate) mod fingerprint;
pub(crate) mod redaction;
pub(crate) mod secret_detection;
