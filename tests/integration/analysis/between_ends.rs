//! What lies between entry points and crown jewels, against plain search on thousands of small
//! random inventories, and by hand on degenerate ones.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::properties::cases;
use keyreach::analysis::{
    Answers, Costs, Counting, Cut, Ends, MinimumCut, Movement, Path, Precision, Witness,
    choke_points, ends, exposure, minimum_cut, pairs_needing, paths_between, shortest_paths,
};
use keyreach::graph::{AccessGraph, CredentialIndex, InstanceIndex, testing};
use keyreach::inventory::{Cost, Progress};
use proptest::prelude::*;

use super::brute_force::{Pair, pair, rows};

/// Who holds and who grants, straight from the rows; instances and credentials by their numbers.
pub(super) struct Model {
    pub(super) holders: BTreeMap<u32, BTreeSet<u32>>,
    /// For each credential where it leads, and whether an attacker goes on from there.
    pub(super) grants: BTreeMap<u32, BTreeMap<u32, bool>>,
}

impl Model {
    pub(super) fn new(pair: &Pair, stated_only: bool) -> Self {
        let mut model = Self { holders: BTreeMap::new(), grants: BTreeMap::new() };
        for (&secret, credential) in &pair.secrets {
            if !pair.brute.live(secret) {
                continue;
            }
            let held = pair.brute.sites(secret, false, stated_only);
            let held = held.iter().map(|site| pair.sites[site].0).collect();
            model.holders.insert(credential.0, held);
            let granted = pair.brute.sites(secret, true, stated_only).into_iter();
            let granted = granted
                .map(|site| (pair.sites[&site].0, pair.brute.pivots(secret, site, stated_only)));
            model.grants.insert(credential.0, granted.collect());
        }
        model
    }

    /// Every hop from an instance: credential, instance, whether it goes on.
    fn hops(&self, from: u32, removed: &BTreeSet<u32>) -> Vec<(u32, u32, bool)> {
        let mut hops = Vec::new();
        for (&credential, holders) in &self.holders {
            if holders.contains(&from) && !removed.contains(&credential) {
                let to = self.grants[&credential].iter();
                hops.extend(to.map(|(&to, &on)| (credential, to, on)));
            }
        }
        hops
    }

    /// The instances that fall, and those that an attacker goes on from.
    fn fall(&self, from: u32, removed: &BTreeSet<u32>) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let (mut fallen, mut expanded) = (BTreeSet::new(), BTreeSet::from([from]));
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for (_, to, on) in self.hops(at, removed) {
                fallen.insert(to);
                if on && expanded.insert(to) {
                    open.push(to);
                }
            }
        }
        (fallen, expanded)
    }

    pub(super) fn connected(&self, ends: &Ends, removed: &BTreeSet<u32>) -> u64 {
        let jewels: BTreeSet<u32> = ends.crown_jewels.iter().map(|at| at.0).collect();
        let of = |at: &InstanceIndex| self.fall(at.0, removed).0.intersection(&jewels).count();
        ends.entry_points.iter().map(|at| of(at) as u64).sum()
    }

    /// Every path of at most `most` hops that is in no instance twice: hops, start, chain.
    pub(super) fn paths(
        &self,
        from: &BTreeSet<u32>,
        to: &BTreeSet<u32>,
        most: usize,
    ) -> BTreeSet<Known> {
        let mut found = BTreeSet::new();
        let mut open: Vec<(u32, Vec<(u32, u32)>)> = from.iter().map(|&at| (at, vec![])).collect();
        while let Some((start, chain)) = open.pop() {
            let at = chain.last().map_or(start, |hop| hop.1);
            if chain.len() == most {
                continue;
            }
            for (credential, next, on) in self.hops(at, &BTreeSet::new()) {
                if next == start || chain.iter().any(|hop| hop.1 == next) {
                    continue;
                }
                let mut longer = chain.clone();
                longer.push((credential, next));
                if to.contains(&next) {
                    found.insert((longer.len(), start, longer.clone()));
                }
                if on {
                    open.push((start, longer));
                }
            }
        }
        found
    }
}

pub(super) type Known = (usize, u32, Vec<(u32, u32)>);
const DEEPEST: usize = 4;

