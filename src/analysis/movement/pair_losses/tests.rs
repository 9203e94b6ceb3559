use std::fmt::Write as _;

use super::*;
use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::ends::{Ends, ends};
use crate::analysis::movement::network::Movement;
use crate::analysis::movement::pair_network::PairNetwork;
use crate::graph::testing::graph;

/// Rows between a few services of three environments, the same for the same seed.
fn rows(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
        (state >> 33) % below
    };
    let mut text = String::new();
    for _ in 0..(12 + next(60)) {
        let access = ["holds", "grants", "both"][next(3) as usize];
        let label = ["dev", "test", "prod"][next(3) as usize];
        let (credential, service) = (next(12), next(7));
        writeln!(text, "k{credential} {access} s{service}@{label}").unwrap();
    }
    text
}

/// How many pairs are connected without a credential, by plain search from each entry point.
fn connected(movement: &Movement, ends: &Ends, without: Option<CredentialIndex>) -> u64 {
    let mut pairs = 0;
    for &entry in &ends.entry_points {
        let mut entered = vec![false; movement.instances];
        let mut fallen = vec![false; movement.instances];
        let mut open = vec![entry.index()];
        entered[entry.index()] = true;
        while let Some(at) = open.pop() {
            for &credential in movement.held.of(at) {
                if without == Some(movement.origins[credential as usize]) {
                    continue;
                }
                for grant in movement.grants.of(credential as usize) {
                    fallen[grant.instance as usize] = true;
                    if grant.pivots
                        && !std::mem::replace(&mut entered[grant.instance as usize], true)
                    {
                        open.push(grant.instance as usize);
                    }
                }
            }
        }
        let reached = ends.crown_jewels.iter().filter(|at| **at != entry && fallen[at.index()]);
        pairs += reached.count() as u64;
    }
    pairs
}

/// For each node how many entry points reach it, by plain search along the arcs.
fn entries_reaching(pairs: &PairSets) -> Vec<u32> {
    let mut reaching = vec![0; pairs.forward.nodes()];
    for start in (0..pairs.forward.nodes()).filter(|&node| pairs.is_entry[node]) {
        let mut seen = vec![false; pairs.forward.nodes()];
        let mut open = vec![start];
        seen[start] = true;
        while let Some(at) = open.pop() {
            reaching[at] += 1;
            for &to in pairs.forward.from(at) {
                if !std::mem::replace(&mut seen[to as usize], true) {
                    open.push(to as usize);
                }
            }
        }
    }
    reaching
}

#[test]
fn losses_are_those_of_plain_search_and_a_search_that_ends_early_is_right() {
    let (mut ended, mut lost_any) = (0, 0);
    for seed in 0..300 {
        let graph = graph(&rows(seed));
        let (movement, ends) = (Movement::new(&graph, Counting::All), ends(&graph));
        let near = movement.between(&ends.entry_points, &ends.crown_jewels);
        let network = PairNetwork::whole(&near, &ends);
        let jewels = &ends.crown_jewels;
        let Some(pairs) = PairSets::new(network, jewels, usize::MAX, None) else { continue };
        let entries = entries_reaching(&pairs);
        let mut search = LossSearch::new(&pairs);
        let all = connected(&movement, &ends, None);
        for credential in graph.credential_indices() {
            let exact = all - connected(&movement, &ends, Some(credential));
            assert_eq!(search.lost(credential, &[]).0, exact, "seed {seed}, {credential:?}");
            lost_any += u32::from(exact > 0);
            for least in [0, exact / 2, exact, exact + 1, 2 * exact + 1, all + 1] {
                let least = AtLeast { entries: &entries, pairs: least };
                let (found, _) = search.lost_at_least(credential, &[], &least);
                if let Some(pairs) = found {
                    assert_eq!(pairs, exact, "seed {seed}, {credential:?}");
                } else {
                    assert!(exact < least.pairs, "seed {seed}, {credential:?}");
                    ended += 1;
                }
            }
        }
    }
    assert!(ended > 500 && lost_any > 300, "{ended} ended early, {lost_any} lost a pair");
}
