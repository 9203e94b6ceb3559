//! The order of rotation, against the rows: what leaks again, what waits for what, and how long.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::properties::cases;
use keyreach::analysis::{Rotation, RotationGroup, Starts, rotation};
use keyreach::graph::{AccessGraph, InstanceIndex, testing};
use proptest::prelude::*;

use super::brute_force::{Brute, Pair, Site, pair, rows};

/// Whether a secret would be read anew by whoever still has another.
fn waits_for(brute: &Brute, one: usize, other: usize) -> bool {
    let read = |site: &Site| brute.pivots(other, *site, false);
    let granted: Vec<Site> = brute.sites(other, true, false).into_iter().filter(read).collect();
    one != other && brute.sites(one, false, false).iter().any(|site| granted.contains(site))
}

/// Which secret waits for which, over however many others.
fn waiting(brute: &Brute, obtained: &BTreeSet<usize>) -> BTreeMap<usize, BTreeSet<usize>> {
    let direct = |one: usize| obtained.iter().copied().filter(move |&d| waits_for(brute, one, d));
    let mut waiting: BTreeMap<usize, BTreeSet<usize>> =
        obtained.iter().map(|&one| (one, direct(one).collect())).collect();
    for _ in 0..obtained.len() {
        for one in obtained {
            let more: Vec<usize> =
                waiting[one].iter().flat_map(|other| waiting[other].iter().copied()).collect();
            waiting.get_mut(one).unwrap().extend(more);
        }
    }
    waiting
}

/// The longest chain of groups, each of which waits for the one before, that ends with a secret's.
fn longest_chain(waiting: &BTreeMap<usize, BTreeSet<usize>>, one: usize) -> u32 {
    let before = waiting[&one].iter().filter(|other| !waiting[other].contains(&one));
    1 + before.map(|&other| longest_chain(waiting, other)).max().unwrap_or(0)
}

struct Case {
    pair: Pair,
    starts: Starts,
    secrets: Vec<usize>,
    sites: Vec<Site>,
}

impl Case {
    fn new(pair: Pair, (secret_mask, site_mask): (u64, u64)) -> Self {
        let numbered = pair.sites.keys().enumerate();
        let picked = numbered.filter(|(at, _)| site_mask >> (at % 64) & 1 == 1);
        let sites: Vec<Site> = picked.map(|(_, &site)| site).collect();
        let picked = pair.secrets.keys().copied();
        let secrets: Vec<usize> = picked.filter(|at| secret_mask >> at & 1 == 1).collect();
        let starts = Starts {
            credentials: secrets.iter().map(|secret| pair.secrets[secret]).collect(),
            instances: sites.iter().map(|site| pair.sites[site]).collect(),
        };
        Self { pair, starts, secrets, sites }
    }

    fn obtained(&self, stated_only: bool) -> BTreeSet<usize> {
        let brute = &self.pair.brute;
        let fallen = brute.blast(&self.secrets, &self.sites, stated_only);
        let live = self.secrets.iter().copied().filter(|&secret| brute.live(secret));
        fallen.obtained.into_keys().chain(live).collect()
    }

    fn secrets_of(&self, group: &RotationGroup) -> BTreeSet<usize> {
        let is_in = |at| group.credentials.contains(at);
        let named = self.pair.secrets.iter();
        named.filter(|(_, at)| is_in(at)).map(|(&secret, _)| secret).collect()
    }

    fn check(&self) -> Rotation {
        let answer = rotation(&self.pair.graph, &self.starts);
        let obtained = self.obtained(false);
        let in_groups: Vec<usize> =
            answer.groups.iter().flat_map(|group| self.secrets_of(group)).collect();
        assert_eq!(in_groups.len(), obtained.len(), "each stands in one group");
        assert_eq!(in_groups.into_iter().collect::<BTreeSet<_>>(), obtained);
        assert!(answer.groups.is_sorted_by_key(|group| (group.wave, group.credentials[0])));
        self.check_cleaning(&answer);
        self.check_groups(&answer, &waiting(&self.pair.brute, &obtained));
        self.check_waves(&answer);
        answer
    }

    fn check_cleaning(&self, answer: &Rotation) {
        let sites = |stated_only| -> BTreeSet<InstanceIndex> {
            let fallen = self.pair.brute.blast(&self.secrets, &self.sites, stated_only);
            let all = fallen.reached.into_keys().chain(self.sites.iter().copied());
            all.map(|site| self.pair.sites[&site]).collect()
        };
        let (all, stated) = (sites(false), sites(true));
        let listed: Vec<InstanceIndex> =
            answer.clean_first.iter().map(|clean| clean.instance).collect();
        assert_eq!(listed, all.into_iter().collect::<Vec<_>>());
        for clean in &answer.clean_first {
            assert_eq!(clean.assumed, !stated.contains(&clean.instance));
        }
    }

