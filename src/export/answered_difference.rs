//! A difference with the answers of both sides: the verdict, and what cannot be judged.

use crate::analysis::{Answers, Difference, Explanation, Lacking, Unmatched, unmatched};
use crate::graph::{CredentialIndex, EdgeIndex, InstanceIndex};
use crate::inventory::{Place, SourceId, counted, shown};

/// How many sources and columns that are missing are named beside the verdict.
const NAMED_LACKING: usize = 3;

/// A difference with the answers of both sides.
#[derive(Clone, Copy, Debug)]
pub struct AnsweredDifference<'a> {
    /// The answers about the older inventory.
    pub old: &'a Answers,
    /// The answers about the newer one.
    pub new: &'a Answers,
    /// What differs.
    pub difference: &'a Difference,
}

impl AnsweredDifference<'_> {
    /// The names of the policy that neither inventory knows.
    pub fn unmatched(&self) -> Vec<Unmatched> {
        let old = unmatched(&self.old.graph);
        let in_neither = |one: &Unmatched| {
            old.iter().any(|other| (other.kind, &other.name) == (one.kind, &one.name))
        };
        unmatched(&self.new.graph).into_iter().filter(in_neither).collect()
    }

    /// What got worse, in words; `None` where nothing did.
    pub fn worse(&self) -> Option<String> {
        let Self { old, new, difference } = *self;
        let (before, after) = (&old.exposure, &new.exposure);
        if !difference.is_worse(before, after) {
            return None;
        }
        let findings = &difference.findings;
        let (new, severe) = findings.worse_counts();
        let more = difference.more_pairs(before, after);
        let parts = [
            (new, ["new finding", "new findings"]),
            (severe, ["finding more severe", "findings more severe"]),
            (more as usize, ["more connected pair", "more connected pairs"]),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts = parts.map(|(count, [one, several])| counted(count, one, several));
        Some(parts.collect::<Vec<_>>().join(", "))
    }

    /// Headline and exposure before and after, and whether anything got worse: a sentence each.
    pub fn before_and_after(&self) -> Vec<String> {
        let Self { old, new, difference: _ } = *self;
        let pair = |what: &str, before: String, after: String| {
            if before == after {
                vec![format!("{what}, before and now: {before}")]
            } else {
                vec![format!("{what}, before: {before}"), format!("{what}, now: {after}")]
            }
        };
        let mut lines = pair("Headline", old.headline.sentence(), new.headline.sentence());
        lines.extend(pair("Exposure", old.exposure.sentence(), new.exposure.sentence()));
        let unjudged = self.unjudged();
        lines.push(match self.worse() {
            Some(worse) => format!("It got worse: {worse}"),
            None if unjudged.is_some() => "Nothing got worse as far as can be judged".to_owned(),
            None => "Nothing got worse".to_owned(),
        });
        lines.extend(unjudged.map(|words| format!("Cannot be judged: {words}")));
        lines
    }

    /// What may have got worse, or may come from what is missing alone, in words; `None` where nothing does.
    fn unjudged(&self) -> Option<String> {
        let Difference { findings, opened_explained, lacking, .. } = self.difference;
        let is_unjudged =
            |at: &usize| matches!(findings.explained.get(at), Some(Explanation::NotObserved(_)));
        let new = findings.new.iter().filter(|at| is_unjudged(at)).count();
        let severe = findings.worse.iter().filter(|one| is_unjudged(&one.new)).count();
        let parts = [
            (new, ["new finding", "new findings"]),
            (severe, ["finding more severe", "findings more severe"]),
            (*opened_explained, ["newly connected pair", "newly connected pairs"]),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(count, [one, several])| counted(count, one, several)).collect();
        let old = self.old.graph.inventory();
        let first =
            lacking.iter().take(NAMED_LACKING).map(|one| shown(&one.words(old)).into_owned());
        let mut missing: Vec<String> = first.collect();
        if lacking.len() > NAMED_LACKING {
            missing.push(format!("{} more are missing", lacking.len() - NAMED_LACKING));
        }
        let parts = parts.join(", ");
        (!parts.is_empty()).then(|| format!("{parts}, because {}", missing.join("; ")))
    }

    /// Whether all of these rows of the older inventory are in sources that the newer one lacks.
    pub(super) fn is_unobserved(&self, mut rows: impl Iterator<Item = Place>) -> bool {
        let is_of = |one: &Lacking, of: SourceId| match *one {
            Lacking::Source(at) | Lacking::Rows(at, _) => at == of,
            Lacking::Column(..) => false,
        };
        let missing = |at: SourceId| self.difference.lacking.iter().any(|one| is_of(one, at));
        // Without any missing source nothing has to be looked at.
        let any = self.difference.lacking.iter().any(|one| !matches!(one, Lacking::Column(..)));
        any && rows.next().is_some_and(|row| missing(row.source))
            && rows.all(|row| missing(row.source))
    }

    /// The same of a credential, an instance and a link.
    pub(super) fn is_credential_unobserved(&self, at: CredentialIndex) -> bool {
        let graph = &self.old.graph;
        self.is_unobserved(graph.rows_of(at).iter().filter_map(|&row| graph.place_of(row)))
    }

    pub(super) fn is_instance_unobserved(&self, at: InstanceIndex) -> bool {
        let graph = &self.old.graph;
        self.is_unobserved(graph.rows_of_instance(at).iter().filter_map(|&row| graph.place_of(row)))
    }

    pub(super) fn is_link_unobserved(&self, at: EdgeIndex) -> bool {
        self.is_unobserved(self.old.graph.evidence(at))
    }
}
