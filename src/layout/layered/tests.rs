//! Orders and heights against plain counting, and against every order there is.

use proptest::prelude::*;

use super::*;
use crate::inventory::Progress;

/// How often two links of two layers cross, by looking at each pair.
fn crossings_of(edges: &[(u32, u32)], place: impl Fn(u32) -> usize) -> u64 {
    let mut crossings = 0;
    for (at, &(a, b)) in edges.iter().enumerate() {
        for &(c, d) in &edges[..at] {
            let left = place(a).cmp(&place(c));
            let right = place(b).cmp(&place(d));
            crossings += u64::from(left != right && left.is_ne() && right.is_ne());
        }
    }
    crossings
}

fn laid_out(layers: &[u32], edges: &[(u32, u32)], effort: OrderEffort) -> Layered {
    let half_heights = vec![10.0; layers.len()];
    let input = LayeredInput { layers, half_heights: &half_heights, edges, room_for_links: 4.0 };
    lay_out_layers(&input, effort, &Progress::default()).unwrap()
}

/// Where each node stands in its layer, by its height.
fn places(layers: &[u32], layered: &Layered) -> Vec<usize> {
    let y = |at: usize| layered.positions[at].y;
    (0..layers.len())
        .map(|at| (0..layers.len()).filter(|&o| layers[o] == layers[at] && y(o) < y(at)).count())
        .collect()
}

/// All orders of a few things.
fn orders(of: &[u32]) -> Vec<Vec<u32>> {
    if of.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (at, &first) in of.iter().enumerate() {
        let mut rest = of.to_vec();
        rest.remove(at);
        all.extend(orders(&rest).into_iter().map(|mut order| {
            order.insert(0, first);
            order
        }));
    }
    all
}

/// The fewest crossings of two layers of four nodes each.
fn fewest(edges: &[(u32, u32)]) -> u64 {
    let mut fewest = u64::MAX;
    for left in orders(&[0, 1, 2, 3]) {
        for right in orders(&[4, 5, 6, 7]) {
            let place = |node: u32| {
                let own = if node < 4 { &left } else { &right };
                own.iter().position(|&at| at == node).unwrap()
            };
            fewest = fewest.min(crossings_of(edges, place));
        }
    }
    fewest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn crossings_are_counted_right_and_never_grow_with_effort(
        right in 3_u32..12, pairs in prop::collection::vec((0_u32..8, 0_u32..12), 0..40),
    ) {
        let layers: Vec<u32> = (0..8 + right).map(|at| u32::from(at >= 8)).collect();
        let edges: Vec<(u32, u32)> = pairs.iter().map(|&(a, b)| (a, 8 + b % right)).collect();
        let mut last = u64::MAX;
        for effort in [OrderEffort::Given, OrderEffort::Simple, OrderEffort::Full] {
            let found = laid_out(&layers, &edges, effort);
            let place = places(&layers, &found);
            prop_assert_eq!(found.crossings, crossings_of(&edges, |node| place[node as usize]));
            prop_assert!(found.crossings <= last);
            last = found.crossings;
        }
    }

    #[test]
    fn nothing_of_one_layer_overlaps_and_equal_input_gives_equal_bits(
        layers in prop::collection::vec(0_u32..5, 1..30),
        pairs in prop::collection::vec((0_u32..30, 0_u32..30), 0..60),
    ) {
        let found = laid_out(&layers, &pairs, OrderEffort::Full);
        prop_assert_eq!(found.positions.len(), layers.len());
        for (a, at) in found.positions.iter().enumerate() {
            prop_assert!(at.x.is_finite() && at.y.is_finite());
            for (b, other) in found.positions.iter().enumerate().take(a) {
                let same = layers[a] == layers[b];
                prop_assert_eq!(same, (at.x - other.x).abs() < 0.01);
                prop_assert!(!same || (at.y - other.y).abs() > 19.9, "{} {}", at.y, other.y);
            }
        }
        prop_assert_eq!(&found, &laid_out(&layers, &pairs, OrderEffort::Full));
    }
}

#[test]
fn small_layers_come_close_to_the_best_order_of_all() {
    let mut random = crate::layout::rng::Rng::new(7);
    let layers = [0, 0, 0, 0, 1, 1, 1, 1];
    let (mut best, mut ours) = (0, 0);
    for _ in 0..60 {
        let edges: Vec<(u32, u32)> =
            (0..9).map(|_| (random.below(4) as u32, 4 + random.below(4) as u32)).collect();
        best += fewest(&edges);
        ours += laid_out(&layers, &edges, OrderEffort::Full).crossings;
    }
    assert!(best > 0 && ours * 100 <= best * 110, "{ours} crossings instead of {best}");
}

#[test]
fn a_link_across_a_layer_keeps_room_there() {
    // Two services side by side in the middle; a link from the first layer to the last passes.
    let layers = [0, 1, 1, 2];
    let edges = [(0, 3), (0, 1), (1, 3), (0, 2), (2, 3)];
    let found = laid_out(&layers, &edges, OrderEffort::Full);
    assert_eq!(found.crossings, 0);
    let way = found.bends[0][0];
    assert_eq!((way.x, found.bends[0].len()), (found.positions[1].x, 1));
    assert!(found.positions[1..3].iter().all(|at| (at.y - way.y).abs() > 13.9), "{found:?}");
    assert!(found.bends[1..].iter().all(Vec::is_empty), "{found:?}");
}

#[test]
fn what_asks_for_nothing_gets_an_answer() {
    assert!(laid_out(&[], &[(0, 1)], OrderEffort::Full).positions.is_empty());
    let one = laid_out(&[3], &[(0, 0), (0, 9)], OrderEffort::Full);
    assert_eq!((one.positions.len(), one.crossings), (1, 0));
    let cancelled = Progress::default();
    cancelled.cancel();
    let half_heights = [1.0, 1.0];
    let input = LayeredInput {
        layers: &[0, 1],
        half_heights: &half_heights,
        edges: &[(0, 1)],
        room_for_links: 4.0,
    };
    assert_eq!(lay_out_layers(&input, OrderEffort::Full, &cancelled), None);
}
