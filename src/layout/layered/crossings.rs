//! How often links cross, from the order of the layers alone.

use super::network::Network;

/// How often two links cross between neighbouring layers. Costs time in proportion to the links, times
/// the logarithm of a layer's size (Barth, Mutzel and Jünger 2004).
pub(super) fn count(network: &Network) -> u64 {
    (0..network.layers()).map(|layer| count_after(network, layer)).sum()
}

/// How often links cross between a layer and the one after it.
fn count_after(network: &Network, layer: usize) -> u64 {
    let Some(order) = network.order.get(layer) else { return 0 };
    let size = network.order.get(layer + 1).map_or(0, Vec::len);
    let mut seen = Sums::new(size);
    let (mut crossings, mut places) = (0, Vec::new());
    for &node in order {
        places.clear();
        places.extend(network.after.of(node as usize).iter().map(|&to| network.place_of(to)));
        // Links of one node do not cross each other: all are counted before any is added.
        crossings += places.iter().map(|&place| seen.above(place)).sum::<u64>();
        for &place in &places {
            seen.add(place);
        }
    }
    crossings
}

/// How many links lead to each place, as sums that can be asked for quickly (Fenwick 1994).
struct Sums {
    sums: Vec<u64>,
    whole: u64,
}

impl Sums {
    fn new(size: usize) -> Self {
        Self { sums: vec![0; size + 1], whole: 0 }
    }

    fn add(&mut self, place: u32) {
        self.whole += 1;
        let mut at = place as usize + 1;
        while let Some(sum) = self.sums.get_mut(at) {
            *sum += 1;
            at += at & at.wrapping_neg();
        }
    }

    /// How many lead to a later place.
    fn above(&self, place: u32) -> u64 {
        let (mut at, mut below) = (place as usize + 1, 0);
        while at > 0 {
            below += self.sums.get(at).copied().unwrap_or(0);
            at &= at - 1;
        }
        self.whole - below
    }
}
