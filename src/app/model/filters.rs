//! Which credentials and services are in sight.

use std::collections::BTreeSet;

use crate::analysis::{Crossing, Ends, Severity, Sharing, Subject};
use crate::app::model::by_hand::ByHand;
use crate::app::model::found_again::FoundAgain;
use crate::app::model::query::wanted::Wanted;
use crate::app::work::answers::Answers;
use crate::graph::{CredentialIndex, EnvironmentIndex, InstanceIndex, OwnerIndex};
use crate::inventory::NameId;

/// One value that can be shown or hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facet {
    /// Hides an environment.
    Environment(EnvironmentIndex),
    /// Shows only these types of credentials.
    Kind(NameId),
    /// Shows only what these own.
    Owner(OwnerIndex),
    /// Shows only what has a finding of this severity, and of the findings those.
    Severity(Severity),
    /// Shows only these instances, and the credentials that are linked to one.
    End(EndKind),
    /// Shows only shared credentials.
    Shared,
    /// Shows only credentials that cross environments.
    Crossing,
    /// Shows only what the headline counts: credentials, and the services they join, or entry points,
    /// and the credentials that are linked to them.
    Headline,
    /// Hides credentials that are not shared.
    Unshared,
    /// Shows what the other filters hide, and nothing else.
    Hidden,
}

/// What an instance can be between which paths are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum EndKind {
    EntryPoint,
    CrownJewel,
    AlreadyFallen,
}

impl EndKind {
    pub(crate) const ALL: [Self; 3] = [Self::EntryPoint, Self::CrownJewel, Self::AlreadyFallen];

    /// The instances that are so, by name.
    pub(crate) fn members(self, ends: &Ends) -> &[InstanceIndex] {
        match self {
            Self::EntryPoint => &ends.entry_points,
            Self::CrownJewel => &ends.crown_jewels,
            Self::AlreadyFallen => &ends.already_fallen,
        }
    }

    /// What several are called.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::EntryPoint => "entry points",
            Self::CrownJewel => "crown jewels",
            Self::AlreadyFallen => "already fallen",
        }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each is a filter of its own on screen")]
/// The filters that are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    hidden_environments: BTreeSet<EnvironmentIndex>,
    kinds: BTreeSet<NameId>,
    owners: BTreeSet<OwnerIndex>,
    severities: BTreeSet<Severity>,
    ends: BTreeSet<EndKind>,
    shared_only: bool,
    crossing_only: bool,
    headline_only: bool,
    unshared_hidden: bool,
    inverted: bool,
    by_hand: ByHand,
    /// A search text; what it does not find is hidden.
    search: String,
}

impl Filters {
    /// Whether anything is hidden at all.
    pub(crate) fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a facet is switched on.
    pub(crate) fn has(&self, facet: Facet) -> bool {
        match facet {
            Facet::Environment(at) => self.hidden_environments.contains(&at),
            Facet::Kind(kind) => self.kinds.contains(&kind),
            Facet::Owner(owner) => self.owners.contains(&owner),
            Facet::Severity(severity) => self.severities.contains(&severity),
            Facet::End(kind) => self.ends.contains(&kind),
            Facet::Shared => self.shared_only,
            Facet::Crossing => self.crossing_only,
            Facet::Headline => self.headline_only,
            Facet::Unshared => self.unshared_hidden,
            Facet::Hidden => self.inverted,
        }
    }

    pub(crate) fn set(&mut self, facet: Facet, on: bool) {
        match facet {
            Facet::Environment(at) => toggle(&mut self.hidden_environments, at, on),
            Facet::Kind(kind) => toggle(&mut self.kinds, kind, on),
            Facet::Owner(owner) => toggle(&mut self.owners, owner, on),
            Facet::Severity(severity) => toggle(&mut self.severities, severity, on),
            Facet::End(kind) => toggle(&mut self.ends, kind, on),
            Facet::Shared => self.shared_only = on,
            Facet::Crossing => self.crossing_only = on,
            Facet::Headline => self.headline_only = on,
            Facet::Unshared => self.unshared_hidden = on,
            Facet::Hidden => self.inverted = on,
        }
    }

    /// What was hidden or shown one by one.
    pub(crate) fn by_hand(&self) -> &ByHand {
        &self.by_hand
    }

    /// Hides and shows this one by one, in place of what was.
    pub(crate) fn set_by_hand(&mut self, by_hand: ByHand) {
        self.by_hand = by_hand;
    }

    /// The same with nothing hidden or shown one by one.
    #[must_use]
    pub(crate) fn without_by_hand(&self) -> Self {
        Self { by_hand: ByHand::default(), ..self.clone() }
    }

    /// The search text that hides what it does not find; empty where none does.
    pub(crate) fn search(&self) -> &str {
        &self.search
    }

    /// Hides what a search text does not find; an empty one hides nothing.
    pub(crate) fn set_search(&mut self, text: String) {
        self.search = text;
    }

