//! What is left after some fixes of a list, and in words what they break.

use crate::inventory::{counted, grouped};

/// What is left after some fixes of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AfterFix {
    /// Connected pairs of entry point and crown jewel.
    pub connected_pairs: u64,
    /// The same with stated access alone.
    pub connected_pairs_stated: u64,
    /// How many direct accesses are lost so far.
    pub lost: u64,
    /// How many of them rested on assumptions alone.
    pub lost_assumed: u64,
}

impl AfterFix {
    /// Before the first fix, with the pairs that are connected then: by all access, and by what is
    /// stated alone.
    pub fn none_yet((pairs, stated): (u64, u64)) -> Self {
        Self { connected_pairs: pairs, connected_pairs_stated: stated, ..Self::default() }
    }

    /// Whether pairs fall apart by the fix after `before`, and none of stated access.
    pub fn rests_on_assumption(self, before: Self) -> bool {
        self.connected_pairs != before.connected_pairs
            && self.connected_pairs_stated == before.connected_pairs_stated
    }
}

/// Some accesses that are lost, and how many of them rested on assumptions alone: "59 accesses lost,
/// 3 of them assumed".
pub fn lost_words(lost: u64, assumed: u64) -> String {
    let count = counted(lost as usize, "access", "accesses");
    match assumed {
        0 => format!("{count} lost"),
        all if all == lost => format!("{count} lost, on assumption only"),
        some => format!("{count} lost, {} of them assumed", grouped(some)),
    }
}
