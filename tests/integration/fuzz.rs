//! Import on bytes that nobody would write: the labelled files and a corpus, whole and mutated.
//!
//! The targets are those of the coverage-guided fuzzer in `tests/fuzz`. Here a fixed number of seeded
//! mutations is driven through each;
//! `KEYREACH_MUTATIONS=5000 cargo test fuzz` drives so many for each file of the corpus.

use std::path::{Path, PathBuf};

use super::promises::{
    Outcome, exports_what_it_opens, maps_or_says_why, opens_or_says_why, parses_or_says_why,
};

/// So many mutations of each file of a corpus; enough to meet most branches, few enough for a test.
const MUTATIONS: u64 = 20;

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

/// How many files of each hundred must be kept: of those of the corpus, and of the mutated ones. A
/// promise that is never asked is kept by anything.
#[derive(Clone, Copy)]
struct Least {
    whole: usize,
    mutated: usize,
}

fn drive(folder: &str, target: fn(&str, &[u8]) -> Outcome, least: Least) {
    let files = files_of(folder);
    assert!(!files.is_empty(), "{folder} holds the corpus");
    let wanted = std::env::var("KEYREACH_MUTATIONS").ok();
    let count = wanted.and_then(|count| count.parse().ok()).unwrap_or(MUTATIONS);
    let all: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let (mut whole, mut changed) = (0, 0);
    for (at, (file, bytes)) in files.iter().zip(&all).enumerate() {
        let name = file.file_name().unwrap().to_string_lossy();
        whole += usize::from(target(&name, bytes) == Outcome::Kept);
        let other = &all[(at * 7 + 3) % all.len()];
        for seed in 0..count {
            let mutated = mutated(bytes, other, at as u64 * count + seed);
            changed += usize::from(target(&name, &mutated) == Outcome::Kept);
        }
    }
    let percent = |kept: usize, of: usize| kept * 100 / of.max(1);
    let (whole, mutated) =
        (percent(whole, all.len()), percent(changed, all.len() * count as usize));
    assert!(
        whole >= least.whole && (count == 0 || mutated >= least.mutated),
        "{folder}: kept {whole} of 100 whole files and {mutated} of 100 mutated ones"
    );
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
    drive("tests/imports", opens_or_says_why, Least { whole: 80, mutated: 40 });
}

#[test]
fn mutated_inventories_open_again_from_their_export() {
    drive("tests/imports", exports_what_it_opens, Least { whole: 80, mutated: 35 });
}

#[test]
fn mutated_inventories_are_mapped_or_say_why() {
    drive("tests/imports", maps_or_says_why, Least { whole: 80, mutated: 40 });
}

#[test]
fn mutated_packed_files_open_or_say_why() {
    drive("tests/corpus/packed", opens_or_says_why, Least { whole: 100, mutated: 1 });
}

#[test]
fn mutated_mapping_files_are_read_or_say_why() {
    drive("tests/corpus/mappings", parses_or_says_why, Least { whole: 50, mutated: 0 });
}

/// What long fuzzing found once.
#[test]
fn what_was_found_stays_mended() {
    let zeros = "\0".repeat(60);
    let names_of_zeros =
        format!("\u{feff}id,service,environmen{zeros}t,owner\nk1,shop{zeros},dev,own{zeros}t\n");
    assert_eq!(exports_what_it_opens("a.csv", names_of_zeros.as_bytes()), Outcome::Kept);
    let names_of_a_header: &[u8] = b"# id,service,env\nk1,\"a,dev\nk2\xdabid,service,environment\n\
        k1,pevO\"a,dev\nk\n2,b,prod\n";
    assert_eq!(exports_what_it_opens("a.csv", names_of_a_header), Outcome::Kept);
    let header =
        "display_name,secret_hash,status,validity,severity,assignee_email,occurrences_count";
    let names_of_a_shape = format!("[{{\"id\":\"k1\\nid,{header}\\n7\",\"service\":\"shop\"}}]");
    assert_eq!(exports_what_it_opens("a.json", names_of_a_shape.as_bytes()), Outcome::Kept);
    let names_of_returns: &[u8] = b"id,service\r\"k1\r\r\r\r\r\r\",shop\rk2,mail\r";
    assert_eq!(exports_what_it_opens("a.csv", names_of_returns), Outcome::Kept);
    assert_eq!(
        exports_what_it_opens("a.csv", b"id,service\n\"k1\r\r\r\r\r\r\",shop\nk2,mail\n"),
        Outcome::Kept
    );
    // An address that names no server is a name like any other.
    let no_server: &[u8] = b"id,service,environment\nk1,rows:////////,dev\nk1,web,dev\n";
    assert_eq!(exports_what_it_opens("a.csv", no_server), Outcome::Kept);
    // A mapping of one column takes the line for the header that was taken without it.
    let two_headers: &[u8] = b"x\nid\n\"id\"\nins]\nidB = \" id\"id\"id\n";
    maps_or_says_why("a.csv", two_headers);
}
