//! Hunts for planted secret values in everything that import hands back.

use std::collections::{BTreeMap, BTreeSet};

use keyreach::import::{
    ColumnMapping, FileBytes, FingerprintKey, ImportSettings, PreviewRequest, ReadOverrides,
    import, mappings_of, meanings, preview,
};
use keyreach::inventory::{ProblemKind, Progress};

const CANARIES: [&str; 4] =
    ["c4nary/Val+ue=1", "c4nary two, words", "c4nary\"quoted", "c4nary;semi@colon"];

/// Everything of the result that a person or a program could see.
fn everything_of(text: &str) -> String {
    everything_by(text, &ImportSettings::default())
}

fn everything_by(text: &str, settings: &ImportSettings) -> String {
    let files = vec![FileBytes::new("canary.csv", text.as_bytes().to_vec())];
    let shown = format!("{files:?}");
    let key = FingerprintKey::from_bytes([9; 32]);
    match import(files, &key, settings, &Progress::default()) {
        Ok(inventory) => format!("{shown}{inventory:?}"),
        Err(error) => format!("{shown}{error:?}{error}"),
    }
}

fn assert_no_canary(text: &str) {
    let everything = everything_of(text);
    for needle in ["c4nary", "YzRuYX", "M0bmFye", "NG5hcn", "%34nary"] {
        assert!(!everything.contains(needle), "{needle} from:\n{text}\nin:\n{everything}");
    }
}

