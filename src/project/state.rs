//! All that the user made, as one value that undo can compare and bring back.

use std::sync::Arc;

use crate::inventory::{Assumptions, Date};
use crate::project::arrangement::Arrangement;
use crate::project::ends::NamedEnds;
use crate::project::filters::KeptFilters;
use crate::project::finding_work::FindingRegister;
use crate::project::fixes::Fixes;
use crate::project::last_view::LastView;
use crate::project::lost_credentials::LostCredentials;
use crate::project::notes::Notes;
use crate::project::pseudonyms::KeptPseudonyms;
use crate::project::rotation_list::RotationList;
use crate::project::scenarios::Scenarios;
use crate::project::scenes::Scenes;
use crate::project::sources::Sources;
use crate::project::workshop::Workshop;

/// All that the user made. Cloning it copies pointers.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// What was imported, and how.
    pub sources: Arc<Sources>,
    /// What is assumed: the policy, with entry points and crown jewels that were picked.
    pub assumptions: Arc<Assumptions>,
    /// The what-if list.
    pub fixes: Arc<Fixes>,
    /// Between which service instances paths are looked for.
    pub ends: NamedEnds,
    /// What is taken to have fallen, and what of it is replaced already.
    pub rotation: Arc<RotationList>,
    /// How the map is arranged.
    pub arrangement: Arc<Arrangement>,
    /// What is hidden by hand, and filters that were given a name.
    pub filters: Arc<KeptFilters>,
    /// What was decided on findings, and what imports made of them.
    pub findings: Arc<FindingRegister>,
    /// What was noted.
    pub notes: Arc<Notes>,
    /// Lists of fixes beside the what-if list.
    pub scenarios: Arc<Scenarios>,
    /// What is shown step by step.
    pub scenes: Arc<Scenes>,
    /// What workshops brought: what is disputed, stated and noted.
    pub workshop: Arc<Workshop>,
    /// By what credentials are found again that an import lacked.
    pub lost: Arc<LostCredentials>,
    /// What stands in the place of names where these are hidden.
    pub pseudonyms: Arc<KeptPseudonyms>,
    /// What was looked at when it was saved last.
    pub last_view: LastView,
}

impl Project {
    /// Nothing yet, judged on `as_of`.
    pub fn new(as_of: Date) -> Self {
        Self::under(Assumptions::new(as_of))
    }

    /// Nothing yet, under assumptions.
    pub fn under(assumptions: Assumptions) -> Self {
        Self {
            sources: Arc::default(),
            assumptions: Arc::new(assumptions),
            fixes: Arc::default(),
            ends: NamedEnds::default(),
            rotation: Arc::default(),
            arrangement: Arc::default(),
            filters: Arc::default(),
            findings: Arc::default(),
            notes: Arc::default(),
            scenarios: Arc::default(),
            scenes: Arc::default(),
            workshop: Arc::default(),
            lost: Arc::default(),
            pseudonyms: Arc::default(),
            last_view: LastView::default(),
        }
    }
}
