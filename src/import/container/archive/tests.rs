use super::*;

#[test]
fn markers_of_tools_are_no_tables() {
    for name in ["a.csv", "dir/part-0.json.gz", "X.XLSX", "../../etc/a.csv", "./a.csv"] {
        assert!(is_table(name), "{name}");
    }
    for name in [
        "_SUCCESS",
        ".a.csv.crc",
        "__MACOSX/a.csv",
        "dir/_temporary/a.csv",
        "readme.md",
        "a.tar.gz",
    ] {
        assert!(!is_table(name), "{name}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_archive_that_cannot_be_opened_is_wiped() {
    let hidden: Vec<u8> = b"hunter-two-in-a-zip".iter().map(|byte| !byte).collect();
    let secrets = hidden.iter().map(|byte| !byte).cycle().take(4096);
    let bytes = b"PK\x03\x04".iter().copied().chain(secrets).collect();
    let mut room = vec![0; 4096];
    let mut file = FileBytes::new("a.zip", bytes);
    // Shared, so that it stays where it is until it is dropped here.
    let shared = file.bytes.clone();
    let place = shared.as_ptr() as u64;
    assert!(members(&mut file, WantedParts::OPEN, &Progress::default()).is_err());
    drop(shared);
    assert!(!crate::import::input::tests::are_in_memory(&hidden, place, &mut room));
}

#[test]
fn what_unpacks_to_too_much_is_refused_while_it_unpacks() {
    let endless = std::io::repeat(b'x');
    let error = unpacked(endless, (1000, 10), "bomb.gz", &Progress::default()).unwrap_err();
    assert_eq!(error, ImportError::Bomb { file: "bomb.gz".to_owned(), megabytes: 64 });
}

#[test]
fn room_is_made_for_what_text_packs_to_and_not_for_what_is_stated() {
    for stated in [0, 10, 30_000, u64::MAX] {
        let text = vec![b'x'; 20_000];
        let bytes = unpacked(&text[..], (1000, stated), "a.gz", &Progress::default()).unwrap();
        assert_eq!(bytes, text);
        assert!(bytes.capacity() <= 1 << 18, "{stated}: {}", bytes.capacity());
    }
}

#[test]
fn the_limit_is_64_mebibytes_or_250_times_what_is_packed_and_never_over_two_gibibytes() {
    const MEBIBYTE: u64 = 1 << 20;
    for (packed, limit) in [
        (0, 64 * MEBIBYTE),
        (1000, 64 * MEBIBYTE),
        (MEBIBYTE, 250 * MEBIBYTE),
        (8 * MEBIBYTE, 2000 * MEBIBYTE),
        (9 * MEBIBYTE, 2048 * MEBIBYTE),
        (u64::MAX, 2048 * MEBIBYTE),
    ] {
        assert_eq!(most(packed), limit, "{packed}");
    }
}

#[test]
fn unpacking_stops_when_it_is_cancelled() {
    let stop = Progress::default();
    stop.cancel();
    let ended = unpacked(std::io::repeat(b'x'), (1000, 10), "a.gz", &stop).unwrap_err();
    assert_eq!(ended, ImportError::Cancelled);
}
