//! Plans and fixes against plain search on random inventories: every step is the best and the
//! gentlest that there is, and they add up.

use std::collections::BTreeSet;

use crate::properties::cases;
use keyreach::analysis::{
    Costs, Counting, Cut, Fix, FixKind, Movement, connected_pairs, ends, fixed, minimum_cut, plan,
    what_if,
};
use keyreach::graph::{CredentialIndex, testing};
use keyreach::inventory::{Cost, Progress};
use proptest::prelude::*;

use super::between_ends::{Model, chosen_ends};
use super::brute_force::{Row, pair, rows};

/// Few credentials over dev, test and prod, each held and granting in several places: a credential
/// is in the way more than once.
fn dense_rows() -> impl Strategy<Value = Vec<Row>> {
    let environment = prop_oneof![Just(0_usize), Just(2), Just(4)];
    let row = (0_usize..5, 0_usize..3, 0_usize..5, environment).prop_map(
        |(secret, access, service, environment)| (secret, 0, access, service, environment, 0, 0),
    );
    proptest::collection::vec(row, 6..30)
}

/// Direct pairs of holder and target through one live credential.
fn accesses(model: &Model, but: Option<u32>) -> BTreeSet<(u32, u32)> {
    let mut pairs = BTreeSet::new();
    for (credential, holders) in model.holders.iter().filter(|(at, _)| Some(**at) != but) {
        for &holder in holders {
            let targets = model.grants[credential].keys();
            pairs.extend(targets.filter(|&&to| to != holder).map(|&to| (holder, to)));
        }
    }
    pairs
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_plan_adds_up_and_no_fix_raises_exposure(
        rows in rows(), unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
    ) {
        let pair = pair(rows, unstated, pivot);
        let (graph, ends) = (&pair.graph, chosen_ends(&pair, masks));
        let (progress, costs) = (Progress::default(), Costs::default());
        let model = Model::new(&pair, false);
        let movement = Movement::new(graph, Counting::All);
        let whole = model.connected(&ends, &BTreeSet::new());
        for credential in graph.credential_indices() {
            for kind in FixKind::ALL {
                let answer = what_if(graph, &ends, &[Fix::new(credential, kind)], &[], &progress).unwrap();
                prop_assert_eq!(answer.connected_pairs.0, whole);
                prop_assert!(answer.connected_pairs.1 <= whole);
                prop_assert!(answer.connected_pairs_stated.1 <= answer.connected_pairs_stated.0);
                if kind == FixKind::Revoke {
                    let gone = BTreeSet::from([credential.0]);
                    prop_assert_eq!(answer.connected_pairs.1, model.connected(&ends, &gone));
                    let left = accesses(&model, Some(credential.0));
                    let lost: Vec<_> = accesses(&model, None).difference(&left).copied().collect();
                    prop_assert_eq!(answer.lost, lost.len() as u64);
                    let named = answer.lost_named.iter().map(|lost| (lost.holder.0, lost.target.0));
                    prop_assert_eq!(named.collect::<Vec<_>>(), lost);
                }
            }
        }
        let plan = plan(graph, &movement, &ends, &costs, &progress).unwrap();
        prop_assert!(plan.complete);
        let (mut before, mut fixes) = (whole, Vec::new());
        for step in &plan.steps {
            prop_assert_eq!(step.pairs.0, before);
            prop_assert!(step.pairs.1 <= before);
            fixes.push(step.fix.clone());
            let after = fixed(graph, &movement, &fixes);
            prop_assert_eq!(connected_pairs(&after, &ends, &progress).unwrap(), step.pairs.1);
            before = step.pairs.1;
        }
        prop_assert_eq!(before, 0);
        let closed: u64 = plan.steps.iter().map(|step| step.pairs.0 - step.pairs.1).sum();
        prop_assert_eq!(closed, whole, "the steps add up to the total");
        let cut = minimum_cut(&movement, &ends, &costs, &progress).unwrap();
        let Cut::Found(found) = &cut else { panic!("every cost can be paid") };
        prop_assert!(plan.cost() >= found.cost, "no plan undercuts the cut");
        let said = plan.beside(&cut);
        prop_assert_eq!(said.contains("is cheaper"), plan.cost() > found.cost, "{}", said);
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn each_step_of_a_plan_is_the_best_and_the_gentlest_that_there_is(
        rows in prop_oneof![rows(), dense_rows()], unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
        costs in proptest::collection::vec(1_u32..4, 12),
    ) {
        let pair = pair(rows, unstated, pivot);
        let (graph, ends, progress) = (&pair.graph, chosen_ends(&pair, masks), Progress::default());
        let cost = |at: CredentialIndex| costs[at.0 as usize % costs.len()];
        let priced: Costs = graph
            .credential_indices()
            .map(|at| (at, Cost::Units(cost(at).try_into().unwrap())))
            .collect();
        let movement = Movement::new(graph, Counting::All);
        let plan = plan(graph, &movement, &ends, &priced, &progress).unwrap();
        // Pairs, least cost of a cut, and lost accesses after some fixes.
        let state = |fixes: &[Fix]| {
            let answer = what_if(graph, &ends, fixes, &[], &progress).unwrap();
            let after = fixed(graph, &movement, fixes);
            let Cut::Found(cut) = minimum_cut(&after, &ends, &priced, &progress).unwrap() else {
                panic!("every cost can be paid")
            };
            (answer.connected_pairs.1, cut, answer.lost)
        };
        let mut fixes: Vec<Fix> = Vec::new();
        for step in &plan.steps {
            let (pairs, cut, lost) = state(&fixes);
            let mut choices = Vec::new();
            for credential in graph.credential_indices() {
                for kind in FixKind::ALL {
                    let mut more = fixes.clone();
                    more.push(Fix::new(credential, kind));
                    let (left, cut, lost_then) = state(&more);
                    choices.push((credential, kind, pairs - left, cut.cost, lost_then - lost));
                }
            }
            let chosen = (step.fix.credential, step.fix.kind);
            let own = *choices.iter().find(|choice| (choice.0, choice.1) == chosen).unwrap();
            prop_assert_eq!(own.4, step.lost);
            let worth = |choice: &(CredentialIndex, FixKind, u64, u64, u64)| {
                choice.2 * 6 / u64::from(cost(choice.0))
            };
            let best = choices.iter().map(worth).max().unwrap();
            prop_assert_eq!(worth(&own), best, "{:?} {:?}", step, choices);
            if best == 0 {
                let cheapest = cut.credentials.iter().map(|&at| (cost(at), at)).min().unwrap().1;
                prop_assert_eq!(own.0, cheapest);
                let of = |choice: &&(CredentialIndex, FixKind, u64, u64, u64)| choice.0 == cheapest;
                let least = choices.iter().filter(of).map(|choice| choice.3).min().unwrap();
                prop_assert_eq!(own.3, least, "{:?} {:?}", step, choices);
                choices.retain(|choice| choice.0 == cheapest && choice.3 == least);
            } else {
                choices.retain(|choice| worth(choice) == best);
            }
            let gentlest = choices.iter().map(|choice| choice.4).min().unwrap();
            prop_assert_eq!(step.lost, gentlest, "{:?} {:?}", step, choices);
            // Of those that lose as little, the first by name, and then by kind.
            let first = choices.iter().find(|choice| choice.4 == gentlest).unwrap();
            prop_assert_eq!(chosen, (first.0, first.1), "{:?} {:?}", step, choices);
            fixes.push(step.fix.clone());
        }
    }
}

#[test]
fn splits_follow_their_groups_and_tell_what_they_break() {
    let text = "k holds app@dev,app@prod,job@dev\nk grants db@dev,db@prod,app@prod\n";
    let graph = testing::graph(text);
    let (ends, progress) = (ends(&graph), Progress::default());
    let credential = graph.find_credential("k").unwrap();
    let answer =
        |kind| what_if(&graph, &ends, &[Fix::new(credential, kind)], &[], &progress).unwrap();
    // From app, db and job in dev to app and db in prod: app and job reach both.
    let split = answer(FixKind::SplitByEnvironment);
    assert_eq!(split.connected_pairs, (4, 0));
    // app and job in dev lose db and app in prod; app in prod loses db in dev.
    assert_eq!((split.lost, split.lost_named.len()), (5, 5));
    // job in dev holds only, and keeps every grant; app has a member that is granted.
    let split = answer(FixKind::SplitByService);
    assert_eq!((split.connected_pairs, split.lost), ((4, 4), 0));
    assert_eq!(answer(FixKind::Revoke).connected_pairs, (4, 0));
    let plan =
        plan(&graph, &Movement::new(&graph, Counting::All), &ends, &Costs::default(), &progress);
    let plan = plan.unwrap();
    let [step] = plan.steps.as_slice() else { panic!("one step") };
    assert_eq!((step.fix.kind, step.pairs, step.lost), (FixKind::SplitByEnvironment, (4, 0), 5));
}
