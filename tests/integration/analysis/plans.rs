//! Plans and fixes against plain search on random inventories: every step is the best and the
//! gentlest that there is, none is needless, and they add up.

use std::collections::BTreeSet;

use crate::properties::cases;
use keyreach::analysis::{
    Costs, Counting, Cut, Ends, Fix, FixKind, MinimumCut, Movement, PLAN_BUDGET, Plan,
    PlanQuestion, connected_pairs, ends, fixed, fixed_stated, marked_words, minimum_cut, plan,
    plan_further, what_if,
};
use keyreach::graph::{AccessGraph, CredentialIndex, testing};
use keyreach::inventory::{Assumptions, Cost, CredentialMark, Progress};
use proptest::prelude::*;

use super::between_ends::{Model, chosen_ends};
use super::brute_force::{Pair, Row, pair, rows};

/// Few credentials over dev, test and prod, each held and granting in several places: a credential
/// is in the way more than once.
fn dense_rows() -> impl Strategy<Value = Vec<Row>> {
    let environment = prop_oneof![Just(0_usize), Just(2), Just(4)];
    let row = (0_usize..5, 0_usize..3, 0_usize..5, environment).prop_map(
        |(secret, access, service, environment)| (secret, 0, access, service, environment, 0, 0),
    );
    proptest::collection::vec(row, 6..30)
}

/// Mostly no mark: a provider's key in every sixth credential, one that is not simply rotatable in
/// another. Half of the time there is no mark at all.
fn marks() -> impl Strategy<Value = Vec<Option<CredentialMark>>> {
    let mark = (0_usize..6).prop_map(|which| CredentialMark::ALL.get(which).copied());
    prop_oneof![Just(vec![None]), proptest::collection::vec(mark, 12)]
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
    fn a_plan_is_what_trying_every_fix_of_every_credential_gives(
        rows in prop_oneof![rows(), dense_rows()], unstated in 0usize..3, pivot in 0usize..3,
        masks in prop_oneof![Just((0_u32, 0_u32)), (1_u32..1 << 16, 1_u32..1 << 16)],
        costs in proptest::collection::vec(1_u32..4, 12), is_stated: bool, marks in marks(),
    ) {
        let pair = pair(rows, unstated, pivot);
        let (graph, ends, progress) = (&pair.graph, chosen_ends(&pair, masks), Progress::default());
        let counting = if is_stated { Counting::StatedOnly } else { Counting::All };
        let cost = |at: CredentialIndex| {
            let plain = Cost::Units(costs[at.0 as usize % costs.len()].try_into().unwrap());
            marks[at.0 as usize % marks.len()].map_or(plain, |mark| mark.cost(plain))
        };
        let priced: Costs = graph.credential_indices().map(|at| (at, cost(at))).collect();
        let movement = Movement::new(graph, Counting::All);
        let question =
            PlanQuestion { graph, movement: &movement, counting, ends: &ends, costs: &priced };
        let plan = plan_further(question, &Plan::default(), PLAN_BUDGET, &progress).unwrap();
        let plain =
            Plain { pair: &pair, counting, ends: &ends, costs: &priced, movement: &movement };
        let greedy = plain.greedy();
        prop_assert_eq!(&plan.chosen, &greedy, "before the pass from the last to the first");
        let is_closed = plain.after(&greedy).pairs == 0;
        let tidy = plain.tidied(greedy);
        let steps: Vec<Fix> = plan.steps.iter().map(|step| step.fix.clone()).collect();
        prop_assert_eq!(&steps, &tidy);
        for (at, step) in plan.steps.iter().enumerate() {
            let (before, after) = (plain.after(&tidy[..at]), plain.after(&tidy[..=at]));
            prop_assert_eq!(step.pairs, (before.all, after.all));
            prop_assert_eq!(step.pairs_stated, (before.stated, after.stated));
            prop_assert_eq!(step.assumed(), before.stated == after.stated);
            let cost = plain.cost(step.fix.credential);
            prop_assert_eq!((step.lost, Some(step.cost)), (after.lost - before.lost, cost));
        }
        prop_assert_eq!(plan.complete, is_closed, "what is never fixed may leave pairs");
        prop_assert!(!plan.cut_short && !plan.estimated);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_plan_that_is_cut_short_again_and_again_comes_to_the_same_steps(
        rows in dense_rows(), costs in proptest::collection::vec(1_u32..4, 12),
    ) {
        let pair = pair(rows, 0, 0);
        let (graph, ends, progress) = (&pair.graph, &ends(&pair.graph), Progress::default());
        let movement = &Movement::new(graph, Counting::All);
        let cost = |at: CredentialIndex| costs[at.0 as usize % costs.len()].try_into().unwrap();
        let priced = graph.credential_indices().map(|at| (at, Cost::Units(cost(at))));
        let costs = &priced.collect::<Costs>();
        let counting = Counting::All;
        let question = PlanQuestion { graph, movement, counting, ends, costs };
        let whole = plan(graph, movement, ends, costs, &progress).unwrap();
        let mut grown = plan_further(question, &Plan::default(), 0, &progress).unwrap();
        let mut rounds = 0;
        while grown.cut_short {
            prop_assert!(!grown.complete);
            grown = plan_further(question, &grown, 0, &progress).unwrap();
            rounds += 1;
        }
        prop_assert_eq!(&grown.steps, &whole.steps, "after {} rounds", rounds);
        prop_assert!(grown.complete);
    }
}

/// A plan by trying every fix of every credential, with what-if alone.
struct Plain<'a> {
    pair: &'a Pair,
    counting: Counting,
    ends: &'a Ends,
    costs: &'a Costs,
    movement: &'a Movement,
}

