//! What the user made: kept by names, so that it outlives a newer export of the inventory.

mod sources;
mod subject_name;
mod ends;
mod fixes;
mod rotation_list;
mod arrangement;
mod filters;
mod scenarios;
mod finding_work;
mod notes;
mod mentions;
mod scene;
mod last_view;
mod scenes;
mod lost_credentials;
mod workshop;
mod pseudonyms;
mod fix_lists;
mod state;
mod owner_answers;
mod stated_facts;
mod carried_over;
mod file;
mod redaction;
mod asked_lists;

pub use arrangement::{Arrangement, GroupBy, Pin};
pub use asked_lists::{AskedList, AskedLists, AskedThing};
pub use carried_over::{CarriedOver, carry_over, carry_over_findings};
pub use ends::NamedEnds;
pub use file::{
    ContentDigest, PROJECT_ENDING, ProjectFileError, Salvaged, is_project, is_undamaged,
    opened_paths, read_project, salvage_project, write_project,
};
pub use filters::{FilterSwitch, HiddenByHand, KeptFilters, NamedFilters, SavedFilters};
pub use finding_work::{
    Acceptance, Decision, FindingName, FindingRecord, FindingRegister, FindingState,
    FindingSubject, ImportFigures, ImportNumber, ImportPoint, ImportedFindings, MissingSource,
    PastFinding, PlannedFix, Sighting, SinceImport, Standing, Standings, after_import,
    since_import,
};
pub use fix_lists::{
    ComparedFixes, FixList, FixTask, NewSecret, TaskPlace, compare_fixes, fixes_in_force, tasks,
};
pub use fixes::{FixStatus, Fixes, NamedFix};
pub use last_view::{LastView, SeenFixes, SeenView};
pub use lost_credentials::LostCredentials;
pub use mentions::mentions;
pub use notes::{NoteOn, Notes};
pub use owner_answers::{AnswerDay, KeptAnswers, TakenAnswers, keep_answers, take_answers};
pub use pseudonyms::{KeptPseudonyms, NotChosen, RedactedKind, RedactedKinds, is_of_answers};
pub use redaction::{
    HiddenInventory, KnownScenes, NotCarriedBack, Redaction, ReportNames, RevealError, TextKind,
    WayBack,
};
pub use rotation_list::{RotationList, RotationStep};
pub use scenarios::{Scenario, Scenarios};
pub use scene::{
    Scene, SceneCamera, SceneFocus, SceneHop, ScenePath, SceneQuestion, SceneSpread, SceneView,
};
pub use scenes::Scenes;
pub use sources::{Opening, ReadFile, ReadFiles, Sources};
pub use state::Project;
pub use stated_facts::{
    HandedOver, HandedOverFact, WrittenFact, facts_to_hand_over, keep_facts, state_fact,
    without_entry,
};
pub use subject_name::{CredentialName, InstanceName, Lookup, NamedSubject, PathName, SubjectName};
pub use workshop::{
    Assumption, Dispute, LinkName, SceneMark, StatedFact, Workshop, WorkshopEntry, WorkshopItem,
    WorkshopNote, WorkshopNoteKind,
};
