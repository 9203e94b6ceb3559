//! What explains a finding or a path that the newer inventory alone shows, though nothing got worse: a
//! credential that was revoked, or a source or column that is missing, so that nobody can say.

use crate::analysis::movement::step::Step;
use crate::analysis::questions::explaining::{
    ACCESS_COLUMNS, END_COLUMNS, LIFE_COLUMNS, PLACE_COLUMNS, columns_of_others, own_columns,
};
use crate::analysis::questions::findings::case::Grounds;
use crate::analysis::questions::findings::evidence;
use crate::analysis::questions::findings::finding::{Finding, Subject};
use crate::analysis::questions::findings::rule::Rule;
use crate::analysis::questions::matching::Matched;
use crate::analysis::questions::new_links::{Known, KnownLinks, links_of};
use crate::analysis::questions::observed::{ColumnKind, Lacking, Observed};
use crate::graph::{AccessGraph, CredentialIndex, EdgeIndex, Instance, InstanceIndex};
use crate::inventory::{Flag, Place, Tier};

/// Why a finding that is new, or more severe, is no sign that something got worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// Its credential lived before and is dead now.
    Revoked,
    /// What would tell is missing from the newer inventory.
    NotObserved(Vec<Lacking>),
}

/// Both graphs, and what the newer one lacks.
pub(crate) struct Compared<'a> {
    old: &'a AccessGraph,
    new: &'a AccessGraph,
    /// What the rules look at in the newer graph.
    new_grounds: &'a Grounds,
    pub(crate) observed: &'a Observed,
    /// By credential of the newer graph the one of the older that it is.
    old_of: Vec<Option<CredentialIndex>>,
    /// The same of instances.
    old_instance_of: &'a [Option<InstanceIndex>],
    /// The links of the older one.
    known_links: KnownLinks,
}

/// The rules that follow from what a credential is linked to.
const FROM_LINKS: [Rule; 3] = [Rule::CrossesEnvironments, Rule::ReusedAcrossServices, Rule::OnPath];

/// The highest tier in which anything runs.
fn top_tier(graph: &AccessGraph) -> Option<Tier> {
    graph.instance_indices().filter_map(|at| graph.environment_of(at).tier).max()
}

impl<'a> Compared<'a> {
    /// Costs time in proportion to the links of the older graph and the credentials of the newer one.
    pub(crate) fn new(
        old: &'a AccessGraph,
        (new, new_grounds): (&'a AccessGraph, &'a Grounds),
        matched: &'a Matched,
        observed: &'a Observed,
    ) -> Self {
        Self {
            old,
            new,
            new_grounds,
            observed,
            old_of: matched.old_credentials(new),
            old_instance_of: &matched.old_of,
            known_links: KnownLinks::new(old, observed),
        }
    }

    /// What explains a finding of the newer graph, that is new or, where it `was_found` in the older one
    /// too, more severe; `None` where something got worse.
    pub(crate) fn explains(&self, finding: &Finding, was_found: bool) -> Option<Explanation> {
        let twin = match finding.subject {
            Subject::Credential(at) => self.twin(at),
            Subject::Instance(_) => None,
        };
        let was_live = twin.is_some_and(|at| self.old.credential(at).is_live());
        if finding.rule == Rule::DeadYetMapped && was_live {
            return Some(Explanation::Revoked);
        }
        if self.observed.is_whole() {
            return None;
        }
        if FROM_LINKS.contains(&finding.rule) && self.has_new_link(finding.subject) {
            return None;
        }
        let mut lacking = self.life(finding.subject);
        let rows = evidence(self.new, self.new_grounds, finding);
        let rows = || rows.iter().copied();
        let own = own_columns(finding.rule);
        if !own.is_empty() {
            let counts = |kind| own.contains(&kind);
            lacking.extend(self.observed.lacking_for_new(rows(), counts));
            lacking.extend(self.observed.lacking_for(self.old_rows(twin), counts));
        }
        // Of a credential that was not there, nothing but what its own rows are silent about is explained.
        if !self.is_new(finding.subject) {
            lacking.extend(self.of_others(finding, was_found));
            let counts = |kind| PLACE_COLUMNS.contains(&kind) || ACCESS_COLUMNS.contains(&kind);
            lacking.extend(self.observed.lacking_for_new(rows(), counts));
        }
        if self.is_unsure(finding.subject) {
            lacking.extend(self.observed.all());
        }
        lacking.sort_unstable();
        lacking.dedup();
        (!lacking.is_empty()).then_some(Explanation::NotObserved(lacking))
    }

    /// What is missing of what the rule reads of other credentials and instances.
    fn of_others(&self, finding: &Finding, was_found: bool) -> Vec<Lacking> {
        let read = columns_of_others(
            finding,
            was_found,
            || self.explains_top_tier(),
            || self.led_into_top(finding.subject),
        );
        let Some(read) = read else { return Vec::new() };
        self.observed.lacking_anywhere(|kind| read.contains(&kind))
    }

    /// Whether a credential led before into the tier that is the highest now, for nothing is left above.
    fn led_into_top(&self, subject: Subject) -> bool {
        let Subject::Credential(at) = subject else { return false };
        let Some(twin) = self.twin(at).filter(|_| self.explains_top_tier()) else { return false };
        let top = top_tier(self.new);
        let tiers = |edges: &[EdgeIndex]| {
            let tier =
                |&edge: &EdgeIndex| self.old.environment_of(self.old.edge(edge).instance).tier;
            edges.iter().filter_map(tier).map(Some).collect::<Vec<_>>()
        };
        tiers(self.old.held_by(twin)).into_iter().any(|tier| tier < top)
            && tiers(self.old.grants(twin)).contains(&top)
    }

