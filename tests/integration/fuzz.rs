//! Import on bytes that nobody would write: the labelled files and a corpus, whole and mutated.
//!
//! The targets are those of the coverage-guided fuzzer in `tests/fuzz`. Here a fixed number of seeded
//! mutations is driven through each;
//! `KEYREACH_MUTATIONS=5000 cargo test fuzz` drives so many for each file of the corpus.

use std::path::{Path, PathBuf};

use super::promises::{
    exports_what_it_opens, maps_or_says_why, opens_or_says_why, parses_or_says_why,
};

/// So many mutations of each file of a corpus; enough to meet most branches, few enough for a test.
const MUTATIONS: u64 = 60;

fn files_of(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_none_or(|end| end != "expected"))
        .collect();
    files.sort();
    files
}

fn drive(folder: &str, target: fn(&str, &[u8])) {
    let files = files_of(folder);
    assert!(!files.is_empty(), "{folder} holds the corpus");
    let wanted = std::env::var("KEYREACH_MUTATIONS").ok();
    let count = wanted.and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    let all: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    for (at, (file, bytes)) in files.iter().zip(&all).enumerate() {
        let name = file.file_name().unwrap().to_string_lossy();
        target(&name, bytes);
        let other = &all[(at * 7 + 3) % all.len()];
        for seed in 0..count {
            let mutated = mutated(bytes, other, at as u64 * count + seed);
            target(&name, &mutated);
        }
    }
}

/// A few changes of the sort that files suffer: bytes flipped, lost, doubled, cut, spliced.
fn mutated(bytes: &[u8], other: &[u8], seed: u64) -> Vec<u8> {
    const TOKENS: [&[u8]; 16] = [
        b"\"",
        b"'",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"\r\n",
        b"\0",
        b"\xff\xfe",
        b"[",
        b"{\"a\":",
        b"#",
        b"\xef\xbb\xbf",
        b"\"\"",
        b"-----BEGIN ",
    ];
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(24)).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => drop(bytes.splice(at..at, TOKENS[random.below(TOKENS.len())].iter().copied())),
            4 => {
                let from = random.below(other.len() + 1);
                let to = (from + random.below(60)).min(other.len());
                bytes.splice(at..at, other[from..to].iter().copied());
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
        }
    }
    bytes
}

/// Xorshift: small, and the same on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn mutated_inventories_open_or_say_why() {
    drive("tests/imports", opens_or_says_why);
}

#[test]
fn mutated_inventories_open_again_from_their_export() {
    drive("tests/imports", exports_what_it_opens);
}

#[test]
fn mutated_inventories_are_mapped_or_say_why() {
    drive("tests/imports", maps_or_says_why);
}

#[test]
fn mutated_packed_files_open_or_say_why() {
    drive("tests/corpus/packed", opens_or_says_why);
}

#[test]
fn mutated_mapping_files_are_read_or_say_why() {
    drive("tests/corpus/mappings", parses_or_says_why);
}

/// What long fuzzing found once.
#[test]
fn what_was_found_stays_mended() {
    let zeros = "\0".repeat(60);
    let names_of_zeros =
        format!("\u{feff}id,service,environmen{zeros}t,owner\nk1,shop{zeros},dev,own{zeros}t\n");
    exports_what_it_opens("a.csv", names_of_zeros.as_bytes());
    let names_of_a_header: &[u8] = b"# id,service,env\nk1,\"a,dev\nk2\xdabid,service,environment\n\
        k1,pevO\"a,dev\nk\n2,b,prod\n";
    exports_what_it_opens("a.csv", names_of_a_header);
    let header =
        "display_name,secret_hash,status,validity,severity,assignee_email,occurrences_count";
    let names_of_a_shape = format!("[{{\"id\":\"k1\\nid,{header}\\n7\",\"service\":\"shop\"}}]");
    exports_what_it_opens("a.json", names_of_a_shape.as_bytes());
    let names_of_returns: &[u8] = b"id,service\r\"k1\r\r\r\r\r\r\",shop\rk2,mail\r";
    exports_what_it_opens("a.csv", names_of_returns);
    exports_what_it_opens("a.csv", b"id,service\n\"k1\r\r\r\r\r\r\",shop\nk2,mail\n");
}
