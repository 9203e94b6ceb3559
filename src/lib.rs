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
//! - [`analysis`]: one question, one file: sharing, blast radius, ranking, findings, difference;
//!   between entry points and crown jewels: exposure, paths, minimum cut, choke points, what-if,
//!   plan.
//! - [`project`]: what the user made: the list of fixes, by names that outlive a re-import.
//! - [`layout`]: what is visible into positions.
//! - [`scene`]: all of the above and a style into a finished picture.
//! - [`export`]: answers into bytes: report, blast radius and difference as JSON or text, the
//!   inventory and its rejected rows as tables.
//! - [`cli`]: arguments into the same answers, without a window.
//! - `app`: the window, behind the feature `gui`; the only room that knows egui.
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
