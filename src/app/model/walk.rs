//! A step from one thing to another that it is linked to.

use crate::analysis::Subject;

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// As an attacker goes: from a service to what it holds, from a credential to what it grants.
    Along,
    /// The other way round.
    Against,
    /// To the next, or the previous one, of those to which the last step could have led.
    Next,
    Previous,
}

/// The last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Walk {
    pub(crate) from: Subject,
    pub(crate) is_along: bool,
    /// Where it led; where there is no way on, what was selected before.
    pub(crate) to: Subject,
    /// What it means: “deploy-key grants checkout in prod; 3 of 6”.
    pub(crate) words: String,
}
