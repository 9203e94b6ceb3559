//! The shortest paths from credentials that leaked as well as from instances that were taken over.

use crate::analysis::movement::network::Movement;
use crate::analysis::movement::step::Step;
use crate::analysis::questions::blast_radius::Starts;
use crate::analysis::questions::findings::Subject;
use crate::analysis::questions::path::hops_are_stated;
use crate::analysis::questions::paths::paths_between;
use crate::graph::{AccessGraph, InstanceIndex};
use crate::inventory::Progress;

/// A path with what it starts at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFrom {
    /// Where it starts; a credential is the one of the first hop.
    pub from: Subject,
    /// Where it ends.
    pub to: InstanceIndex,
    /// The hops, first to last.
    pub hops: Vec<Step>,
}

impl PathFrom {
    /// Whether every hop, and every pivot on the way, is stated.
    pub fn is_stated(&self, graph: &AccessGraph) -> bool {
        hops_are_stated(graph, &self.hops)
    }
}

/// The `count` shortest paths from any of the starts to any of `to`, the shortest first; ties go to
/// the names along the path, those from instances before those from credentials. No path is in an
/// instance twice. `None` when cancelled.
///
/// [`paths_between`] on the movement with one more instance for each credential, which holds it
/// alone. A dead credential leads nowhere.
pub fn paths_from(
    movement: &Movement,
    starts: &Starts,
    to: &[InstanceIndex],
    count: usize,
    progress: &Progress,
) -> Option<Vec<PathFrom>> {
    let mut credentials = starts.credentials.clone();
    credentials.sort_unstable();
    credentials.dedup();
    let leaked = movement.with_holders_of(&credentials);
    let first = movement.instances as u32;
    let mut from = starts.instances.clone();
    from.extend((first..).take(credentials.len()).map(InstanceIndex));
    let found = paths_between(&leaked, &from, to, count, progress)?;
    let told = found.into_iter().map(|mut path| {
        let made = path.from.0.checked_sub(first).and_then(|at| credentials.get(at as usize));
        if made.is_some()
            && let Some(hop) = path.hops.first_mut()
        {
            hop.from = None;
        }
        let from = made.map_or(Subject::Instance(path.from), |&at| Subject::Credential(at));
        PathFrom { from, to: path.to, hops: path.hops }
    });
    Some(told.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::movement::counting::Counting;
    use crate::graph::testing::graph;

    // ```text
    // shop@dev ──k──▶ bus@test ──m──▶ bank@prod
    //            └──────?───────────▶ bank@prod
    // ```
    const ROWS: &str = "k holds shop@dev\nk grants bus@test\nk ? bank@prod\n\
                        m holds bus@test\nm grants bank@prod\nold grants bank@prod status=dead";

    fn told(starts: &[&str], counting: Counting) -> Vec<String> {
        let graph = graph(ROWS);
        let (credentials, instances): (Vec<&str>, Vec<&str>) =
            starts.iter().partition(|name| !name.contains('@'));
        let starts = Starts {
            credentials: credentials.iter().filter_map(|at| graph.find_credential(at)).collect(),
            instances: instances.iter().filter_map(|at| graph.find_written(at)).collect(),
        };
        let movement = Movement::new(&graph, counting);
        let to = [graph.find_written("bank@prod").unwrap()];
        let found = paths_from(&movement, &starts, &to, 9, &Progress::default()).unwrap();
        let line = |path: &PathFrom| {
            let from = match path.from {
                Subject::Credential(at) => graph.credential_name(at).to_owned(),
                Subject::Instance(at) => graph.written_name(at),
            };
            let hops = path.hops.iter().map(|hop| graph.credential_name(hop.credential));
            let mark = if path.is_stated(&graph) { "" } else { " ?" };
            format!("{from}: {}{mark}", hops.collect::<Vec<_>>().join(" "))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_leaked_credential_starts_with_itself_and_goes_on() {
        assert_eq!(told(&["k"], Counting::All), ["k: k ?", "k: k m"]);
        assert_eq!(told(&["k"], Counting::StatedOnly), ["k: k m"]);
        let both = ["shop@dev: k ?", "m: m", "shop@dev: k m"];
        let found = told(&["m", "shop@dev"], Counting::All);
        assert_eq!(found, both);
    }

    #[test]
    fn a_dead_credential_leads_nowhere() {
        assert!(told(&["old"], Counting::All).is_empty());
        assert!(told(&[], Counting::All).is_empty());
    }
}