    /// The same filters in another graph, found again by name; what it does not know is left out, and
    /// what was hidden by hand, which the project knows.
    pub(crate) fn found_again(&self, again: &FoundAgain<'_>) -> Self {
        let Self {
            hidden_environments,
            kinds,
            owners,
            severities,
            ends,
            shared_only,
            crossing_only,
            headline_only,
            unshared_hidden,
            inverted,
            by_hand: _,
            search,
        } = self;
        let environment = |at: &EnvironmentIndex| again.environment(*at);
        let owner = |at: &OwnerIndex| again.owner(*at);
        let kind = |at: &NameId| again.kind(*at);
        Self {
            hidden_environments: hidden_environments.iter().filter_map(environment).collect(),
            kinds: kinds.iter().filter_map(kind).collect(),
            owners: owners.iter().filter_map(owner).collect(),
            severities: severities.clone(),
            ends: ends.clone(),
            shared_only: *shared_only,
            crossing_only: *crossing_only,
            headline_only: *headline_only,
            unshared_hidden: *unshared_hidden,
            inverted: *inverted,
            by_hand: ByHand::default(),
            search: search.clone(),
        }
    }

    /// What the search text wants.
    ///
    /// # Errors
    /// In words, what is wrong with it.
    pub(crate) fn wanted(&self, answers: &Answers) -> Result<Wanted, String> {
        Wanted::of(&self.search, answers)
    }

    /// Whether a credential passes every filter.
    pub(crate) fn pass_credential(&self, answers: &Answers, at: CredentialIndex) -> bool {
        let graph = &answers.graph;
        let sharing = answers.sharing.get(at.index());
        let shared = sharing.is_some_and(|sharing: &Sharing| sharing.shared);
        let crossing = sharing.map_or(Crossing::None, |sharing| sharing.crossing);
        if (self.shared_only || self.unshared_hidden) && !shared && crossing == Crossing::None {
            return false;
        }
        if self.crossing_only && crossing == Crossing::None {
            return false;
        }
        let (counted, from) = self.of_headline(answers);
        if !counted.is_empty() && counted.binary_search(&at).is_err() {
            return false;
        }
        if !self.kinds.is_empty()
            && !graph.credential(at).kind.is_some_and(|kind| self.kinds.contains(&kind))
        {
            return false;
        }
        if !self.owners.is_empty()
            && !graph.owners_of(at).iter().any(|owner| self.owners.contains(owner))
        {
            return false;
        }
        if !self.severities.is_empty() && !self.has_finding(answers, Subject::Credential(at)) {
            return false;
        }
        let linked = || {
            let edges = graph.held_by(at).iter().chain(graph.grants(at));
            edges.map(|&edge| graph.edge(edge).instance)
        };
        let in_sight = |at| self.shows_environment_of(answers, at);
        let is_counted = |at| from.binary_search(&at).is_ok();
        (self.hidden_environments.is_empty() || linked().next().is_none() || linked().any(in_sight))
            && (from.is_empty() || linked().any(is_counted))
            && (self.ends.is_empty() || linked().any(|at| self.is_end(answers, at)))
    }

    /// What the headline counts, as far as that is asked for.
    fn of_headline<'a>(
        &self,
        answers: &'a Answers,
    ) -> (&'a [CredentialIndex], &'a [InstanceIndex]) {
        if self.headline_only { answers.headline.counted() } else { (&[], &[]) }
    }

    fn has_finding(&self, answers: &Answers, subject: Subject) -> bool {
        self.severities.iter().any(|&severity| answers.has_finding_of(subject, severity))
    }

    fn shows_environment_of(&self, answers: &Answers, at: InstanceIndex) -> bool {
        !self.hidden_environments.contains(&answers.graph.instance(at).environment)
    }

    fn is_end(&self, answers: &Answers, at: InstanceIndex) -> bool {
        self.ends.iter().any(|kind| kind.members(&answers.ends).binary_search(&at).is_ok())
    }

    /// Whether the findings of a severity are listed.
    pub(crate) fn pass_severity(&self, severity: Severity) -> bool {
        self.severities.is_empty() || self.severities.contains(&severity)
    }

    /// Whether what passes is hidden, and what does not is shown.
    pub(crate) fn are_inverted(&self) -> bool {
        self.inverted && (Self { inverted: false, ..self.clone() }).any()
    }

    /// Whether an instance passes: it is shown by itself and, where credentials are filtered, one of
    /// those that pass is linked to it, or it has a finding of a severity that is asked for.
    pub(crate) fn pass_instance(
        &self,
        answers: &Answers,
        at: InstanceIndex,
        credentials: &[bool],
    ) -> bool {
        let (counted, from) = self.of_headline(answers);
        let is_asked_for = (self.ends.is_empty() || self.is_end(answers, at))
            && (from.is_empty() || from.binary_search(&at).is_ok());
        if !is_asked_for || !self.shows_environment_of(answers, at) {
            return false;
        }
        let narrowed = self.shared_only
            || self.crossing_only
            || !counted.is_empty()
            || !self.kinds.is_empty()
            || !self.owners.is_empty();
        let by_severity = !self.severities.is_empty();
        let graph = &answers.graph;
        let stands_alone = !by_severity || self.has_finding(answers, Subject::Instance(at));
        (!narrowed && stands_alone)
            || graph.holds(at).iter().chain(graph.granted_by(at)).any(|&edge| {
                let credential = graph.edge(edge).credential;
                credentials.get(credential.index()).copied().unwrap_or(false)
            })
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, value: T, on: bool) {
    if on {
        set.insert(value);
    } else {
        set.remove(&value);
    }
}
