//! Which findings a form lists that has no room for all of them.

use super::verdict::Verdict;

/// The findings that are listed, and what is not.
pub(super) struct Listed {
    /// What fails first, then what is new or more severe; of equals the worst first. As places in the
    /// findings.
    pub(super) places: Vec<usize>,
    /// How many are left out.
    pub(super) left_out: usize,
    /// How many of those fail.
    pub(super) failing_left_out: usize,
}

impl Listed {
    /// The findings of a verdict, at most `most` of them.
    pub(super) fn of(verdict: &Verdict<'_>, most: usize) -> Self {
        let mut places: Vec<usize> = (0..verdict.answers.findings.len()).collect();
        places.sort_by_key(|&at| (!verdict.fails(at), !verdict.state(at).counts()));
        let left_out = places.len().saturating_sub(most);
        let failing_left_out = verdict.failing.len().saturating_sub(most);
        places.truncate(most);
        Self { places, left_out, failing_left_out }
    }

    /// What is left out, in words; nothing where all are listed.
    pub(super) fn words(&self) -> Option<String> {
        let fail = match self.failing_left_out {
            0 => "none of which fails".to_owned(),
            1 => "1 of which fails".to_owned(),
            several => format!("{several} of which fail"),
        };
        match self.left_out {
            0 => None,
            1 => Some(format!("1 finding left out, {fail}")),
            several => Some(format!("{several} findings left out, {fail}")),
        }
    }
}
