//! What the user made: kept by names, so that it outlives a newer export of the inventory.

mod sources;
mod subject_name;
mod ends;
mod fixes;
mod rotation_list;
mod arrangement;
mod state;
mod carried_over;
mod file;
mod redaction;

pub use arrangement::{Arrangement, GroupBy, Pin};
pub use carried_over::{CarriedOver, carry_over};
pub use ends::NamedEnds;
pub use file::{
    ContentDigest, DIGEST_AT_END, PROJECT_ENDING, ProjectFileError, is_project, is_undamaged,
    read_project, write_project,
};
pub use fixes::{FixStatus, Fixes, NamedFix};
pub use redaction::{RedactedKind, RedactedKinds, Redaction, RevealError, TextKind};
pub use rotation_list::{RotationList, RotationStep};
pub use sources::{Opening, ReadFile, ReadFiles, Sources};
pub use state::Project;
pub use subject_name::{CredentialName, InstanceName, Lookup, NamedSubject, PathName, SubjectName};
