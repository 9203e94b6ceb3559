//! What is selected, with the figures that the inspector shows of it.

use std::ops::Range;

use crate::analysis::{BlastRadius, Counting, Starts, Subject, blast_radius};
use crate::app::model::together::Together;
use crate::app::work::answers::Answers;

/// What is selected, and how far it reaches.
#[derive(Debug)]
pub(crate) struct Selection {
    /// One, or several together, in the order in which they were selected; never none.
    pub(crate) all: Vec<Subject>,
    /// The same in order.
    sorted: Vec<Subject>,
    /// What they have together.
    pub(crate) together: Together,
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
    /// Subjects with what they reach together. Costs time in proportion to that.
    pub(crate) fn new(answers: &Answers, all: Vec<Subject>) -> Self {
        let mut starts = Starts::default();
        for subject in &all {
            match *subject {
                Subject::Credential(at) => starts.credentials.push(at),
                Subject::Instance(at) => starts.instances.push(at),
            }
        }
        let radius = blast_radius(&answers.graph, &starts, Counting::All);
        let stated = blast_radius(&answers.graph, &starts, Counting::StatedOnly);
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
        let together = Together::of(answers, &all);
        Self { sorted: sorted(&all), all, together, radius, stated, hops, obtained_stated }
    }

    /// Gives what is selected other indices, and leaves the figures as they are.
    pub(crate) fn rename(&mut self, all: Vec<Subject>) {
        self.sorted = sorted(&all);
        self.all = all;
    }

    /// Whether a subject is selected, alone or among others.
    pub(crate) fn has(&self, subject: Subject) -> bool {
        self.sorted.binary_search(&subject).is_ok()
    }

    /// What is selected, where it is one alone.
    pub(crate) fn one(&self) -> Option<Subject> {
        match self.all.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}

fn sorted(all: &[Subject]) -> Vec<Subject> {
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    sorted
}
