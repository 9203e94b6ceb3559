//! The preview of an import: what is detected, what is overruled, and what is never shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use keyreach::import::{
    By, ColumnMapping, ColumnOverrides, EnvironmentInNames, Fate, FileBytes, FingerprintKey,
    ImportError, ImportSettings, Preview, PreviewCell, PreviewRequest, ReadOverrides, import,
};
use keyreach::inventory::{Inventory, Level, Progress};

fn preview(
    file: &FileBytes,
    overrides: &ReadOverrides,
    settings: &ImportSettings,
) -> Result<Preview, ImportError> {
    keyreach::import::preview(file, PreviewRequest { table: 0, before: &[], overrides, settings })
}

fn seen(text: &str, overrides: &ReadOverrides) -> Preview {
    let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
    preview(&file, overrides, &ImportSettings::default()).unwrap()
}

/// That columns, counted from 0, have these meanings, and that some hold no secrets.
fn says<const N: usize>(meanings: [(usize, &str); N], no_secrets_in: &[usize]) -> ReadOverrides {
    let meanings = meanings.map(|(at, name)| (at, name.to_owned()));
    let columns = ColumnOverrides {
        table: None,
        header: None,
        meanings: BTreeMap::from(meanings),
        no_secrets_in: no_secrets_in.iter().copied().collect(),
    };
    ReadOverrides { columns: vec![columns], ..ReadOverrides::default() }
}

fn imported(text: &str, settings: &ImportSettings) -> Result<Inventory, ImportError> {
    let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
    import(vec![file], &FingerprintKey::from_bytes([1; 32]), settings, &Progress::default())
}

fn meaning<'a>(preview: &'a Preview, heading: &str) -> (&'a str, &'a str, bool) {
    let column = preview.columns.iter().find(|column| column.heading == heading).unwrap();
    (column.meaning, column.reason.as_str(), column.unsure)
}

#[test]
fn how_names_carry_environments_is_judged_by_rows_from_all_over_the_file() {
    let table = |first: &dyn Fn(usize) -> String, later: &dyn Fn(usize) -> String| {
        let mut text = "credential_id,service,notes\n".to_owned();
        for row in 0..20_000 {
            let service = if row < 200 { first(row) } else { later(row) };
            writeln!(text, "k{row},{service},nothing to be said of it").unwrap();
        }
        text
    };
    let plain = |_: usize| "gateway".to_owned();
    let labelled = |row: usize| format!("web{row}-prod");
    let other = |row: usize| format!("web{row}");
    let names = |text: &str| {
        let read = imported(text, &ImportSettings::default()).unwrap();
        let assumed = read.links.iter().filter(|link| link.instance_assumed).count();
        (assumed, seen(text, &ReadOverrides::default()).environment_in_names)
    };
    // The first 200 rows name one service; nearly all other names carry an environment.
    let late = names(&table(&plain, &labelled));
    assert_eq!(late, (19_800, Some(EnvironmentInNames::Assumed)));
    // The first 200 names carry one, and none of the 19,800 others.
    assert_eq!(names(&table(&labelled, &other)), (0, None));
}

