//! Hunts for secret values in this program's own memory once import is done with them.
//!
//! Each secret is made while the test runs, and what is looked for is kept enciphered, so that the
//! test itself leaves no copy. Freed memory counts: whoever reads a crash dump reads that too.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::FileExt;

use keyreach::import::{
    FileBytes, FingerprintKey, ImportError, ImportSettings, PreviewRequest, ReadOverrides, import,
    mappings_of, preview,
};
use keyreach::inventory::{Inventory, Progress};
use zeroize::{Zeroize as _, Zeroizing};

const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// An allocator may write over the first bytes of what was freed.
const WRITTEN_OVER: usize = 24;
/// What is looked for starts with a byte that is rare in memory.
const START: u8 = b'~';

/// A secret that no other test has.
fn secret(number: u64) -> Zeroizing<Vec<u8>> {
    let mut random = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut secret = Zeroizing::new(Vec::with_capacity(56));
    for _ in 0..56 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        secret.push(LETTERS[(random >> 40) as usize % LETTERS.len()]);
    }
    secret[WRITTEN_OVER] = START;
    secret
}

/// The end of a secret in one encoding, enciphered.
struct Sought(Vec<u8>);

impl Sought {
    /// In UTF-8, and in UTF-16, whichever byte of a letter comes first.
    fn all(secret: &[u8]) -> [Self; 2] {
        let end: Vec<u8> = secret[WRITTEN_OVER..].iter().map(|byte| byte ^ 0xa5).collect();
        let mut wide: Vec<u8> = end.iter().flat_map(|byte| [*byte, 0xa5]).collect();
        wide.pop();
        [Self(end), Self(wide)]
    }

    fn starts(&self, bytes: &[u8]) -> bool {
        let same = |(hidden, byte): (&u8, &u8)| hidden ^ 0xa5 == *byte;
        bytes.len() >= self.0.len() && self.0.iter().zip(bytes).all(same)
    }
}

/// The memory that this program can write to, looked at without taking any of what was freed.
struct Memory {
    contents: File,
    maps: String,
    room: Zeroizing<Vec<u8>>,
}

impl Memory {
    const STEP: usize = 1 << 20;

    fn new() -> Self {
        let contents = File::open("/proc/self/mem").unwrap();
        let room = Zeroizing::new(vec![0; Self::STEP + 256]);
        Self { contents, maps: String::with_capacity(Self::STEP), room }
    }

    /// How often a secret stands in it.
    fn copies(&mut self, sought: &[Sought]) -> usize {
        self.maps.clear();
        File::open("/proc/self/maps").unwrap().read_to_string(&mut self.maps).unwrap();
        let mut found = 0;
        for line in self.maps.lines() {
            let mut parts = line.split([' ', '-']);
            let mut place = || u64::from_str_radix(parts.next().unwrap(), 16).unwrap();
            let (start, end) = (place(), place());
            if !parts.next().unwrap().starts_with("rw") {
                continue;
            }
            for from in (start..end).step_by(Self::STEP) {
                let length = self.room.len().min((end - from) as usize);
                let room = &mut self.room[..length];
                // Other tests give memory back meanwhile.
                let Ok(read) = self.contents.read_at(room, from) else { continue };
                let read = &room[..read];
                for at in memchr::memchr_iter(START, &read[..read.len().min(Self::STEP)]) {
                    found += sought.iter().filter(|form| form.starts(&read[at..])).count();
                }
            }
        }
        // What was read is no copy that anybody else left.
        self.room.fill(0);
        found
    }
}

/// A file in which a secret stands wherever `§` does in the text.
fn file(text: &str, secret: &[u8], encode: fn(u8, &mut Vec<u8>)) -> Vec<u8> {
    // Room enough, so that growing leaves nothing behind.
    let count = text.matches('§').count();
    let mut bytes = Vec::with_capacity((text.len() + count * secret.len()) * 2);
    for (at, part) in text.split('§').enumerate() {
        if at > 0 {
            for byte in secret {
                encode(*byte, &mut bytes);
            }
        }
        for byte in part.bytes() {
            encode(byte, &mut bytes);
        }
    }
    bytes
}

fn plain(byte: u8, bytes: &mut Vec<u8>) {
    bytes.push(byte);
}

fn little(byte: u8, bytes: &mut Vec<u8>) {
    bytes.extend([byte, 0]);
}

fn big(byte: u8, bytes: &mut Vec<u8>) {
    bytes.extend([0, byte]);
}

