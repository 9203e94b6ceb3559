//! One inventory in every form in which it may come, and forms that are broken or meant to harm.

use std::io::{Cursor, Write as _};
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use keyreach::import::{FileBytes, FingerprintKey, ImportError, ImportSettings, import};
use keyreach::inventory::{Inventory, Progress};
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

const CSV: &str = "id,password,service,environment,access\n\
                   k1,c4nary-one,web,dev,holds\n\
                   k1,c4nary-one,db,prod,grants\n\
                   k2,c4nary-two,db,prod,holds\n";

const JSON: &str = r#"[
{"id": "k1", "password": "c4nary-one", "service": "web", "environment": "dev", "access": "holds"},
{"id": "k1", "password": "c4nary\u002done", "service": "db", "environment": "prod",
 "access": "grants"},
{"access": "holds", "id": "k2", "password": "c4nary-two", "service": "db", "environment": "prod"}
]"#;

fn read_as(name: &str, bytes: Vec<u8>) -> Result<Inventory, ImportError> {
    read_all(vec![FileBytes::new(name, bytes)], &ImportSettings::default())
}

fn read_all(files: Vec<FileBytes>, settings: &ImportSettings) -> Result<Inventory, ImportError> {
    let read = import(files, &FingerprintKey::from_bytes([5; 32]), settings, &Progress::default());
    let told = format!("{read:?}");
    assert!(!told.contains("c4nary"), "{told}");
    read
}

