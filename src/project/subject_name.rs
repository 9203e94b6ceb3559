//! Names of what a graph is about: they outlive a rebuild and a newer export, as indices do not.

use serde::{Deserialize, Serialize};

use crate::analysis::{Path, Subject};
use crate::graph::{AccessGraph, CredentialIndex, InstanceIndex, OwnerIndex};

/// What a name stands for in a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// It is there.
    Found(T),
    /// Several have the name, none as its printed one.
    Several,
    /// It is not in the inventory.
    Gone,
}

impl<T> Lookup<T> {
    /// What was found, if it is there.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(found) => Some(found),
            Self::Several | Self::Gone => None,
        }
    }

    fn of(found: Option<T>) -> Self {
        found.map_or(Self::Gone, Self::Found)
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Lookup<U> {
        match self {
            Self::Found(found) => Lookup::Found(change(found)),
            Self::Several => Lookup::Several,
            Self::Gone => Lookup::Gone,
        }
    }
}

/// A credential by its printed id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialName {
    /// It is looked for by this id.
    Known(String),
    /// A newer export no longer has it, and calls another credential by its id: it must not be
    /// taken for that one.
    Gone(String),
}

impl CredentialName {
    /// The name of a credential.
    pub fn of(graph: &AccessGraph, at: CredentialIndex) -> Self {
        Self::Known(graph.credential_name(at).to_owned())
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(id) | Self::Gone(id) => id,
        }
    }

    /// The credential that has it.
    ///
    /// Looks at all aliases where no printed id is the one.
    pub fn found_in(&self, graph: &AccessGraph) -> Lookup<CredentialIndex> {
        let Self::Known(id) = self else { return Lookup::Gone };
        match graph.find_credential(id) {
            Some(at) => Lookup::Found(at),
            None if graph.bearers_of(id).is_empty() => Lookup::Gone,
            None => Lookup::Several,
        }
    }

    /// The name in a newer export, whose credentials are the `same` as the old ones or none.
    #[must_use]
    pub fn renewed(
        &self,
        (old, new): (&AccessGraph, &AccessGraph),
        same: &[Option<CredentialIndex>],
    ) -> Self {
        let Self::Known(id) = self else { return self.clone() };
        let Some(at) = old.find_credential(id) else { return self.clone() };
        match same.get(at.index()).copied().flatten() {
            Some(same) => Self::of(new, same),
            None if new.find_credential(id).is_some() => Self::Gone(id.clone()),
            None => self.clone(),
        }
    }
}

/// A service instance by its names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceName {
    /// The service.
    pub service: String,
    /// The canonical label of its environment; empty for the unknown one.
    pub environment: String,
}

impl InstanceName {
    /// The names of an instance.
    pub fn of(graph: &AccessGraph, at: InstanceIndex) -> Self {
        Self {
            service: graph.service_name(at).to_owned(),
            environment: graph.environment_of(at).label.clone(),
        }
    }

    /// The instance that has the names.
    pub fn found_in(&self, graph: &AccessGraph) -> Option<InstanceIndex> {
        graph.find_instance(&self.service, &self.environment)
    }

    /// As people read it: "payments in prod".
    pub fn words(&self) -> String {
        match self.environment.as_str() {
            "" => format!("{} in unknown environment", self.service),
            environment => format!("{} in {environment}", self.service),
        }
    }
}

/// A path by the names of its ends and of the credentials on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathName {
    /// Where it starts.
    pub from: InstanceName,
    /// The credentials of its hops, in order.
    pub through: Vec<CredentialName>,
    /// Where it ends.
    pub to: InstanceName,
}

impl PathName {
    /// The names of a path.
    pub fn of(graph: &AccessGraph, path: &Path) -> Self {
        Self {
            from: InstanceName::of(graph, path.from),
            through: path
                .hops
                .iter()
                .map(|hop| CredentialName::of(graph, hop.credential))
                .collect(),
            to: InstanceName::of(graph, path.to),
        }
    }

    /// The place of the path among others of a graph.
    pub fn found_among(&self, graph: &AccessGraph, paths: &[Path]) -> Lookup<usize> {
        Lookup::of(paths.iter().position(|path| Self::of(graph, path) == *self))
    }
}

/// Anything that can be spoken of, by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectName {
    /// A credential.
    Credential(CredentialName),
    /// A service instance.
    Instance(InstanceName),
    /// An owner.
    Owner(String),
    /// A path.
    Path(Box<PathName>),
}

/// What a [`SubjectName`] stands for in a graph and among the paths that were found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedSubject {
    /// A credential or a service instance.
    Subject(Subject),
    /// An owner.
    Owner(OwnerIndex),
    /// The place of a path among those found.
    Path(usize),
}

