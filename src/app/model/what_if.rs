//! What follows from the what-if list; rebuilt, never edited.

use std::sync::Arc;

use crate::analysis::{Fix, RadiusChange};
use crate::app::jobs::ViewId;
use crate::app::work::answers::Answers;
use crate::app::work::scenarios::ShownFixes;
use crate::app::work::what_if::Outcome;
use crate::project::{FixStatus, Fixes, NamedFix};

/// What is open as it is, and the fixes with which it is shown instead.
#[derive(Clone, Debug)]
pub(crate) struct AsIs {
    pub(crate) answers: Arc<Answers>,
    pub(crate) fixes: Vec<Fix>,
}

/// What follows from the list of fixes; rebuilt, never edited.
#[derive(Debug, Default)]
pub(crate) struct WhatIf {
    /// What becomes of each fix of the list.
    pub(crate) standings: Vec<FixStatus>,
    /// The fix that is looked at alone, wherever in the list it stands.
    pub(crate) chosen: Option<NamedFix>,
    pub(crate) outcome: Option<Arc<Outcome>>,
    /// How far what is selected reaches with the fixes in force.
    pub(crate) radius: Option<RadiusChange>,
}

/// What lists of fixes come to that two views compare.
#[derive(Debug, Default)]
pub(crate) struct ComparedViews {
    /// The lists that were asked about last, whatever became of that.
    pub(crate) asked: Vec<Arc<Fixes>>,
    /// What was worked out of them.
    pub(crate) found: Vec<Arc<ShownFixes>>,
    /// The list of each view as its changes were shown last.
    pub(crate) shown: Vec<(ViewId, Option<Arc<Fixes>>)>,
}
