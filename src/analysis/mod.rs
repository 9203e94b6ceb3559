//! The questions, each in its own file: pure functions from the graph to answers.
//!
//! Nothing here fails, and ties are broken by name: the same inventory under the same assumptions
//! gives the same answer everywhere.

mod blast_radius;
mod components;
mod counting;
mod difference;
mod ends;
mod findings;
mod headline;
mod reach;
mod sharing;

pub use blast_radius::{BlastRadius, Obtained, Reached, Starts, Step, blast_radius};
pub use counting::Counting;
pub use difference::{Changed, Difference, PathChange, Side, difference};
pub use ends::{Ends, ends};
pub use findings::{Finding, Rule, Severity, Subject, findings};
pub use headline::{Headline, headline};
pub use reach::{ReachOfAll, reach_of_all};
pub use sharing::{Crossing, Sharing, Totals, sharing, sharing_of_all, totals};