impl SubjectName {
    /// The name of a credential or an instance.
    pub fn of(graph: &AccessGraph, subject: Subject) -> Self {
        match subject {
            Subject::Credential(at) => Self::Credential(CredentialName::of(graph, at)),
            Subject::Instance(at) => Self::Instance(InstanceName::of(graph, at)),
        }
    }

    /// The name under which a newer inventory has it.
    #[must_use]
    pub fn renamed(&self, newer: impl Fn(&CredentialName) -> CredentialName) -> Self {
        match self {
            Self::Credential(name) => Self::Credential(newer(name)),
            Self::Instance(_) | Self::Owner(_) => self.clone(),
            Self::Path(path) => {
                let through = path.through.iter().map(newer).collect();
                Self::Path(Box::new(PathName { through, ..PathName::clone(path) }))
            }
        }
    }

    /// The credentials in it.
    pub fn credentials(&self) -> &[CredentialName] {
        match self {
            Self::Credential(name) => std::slice::from_ref(name),
            Self::Instance(_) | Self::Owner(_) => &[],
            Self::Path(path) => &path.through,
        }
    }

    /// As people read it.
    pub fn words(&self) -> String {
        match self {
            Self::Credential(name) => name.as_str().to_owned(),
            Self::Instance(name) => name.words(),
            Self::Owner(name) => format!("all of {name}"),
            Self::Path(path) => format!("{} → {}", path.from.words(), path.to.words()),
        }
    }

    /// What has the name; a path is looked for among `paths`.
    pub fn found_in(&self, graph: &AccessGraph, paths: &[Path]) -> Lookup<NamedSubject> {
        match self {
            Self::Credential(name) => {
                name.found_in(graph).map(|at| NamedSubject::Subject(Subject::Credential(at)))
            }
            Self::Instance(name) => Lookup::of(name.found_in(graph))
                .map(|at| NamedSubject::Subject(Subject::Instance(at))),
            Self::Owner(name) => {
                let at = graph.owners().iter().position(|known| known == name);
                Lookup::of(at).map(|at| NamedSubject::Owner(OwnerIndex(at as u32)))
            }
            Self::Path(name) => name.found_among(graph, paths).map(NamedSubject::Path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Counting, Movement, paths_between};
    use crate::graph::testing::graph;
    use crate::inventory::Progress;

    const ROWS: &str = "k holds shop@dev\nk grants pay@prod\nl holds pay@prod\nl grants bank@prod";

    fn paths(graph: &AccessGraph) -> Vec<Path> {
        let ends = |service, environment| graph.find_instance(service, environment);
        let (Some(from), Some(to)) = (ends("shop", "dev"), ends("bank", "prod")) else {
            return Vec::new();
        };
        let movement = Movement::new(graph, Counting::All);
        paths_between(&movement, &[from], &[to], 5, &Progress::default()).unwrap()
    }

    #[test]
    fn every_subject_is_found_again_where_its_index_is_another() {
        let (old, new) = (graph(ROWS), graph(&format!("a holds aardvark@dev\n{ROWS}")));
        let (found, again) = (paths(&old), paths(&new));
        let mut names = vec![SubjectName::Path(Box::new(PathName::of(&old, &found[0])))];
        names.extend(
            old.credential_indices().map(|at| SubjectName::of(&old, Subject::Credential(at))),
        );
        names.extend(old.instance_indices().map(|at| SubjectName::of(&old, Subject::Instance(at))));
        for name in &names {
            let Lookup::Found(at) = name.found_in(&new, &again) else { panic!("{name:?}") };
            match at {
                NamedSubject::Subject(subject) => assert_eq!(SubjectName::of(&new, subject), *name),
                NamedSubject::Path(at) => assert_eq!(again[at].hops.len(), found[0].hops.len()),
                NamedSubject::Owner(_) => panic!("none was named"),
            }
            assert_eq!(name.found_in(&graph("x holds y@dev"), &[]), Lookup::Gone);
        }
    }

    #[test]
    fn a_credential_is_gone_where_its_id_is_that_of_another() {
        let (old, new) = (graph(ROWS), graph("k holds elsewhere@qa"));
        let k = CredentialName::Known("k".to_owned());
        let nothing_same = vec![None; old.credentials().len()];
        let gone = k.renewed((&old, &new), &nothing_same);
        assert_eq!(gone, CredentialName::Gone("k".to_owned()));
        assert_eq!((gone.found_in(&new), gone.found_in(&old)), (Lookup::Gone, Lookup::Gone));
        // Where nobody took the id, an export after that may have the credential again.
        let left = graph("other holds elsewhere@qa");
        assert_eq!(k.renewed((&old, &left), &nothing_same), k);
    }
}
