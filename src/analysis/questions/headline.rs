//! One sentence that is always true: whether credentials held below the highest tier open it, or,
//! where entry points or crown jewels are flagged or picked, which of them reach which.

use crate::analysis::movement::ends::follow_tiers;
use crate::analysis::questions::assumed_by::{AssumedBy, Way};
use crate::analysis::questions::headline_ends::{EndsReached, InSeveralHops, ends_reached};
use crate::analysis::questions::sharing::{Crossing, Sharing};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, Instance, InstanceIndex};
use crate::inventory::{Flag, Tier};

/// What the headline counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Live credentials held below the highest tier that grant the highest tier.
    pub into_top: usize,
    /// How many of them do so by assumptions alone.
    pub assumed: usize,
    /// By which.
    pub assumed_by: AssumedBy,
    /// The labels of the environments below that hold one.
    pub from: Vec<String>,
    /// Which environments below hold none and reach the highest tier through others; none where
    /// `into_top` is zero.
    pub in_several_hops: InSeveralHops,
    /// The labels of the highest tier.
    pub top: Vec<String>,
    /// How many known environments there are.
    pub environments: usize,
    /// Live credentials that cross environments in any way.
    pub crossing: usize,
    /// How many of them do so by assumptions alone.
    pub crossing_assumed: usize,
    /// By which.
    pub crossing_assumed_by: AssumedBy,
    /// The labels of the known environments without a tier, where the sentence rests on tiers.
    pub untiered: Vec<String>,
    /// How many service instances have no known environment, where the sentence rests on tiers.
    pub unknown: usize,
    /// Where no credential leads straight up: which ends reach which all the same.
    pub around: Option<EndsReached>,
    /// Which ends reach which; `None` where tiers alone decide what they are.
    pub between: Option<EndsReached>,
    /// What no row says, so that nothing could be found; `None` where something is held and granted.
    pub silent: Option<NothingSaid>,
    /// The credentials behind `into_top`, or, where there are none, behind `crossing`, by name.
    pub credentials: Vec<CredentialIndex>,
}

/// What an inventory says nothing of at all, so that calm has no ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NothingSaid {
    /// There is no live credential.
    Credentials,
    /// Nothing holds a live credential.
    Holders,
    /// No live credential grants anything.
    Grants,
}

impl NothingSaid {
    fn of(graph: &AccessGraph) -> Option<Self> {
        let live = || graph.credential_indices().filter(|&at| graph.credential(at).is_live());
        if live().next().is_none() {
            Some(Self::Credentials)
        } else if live().all(|at| graph.held_by(at).is_empty()) {
            Some(Self::Holders)
        } else {
            live().all(|at| graph.grants(at).is_empty()).then_some(Self::Grants)
        }
    }
}

/// Where it can be said what a headline leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftTo {
    /// The tiers of environments.
    Environments,
    /// Assumptions of these kinds.
    Assumptions(AssumedBy),
}

impl Headline {
    /// What the first number of the sentence counts: credentials, or entry points that reach a crown
    /// jewel.
    pub fn counted(&self) -> (&[CredentialIndex], &[InstanceIndex]) {
        match self.between.as_ref().or(self.around.as_ref()) {
            Some(ends) => (&[], &ends.from),
            None => (&self.credentials, &[]),
        }
    }
}

/// Works the headline out. Costs time in proportion to the edges.
pub fn headline(graph: &AccessGraph, sharing: &[Sharing]) -> Headline {
    let between = (!follow_tiers(graph)).then(|| ends_reached(graph));
    let silent = NothingSaid::of(graph);
    let mut headline = Headline { between, silent, ..by_tier(graph, sharing) };
    if rests_on_tiers(graph) {
        let known = graph.environments().iter().filter(|one| one.is_known() && one.tier.is_none());
        headline.untiered = known.map(|environment| environment.label.clone()).collect();
        let unknown = |at: &InstanceIndex| !graph.environment_of(*at).is_known();
        headline.unknown = graph.instance_indices().filter(unknown).count();
        if headline.between.is_none() && headline.into_top == 0 && !headline.top.is_empty() {
            headline.around = Some(ends_reached(graph)).filter(|ends| ends.reaching > 0);
        }
    }
    headline
}

/// Whether no row and no policy says where attackers start, or none what must not fall.
fn rests_on_tiers(graph: &AccessGraph) -> bool {
    let policy = graph.assumptions();
    let none_is = |flag: fn(&Instance) -> Flag| {
        !graph.instances().iter().any(|instance| flag(instance) == Flag::Yes)
    };
    let entries = policy.entry_points.is_empty() && none_is(|instance| instance.entry_point);
    let jewels = policy.crown_jewels.is_empty() && none_is(|instance| instance.crown_jewel);
    entries || jewels
}