fn known(path: &Path) -> Known {
    let chain: Vec<_> = path.hops.iter().map(|hop| (hop.credential.0, hop.to.0)).collect();
    assert_eq!(path.hops.first().unwrap().from, Some(path.from));
    assert_eq!(path.hops.last().unwrap().to, path.to);
    for two in path.hops.windows(2) {
        assert_eq!(two[1].from, Some(two[0].to));
    }
    (chain.len(), path.from.0, chain)
}

/// Ends by the tiers, or by two masks; never an instance that is both.
pub(super) fn chosen_ends(pair: &Pair, masks: (u32, u32)) -> Ends {
    if masks.0 == 0 {
        return ends(&pair.graph);
    }
    let chosen = |mask: u32, but: u32| {
        let all = pair.graph.instance_indices();
        let chosen = all.filter(|at| mask & !but & (1 << (at.0 % 16)) != 0);
        chosen.collect::<Vec<_>>()
    };
    Ends {
        entry_points: chosen(masks.0, 0),
        crown_jewels: chosen(masks.1, masks.0),
        ..Ends::default()
    }
}

pub(super) fn numbers(of: &[InstanceIndex]) -> BTreeSet<u32> {
    of.iter().map(|at| at.0).collect()
}

fn check_paths(model: &Model, movement: &Movement, ends: &Ends) {
    let (from, to) = (numbers(&ends.entry_points), numbers(&ends.crown_jewels));
    let all = model.paths(&from, &to, DEEPEST);
    let progress = Progress::default();
    let mut first: BTreeMap<(u32, u32), Known> = BTreeMap::new();
    for path in &all {
        let end = path.2.last().unwrap().1;
        first.entry((path.1, end)).or_insert_with(|| path.clone());
    }
    let mut wanted: Vec<_> = first.into_iter().collect();
    wanted.sort_by_key(|((start, end), path)| (path.0, *start, *end));
    let wanted: Vec<Known> = wanted.into_iter().map(|(_, path)| path).collect();
    for most in [1, 3, 1000] {
        let found =
            shortest_paths(movement, &ends.entry_points, &ends.crown_jewels, most, &progress);
        let found: Vec<Known> = found.unwrap().iter().map(known).collect();
        let whole = found.len();
        let short: Vec<_> = found.into_iter().filter(|path| path.0 <= DEEPEST).collect();
        assert_eq!(short, wanted[..most.min(wanted.len())]);
        assert!(whole <= most);
    }
    let found = paths_between(movement, &ends.entry_points, &ends.crown_jewels, 12, &progress);
    let found: Vec<Known> = found.unwrap().iter().map(known).collect();
    let short: Vec<_> = found.iter().filter(|path| path.0 <= DEEPEST).cloned().collect();
    let wanted: Vec<Known> = all.into_iter().take(12).collect();
    assert_eq!(short, wanted);
    assert!(found.is_sorted());
}

fn checked_cost(costs: &Costs, set: &BTreeSet<u32>) -> Option<u64> {
    let each = set.iter().map(|&at| match costs.of(CredentialIndex(at)) {
        Cost::Units(units) => Some(u64::from(units.get())),
        Cost::Never => None,
    });
    each.sum()
}

fn check_cut(model: &Model, movement: &Movement, ends: &Ends, costs: &Costs) {
    let live: Vec<u32> = model.holders.keys().copied().collect();
    let mut best: Option<u64> = None;
    let mut cheapest: Vec<BTreeSet<u32>> = Vec::new();
    for mask in 0..1_u32 << live.len() {
        let set: BTreeSet<u32> =
            (0..live.len()).filter(|at| mask & (1 << at) != 0).map(|at| live[at]).collect();
        let Some(cost) = checked_cost(costs, &set) else { continue };
        if best.is_some_and(|best| cost > best) || model.connected(ends, &set) > 0 {
            continue;
        }
        if best.is_none_or(|best| cost < best) {
            cheapest.clear();
        }
        best = Some(cost);
        cheapest.push(set);
    }
    let cut = match minimum_cut(movement, ends, costs, &Progress::default()).unwrap() {
        Cut::Found(cut) => cut,
        Cut::Unbreakable(path) => {
            assert_eq!(best, None);
            let never = |hop: &keyreach::analysis::Step| costs.of(hop.credential) == Cost::Never;
            assert!(path.hops.iter().all(never));
            check_witness(model, ends, &path);
            return;
        }
    };
    assert_eq!(Some(cut.cost), best);
    let set: BTreeSet<u32> = cut.credentials.iter().map(|at| at.0).collect();
    assert!(cheapest.contains(&set));
    assert_eq!(cut.others_exist, cheapest.len() > 1);
    for other in &cheapest {
        for entry in numbers(&ends.entry_points) {
            assert!(model.fall(entry, &set).1.is_subset(&model.fall(entry, other).1));
        }
    }
    check_flow(model, ends, costs, &cut);
}

