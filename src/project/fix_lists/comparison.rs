//! Lists of fixes side by side: what each brings, costs and breaks.

use crate::analysis::{Answers, Costs, Counting, Fix, Movement, WhatIfBasis, graph_after};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex};
use crate::inventory::{Cost, Progress};
use crate::project::fixes::{FixStatus, Fixes};

/// A list of fixes with a name.
#[derive(Clone, Copy, Debug)]
pub struct FixList<'a> {
    /// Its name.
    pub name: &'a str,
    /// The fixes, of which those in force count.
    pub fixes: &'a Fixes,
}

/// What a list of fixes comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedFixes {
    /// Its name.
    pub name: String,
    /// How many fixes are made.
    pub fixes: usize,
    /// Fixes in force that cannot be made, and why.
    pub not_made: Vec<String>,
    /// Connected pairs that are left.
    pub connected_pairs: u64,
    /// The same with stated access alone.
    pub connected_pairs_stated: u64,
    /// Findings that are left.
    pub findings: u64,
    /// Findings that are gone.
    pub findings_gone: u64,
    /// Findings that are new.
    pub findings_new: u64,
    /// What the credentials cost together that are changed, in units.
    pub cost: u64,
    /// Credentials that are changed though they may never be removed, by name.
    pub never: Vec<CredentialIndex>,
    /// Direct accesses that are lost.
    pub accesses_lost: u64,
    /// Service instances that a live credential links to others now and none does then, by name.
    pub alone: Vec<InstanceIndex>,
}

/// Compares lists of fixes over one inventory; `None` when cancelled.
///
/// Costs a what-if and a graph for each list.
pub fn compare_fixes(
    answers: &Answers,
    lists: &[FixList<'_>],
    progress: &Progress,
) -> Option<Vec<ComparedFixes>> {
    let graph = &answers.graph;
    let movement = Movement::new(graph, Counting::All);
    let basis = WhatIfBasis::new(graph, &movement, &answers.ends, progress)?;
    let costs = Costs::new(graph);
    let compared = lists.iter().map(|list| {
        let (fixes, not_made) = fixes_in_force(graph, list.fixes);
        let after = basis.what_if(&fixes, &[])?;
        let (cost, never) = cost_of(&costs, &fixes);
        let gone = after.findings_gone.0;
        // Several parts of a credential may each have what it had.
        let new = after.findings_new.0 + after.findings_repeated;
        Some(ComparedFixes {
            name: list.name.to_owned(),
            fixes: fixes.len(),
            not_made,
            connected_pairs: after.connected_pairs.1,
            connected_pairs_stated: after.connected_pairs_stated.1,
            findings: (answers.findings.len() as u64 + new).saturating_sub(gone),
            findings_gone: gone,
            findings_new: new,
            cost,
            never,
            accesses_lost: after.lost,
            alone: alone_after(graph, &fixes),
        })
    });
    compared.collect()
}

/// The fixes in force that can be made, and why the others cannot.
pub fn fixes_in_force(graph: &AccessGraph, fixes: &Fixes) -> (Vec<Fix>, Vec<String>) {
    let (mut made, mut not_made) = (Vec::new(), Vec::new());
    for named in fixes.list().iter().filter(|named| named.on) {
        match named.found_in(graph) {
            FixStatus::Applies { fix, .. } => made.push(fix),
            status => {
                let why = status.says().unwrap_or_default();
                not_made.push(format!("{}: {why}", named.title()));
            }
        }
    }
    (made, not_made)
}

/// What fixes cost, each credential once, and which may never be removed.
fn cost_of(costs: &Costs, fixes: &[Fix]) -> (u64, Vec<CredentialIndex>) {
    let mut credentials: Vec<CredentialIndex> = fixes.iter().map(|fix| fix.credential).collect();
    credentials.sort_unstable();
    credentials.dedup();
    let (mut cost, mut never) = (0_u64, Vec::new());
    for credential in credentials {
        match costs.of(credential) {
            Cost::Units(units) => cost = cost.saturating_add(u64::from(units.get())),
            Cost::Never => never.push(credential),
        }
    }
    (cost, never)
}

fn alone_after(graph: &AccessGraph, fixes: &[Fix]) -> Vec<InstanceIndex> {
    if fixes.is_empty() {
        return Vec::new();
    }
    let after = graph_after(graph, fixes);
    let (before, then) = (linked(graph), linked(&after));
    let is_alone = |at: &InstanceIndex| {
        before.get(at.index()) == Some(&true) && then.get(at.index()) == Some(&false)
    };
    graph.instance_indices().filter(is_alone).collect()
}

/// For each instance whether a live credential links it to another one.
fn linked(graph: &AccessGraph) -> Vec<bool> {
    let mut linked = vec![false; graph.instances().len()];
    for credential in graph.credential_indices() {
        if !graph.credential(credential).is_live() {
            continue;
        }
        let instances = graph.instances_of(credential);
        if instances.len() > 1 {
            for at in instances {
                if let Some(own) = linked.get_mut(at.index()) {
                    *own = true;
                }
            }
        }
    }
    linked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::FixKind;
    use crate::graph::testing::graph;
    use crate::project::fixes::NamedFix;

    /// `a` lets web in dev into db in prod; `b` lets job in dev into db in prod by another way.
    const ROWS: &str = "a holds web@dev\na grants db@prod\nb holds job@dev\nb grants db@prod";

    #[test]
    fn lists_are_compared_by_what_they_leave_cost_and_break() {
        let graph = graph(ROWS);
        let answers = Answers::compute(graph, &Progress::default()).unwrap();
        let revoke = |id: &str| NamedFix::new(id, FixKind::Revoke);
        let one = Fixes::of(vec![revoke("a")]);
        let mut off = revoke("b");
        off.on = false;
        let both = Fixes::of(vec![revoke("a"), revoke("b"), revoke("gone")]);
        let with_off = Fixes::of(vec![revoke("a"), off]);
        let nothing = Fixes::default();
        let lists = [("as it is", &nothing), ("one", &one), ("off", &with_off), ("both", &both)];
        let lists = lists.map(|(name, fixes)| FixList { name, fixes });
        let found = compare_fixes(&answers, &lists, &Progress::default()).unwrap();
        let names = |of: &ComparedFixes| -> Vec<String> {
            of.alone.iter().map(|&at| answers.graph.instance_name(at)).collect()
        };
        let figures: Vec<_> = found
            .iter()
            .map(|of| (of.fixes, of.connected_pairs, of.cost, of.accesses_lost, names(of)))
            .collect();
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let one = (1, 1, 1, 1, owned(&["web in dev"]));
        let both = (2, 0, 2, 2, owned(&["db in prod", "job in dev", "web in dev"]));
        assert_eq!(figures, [(0, 2, 0, 0, owned(&[])), one.clone(), one, both]);
        assert_eq!(found[3].not_made, ["revoke gone: no longer in the inventory"]);
        assert_eq!(found[0].findings, answers.findings.len() as u64);
        assert!(found[3].findings < found[0].findings);
    }
}
