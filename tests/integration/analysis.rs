//! The answers against brute force on random inventories, and by hand on small ones.

#[path = "analysis/across_sources.rs"]
mod across_sources;
#[path = "analysis/brute_force.rs"]
mod brute_force;
#[path = "analysis/between_ends.rs"]
mod between_ends;
#[path = "analysis/by_hand.rs"]
mod by_hand;
#[path = "analysis/cut_members.rs"]
mod cut_members;
#[path = "analysis/degenerate.rs"]
mod degenerate;
#[path = "analysis/end_points.rs"]
mod end_points;
#[path = "analysis/invariants.rs"]
mod invariants;
#[path = "analysis/leaked.rs"]
mod leaked;
#[path = "analysis/on_path.rs"]
mod on_path;
#[path = "analysis/environment_pairs.rs"]
mod environment_pairs;
#[path = "analysis/owner_pairs.rs"]
mod owner_pairs;
#[path = "analysis/owners.rs"]
mod owners;
#[path = "analysis/plans.rs"]
mod plans;
#[path = "analysis/reached_by.rs"]
mod reached_by;
#[path = "analysis/rotation.rs"]
mod rotation;
#[path = "analysis/rules.rs"]
mod rules;
#[path = "analysis/severities.rs"]
mod severities;
#[path = "analysis/silence.rs"]
mod silence;
#[path = "analysis/what_if.rs"]
mod what_if;
