//! Which kinds of assumption something rests on, in words too.

use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, InstanceIndex, StatedPart};
use crate::inventory::{Access, grouped};

/// The kinds of assumption that something rests on; all false where it is stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AssumedBy {
    /// An access, or its level, that no row states.
    pub access: bool,
    /// An environment that was read from the name of a service.
    pub names: bool,
    /// An id in several sources that is taken for one credential.
    pub ids: bool,
}

/// The way through one credential that is judged, by instance.
pub(crate) struct Way<'a> {
    /// Whether the way comes from a holder.
    pub(crate) from: &'a dyn Fn(InstanceIndex) -> bool,
    /// Whether it leads to an instance that is granted.
    pub(crate) to: &'a dyn Fn(InstanceIndex) -> bool,
    /// Whether it goes on from there.
    pub(crate) goes_on: &'a dyn Fn(InstanceIndex) -> bool,
}

impl AssumedBy {
    /// Both kinds together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            access: self.access || other.access,
            names: self.names || other.names,
            ids: self.ids || other.ids,
        }
    }

    /// What a link rests on: an access that no row states, an environment read from a name.
    pub(crate) fn of_edge(graph: &AccessGraph, edge: EdgeIndex) -> Self {
        if !graph.edge(edge).assumed {
            return Self::default();
        }
        let (mut has_access, mut has_environment) = (false, false);
        for link in graph.links_behind(edge) {
            has_access |= link.access != Access::Unstated;
            has_environment |= !link.instance_assumed;
        }
        // A row that states the access settles that: what is left to assume is where it leads.
        match (has_access, has_environment) {
            (true, _) => Self { names: true, ..Self::default() },
            (false, true) => Self { access: true, ..Self::default() },
            (false, false) => {
                let names = graph.links_behind(edge).next().is_some();
                Self { access: true, names, ids: false }
            }
        }
    }

    /// What the way through a credential rests on that rests on least; nothing where it is stated, or
    /// where there is no such way.
    pub(crate) fn of_way(graph: &AccessGraph, credential: CredentialIndex, way: &Way<'_>) -> Self {
        let Way { from, to, goes_on } = way;
        let held = graph.held_by(credential).iter().copied();
        let held: Vec<EdgeIndex> = held.filter(|&at| from(graph.edge(at).instance)).collect();
        let granted = graph.grants(credential).iter().copied();
        let granted: Vec<EdgeIndex> = granted.filter(|&at| to(graph.edge(at).instance)).collect();
        let of_grant = |at: EdgeIndex| {
            let edge = graph.edge(at);
            let access = edge.level_assumed() && goes_on(edge.instance);
            Self::of_edge(graph, at).and(Self { access, ..Self::default() })
        };
        let least = |held: &[EdgeIndex], granted: &[EdgeIndex]| {
            let held =
                held.iter().map(|&at| Self::of_edge(graph, at)).min_by_key(|own| own.count());
            let grants = granted.iter().map(|&at| of_grant(at)).min_by_key(|own| own.count());
            Some(held?.and(grants?))
        };
        let Some(found) = least(&held, &granted) else { return Self::default() };
        let parts = graph.stated_parts_of(credential);
        if parts.is_empty() {
            return found;
        }
        // What a part only assumes may be stated by another one: then the id is what joins the two.
        let of_part = |part: &StatedPart| {
            let own = |edges: &[EdgeIndex],
                       all: &[InstanceIndex],
                       stated: &dyn Fn(InstanceIndex) -> bool| {
                let own = edges.iter().copied().filter(|&at| {
                    let edge = graph.edge(at);
                    let is_linked = all.binary_search(&edge.instance).is_ok();
                    is_linked && (edge.assumed || stated(edge.instance))
                });
                own.collect::<Vec<EdgeIndex>>()
            };
            let held = own(&held, &part.holders_or_assumed, &|at| part.is_held_by(at));
            let granted =
                own(&granted, &part.grants_or_assumed, &|at| part.goes_on_from(at).is_some());
            least(&held, &granted)
        };
        let across = Self { ids: true, ..found };
        let of_parts = parts.iter().filter_map(of_part);
        of_parts
            .min_by_key(|own| own.count())
            .filter(|own| own.count() <= across.count())
            .unwrap_or(across)
    }

    /// What it rests on that a credential joins two known environments.
    pub(crate) fn of_crossing(graph: &AccessGraph, credential: CredentialIndex) -> Self {
        let edges = graph.held_by(credential).iter().chain(graph.grants(credential));
        let known = edges.filter(|&&at| graph.environment_of(graph.edge(at).instance).is_known());
        let (mut stated, mut found) = (None, Self::default());
        for &at in known {
            let edge = graph.edge(at);
            let environment = graph.instance(edge.instance).environment;
            if edge.assumed {
                found = found.and(Self::of_edge(graph, at));
            } else if *stated.get_or_insert(environment) != environment {
                // Each link is stated: only that they are of one credential is not.
                return Self { ids: true, ..Self::default() };
            }
        }
        found
    }

    fn count(self) -> usize {
        usize::from(self.access) + usize::from(self.names) + usize::from(self.ids)
    }

    /// Each kind in words: "assumed access", "environments read from names", "an id across sources".
    fn kinds(self) -> Vec<String> {
        let all = [
            (self.access, "assumed access"),
            (self.names, "environments read from names"),
            (self.ids, "an id across sources"),
        ];
        all.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.to_owned()).collect()
    }

    /// "on assumed access only", or "on assumptions only: environments read from names".
    pub fn only(self) -> String {
        if self == (Self { access: true, ..Self::default() }) || self == Self::default() {
            return "on assumed access only".to_owned();
        }
        format!("on assumptions only: {}", joined(&self.kinds()))
    }

    /// What follows a sentence that counts something, some of which rests on assumptions alone.
    pub(crate) fn of_counted(self, assumed: usize, whole: usize) -> String {
        match (assumed, whole) {
            (0, _) => String::new(),
            (1, 1) => format!(", {}", self.only()),
            (all, whole) if all == whole => format!(", all {}", self.only()),
            (some, _) => format!("; {} of them {}", grouped(some as u64), self.only()),
        }
    }
}

