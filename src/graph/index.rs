//! Small numbers that stand for the nodes and edges of one graph.

/// Stands for a service instance; the order is that of (service, environment).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InstanceIndex(pub u32);

/// Stands for a credential; the order is that of printed names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialIndex(pub u32);

/// Stands for an edge; the order is that of (credential, holds before grants, instance).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EdgeIndex(pub u32);

/// Stands for an environment; the order is that of labels, the unknown one (empty) first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnvironmentIndex(pub u32);

/// Stands for one owner's name; the order is that of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerIndex(pub u32);

impl InstanceIndex {
    /// The index as a position in a list with one entry for each instance.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CredentialIndex {
    /// The index as a position in a list with one entry for each credential.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl EdgeIndex {
    /// The index as a position in a list with one entry for each edge.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl EnvironmentIndex {
    /// The index as a position in a list with one entry for each environment.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl OwnerIndex {
    /// The index as a position in a list with one entry for each owner.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
