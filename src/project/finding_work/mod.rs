//! Findings as work: what was decided on them, when they were first seen, and what imports made of them.
//!
//! - `finding_name`: what a finding is known by, whatever becomes of indices and ids.
//! - `planned_fix`: which fix of a scenario a finding is planned to go with.
//! - `decision`: what was decided on a finding.
//! - `register`: all that is known of findings beyond the inventory, and the imports so far.
//! - `planning`: what is planned follows its scenario.
//! - `after_import`: what a newer import makes of the register.
//! - `standings`: how each finding of an inventory stands, for those who show them.
//! - `since_import`: what the last import changed.

mod finding_name;
mod planned_fix;
mod decision;
mod register;
mod planning;
mod after_import;
mod standings;
mod since_import;

pub use after_import::{ImportedFindings, after_import};
pub use decision::{Acceptance, Decision};
pub use finding_name::{FindingName, FindingSubject};
pub use planned_fix::PlannedFix;
pub use register::{
    FindingRecord, FindingRegister, ImportFigures, ImportNumber, ImportPoint, MissingSource,
    Sighting,
};
pub use since_import::{SinceImport, since_import};
pub use standings::{FindingState, PastFinding, Standing, Standings};
