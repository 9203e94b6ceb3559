//! Any bytes as an archive, a workbook or JSON; which, the first bytes say.

#![no_main]
#![allow(dead_code, reason = "each target takes its own promises of the shared ones")]

use libfuzzer_sys::fuzz_target;

#[path = "../../integration/promises.rs"]
mod promises;

fuzz_target!(|bytes: &[u8]| {
    promises::opens_or_says_why("a.zip", bytes);
    promises::opens_or_says_why("a.json", bytes);
});
