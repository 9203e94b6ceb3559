//! Many short lists in two flat arrays: one allocation instead of one for each node.
#![expect(
    clippy::indexing_slicing,
    reason = "every key is below the number of groups that the arrays were made for"
)]

/// One list for each group, one after another.
#[derive(Clone, Debug)]
pub(crate) struct Grouped<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// Sorts pairs of (group, item) into lists; within a list the order of the pairs stays.
    ///
    /// The pairs are gone through twice. Every group must be below `groups`.
    pub(crate) fn new<I>(groups: usize, pairs: I) -> Self
    where
        I: Iterator<Item = (u32, T)> + Clone,
    {
        let mut starts = vec![0u32; groups + 1];
        let mut blank = None;
        for (group, item) in pairs.clone() {
            starts[group as usize + 1] += 1;
            blank = Some(item);
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let Some(blank) = blank else { return Self { starts, items: Vec::new() } };
        let mut items = vec![blank; starts[groups] as usize];
        let mut next = starts.clone();
        for (group, item) in pairs {
            let slot = &mut next[group as usize];
            items[*slot as usize] = item;
            *slot += 1;
        }
        Self { starts, items }
    }

    /// Takes lists that are already one after another; `starts` has one entry more than groups.
    pub(crate) fn from_parts(starts: Vec<u32>, items: Vec<T>) -> Self {
        Self { starts, items }
    }

    /// Sorts every list.
    pub(crate) fn sort_each(&mut self)
    where
        T: Ord,
    {
        for bounds in self.starts.windows(2) {
            self.items[bounds[0] as usize..bounds[1] as usize].sort_unstable();
        }
    }

    /// Drops items that repeat the one before them in their list.
    pub(crate) fn dedup_each(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_each_by(T::eq);
    }

    /// Drops items that are the same as the one before them in their list.
    pub(crate) fn dedup_each_by(&mut self, same: impl Fn(&T, &T) -> bool) {
        let mut kept = 0usize;
        for group in 0..self.starts.len().saturating_sub(1) {
            let (start, end) = (self.starts[group] as usize, self.starts[group + 1] as usize);
            let first = kept;
            self.starts[group] = first as u32;
            for at in start..end {
                if kept == first || !same(&self.items[kept - 1], &self.items[at]) {
                    self.items[kept] = self.items[at];
                    kept += 1;
                }
            }
        }
        if let Some(last) = self.starts.last_mut() {
            *last = kept as u32;
        }
        self.items.truncate(kept);
        self.items.shrink_to_fit();
    }

    /// Adds a group.
    pub(crate) fn push(&mut self, list: &[T]) {
        if self.starts.is_empty() {
            self.starts.push(0);
        }
        self.items.extend_from_slice(list);
        self.starts.push(self.items.len() as u32);
    }

    /// Puts another item in the place of each.
    pub(crate) fn map_each(&mut self, to: impl Fn(T) -> T) {
        for item in &mut self.items {
            *item = to(*item);
        }
    }

    /// How many groups there are.
    pub(crate) fn groups(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The list of a group; empty for a group that does not exist.
    pub(crate) fn of(&self, group: usize) -> &[T] {
        let (Some(&start), Some(&end)) = (self.starts.get(group), self.starts.get(group + 1))
        else {
            return &[];
        };
        self.items.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_the_order_of_their_pairs() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let grouped = Grouped::new(3, pairs.iter().copied());
        assert_eq!(grouped.of(0), ['b']);
        assert!(grouped.of(1).is_empty());
        assert_eq!(grouped.of(2), ['a', 'c']);
        assert!(grouped.of(3).is_empty());
    }
}
