//! Credentials between regions, put together by the regions that they join.

use std::collections::{BTreeMap, BTreeSet};

use super::map::Map;
use super::sections::{Section, Sections};
use crate::analysis::Subject;
use crate::inventory::grouped;
use crate::layout::{LayoutRegion, SectionShape};

/// This many combinations have boxes of their own in each gap of the map, the largest; the others lie in one
/// together: each box has room for a body and two lines of name in a pane of 300 points' height.
const MOST_BOXES: usize = 4;

/// Of at most this many others each has a name within their box.
const MOST_WITHIN: usize = 40;

/// Credentials that join the same regions.
pub(super) struct Combination {
    /// Between which columns of regions they stand.
    pub(super) gap: u32,
    /// The names of the regions: “dev, ci and prod”.
    pub(super) name: String,
    /// Them.
    pub(super) marks: Vec<u32>,
}

/// The credentials between regions by the regions that they join, those of each gap together, the largest
/// combination first. `place` says of a mark in which gap it stands and which regions it joins, as places in
/// `names`. Costs time in proportion to the links, sorted.
pub(super) fn combinations(
    map: &Map,
    place: impl Fn(u32) -> (u32, Vec<u32>),
    names: &[&str],
) -> Vec<Combination> {
    let mut groups: BTreeMap<(u32, Vec<u32>), Vec<u32>> = BTreeMap::new();
    for (mark, own) in (0_u32..).zip(&map.marks) {
        if own.region.is_none() && matches!(own.subject, Subject::Credential(_)) {
            groups.entry(place(mark)).or_default().push(mark);
        }
    }
    let mut combinations: Vec<Combination> = groups
        .into_iter()
        .map(|((gap, joined), marks)| Combination { gap, name: words(&joined, names), marks })
        .collect();
    combinations.sort_by_key(|own| (own.gap, std::cmp::Reverse(own.marks.len())));
    combinations
}

/// How many of the combinations of one gap have boxes of their own, where that many are wished: one for the others
/// is not worth it where it would be one combination alone.
pub(super) fn with_own_boxes(of_gap: usize, most: usize) -> usize {
    if of_gap > most + 1 { most } else { of_gap }
}

/// What those are called that have no box of their own.
pub(super) fn others_words(count: usize) -> String {
    format!("and {} more combinations", grouped(count as u64))
}

/// “dev, ci and prod”.
fn words(joined: &[u32], names: &[&str]) -> String {
    let names: Vec<&str> =
        joined.iter().filter_map(|&at| names.get(at as usize).copied()).collect();
    match names.as_slice() {
        [] => "joins nothing".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The regions of a map from left to right, in one column by name.
struct Ranks<'a> {
    /// By region.
    of_region: Vec<u32>,
    names: Vec<&'a str>,
    /// Which column each has, of those in which something lies, by rank.
    columns: Vec<u32>,
}

impl<'a> Ranks<'a> {
    fn new(map: &'a Map, regions: &[LayoutRegion]) -> Self {
        let column = |at: &usize| regions.get(*at).map_or(0, |own| own.column);
        let name = |at: &usize| map.regions.get(*at).map_or("", |own| own.name.as_str());
        let used: BTreeSet<usize> =
            map.marks.iter().filter_map(|own| own.region.map(usize::from)).collect();
        let mut order: Vec<usize> = used.into_iter().collect();
        order.sort_by_key(|at| (column(at), name(at)));
        let mut of_region = vec![0; map.regions.len()];
        for (rank, &region) in (0_u32..).zip(&order) {
            if let Some(slot) = of_region.get_mut(region) {
                *slot = rank;
            }
        }
        let mut columns = Vec::new();
        for group in order.chunk_by(|a, b| column(a) == column(b)) {
            let own = columns.last().map_or(0, |last| last + 1);
            columns.extend(group.iter().map(|_| own));
        }
        Self { of_region, names: order.iter().map(name).collect(), columns }
    }

    /// In which gap a credential stands, and the ranks of what it joins: the gap is the one nearest to the middle
    /// of their columns.
    fn place(&self, map: &Map, credential: u32) -> (u32, Vec<u32>) {
        let links = map.links_of(credential).iter().filter_map(|&at| map.links.get(at as usize));
        let region = |instance: u32| map.marks.get(instance as usize)?.region;
        let joined: BTreeSet<u32> = links
            .filter_map(|link| region(link.instance))
            .filter_map(|own| self.of_region.get(usize::from(own)).copied())
            .collect();
        let columns = joined.iter().filter_map(|&rank| self.columns.get(rank as usize));
        let sum: u32 = columns.sum();
        let middle = sum.checked_div(joined.len() as u32).unwrap_or(u32::MAX);
        let last = self.columns.last().map_or(0, |last| last.saturating_sub(1));
        (middle.min(last), joined.into_iter().collect())
    }
}

/// Adds sections for the credentials between the regions of a map to those of the regions. Costs time in
/// proportion to the links, sorted.
pub(super) fn add_gap_sections(sections: &mut Sections, map: &Map, regions: &[LayoutRegion]) {
    let ranks = Ranks::new(map, regions);
    let all = combinations(map, |mark| ranks.place(map, mark), &ranks.names);
    sections.of_mark.resize(map.marks.len(), None);
    for of_gap in all.chunk_by(|a, b| a.gap == b.gap) {
        let (largest, others) = of_gap.split_at(with_own_boxes(of_gap.len(), MOST_BOXES));
        for own in largest {
            push(sections, own, None);
        }
        let Some(first) = others.first() else { continue };
        let marks = others.iter().flat_map(|own| own.marks.iter().copied()).collect();
        let (name, gap) = (others_words(others.len()), first.gap);
        let outer = push(sections, &Combination { gap, name, marks }, None);
        if others.len() > MOST_WITHIN {
            continue;
        }
        if let Some(own) = sections.all.get_mut(outer as usize) {
            own.folded = others.len();
        }
        for own in others {
            push(sections, own, Some(outer));
        }
    }
}

/// Adds a section with its marks, and returns its number.
fn push(sections: &mut Sections, own: &Combination, within: Option<u32>) -> u32 {
    let number = sections.all.len() as u32;
    sections.all.push(Section {
        name: own.name.clone(),
        region: None,
        gap: own.gap,
        within,
        folded: 0,
        instances: own.marks.len(),
        shape: SectionShape::default(),
    });
    for &mark in &own.marks {
        if let Some(slot) = sections.of_mark.get_mut(mark as usize) {
            *slot = Some(number);
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn what_is_joined_is_named_as_people_say_it() {
        let names = ["dev", "ci", "prod"];
        assert_eq!(words(&[0, 1, 2], &names), "dev, ci and prod");
        assert_eq!(words(&[0, 2], &names), "dev and prod");
        assert_eq!(words(&[1], &names), "ci");
        assert_eq!(words(&[], &names), "joins nothing");
    }
}
