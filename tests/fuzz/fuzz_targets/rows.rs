//! Any bytes as the rows below a header with a secret, and below one without.

#![no_main]
#![allow(dead_code, reason = "each target takes its own promises of the shared ones")]

use libfuzzer_sys::fuzz_target;

#[path = "../../integration/promises.rs"]
mod promises;

fuzz_target!(|bytes: &[u8]| {
    for header in [
        "id,service,environment,access,password,owner,expires\n",
        "name,holder,target,level,status,last used,fingerprint\n",
    ] {
        promises::opens_or_says_why("a.csv", &[header.as_bytes(), bytes].concat());
    }
});
