//! The what-if list: fixes over an inventory that never changes, each under names.
//!
//! Indices of a graph do not outlive it. A fix therefore keeps the credential's printed id and the
//! holders' services and environments, and is found again in every newer graph; one whose
//! credential is no longer there stays in the list and says so.

use serde::{Deserialize, Serialize};

use crate::analysis::{Fix, FixKind};
use crate::graph::{AccessGraph, InstanceIndex};
use crate::project::subject_name::{CredentialName, InstanceName, Lookup};

/// A fix under names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedFix {
    /// The credential.
    pub credential: CredentialName,
    /// What is done to it.
    pub kind: FixKind,
    /// Which holders get a workload identity; empty stands for all.
    pub holders: Vec<InstanceName>,
    /// What the identities grant; `None` stands for all that the credential grants.
    pub grants: Option<Vec<InstanceName>>,
    /// Whether it is in force.
    pub on: bool,
}

/// What becomes of a named fix in a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixStatus {
    /// It can be applied.
    Applies {
        /// The fix under indices of the graph.
        fix: Fix,
        /// Holders that were chosen and do not hold the credential any more.
        missing: Vec<InstanceName>,
    },
    /// The inventory has no credential of that id.
    NoCredential,
    /// Several credentials have the id, none as its printed one.
    SeveralCredentials,
    /// The credential is dead: there is nothing to fix.
    Dead,
    /// None of the chosen holders holds the credential any more.
    NoHolder,
}

impl FixStatus {
    /// The fix, where it can be applied.
    pub fn fix(&self) -> Option<&Fix> {
        match self {
            Self::Applies { fix, .. } => Some(fix),
            Self::NoCredential | Self::SeveralCredentials | Self::Dead | Self::NoHolder => None,
        }
    }

    /// What has to be said of it, if anything.
    pub fn says(&self) -> Option<String> {
        match self {
            Self::Applies { missing, .. } if missing.is_empty() => None,
            Self::Applies { missing, .. } => {
                let names: Vec<String> = missing.iter().map(InstanceName::words).collect();
                let verb = if names.len() == 1 { "holds" } else { "hold" };
                Some(format!("{} {verb} it no longer", names.join(", ")))
            }
            Self::NoCredential => Some("no longer in the inventory".to_owned()),
            Self::SeveralCredentials => Some("several credentials have this id now".to_owned()),
            Self::Dead => Some("it is dead: there is nothing to fix".to_owned()),
            Self::NoHolder => Some("none of the chosen holders holds it any more".to_owned()),
        }
    }
}

impl NamedFix {
    /// A fix in force, of all holders.
    pub fn new(credential: &str, kind: FixKind) -> Self {
        Self {
            credential: CredentialName::Known(credential.to_owned()),
            kind,
            holders: Vec::new(),
            grants: None,
            on: true,
        }
    }

    /// A fix of a graph under its names, in force.
    pub fn of(graph: &AccessGraph, fix: &Fix) -> Self {
        let Fix { credential, kind, holders, grants } = fix;
        let names = |list: &[InstanceIndex]| {
            list.iter().map(|&at| InstanceName::of(graph, at)).collect::<Vec<_>>()
        };
        Self {
            credential: CredentialName::of(graph, *credential),
            kind: *kind,
            holders: names(holders),
            grants: grants.as_deref().map(names),
            on: true,
        }
    }

    /// The fix in words, as it is listed: "revoke deploy-key".
    pub fn title(&self) -> String {
        let Self { credential, kind, holders, grants, on: _ } = self;
        let credential = credential.as_str();
        match kind {
            FixKind::Revoke => format!("revoke {credential}"),
            FixKind::SplitByEnvironment | FixKind::SplitByService | FixKind::SplitByOwner => {
                let by = kind.word().strip_prefix("split ").unwrap_or_default();
                format!("split {credential} {by}")
            }
            FixKind::WorkloadIdentity => {
                let whom = match holders.as_slice() {
                    [] => "all holders".to_owned(),
                    [one] => one.words(),
                    several => format!("{} holders", several.len()),
                };
                let narrowed = match grants.as_deref() {
                    None => String::new(),
                    Some([one]) => format!(", reaching only {}", one.words()),
                    Some(several) => format!(", reaching only {} instances", several.len()),
                };
                format!("workload identity instead of {credential} for {whom}{narrowed}")
            }
        }
    }

