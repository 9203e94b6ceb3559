//! Paths from credentials and instances, against every chain that plain search finds.

use std::collections::BTreeSet;

use crate::properties::cases;
use keyreach::analysis::{Counting, Movement, PathFrom, Starts, Subject, paths_from};
use keyreach::graph::{CredentialIndex, InstanceIndex};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use super::between_ends::Model;
use super::brute_force::{pair, rows};

/// Hops, whether it starts at a credential, the start, credential and instance of each hop.
type Known = (usize, bool, u32, Vec<(u32, u32)>);
const DEEPEST: usize = 4;

fn all_paths(model: &Model, starts: &Starts, to: &BTreeSet<u32>) -> BTreeSet<Known> {
    let of_instances = starts.instances.iter().map(|at| (0, false, at.0, Vec::new()));
    let of_credentials = starts.credentials.iter().map(|at| (0, true, at.0, Vec::new()));
    let mut open: Vec<Known> = of_instances.chain(of_credentials).collect();
    let mut found = BTreeSet::new();
    while let Some((hops, leaked, start, chain)) = open.pop() {
        let at = chain.last().map(|hop| hop.1).or((!leaked).then_some(start));
        for (&credential, grants) in &model.grants {
            let has = match at {
                Some(at) => model.holders[&credential].contains(&at),
                None => credential == start,
            };
            for (&next, &on) in grants.iter().filter(|_| has && hops < DEEPEST) {
                let seen = chain.iter().any(|hop| hop.1 == next) || (!leaked && next == start);
                if seen {
                    continue;
                }
                let mut longer = chain.clone();
                longer.push((credential, next));
                let longer = (hops + 1, leaked, start, longer);
                if to.contains(&next) {
                    found.insert(longer.clone());
                }
                if on {
                    open.push(longer);
                }
            }
        }
    }
    found
}

fn known(path: &PathFrom) -> Known {
    let chain: Vec<_> = path.hops.iter().map(|hop| (hop.credential.0, hop.to.0)).collect();
    assert_eq!(path.hops.last().unwrap().to, path.to);
    for two in path.hops.windows(2) {
        assert_eq!(two[1].from, Some(two[0].to));
    }
    let first = path.hops.first().unwrap();
    match path.from {
        Subject::Credential(at) => {
            assert_eq!((first.from, first.credential), (None, at));
            (chain.len(), true, at.0, chain)
        }
        Subject::Instance(at) => {
            assert_eq!(first.from, Some(at));
            (chain.len(), false, at.0, chain)
        }
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_next_paths_from_leaked_credentials_are_all_there_in_order(
        rows in rows(), masks in (0u32..64, 0u32..1 << 12, 1u32..1 << 12), stated in any::<bool>(),
    ) {
        let pair = pair(rows, 0, 0);
        let chosen = |mask: u32, count: usize| {
            (0..count as u32).filter(move |at| mask & (1 << (at % 12)) != 0)
        };
        let instances = pair.graph.instances().len();
        let starts = Starts {
            credentials: chosen(masks.0, pair.graph.credentials().len())
                .map(CredentialIndex)
                .collect(),
            instances: chosen(masks.1, instances).map(InstanceIndex).collect(),
        };
        let to: Vec<InstanceIndex> = chosen(masks.2, instances).map(InstanceIndex).collect();
        let counting = if stated { Counting::StatedOnly } else { Counting::All };
        let movement = Movement::new(&pair.graph, counting);
        let found = paths_from(&movement, &starts, &to, 15, &Progress::default()).unwrap();
        if stated {
            prop_assert!(found.iter().all(|path| path.is_stated(&pair.graph)));
        }
        let found: Vec<Known> = found.iter().map(known).collect();
        prop_assert!(found.is_sorted());
        let short: Vec<Known> = found.into_iter().filter(|path| path.0 <= DEEPEST).collect();
        let wanted = all_paths(&Model::new(&pair, stated), &starts, &to.iter().map(|at| at.0).collect());
        prop_assert_eq!(short, wanted.into_iter().take(15).collect::<Vec<_>>());
    }
}