/// What some fixes leave: the pairs that are to be parted, and all.
struct Left {
    pairs: u64,
    all: u64,
    stated: u64,
    lost: u64,
}

impl Plain<'_> {
    /// None where it is never fixed.
    fn cost(&self, at: CredentialIndex) -> Option<u64> {
        match self.costs.of(at) {
            Cost::Units(units) => Some(u64::from(units.get())),
            Cost::Never => None,
        }
    }

    fn after(&self, fixes: &[Fix]) -> Left {
        let answer =
            what_if(&self.pair.graph, self.ends, fixes, &[], &Progress::default()).unwrap();
        let (all, stated) = (answer.connected_pairs.1, answer.connected_pairs_stated.1);
        Left {
            pairs: if self.counting == Counting::All { all } else { stated },
            all,
            stated,
            lost: answer.lost,
        }
    }

    fn cut(&self, fixes: &[Fix]) -> Option<MinimumCut> {
        let of = if self.counting == Counting::All { fixed } else { fixed_stated };
        let after = of(&self.pair.graph, self.movement, fixes);
        match minimum_cut(&after, self.ends, self.costs, &Progress::default()).unwrap() {
            Cut::Found(cut) => Some(cut),
            Cut::Unbreakable(_) => None,
        }
    }

    fn greedy(&self) -> Vec<Fix> {
        let mut fixes = Vec::new();
        while self.after(&fixes).pairs > 0 {
            let Some(next) = self.next(&fixes) else { break };
            fixes.push(next);
        }
        fixes
    }

    /// The next fix, word for word as it is defined; none where no fix is left that may be made.
    fn next(&self, fixes: &[Fix]) -> Option<Fix> {
        let now = self.after(fixes);
        // Of each credential what each kind gains and loses.
        let with = |fix: &Fix| [fixes, std::slice::from_ref(fix)].concat();
        let tried = |at: CredentialIndex| {
            FixKind::ALL.map(|kind| {
                let fix = Fix::new(at, kind);
                let left = self.after(&with(&fix));
                (now.pairs - left.pairs, left.lost - now.lost, fix)
            })
        };
        let may_be_fixed = |at: &CredentialIndex| self.cost(*at).is_some();
        let fixable = self.pair.graph.credential_indices().filter(may_be_fixed);
        let all: Vec<_> = fixable.map(tried).collect();
        let best = |kinds: &[(u64, u64, Fix)]| kinds.iter().map(|kind| kind.0).max().unwrap();
        let least_lost = |kinds: &[(u64, u64, Fix)]| {
            let best = best(kinds);
            kinds.iter().filter(|kind| kind.0 == best).map(|kind| kind.1).min().unwrap()
        };
        let mut chosen = all.first()?;
        for other in &all[1..] {
            let ours = u128::from(best(chosen)) * u128::from(self.cost(other[0].2.credential)?);
            let theirs = u128::from(best(other)) * u128::from(self.cost(chosen[0].2.credential)?);
            if theirs > ours || (theirs == ours && least_lost(other) < least_lost(chosen)) {
                chosen = other;
            }
        }
        let gain = best(chosen);
        let first_of_least = |kinds: Vec<&(u64, u64, Fix)>| {
            kinds.into_iter().min_by_key(|kind| kind.1).unwrap().2.clone()
        };
        if gain > 0 {
            let kinds = chosen.iter().filter(|kind| kind.0 * 10 >= gain * 9).collect();
            return Some(first_of_least(kinds));
        }
        let cut = self.cut(fixes)?;
        let cheapest = cut.credentials.iter().min_by_key(|&&at| (self.cost(at), at)).unwrap();
        let kinds = all.iter().find(|kinds| kinds[0].2.credential == *cheapest).unwrap();
        let cost_after =
            |kind: &&(u64, u64, Fix)| self.cut(&with(&kind.2)).map_or(u64::MAX, |cut| cut.cost);
        let goal = kinds.iter().map(|kind| cost_after(&kind)).min().unwrap();
        Some(first_of_least(kinds.iter().filter(|kind| cost_after(kind) == goal).collect()))
    }

    /// From the last to the first: dropped, or the kind that loses fewest accesses, if the pairs that
    /// are left do not grow.
    fn tidied(&self, mut fixes: Vec<Fix>) -> Vec<Fix> {
        for at in (0..fixes.len()).rev() {
            let left = self.after(&fixes).pairs;
            let mut without = fixes.clone();
            let own = without.remove(at);
            if self.after(&without).pairs <= left {
                fixes = without;
                continue;
            }
            let mut best: Option<(u64, Vec<Fix>)> = None;
            for kind in FixKind::ALL {
                let mut with = fixes.clone();
                with[at] = Fix::new(own.credential, kind);
                let lost = self.after(&with[..=at]).lost;
                let is_better = best.as_ref().is_none_or(|best| lost < best.0);
                if is_better && self.after(&with).pairs <= left {
                    best = Some((lost, with));
                }
            }
            fixes = best.unwrap().1;
        }
        fixes
    }
}

