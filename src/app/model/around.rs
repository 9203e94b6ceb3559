//! What lies within some hops round something.

use crate::analysis::Subject;
use crate::app::model::neighbours::links;
use crate::graph::AccessGraph;

/// At most this many hops can be chosen.
pub(crate) const MOST_HOPS: u8 = 8;

/// Round what a focus lies, and how far it reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Around {
    pub(crate) centre: Vec<Subject>,
    pub(crate) hops: u8,
}

/// Which subjects lie within.
#[derive(Debug)]
pub(crate) struct Within {
    credentials: Vec<bool>,
    instances: Vec<bool>,
}

impl Within {
    /// Follows links both ways, dead ones and assumed ones too. A hop leads from a service over a
    /// credential to other services; from a credential the first one leads to its services. Costs
    /// time in proportion to the links within.
    pub(crate) fn new(graph: &AccessGraph, around: &Around) -> Self {
        let mut within = Self {
            credentials: vec![false; graph.credentials().len()],
            instances: vec![false; graph.instances().len()],
        };
        let steps = 2 * u32::from(around.hops);
        let (instances, credentials): (Vec<Subject>, Vec<Subject>) =
            around.centre.iter().partition(|own| matches!(own, Subject::Instance(_)));
        // From a credential on, a hop less one link: both rings come to services at their ends.
        for own in &instances {
            within.add(*own);
        }
        let mut ring = instances;
        for step in 0..steps {
            if step == 1 {
                ring.extend(credentials.iter().copied().filter(|own| within.add(*own)));
            }
            let reached = ring.into_iter().flat_map(|own| links(graph, own));
            ring = reached.filter(|own| within.add(*own)).collect();
        }
        within
    }

    /// Whether a subject lies within.
    pub(crate) fn has(&self, subject: Subject) -> bool {
        let slot = match subject {
            Subject::Credential(at) => self.credentials.get(at.index()),
            Subject::Instance(at) => self.instances.get(at.index()),
        };
        slot.copied().unwrap_or(false)
    }

    /// Takes a subject in; says whether it was not.
    fn add(&mut self, subject: Subject) -> bool {
        let slot = match subject {
            Subject::Credential(at) => self.credentials.get_mut(at.index()),
            Subject::Instance(at) => self.instances.get_mut(at.index()),
        };
        slot.is_some_and(|slot| !std::mem::replace(slot, true))
    }
}
