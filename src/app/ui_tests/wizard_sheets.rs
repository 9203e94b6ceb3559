//! Clicks in the import wizard on workbooks and archives: which worksheets are read, and the header of
//! each.

use std::fmt::Write as _;
use std::io::Write as _;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use crate::app::model::command::{Command, StageCommand};
use crate::app::shell::window::Window;
use crate::app::ui_tests::{empty, settle};
use crate::project::Opening;

/// A worksheet: its name, whether it is hidden, and its rows, each with its number and its cells.
pub(super) struct Sheet<'a>(pub(super) &'a str, pub(super) bool, pub(super) &'a [(u32, &'a str)]);

fn zipped(members: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("packed");
        zip.write_all(text.as_bytes()).expect("packed");
    }
    zip.finish().expect("packed").into_inner()
}

pub(super) fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |inner: &str| {
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
    };
    let (mut listed, mut related, mut members) = (String::new(), String::new(), Vec::new());
    for (number, Sheet(name, is_hidden, rows)) in (1..).zip(sheets) {
        let state = if *is_hidden { " state=\"hidden\"" } else { "" };
        write!(listed, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"rId{number}\"/>")
            .expect("text");
        related += &relation(number, "worksheet", &format!("worksheets/sheet{number}.xml"));
        let mut cells = String::new();
        for (row, texts) in *rows {
            write!(cells, "<row r=\"{row}\">").expect("text");
            for (column, text) in ('A'..).zip(texts.split(',')).filter(|(_, text)| !text.is_empty())
            {
                write!(cells, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
                    .expect("text");
            }
            cells += "</row>";
        }
        let sheet =
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{cells}</sheetData></worksheet>");
        members.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>"
    );
    let types = format!("<Types xmlns=\"{PACKAGE}/content-types\"/>");
    members.push(("[Content_Types].xml".to_owned(), types));
    let root = relations(&relation(1, "officeDocument", "xl/workbook.xml"));
    members.push(("_rels/.rels".to_owned(), root));
    members.push(("xl/workbook.xml".to_owned(), book));
    members.push(("xl/_rels/workbook.xml.rels".to_owned(), relations(&related)));
    zipped(&members)
}

fn staged(name: &str, bytes: Vec<u8>) -> Harness<'static, Window> {
    let mut harness = empty();
    let opening = Opening::Bytes(vec![(name.to_owned(), bytes)]);
    harness.state_mut().model.apply(Command::Stage(StageCommand::Begin(opening)));
    settle(&mut harness);
    harness
}

fn click(harness: &mut Harness<'static, Window>, label: &str) {
    harness.get_by_label(label).click();
    settle(harness);
}

/// Chooses from a list of which the label is known only in part.
fn choose(harness: &mut Harness<'static, Window>, list: &str, choice: &str) {
    harness.get_by_label(list).click();
    harness.run();
    click(harness, choice);
}

const HEADER: (u32, &str) = (1, "id,service,environment");

#[test]
fn wizard_leaves_worksheets_out_and_takes_hidden_ones_in() {
    let mut harness = staged(
        "keys.xlsx",
        workbook(&[
            Sheet("Prod", false, &[HEADER, (2, "k1,pay,prod"), (3, "k2,pay,prod")]),
            Sheet("Dev", false, &[HEADER, (2, "k1,pay,dev")]),
            Sheet("Old", true, &[HEADER, (2, "k9,mail,prod"), (3, "k8,mail,dev")]),
        ]),
    );
    harness.get_by_label_contains("3 rows: 3 accepted");
    harness.get_by_label("Table: Prod · 1 of 2");
    click(&mut harness, "Old · hidden, 3 rows");
    harness.get_by_label_contains("5 rows: 5 accepted");
    harness.get_by_label("Table: Prod · 1 of 3");
    choose(&mut harness, "Table: Prod · 1 of 3", "Old");
    harness.get_by_label("k9");
    click(&mut harness, "Prod · 3 rows");
    harness.get_by_label_contains("3 rows: 3 accepted");
    // The worksheet in sight stays so, though it is another of those that are read.
    harness.get_by_label("Table: Old · 2 of 2");
    click(&mut harness, "Old · hidden, 3 rows");
    harness.get_by_label_contains("1 row: 1 accepted");
    // The last one cannot be left out.
    click(&mut harness, "Dev · 2 rows");
    harness.get_by_label_contains("1 row: 1 accepted");
    click(&mut harness, "Import");
    let inventory = harness.state().model.inventory().expect("it is imported").clone();
    let not_read: Vec<&str> =
        inventory.sources[0].not_read.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(not_read, ["Prod", "Old"]);
}

