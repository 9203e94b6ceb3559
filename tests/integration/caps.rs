//! The limits of what a file may unpack to or hold, just below and just above each.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use keyreach::import::{FileBytes, FingerprintKey, ImportError, ImportSettings, import};
use keyreach::inventory::{Inventory, Progress};
use zip::write::{SimpleFileOptions, ZipWriter};

const CSV: &str = "id,service\nk1,web\nk2,db\n";
const MEBIBYTE: usize = 1 << 20;

fn read(name: &str, bytes: Vec<u8>) -> Result<Inventory, ImportError> {
    let files = vec![FileBytes::new(name, bytes)];
    let key = FingerprintKey::from_bytes([5; 32]);
    import(files, &key, &ImportSettings::default(), &Progress::default())
}

fn rows(name: &str, bytes: Vec<u8>) -> usize {
    read(name, bytes).unwrap_or_else(|error| panic!("{error}")).rows.len()
}

fn refused(name: &str, bytes: Vec<u8>) -> String {
    read(name, bytes).unwrap_err().to_string()
}

/// A member of an archive, and the size that is stated for it.
#[derive(Clone)]
struct Member<'a> {
    name: &'a str,
    packed: Vec<u8>,
    sum: u32,
    stated: u32,
}

fn member<'a>(name: &'a str, bytes: &[u8]) -> Member<'a> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    Member { name, packed: encoder.finish().unwrap(), sum: sum.sum(), stated: bytes.len() as u32 }
}

/// A zip archive by hand: a writer would state the true sizes.
fn zipped(members: &[Member<'_>]) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for Member { name, packed, sum, stated } in members {
        let mut common = [20_u16, 0, 8, 0, 0].map(u16::to_le_bytes).concat();
        common.extend([*sum, packed.len() as u32, *stated].map(u32::to_le_bytes).concat());
        common.extend([name.len() as u16, 0].map(u16::to_le_bytes).concat());
        let start = archive.len() as u32;
        archive.extend([&b"PK\x03\x04"[..], &common, name.as_bytes(), packed].concat());
        let rest = [[0; 10].as_slice(), &start.to_le_bytes(), name.as_bytes()].concat();
        directory.extend([&b"PK\x01\x02\x14\x00"[..], &common, &rest].concat());
    }
    let (start, count) = (archive.len() as u32, members.len() as u16);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count, count].map(u16::to_le_bytes).concat());
    archive.extend([directory.len() as u32, start].map(u32::to_le_bytes).concat());
    archive.extend([0, 0]);
    archive
}

/// The parts of a workbook with one worksheet.
fn workbook<'a>(sheet: Member<'a>, other: Option<Member<'a>>) -> Vec<u8> {
    const PARTS: [(&str, &str); 4] = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            "<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
officeDocument\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
             <sheets><sheet name=\"Keys\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships \
             xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
worksheet\"/></Relationships>",
        ),
    ];
    let parts = PARTS.iter().map(|(name, text)| member(name, text.as_bytes()));
    zipped(&parts.chain([sheet]).chain(other).collect::<Vec<_>>())
}

/// A worksheet with the cells of [`CSV`] and so much white space.
fn sheet(space: usize) -> String {
    let cells = |line: &str| {
        let cells = line.split(',');
        let cell = |text| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
        format!("<row>{}</row>", cells.map(cell).collect::<String>())
    };
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{}</sheetData>{}</worksheet>",
        CSV.lines().map(cells).collect::<String>(),
        " ".repeat(space)
    )
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A table of a given size, with lines of comments below its rows.
fn table(bytes: usize) -> Vec<u8> {
    let mut text = CSV.as_bytes().to_vec();
    text.resize(bytes, b'#');
    for at in (CSV.len() - 1..bytes).step_by(MEBIBYTE) {
        text[at] = b'\n';
    }
    text
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_member_may_unpack_to_64_mebibytes_and_no_more() {
    let (most, more) = (table(64 * MEBIBYTE), table(64 * MEBIBYTE + 1));
    let small = || member("a.csv", CSV.as_bytes());
    assert_eq!(rows("a.zip", zipped(&[small(), member("b.csv", &most)])), 4);
    assert_eq!(rows("a.csv.gz", gzipped(&most)), 2);
    let gzip = gzipped(&more);
    let messages = [
        refused("a.zip", zipped(&[small(), member("b.csv", &more)])),
        refused("a.csv.gz", gzip.clone()),
        refused("b.zip", zipped(&[small(), member("b.csv.gz", &gzip)])),
    ];
    for message in messages {
        assert!(message.contains("unpacks to more than 64 MiB"), "{message}");
    }
}

#[test]
fn the_members_of_a_workbook_share_64_mebibytes() {
    let large = sheet(40 * MEBIBYTE);
    let space = vec![b' '; 40 * MEBIBYTE];
    let small = sheet(0);
    let other = |bytes| Some(member("xl/media/image1.png", bytes));
    let book = |sheet, other| workbook(member(SHEET, str::as_bytes(sheet)), other);
    assert_eq!(rows("a.xlsx", book(&large, None)), 2);
    assert_eq!(rows("a.xlsx", book(&small, other(&space))), 2);
    let message = refused("a.xlsx", book(&large, other(&space)));
    assert!(message.contains("unpacks to more than 64 MiB"), "{message}");
}

#[test]
fn a_size_that_an_archive_states_is_not_believed() {
    let (bomb, space) = (vec![b'\n'; 66 * MEBIBYTE], sheet(66 * MEBIBYTE));
    let gzip = gzipped(&bomb);
    let honest = [
        member("a.csv", CSV.as_bytes()),
        member(SHEET, sheet(0).as_bytes()),
        member("a.csv.gz", &gzipped(CSV.as_bytes())),
    ];
    let bombs =
        [member("a.csv", &bomb), member(SHEET, space.as_bytes()), member("a.csv.gz", &gzip)];
    for stated in [0, 10, u32::MAX - 1] {
        let lying = |one: &Member<'static>| {
            let one = Member { stated, ..one.clone() };
            if one.name == SHEET { workbook(one, None) } else { zipped(&[one]) }
        };
        for one in &honest {
            match read("a.zip", lying(one)) {
                Ok(inventory) => assert_eq!(inventory.rows.len(), 2, "{}, {stated}", one.name),
                Err(error) => assert!(error.to_string().contains("damaged"), "{stated}: {error}"),
            }
        }
        for one in &bombs {
            let message = refused("a.zip", lying(one));
            let is_cut = stated <= 10 && message.contains("damaged");
            let is_bomb = message.contains("more than 64 MiB");
            assert!(is_cut || is_bomb, "{}, {stated}: {message}", one.name);
        }
        let mut gzip = gzip.clone();
        let end = gzip.len() - 4;
        gzip[end..].copy_from_slice(&stated.to_le_bytes());
        assert!(refused("a.csv.gz", gzip).contains("more than 64 MiB"), "{stated}");
    }
}

