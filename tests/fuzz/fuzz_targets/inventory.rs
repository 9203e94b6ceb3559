//! Any bytes as a table: sniffer, reader, export and import again.

#![no_main]
#![allow(dead_code, reason = "each target takes its own promises of the shared ones")]

use libfuzzer_sys::fuzz_target;

#[path = "../../integration/promises.rs"]
mod promises;

fuzz_target!(|bytes: &[u8]| {
    promises::exports_what_it_opens("a.csv", bytes);
});