fn by_tier(graph: &AccessGraph, sharing: &[Sharing]) -> Headline {
    let known = || graph.environments().iter().filter(|environment| environment.is_known());
    let Some(top) = known().filter_map(|environment| environment.tier).max() else {
        return Headline { environments: known().count(), ..Headline::default() };
    };
    let labels = known().filter(|environment| environment.tier == Some(top));
    let mut headline = Headline {
        top: labels.map(|environment| environment.label.clone()).collect(),
        environments: known().count(),
        ..Headline::default()
    };
    let mut crossing = Vec::new();
    for (credential, sharing) in graph.credential_indices().zip(sharing) {
        count(graph, credential, top, &mut headline);
        if graph.credential(credential).is_live() && sharing.crossing != Crossing::None {
            crossing.push(credential);
            headline.crossing += 1;
            if !crosses_as_stated(graph, credential) {
                headline.crossing_assumed += 1;
                let by = AssumedBy::of_crossing(graph, credential);
                headline.crossing_assumed_by = headline.crossing_assumed_by.and(by);
            }
        }
    }
    headline.from.sort_unstable_by_key(|label| {
        (graph.assumptions().environments.tier(label), label.clone())
    });
    headline.from.dedup();
    if headline.into_top == 0 {
        headline.credentials = crossing;
    } else {
        headline.in_several_hops = InSeveralHops::of(graph, top, &headline.from);
    }
    headline
}

/// Whether links that are stated together join two known environments.
fn crosses_as_stated(graph: &AccessGraph, credential: CredentialIndex) -> bool {
    graph.stated_links(credential).any(|links| {
        let environments = links.instances().map(|at| graph.instance(at).environment);
        let mut known = environments.filter(|&at| graph.environment(at).is_known());
        known.next().is_some_and(|first| known.any(|other| other != first))
    })
}