/// Named like a list of JSON or a heading, a value is masked there too, and in what a project keeps.
#[test]
fn a_value_that_is_the_name_of_a_table_or_a_column_is_masked() {
    let value = "c4nary-Hunter2-Value";
    let row =
        format!("{{\"id\":\"k1\",\"secret\":\"{value}\",\"service\":\"web\",\"{value}\":\"x\"}}");
    assert_no_canary(&format!("{{\"{value}\":[{row},{row}],\"other\":[{row}]}}"));
    assert_no_canary(&format!("id,secret,service,{value}\nk1,{value},web,x\nk2,{value},db,y\n"));
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[test]
fn no_value_survives_in_any_shape() {
    for canary in CANARIES {
        let cell = quoted(canary);
        for text in [
            format!("id,password,service\nk1,{cell},a\nk2,{cell},b\n"),
            format!("name;secret value;used by\nk1;{cell};\"a;b\"\n"),
            format!("id\tholder\ttarget\ttoken\nk1\ta\tb\t{cell}\n"),
            format!("Title,Username,Password,URL,Notes,TOTP\nx,u,{cell},https://h,{cell},{cell}\n"),
            format!("password\n{cell}\n"),
            format!("{cell},a,prod\nx,y,z\n"),
            format!("{cell}\n{cell}\n"),
            format!(
                "RuleID,Commit,File,Secret,Match,Fingerprint\nr,c,f,{cell},{},f\n",
                quoted(&format!("x = {canary}"))
            ),
        ] {
            assert_no_canary(&text);
        }
    }
}

#[test]
fn no_value_survives_in_another_row() {
    for text in [
        "id,service,password\nk1,a,c4naryvalue9\nc4naryvalue9,b,\n",
        "id,service,password\nk1,c4naryvalue9,\nk2,a,c4naryvalue9\n",
        "id,service,environment,password\nk1,c4naryvalue9,de\u{200b}v,x\nk2,a,prod,c4naryvalue9\n",
    ] {
        assert_no_canary(text);
    }
    let kept = everything_of("id,service,password\nk1,payments,x1\nk2,a,payments\n");
    assert!(kept.contains("payments"), "a weak password takes no service its name");
}

/// A value as other cells may write it, and what must not stay of that.
fn written(canary: &str) -> Vec<(String, String)> {
    let whole = |text: String| (text, canary.to_owned());
    let mut all = vec![
        whole(canary.to_owned()),
        whole(format!("postgres://app:{canary}@db/x")),
        whole(format!("prefix {canary} suffix")),
        whole(format!("{canary} and {canary}")),
        whole(serde_json::json!(["x", canary]).to_string()),
    ];
    let percent = percent(canary);
    for code in [percent.to_lowercase(), percent] {
        all.push((format!("x={code}"), code));
    }
    // Beside what stands before it a value starts at each of the three places of a group.
    for before in ["", "u", "us", "use"] {
        let code = base64(format!("{before}{canary}").as_bytes());
        let code = code.trim_end_matches('=');
        for code in [code.to_owned(), code.replace('+', "-").replace('/', "_")] {
            let own = code[4..code.len() - 1].to_owned();
            all.push((format!("Basic {code}"), own));
        }
    }
    let first = canary.chars().next().unwrap();
    let rest = serde_json::Value::from(&canary[first.len_utf8()..]).to_string();
    let rest = rest.trim_matches('"');
    let escaped = format!("\\u{:04x}{rest}", u32::from(first));
    all.push((format!("[\"x\",\"{escaped}\"]"), rest.to_owned()));
    all.push((format!("{{\"x\":{{\"y\":[\"{escaped}\"]}}}}"), rest.to_owned()));
    all
}

/// What one column of a table means that has an id and a password as well.
fn meaning(word: &str) -> ImportSettings {
    let columns = [("x", word), ("password", "secret")].into_iter();
    let columns = columns.chain((word != "id").then_some(("key", "id")));
    let columns = columns.map(|(name, word)| (name.to_owned(), word.to_owned())).collect();
    let mapping = ColumnMapping { columns, ..ColumnMapping::default() };
    ImportSettings { mappings: vec![mapping], ..ImportSettings::default() }
}

#[test]
fn no_value_survives_in_another_cell_of_its_row() {
    let canaries =
        ["c4naryvalue", "c4nary/+val", "c4nary val~", "c4nary?>p??>~ÿ", "c4nary\"\\x", "c4naryäö"];
    for canary in canaries {
        let written = written(canary);
        let rows = written
            .iter()
            .zip(1..)
            .map(|((text, _), number)| format!("k{number},{},{}\n", quoted(text), quoted(canary)));
        let text = format!("key,x,password\n{}", rows.collect::<String>());
        for word in meanings().into_iter().filter(|word| *word != "secret") {
            let settings = meaning(word);
            let everything = everything_by(&text, &settings);
            for (_, needle) in &written {
                assert!(!everything.contains(needle), "{needle} as {word}: {everything}");
            }
            if ["other-secret", "unused"].contains(&word) {
                continue;
            }
            let files = vec![FileBytes::new("canary.csv", text.as_bytes().to_vec())];
            let key = FingerprintKey::from_bytes([9; 32]);
            let read = import(files, &key, &settings, &Progress::default()).unwrap();
            let masked = read.problems.iter().filter(|one| one.kind == ProblemKind::MaskedCell);
            let lines: BTreeSet<u32> = masked.map(|one| one.place.line).collect();
            assert_eq!(lines.len(), written.len(), "{canary} as {word}: {lines:?}");
        }
    }
}

#[test]
fn no_line_of_a_key_file_survives_in_another_cell_of_its_row() {
    let lines = ["-----BEGIN X KEY-----", "c4naryAAAA", "c4naryBBBB", "-----END X KEY-----"];
    for own in ["\n", "\r\n", "\\n", "\\r\\n"] {
        for other in ["\n", "\r\n", "\\n", "\\r\\n"] {
            for text in [
                lines.join(other),
                format!("key: {}{other}", lines.join(other)),
                lines[1..].join(other),
                lines[2].to_owned(),
                format!("[\"{}\"]", lines.join("\\n")),
            ] {
                let (text, value) = (quoted(&text), quoted(&lines.join(own)));
                let text = format!("id,service,storage,password\nk1,web,{text},{value}\n");
                let everything = everything_of(&text);
                assert!(!everything.contains("c4nary"), "{text}: {everything}");
                assert!(everything.contains("MaskedCell"), "{text}: {everything}");
            }
        }
    }
}

#[test]
fn every_known_place_for_a_secret_in_a_name_is_masked() {
    const PARAMETERS: [&str; 20] = [
        "password",
        "passwd",
        "pwd",
        "pass",
        "secret",
        "token",
        "access_token",
        "auth_token",
        "refresh_token",
        "api_key",
        "apikey",
        "api-key",
        "key",
        "sig",
        "signature",
        "accountkey",
        "sharedaccesskey",
        "client_secret",
        "x-amz-signature",
        "auth",
    ];
    const BEGINNINGS: [&str; 22] = [
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "glpat-",
        "xoxa-",
        "xoxb-",
        "xoxp-",
        "xoxr-",
        "xoxs-",
        "sk_live_",
        "sk_test_",
        "rk_live_",
        "sk-",
        "AIza",
        "npm_",
        "pypi-",
        "dop_v1_",
        "shpat_",
        "hvs.",
    ];
    let parameters = PARAMETERS.iter().flat_map(|key| {
        [format!("https://host/x?a=b&{key}=c4nary&c=d"), format!("Server=db;{key}=c4nary;c=d")]
    });
    let token = |start| format!("of {start}a1B2c3c4naryD4e5F6g7H8 x");
    let all: Vec<String> = parameters.chain(BEGINNINGS.iter().map(token)).collect();
    for heading in ["storage", "owner", "id", "identity", "tags", "type"] {
        for text in &all {
            let first = if heading == "id" { "name" } else { "id" };
            let table = format!("{first},service,{heading}\nk1,web,{}\n", quoted(text));
            let everything = everything_of(&table);
            assert!(!everything.contains("c4nary"), "{heading}: {text}: {everything}");
        }
    }
}

#[test]
fn no_value_survives_in_ragged_or_broken_rows() {
    for text in [
        "id,password,service\nk1,a,c4naryvalue,b\n",
        "id,service,password\nk1,c4naryvalue\nk2,a,b\n",
        "id,service,password\nc4naryvalue\nk2,a,b\n",
        "id,service,password\nk1,a,\"c4nary\nc4nary,c4nary,c4nary\nk2,a,b\n",
        "id,service,password\nk1,a,\"c4nary\nk2,c4nary,b\n",
        "id,service,totp\nk1,c4naryvalue\nk2,a,b\n",
        "id,password,secret,service\nk1,c4naryvalue,other99,a c4naryvalue\n",
        "id,service,url\nk1,a,https://user:c4naryvalue@host/path\n",
        "id,service,owner\nk1,https://user:c4naryvalue@host/path,ssh://u:c4nary@h\n",
        "id,target\nk1,https://user:c4nary@host/path\n",
        "id,service,password,access\nk1,a,c4naryvalue,c4naryvalue\n",
        "id,service,password,created\nk1,a,c4naryvalue,c4naryvalue\n",
        "id,service,password\n\"k1\",a,c4naryvalue\nid,service,c4naryvalue\n",
    ] {
        assert_no_canary(text);
    }
}

/// What the wizard would show, and what the import and the mapping file would keep, where the
/// second of three columns is overrides to mean something.
fn everything_renamed(text: &str, heading: &str, word: &str) -> Vec<String> {
    let mut overrides = ReadOverrides::default();
    overrides.columns_mut(None).meanings.insert(1, word.to_owned());
    let columns = [("id", "id"), (heading, word), ("owner", "owner")];
    let columns = columns.map(|(name, word)| (name.to_owned(), word.to_owned()));
    let mapping = ColumnMapping { columns: BTreeMap::from(columns), ..ColumnMapping::default() };
    let by_user = ImportSettings {
        overrides: BTreeMap::from([(0, overrides.clone())]),
        ..ImportSettings::default()
    };
    let by_file = ImportSettings { mappings: vec![mapping.clone()], ..ImportSettings::default() };
    let remembered = ImportSettings { remembered: vec![mapping], ..ImportSettings::default() };
    let silent = ReadOverrides::default();
    [(by_user, &overrides), (by_file, &silent), (remembered, &silent)]
        .map(|(settings, overrides)| {
            let file = FileBytes::new("canary.csv", text.as_bytes().to_vec());
            let asked = PreviewRequest { table: 0, before: &[], overrides, settings: &settings };
            let seen = preview(&file, asked);
            let written = mappings_of(file, &settings).map(|mapping| mapping.to_toml());
            format!("{}\n{seen:?}\n{written:?}", everything_by(text, &settings))
        })
        .into()
}

#[test]
fn no_value_survives_in_a_column_that_is_called_something_else() {
    let random = "c4naryA1b2C3d4E5f6G7";
    for (heading, value) in [
        ("password", "c4nary-pass"),
        ("api_key", "c4nary-pass"),
        ("Access Token", random),
        ("db secret", "c4nary"),
        ("key", random),
        ("Kennziffer", random),
    ] {
        let text = format!("id,{heading},owner\nk1,{value},team {value}\nk2,{value},x\n");
        for word in meanings() {
            // Nothing tells that a column holds secrets that has no such name and is not read (nor is
            // it where another column has its meaning), or that a fingerprint is none.
            let untold = ["unused", "fingerprint", "id", "owner"];
            if heading == "Kennziffer" && untold.contains(&word) {
                continue;
            }
            for everything in everything_renamed(&text, heading, word) {
                assert!(!everything.contains("c4nary"), "{heading} as {word}:\n{everything}");
            }
        }
    }
}

#[test]
fn no_value_survives_in_a_table_without_a_header() {
    let random = "c4naryA1b2C3d4E5f6G7";
    for (first, value) in [("", random), ("id,password,owner\n", "c4nary-pass")] {
        let text = format!("{first}k1,{value},team {value}\nk2,{value},x\n");
        for word in meanings().into_iter().filter(|word| *word != "id" && *word != "owner") {
            if word == "fingerprint" && first.is_empty() {
                continue;
            }
            let mut overrides = ReadOverrides { header_line: Some(0), ..ReadOverrides::default() };
            let columns = overrides.columns_mut(None);
            for (at, word) in ["id", word, "owner"].into_iter().enumerate() {
                columns.meanings.insert(at, word.to_owned());
            }
            let mut unsaid = overrides.clone();
            unsaid.columns_mut(None).meanings.remove(&1);
            for overrides in [overrides, unsaid] {
                let by_user = ImportSettings {
                    overrides: BTreeMap::from([(0, overrides.clone())]),
                    ..ImportSettings::default()
                };
                let file = FileBytes::new("canary.csv", text.as_bytes().to_vec());
                let asked = PreviewRequest {
                    table: 0,
                    before: &[],
                    overrides: &overrides,
                    settings: &by_user,
                };
                let seen = preview(&file, asked);
                let everything = format!("{}\n{seen:?}", everything_by(&text, &by_user));
                assert!(!everything.contains("c4nary"), "{word}:\n{everything}");
            }
            let columns = [("column 1", "id"), ("column 2", word), ("column 3", "owner")];
            let columns = columns.map(|(name, word)| (name.to_owned(), word.to_owned()));
            let columns = BTreeMap::from(columns);
            let mapping =
                ColumnMapping { columns, header_line: Some(0), ..ColumnMapping::default() };
            let by_file =
                ImportSettings { mappings: vec![mapping.clone()], ..ImportSettings::default() };
            let known = ImportSettings { remembered: vec![mapping], ..ImportSettings::default() };
            for settings in [by_file, known] {
                let everything = everything_by(&text, &settings);
                assert!(!everything.contains("c4nary"), "{word}:\n{everything}");
            }
        }
    }
}

#[test]
fn a_short_value_is_masked_where_a_cell_is_nothing_else() {
    let everything = everything_of("id,service,owner,password\nk1,abcd,zq7,zq7\n");
    assert!(!everything.contains("zq7"), "{everything}");
}

#[test]
fn masked_services_do_not_become_one() {
    let text =
        "id,service,password\nk1,redis-main,redis\nk2,mysql-main,mysql\nk3,redis-main,redis\n";
    let files = vec![FileBytes::new("a", text.as_bytes().to_vec())];
    let key = FingerprintKey::from_bytes([9; 32]);
    let inventory = import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
    assert_eq!(inventory.instances.len(), 2);
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let at = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[test]
fn no_part_of_a_value_survives_in_a_rejected_row() {
    // A value with the delimiter in it, with and without quotes gone wrong, at each place of a row that
    // is too wide, too short, or of the right width.
    let parts = ["c4nary", "Zq7", "2031", "x"];
    let cells = ["k1", "PASSWORD", "pay", "prod", "holds", "team a", "2027-03-01"];
    let header = "id,password,service,environment,access,owner,expires";
    let good = "k1,Good-one-1,pay,prod,holds,team a,2027-03-01\nk2,Good-two-2,ship,dev,grants,b,\n";
    for value in [
        "c4nary,Zq7".to_owned(),
        parts.join(","),
        "\"c4nary\" Zq7".to_owned(),
        "\"c4nary\",\"Zq7\"x".to_owned(),
        "c4nary Zq7".to_owned(),
    ] {
        for place in 0..=cells.len() {
            for drop in 0..4 {
                let mut row: Vec<&str> =
                    cells.into_iter().filter(|cell| *cell != "PASSWORD").collect();
                row.truncate(cells.len() - 1 - drop);
                row.insert(place.min(row.len()), &value);
                let text = format!("{header}\n{good}{}\n", row.join(","));
                // Of the right width, and without a stray quote, it is no rejected row.
                let files = vec![FileBytes::new("canary.csv", text.as_bytes().to_vec())];
                let key = FingerprintKey::from_bytes([9; 32]);
                let read =
                    import(files, &key, &ImportSettings::default(), &Progress::default()).unwrap();
                if read.ledger().rejected == 0 {
                    continue;
                }
                let problem = read.problems.iter().find(|problem| problem.row_rejected).unwrap();
                let shown = problem.row.as_deref().unwrap_or_default();
                for part in ["c4nary", "Zq7", "2031"] {
                    assert!(!shown.contains(part), "{shown} from {text}");
                }
                assert!(!shown.contains("‹?"), "{shown}");
            }
        }
    }
}
