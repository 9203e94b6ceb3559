//! The key of all that the window reads.

use std::sync::{Arc, OnceLock};

use crate::import::FingerprintKey;

/// The key of all that the window reads until it is closed, so that equal secrets of two readings
/// match; made when it is first needed, and never kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunKey(Arc<OnceLock<FingerprintKey>>);

impl RunKey {
    /// A key that is known already.
    pub(crate) fn of(key: FingerprintKey) -> Self {
        Self(Arc::new(OnceLock::from(key)))
    }

    /// The key, if it was needed already.
    pub(crate) fn known(&self) -> Option<&FingerprintKey> {
        self.0.get()
    }

    /// The key, made now if it was not needed before.
    ///
    /// # Errors
    /// Where the system gives no random numbers.
    pub(crate) fn key(&self) -> Result<&FingerprintKey, String> {
        if let Some(key) = self.0.get() {
            return Ok(key);
        }
        let fresh = crate::cli::fresh_key().map_err(|error| error.to_string())?;
        Ok(self.0.get_or_init(|| fresh))
    }
}
