//! What the fixes of the what-if list bring and break: worked out off the drawing thread.

use crate::analysis::{
    AfterFix, Changes, Counting, Fix, Movement, RadiusChange, Subject, WaysLeft, WhatIf,
    WhatIfBasis, changes, radii_after,
};
use crate::app::work::answers::Answers;
use crate::inventory::Progress;

/// What is asked: the fixes in force, and one of the list that is looked at alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ask {
    pub(crate) fixes: Vec<Fix>,
    pub(crate) alone: Option<Fix>,
}

/// The answer.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// All fixes in force together.
    pub(crate) all: WhatIf,
    /// After the first of them, the first two, and so on.
    pub(crate) each: Vec<AfterFix>,
    /// The one that is looked at, as if it were the only one.
    pub(crate) alone: Option<WhatIf>,
    pub(crate) changes: Changes,
    /// Which paths are left.
    pub(crate) ways: WaysLeft,
}

impl Outcome {
    pub(crate) fn of(answers: &Answers, ask: &Ask, progress: &Progress) -> Option<Self> {
        let (graph, ends) = (&answers.graph, &answers.ends);
        let movement = Movement::new(graph, Counting::All);
        let basis = WhatIfBasis::new(graph, &movement, ends, progress)?;
        let alone = match &ask.alone {
            None => None,
            Some(fix) => Some(basis.what_if(std::slice::from_ref(fix), &[])?),
        };
        let (all, each) = (basis.what_if(&ask.fixes, &[])?, basis.each(&ask.fixes)?);
        Some(Self {
            all,
            each,
            alone,
            changes: changes(graph, &ask.fixes),
            ways: WaysLeft::new(graph, &ask.fixes),
        })
    }
}

/// How far a subject reaches before the fixes and after them; `None` when cancelled.
pub(crate) fn radius_after(
    answers: &Answers,
    fixes: &[Fix],
    subject: Subject,
    progress: &Progress,
) -> Option<RadiusChange> {
    radii_after(&answers.graph, fixes, &[subject], progress)?.first().copied()
}
