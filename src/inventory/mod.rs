//! The words of the field as types: what an inventory says, row by row, with where it says it.
//!
//! Nothing here interprets: whether a credential is alive, which instance an environment label
//! belongs to and what an unstated access means follows from [`Assumptions`] and is decided in
//! [`crate::graph`]. The inventory keeps rows as they were said, so that every later fact can be
//! followed back to a file and a line.

mod access;
mod environment;
mod names;
mod facts;
mod joins;
mod rule_setting;
mod cost;
mod credential_mark;
mod assumption_kind;
mod assumptions;
mod changed;
mod fingerprint;
mod ledger;
mod place;
mod nearest;
mod shown;
mod csv_text;
pub(crate) mod toml_text;
mod policy;
mod problem;
mod progress;
mod source;
mod rows;

pub use access::{Access, Level};
pub use assumption_kind::AssumptionKind;
pub use assumptions::{Assumptions, UnstatedAccess};
pub use cost::Cost;
pub use credential_mark::CredentialMark;
pub use csv_text::{TableWriter, csv_cells, csv_line};
pub use environment::{Environments, Tier};
pub use facts::{
    CredentialFacts, Date, FactsId, Flag, InstanceFacts, InstanceFactsId, LastUsed, Status,
};
pub use fingerprint::{Fingerprint, TOKEN};
pub use joins::{IdsAcrossSources, JoinedBy};
pub use ledger::Ledger;
pub use names::{NameId, Names};
pub use nearest::{did_you_mean, nearest};
pub use place::{Place, SourceId};
pub use policy::{PolicyError, WrittenPolicy};
pub use problem::{Problem, ProblemKind};
pub use progress::Progress;
pub use rows::{
    CredentialId, Identity, Inventory, Link, Parting, Row, RowId, SpokenInstance, SpokenInstanceId,
};
pub use rule_setting::{RULE_IDS, RuleSetting};
pub use shown::{
    counted, grouped, is_hidden, live_and_dead, live_and_dead_of, read_back, shown, starts_formula,
    without_escapes,
};
pub use source::{AnsweredBy, DecidedBy, Fact, FactSet, NotRead, Source, SourceColumn, UnreadKind};
