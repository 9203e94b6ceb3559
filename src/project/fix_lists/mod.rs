//! What lists of fixes come to: compared with each other, and as tasks for owners.

mod comparison;
mod tasks;

pub use comparison::{ComparedFixes, FixList, compare_fixes, fixes_in_force};
pub use tasks::{FixTask, NewSecret, TaskPlace, tasks};