    fn check_groups(&self, answer: &Rotation, waiting: &BTreeMap<usize, BTreeSet<usize>>) {
        let stated = self.obtained(true);
        for group in &answer.groups {
            let secrets = self.secrets_of(group);
            for one in &secrets {
                assert_eq!(group.wave, longest_chain(waiting, *one), "the wave of {one}");
                for other in waiting.keys().filter(|other| *other != one) {
                    let each_other = waiting[one].contains(other) && waiting[other].contains(one);
                    assert_eq!(secrets.contains(other), each_other, "{one} beside {other}");
                }
                let is_assumed = group.assumed.contains(&self.pair.secrets[one]);
                assert_eq!(is_assumed, !stated.contains(one));
            }
            let held_by = secrets.iter().flat_map(|&one| self.pair.brute.sites(one, false, false));
            let update: BTreeSet<InstanceIndex> =
                held_by.map(|site| self.pair.sites[&site]).collect();
            assert_eq!(group.update, update.into_iter().collect::<Vec<_>>());
        }
        let longest = waiting.keys().map(|&one| longest_chain(waiting, one)).max().unwrap_or(0);
        assert_eq!(answer.waves.len(), longest as usize, "no more waves than the longest chain");
    }

    /// After no wave, after one and so on: what somebody reaches who has only what is left.
    fn check_waves(&self, answer: &Rotation) {
        let brute = &self.pair.brute;
        let stated = self.obtained(true);
        for wave in 0..=answer.waves.len() {
            let (new, old): (Vec<_>, Vec<_>) =
                answer.groups.iter().partition(|group| group.wave as usize <= wave);
            let of = |groups: Vec<&RotationGroup>| -> Vec<usize> {
                groups.into_iter().flat_map(|group| self.secrets_of(group)).collect()
            };
            let (new, old) = (of(new), of(old));
            let left = brute.blast(&old, &[], false);
            for secret in &new {
                let held_by = brute.sites(*secret, false, false);
                let leaks = left.expanded.iter().find(|site| held_by.contains(site));
                assert_eq!(leaks, None, "after wave {wave} {secret} leaks again");
            }
            let of_stated: Vec<usize> =
                old.into_iter().filter(|secret| stated.contains(secret)).collect();
            let left_stated = brute.blast(&of_stated, &[], true).reached.len();
            let expected = (left.reached.len(), left_stated);
            let figures = match wave.checked_sub(1) {
                None => (answer.reached, answer.reached_stated),
                Some(at) => {
                    let wave = answer.waves[at];
                    (wave.still_reached, wave.still_reached_stated)
                }
            };
            assert_eq!(figures, expected, "after wave {wave}");
            for clean in &answer.clean_first {
                let site = self.pair.sites.iter().find(|(_, at)| **at == clean.instance).unwrap().0;
                let is_closed = clean.closed_after as usize <= wave;
                assert_eq!(is_closed, !left.reached.contains_key(site), "{site:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(3000))]

    #[test]
    fn nothing_that_was_replaced_leaks_again_and_no_wave_is_too_many(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        secrets in 0u64..64, sites in any::<(u64, u64)>(),
    ) {
        // Few sites, or else all falls at once.
        Case::new(pair(rows, unstated, pivot), (secrets, sites.0 & sites.1)).check();
    }

    #[test]
    fn the_order_of_more_starts_covers_that_of_fewer(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        few in (0u64..64, any::<u64>()), more in (0u64..64, any::<u64>()),
    ) {
        let of = |masks| {
            let case = Case::new(pair(rows.clone(), unstated, pivot), masks);
            let answer = rotation(&case.pair.graph, &case.starts);
            let clean: BTreeSet<_> = answer.clean_first.iter().map(|clean| clean.instance).collect();
            let waves: BTreeMap<_, _> = answer
                .groups
                .iter()
                .flat_map(|group| group.credentials.iter().map(|&at| (at, group.wave)))
                .collect();
            (clean, waves)
        };
        let (fewer, all) = (of(few), of((few.0 | more.0, few.1 | more.1)));
        prop_assert!(fewer.0.is_subset(&all.0));
        for (credential, wave) in fewer.1 {
            prop_assert!(all.1.get(&credential).is_some_and(|later| *later >= wave));
        }
    }
}

/// The groups of a rotation as lines: wave, credentials, where they go.
fn lines(graph: &AccessGraph, answer: &Rotation) -> Vec<String> {
    let line = |group: &RotationGroup| {
        let names: Vec<&str> =
            group.credentials.iter().map(|&at| graph.credential_name(at)).collect();
        let update: Vec<String> = group.update.iter().map(|&at| graph.written_name(at)).collect();
        format!("{} {} into {}", group.wave, names.join("+"), update.join(" "))
    };
    answer.groups.iter().map(line).collect()
}

fn from_credential(graph: &AccessGraph, id: &str) -> Rotation {
    let credentials = vec![graph.find_credential(id).unwrap()];
    rotation(graph, &Starts { credentials, ..Starts::default() })
}

#[test]
fn what_is_read_first_is_replaced_first_and_what_reads_each_other_together() {
    // The runner's keys are read by whoever has ci; a and b open each other's holders.
    let text = "ci holds laptop@dev\nci grants runner@ci\n\
                deploy holds runner@ci\ndeploy grants web@prod,db@prod\n\
                a holds web@prod\na grants db@prod\nb holds db@prod\nb grants web@prod\n\
                lone holds other@dev\nlone grants mail@prod\n";
    let graph = testing::graph(text);
    let answer = from_credential(&graph, "ci");
    let expected =
        ["1 ci into laptop@dev", "2 deploy into runner@ci", "3 a+b into db@prod web@prod"];
    assert_eq!(lines(&graph, &answer), expected);
    let still: Vec<usize> = answer.waves.iter().map(|wave| wave.still_reached).collect();
    assert_eq!((answer.reached, still), (3, vec![2, 2, 0]));
    let clean: Vec<String> =
        answer.clean_first.iter().map(|clean| graph.written_name(clean.instance)).collect();
    assert_eq!(clean, ["db@prod", "runner@ci", "web@prod"]);
}

#[test]
fn a_grant_that_is_too_low_to_read_keeps_nobody_waiting() {
    let text = "ci grants runner@ci level=read\ndeploy holds runner@ci\ndeploy grants db@prod\n\
                ci grants box@ci level=admin\nkey holds box@ci\n";
    let mut assumptions = keyreach::inventory::Assumptions::new(testing::as_of());
    assumptions.pivot_needs = keyreach::inventory::Level::Write;
    let inventory = std::sync::Arc::new(testing::inventory(text));
    let graph = AccessGraph::build(inventory, &assumptions);
    let answer = from_credential(&graph, "ci");
    assert_eq!(lines(&graph, &answer), ["1 ci into ", "2 key into box@ci"]);
    assert_eq!(answer.clean_first.len(), 2, "the runner is entered all the same");
}

#[test]
fn a_dead_start_gives_no_groups_and_an_empty_inventory_nothing() {
    let graph = testing::graph("old holds a@dev status=dead\nold grants b@prod\n");
    let answer = from_credential(&graph, "old");
    assert_eq!(answer, Rotation::default());
    let instances = vec![graph.find_written("a@dev").unwrap()];
    let answer = rotation(&graph, &Starts { instances, ..Starts::default() });
    assert!(answer.groups.is_empty() && answer.waves.is_empty());
    assert_eq!(answer.clean_first.len(), 1);
    assert_eq!(rotation(&testing::graph(""), &Starts::default()), Rotation::default());
}

#[test]
fn a_circle_is_one_group_and_a_chain_is_as_many_waves() {
    let (mut circle, mut chain) = (String::new(), String::new());
    for at in 0..10_000 {
        writeln!(circle, "k{at} holds s{at}@\nk{at} grants s{}@", (at + 1) % 10_000).unwrap();
        writeln!(chain, "k{at} holds s{at}@\nk{at} grants s{}@", at + 1).unwrap();
    }
    let answer = from_credential(&testing::graph(&circle), "k5");
    assert_eq!((answer.groups.len(), answer.waves.len(), answer.credentials()), (1, 1, 10_000));
    assert_eq!(answer.waves[0].still_reached, 0);
    let answer = from_credential(&testing::graph(&chain), "k0");
    assert_eq!((answer.groups.len(), answer.waves.len()), (10_000, 10_000));
    assert_eq!((answer.reached, answer.waves[0].still_reached), (10_000, 9_999));
}

#[test]
fn a_hub_of_a_hundred_thousand_is_one_group_with_everything_that_it_holds() {
    let names = (0..100_000).map(|at| format!("s{at}@prod")).collect::<Vec<_>>().join(",");
    let mut text = format!("hub both {names}\n");
    for at in (0..100_000).step_by(1_000) {
        writeln!(text, "k{at} holds s{at}@prod\nk{at} grants db@prod").unwrap();
    }
    let graph = testing::graph(&text);
    let answer = from_credential(&graph, "hub");
    assert_eq!((answer.groups.len(), answer.waves.len()), (101, 2));
    assert_eq!(answer.groups[0].update.len(), 100_000);
    assert_eq!((answer.reached, answer.waves[0].still_reached), (100_001, 1));
}