#[test]
fn the_words_of_a_list_are_offered_one_by_one() {
    let words = |text: &str| {
        let words = seen(text, &ReadOverrides::default()).words;
        words.into_iter().map(|word| word.word).collect::<Vec<_>>()
    };
    let entry = |levels: &str| {
        format!(r#"[{{"id":"k1","service":"web","environment":"dev","level":{levels}}}]"#)
    };
    assert_eq!(words(&entry(r#"["admin","admin"]"#)), Vec::<String>::new());
    assert_eq!(words(&entry(r#"["zapft","admin",null,"zapft","saugt"]"#)), ["saugt", "zapft"]);
    assert_eq!(words(&entry(r#""zapft""#)), ["zapft"]);
    // A list that says one word alone is that word, and what was explained is read in it.
    let file = |levels: &str| FileBytes::new("f.json", entry(levels).into_bytes());
    let mut overrides = ReadOverrides::default();
    overrides.words.level.insert("zapft".to_owned(), "admin".to_owned());
    let settings =
        ImportSettings { overrides: BTreeMap::from([(0, overrides)]), ..ImportSettings::default() };
    let key = FingerprintKey::from_bytes([1; 32]);
    for (levels, problems) in
        [(r#"["admin","admin"]"#, 0), (r#"["zapft","zapft"]"#, 0), (r#"["admin","read"]"#, 1)]
    {
        let read = import(vec![file(levels)], &key, &settings, &Progress::default()).unwrap();
        assert_eq!(read.problems.len(), problems, "{levels}");
        let level = if problems == 0 { Level::Admin } else { Level::Unknown };
        assert!(read.links.iter().all(|link| link.level == level), "{levels}");
    }
}

#[test]
fn what_is_detected_is_told_and_can_be_overruled() {
    let text = "Export\nid;service;environment\nk1;pay,roll;dev\n";
    let found = seen(text, &ReadOverrides::default());
    assert_eq!((found.delimiter, found.quote, found.header_line), (Some(';'), Some('"'), 2));
    assert_eq!(found.written, ["encoding: UTF-8"]);
    assert_eq!(found.rows.len(), 1);
    let overrides = ReadOverrides { delimiter: Some(','), ..ReadOverrides::default() };
    let other = seen(text, &overrides);
    assert_eq!(other.delimiter, Some(','));
    assert!(!other.recognised);
    let overrides = ReadOverrides { header_line: Some(3), ..ReadOverrides::default() };
    assert_eq!(seen(text, &overrides).columns.first().unwrap().heading, "k1");
}

#[test]
fn an_encoding_that_is_said_changes_what_is_read() {
    let bytes = b"id,service\nk1,\xb1\xea\n".to_vec();
    let cell = |encoding: Option<&str>| {
        let overrides =
            ReadOverrides { encoding: encoding.map(str::to_owned), ..ReadOverrides::default() };
        let file = FileBytes::new("f.csv", bytes.clone());
        let found = preview(&file, &overrides, &ImportSettings::default()).unwrap();
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
    let silent = ReadOverrides::default();
    let renamed = says([(1, "owner")], &[]);
    let narrow = ReadOverrides { delimiter: Some(';'), ..ReadOverrides::default() };
    let forced =
        ReadOverrides { delimiter: Some(';'), header_line: Some(2), ..ReadOverrides::default() };
    for overrides in [silent, renamed, narrow] {
        let found = seen(&text, &overrides);
        assert!(!format!("{found:?}").contains(canary), "{overrides:?}: {found:?}");
    }
    let found = seen(&text, &forced);
    assert!(!format!("{:?}", found.rows).contains(canary));
    let rows = seen(&text, &ReadOverrides::default()).rows;
    let fates: Vec<Fate> = rows.iter().map(|row| row.fate).collect();
    assert_eq!(fates, [Fate::Accepted, Fate::Accepted, Fate::Rejected]);
    assert_eq!(rows.first().unwrap().cells.get(1), Some(&PreviewCell::Masked));
}

#[test]
fn a_table_without_a_known_header_shows_no_cell_until_somebody_says_which_line_it_is() {
    let text = "Nummer;Programm\nhunter-two;Lohn\n";
    let found = seen(text, &ReadOverrides::default());
    assert!(!found.recognised && found.rows.is_empty());
    assert_eq!(found.columns.len(), 2);
    assert!(found.missing.first().unwrap().contains("which line is the header"));
    let overrides =
        ReadOverrides { header_line: Some(1), ..says([(0, "id"), (1, "service")], &[]) };
    let found = seen(text, &overrides);
    assert_eq!(found.by, By::User);
    assert_eq!(meaning(&found, "Programm"), ("service", "set by you", false));
    let settings =
        ImportSettings { overrides: BTreeMap::from([(0, overrides)]), ..ImportSettings::default() };
    assert_eq!(imported(text, &settings).unwrap().ledger().accepted, 1);
}

#[test]
fn guesses_have_reasons_and_unsure_ones_are_marked() {
    let text = "id,service,dodane,colour,credential_id\n1,a,2026-01-02,red,k1\n\
                2,b,2026-01-03,blue,k2\n";
    let found = seen(text, &ReadOverrides::default());
    let (is, why, unsure) = meaning(&found, "credential_id");
    assert_eq!((is, why, unsure), ("id", "the heading is a known name for it", false));
    let (is, why, unsure) = meaning(&found, "dodane");
    assert!(is == "unused" && why.contains("dates") && unsure, "{is} {why}");
    let (is, why, unsure) = meaning(&found, "colour");
    assert_eq!((is, why, unsure), ("unused", "the heading is not known", false));
    let (is, why, unsure) = meaning(&found, "id");
    assert!(is == "unused" && why.contains("credential_id") && unsure, "{is} {why}");
}

#[test]
fn what_a_table_leaves_unsaid_is_explained() {
    let found = seen("id,expires\nk1,2026-01-01\n", &ReadOverrides::default());
    assert!(!found.names_services);
    assert!(found.missing.iter().any(|told| told.contains("no column names a service")));
    let found = seen("service,environment\na,dev\n", &ReadOverrides::default());
    assert!(!found.names_credentials);
    assert!(found.missing.iter().any(|told| told.contains("a list of services")));
    let found = seen("id,service,environment,access\nk1,a,dev,holds\n", &ReadOverrides::default());
    assert_eq!(found.missing, [""; 0]);
}

#[test]
fn a_cell_of_several_names_is_shown_in_pieces() {
    let found = seen("id,services\nk1,\"pay@dev;bill\"\n", &ReadOverrides::default());
    let cells = &found.rows.first().unwrap().cells;
    let pieces = ["pay in dev".to_owned(), "bill".to_owned()];
    assert_eq!(cells.get(1), Some(&PreviewCell::List(pieces.into())));
}

#[test]
fn a_remembered_mapping_serves_its_own_shape_alone() {
    let mapping = ColumnMapping::parse("[columns]\nid = \"id\"\nWo = \"service\"\n").unwrap();
    let settings = ImportSettings { remembered: vec![mapping], ..ImportSettings::default() };
    let by = |text: &str| {
        let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
        preview(&file, &ReadOverrides::default(), &settings).unwrap().by
    };
    assert_eq!(by("Wo,id\na,k1\n"), By::Remembered(0));
    assert_eq!(by("Wo,id,service\na,k1,b\n"), By::Names);
}

#[test]
fn the_mapping_of_a_preview_reads_the_same_table_again() {
    let bytes = b"id;Wo;owner\nk1;\xb1\xea;x\n".to_vec();
    let overrides =
        ReadOverrides { encoding: Some("iso-8859-2".to_owned()), ..says([(1, "service")], &[]) };
    let file = FileBytes::new("f.csv", bytes);
    let first = preview(&file, &overrides, &ImportSettings::default()).unwrap();
    let text = first.mapping.to_toml();
    let settings = ImportSettings {
        mappings: vec![ColumnMapping::parse(&text).unwrap()],
        ..ImportSettings::default()
    };
    let again = preview(&file, &ReadOverrides::default(), &settings).unwrap();
    assert_eq!(again.by, By::ColumnMapping(0));
    assert_eq!(again.rows, first.rows, "{text}");
    assert_eq!(again.mapping, first.mapping);
}

const KEYS: &str = "id,key,environment\nk1,aB3dE5fG7hI9jK1l,dev\nk2,zY8xW6vU4tS2rQ0p,prod\n";

#[test]
fn a_column_of_secrets_that_is_renamed_is_read_only_once_somebody_says_that_it_holds_none() {
    let named = "id,token,environment\nk1,pay-desk,dev\nk2,pay-desk,prod\n";
    let looks = KEYS.replace("key", "Programm");
    for (text, sign) in [
        (named, "is named as a secret"),
        (KEYS, "has cells that look like secrets"),
        (looks.as_str(), "has cells that look like secrets"),
    ] {
        let held = says([(1, "service")], &[]);
        let found = seen(text, &held);
        assert!(found.is_held_back());
        let column = &found.columns[1];
        assert_eq!((column.meaning, column.secrets), ("service", Some(sign)), "{text}");
        let second = |found: &Preview| found.rows.first().unwrap().cells.get(1).cloned();
        assert_eq!(second(&found), Some(PreviewCell::Masked), "{text}");
        let settings = |overrides: ReadOverrides| ImportSettings {
            overrides: BTreeMap::from([(0, overrides)]),
            ..ImportSettings::default()
        };
        let told = imported(text, &settings(held)).unwrap_err().to_string();
        assert!(told.contains("no_secrets_in = [") && told.contains(sign), "{told}");
        let free = says([(1, "service")], &[1]);
        let found = seen(text, &free);
        assert!(!found.is_held_back() && found.columns[1].harmless);
        assert!(matches!(second(&found), Some(PreviewCell::Text(_))), "{text}");
        assert!(imported(text, &settings(free)).is_ok());
        let mapping = ColumnMapping::parse(&found.mapping.to_toml()).unwrap();
        assert_eq!(mapping.no_secrets_in.len(), 1);
        let by_file = ImportSettings { mappings: vec![mapping], ..ImportSettings::default() };
        assert!(imported(text, &by_file).is_ok());
    }
}

#[test]
fn a_column_of_secrets_stays_masked_whatever_it_is_said_to_mean() {
    for meaning in ["service", "owner", "name", "fingerprint", "unused", "other-secret"] {
        let found = seen(KEYS, &says([(1, meaning)], &[]));
        assert!(!format!("{found:?}").contains("aB3dE5fG7hI9jK1l"), "{meaning}: {found:?}");
    }
    let fine =
        seen("id,Kennung,service\nk1,aB3dE5fG7hI9jK1l,a\n", &says([(1, "fingerprint")], &[]));
    assert!(!fine.is_held_back(), "fingerprints look random");
}

#[test]
fn what_is_remembered_of_a_shape_frees_no_column_whose_cells_look_like_secrets() {
    let mapping = "no_secrets_in = [\"token\"]\n[columns]\nid = \"id\"\ntoken = \"service\"\n";
    let remembered = vec![ColumnMapping::parse(mapping).unwrap()];
    let settings = ImportSettings { remembered, ..ImportSettings::default() };
    assert!(imported("id,token\nk1,pay-desk\n", &settings).is_ok());
    let told = imported("id,token\nk1,aB3dE5fG7hI9jK1l\n", &settings).unwrap_err();
    assert!(matches!(told, ImportError::SecretsAsNames { .. }), "{told}");
}

#[test]
fn columns_of_one_name_come_back_apart_from_a_saved_mapping() {
    let text = "name,service,name,environment\nk1,pay,shown elsewhere,dev\n";
    let found = seen(text, &says([(0, "unused"), (2, "name")], &[]));
    let headings: Vec<&str> = found.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(headings, ["name", "service", "name (2)", "environment"]);
    let mapping = ColumnMapping::parse(&found.mapping.to_toml()).unwrap();
    for settings in [
        ImportSettings { mappings: vec![mapping.clone()], ..ImportSettings::default() },
        ImportSettings { remembered: vec![mapping.clone()], ..ImportSettings::default() },
    ] {
        let file = FileBytes::new("f.csv", text.as_bytes().to_vec());
        let again = preview(&file, &ReadOverrides::default(), &settings).unwrap();
        let meanings: Vec<&str> = again.columns.iter().map(|column| column.meaning).collect();
        assert_eq!(meanings, ["unused", "service", "name", "environment"]);
        assert_eq!(again.mapping, mapping);
    }
}

fn packed(tables: &[(&str, &str)]) -> FileBytes {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in tables {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    FileBytes::new("all.zip", zip.finish().unwrap().into_inner())
}

#[test]
fn each_table_of_an_archive_can_be_looked_at_and_meanings_serve_those_with_its_columns() {
    let file = packed(&[
        ("a.csv", "id,Wo,owner\nk1,pay,x\n"),
        ("b.csv", "id,environment\nk2,dev\n"),
        ("c.csv", "k3,prod\n"),
    ]);
    let settings = ImportSettings::default();
    let look = |table: usize, overrides: &ReadOverrides| {
        let asked = PreviewRequest { table, before: &[], overrides, settings: &settings };
        keyreach::import::preview(&file, asked).unwrap()
    };
    let silent = ReadOverrides::default();
    let first = look(0, &silent);
    assert_eq!(first.tables, ["a.csv", "b.csv", "c.csv"]);
    assert_eq!((first.at, first.table.as_str()), (0, "all.zip/a.csv"));
    let mut overrides = ReadOverrides::default();
    overrides.columns_mut(Some(first.header_mark)).meanings.insert(1, "service".to_owned());
    assert_eq!(meaning(&look(0, &overrides), "Wo").0, "service");
    assert_eq!(meaning(&look(1, &overrides), "environment").0, "environment");
    let last = look(2, &overrides);
    assert!(last.recognised && last.rows.len() == 1, "it is read as the part before it");
    assert_eq!(meaning(&last, "environment").0, "environment");
    let overrides = BTreeMap::from([(0, overrides)]);
    let settings = ImportSettings { overrides, ..ImportSettings::default() };
    let key = FingerprintKey::from_bytes([1; 32]);
    let inventory = import(vec![file.clone()], &key, &settings, &Progress::default()).unwrap();
    let services: BTreeSet<&str> =
        inventory.instances.iter().map(|instance| inventory.text(instance.service)).collect();
    assert!(services.contains("pay") && !services.contains("dev"), "{services:?}");
}
