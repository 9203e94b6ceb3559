//! The difference between two inventories as a document.

use super::basis::{assumed_words, basis_with};
use crate::export::answered_difference::AnsweredDifference;
use crate::export::difference::{
    BY_COUNT_ALONE, DifferenceEntry, DifferenceSection, difference_sections,
};
use crate::export::document::{Document, Item};

/// How many of each sort are listed, unless all are asked for.
const MOST: usize = 20;

/// Headline and exposure before and after, and everything that differs, sort by sort: of each the first
/// 20, or all.
pub fn difference_document(answered: &AnsweredDifference<'_>, full: bool) -> Document {
    let most = if full { usize::MAX } else { MOST };
    let mut document = Document::default();
    for line in answered.before_and_after() {
        document.sentence(line);
    }
    document.sentence("");
    let before = assumed_words(&answered.old.graph);
    if before != assumed_words(&answered.new.graph) {
        document.sentence(format!("Assumed of the older inventory: {before}"));
    }
    basis_with(&answered.new.graph, &answered.unmatched(), &mut document);
    for section in difference_sections(answered, most) {
        document.heading(section.heading());
        let DifferenceSection { what: _, total, entries } = section;
        let item = |entry: DifferenceEntry| {
            Item::with(entry.text, entry.details.into_iter().map(Item::from).collect())
        };
        document.first_of(total, entries.into_iter().map(item));
    }
    if answered.difference.by_count_alone {
        document.heading(BY_COUNT_ALONE);
    }
    document
}