/// Mappings as words, with the line behind each.
fn mappings(inventory: &Inventory) -> Vec<(String, u32)> {
    let words = inventory.links.iter().map(|mapping| {
        let row = inventory.rows[mapping.row.0 as usize];
        let spoken = inventory.instances[mapping.instance.0 as usize];
        let ids = row.credential.map(|one| inventory.ids_of(one)).unwrap_or_default();
        let words = [
            inventory.text(ids[0]),
            inventory.text(spoken.service),
            inventory.text(spoken.environment),
            &format!("{:?}", mapping.access),
        ]
        .join(" ");
        (words, row.place.line)
    });
    words.collect()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one worksheet, its cells given as XML.
fn workbook(rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetData>{rows}</sheetData></worksheet>"
    );
    zipped(&[
        (
            "[Content_Types].xml",
            b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            b"<Relationships \
              xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
              <Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
              Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
officeDocument\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
              xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
              <sheets><sheet name=\"Keys\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships \
              xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
              <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
              Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
worksheet\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn text_row(number: u32, cells: &[&str]) -> String {
    let cells = cells.iter().zip('A'..).map(|(text, column)| {
        format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    });
    format!("<row r=\"{number}\">{}</row>", cells.collect::<Vec<_>>().concat())
}

fn workbook_of_csv() -> Vec<u8> {
    let rows = CSV
        .lines()
        .zip(3..)
        .map(|(line, number)| text_row(number, &line.split(',').collect::<Vec<_>>()));
    workbook(&(text_row(1, &["Keys of the shop"]) + &rows.collect::<String>()))
}

#[test]
fn every_form_says_the_same_and_keeps_its_own_lines() {
    let lines = JSON.lines().collect::<Vec<_>>();
    let two = format!("{} {}", lines[2], lines[3]);
    let json_lines: Vec<&str> =
        [lines[1], &two, lines[4]].map(|line| line.trim_end_matches(',')).into();
    let json_lines = json_lines.join("\n");
    let held = format!("{{\"count\": 3, \"items\": {JSON}}}");
    for (name, bytes, lines) in [
        ("a.csv", CSV.as_bytes().to_vec(), [2, 3, 4]),
        ("a.tsv", CSV.replace(',', "\t").into_bytes(), [2, 3, 4]),
        ("a.json", JSON.as_bytes().to_vec(), [2, 3, 5]),
        ("a.jsonl", json_lines.into_bytes(), [1, 2, 3]),
        ("held.json", held.into_bytes(), [2, 3, 5]),
        ("a.csv.gz", gzipped(CSV.as_bytes()), [2, 3, 4]),
        ("a.zip", zipped(&[("keys/a.csv", CSV.as_bytes()), ("read.me", b"hello")]), [2, 3, 4]),
        ("b.zip", zipped(&[("a.json.gz", &gzipped(JSON.as_bytes()))]), [2, 3, 5]),
        ("a.xlsx", workbook_of_csv(), [4, 5, 6]),
    ] {
        let inventory = read_as(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = ["k1 web dev Holds", "k1 db prod Grants", "k2 db prod Holds"];
        let expected: Vec<_> = expected.map(str::to_owned).into_iter().zip(lines).collect();
        assert_eq!(mappings(&inventory), expected, "{name}");
        let ledger = inventory.ledger();
        assert_eq!(ledger.accepted, 3, "{name}");
        assert_eq!(ledger.rejected, 0, "{name}");
        assert_eq!(inventory.identities.len(), 2, "{name}");
    }
}

#[test]
fn damaged_json_loses_one_entry_and_says_where() {
    let inventory = read_as(
        "a.jsonl",
        b"{\"id\":\"k1\",\"service\":\"a\"}\n{\"id\":c4nary}\n\"c4nary\"\n{\"id\":\"k2\",\"service\":\"a\"}\n{\"id\":"
            .to_vec(),
    )
    .unwrap();
    let ledger = inventory.ledger();
    assert_eq!((ledger.read(), ledger.accepted, ledger.rejected), (5, 2, 3));
    let lines: Vec<u32> = inventory.problems.iter().map(|problem| problem.place.line).collect();
    assert_eq!(lines, [2, 3, 5]);
    assert!(inventory.problems.iter().all(|problem| problem.row_rejected));
}

#[test]
fn archives_that_are_meant_to_harm_or_damaged_are_refused_in_words() {
    let zeros = vec![b'\n'; 80 << 20];
    let fails = |name: &str, bytes: Vec<u8>| read_as(name, bytes).unwrap_err().to_string();
    assert!(fails("bomb.gz", gzipped(&zeros)).contains("unpacks to more than 64 MiB"));
    assert!(fails("bomb.zip", zipped(&[("a.csv", &zeros)])).contains("64 MiB"));
    let mut sheet = workbook(&text_row(1, &["id", "service"]));
    let inside = zipped(&[("xl/workbook.xml", b"<w/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(fails("bomb.xlsx", inside).contains("64 MiB"));
    sheet.truncate(sheet.len() / 2);
    assert!(fails("cut.xlsx", sheet).contains("damaged"));
    let mut cut = gzipped(CSV.as_bytes());
    cut.truncate(cut.len() - 12);
    assert!(fails("cut.gz", cut).contains("damaged"));
    assert!(fails("none.zip", zipped(&[("readme.md", b"x")])).contains("holds no table"));
    assert!(fails("no.xlsx", workbook("")).contains("empty"));
    let nested = zipped(&[("a.csv", &zipped(&[("b.csv", CSV.as_bytes())]))]);
    assert!(fails("nested.zip", nested).contains("archive within an archive"));
}

#[test]
fn a_worksheet_with_one_cell_far_away_costs_no_memory() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    let rows = text_row(1, &["id", "service"]) + &text_row(2, &["k1", "a"]) + far;
    let inventory = read_as("far.xlsx", workbook(&rows)).unwrap();
    assert_eq!(inventory.ledger().accepted, 1);
    let told = inventory.sources[0].reading().join("\n");
    assert!(told.contains("beyond the first 1000"), "{told}");
}

#[test]
fn a_worksheet_is_chosen_by_name() {
    let settings =
        |name: &str| ImportSettings { sheet: Some(name.to_owned()), ..ImportSettings::default() };
    let files = || vec![FileBytes::new("a.xlsx", workbook_of_csv())];
    assert_eq!(read_all(files(), &settings("Keys")).unwrap().ledger().accepted, 3);
    let error = read_all(files(), &settings("Others")).unwrap_err().to_string();
    assert!(error.contains("no worksheet named “Others”"), "{error}");
}

#[test]
fn a_folder_of_parts_is_read_with_the_header_of_its_first() {
    let folder = TempDir::new().unwrap();
    let (header, rows) = CSV.split_once('\n').unwrap();
    let (first, rest) = rows.split_once('\n').unwrap();
    for (name, text) in [
        ("part-00000.csv", format!("{header}\n{first}\n")),
        ("part-00001.csv", rest.to_owned()),
        ("part-00002.csv", String::new()),
        ("part-00003.csv", format!("{header}\n")),
        ("_SUCCESS", String::new()),
        (".part-00000.csv.crc", "junk".to_owned()),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_keyreach"))
        .args(["report", "--format", "json", folder.path().to_str().unwrap()])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["summary"]["credentials"], 2);
    let accepted: Vec<u64> = report["import"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["rows_accepted"].as_u64().unwrap())
        .collect();
    assert_eq!(accepted, [1, 2, 0, 0]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("c4nary"));
}

/// Names of the sources with their rows, and of what was not read the problem.
fn parts(inventory: &Inventory) -> (Vec<(String, u64)>, Vec<String>) {
    let sources = inventory.sources.iter();
    let sources = sources.map(|source| (source.name.clone(), source.ledger.read())).collect();
    let problems = inventory.problems.iter();
    let told = problems.filter(|problem| problem.kind.word() == "unread-member");
    let told = told.map(|problem| {
        let source = &inventory.sources[usize::from(problem.place.source.0)];
        format!("{}: {}", source.name, problem.message)
    });
    (sources, told.collect())
}

#[test]
fn what_is_no_table_in_an_archive_is_told_and_the_rest_is_read() {
    let inner = zipped(&[("b.csv", CSV.as_bytes())]);
    let bytes = zipped(&[
        ("x/a.csv", CSV.as_bytes()),
        ("x/AREADME.txt", b"c4nary hello world"),
        ("x/z.txt", b""),
        ("in.zip", &inner),
        ("b.csv.gz", &gzipped(b"credential_id,service\nk9,gzipped\n")),
        ("../../etc/up.csv", b"credential_id,service\nk8,up\n"),
        ("hidden.csv", &inner),
    ]);
    let inventory = read_as("all.zip", bytes).unwrap();
    let (sources, told) = parts(&inventory);
    let read: Vec<&str> =
        sources.iter().filter(|(_, rows)| *rows > 0).map(|(name, _)| name.as_str()).collect();
    assert_eq!(read, ["all.zip/../../etc/up.csv", "all.zip/b.csv.gz", "all.zip/x/a.csv"]);
    let beginnings: Vec<&str> =
        told.iter().map(|told| told.split_inclusive("not read:").next().unwrap()).collect();
    assert_eq!(
        beginnings,
        [
            "all.zip/hidden.csv: not read:",
            "all.zip/x/AREADME.txt: not read:",
            "all.zip/x/z.txt: not read:",
            "all.zip/in.zip: not read:",
        ]
    );
    assert!(told[3].contains("archive within an archive"), "{}", told[3]);
    let fails = |bytes: Vec<u8>| read_as("none.zip", bytes).unwrap_err().to_string();
    assert!(fails(zipped(&[("in.zip", &inner)])).contains("within an archive"));
    assert!(fails(zipped(&[("readme.txt", b"hello world")])).contains("no header"));
    let up = zipped(&[("../../etc/up.csv", CSV.as_bytes())]);
    assert_eq!(read_as("up.zip", up).unwrap().ledger().read(), 3);
}

#[test]
fn a_folder_is_read_and_mapped_beside_a_text_that_is_no_table() {
    let folder = TempDir::new().unwrap();
    for (name, text) in [
        ("a-readme.txt", "hello world\n"),
        ("part-0.csv", CSV),
        ("part-1.csv", "k7,c4nary-three,shop,dev,grants\n"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let run = |command: &[&str]| {
        let path = folder.path().to_str().unwrap();
        let mut keyreach = Command::new(env!("CARGO_BIN_EXE_keyreach"));
        let ran = keyreach.args(command).arg(path).output();
        let ran = ran.unwrap();
        assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    };
    let report: serde_json::Value =
        serde_json::from_str(&run(&["report", "--format", "json"])).unwrap();
    let read = |at: usize| report["import"][at]["rows_read"].as_u64();
    assert_eq!([read(0), read(1), read(2)], [Some(0), Some(3), Some(1)]);
    assert_eq!(report["import"][0]["problems"][0]["kind"], "unread-member");
    assert!(run(&["mapping"]).contains("password"));
}

#[test]
fn what_a_workbook_lost_of_ids_secrets_and_formulas_is_told() {
    let head = text_row(1, &["id", "service", "password", "note"]);
    let rows = "<row r=\"2\"><c r=\"A2\"><v>12345678901234567</v></c>\
                <c r=\"B2\" t=\"inlineStr\"><is><t>web</t></is></c></row>\
                <row r=\"3\"><c r=\"A3\" t=\"d\"><v>2026-03-01</v></c>\
                <c r=\"B3\"><f>1+1</f></c><c r=\"D3\"><f>1+1</f></c></row>\
                <row r=\"4\"><c r=\"A4\"><v>123456789012345</v></c>\
                <c r=\"B4\" t=\"e\"><v>#REF!</v></c>\
                <c r=\"C4\"><v>98765432109876543</v></c></row>";
    let inventory = read_as("odd.xlsx", workbook(&format!("{head}{rows}"))).unwrap();
    let told = inventory.problems.iter();
    let told: Vec<(u32, &str, &str)> =
        told.map(|told| (told.place.line, told.column.as_str(), told.message.as_str())).collect();
    let expected = [
        (2, "id", "rounded this number"),
        (3, "", "is written as a date"),
        (3, "service", "formula has no stored value"),
        (4, "password", "this secret is not whole"),
    ];
    for (line, column, part) in expected {
        let found =
            told.iter().any(|told| told.0 == line && told.1 == column && told.2.contains(part));
        assert!(found, "{column} of line {line}: {part} in {told:?}");
    }
    assert_eq!(told.len(), expected.len(), "{told:?}");
    assert!(inventory.names.find("123456789012345").is_some());
}
