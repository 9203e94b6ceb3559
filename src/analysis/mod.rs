//! The questions and their answers: pure functions from the graph to values.
//!
//! Nothing here fails, and ties are broken by name: the same inventory under the same assumptions
//! gives the same answer everywhere. The folders stand in one order; each uses only those before it:
//!
//! - `algorithms`: components, dominators and flow on flat arrays; no word of credentials.
//! - `movement`: the network that an attacker walks, and what fixes make of it.
//! - `questions`: one question, one file.
//! - `answers`: everything that report, text, window and files show, computed once.

mod algorithms;
mod movement;
mod questions;
mod answers;

pub use crate::analysis::answers::Answers;
pub use crate::analysis::movement::counting::Counting;
pub use crate::analysis::movement::ends::{Ends, ends};
pub use crate::analysis::movement::fix::Fix;
pub use crate::analysis::movement::fix::FixKind;
pub use crate::analysis::movement::movements::Movements;
pub use crate::analysis::movement::network::Movement;
pub use crate::analysis::movement::reach::{ReachOfAll, reach_of_all};
pub use crate::analysis::movement::step::Step;
pub use crate::analysis::questions::after_fix::{AfterFix, lost_words};
pub use crate::analysis::questions::assessment::{Assessment, Question, assess, assess_only};
pub use crate::analysis::questions::assumed_by::{
    AssumedBy, environments_from_names, labels_from_names,
};
pub use crate::analysis::questions::assumed_words::{Disputed, assumed_words};
pub use crate::analysis::questions::blast_radius::{
    BlastRadius, Obtained, Reached, Starts, blast_radius,
};
pub use crate::analysis::questions::changed_findings::changed_findings;
pub use crate::analysis::questions::changes::{Changes, WaysLeft, changes, radii_after};
pub use crate::analysis::questions::choke_points::{ChokePoints, Precision, choke_points};
pub use crate::analysis::questions::coverage::{
    Coverage, Gap, Silence, UnreadFact, coverage, unread_facts,
};
pub use crate::analysis::questions::cut_words::UNBREAKABLE;
pub use crate::analysis::questions::dead_by_id::{dead_by_id_alone, dead_by_id_words};
pub use crate::analysis::questions::difference::{
    Difference, EndsChanged, PathChange, Side, difference,
};
pub use crate::analysis::questions::environment_pairs::{
    EnvironmentPairs, LeadingAcross, environment_pairs,
};
pub use crate::analysis::questions::explained::Explanation;
pub use crate::analysis::questions::explaining::{
    ACCESS_COLUMNS, END_COLUMNS, LIFE_COLUMNS, PLACE_COLUMNS, columns_of_others, own_columns,
};
pub use crate::analysis::questions::exposure::{
    Exposure, Missing, connected_pairs, exposure, missing, missing_ends_advice,
};
pub use crate::analysis::questions::finding_changes::{
    FindingChanges, UnobservedFinding, WorseFinding,
};
pub use crate::analysis::questions::findings::finding::{Finding, FindingDetails, Subject};
pub use crate::analysis::questions::findings::findings;
pub use crate::analysis::questions::findings::rule::{Reason, Rule, Severity, Technique};
pub(crate) use crate::analysis::questions::findings::{judged_parts, judged_words};
pub use crate::analysis::questions::graph_after::graph_after;
pub use crate::analysis::questions::headline::headline;
pub use crate::analysis::questions::headline::{Headline, LeftTo, NothingSaid};
pub use crate::analysis::questions::headline_ends::EndsReached;
pub use crate::analysis::questions::hop_by_hop::{HopFall, hop_by_hop};
pub use crate::analysis::questions::inventory_changes::Changed;
pub use crate::analysis::questions::matching::same_credentials;
pub use crate::analysis::questions::minimum_cut::{Costs, Cut, MinimumCut, Witness, minimum_cut};
pub use crate::analysis::questions::named::{KIND_WORDS, named_instance, named_subject};
pub use crate::analysis::questions::observed::{ColumnKind, Lacking};
pub use crate::analysis::questions::owner_pairs::{OwnerPairs, owner_pairs};
pub use crate::analysis::questions::owners::{
    LiveAndDead, NO_OWNER, OwnerFigures, Owners, is_alone, owner_label, owners,
};
pub use crate::analysis::questions::pairs_needing::{PairsNeeding, pairs_needing};
pub use crate::analysis::questions::path::{Path, stated_hops};
pub use crate::analysis::questions::paths::{
    LISTED_PATHS, paths_between, shortest_path, shortest_paths,
};
pub use crate::analysis::questions::paths_from::{PathFrom, paths_from};
pub use crate::analysis::questions::plan::marked::marked_words;
pub use crate::analysis::questions::plan::question::PlanQuestion;
pub use crate::analysis::questions::plan::steps::{Plan, PlanStep};
pub use crate::analysis::questions::plan::{PLAN_BUDGET, plan, plan_further};
pub use crate::analysis::questions::reached_by::{
    HopBackwards, LastCredential, ReachedBy, ReachedByOfAll, ReachedFrom, reached_by,
    reached_by_of_all, reached_from,
};
pub use crate::analysis::questions::rotation::{Rotation, RotationGroup, ToClean, Wave, rotation};
pub use crate::analysis::questions::sharing::{
    Crossing, Sharing, Totals, sharing, sharing_of_all, totals,
};
pub use crate::analysis::questions::unmatched::{
    PolicyName, Unmatched, near_instances, no_such_subject, unmatched,
};
pub use crate::analysis::questions::what_if::{
    LostAccess, RadiusChange, WhatIf, WhatIfBasis, fixed, fixed_stated, what_if, what_if_each,
};