#[test]
fn wizard_sets_the_header_of_each_worksheet_by_itself() {
    let rows: [(u32, &str); 5] = [
        (1, "Keys of the shop"),
        (3, "id,service,environment"),
        (4, "Nummer,Wo,Womit"),
        (6, "k1,pay,prod"),
        (7, "k2,web,dev"),
    ];
    let mut harness =
        staged("keys.xlsx", workbook(&[Sheet("One", false, &rows), Sheet("Two", false, &rows)]));
    harness.get_by_label("Header: row 3, detected");
    harness.get_by_label("row 1 is a title and is not read");
    harness.get_by_label_contains("3 accepted, 3 merged, 2 skipped");
    choose(&mut harness, "Header: row 3, detected", "row 4");
    harness.get_by_label("Header: row 4, set by you");
    harness.get_by_label("2 rows from 1 to 3 are titles and are not read");
    harness.get_by_label("Meaning of Womit: not used");
    choose(&mut harness, "Table: One · 1 of 2", "Two");
    harness.get_by_label("Header: row 3, detected");
    harness.get_by_label("Meaning of environment: environment");
    choose(&mut harness, "Table: Two · 2 of 2", "One");
    harness.get_by_label("Header: row 4, set by you");
    for (column, meaning) in [("Nummer", "credential id"), ("Wo", "service")] {
        choose(&mut harness, &format!("Meaning of {column}: not used"), meaning);
    }
    choose(&mut harness, "Table: One · 1 of 2", "Two");
    harness.get_by_label("Meaning of id: credential id");
    // With the same header it is the same table as the other, and read like it.
    choose(&mut harness, "Header: row 3, detected", "row 4");
    harness.get_by_label("Meaning of Nummer: credential id");
    harness.get_by_label_contains("2 accepted, 2 merged, 4 skipped");
    click(&mut harness, "As detected");
    harness.get_by_label("Header: row 3, detected");
}

#[test]
fn wizard_decides_on_tables_without_a_header_one_by_one() {
    let rows: [(u32, &str); 2] = [(1, "k1,pay,prod"), (2, "k2,web,dev")];
    let other: [(u32, &str); 2] = [(1, "pay,k1,prod"), (2, "web,k2,dev")];
    let mut harness =
        staged("keys.xlsx", workbook(&[Sheet("One", false, &rows), Sheet("Two", false, &other)]));
    choose(&mut harness, "Header: none known, detected", "no header");
    choose(&mut harness, "Meaning of column 1: not used", "credential id");
    choose(&mut harness, "Table: One · 1 of 2", "Two");
    choose(&mut harness, "Header: none known, detected", "no header");
    harness.get_by_label("Meaning of column 1: not used");
    choose(&mut harness, "Meaning of column 1: not used", "service");
    choose(&mut harness, "Table: Two · 2 of 2", "One");
    harness.get_by_label("Meaning of column 1: credential id");
}

#[test]
fn wizard_takes_a_row_of_groups_back_and_sets_one() {
    let rows: [(u32, &str); 5] = [
        (1, "Credential,,Service,"),
        (2, "ID,Type,Name,Environment"),
        (3, "k1,token,pay,prod"),
        (4, "k2,token,web,dev"),
        (5, "k3,token,web,dev"),
    ];
    let odd: [(u32, &str); 3] = [(1, "Key,Service"), (2, "Nummer,Name"), (3, "k1,pay")];
    let mut harness =
        staged("keys.xlsx", workbook(&[Sheet("Grouped", false, &rows), Sheet("Odd", false, &odd)]));
    harness.get_by_label("Groups: row 1, detected");
    harness.get_by_label("Meaning of Service Name: service");
    choose(&mut harness, "Groups: row 1, detected", "not named");
    harness.get_by_label("Groups: not named, set by you");
    harness.get_by_label("Header: row 2, set by you");
    harness.get_by_label("row 1 is a title and is not read");
    assert!(harness.query_by_label_contains("Meaning of Service Name").is_none());
    choose(&mut harness, "Groups: not named, set by you", "row 1");
    harness.get_by_label("Meaning of Service Name: service");
    choose(&mut harness, "Table: Grouped · 1 of 2", "Odd");
    choose(&mut harness, "Header: row 1, detected", "row 2");
    choose(&mut harness, "Groups: not named, detected", "row 1");
    harness.get_by_label("Groups: row 1, set by you");
    harness.get_by_label("Meaning of Service Name: service");
}

#[test]
fn wizard_shows_the_first_worksheet_with_a_known_header() {
    let harness = staged(
        "keys.xlsx",
        workbook(&[
            Sheet("Cover", false, &[(1, "Keys of the shop"), (2, "as of May")]),
            Sheet("Keys", false, &[HEADER, (2, "k1,pay,prod")]),
        ]),
    );
    harness.get_by_label("Table: Keys · 2 of 2");
    harness.get_by_label("Header: row 1, detected");
    harness.get_by_label_contains("0 rejected → 1 credential");
}

#[test]
fn wizard_sets_the_header_of_one_member_of_an_archive() {
    let member = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let text = "id,service\nNummer,Wo\nk1,pay\n";
    let bytes = zipped(&[member("a.csv", text), member("b.csv", text)]);
    let mut harness = staged("all.zip", bytes);
    choose(&mut harness, "Header: line 1, detected", "line 2");
    harness.get_by_label("Header: line 2, set by you");
    choose(&mut harness, "Table: a.csv · 1 of 2", "b.csv");
    harness.get_by_label("Header: line 1, detected");
}