fn check_flow(model: &Model, ends: &Ends, costs: &Costs, cut: &MinimumCut) {
    assert_eq!(cut.witnesses.iter().map(|witness| witness.flow).sum::<u64>(), cut.cost);
    let order = |witness: &Witness| {
        let (hops, from, chain) = known(&witness.path);
        (hops, from, witness.path.to, chain)
    };
    assert!(cut.witnesses.is_sorted_by_key(order), "the shortest first, then by name");
    assert!(cut.credentials.is_sorted(), "by name");
    let mut through: BTreeMap<u32, u64> = BTreeMap::new();
    for witness in &cut.witnesses {
        check_witness(model, ends, &witness.path);
        for hop in &witness.path.hops {
            *through.entry(hop.credential.0).or_default() += witness.flow;
        }
    }
    for (credential, flow) in through {
        if let Some(cost) = checked_cost(costs, &BTreeSet::from([credential])) {
            assert!(flow <= cost, "more flows through a credential than it costs");
        }
    }
}

fn check_witness(model: &Model, ends: &Ends, path: &Path) {
    let (_, start, chain) = known(path);
    assert!(ends.entry_points.contains(&path.from) && ends.crown_jewels.contains(&path.to));
    let mut at = start;
    let mut seen = BTreeSet::from([start]);
    for (position, &(credential, to)) in chain.iter().enumerate() {
        assert!(model.holders[&credential].contains(&at) && seen.insert(to));
        assert!(model.grants[&credential][&to] || position + 1 == chain.len());
        at = to;
    }
}

/// The pairs that need a credential are those connected with it and not without; of each the path
/// is the one that the list of all pairs has.
fn check_needing(model: &Model, movement: &Movement, ends: &Ends, credential: CredentialIndex) {
    let progress = Progress::default();
    let all = (ends.entry_points.as_slice(), ends.crown_jewels.as_slice());
    let pair = |from: InstanceIndex, to: InstanceIndex| Ends {
        entry_points: vec![from],
        crown_jewels: vec![to],
        ..Ends::default()
    };
    let gone = BTreeSet::from([credential.0]);
    let shortest = shortest_paths(movement, all.0, all.1, usize::MAX, &progress).unwrap();
    let needs = |path: &&Path| model.connected(&pair(path.from, path.to), &gone) == 0;
    let expected: Vec<Path> = shortest.iter().filter(needs).cloned().collect();
    let found = pairs_needing(movement, all, credential, usize::MAX, &progress).unwrap();
    assert_eq!(found.count, expected.len() as u64);
    assert_eq!(found.paths, expected);
    let first = pairs_needing(movement, all, credential, 2, &progress).unwrap();
    assert_eq!(first.count, found.count);
    assert!(first.paths.iter().eq(expected.iter().take(2)));
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn exposure_cut_and_choke_points_equal_plain_search(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
        costs in prop::collection::vec(0_u32..5, 6),
    ) {
        let pair = pair(rows, unstated, pivot);
        let ends = chosen_ends(&pair, masks);
        let costs: Costs = pair.secrets.iter().map(|(&secret, &credential)| {
            let units = std::num::NonZeroU32::new(costs[secret]);
            (credential, units.map_or(Cost::Never, Cost::Units))
        }).collect();
        let all = Movement::new(&pair.graph, Counting::All);
        let stated = Movement::new(&pair.graph, Counting::StatedOnly);
        let progress = Progress::default();
        let answer = exposure(&all, &stated, &ends, &progress).unwrap();
        let models = [Model::new(&pair, false), Model::new(&pair, true)];
        let none = BTreeSet::new();
        prop_assert_eq!(answer.connected_pairs, models[0].connected(&ends, &none));
        prop_assert_eq!(answer.connected_pairs_stated, models[1].connected(&ends, &none));
        prop_assert_eq!(answer.missing.is_empty(), answer.pairs > 0);
        if masks.0 == 0 {
            let answers = Answers::compute(pair.graph.clone(), &progress).unwrap();
            prop_assert_eq!(&answers.exposure, &answer);
        }
        for (model, movement) in models.iter().zip([&all, &stated]) {
            check_cut(model, movement, &ends, &Costs::default());
            check_cut(model, movement, &ends, &costs);
            let chokes = choke_points(movement, &ends, &progress).unwrap();
            prop_assert_eq!(chokes.precision, Precision::Exact);
            let whole = model.connected(&ends, &none);
            for credential in pair.secrets.values() {
                let left = model.connected(&ends, &BTreeSet::from([credential.0]));
                prop_assert_eq!(chokes.pairs[credential.index()], whole - left);
                check_needing(model, movement, &ends, *credential);
            }
        }
    }

    #[test]
    fn paths_equal_a_list_of_all_paths(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
    ) {
        let rows = rows.into_iter().take(12).collect();
        let pair = pair(rows, unstated, pivot);
        let ends = chosen_ends(&pair, masks);
        for (counting, stated_only) in [(Counting::All, false), (Counting::StatedOnly, true)] {
            let movement = Movement::new(&pair.graph, counting);
            check_paths(&Model::new(&pair, stated_only), &movement, &ends);
        }
    }
}

