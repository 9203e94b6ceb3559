//! The inventory itself: rows with what they say and where they say it.

use std::ops::Range;

use super::{
    Access, CredentialFacts, Fact, FactsId, Fingerprint, IdsAcrossSources, InstanceFacts,
    InstanceFactsId, JoinedBy, Ledger, Level, NameId, Names, Place, Problem, Source, SourceId,
};

/// Stands for a credential as import resolved it: an index into [`Inventory::identities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialId(pub u32);

/// Stands for a row: an index into [`Inventory::rows`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowId(pub u32);

/// Stands for a service and an environment label: an index into [`Inventory::instances`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SpokenInstanceId(pub u32);

/// One row that was accepted or merged: what it says of one credential, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The credential it speaks of; `None` where the row speaks of a service alone.
    pub credential: Option<CredentialId>,
    /// What it says of the credential.
    pub facts: FactsId,
    /// What it says of the service instances that it names.
    pub instance_facts: InstanceFactsId,
    /// Where it stands.
    pub place: Place,
}

/// One fact of the form "this credential belongs to this service instance", said by one row.
///
/// A row that names several services brings several links. A row without a credential brings
/// links too (its instances exist and have facts); those carry no access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The row that says so.
    pub row: RowId,
    /// The service instance.
    pub instance: SpokenInstanceId,
    /// Whether its environment was read from the service's name, and nobody confirmed that.
    pub instance_assumed: bool,
    /// What the row says of the two.
    pub access: Access,
    /// What the grant allows.
    pub level: Level,
}

/// A service and an environment label, as rows speak of them. Labels that an alias table makes
/// one are still apart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SpokenInstance {
    /// The service's name, trimmed.
    pub service: NameId,
    /// The environment label, trimmed, as written; the empty name where the row says none.
    pub environment: NameId,
}

/// Under what a credential is known: all its ids, in the order of first sight; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// Its ids. Which is printed, and which are aliases, [`crate::graph`] decides.
    pub ids: Range<u32>,
    /// By what its rows were known to be of one secret: of several that they have the least.
    pub fingerprint: Option<Fingerprint>,
    /// What joined its rows; `None` for one row.
    pub joined_by: Option<JoinedBy>,
}

/// How credentials are parted that an id alone joins across sources. Empty where there are none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parting {
    /// The rows that are then about another credential, in order, with its number. Numbers go on
    /// behind those of the inventory's credentials.
    pub rows: Vec<(RowId, CredentialId)>,
    /// What the new credentials are known by.
    pub identities: Vec<Identity>,
    /// What the parted credentials are known by then, by number.
    pub remaining: Vec<(CredentialId, Identity)>,
    /// The rows that an id, or a pointer into a vault, joins across sources: by parted credential, the
    /// first of each part that bears one which another part bears too.
    pub joined_at: Vec<(CredentialId, RowId)>,
}

/// What one or several files say, with nothing decided and nothing lost.
///
/// Rows stand in the order of sources and lines; links in the order of their rows.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// Every text that is kept.
    pub names: Names,
    /// The files.
    pub sources: Vec<Source>,
    /// The rows that were taken.
    pub rows: Vec<Row>,
    /// What the rows say of credentials and service instances.
    pub links: Vec<Link>,
    /// The distinct sets of facts on credentials.
    pub facts: Vec<CredentialFacts>,
    /// The distinct sets of facts on service instances.
    pub instance_facts: Vec<InstanceFacts>,
    /// The service instances as rows speak of them.
    pub instances: Vec<SpokenInstance>,
    /// The credentials; [`Identity::ids`] points into [`Inventory::ids`].
    pub identities: Vec<Identity>,
    /// The ids of all credentials, one credential's after another's.
    pub ids: Vec<NameId>,
    /// Which credentials there are instead where an id alone joins none across sources.
    pub parting: Parting,
    /// What could not be taken as it stands, by source and line.
    pub problems: Vec<Problem>,
}

impl Inventory {
    /// The ids of a credential in the order of first sight.
    pub fn ids_of(&self, credential: CredentialId) -> &[NameId] {
        self.ids_of_identity(self.identities.get(credential.0 as usize))
    }

    /// The ids of what a credential is known by.
    pub fn ids_of_identity(&self, identity: Option<&Identity>) -> &[NameId] {
        let Some(Range { start, end }) = identity.map(|identity| identity.ids.clone()) else {
            return &[];
        };
        self.ids.get(start as usize..end as usize).unwrap_or_default()
    }

    /// How many credentials there are.
    pub fn credential_count(&self, ids: IdsAcrossSources) -> usize {
        let parted = match ids {
            IdsAcrossSources::Same => 0,
            IdsAcrossSources::Apart => self.parting.identities.len(),
        };
        self.identities.len() + parted
    }

    /// What a credential is known by.
    pub fn identity(&self, credential: CredentialId, ids: IdsAcrossSources) -> Option<&Identity> {
        let at = credential.0 as usize;
        let whole = self.identities.get(at);
        if ids == IdsAcrossSources::Same {
            return whole;
        }
        let Parting { identities, remaining, .. } = &self.parting;
        let found = remaining.binary_search_by_key(&credential, |(parted, _)| *parted);
        match (whole, found.ok().and_then(|found| remaining.get(found))) {
            (Some(_), Some((_, left))) => Some(left),
            (Some(whole), None) => Some(whole),
            (None, _) => identities.get(at.checked_sub(self.identities.len())?),
        }
    }

    /// Whether its tables came as several arguments; answers of owners, and what was stated in a workshop,
    /// came later.
    pub fn is_of_several(&self) -> bool {
        let imported = self.sources.iter().filter(|source| source.is_imported());
        let mut arguments = imported.map(|source| source.argument);
        let first = arguments.next();
        arguments.any(|argument| Some(argument) != first)
    }

    /// The text of a name.
    pub fn text(&self, name: NameId) -> &str {
        self.names.text(name)
    }

    /// The account of all sources together.
    pub fn ledger(&self) -> Ledger {
        let mut total = Ledger::default();
        for source in &self.sources {
            total.add(&source.ledger);
        }
        total
    }

    /// Whether a column of a source was read for a fact.
    pub fn reads(&self, source: SourceId, fact: Fact) -> bool {
        self.sources.get(usize::from(source.0)).is_some_and(|source| source.facts.contains(fact))
    }

    /// A place as people read it: `file:line`.
    pub fn place_text(&self, place: Place) -> String {
        let source = self.sources.get(usize::from(place.source.0));
        format!("{}:{}", source.map_or("?", |source| source.name.as_str()), place.line)
    }
}