#[test]
fn an_archive_may_have_ten_thousand_members_and_no_more() {
    let archive = |members: usize| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("a.csv", options).unwrap();
        zip.write_all(CSV.as_bytes()).unwrap();
        for at in 1..members {
            zip.start_file(format!("{at}.md"), options).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(rows("a.zip", archive(10_000)), 2);
    let message = refused("a.zip", archive(10_001));
    assert!(message.contains("more than 10,000 members"), "{message}");
}

#[test]
fn an_import_may_have_65_535_files_and_no_more() {
    let files = vec![FileBytes::new("a.csv", Vec::new()); usize::from(u16::MAX) + 1];
    let key = FingerprintKey::from_bytes([5; 32]);
    let read = import(files, &key, &ImportSettings::default(), &Progress::default());
    assert_eq!(read.unwrap_err(), ImportError::TooManyFiles { count: 65_536 });
}

/// An object with a number of other members before its owner.
fn object(members: usize) -> Vec<u8> {
    let others: Vec<String> = (0..members).map(|at| format!("\"m{at}\":1,")).collect();
    let others = others.concat();
    format!("[{{\"id\":\"k1\",\"service\":\"web\",{others}\"owner\":\"team a\"}}]").into_bytes()
}

#[test]
fn of_json_the_first_thousand_names_are_read() {
    let note = "members beyond the first 1000 names are not read";
    for (members, is_whole) in [(997, true), (998, false)] {
        let found = read("a.json", object(members)).unwrap();
        assert_eq!(found.sources[0].header.len(), 1000);
        assert_eq!(found.names.find("team a").is_some(), is_whole);
        assert_eq!(found.sources[0].reading().iter().any(|line| line == note), !is_whole);
    }
}

#[test]
fn of_a_worksheet_the_first_thousand_columns_are_read() {
    let book = |column: &str| {
        let cell = |place: &str, text: &str| {
            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        let row = |number: u32, one: &str, other: &str| {
            let cells =
                cell(&format!("A{number}"), one) + &cell(&format!("{column}{number}"), other);
            format!("<row r=\"{number}\">{cells}</row>")
        };
        let rows = row(1, "service", "id") + &row(2, "web", "k1");
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetData>{rows}</sheetData></worksheet>"
        );
        read("a.xlsx", workbook(member(SHEET, sheet.as_bytes()), None)).unwrap()
    };
    assert!(book("ALL").names.find("k1").is_some(), "column 1000");
    let cut = book("ALM");
    assert!(cut.names.find("k1").is_none(), "column 1001");
    let note = "columns beyond the first 1000 are not read";
    assert!(cut.sources[0].reading().iter().any(|line| line == note));
}

#[test]
fn objects_within_objects_are_opened_to_the_eighth() {
    for (depth, opened) in [(0, true), (7, true), (8, false), (100, false)] {
        let (before, behind) = ("{\"a\":".repeat(depth), "}".repeat(depth));
        let text = format!(
            "[{{\"id\":\"k1\",\"service\":\"web\",\"in\":{before}{{\"owner\":\"x\"}}{behind}}}]"
        );
        let found = read("a.json", text.into_bytes()).unwrap();
        let names = &found.sources[0].header;
        assert_eq!(names.iter().any(|name| name.contains("owner")), opened, "{depth}: {names:?}");
        assert_eq!(found.rows.len(), 1);
    }
}

#[test]
fn json_nested_without_end_overflows_nothing() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let text =
            format!("[{{\"id\":\"k1\",\"service\":\"web\"}},{{\"id\":\"k2\",\"x\":{deep}}}]");
        let found = read("a.json", text.into_bytes()).unwrap();
        assert_eq!((found.ledger().accepted, found.ledger().rejected), (2, 0));
        assert!(!refused("b.json", deep.into_bytes()).is_empty());
    }
}

#[test]
fn a_name_that_an_object_has_many_times_makes_nine_columns() {
    for (times, columns) in [(2, 2), (9, 9), (10, 9), (200, 9)] {
        let owners: Vec<String> = (0..times).map(|at| format!("\"owner\":\"o{at}\",")).collect();
        let owners = owners.concat();
        let text = format!("[{{{owners}\"id\":\"k1\",\"service\":\"web\"}}]");
        let found = read("a.json", text.into_bytes()).unwrap();
        let names = found.sources[0].header.iter();
        assert_eq!(names.filter(|name| name.starts_with("owner")).count(), columns, "{times}");
        assert_eq!(found.rows.len(), 1);
    }
}