/// The labels of the environments that were read from the names of services, by name, as they were
/// written.
pub fn labels_from_names(graph: &AccessGraph) -> Vec<String> {
    let read = graph.environments().iter().filter(|own| own.is_known() && own.from_names);
    read.map(|environment| environment.label.clone()).collect()
}

/// "environments read from names: dev and prod"; `None` where none was. The labels are as they were
/// written.
pub fn environments_from_names(graph: &AccessGraph) -> Option<String> {
    let labels = labels_from_names(graph);
    (!labels.is_empty()).then(|| format!("environments read from names: {}", few(&labels)))
}

/// The first three labels, and how many more there are.
pub(crate) fn few(labels: &[String]) -> String {
    match labels.get(..3) {
        Some(first) if labels.len() > 3 => {
            format!("{} and {} more", first.join(", "), labels.len() - 3)
        }
        _ => joined(labels),
    }
}

/// "a, b and c".
pub(crate) fn joined(labels: &[String]) -> String {
    match labels {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{AssumedBy, environments_from_names};
    use crate::analysis::questions::headline::{Headline, LeftTo, headline};
    use crate::analysis::questions::sharing::sharing_of_all;
    use crate::graph::AccessGraph;
    use crate::graph::testing::{as_of, inventory};
    use crate::inventory::Assumptions;

    const NAMES: AssumedBy = AssumedBy { access: false, names: true, ids: false };
    const ACCESS: AssumedBy = AssumedBy { access: true, names: false, ids: false };

    /// The graph of a written inventory, some of whose links have environments read from names.
    fn graph(rows: &str, from_names: &[usize], jewels: &[&str]) -> AccessGraph {
        let mut inventory = inventory(rows);
        for &at in from_names {
            inventory.links[at].instance_assumed = true;
        }
        let mut assumptions = Assumptions::new(as_of());
        assumptions.crown_jewels = jewels.iter().map(|&name| name.to_owned()).collect();
        AccessGraph::build(Arc::new(inventory), &assumptions)
    }

    fn judged(graph: &AccessGraph) -> Headline {
        headline(graph, &sharing_of_all(graph))
    }

    #[test]
    fn the_headline_says_which_assumption_decides_and_where_that_is_set() {
        let rows = "k holds web@dev\nk grants db@prod";
        for (from_names, jewels, expected) in [
            (
                &[0, 1][..],
                &[][..],
                "1 credential lets dev reach prod, on assumptions only: environments read from names",
            ),
            (
                &[1],
                &["db@prod"],
                "web in dev can reach db in prod, on assumptions only: environments read from names",
            ),
        ] {
            let found = judged(&graph(rows, from_names, jewels));
            let left = Some(LeftTo::Assumptions(NAMES));
            assert_eq!((found.sentence().as_str(), found.left_to()), (expected, left));
        }
        // The rows state the environments, and one of them not the access.
        let found = judged(&graph("k holds web@dev\nk ? db@prod", &[], &[]));
        assert!(found.sentence().ends_with("reach prod, on assumed access only"));
        assert_eq!(found.left_to(), Some(LeftTo::Assumptions(ACCESS)));
        // Both kinds.
        let found = judged(&graph("k holds web@dev\nk ? db@prod", &[0], &[]));
        let both = "on assumptions only: assumed access and environments read from names";
        assert!(found.sentence().ends_with(both), "{}", found.sentence());
        // An unstated row that decides nothing is not named.
        let found = judged(&graph("k holds web@dev\nk grants db@prod\nl ? web@dev", &[1], &[]));
        assert!(found.sentence().ends_with("only: environments read from names"));
        // A row that states the environment as well settles it.
        let found = judged(&graph(&format!("{rows}\n{rows}"), &[0, 1], &[]));
        assert_eq!(
            (found.sentence().as_str(), found.left_to()),
            ("1 credential lets dev reach prod", None)
        );
    }

    #[test]
    fn a_crossing_names_what_it_rests_on() {
        let found = judged(&graph("k holds a@prod\nk grants b@dev", &[1], &[]));
        let crosses = "1 crosses environments, on assumptions only: environments read from names";
        assert!(found.sentence().ends_with(crosses), "{}", found.sentence());
        assert_eq!(found.left_to(), Some(LeftTo::Assumptions(NAMES)));
    }

    #[test]
    fn environments_that_were_read_from_names_are_listed() {
        let rows = "k holds a@dev\nk grants b@prod,c@test,d@ci,e@uat";
        assert_eq!(environments_from_names(&graph(rows, &[], &[])), None);
        let words = environments_from_names(&graph(rows, &[1], &[]));
        assert_eq!(words.as_deref(), Some("environments read from names: prod"));
        let words =
            environments_from_names(&graph(rows, &[0, 1, 2, 3, 4], &[])).unwrap_or_default();
        assert!(words.ends_with(" and 2 more"), "{words}");
    }
}
