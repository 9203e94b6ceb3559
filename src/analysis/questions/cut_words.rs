//! What a minimum cut says to people: its size, why no cheaper one will do, and what stated access
//! alone leaves of it.

use crate::analysis::questions::minimum_cut::{Cut, MinimumCut};
use crate::inventory::{counted, grouped};

/// Why there is no cut, of the path that shows it.
pub const UNBREAKABLE: &str = "this path uses only credentials that may never be removed";

impl MinimumCut {
    /// How many credentials it has and what they cost: "2 credentials, cost 3".
    pub fn figures(&self) -> String {
        let credentials = counted(self.credentials.len(), "credential", "credentials");
        let others = if self.others_exist { "; other sets cost as little" } else { "" };
        if self.counts_apart() {
            let [once, apart] = [self.once, self.cost].map(grouped);
            return format!(
                "{credentials}, cost {once}, or {apart} with each source by itself{others}"
            );
        }
        format!("{credentials}, cost {}{others}", grouped(self.cost))
    }

    /// Whether a credential counts more than once, for each source that is joined by its id alone.
    fn counts_apart(&self) -> bool {
        self.once < self.cost
    }

    /// Why no cheaper set will do, of the witness paths.
    pub fn proof(&self) -> String {
        let count = self.witnesses.len();
        let paths = grouped(count as u64);
        if self.counts_apart() {
            return format!(
                "With each source by itself no cheaper cut exists: {} of the proof {} {} together. Where one \
                 credential of several sources goes in all of them at once, a cheaper one may",
                counted(count, "path", "paths"),
                if count == 1 { "carries" } else { "carry" },
                grouped(self.cost)
            );
        }
        let why = match count {
            1 if self.cost == 1 => "at least one credential of this path has to go".to_owned(),
            1 => format!("every credential of this path costs at least {}", grouped(self.cost)),
            _ if self.witnesses_are_disjoint() => {
                format!("these {paths} paths share no credential, so each must be cut separately")
            }
            _ => format!(
                "these {paths} paths carry {} together, and no credential carries more than its cost",
                grouped(self.cost)
            ),
        };
        format!("No cheaper cut exists: {why}")
    }

    /// Whether each witness path costs one unit to cut and no two share a credential.
    fn witnesses_are_disjoint(&self) -> bool {
        if self.cost != self.witnesses.len() as u64 {
            return false;
        }
        let hops = self.witnesses.iter().flat_map(|witness| &witness.path.hops);
        let mut used: Vec<_> = hops.map(|hop| hop.credential).collect();
        used.sort_unstable();
        used.windows(2).all(|pair| pair.first() != pair.last())
    }
}

impl Cut {
    /// What this cut is, with stated access alone, beside the one with all access.
    pub fn stated_words(&self, all: &Self) -> String {
        let what = match self {
            Self::Unbreakable(_) => " there is no cut either".to_owned(),
            Self::Found(cut) if cut.credentials.is_empty() => " there is nothing to cut".to_owned(),
            Self::Found(_) if self == all => " it is the same".to_owned(),
            Self::Found(cut) => format!(": {}", cut.figures()),
        };
        format!("With stated access alone{what}")
    }
}