fn cut_of(graph: &AccessGraph) -> MinimumCut {
    let movement = Movement::new(graph, Counting::All);
    match minimum_cut(&movement, &ends(graph), &Costs::default(), &Progress::default()).unwrap() {
        Cut::Found(cut) => cut,
        Cut::Unbreakable(_) => unreachable!("every cost can be paid"),
    }
}

#[test]
fn without_ends_there_is_nothing_to_judge() {
    for text in ["", "k both a@\nk both b@\n", "k both a@dev\nk both b@dev\n"] {
        let graph = testing::graph(text);
        let movement = Movement::new(&graph, Counting::All);
        let ends = ends(&graph);
        let answer = exposure(&movement, &movement, &ends, &Progress::default()).unwrap();
        assert_eq!((answer.pairs, answer.connected_pairs), (0, 0));
        assert!(answer.sentence().starts_with("No entry point is known. "), "{text}");
        assert_eq!(cut_of(&graph), MinimumCut::default());
    }
}

#[test]
fn a_chain_of_ten_thousand_hops_is_one_path_and_one_cut() {
    let mut text = String::from("- - s10000@ jewel=yes\n- - s0@ entry=yes\n");
    for at in 0..10_000 {
        writeln!(text, "k{at} holds s{at}@\nk{at} grants s{}@", at + 1).unwrap();
    }
    let graph = testing::graph(&text);
    let movement = Movement::new(&graph, Counting::All);
    let (ends, progress) = (ends(&graph), Progress::default());
    let paths =
        shortest_paths(&movement, &ends.entry_points, &ends.crown_jewels, 10, &progress).unwrap();
    assert_eq!((paths.len(), paths[0].hops.len()), (1, 10_000));
    let cut = cut_of(&graph);
    assert_eq!((cut.cost, cut.others_exist), (1, true));
    assert_eq!(graph.credential_name(cut.credentials[0]), "k0");
    let chokes = choke_points(&movement, &ends, &progress).unwrap();
    assert!(chokes.pairs.iter().all(|&pairs| pairs == 1));
}

