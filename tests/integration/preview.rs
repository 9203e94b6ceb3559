//! The preview of an import: what is detected, what is overruled, and what is never shown.

use std::collections::BTreeMap;

use keyreach::import::{
    By, Fate, FileBytes, FingerprintKey, ImportSettings, Mapping, Preview, PreviewCell, Said,
    import, preview,
};
use keyreach::inventory::Progress;

fn seen(text: &str, said: &Said) -> Preview {
    let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
    preview(&file, said, &ImportSettings::default()).unwrap()
}

fn meaning<'a>(preview: &'a Preview, heading: &str) -> (&'a str, &'a str, bool) {
    let column = preview.columns.iter().find(|column| column.heading == heading).unwrap();
    (column.meaning, column.reason.as_str(), column.unsure)
}

#[test]
fn what_is_detected_is_told_and_can_be_overruled() {
    let text = "Export\nid;service;environment\nk1;pay,roll;dev\n";
    let found = seen(text, &Said::default());
    assert_eq!((found.delimiter, found.quote, found.header_line), (Some(';'), Some('"'), 2));
    assert_eq!(found.written, ["encoding: UTF-8"]);
    assert_eq!(found.rows.len(), 1);
    let said = Said { delimiter: Some(','), ..Said::default() };
    let other = seen(text, &said);
    assert_eq!(other.delimiter, Some(','));
    assert!(!other.recognised);
    let said = Said { header_line: Some(3), ..Said::default() };
    assert_eq!(seen(text, &said).columns.first().unwrap().heading, "k1");
}

#[test]
fn an_encoding_that_is_said_changes_what_is_read() {
    let bytes = b"id,service\nk1,\xb1\xea\n".to_vec();
    let cell = |encoding: Option<&str>| {
        let said = Said { encoding: encoding.map(str::to_owned), ..Said::default() };
        let file = FileBytes::new("f.csv", bytes.clone());
        let found = preview(&file, &said, &ImportSettings::default()).unwrap();
        found.rows.first().unwrap().cells.get(1).cloned().unwrap()
    };
    assert_eq!(cell(None), PreviewCell::Text("±ê".to_owned()));
    assert_eq!(cell(Some("iso-8859-2")), PreviewCell::Text("ąę".to_owned()));
}

#[test]
fn no_secret_is_shown_wherever_it_stands() {
    let canary = "Tr0ub4dor-canary";
    let text = format!(
        "name,password,service,kept_in,notes\n\
         k1,{canary},pay,safe {canary},{canary}\n\
         {canary},other-one,bill,{canary},x\n\
         k3,{canary},a,b,c,too,{canary}\n"
    );
    let silent = Said::default();
    let renamed = Said { columns: BTreeMap::from([(1, "owner".to_owned())]), ..Said::default() };
    let narrow = Said { delimiter: Some(';'), ..Said::default() };
    let forced = Said { delimiter: Some(';'), header_line: Some(2), ..Said::default() };
    for said in [silent, renamed, narrow] {
        let found = seen(&text, &said);
        assert!(!format!("{found:?}").contains(canary), "{said:?}: {found:?}");
    }
    let found = seen(&text, &forced);
    assert!(!format!("{:?}", found.rows).contains(canary));
    let rows = seen(&text, &Said::default()).rows;
    let fates: Vec<Fate> = rows.iter().map(|row| row.fate).collect();
    assert_eq!(fates, [Fate::Taken, Fate::Taken, Fate::Rejected]);
    assert_eq!(rows.first().unwrap().cells.get(1), Some(&PreviewCell::Masked));
}

