//! What a workshop brought: assumptions that somebody disputes, facts that were stated, and notes on things.
//!
//! - `notes`: an owner, a next step, or what is parked.
//! - `disputes`: what is assumed, and who doubts it.
//! - `facts`: a holder or a grant that no file has.
//! - `entries`: all of it in the order in which it was said, with day and scene.

mod notes;
mod disputes;
mod facts;
mod entries;

pub use disputes::{Assumption, Dispute, LinkName};
pub use entries::{SceneMark, Workshop, WorkshopEntry, WorkshopItem};
pub use facts::StatedFact;
pub use notes::{WorkshopNote, WorkshopNoteKind};
