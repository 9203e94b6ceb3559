//! Any bytes as a mapping file, and the mapping made for any bytes.

#![no_main]
#![allow(dead_code, reason = "each target takes its own promises of the shared ones")]

use libfuzzer_sys::fuzz_target;

#[path = "../../integration/promises.rs"]
mod promises;

fuzz_target!(|bytes: &[u8]| {
    promises::parses_or_says_why("a.toml", bytes);
    promises::maps_or_says_why("a.csv", bytes);
});