    /// What becomes of it in a graph.
    pub fn found_in(&self, graph: &AccessGraph) -> FixStatus {
        let credential = match self.credential.found_in(graph) {
            Lookup::Found(credential) => credential,
            Lookup::Gone => return FixStatus::NoCredential,
            Lookup::Several => return FixStatus::SeveralCredentials,
        };
        if !graph.credential(credential).is_live() {
            return FixStatus::Dead;
        }
        let holds = |at: &InstanceIndex| {
            let held_by = graph.held_by(credential).iter();
            held_by.copied().any(|edge| graph.edge(edge).instance == *at)
        };
        let (mut holders, mut missing) = (Vec::new(), Vec::new());
        for name in &self.holders {
            match name.found_in(graph).filter(holds) {
                Some(at) => holders.push(at),
                None => missing.push(name.clone()),
            }
        }
        if holders.is_empty() && !missing.is_empty() {
            return FixStatus::NoHolder;
        }
        let grants = self
            .grants
            .as_ref()
            .map(|names| names.iter().filter_map(|name| name.found_in(graph)).collect::<Vec<_>>());
        FixStatus::Applies { fix: Fix { credential, kind: self.kind, holders, grants }, missing }
    }

    /// Whether another does the same, whether in force or not.
    pub fn is_same(&self, other: &Self) -> bool {
        let Self { credential, kind, holders, grants, on: _ } = self;
        *credential == other.credential
            && *kind == other.kind
            && *holders == other.holders
            && *grants == other.grants
    }
}

/// The list, in the order in which the fixes are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixes(Vec<NamedFix>);

impl Fixes {
    /// A list of these fixes, of which no two do the same.
    pub fn of(fixes: Vec<NamedFix>) -> Self {
        Self(fixes)
    }

    /// Gives credentials the names under which a newer inventory has them.
    pub fn rename(&mut self, newer: impl Fn(&CredentialName) -> CredentialName) {
        for fix in &mut self.0 {
            fix.credential = newer(&fix.credential);
        }
    }

    /// The fixes in order.
    pub fn list(&self) -> &[NamedFix] {
        &self.0
    }

