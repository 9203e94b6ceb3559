//! The questions, each in its own file: pure functions from the graph to answers.
//!
//! Nothing here fails, and ties are broken by name: the same inventory under the same assumptions
//! gives the same answer everywhere.

mod blast_radius;
mod changes;
mod choke_points;
mod components;
mod counting;
mod coverage;
mod difference;
mod dominators;
mod ends;
mod exposure;
mod findings;
mod findings_after;
mod fix;
mod flow;
mod headline;
mod judgement;
mod lost;
mod matched;
mod minimum_cut;
mod movement;
mod needs;
mod overlay;
mod parting;
mod paths;
mod paths_from;
mod pieces;
mod plan;
mod reach;
mod sharing;
mod unmatched;
mod web;
mod what_if;

pub use blast_radius::{BlastRadius, Obtained, Reached, Starts, Step, blast_radius};
pub use changes::{Changes, changes, radii_after};
pub use choke_points::{ChokePoints, Precision, choke_points};
pub use counting::Counting;
pub use coverage::{Coverage, Gap, coverage};
pub use difference::{Changed, Difference, PathChange, Side, difference};
pub use ends::{Ends, ends};
pub use exposure::{Exposure, Missing, connected_pairs, exposure, missing, nothing_to_judge};
pub use findings::{Finding, Reason, Rule, Severity, Subject, Technique, findings};
pub use fix::{Fix, FixKind};
pub use headline::{EndsReached, Headline, headline};
pub use judgement::{Judgement, judge};
pub use matched::find_again;
pub use minimum_cut::{Costs, Cut, MinimumCut, Witness, minimum_cut};
pub use movement::Movement;
pub use paths::{Path, paths_between, shortest_path, shortest_paths};
pub use paths_from::{PathFrom, paths_from};
pub use plan::{Plan, PlanStep, plan};
pub use reach::{ReachOfAll, reach_of_all};
pub use sharing::{Crossing, Sharing, Totals, sharing, sharing_of_all, totals};
pub use unmatched::{PolicyName, Unmatched, near_credentials, near_instances, unmatched};
pub use what_if::{AfterFix, LostAccess, WhatIf, fixed, what_if, what_if_each};
