//! What the user made: kept by names, so that it outlives a newer export of the inventory.

mod fixes;

pub use fixes::{Fixes, InstanceName, NamedFix, Standing};
