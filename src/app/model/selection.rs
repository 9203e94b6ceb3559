//! What is selected, with the figures that the inspector shows of it.

use std::ops::Range;

use crate::analysis::{BlastRadius, Subject};

/// What is selected, and how far it reaches.
#[derive(Debug)]
pub(crate) struct Selection {
    pub(crate) subject: Subject,
    pub(crate) radius: BlastRadius,
    /// The same by stated access alone.
    pub(crate) stated: BlastRadius,
    /// Counted once, for the inspector is drawn in every frame.
    pub(crate) hops: Vec<HopFigures>,
    /// How many of the credentials obtained stated access gives too.
    pub(crate) obtained_stated: usize,
}

/// What falls at one number of hops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HopFigures {
    pub(crate) hop: u32,
    /// Its part of what is reached.
    pub(crate) reached: Range<usize>,
    /// How many of them stated access reaches too.
    pub(crate) stated: usize,
}

impl Selection {
    /// A subject with what it reaches. Costs time in proportion to that.
    pub(crate) fn new(subject: Subject, radius: BlastRadius, stated: BlastRadius) -> Self {
        let mut start = 0;
        let figures = |(hop, count): (u32, usize)| {
            let reached = start..start + count;
            start = reached.end;
            let group = radius.reached.get(reached.clone()).unwrap_or_default();
            let by_stated = group.iter().filter(|one| stated.reaches(one.instance)).count();
            HopFigures { hop, reached, stated: by_stated }
        };
        let hops = radius.hops_summary().into_iter().map(figures).collect();
        let obtained = radius.obtained.iter();
        let obtained_stated = obtained.filter(|one| stated.obtains(one.credential)).count();
        Self { subject, radius, stated, hops, obtained_stated }
    }
}
