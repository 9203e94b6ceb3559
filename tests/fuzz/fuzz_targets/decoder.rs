//! Any bytes behind each byte order mark, and behind a header in UTF-16.

#![no_main]
#![allow(dead_code, reason = "each target takes its own promises of the shared ones")]

use libfuzzer_sys::fuzz_target;

#[path = "../../integration/promises.rs"]
mod promises;

fuzz_target!(|bytes: &[u8]| {
    for mark in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"] {
        promises::opens_or_says_why("a", &[mark, bytes].concat());
    }
    let header: Vec<u8> = "id,service\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    promises::opens_or_says_why("a", &[&header, bytes].concat());
});