#[test]
fn wizard_offers_no_header_of_json_for_its_names_are_known() {
    let text = r#"[{"id":"k1","service":"pay","environment":"prod"}]"#;
    let harness = staged("keys.json", text.as_bytes().to_vec());
    harness.get_by_label("Meaning of id: credential id");
    assert!(harness.query_by_label_contains("Header:").is_none());
}

#[test]
fn wizard_leaves_members_of_an_archive_out_and_brings_them_back() {
    let member = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let bytes = zipped(&[
        member("a.csv", "id,service,environment\nk1,pay,prod\n"),
        member("b.csv", "id,service,environment\nk2,web,dev\nk3,web,dev\n"),
        member("notes.dat", "id,service,environment\nk4,mail,dev\n"),
    ]);
    let mut harness = staged("all.zip", bytes);
    harness.get_by_label_contains("3 rows: 3 accepted");
    choose(&mut harness, "Table: a.csv · 1 of 2", "b.csv");
    click(&mut harness, "a.csv · 35 bytes");
    harness.get_by_label_contains("2 rows: 2 accepted");
    // The table in sight stays so, and it can be left out no more.
    harness.get_by_label("k2");
    click(&mut harness, "b.csv · 45 bytes");
    harness.get_by_label_contains("2 rows: 2 accepted");
    click(&mut harness, "a.csv · 35 bytes");
    harness.get_by_label_contains("3 rows: 3 accepted");
    harness.get_by_label("Table: b.csv · 2 of 2");
    click(&mut harness, "notes.dat · 35 bytes");
    harness.get_by_label_contains("4 rows: 4 accepted");
    click(&mut harness, "a.csv · 35 bytes");
    click(&mut harness, "Import");
    let inventory = harness.state().model.inventory().expect("it is imported").clone();
    let not_read: Vec<String> =
        inventory.sources[0].not_read.iter().map(crate::inventory::NotRead::words).collect();
    assert_eq!(not_read, ["member “a.csv”, 35 bytes: it was left out"]);
}

#[test]
fn wizard_chooses_another_array_of_an_object_or_several() {
    let text = r#"{"keys": [{"id": "k1", "secret": "Tr0ub4dor&3x", "service": "pay"}],
 "tokens": [{"id": "t1", "service": "web"}, {"id": "t2", "service": "api"}]}"#;
    let mut harness = staged("keys.json", text.as_bytes().to_vec());
    harness.get_by_label_contains("1 row: 1 accepted");
    click(&mut harness, "tokens · 2 entries");
    harness.get_by_label_contains("3 rows: 3 accepted");
    click(&mut harness, "keys · 1 entry");
    harness.get_by_label_contains("2 rows: 2 accepted");
    harness.get_by_label("t2");
    click(&mut harness, "Import");
    let inventory = harness.state().model.inventory().expect("it is imported").clone();
    let not_read: Vec<String> =
        inventory.sources[0].not_read.iter().map(crate::inventory::NotRead::words).collect();
    assert_eq!(not_read, ["array “keys”, 1 entry: it was left out"]);
}

#[test]
fn wizard_remembers_the_mappings_of_all_tables_that_were_decided_on() {
    let sheets = [
        Sheet("One", false, &[(1, "id,Wo,environment,owner"), (2, "k1,pay,dev,ann")]),
        Sheet("Two", false, &[(1, "id,Womit,environment"), (2, "k1,web,dev")]),
        Sheet("Three", false, &[(1, "id,Wozu,owner"), (2, "k1,mail,ann")]),
        Sheet("Four", false, &[(1, "id,service,owner"), (2, "k1,api,ann")]),
    ];
    let mut harness = staged("keys.xlsx", workbook(&sheets));
    choose(&mut harness, "Meaning of Wo: not used", "service");
    choose(&mut harness, "Table: One · 1 of 4", "Two");
    choose(&mut harness, "Meaning of Womit: not used", "service");
    choose(&mut harness, "Table: Two · 2 of 4", "Three");
    choose(&mut harness, "Meaning of Wozu: not used", "service");
    // What was left out afterwards is nothing to remember, nor is what was only looked at.
    choose(&mut harness, "Table: Three · 3 of 4", "Four");
    click(&mut harness, "Three · 2 rows");
    click(&mut harness, "Import");
    let remembered = &harness.state().model.import_settings.remembered;
    let mut services: Vec<&str> = remembered
        .iter()
        .flat_map(|mapping| &mapping.columns)
        .filter(|(_, meaning)| *meaning == "service")
        .map(|(name, _)| name.as_str())
        .collect();
    services.sort_unstable();
    assert_eq!((remembered.len(), services), (2, vec!["Wo", "Womit"]));
}
