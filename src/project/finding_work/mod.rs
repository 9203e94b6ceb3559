//! Findings as work: what was decided on them, when they were first seen, and what imports made of them.
//!
//! - `finding_name`: what a finding is known by, whatever becomes of indices and ids.
//! - `decision`: what was decided on a finding.
//! - `register`: all that is known of findings beyond the inventory, and the imports so far.
//! - `after_import`: what a newer import makes of the register.
//! - `standings`: how each finding of an inventory stands, for those who show them.
//! - `since_import`: what the last import changed.

mod finding_name;
mod decision;
mod register;
mod after_import;
mod standings;
mod since_import;

pub use after_import::{ImportedFindings, after_import};
pub use decision::{Acceptance, Decision};
pub use finding_name::{FindingName, FindingSubject};
pub use register::{
    FindingRecord, FindingRegister, ImportFigures, ImportNumber, ImportPoint, MissingSource,
    Sighting,
};
pub use since_import::{SinceImport, since_import};
pub use standings::{FindingState, PastFinding, Standing, Standings};
