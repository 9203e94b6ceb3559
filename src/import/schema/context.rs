//! What is known of tables before one is looked at.

use crate::import::schema::overrides::ReadOverrides;
use crate::import::schema::settings::ImportSettings;
use crate::import::vocabulary::synonyms::Synonyms;
use crate::inventory::Progress;

/// What is known of tables before one is looked at.
#[derive(Clone, Copy)]
pub(crate) struct DetectionContext<'a> {
    pub(crate) synonyms: &'a Synonyms,
    pub(crate) settings: &'a ImportSettings,
    /// How this very file is to be read.
    pub(crate) overrides: &'a ReadOverrides,
    /// Where the user may cancel.
    pub(crate) progress: &'a Progress,
}
