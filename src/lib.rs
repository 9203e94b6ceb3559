//! Keyreach answers one question: how far does one key reach?
//!
//! It imports inventories that say which credential belongs to which services, builds a graph of
//! who holds and who grants what, and answers questions about it. The rooms stand in one order; a
//! room may use those to its left, never those to its right (a test checks it):
//!
//! ```text
//! inventory → import → graph → analysis → project → layout → scene → export → cli → app
//! ```
//!
//! - [`inventory`]: the words of the field as types: rows, credentials, services, problems.
//! - [`import`]: bytes of any known format into an inventory, its problems and its ledger.
//! - [`graph`]: an inventory under assumptions: who holds and who grants, merged and named.
//! - [`analysis`]: one question, one file: sharing, blast radius, findings, paths, minimum cut, choke
//!   points, what-if, plan, difference; and `Answers`, computed once for whoever shows them.
//! - [`project`]: what the user made, as one value: sources, policy, fixes, scenarios, decisions on
//!   findings, notes and picked ends, by names that outlive a re-import.
//! - [`layout`]: what is visible into positions.
//! - [`scene`]: all of the above and a style into a finished picture.
//! - [`export`]: answers into documents and their text, into JSON, and the inventory into tables.
//! - [`cli`]: arguments into the same answers, without a window.
//! - `app`: the window, behind the feature `gui`; the only room that knows egui.
//!
//! Each room's `mod.rs` names what stands in it, in order. `tests/integration/layering.rs` reads these
//! orders and fails on a use that looks back, and on files that import each other.
//!
//! **The way of a cell** from a file to the inventory:
//!
//! 1. `import::input`: the file's bytes come in, shared and wiped at the end.
//! 2. `import::container`: archive, workbook, JSON or encoding: the bytes become text, a table each.
//! 3. `import::csv`: the delimiter is found, and the text is split into records.
//! 4. `import::schema`: the header is found, and each column gets a meaning.
//! 5. `import::rows::read_table`: a record is judged whole: blank, repeated header, too wide.
//! 6. `import::rows::row_redaction`: secrets are masked in the other cells of the row.
//! 7. `import::secrets::fingerprint`: a secret value becomes a keyed fingerprint.
//! 8. `import::rows::row`: the cell becomes a fact, a link or a problem.
//! 9. `import::rows::builder`: facts and links join those of the rows before.
//! 10. `import::resolve`: rows become credentials, and the ledger counts what each row brought.
//!
//! **The way of a click** from a panel to the changed picture:
//!
//! 1. `app::panels`: a panel draws from `&Model`, and a click pushes a command.
//! 2. `app::commands`: the same command stands in menu, palette and keys, with why it can't run.
//! 3. `app::shell::window`: commands are applied in the order in which they came.
//! 4. `app::model::apply`: the model changes; a changed project is a step that undo takes back.
//! 5. `app::model::starts`: what follows from the change is started as a job.
//! 6. `app::jobs`: the job replaces an older one of its kind and runs off the drawing thread.
//! 7. `app::work`: its body computes a value: answers, a layout, a comparison.
//! 8. `app::model::job_end`: its end is a command, applied like a click.
//! 9. `scene::draw`: map, highlight and camera become a finished picture.
//! 10. `app::paint`: the picture becomes shapes of egui, or pixels.
//!
//! Deliberately absent: the core knows no egui, no clock, no disk and no randomness of its own;
//! bytes, the as-of date and the keys are handed in. Nothing here talks to a network.

pub mod inventory;
pub mod import;
pub mod graph;
pub mod analysis;
pub mod project;
pub mod layout;
pub mod scene;
pub mod export;
pub mod cli;
#[cfg(feature = "gui")]
pub mod app;
