//! Filters of a view as the project keeps them: by names, so that another graph knows them too.

use crate::analysis::Severity;
use crate::app::model::by_hand::ByHand;
use crate::app::model::filters::{EndKind, Facet, Filters};
use crate::app::model::query::key::Key;
use crate::app::model::query::known::names_of;
use crate::graph::{AccessGraph, EnvironmentIndex, OwnerIndex};
use crate::project::{FilterSwitch, HiddenByHand, NamedFilters};

const SWITCHES: [(FilterSwitch, Facet); 8] = [
    (FilterSwitch::EntryPoints, Facet::End(EndKind::EntryPoint)),
    (FilterSwitch::CrownJewels, Facet::End(EndKind::CrownJewel)),
    (FilterSwitch::AlreadyFallen, Facet::End(EndKind::AlreadyFallen)),
    (FilterSwitch::Shared, Facet::Shared),
    (FilterSwitch::Crossing, Facet::Crossing),
    (FilterSwitch::Headline, Facet::Headline),
    (FilterSwitch::UnsharedHidden, Facet::Unshared),
    (FilterSwitch::Inverted, Facet::Hidden),
];

/// The environments of a graph, its owners, and its types of credentials, each with its name.
fn facets(graph: &AccessGraph) -> [Vec<(Facet, &str)>; 3] {
    let environments = (0_u32..).zip(graph.environments());
    let owners = (0_u32..).zip(graph.owners());
    let types = names_of(graph, Key::Type).into_iter();
    [
        environments
            .map(|(at, own)| (Facet::Environment(EnvironmentIndex(at)), own.label.as_str()))
            .collect(),
        owners.map(|(at, own)| (Facet::Owner(OwnerIndex(at)), own.as_str())).collect(),
        types.map(|name| (Facet::Kind(name), graph.inventory().text(name))).collect(),
    ]
}

/// The names of what filters hide or leave in a graph, and what is hidden by hand. Costs time in
/// proportion to the credentials.
pub(crate) fn named(
    filters: &Filters,
    by_hand: &HiddenByHand,
    graph: &AccessGraph,
) -> NamedFilters {
    let [hidden_environments, owners, types] = facets(graph).map(|all| {
        let on = all.into_iter().filter(|(facet, _)| filters.has(*facet));
        on.map(|(_, name)| name.to_owned()).collect()
    });
    let severities = Severity::ALL.into_iter();
    let switches = SWITCHES.into_iter().filter(|(_, facet)| filters.has(*facet));
    NamedFilters {
        hidden_environments,
        types,
        owners,
        severities: severities.filter(|own| filters.has(Facet::Severity(*own))).collect(),
        switches: switches.map(|(switch, _)| switch).collect(),
        search: filters.search().to_owned(),
        by_hand: by_hand.clone(),
    }
}

/// The filters of these names in a graph; what it does not know is left out. Costs time in proportion
/// to the credentials.
pub(crate) fn filters_of(named: &NamedFilters, graph: &AccessGraph) -> Filters {
    let NamedFilters { hidden_environments, types, owners, severities, switches, search, by_hand } =
        named;
    let mut filters = Filters::default();
    let [known_environments, known_owners, known_types] = facets(graph);
    for (known, wanted) in
        [(known_environments, hidden_environments), (known_owners, owners), (known_types, types)]
    {
        for (facet, _) in known.into_iter().filter(|(_, name)| wanted.contains(*name)) {
            filters.set(facet, true);
        }
    }
    for severity in severities {
        filters.set(Facet::Severity(*severity), true);
    }
    for (_, facet) in SWITCHES.into_iter().filter(|(switch, _)| switches.contains(switch)) {
        filters.set(facet, true);
    }
    filters.set_search(search.clone());
    filters.set_by_hand(ByHand::of(by_hand, graph));
    filters
}
