//! Which fixes a view shows on its map.

use crate::inventory::shown;
use crate::project::SeenFixes;

/// Which fixes a view shows on its map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum ViewFixes {
    /// Those of the what-if list, as everywhere.
    #[default]
    Listed,
    /// None: what is open as it is.
    AsItIs,
    /// Those that the plan proposes.
    Plan,
    /// Those of a scenario, by its name.
    Scenario(String),
}

impl ViewFixes {
    /// As it is called above a view.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::AsItIs => "As it is".to_owned(),
            Self::Listed => "The what-if list".to_owned(),
            Self::Plan => "The plan".to_owned(),
            Self::Scenario(name) => shown(name).into_owned(),
        }
    }

    /// As the project keeps them.
    pub(crate) fn seen(&self) -> SeenFixes {
        match self {
            Self::Listed => SeenFixes::Listed,
            Self::AsItIs => SeenFixes::AsItIs,
            Self::Plan => SeenFixes::Plan,
            Self::Scenario(name) => SeenFixes::Scenario(name.clone()),
        }
    }
}

impl From<&SeenFixes> for ViewFixes {
    fn from(seen: &SeenFixes) -> Self {
        match seen {
            SeenFixes::Listed => Self::Listed,
            SeenFixes::AsItIs => Self::AsItIs,
            SeenFixes::Plan => Self::Plan,
            SeenFixes::Scenario(name) => Self::Scenario(name.clone()),
        }
    }
}
