//! What is disputed of what the answers that are shown assume: derived from these and from workshops.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::analysis::Disputed;
use crate::app::work::answers::Answers;
use crate::graph::EdgeIndex;
use crate::inventory::{AssumptionKind, shown};
use crate::project::Workshop;

/// What is disputed of what the answers that are shown assume.
#[derive(Clone, Debug, Default)]
pub(crate) struct DisputesInSight {
    /// For which workshop and answers it was worked out.
    source: Option<(Arc<Workshop>, Arc<Answers>)>,
    kinds: Vec<AssumptionKind>,
    /// The disputed links, with who disputes them.
    links: BTreeMap<EdgeIndex, Vec<String>>,
}

impl DisputesInSight {
    /// Of a workshop and answers. Costs a look-up for each disputed link.
    pub(crate) fn of(workshop: Arc<Workshop>, answers: Arc<Answers>) -> Self {
        let (kinds, links) = (workshop.disputed_kinds(), workshop.disputed_links(&answers.graph));
        Self { source: Some((workshop, answers)), kinds, links }
    }

    /// Whether it was worked out for these.
    pub(crate) fn is_of(&self, workshop: &Arc<Workshop>, answers: &Arc<Answers>) -> bool {
        let source = self.source.as_ref();
        source.is_some_and(|(own, of)| Arc::ptr_eq(own, workshop) && Arc::ptr_eq(of, answers))
    }

    /// Whether nothing is disputed.
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty() && self.links.is_empty()
    }

    /// Whether pictures say the same by both.
    pub(crate) fn says_the_same(&self, other: &Self) -> bool {
        (&self.kinds, &self.links) == (&other.kinds, &other.links)
    }

    /// What of it pictures say.
    pub(crate) fn disputed(&self) -> Disputed<'_> {
        Disputed { kinds: &self.kinds, links: self.links.len() }
    }

    /// The words for a disputed link, to stand after `assumed`; nothing where nobody disputes it.
    pub(crate) fn link_words(&self, edge: EdgeIndex) -> String {
        let said = self.links.get(&edge);
        said.map_or_else(String::new, |said| format!(", {}", shown(&said.join("; "))))
    }
}
