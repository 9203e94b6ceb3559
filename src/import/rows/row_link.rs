//! The links of a row, and the services that its cells list.

use crate::import::rows::builder::InventoryBuilder;
use crate::import::rows::reported_once::CellProblem;
use crate::import::schema::names_decision::EnvironmentInNames;
use crate::import::schema::row_plan::Plan;
use crate::import::vocabulary::lists::NamedService;
use crate::inventory::{Access, InstanceFacts, Level, NameId};

/// A link of the row that is being read.
#[derive(Clone, Copy)]
pub(crate) struct RowLink {
    pub(crate) service: NameId,
    pub(crate) environment: NameId,
    /// Whether the environment was read from the name of the service, and nobody confirmed that.
    pub(crate) assumed: bool,
    pub(crate) access: Access,
    /// What the grant allows, if not what the row says.
    pub(crate) level: Option<Level>,
}

/// What an entry of a list says of its own service.
#[derive(Clone)]
pub(crate) struct DescribedService {
    pub(crate) service: NameId,
    pub(crate) environment: NameId,
    pub(crate) facts: InstanceFacts,
}

/// A service that a cell lists, with the environment that is written with it.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct ListedService {
    pub(crate) service: NameId,
    pub(crate) environment: Option<NameId>,
    /// As of a [`RowLink`].
    pub(crate) assumed: bool,
}

impl ListedService {
    /// A service of a cell, and what is wrong with its names.
    pub(crate) fn new(
        named: &NamedService,
        plan: &Plan,
        builder: &mut InventoryBuilder,
    ) -> (Self, impl Iterator<Item = CellProblem> + use<>) {
        let (service, first) = builder.name(&named.service);
        let own = named.environment.as_ref().map(|environment| builder.name(environment));
        let (environment, second) = own.unzip();
        let is_open = plan.schema.environment_in_names == EnvironmentInNames::Assumed;
        let listed = Self { service, environment, assumed: named.assumed && is_open };
        (listed, first.into_iter().chain(second.flatten()))
    }
}
