//! How far something reaches by stated access alone, before and after fixes.

use crate::analysis::movement::counting::Counting;
use crate::analysis::movement::network::{Movement, MovementCredential};
use crate::analysis::movement::reach::reach_from;
use crate::analysis::movement::replacement_credentials::{Leak, Replacements, stated_of};
use crate::analysis::questions::findings::Subject;
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::Progress;

/// For each subject how many instances fall with it by stated access alone, before and after fixes: of
/// several secrets that a fix made of a credential with the one that reaches farthest. `carriers` and
/// `leaks` are what the fixes made on all access.
///
/// Costs what the size of every blast radius costs; `None` when cancelled.
pub(crate) fn stated_radii(
    graph: &AccessGraph,
    refit: &Replacements<'_>,
    (carriers, leaks): (&[MovementCredential], &[Leak]),
    subjects: &[Subject],
    progress: &Progress,
) -> Option<Vec<(u32, u32)>> {
    let before = Movement::new(graph, Counting::StatedOnly);
    // An id alone may join a credential across sources: it is one for each part then.
    let (mut stated, mut starts) = (Vec::new(), vec![0]);
    for carrier in carriers {
        stated.extend(stated_of(graph, carrier));
        starts.push(stated.len());
    }
    let after = before.replaced(refit.pieces.keys().copied(), &stated);
    let made = Numbers { first: before.credentials(), carriers: refit.first_carrier(), starts };
    let whole = |at: &CredentialIndex| vec![before.of_origin(*at).collect::<Vec<u32>>()];
    let leaked = |at: &CredentialIndex| {
        if !refit.pieces.contains_key(at) {
            return whole(at);
        }
        let of_it = leaks.iter().filter(|leak| leak.origin == *at);
        of_it.map(|leak| made.of(&leak.carriers)).collect()
    };
    let old = farthest(&before, subjects, &whole, progress)?;
    let new = farthest(&after, subjects, &leaked, progress)?;
    Some(old.into_iter().zip(new).collect())
}

/// How carriers are numbered where what is stated of each stands in its place.
struct Numbers {
    /// The first that fixes made of what is stated.
    first: usize,
    /// The first that fixes made of all access.
    carriers: usize,
    /// For each of these where what is stated of it begins, and where the last ends.
    starts: Vec<usize>,
}

impl Numbers {
    fn of(&self, carriers: &[u32]) -> Vec<u32> {
        let stated = |&at: &u32| {
            let at = (at as usize).checked_sub(self.carriers)?;
            let (from, to) = (self.starts.get(at)?, self.starts.get(at + 1)?);
            Some((self.first + from) as u32..(self.first + to) as u32)
        };
        carriers.iter().filter_map(stated).flatten().collect()
    }
}

/// How many instances fall with each subject: of several lists of credentials with the one that reaches
/// farthest.
fn farthest(
    movement: &Movement,
    subjects: &[Subject],
    lists_of: &dyn Fn(&CredentialIndex) -> Vec<Vec<u32>>,
    progress: &Progress,
) -> Option<Vec<u32>> {
    let (mut instances, mut lists, mut counts): (Vec<InstanceIndex>, Vec<Vec<u32>>, Vec<usize>) =
        Default::default();
    for subject in subjects {
        match subject {
            Subject::Instance(at) => instances.push(*at),
            Subject::Credential(at) => {
                let own = lists_of(at);
                counts.push(own.len());
                lists.extend(own);
            }
        }
    }
    let together: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
    let (of_instances, of_lists) = reach_from(movement, &instances, &together, progress)?;
    let (mut of_instances, mut of_lists) = (of_instances.into_iter(), of_lists.into_iter());
    let mut counts = counts.into_iter();
    let count = |subject: &Subject| match subject {
        Subject::Instance(_) => of_instances.next().unwrap_or(0),
        Subject::Credential(_) => {
            of_lists.by_ref().take(counts.next().unwrap_or(0)).max().unwrap_or(0)
        }
    };
    Some(subjects.iter().map(count).collect())
}
