//! A blast radius hop by hop: how many more fall, and which credentials open them.

use crate::analysis::questions::blast_radius::BlastRadius;
use crate::graph::{AccessGraph, CredentialIndex};
use crate::inventory::{counted, grouped, shown};

/// Up to this many credentials of a hop are named; more would not be read in a moment.
const MOST_NAMED: usize = 2;

/// What falls at one number of hops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HopFall {
    /// The number of hops, from 1.
    pub hop: u32,
    /// The credentials by which the instances were entered first, by name.
    pub through: Vec<CredentialIndex>,
    /// How many instances fall at this hop.
    pub more: usize,
    /// How many have fallen with it and the hops before.
    pub so_far: usize,
}

/// The hops of a blast radius in order; none where nothing is reached. Costs a sort of what is reached.
pub fn hop_by_hop(radius: &BlastRadius) -> Vec<HopFall> {
    let mut so_far = 0;
    let hops = radius.reached.chunk_by(|one, next| one.hops == next.hops);
    let falls = hops.filter_map(|group| {
        let hop = group.first()?.hops;
        let mut through: Vec<CredentialIndex> = group.iter().map(|reached| reached.via).collect();
        through.sort_unstable();
        through.dedup();
        so_far += group.len();
        Some(HopFall { hop, through, more: group.len(), so_far })
    });
    falls.collect()
}

impl HopFall {
    /// As it is said: "hop 2 through deploy-key: 9 more, 14 of 32", of all instances of the graph.
    pub fn words(&self, graph: &AccessGraph) -> String {
        let Self { hop, through, more, so_far } = self;
        let through = match through.as_slice() {
            several if several.len() > MOST_NAMED => {
                counted(several.len(), "credential", "credentials")
            }
            few => {
                let names = few.iter().map(|&at| shown(graph.credential_name(at)).into_owned());
                names.collect::<Vec<_>>().join(" and ")
            }
        };
        let figure = |count: usize| grouped(count as u64);
        let whole = figure(graph.instances().len());
        format!(
            "hop {hop} through {through}: {} more, {} of {whole}",
            figure(*more),
            figure(*so_far)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Counting, Starts, blast_radius};
    use crate::graph::testing::graph;

    #[test]
    fn each_hop_is_counted_with_those_before_and_names_what_opens_it() {
        // k opens two; l and m, held there, open one each; what they hold opens nothing new.
        let graph = graph(
            "k holds shop@dev\nk grants pay@prod\nk grants bank@prod\nl holds pay@prod\n\
             l grants db@prod\nm holds bank@prod\nm grants bus@prod\nn holds bus@prod\n\
             n grants pay@prod\nx holds lone@dev",
        );
        let k = graph.find_credential("k").unwrap();
        let starts = Starts { credentials: vec![k], ..Starts::default() };
        let falls = hop_by_hop(&blast_radius(&graph, &starts, Counting::All));
        let words: Vec<String> = falls.iter().map(|fall| fall.words(&graph)).collect();
        let wanted = ["hop 1 through k: 2 more, 2 of 6", "hop 2 through l and m: 2 more, 4 of 6"];
        assert_eq!(words, wanted);
        let lone = graph.find_credential("x").unwrap();
        let starts = Starts { credentials: vec![lone], ..Starts::default() };
        assert!(hop_by_hop(&blast_radius(&graph, &starts, Counting::All)).is_empty());
    }

    #[test]
    fn many_credentials_of_a_hop_are_counted() {
        let graph = graph(
            "a holds shop@dev\nb holds shop@dev\nc holds shop@dev\na grants one@prod\n\
             b grants two@prod\nc grants three@prod",
        );
        let starts = Starts {
            instances: vec![graph.find_instance("shop", "dev").unwrap()],
            ..Starts::default()
        };
        let falls = hop_by_hop(&blast_radius(&graph, &starts, Counting::All));
        assert_eq!(falls.len(), 1);
        assert_eq!(falls[0].words(&graph), "hop 1 through 3 credentials: 3 more, 3 of 4");
    }
}