/// The witness that is found first, by the name of its first credential, is the longest; one
/// straight into a jewel is found apart from the others. Of each chain the key at the entry point
/// is the last by name.
#[test]
fn witness_paths_stand_shortest_first_and_the_cut_is_the_nearest_to_the_entry_points() {
    let graph = testing::graph(
        "a9 holds app@dev\na9 grants h1@\na8 holds h1@\na8 grants h2@\na7 holds h2@\n\
         a7 grants alpha@prod\nb9 holds app@dev\nb9 grants h3@\nb8 holds h3@\n\
         b8 grants beta@prod\nc1 holds app@dev\nc1 grants charlie@prod\n\
         d9 holds app@dev\nd9 grants h4@\nd8 holds h4@\nd8 grants alpha@prod\n",
    );
    let cut = cut_of(&graph);
    let names = |of: &[CredentialIndex]| -> Vec<&str> {
        of.iter().map(|&at| graph.credential_name(at)).collect()
    };
    assert_eq!(names(&cut.credentials), ["a9", "b9", "c1", "d9"]);
    assert_eq!((cut.cost, cut.others_exist), (4, true));
    let paths: Vec<_> = cut
        .witnesses
        .iter()
        .map(|witness| {
            let hops = witness.path.hops.iter().map(|hop| hop.credential).collect::<Vec<_>>();
            (graph.service_name(witness.path.to), names(&hops).join(" "))
        })
        .collect();
    // Of two as long, the one to the jewel that is first by name.
    let expected =
        [("charlie", "c1"), ("alpha", "d9 d8"), ("beta", "b9 b8"), ("alpha", "a9 a8 a7")];
    assert_eq!(paths, expected.map(|(to, hops)| (to, hops.to_owned())));
}

/// A credential's own cost goes over that of its type, and that over the number of its holders.
#[test]
fn costs_are_set_by_id_else_by_type_else_by_holders() {
    let rows = "\
        plain holds a@,b@,c@\n\
        typed holds a@,b@,c@ type=Token\n\
        named holds a@,b@,c@ type=token\n\
        fixed holds a@ type=root\n\
        loose grants a@\n";
    let costs = |policy: &str| -> Vec<String> {
        let policy = keyreach::inventory::Assumptions::from_policy(policy, testing::as_of());
        let inventory = std::sync::Arc::new(testing::inventory(rows));
        let graph = AccessGraph::build(inventory, &policy.unwrap());
        let costs = Costs::new(&graph);
        let priced = |at| match costs.of(at) {
            Cost::Units(units) => format!("{} {units}", graph.credential_name(at)),
            Cost::Never => format!("{} never", graph.credential_name(at)),
        };
        graph.credential_indices().map(priced).collect()
    };
    assert_eq!(costs(""), ["fixed 1", "loose 1", "named 1", "plain 1", "typed 1"]);
    let all = "cost_by_holders = true\n[costs]\nnamed = 9\n[costs_by_type]\ntoken = 5\n\
               root = \"never\"\n";
    assert_eq!(costs(all), ["fixed never", "loose 1", "named 9", "plain 3", "typed 5"]);
}

#[test]
fn one_credential_in_twenty_thousand_instances_is_one_cut() {
    let names = |label: &str| {
        let names = (0..10_000).map(|at| format!("s{at}@{label}"));
        names.collect::<Vec<_>>().join(",")
    };
    let graph = testing::graph(&format!("hub both {},{}\n", names("dev"), names("prod")));
    let movement = Movement::new(&graph, Counting::All);
    let (ends, progress) = (ends(&graph), Progress::default());
    let answer = exposure(&movement, &movement, &ends, &progress).unwrap();
    assert_eq!((answer.pairs, answer.connected_pairs), (100_000_000, 100_000_000));
    let paths =
        shortest_paths(&movement, &ends.entry_points, &ends.crown_jewels, 1000, &progress).unwrap();
    assert!(paths.len() == 1000 && paths.iter().all(|path| path.hops.len() == 1));
    let cut = cut_of(&graph);
    assert_eq!((cut.cost, cut.credentials.len(), cut.others_exist), (1, 1, false));
    assert_eq!(choke_points(&movement, &ends, &progress).unwrap().pairs, [100_000_000]);
}

#[test]
fn a_cancelled_question_gives_nothing() {
    let graph = testing::graph("k both a@dev\nk both b@prod\n");
    let movement = Movement::new(&graph, Counting::All);
    let (ends, progress) = (ends(&graph), Progress::default());
    progress.cancel();
    assert!(exposure(&movement, &movement, &ends, &progress).is_none());
    assert!(minimum_cut(&movement, &ends, &Costs::default(), &progress).is_none());
    assert!(choke_points(&movement, &ends, &progress).is_none());
    let (from, to) = (&ends.entry_points, &ends.crown_jewels);
    assert!(shortest_paths(&movement, from, to, 9, &progress).is_none());
}
