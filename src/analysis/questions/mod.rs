//! One question, one file: pure functions from the graph to answers.

pub(crate) mod sharing;
pub(crate) mod blast_radius;
pub(crate) mod rotation;
pub(crate) mod exposure;
pub(crate) mod path;
pub(crate) mod reached_by;
pub(crate) mod pair_search;
pub(crate) mod paths;
pub(crate) mod paths_from;
pub(crate) mod choke_points;
pub(crate) mod minimum_cut;
pub(crate) mod cut_words;
pub(crate) mod lost;
pub(crate) mod findings;
pub(crate) mod owners;
pub(crate) mod findings_after;
pub(crate) mod graph_after;
pub(crate) mod what_if;
pub(crate) mod changes;
pub(crate) mod plan;
pub(crate) mod coverage;
pub(crate) mod assessment;
pub(crate) mod headline;
pub(crate) mod matching;
pub(crate) mod difference;
pub(crate) mod unmatched;