fn count(graph: &AccessGraph, credential: CredentialIndex, top: Tier, headline: &mut Headline) {
    if !graph.credential(credential).is_live() {
        return;
    }
    let tier = |edge: EdgeIndex| graph.environment_of(graph.edge(edge).instance).tier;
    let below: Vec<EdgeIndex> = graph
        .held_by(credential)
        .iter()
        .copied()
        .filter(|&edge| tier(edge).is_some_and(|held| held < top))
        .collect();
    let into: Vec<EdgeIndex> =
        graph.grants(credential).iter().copied().filter(|&edge| tier(edge) == Some(top)).collect();
    if below.is_empty() || into.is_empty() {
        return;
    }
    let tier_of = |at: InstanceIndex| graph.environment_of(at).tier;
    let stated = graph.stated_links(credential).any(|links| {
        links.holders().any(|at| tier_of(at).is_some_and(|held| held < top))
            && links.granted().any(|at| tier_of(at) == Some(top))
    });
    headline.into_top += 1;
    headline.credentials.push(credential);
    if !stated {
        headline.assumed += 1;
        let way = Way {
            from: &|at| tier_of(at).is_some_and(|held| held < top),
            to: &|at| tier_of(at) == Some(top),
            goes_on: &|_| false,
        };
        headline.assumed_by = headline.assumed_by.and(AssumedBy::of_way(graph, credential, &way));
    }
    for edge in below {
        let label = &graph.environment_of(graph.edge(edge).instance).label;
        if !headline.from.contains(label) {
            headline.from.push(label.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{AssumedBy, Headline};
    use crate::analysis::movement::counting::{Counting::All, Counting::StatedOnly};
    use crate::analysis::movement::ends::ends;
    use crate::analysis::movement::network::Movement;
    use crate::analysis::questions::exposure::exposure;
    use crate::analysis::questions::headline::{LeftTo, headline};
    use crate::analysis::questions::sharing::sharing_of_all;
    use crate::graph::AccessGraph;
    use crate::graph::testing::{as_of, inventory};
    use crate::inventory::{Assumptions, Progress};

    #[test]
    fn the_sentence_says_how_many_rest_on_assumptions() {
        let mut headline = Headline {
            into_top: 3,
            assumed: 2,
            from: vec!["dev".to_owned(), "ci".to_owned()],
            top: vec!["prod".to_owned()],
            environments: 3,
            crossing: 4,
            ..Headline::default()
        };
        let said = "3 credentials let dev and ci reach prod; 2 of them on assumed access only";
        assert_eq!(headline.sentence(), said);
        headline.assumed = 0;
        headline.into_top = 1;
        assert_eq!(headline.sentence(), "1 credential lets dev and ci reach prod");
        headline.into_top = 0;
        assert!(headline.sentence().starts_with("No credential held below prod grants prod"));
    }

    // ```text
    // web@dev ──a──▶ shop@prod ──b──▶ ledger@prod     (b is assumed where it is granted)
    // app@dev ──a──▶ shop@prod
    // box@dev ──c──▶ mail@prod
    // ```
    const ROWS: &str = "a holds web@dev,app@dev\na grants shop@prod\nb holds shop@prod\n\
                        b ? ledger@prod\nc holds box@dev\nc grants mail@prod";

    /// The headline, and the pairs under it: connected, of how many, connected by stated access.
    fn judged(rows: &str, entries: &[&str], jewels: &[&str]) -> (String, (u64, u64, u64)) {
        let mut assumptions = Assumptions::new(as_of());
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        assumptions.entry_points = owned(entries);
        assumptions.crown_jewels = owned(jewels);
        let graph = AccessGraph::build(Arc::new(inventory(rows)), &assumptions);
        let [all, stated] = [All, StatedOnly].map(|counting| Movement::new(&graph, counting));
        let found = exposure(&all, &stated, &ends(&graph), &Progress::default()).unwrap();
        let said = headline(&graph, &sharing_of_all(&graph)).sentence();
        (said, (found.connected_pairs, found.pairs, found.connected_pairs_stated))
    }

    #[test]
    fn where_tiers_decide_the_sentence_counts_credentials() {
        let (said, _) = judged(ROWS, &[], &[]);
        assert_eq!(said, "2 credentials let dev reach prod");
    }

    #[test]
    fn a_picked_crown_jewel_is_what_the_sentence_speaks_of() {
        let (said, pairs) = judged(ROWS, &[], &["ledger@prod"]);
        let expected = "2 of 3 entry points can reach ledger in prod, all on assumed access only";
        assert_eq!((said.as_str(), pairs), (expected, (2, 3, 0)));
        let (said, pairs) = judged(ROWS, &[], &["ledger@prod", "mail@prod"]);
        let expected = "All 3 entry points can reach at least one of 2 crown jewels; 2 of them on \
                        assumed access only";
        assert_eq!((said.as_str(), pairs), (expected, (3, 6, 1)));
    }

    #[test]
    fn picked_entry_points_are_counted_and_a_single_one_is_named() {
        let (said, pairs) = judged(ROWS, &["box@dev"], &["ledger@prod"]);
        assert_eq!((said.as_str(), pairs), ("box in dev cannot reach ledger in prod", (0, 1, 0)));
        let (said, pairs) = judged(ROWS, &["box@dev"], &["mail@prod"]);
        assert_eq!((said.as_str(), pairs), ("box in dev can reach mail in prod", (1, 1, 1)));
        let (said, pairs) = judged(ROWS, &["box@dev", "app@dev"], &["web@dev", "ledger@prod"]);
        let expected = "1 of 2 entry points can reach at least one of 2 crown jewels, on assumed \
                        access only";
        assert_eq!((said.as_str(), pairs), (expected, (1, 4, 0)));
        let (said, pairs) = judged(ROWS, &["box@dev", "mail@prod"], &["ledger@prod", "web@dev"]);
        let expected = "None of 2 entry points can reach any of 2 crown jewels";
        assert_eq!((said.as_str(), pairs), (expected, (0, 4, 0)));
    }

    #[test]
    fn flagged_ends_count_as_picked_ones_do() {
        let flagged = format!("{ROWS}\n- - ledger@prod jewel=yes\n- - box@dev entry=yes");
        let (said, pairs) = judged(&flagged, &[], &[]);
        assert_eq!((said.as_str(), pairs), ("box in dev cannot reach ledger in prod", (0, 1, 0)));
    }

    #[test]
    fn where_nothing_is_held_or_granted_the_sentence_is_not_calm() {
        for (rows, why) in [
            ("k grants db@prod\nl grants web@dev", "No row says what holds a credential"),
            ("k holds db@prod\nl holds web@dev", "No row says what a credential grants"),
            ("- - db@prod\n- - web@dev", "No live credential is known"),
            ("k both db@prod status=dead\nk both web@dev", "No live credential is known"),
        ] {
            let (said, _) = judged(rows, &[], &[]);
            assert_eq!(said, format!("{why}, so nothing can be said to reach prod"));
            let (said, _) = judged(rows, &["web@dev"], &["db@prod"]);
            assert_eq!(said, format!("{why}, so nothing can be said to reach a crown jewel"));
        }
    }

    #[test]
    fn where_there_is_nothing_to_judge_the_sentence_says_so() {
        let (said, pairs) = judged(ROWS, &["ledger@prod"], &["ledger@prod"]);
        let expected = "The only crown jewel is an entry point itself: it has already fallen";
        assert_eq!((said.as_str(), pairs.1), (expected, 0));
        let (said, pairs) = judged("k holds db@prod", &[], &["db@prod"]);
        let expected = "No entry point is known, so nothing can be said to reach db in prod";
        assert_eq!((said.as_str(), pairs.1), (expected, 0));
        let (said, _) = judged(ROWS, &["box@dev"], &["box@dev", "mail@prod"]);
        let expected = "box in dev can reach mail in prod; 1 more crown jewel has already fallen";
        assert_eq!(said, expected);
    }

    #[test]
    fn a_picked_name_that_is_not_there_leaves_nothing_to_judge() {
        let (said, pairs) = judged(ROWS, &[], &["nowhere@prod"]);
        let expected = "No crown jewel is known, so nothing can be said to reach one";
        assert_eq!((said.as_str(), pairs.1), (expected, 0));
    }

    #[test]
    fn a_calm_sentence_names_what_it_does_not_rest_on() {
        let said = |rows: &str| {
            let graph = AccessGraph::build(Arc::new(inventory(rows)), &Assumptions::new(as_of()));
            let found = headline(&graph, &sharing_of_all(&graph));
            (found.sentence(), found.left_to())
        };
        // Stated throughout, and every environment has a tier.
        let (words, left) = said("k holds a@prod\nk grants b@dev");
        let calm = "No credential held below prod grants prod directly; 1 crosses environments";
        assert_eq!((words.as_str(), left), (calm, None));
        // The only crossing is assumed; a dead one is none.
        let (words, left) = said("k holds a@prod\nk ? b@dev\nd holds a@prod,b@dev status=dead");
        let expected = format!("{calm}, on assumed access only");
        assert_eq!(
            (words, left),
            (
                expected,
                Some(LeftTo::Assumptions(AssumedBy { access: true, ..AssumedBy::default() }))
            )
        );
        // Mars and venus have no tier.
        let (words, left) = said("k holds a@prod\nk grants b@dev,c@mars,d@venus");
        let expected = format!("{calm}; mars and venus have no tier");
        assert_eq!((words, left), (expected, Some(LeftTo::Environments)));
        // dev → mars → prod: no single credential leads up, and yet prod falls.
        let (words, left) = said("k holds a@dev\nk grants b@mars\nl holds b@mars\nl grants c@prod");
        let expected = "No credential held below prod grants prod directly, but 1 of 1 entry points \
                        can reach it through what has no tier; 2 cross environments; mars has no tier";
        assert_eq!((words.as_str(), left), (expected, Some(LeftTo::Environments)));
        let (words, left) = said("k holds a@mars\nk grants b@venus");
        let expected = "No environment has a known tier (mars and venus), so it cannot be said which \
                        way credentials cross";
        assert_eq!((words.as_str(), left), (expected, Some(LeftTo::Environments)));
        let (words, _) = said("k holds a@prod\nk grants b@dev,c@");
        assert_eq!(words, format!("{calm}; 1 service instance has no known environment"));
        // A sentence that counts what leads up names them too.
        let (words, _) = said("k holds a@dev\nk grants b@prod,c@a,c@b,c@c,c@d");
        let expected = "1 credential lets dev reach prod; a, b, c and 1 more have no tier";
        assert_eq!(words, expected);
    }

    #[test]
    fn an_environment_that_gets_there_in_several_hops_is_named() {
        let said = |rows: &str| {
            let graph = AccessGraph::build(Arc::new(inventory(rows)), &Assumptions::new(as_of()));
            let found = headline(&graph, &sharing_of_all(&graph));
            (found.sentence(), found.left_to())
        };
        let calm = "1 credential lets staging reach prod";
        let rest = "l holds b@staging\nl grants c@prod";
        let (words, left) = said(&format!("k holds a@dev\nk grants b@staging\n{rest}"));
        assert_eq!((words, left), (format!("{calm}; dev can get there in several hops"), None));
        // What dev opens in staging is not what holds the credential that leads on.
        let (words, _) = said(&format!("k holds a@dev\nk grants d@staging\n{rest}"));
        assert_eq!(words, calm);
        // Its first hop is assumed, that of ci is stated.
        let rows = format!("k ? a@dev,b@staging\nm holds j@ci\nm grants b@staging\n{rest}");
        let (words, left) = said(&rows);
        let expected =
            "; dev and ci can get there in several hops; 1 of them on assumed access only";
        assert_eq!(words, format!("{calm}{expected}"));
        let access = AssumedBy { access: true, ..AssumedBy::default() };
        assert_eq!(left, Some(LeftTo::Assumptions(access)));
        // A way stated through dev as a whole, though not from each of its services.
        let (words, left) =
            said(&format!("k ? a@dev,b@staging\nm holds j@dev\nm grants b@staging\n{rest}"));
        assert_eq!((words, left), (format!("{calm}; dev can get there in several hops"), None));
    }
}
