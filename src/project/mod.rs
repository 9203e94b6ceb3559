//! What the user made: kept by names, so that it outlives a newer export of the inventory.

mod sources;
mod subject_name;
mod ends;
mod fixes;
mod rotation_list;
mod arrangement;
mod state;

pub use arrangement::{Arrangement, GroupBy, Pin};
pub use ends::NamedEnds;
pub use fixes::{FixStatus, Fixes, NamedFix};
pub use rotation_list::{RotationList, RotationStep};
pub use sources::{Opening, Sources};
pub use state::Project;
pub use subject_name::{CredentialName, InstanceName, Lookup, NamedSubject, PathName, SubjectName};