    /// The place of a fix in the list, whether it is in force or not.
    pub fn position(&self, fix: &NamedFix) -> Option<usize> {
        self.0.iter().position(|known| known.is_same(fix))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a fix at the end; one that is there already is switched on instead. Says whether
    /// anything changed.
    pub fn add(&mut self, fix: NamedFix) -> bool {
        if let Some(known) = self.0.iter_mut().find(|known| known.is_same(&fix)) {
            return !std::mem::replace(&mut known.on, true);
        }
        self.0.push(fix);
        true
    }

    /// Switches a fix on or off. Says whether anything changed.
    pub fn switch(&mut self, at: usize, on: bool) -> bool {
        let Some(fix) = self.0.get_mut(at).filter(|fix| fix.on != on) else { return false };
        fix.on = on;
        true
    }

    /// Takes a fix out.
    pub fn remove(&mut self, at: usize) -> Option<NamedFix> {
        (at < self.0.len()).then(|| self.0.remove(at))
    }

    /// Swaps a fix with the one before it or after it. Says whether anything changed.
    pub fn shift(&mut self, at: usize, down: bool) -> bool {
        let other = if down { at.checked_add(1) } else { at.checked_sub(1) };
        let Some(other) = other.filter(|&other| at.max(other) < self.0.len()) else { return false };
        self.0.swap(at, other);
        true
    }

    /// What becomes of each in a graph, in order.
    pub fn found_in(&self, graph: &AccessGraph) -> Vec<FixStatus> {
        self.0.iter().map(|fix| fix.found_in(graph)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::graph;

    const ROWS: &str = "k holds shop@dev,pay@prod\nk grants bank@prod";

    fn fix(kind: FixKind) -> NamedFix {
        NamedFix::new("k", kind)
    }

    fn holder(service: &str, environment: &str) -> InstanceName {
        InstanceName { service: service.to_owned(), environment: environment.to_owned() }
    }

    #[test]
    fn a_fix_is_found_again_by_name_in_a_graph_whose_indices_differ() {
        let (old, new) = (graph(ROWS), graph(&format!("a holds aardvark@dev\n{ROWS}")));
        let mut made = Fix::new(old.find_credential("k").unwrap(), FixKind::WorkloadIdentity);
        made.holders = vec![old.find_instance("pay", "prod").unwrap()];
        let named = NamedFix::of(&old, &made);
        let FixStatus::Applies { fix, missing } = named.found_in(&new) else {
            panic!("it applies")
        };
        assert_eq!(new.credential_name(fix.credential), "k");
        assert_eq!(new.instance_name(fix.holders[0]), "pay in prod");
        assert_ne!(fix, made);
        assert!(missing.is_empty());
        assert_eq!(NamedFix::of(&new, &fix), named);
    }

    #[test]
    fn what_is_no_longer_there_is_said_and_stays_in_the_list() {
        let mut fixes = Fixes::default();
        fixes.add(fix(FixKind::Revoke));
        let gone = graph("other holds shop@dev");
        let standings = fixes.found_in(&gone);
        assert_eq!(standings, [FixStatus::NoCredential]);
        assert_eq!(standings[0].says().as_deref(), Some("no longer in the inventory"));
        assert_eq!(fixes.list().len(), 1);
        assert!(fixes.found_in(&graph(ROWS))[0].fix().is_some());
    }

    #[test]
    fn a_holder_that_lets_go_is_named_and_the_others_keep_their_identity() {
        let mut chosen = fix(FixKind::WorkloadIdentity);
        chosen.holders = vec![holder("pay", "prod"), holder("left", "dev")];
        let FixStatus::Applies { fix, missing } = chosen.found_in(&graph(ROWS)) else {
            panic!("it applies")
        };
        assert_eq!((fix.holders.len(), missing), (1, vec![holder("left", "dev")]));
        let said = chosen.found_in(&graph(ROWS)).says();
        assert_eq!(said.as_deref(), Some("left in dev holds it no longer"));
        chosen.holders.remove(0);
        assert_eq!(chosen.found_in(&graph(ROWS)), FixStatus::NoHolder);
    }

    #[test]
    fn the_same_fix_is_listed_once_and_switched_on_again() {
        let mut fixes = Fixes::default();
        assert!(fixes.add(fix(FixKind::Revoke)));
        assert!(!fixes.add(fix(FixKind::Revoke)));
        assert!(fixes.switch(0, false));
        assert!(!fixes.switch(0, false));
        assert!(fixes.add(fix(FixKind::Revoke)));
        assert!(fixes.list()[0].on);
        assert_eq!(fixes.list().len(), 1);
    }

    #[test]
    fn fixes_change_places_within_the_list_alone() {
        let mut fixes = Fixes::default();
        fixes.add(fix(FixKind::Revoke));
        fixes.add(fix(FixKind::SplitByOwner));
        assert!(!fixes.shift(0, false));
        assert!(!fixes.shift(1, true));
        assert!(!fixes.shift(7, false));
        assert!(fixes.shift(1, false));
        assert_eq!(fixes.list()[0].kind, FixKind::SplitByOwner);
        assert_eq!(fixes.remove(1).map(|fix| fix.kind), Some(FixKind::Revoke));
        assert_eq!(fixes.remove(1), None);
    }

    #[test]
    fn titles_read_as_sentences_do() {
        assert_eq!(fix(FixKind::Revoke).title(), "revoke k");
        assert_eq!(fix(FixKind::SplitByOwner).title(), "split k by owner");
        let mut identity = fix(FixKind::WorkloadIdentity);
        assert_eq!(identity.title(), "workload identity instead of k for all holders");
        identity.holders = vec![holder("pay", "prod")];
        assert_eq!(identity.title(), "workload identity instead of k for pay in prod");
    }
}