    /// Whether what is missing explains a path of the newer graph.
    pub(crate) fn explains_path(&self, hops: &[Step]) -> bool {
        let is_column = |one: &Lacking| matches!(one, Lacking::Column(..));
        let ends = self.observed.lacking_anywhere(|kind| END_COLUMNS.contains(&kind));
        let (from, to) = (hops.first().and_then(|hop| hop.from), hops.last().map(|hop| hop.to));
        if ends.iter().any(is_column) || self.explains_ends(from, to) || self.explains_top_tier() {
            return true;
        }
        let links = |hop: &Step| {
            let from = hop.from;
            let held = self.new.held_by(hop.credential).iter().copied();
            let held = held.filter(move |&edge| Some(self.new.edge(edge).instance) == from);
            held.chain([hop.edge])
        };
        if hops.iter().flat_map(links).any(|edge| self.is_new_link(edge)) {
            return false;
        }
        hops.iter().enumerate().any(|(at, hop)| {
            let rows = links(hop).flat_map(|edge| self.new.evidence(edge));
            let is_stated = self.new.states_hop(hop.from, hop.edge, at + 1 < hops.len());
            let counts = |kind| {
                PLACE_COLUMNS.contains(&kind) || !is_stated && ACCESS_COLUMNS.contains(&kind)
            };
            !self.observed.lacking_for_new(rows, counts).is_empty()
                || !self.life(Subject::Credential(hop.credential)).is_empty()
                || self.is_unsure(Subject::Credential(hop.credential))
        })
    }

    /// Whether what is missing may be what placed instances above all that are left, which makes crown
    /// jewels of others where none is flagged.
    fn explains_top_tier(&self) -> bool {
        let lacks_places =
            !self.observed.lacking_anywhere(|kind| kind == ColumnKind::Environment).is_empty();
        lacks_places && top_tier(self.new) < top_tier(self.old)
    }

    /// Whether a missing source may be what said that the ends of a path are none, or others.
    fn explains_ends(&self, from: Option<InstanceIndex>, to: Option<InstanceIndex>) -> bool {
        if self.observed.lacking_anywhere(|_| false).is_empty() {
            return false;
        }
        let flags = |graph: &AccessGraph, flag: fn(&Instance) -> Flag| {
            graph.instances().iter().any(|instance| flag(instance) == Flag::Yes)
        };
        let kinds: [fn(&Instance) -> Flag; 2] =
            [|instance| instance.entry_point, |instance| instance.crown_jewel];
        if kinds.iter().any(|&kind| flags(self.old, kind) && !flags(self.new, kind)) {
            return true;
        }
        from.into_iter().chain(to).any(|end| {
            let twin = self.old_instance_of.get(end.index()).copied().flatten();
            let Some(twin) = twin else { return false };
            let (now, then) = (self.new.instance(end), self.old.instance(twin));
            let is_same = kinds.iter().all(|kind| kind(now) == kind(then));
            let rows = self.old.rows_of_instance(twin).iter();
            let rows = rows.filter_map(|&row| self.old.place_of(row));
            !is_same && !self.observed.lacking_for(rows, |_| false).is_empty()
        })
    }

    /// Whether it is a credential that the older graph surely does not have.
    fn is_new(&self, subject: Subject) -> bool {
        let is_there = match subject {
            Subject::Credential(at) => self.twin(at).is_some(),
            Subject::Instance(_) => true,
        };
        !is_there && !self.is_unsure(subject)
    }

    /// Whether a credential has a link that the older inventory surely does not have, so that no missing column
    /// explains what follows from its links.
    fn has_new_link(&self, subject: Subject) -> bool {
        let Subject::Credential(at) = subject else { return false };
        links_of(self.new, at).any(|edge| self.is_new_link(edge))
    }

    fn is_new_link(&self, edge: EdgeIndex) -> bool {
        let known = Known { observed: self.observed, old_instance_of: self.old_instance_of };
        self.known_links.lacks(edge, (self.old, self.new), known)
    }

    /// Whether it cannot be said which credential of the older graph this one is, though that bears its id.
    fn is_unsure(&self, subject: Subject) -> bool {
        let Subject::Credential(at) = subject else { return false };
        if let Some(twin) = self.twin(at) {
            return self.observed.is_vague(twin);
        }
        let ids = self.new.aliases(at).iter();
        let mut ids = ids.map(|&id| self.new.inventory().text(id));
        ids.len() == 0 || ids.any(|id| self.old.inventory().names.find(id).is_some())
    }

    /// What is missing that would say whether a credential, or a part of it, which was dead is so still.
    fn life(&self, subject: Subject) -> Vec<Lacking> {
        let Subject::Credential(at) = subject else { return Vec::new() };
        // A part of a credential that an id joins across sources can have been dead by itself.
        let may_be_dead = |twin: &CredentialIndex| {
            !self.old.credential(*twin).is_live() || !self.old.stated_parts_of(*twin).is_empty()
        };
        let twin = self.twin(at).filter(may_be_dead);
        if !self.new.credential(at).is_live() {
            return Vec::new();
        }
        self.observed.lacking_for(self.old_rows(twin), |kind| LIFE_COLUMNS.contains(&kind))
    }

    fn twin(&self, at: CredentialIndex) -> Option<CredentialIndex> {
        self.old_of.get(at.index()).copied().flatten()
    }

    fn old_rows(&self, twin: Option<CredentialIndex>) -> impl Iterator<Item = Place> {
        let rows = twin.map(|twin| self.old.rows_of(twin)).unwrap_or_default();
        rows.iter().filter_map(|&row| self.old.place_of(row))
    }
}
