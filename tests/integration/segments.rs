//! A file that is read in segments is read as the whole.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use keyreach::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportError, ImportSettings, ReadAt, SegmentSizes,
    import, in_segments,
};
use keyreach::inventory::Progress;
use proptest::prelude::*;

use crate::gate::skipped;
use crate::properties::cases;

/// All that an import hands back, or why it hands back nothing.
fn imported(file: FileBytes, settings: &ImportSettings) -> String {
    let key = FingerprintKey::from_bytes([3; 32]);
    match import(vec![file], &key, settings, &Progress::default()) {
        Ok(inventory) => format!("{inventory:#?}"),
        Err(error) => format!("{error:?}"),
    }
}

/// The first line in which two texts differ, of each.
fn difference<'t>(one: &'t str, other: &'t str) -> Option<(&'t str, &'t str)> {
    let (lines, others) = (one.lines().chain([""]), other.lines().chain([""]));
    lines.zip(others).find(|(one, other)| one != other)
}

fn segmented(name: &str, bytes: &[u8], segment: usize) -> Option<FileBytes> {
    let sizes = SegmentSizes { start: 1, segment };
    in_segments(name, Arc::new(bytes.to_vec()), sizes).unwrap()
}

/// The files of folders of the project, and of the real data where there is any.
fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests").join("imports"), root.join("sample-data")];
    match std::env::var_os("KEYREACH_REAL_DATA") {
        Some(folder) => folders.push(folder.into()),
        None => skipped("the real data: KEYREACH_REAL_DATA is unset"),
    }
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|ending| ending.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("csv" | "tsv" | "txt" | "json" | "jsonl") => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_file_is_read_in_segments_as_it_is_read_whole() {
    let mut in_pieces = 0;
    let mut wrong = Vec::new();
    for path in files() {
        let bytes = std::fs::read(&path).unwrap();
        if bytes.len() > 1 << 20 {
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let mapping = std::fs::read_to_string(format!("{}.mapping", path.display())).ok();
        let mappings = mapping.map(|text| ColumnMapping::parse(&text).unwrap());
        let settings =
            ImportSettings { mappings: mappings.into_iter().collect(), ..Default::default() };
        let whole = imported(FileBytes::new(name, bytes.clone()), &settings);
        for segment in [7, 60, 200, 1000, 4096] {
            let Some(file) = segmented(name, &bytes, segment) else { continue };
            in_pieces += usize::from(segment < bytes.len());
            let read = imported(file, &settings);
            if let Some((whole, read)) = difference(&whole, &read) {
                wrong.push(format!("{name} by {segment}: {whole} | {read}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} readings:\n{}", wrong.len(), wrong.join("\n"));
    assert!(in_pieces >= 150, "only {in_pieces} readings were in segments");
}

/// A table that brings every reason to look back, ahead or at all of it.
fn table() -> impl Strategy<Value = String> {
    let date = prop::sample::select(vec!["2026-01-02", "03/04/2026", "13/01/2026", "01/13/2026"]);
    let value = prop::sample::select(vec!["", "hunter2", "Tr0ub4dor&3x", "changeme", "***"]);
    let service = prop::sample::select(vec![
        "web-prod",
        "db-dev",
        "Ã¼ber",
        "ledger \u{2014} prod",
        "\"x, y\"",
        "\"two\r\nlines\"",
        "\"open",
        "\"a\n\nb\n\nc\"",
        "https://u:hunter2@h/p",
    ]);
    let row = ("k[0-9]", value, service, date)
        .prop_map(|(id, value, service, date)| format!("{id},{value},{service},{date}"));
    let line = prop_oneof![
        40 => row,
        1 => Just(String::new()),
        1 => Just("# a remark".to_owned()),
        1 => Just("short,row".to_owned()),
        1 => Just("k1,a,web,2026-01-01\rk2,b,\"d\re\",2026-01-01".to_owned()),
        1 => Just("id,password,service,created".to_owned()),
        1 => Just("service,id,password,created".to_owned()),
        1 => Just("k7,\"-----BEGIN KEY-----\n".to_owned() + &"abc\n".repeat(40) + "end\",x,"),
        1 => Just("k7,x,\"".to_owned() + &"never,,closed,\n".repeat(110)),
    ];
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    let lines = prop::collection::vec((line, end), 1..80);
    let mark = prop::sample::select(vec!["", "\u{feff}"]);
    (mark, prop::sample::select(vec!["password", "tags"]), lines, any::<bool>()).prop_map(
        |(mark, second, lines, is_ended)| {
            let lines: String = lines.into_iter().map(|(line, end)| line + end).collect();
            let lines = if is_ended { &lines } else { lines.trim_end() };
            format!("{mark}id,{second},service,created\n{lines}")
        },
    )
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn random_tables_are_read_in_segments_as_they_are_read_whole(
        text in table(),
        segment in 1..4096_usize,
    ) {
        let settings = ImportSettings::default();
        let whole = imported(FileBytes::new("t.csv", text.clone().into_bytes()), &settings);
        let file = segmented("t.csv", text.as_bytes(), segment).expect("it is UTF-8");
        let read = imported(file, &settings);
        prop_assert_eq!(difference(&whole, &read), None);
    }
}

#[test]
fn what_only_the_whole_shows_is_read_whole() {
    let rows = "id,service\nk1,web\nk2,db\n";
    assert!(segmented("t", rows.as_bytes(), 10).is_some());
    assert!(segmented("t", format!("\u{feff}{rows}").as_bytes(), 10).is_some());
    let others: [&[u8]; 8] = [
        b"id,service\nk1,web\nk2,M\xfcller\n",
        b"i\0d\0,\0s\0\n\0k\0,\0w\0\n\0",
        b"[{\"id\": \"k1\", \"service\": \"web\"}]\n",
        b"a banner\n\n  {\"id\": \"k1\", \"service\": \"web\"}\n",
        b"PK\x03\x04\n",
        b"\x1f\x8b\x08\n",
        b"<list><id>k1</id></list>\n",
        b"id,service\rk1,web\rk2,db\r",
    ];
    for bytes in others {
        assert!(segmented("t", bytes, 10).is_none(), "{}", String::from_utf8_lossy(bytes));
    }
    // Only the mapping says that these bytes are something else.
    let mapping = "encoding = \"windows-1252\"\n[columns]\nid = \"id\"\nservice = \"service\"\n";
    let settings = ImportSettings {
        mappings: vec![ColumnMapping::parse(mapping).unwrap()],
        ..Default::default()
    };
    let text = "id,service\nk1,M\u{fc}ller\nk2,caf\u{e9}\n";
    let whole = imported(FileBytes::new("t", text.as_bytes().to_vec()), &settings);
    assert!(whole.contains("MÃ¼ller"), "{whole}");
    let read = imported(segmented("t", text.as_bytes(), 10).unwrap(), &settings);
    assert_eq!(difference(&whole, &read), None);
}

/// A long table of which no more than a part is ever asked for at once.
struct Watched {
    bytes: Vec<u8>,
    most: AtomicU64,
    breaks_at: u64,
}

impl ReadAt for Watched {
    fn length(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read_at(&self, from: u64, room: &mut [u8]) -> Result<(), String> {
        self.most.fetch_max(room.len() as u64, Ordering::Relaxed);
        if from + room.len() as u64 > self.breaks_at {
            return Err("it was cut off; copy it again".to_owned());
        }
        self.bytes.read_at(from, room)
    }
}

fn long_table() -> Vec<u8> {
    let row = |at: usize| {
        format!(
            "k{},hunter-{}-x,web{},0{}/1{}/2026\n",
            at % 900,
            at % 900,
            at % 7,
            at % 9 + 1,
            at % 3
        )
    };
    let rows: String = (0..60_000).map(row).collect();
    format!("id,password,service,created\n{rows}last,hunter-last-x,web,31/12/2026\n").into_bytes()
}

#[test]
fn a_long_table_is_read_piece_by_piece_and_told_where_it_breaks_off() {
    let bytes = long_table();
    let (length, settings) = (bytes.len() as u64, ImportSettings::default());
    let sizes = SegmentSizes { start: 1, segment: 100_000 };
    let watched =
        |breaks_at| Arc::new(Watched { bytes: bytes.clone(), most: AtomicU64::new(0), breaks_at });
    let source = watched(u64::MAX);
    let file = in_segments("t.csv", source.clone(), sizes).unwrap().unwrap();
    assert!((file.bytes.len() as u64) < length / 2 + (1 << 18), "{}", file.bytes.len());
    source.most.store(0, Ordering::Relaxed);
    let read = imported(file, &settings);
    assert!(source.most.load(Ordering::Relaxed) <= 100_000);
    let whole = imported(FileBytes::new("t.csv", bytes.clone()), &settings);
    assert_eq!(difference(&whole, &read), None);
    // Where it breaks off is found at once, because all of it is looked at first.
    let error = in_segments("t.csv", watched(length - 10), sizes).unwrap_err();
    assert_eq!(error, "it was cut off; copy it again");
}

/// A file that is other at its second reading.
struct Changed(Vec<u8>, AtomicU64);

impl ReadAt for Changed {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&self, from: u64, room: &mut [u8]) -> Result<(), String> {
        self.0.read_at(from, room)?;
        if self.1.fetch_add(room.len() as u64, Ordering::Relaxed) > 4 * self.length() {
            return Err("it was changed; open it again".to_owned());
        }
        Ok(())
    }
}

#[test]
fn a_file_that_cannot_be_read_to_its_end_fails_in_words() {
    let source = Changed(long_table(), AtomicU64::new(0));
    let limit = 3 * source.length();
    let source = Arc::new(source);
    let sizes = SegmentSizes { start: 1, segment: 50_000 };
    let file = in_segments("t.csv", source.clone(), sizes).unwrap().unwrap();
    source.1.store(limit, Ordering::Relaxed);
    let key = FingerprintKey::from_bytes([3; 32]);
    let read = import(vec![file], &key, &ImportSettings::default(), &Progress::default());
    let error = read.unwrap_err();
    let (file, why) = ("t.csv".to_owned(), "it was changed; open it again".to_owned());
    assert_eq!(error, ImportError::Unread { file, why });
    assert_eq!(
        error.to_string(),
        "the file could not be read to its end (it was changed; open it again): t.csv"
    );
}
