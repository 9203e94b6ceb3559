//! Files of each form with a secret in every row.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::{SimpleFileOptions, ZipWriter};

/// What each secret begins with.
pub(crate) const SECRET: &str = "~Kr4nich-Moos-und-8-Otter!";
/// More rows than are read between two looks at whether somebody asked to stop.
const ROWS: usize = 20_000;

fn rows(start: &str, row: impl Fn(usize) -> String, end: &str) -> Vec<u8> {
    let mut text = start.to_owned();
    for at in 0..ROWS {
        text.push_str(&row(at));
    }
    text.push_str(end);
    text.into_bytes()
}

pub(crate) fn csv() -> Vec<u8> {
    rows("id,service,password\n", |at| format!("k{at},web{},{SECRET}{at}\n", at % 9), "")
}

/// With quotes, which are read another way than plain cells.
fn quoted_csv() -> Vec<u8> {
    let row = |at| format!("k{at},\"we\"\"b\",\"{SECRET}{at}\",\"{SECRET}{at} once more\"\n");
    rows("id,service,password,owner\n", row, "")
}

fn object(at: usize) -> String {
    format!("{{\"id\":\"k{at}\",\"service\":\"web\",\"password\":\"{SECRET}{at}\"}}")
}

fn json() -> Vec<u8> {
    rows("[", |at| format!("{},\n", object(at)), "{\"id\":\"last\",\"service\":\"web\"}]")
}

fn json_lines() -> Vec<u8> {
    rows("", |at| object(at) + "\n", "")
}

fn workbook() -> Vec<u8> {
    let mut sheet =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
                     <sheetData>"
            .to_owned();
    let mut row = |number: usize, cells: [&str; 3]| {
        write!(sheet, "<row r=\"{number}\">").unwrap();
        for (column, cell) in ["A", "B", "C"].into_iter().zip(cells) {
            write!(sheet, "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
                .unwrap();
        }
        sheet.push_str("</row>");
    };
    row(1, ["id", "service", "password"]);
    for at in 0..ROWS {
        row(at + 2, [&format!("k{at}"), "web", &format!("{SECRET}{at}")]);
    }
    sheet.push_str("</sheetData></worksheet>");
    zipped(&[
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Each file by its name.
pub(crate) fn all() -> [(&'static str, Vec<u8>); 8] {
    [
        ("plain.csv", csv()),
        ("quoted.csv", quoted_csv()),
        ("a.json", json()),
        ("a.jsonl", json_lines()),
        ("a.xlsx", workbook()),
        ("a.csv.gz", gzipped(&csv())),
        ("a.zip", zipped(&[("one.csv", &csv()), ("two.json", &json())])),
        ("quoted.zip", zipped(&[("one.csv", &quoted_csv())])),
    ]
}

const CONTENT_TYPES: &str =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const RELATIONS: &str = "<Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Target=\"xl/workbook.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\"/>\
    </Relationships>";
const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
    <sheets><sheet name=\"Keys\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const SHEETS: &str = "<Relationships \
    xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/>\
    </Relationships>";