#[test]
fn a_mark_makes_fixes_cost_more_or_impossible_and_the_plan_says_so() {
    // Each credential alone leads from dev to prod.
    let text = "a holds app@dev\na grants db@prod\nb holds app@dev\nb grants db@prod\n";
    let under = |marks: &[(&str, CredentialMark)], cost: Option<u32>| {
        let mut assumptions = Assumptions::new(testing::as_of());
        assumptions.marks = marks.iter().map(|(id, mark)| ((*id).to_owned(), *mark)).collect();
        let own = cost.map(|units| ("a".to_owned(), Cost::Units(units.try_into().unwrap())));
        assumptions.costs = own.into_iter().collect();
        let graph = AccessGraph::build(testing::inventory(text).into(), &assumptions);
        let (ends, progress, costs) = (ends(&graph), Progress::default(), Costs::new(&graph));
        let movement = Movement::new(&graph, Counting::All);
        let plan = plan(&graph, &movement, &ends, &costs, &progress).unwrap();
        let of = |id: &str| costs.of(graph.find_credential(id).unwrap());
        (of("a"), of("b"), plan.steps.len(), plan.complete, marked_words(&graph, &costs))
    };
    let units = |units: u32| Cost::Units(units.try_into().unwrap());
    let none = (units(1), units(1), 2, true, String::new());
    assert_eq!(under(&[], None), none);
    let hard = under(&[("a", CredentialMark::NotRotatable)], None);
    assert_eq!((hard.0, hard.1, hard.2, hard.3), (units(5), units(1), 2, true));
    assert_eq!(hard.4, "a is not simply rotatable: a fix of it costs 5");
    let kept = under(&[("a", CredentialMark::ProvidersKey)], None);
    assert_eq!((kept.0, kept.3), (Cost::Never, false));
    assert_eq!(kept.4, "a is a provider's key: no fix of it is planned");
    // A cost of its own wins, whatever the mark is; of something that is not there a mark says nothing.
    let own =
        under(&[("a", CredentialMark::ProvidersKey), ("z", CredentialMark::NotRotatable)], Some(2));
    assert_eq!((own.0, own.3), (units(2), true));
    assert_eq!(own.4, "a is a provider's key: a fix of it costs 2, as set");
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

/// Dear to fix, the key of the release pipeline comes last; what was revoked before it is then
/// needless, or can be split.
#[test]
fn no_production_password_is_revoked_where_a_split_closes_the_same_in_the_end() {
    let mut assumptions = crate::samples::assumptions();
    let cost = Cost::Units(5.try_into().unwrap());
    assumptions.costs.insert("release-deploy-key".to_owned(), cost);
    let graph = crate::samples::graph_under("payments.csv", &assumptions);
    let (ends, progress, costs) = (ends(&graph), Progress::default(), Costs::new(&graph));
    let movement = Movement::new(&graph, Counting::All);
    let plan = plan(&graph, &movement, &ends, &costs, &progress).unwrap();
    assert!(plan.complete && !plan.steps.is_empty());
    let steps: Vec<Fix> = plan.steps.iter().map(|step| step.fix.clone()).collect();
    let left =
        |fixes: &[Fix]| what_if(&graph, &ends, fixes, &[], &progress).unwrap().connected_pairs.1;
    assert_eq!(left(&steps), 0);
    for (at, step) in plan.steps.iter().enumerate() {
        let mut without = steps.clone();
        without.remove(at);
        assert!(left(&without) > 0, "{} is needless", graph.credential_name(step.fix.credential));
        let is_split = |kind: &FixKind| *kind != FixKind::Revoke;
        for kind in FixKind::ALL.into_iter().filter(is_split) {
            let mut gentler = steps.clone();
            gentler[at] = Fix::new(step.fix.credential, kind);
            let name = graph.credential_name(step.fix.credential);
            assert!(is_split(&step.fix.kind) || left(&gentler) > 0, "{name}: {}", kind.word());
        }
    }
}
