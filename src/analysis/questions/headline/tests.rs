//! What the headline says, worked out by hand.

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
        ("k grants db@prod\nl grants web@dev", "No row says what holds a live credential"),
        ("k holds db@prod\nl holds web@dev", "No row says what a live credential grants"),
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
        (expected, Some(LeftTo::Assumptions(AssumedBy { access: true, ..AssumedBy::default() })))
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
    let expected = "; dev and ci can get there in several hops; 1 of them on assumed access only";
    assert_eq!(words, format!("{calm}{expected}"));
    let access = AssumedBy { access: true, ..AssumedBy::default() };
    assert_eq!(left, Some(LeftTo::Assumptions(access)));
    // A way stated through dev as a whole, though not from each of its services.
    let (words, left) =
        said(&format!("k ? a@dev,b@staging\nm holds j@dev\nm grants b@staging\n{rest}"));
    assert_eq!((words, left), (format!("{calm}; dev can get there in several hops"), None));
}