type Way = (&'static str, fn(FileBytes));

/// What can be done with a file.
const WAYS: [Way; 5] = [
    ("import", |file| drop(imported(vec![file], &Progress::default()))),
    ("an import that fails before it", |file| {
        let other = FileBytes::new("no-inventory.csv", b"colour,weight\nred,12\n".to_vec());
        drop(imported(vec![other, file], &Progress::default()));
    }),
    ("an import that is cancelled", |file| {
        let progress = Progress::default();
        progress.cancel();
        drop(imported(vec![file], &progress));
    }),
    ("mapping", |file| drop(mappings_of(file, &ImportSettings::default()))),
    ("preview", |mut file| {
        let (said, settings) = (ReadOverrides::default(), ImportSettings::default());
        drop(preview(
            &file,
            PreviewRequest { table: 0, before: &[], overrides: &said, settings: &settings },
        ));
        file.bytes.zeroize();
    }),
];

fn imported(files: Vec<FileBytes>, progress: &Progress) -> Result<Inventory, ImportError> {
    import(files, &FingerprintKey::from_bytes([4; 32]), &ImportSettings::default(), progress)
}

type Form = (&'static str, &'static str, fn(u8, &mut Vec<u8>));

/// Files with secrets, in every form of which no foreign reader keeps a copy.
const FORMS: [Form; 17] = [
    ("a.csv", "id,service,password\nk1,web,§\nk2,db,other-one-9\n", plain),
    ("a.csv", "id,service,password\nk1,\"we\"\"b\",\"§\"\"\"\nk2,db,other-one-9\n", plain),
    ("masked.csv", "id,service,storage,password\nk1,web,env X=§,§\nk2,db,,other-one-9\n", plain),
    ("login.csv", "id,service,url,password\nk1,web,https://u:§@h/x,§\nk2,db,,o9\n", plain),
    ("ragged.csv", "id,service,password\nk1,web,§,§\nk2,db,other-one-9\n", plain),
    ("open-quote.csv", "id,service,password\nk1,web,\"§\nk2,db,other-one-9\n", plain),
    ("listed.csv", "id,service,password\nk1,web,\"[\"\"§\"\",\"\"o9\"\"]\"\nk2,db,x\n", plain),
    ("stray.csv", "id,service,password\nk1,web,§\n§,db,other-one-9\n", plain),
    ("no-header.csv", "§,web,prod\n§,db,prod\n", plain),
    ("no-inventory.csv", "colour,weight\nred,§\nblue,§\n", plain),
    ("little.csv", "id,service,password\nk1,web,§\nk2,db,other-one-9\n", little),
    ("big.csv", "id,service,password\nk1,web,§\nk2,db,other-one-9\n", big),
    ("a.json", "[{\"id\":\"k1\",\"service\":\"web\",\"password\":\"§\"}]", plain),
    ("a.jsonl", "{\"id\":\"k1\",\"password\":\"§\"}\n{\"id\":\"k2\",\"password\":\"o9\"}\n", plain),
    ("long.jsonl", "{\"id\":\"k1\",\"password\":\"§\"}\n…", plain),
    ("broken.jsonl", "{\"id\":\"k1\",\"password\":\"§\"}\n{\"id\":\"k2\",\"password\":\"§", plain),
    ("held.json", "{\"keys\":[{\"id\":\"k1\",\"password\":\"§\"},{\"id\":\"k2\"}]}", plain),
];

/// The look itself sees what was not wiped.
#[test]
fn a_copy_in_memory_is_found_and_a_wiped_one_is_not() {
    let mut memory = Memory::new();
    for (number, encode) in [plain as fn(u8, &mut Vec<u8>), big, little].into_iter().enumerate() {
        let secret = secret(number as u64 + 1);
        let sought = Sought::all(&secret);
        let mut copy = file("id,password\nk1,§\n", &secret, encode);
        drop(secret);
        assert!(memory.copies(&sought) > 0);
        copy.zeroize();
        assert_eq!(memory.copies(&sought), 0);
    }
}

#[test]
fn no_secret_stays_in_memory_once_a_file_is_read() {
    let (mut memory, mut kept) = (Memory::new(), Vec::new());
    let long = format!("{{\"id\":\"k2\",\"password\":\"{}\"}}\n", "o9".repeat(400)).repeat(20);
    for (at, (name, text, encode)) in FORMS.into_iter().enumerate() {
        // Long enough for whatever gathers its cells to grow several times.
        let text = text.replace("…", &long);
        for (way, (called, done)) in WAYS.into_iter().enumerate() {
            let secret = secret((at * 10 + way) as u64 + 100);
            let sought = Sought::all(&secret);
            let file = FileBytes::new(name, file(&text, &secret, encode));
            drop(secret);
            done(file);
            let copies = memory.copies(&sought);
            // A preview shows of each row what is no secret of its own.
            if copies > 0 && (name, called) != ("stray.csv", "preview") {
                kept.push(format!("{name} after {called}: {copies}"));
            }
        }
    }
    assert!(kept.is_empty(), "{kept:#?}");
}