#[test]
fn a_table_without_a_known_header_shows_no_cell_until_somebody_says_which_line_it_is() {
    let text = "Nummer;Programm\nhunter-two;Lohn\n";
    let found = seen(text, &Said::default());
    assert!(!found.recognised && found.rows.is_empty());
    assert_eq!(found.columns.len(), 2);
    assert!(found.missing.first().unwrap().contains("which line is the header"));
    let columns = BTreeMap::from([(0, "id".to_owned()), (1, "service".to_owned())]);
    let said = Said { header_line: Some(1), columns, ..Said::default() };
    let found = seen(text, &said);
    assert_eq!(found.by, By::User);
    assert_eq!(meaning(&found, "Programm"), ("service", "you said so", false));
    let settings =
        ImportSettings { said: BTreeMap::from([(0, said)]), ..ImportSettings::default() };
    let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
    let key = FingerprintKey::from_bytes([1; 32]);
    let inventory = import(vec![file], &key, &settings, &Progress::default()).unwrap();
    assert_eq!(inventory.ledger().accepted, 1);
}

#[test]
fn guesses_have_reasons_and_unsure_ones_are_marked() {
    let text = "id,service,angelegt,colour,credential_id\n1,a,2026-01-02,red,k1\n\
                2,b,2026-01-03,blue,k2\n";
    let found = seen(text, &Said::default());
    let (is, why, unsure) = meaning(&found, "credential_id");
    assert_eq!((is, why, unsure), ("id", "the heading is a known name for it", false));
    let (is, why, unsure) = meaning(&found, "angelegt");
    assert!(is == "unused" && why.contains("dates") && unsure, "{is} {why}");
    let (is, why, unsure) = meaning(&found, "colour");
    assert_eq!((is, why, unsure), ("unused", "the heading is not known", false));
    let (is, why, unsure) = meaning(&found, "id");
    assert!(is == "unused" && why.contains("credential_id") && unsure, "{is} {why}");
}

#[test]
fn what_a_table_leaves_unsaid_is_explained() {
    let found = seen("id,expires\nk1,2026-01-01\n", &Said::default());
    assert!(!found.names_services);
    assert!(found.missing.iter().any(|told| told.contains("no column names a service")));
    let found = seen("service,environment\na,dev\n", &Said::default());
    assert!(!found.names_credentials);
    assert!(found.missing.iter().any(|told| told.contains("a list of services")));
    let found = seen("id,service,environment,access\nk1,a,dev,holds\n", &Said::default());
    assert_eq!(found.missing, [""; 0]);
}

#[test]
fn a_cell_of_several_names_is_shown_in_pieces() {
    let found = seen("id,services\nk1,\"pay@dev;bill\"\n", &Said::default());
    let cells = &found.rows.first().unwrap().cells;
    let pieces = ["pay in dev".to_owned(), "bill".to_owned()];
    assert_eq!(cells.get(1), Some(&PreviewCell::List(pieces.into())));
}

#[test]
fn a_remembered_mapping_serves_its_own_shape_alone() {
    let mapping = Mapping::parse("[columns]\nid = \"id\"\nWo = \"service\"\n").unwrap();
    let settings = ImportSettings { remembered: vec![mapping], ..ImportSettings::default() };
    let by = |text: &str| {
        let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
        preview(&file, &Said::default(), &settings).unwrap().by
    };
    assert_eq!(by("Wo,id\na,k1\n"), By::Remembered(0));
    assert_eq!(by("Wo,id,service\na,k1,b\n"), By::Names);
}

#[test]
fn the_mapping_of_a_preview_reads_the_same_table_again() {
    let bytes = b"id;Wo;owner\nk1;\xb1\xea;x\n".to_vec();
    let said = Said {
        encoding: Some("iso-8859-2".to_owned()),
        columns: BTreeMap::from([(1, "service".to_owned())]),
        ..Said::default()
    };
    let file = FileBytes::new("f.csv", bytes);
    let first = preview(&file, &said, &ImportSettings::default()).unwrap();
    let text = first.mapping.to_toml();
    let settings = ImportSettings {
        mappings: vec![Mapping::parse(&text).unwrap()],
        ..ImportSettings::default()
    };
    let again = preview(&file, &Said::default(), &settings).unwrap();
    assert_eq!(again.by, By::Mapping(0));
    assert_eq!(again.rows, first.rows, "{text}");
    assert_eq!(again.mapping, first.mapping);
}
