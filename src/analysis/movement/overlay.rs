//! A movement with other carriers in the place of some credentials, without laying it out anew.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::movement::network::{Grant, Movement, MovementCredential, is, mark};
use crate::graph::CredentialIndex;

/// A movement and what stands in the place of some of its credentials. Carriers are numbered after
/// the movement's own.
pub(crate) struct Overlay<'a> {
    base: &'a Movement,
    /// By origin, whether the movement's own carriers lead nowhere any more.
    gone: Vec<bool>,
    made: Vec<MovementCredential>,
    /// Whether each of those leads nowhere any more.
    made_gone: Vec<bool>,
    /// For each instance the made ones that it holds.
    held: BTreeMap<u32, Vec<u32>>,
}

/// What a replacement did, to be taken back.
pub(crate) struct Replaced {
    origin: CredentialIndex,
    was_gone: bool,
    retired: Vec<u32>,
    first: usize,
}

impl<'a> Overlay<'a> {
    /// The movement as it is.
    pub(crate) fn new(base: &'a Movement) -> Self {
        let gone = base.origin_marks(std::iter::empty());
        let (made, made_gone, held) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { base, gone, made, made_gone, held }
    }

    /// How many service instances there are.
    pub(crate) fn instances(&self) -> usize {
        self.base.instances
    }

    /// The carriers of a credential of the graph that still lead somewhere.
    pub(crate) fn of_origin(&self, origin: CredentialIndex) -> Vec<u32> {
        let own = self.base.of_origin(origin).filter(|_| !is(&self.gone, origin.0));
        own.chain(self.made_of(origin)).collect()
    }

    fn made_of(&self, origin: CredentialIndex) -> impl Iterator<Item = u32> {
        let numbered = (self.base.credentials() as u32..).zip(&self.made);
        let left = numbered.zip(&self.made_gone).filter(|(_, gone)| !**gone);
        left.filter(move |((_, made), _)| made.origin == origin).map(|((at, _), _)| at)
    }

    fn made_at(&self, at: u32) -> Option<&MovementCredential> {
        self.made.get((at as usize).checked_sub(self.base.credentials())?)
    }

    /// The credential of the graph that a carrier is, or stems from.
    pub(crate) fn origin(&self, at: u32) -> Option<CredentialIndex> {
        let made = self.made_at(at).map(|made| made.origin);
        made.or_else(|| self.base.origins.get(at as usize).copied())
    }

    /// The instances that hold a carrier.
    pub(crate) fn holders(&self, at: u32) -> &[u32] {
        self.made_at(at).map_or_else(|| self.base.holders.of(at as usize), |made| &made.holders)
    }

    /// What a carrier grants.
    pub(crate) fn grants(&self, at: u32) -> &[Grant] {
        self.made_at(at).map_or_else(|| self.base.grants.of(at as usize), |made| &made.grants)
    }

    /// The carriers that an instance holds.
    pub(crate) fn held(&self, instance: u32) -> impl Iterator<Item = u32> {
        let own = self.base.held.of(instance as usize).iter().copied();
        let own = own.filter(|&at| {
            let origin = self.base.origins.get(at as usize);
            origin.is_some_and(|origin| !is(&self.gone, origin.0))
        });
        let made = self.held.get(&instance).into_iter().flatten().copied();
        let first = self.base.credentials() as u32;
        own.chain(made.filter(move |at| !is(&self.made_gone, at - first)))
    }

    /// How many instances fall with an instance, which does not count, or with some carriers.
    pub(crate) fn reached(&self, from: Option<u32>, leaked: &[u32]) -> u32 {
        let mut entered = vec![false; self.instances()];
        let mut expanded = entered.clone();
        let mut used = BTreeSet::new();
        let mut open: Vec<u32> = from.into_iter().collect();
        for &at in &open {
            mark(&mut entered, at);
            mark(&mut expanded, at);
        }
        let (mut count, mut carriers) = (0, leaked.to_vec());
        loop {
            for at in carriers.drain(..) {
                for grant in self.grants(at) {
                    count += u32::from(mark(&mut entered, grant.instance));
                    if grant.pivots && mark(&mut expanded, grant.instance) {
                        open.push(grant.instance);
                    }
                }
            }
            let Some(instance) = open.pop() else { return count };
            carriers.extend(self.held(instance).filter(|&at| used.insert(at)));
        }
    }

    /// Puts carriers in the place of a credential and of all that was made of it.
    pub(crate) fn replace(
        &mut self,
        origin: CredentialIndex,
        carriers: &[MovementCredential],
    ) -> Replaced {
        let (first, retired) = (self.made.len(), self.made_of(origin).collect::<Vec<u32>>());
        for at in &retired {
            self.set_made_gone(*at, true);
        }
        let was_gone = is(&self.gone, origin.0);
        if let Some(gone) = self.gone.get_mut(origin.index()) {
            *gone = true;
        }
        for carrier in carriers {
            let at = (self.base.credentials() + self.made.len()) as u32;
            for &holder in &carrier.holders {
                self.held.entry(holder).or_default().push(at);
            }
            self.made.push(carrier.clone());
            self.made_gone.push(false);
        }
        Replaced { origin, was_gone, retired, first }
    }

    /// Takes the last replacement back.
    pub(crate) fn undo(&mut self, replaced: Replaced) {
        let Replaced { origin, was_gone, retired, first } = replaced;
        for carrier in self.made.drain(first..) {
            for holder in carrier.holders {
                self.held.get_mut(&holder).and_then(Vec::pop);
            }
        }
        self.made_gone.truncate(first);
        for at in retired {
            self.set_made_gone(at, false);
        }
        if let Some(gone) = self.gone.get_mut(origin.index()) {
            *gone = was_gone;
        }
    }

    fn set_made_gone(&mut self, at: u32, to: bool) {
        let made = (at as usize).checked_sub(self.base.credentials());
        if let Some(gone) = made.and_then(|at| self.made_gone.get_mut(at)) {
            *gone = to;
        }
    }
}
