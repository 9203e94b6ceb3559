//! How the findings stand that are shown: derived from answers and from what was decided.

use std::sync::Arc;

use crate::app::work::answers::Answers;
use crate::project::{FindingRegister, Standings};

/// How the findings that are shown stand, and for which answers and register that was worked out.
#[derive(Clone, Debug)]
pub(crate) struct StandingsInSight {
    pub(crate) standings: Arc<Standings>,
    pub(super) answers: Arc<Answers>,
    pub(super) register: Arc<FindingRegister>,
}
