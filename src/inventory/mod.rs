//! The words of the field as types: what an inventory says, row by row, with where it says it.
//!
//! Nothing here interprets: whether a credential is alive, which instance an environment label
//! belongs to and what an unstated access means follows from [`Assumptions`] and is decided in
//! [`crate::graph`]. The inventory keeps rows as they were said, so that every later fact can be
//! followed back to a file and a line.

mod access;
mod assumptions;
mod changed;
mod environment;
mod facts;
mod ledger;
mod names;
mod nearest;
mod policy;
mod problem;
mod progress;
mod rows;
mod shown;
pub(crate) mod toml_text;

pub use access::{Access, Level};
pub use assumptions::{Assumptions, Cost, UnstatedAccess};
pub use environment::{Environments, Tier};
pub use facts::{
    CredentialFacts, Date, FactsId, Flag, InstanceFacts, InstanceFactsId, LastUsed, Status,
};
pub use ledger::Ledger;
pub use names::{NameId, Names};
pub use nearest::nearest;
pub use policy::{PolicyError, WrittenPolicy};
pub use problem::{Problem, ProblemKind};
pub use progress::Progress;
pub use rows::{
    CredentialId, Fingerprint, Identity, Inventory, Mapping, Place, Row, RowId, Source, SourceId,
    SpokenInstance, SpokenInstanceId, TOKEN,
};
pub use shown::{counted, is_hidden, shown, starts_formula};
