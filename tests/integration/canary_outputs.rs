//! Hunts for planted secret values in every output of every command, and in what the wizard shows.
//!
//! Each file holds values in one of the ways in which people leave them where they do not belong. The
//! commands and their formats are read from the program itself.

use std::path::Path;

use keyreach::import::{
    FileBytes, FingerprintKey, ImportSettings, PreviewRequest, ReadOverrides, import, mappings_of,
    preview,
};
use keyreach::inventory::Progress;

use super::commands::{Ground, commands, keyreach};
use super::gate::Wrong;

/// What every planted value contains, in small letters.
const NEEDLE: &str = "c4nary";
const VALUE: &str = "c4nary-Moos9!x";

/// The forms in which people paste a secret into a name; `§` stands for the value.
const FORMS: [&str; 67] = [
    "password: §",
    "Password:§",
    "PASSWORD = §",
    "pw=§",
    "pwd=§",
    "Passwort: §",
    "PASSWORT §",
    "Kennwort §",
    "mot de passe: §",
    "mot de passe §",
    "contraseña: §",
    "wachtwoord: §",
    "senha: §",
    "parola d'ordine: §",
    "password is §",
    "das Passwort ist §",
    "le mot de passe est §",
    "Bob (secret: §)",
    "Bob [token: §]",
    "\"password\": \"§\"",
    "token §",
    "TOKEN: §",
    "api key: §",
    "API-Key=§",
    "X-Api-Key: §",
    "ops / §",
    "root:§",
    "https://ops:§@db.example/x",
    "redis://:§@cache.example:6379/0",
    "jdbc:postgresql://db.example/pay?user=ops&password=§",
    "https://blob.example/c?sv=1&sig=§",
    "https://x.example/?X-Amz-Signature=§",
    "https://hooks.chat.example/services/T0AB12CD3/B0EF45GH6/c4naryQ2wE7rT4yU1iO5pA8",
    "https://x.webhook.office.example/webhookb2/c4nary12-aaaa-bbbb-cccc-1234567890ab",
    "Authorization: Bearer §",
    "authorization: basic §",
    "Bearer §",
    "curl -u ops:§ https://api.example",
    "curl --user ops:§ https://api.example",
    "mysql -uops -p§ ledger",
    "sshpass -p § ssh h",
    "Server=db;Database=pay;User Id=ops;Pwd=§;",
    "DefaultEndpointsProtocol=https;AccountName=pay;AccountKey=§==",
    "-----BEGIN RSA PRIVATE KEY----- § -----END RSA PRIVATE KEY-----",
    "ghp_a1B2c4naryD4e5F6g7H8i9J0",
    "github_pat_11C4NARY0a1B2c3D4e5",
    "xoxb-12c4nary345678-abcd",
    "PGPASSWORD=§ psql",
    // No sign of these is one that only passwords have.
    "the password is: \"c4naryMoos9x\"",
    "Passwort = = c4naryMoos9x",
    "Passwort (neu): c4naryMoos9x",
    "Passwort ab Mai: c4naryMoos9x",
    "Passwort - c4naryMoos9x",
    "pw.: c4naryMoos9x",
    "<password>c4nary</password>",
    "IDENTIFIED BY \"c4naryMoos9\"",
    "hasło: c4nary",
    "пароль: c4nary",
    "パスワード:c4nary",
    "tokens.ghp_a1B2c4naryD4e5F6g7H8i9J0",
    "SG.c4naryAbcdefgh12345678.ggggHHHHiiii",
    "npm_c4naryABCDEF0123456789abcdefghij",
    // No word announces these.
    "login admin/§",
    "db1 (§)",
    "admin | §",
    "net use h /user:adm §",
    "Password=\"Malve;c4nary-9x!\"",
];

/// Headings of names, under each of which somebody keeps passwords.
const NAME_HEADINGS: [&str; 16] = [
    "Key",
    "Schlüssel",
    "Zugang",
    "Zugangsdaten",
    "Clé",
    "Chiave",
    "Sleutel",
    "Chave",
    "Name",
    "Kennung",
    "Login",
    "User",
    "Account",
    "Owner",
    "Title",
    "Vault",
];

const HEADER: [&str; 9] = [
    "credential_id",
    "service",
    "environment",
    "access",
    "owner",
    "storage",
    "identity",
    "tags",
    "type",
];
/// The columns into which a form is put.
const PLACES: [usize; 7] = [0, 1, 4, 5, 6, 7, 8];

/// A row for each form in each column.
fn rows_of_forms() -> Vec<Vec<String>> {
    let plain = ["K1", "web", "dev", "holds", "ann", "wiki", "ops", "x", "key"];
    let mut rows = vec![plain.map(str::to_owned).to_vec()];
    rows.push(["K1", "db", "prod", "grants", "", "", "", "", ""].map(str::to_owned).to_vec());
    for (number, form) in FORMS.into_iter().enumerate() {
        for at in PLACES {
            let mut row = plain.map(str::to_owned).to_vec();
            row[0] = format!("F{number}-{at}");
            row[at] = form.replace('§', VALUE);
            rows.push(row);
        }
    }
    rows
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn csv_of_forms() -> String {
    let line =
        |row: Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
    HEADER.join(",") + "\n" + &rows_of_forms().into_iter().map(line).collect::<String>()
}

fn json_of_forms() -> String {
    let object = |row: Vec<String>| {
        let members = HEADER.into_iter().map(str::to_owned);
        let members = members.zip(row.into_iter().map(serde_json::Value::from));
        serde_json::Value::Object(members.collect())
    };
    serde_json::Value::Array(rows_of_forms().into_iter().map(object).collect()).to_string()
}

/// Every file by its name.
fn planted() -> Vec<(&'static str, String)> {
    let upper = VALUE.to_uppercase();
    let owned = |all: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        all.iter().map(|(name, text)| (*name, text.replace('§', VALUE))).collect()
    };
    let mut all = vec![("forms.csv", csv_of_forms()), ("forms.json", json_of_forms())];
    all.push((
        "rows.csv",
        format!(
            "id,password,service,environment,owner,storage\nK1,{VALUE},web,dev,ann,wiki\n\
             K1,,db uses {VALUE},prod,x{upper}x,\n{VALUE},,api,prod,,\nK3,,{upper},odd {VALUE},,\n\
             K4,,y,prod,bob {VALUE},odd\n"
        ),
    ));
    for heading in NAME_HEADINGS {
        let row = |number: u32| format!("s{number};c4naryMoos{number}!Qx;dev\n");
        let rows: String = (1..4).map(row).collect();
        all.push(("column.csv", format!("Service;{heading};Environment\n{rows}")));
    }
    all.extend(owned(&[
        ("slipped.csv", "id,secret,service,environment,owner\nK1,x-1,web,prod,ann\nK2,,§,web,prod\n"),
        ("word.csv", "id,secret,service,environment,access\nK1,x-1,web,prod,c4nary2023x\n"),
        (
            "headings.csv",
            "id,ghp_a1B2c4naryD4e5F6g7H8i9J0,service,pw: §,environment,access\n\
             K1,x,web,y,prod,grants\nK2,x,web,y,prod\n",
        ),
        (
            "keys.json",
            "[{\"id\":\"K1\",\"service\":\"web\",\"environment\":\"prod\",\
             \"tokens\":{\"ghp_a1B2c4naryD4e5F6g7H8i9J0\":\"x\"}}]",
        ),
        (
            "quotes.csv",
            "credential,password,service,environment,owner\n\"K1\",\"Moor,§\",\"ledger\",\"prod\"\n\
             \"k2\",\"§\",\"mail\",\"prod\"\n\"k3\",\"Igel,§\",\"wiki\",\"dev\"\n",
        ),
        (
            "escapes.csv",
            "\"Account\",\"Login Name\",\"Password\",\"Web Site\",\"Comments\"\n\
             \"K1\",\"ops\",\"a\\\"b,§\",\"https://h.example\",\"\"\n\
             \"K2\",\"bot\",\"a\\\\b§\",\"https://i.example\",\"says \\\"x\\\"\"\n",
        ),
        (
            "stray.csv",
            "id,service,environment,\"notes,\"link\",password\nK1,\"led, ger\",prod,x,§\nK2,y,dev,z,§\n",
        ),
        ("heading.csv", "id,service,remarks,§ password\nK1,web,x,§1\nK2,db,y,§2\n"),
        ("data.csv", "web,db-§-password,x\nweb,other-§-password,y\n"),
        ("partly.csv", "id,secret,service\nK1,c4nary...,web\nK2,c4nary****,db\nK3,§,[object Object]\n"),
        ("a.env", "DB_HOST=db\nDB_PASSWORD=§-password\nLOG=debug\n"),
        ("one.env", "DB_PASSWORD=§-password\n"),
        ("a.yaml", "kind: ConfigMap\ndata:\n  DB: x\n  POSTGRES_PASSWORD: §\n"),
        ("a.xml", "<pwlist>\n<password>§</password>\n</pwlist>\n"),
        ("a.ini", "[keyring]\ndisplay-name=§\n[1]\nsecret=§\n"),
        ("a.pem", "-----BEGIN PRIVATE KEY-----\n§\n-----END PRIVATE KEY-----\n"),
        ("a.sh", "#!/bin/sh\nexport TOKEN=§\ncurl -u ops:§ https://h\n"),
        ("netrc", "machine h login ops password §\nmachine i login ops password §\n"),
    ]));
    all
}

/// Commands that between them print all that is kept of an inventory, and all that is said of a file
/// that is refused.
const PRINT_ALL: [&str; 5] = ["report", "export", "mapping", "import", "check"];

/// Files that differ by a heading alone are read by these commands only.
fn is_read_by(name: &str, command: &str) -> bool {
    command != "screenshot" && (name != "column.csv" || PRINT_ALL.contains(&command))
}

#[test]
fn no_planted_value_stands_in_any_output_of_any_command() {
    no_value_stands_in_any_output(|name| name != "column.csv", 60);
}

#[test]
fn no_value_under_a_heading_of_names_stands_in_any_output() {
    no_value_stands_in_any_output(|name| name == "column.csv", 40);
}

fn no_value_stands_in_any_output(is_asked: impl Fn(&str) -> bool, least: usize) {
    let mut wrong = Wrong::default();
    let mut done = 0;
    for (name, text) in planted().into_iter().filter(|(name, _)| is_asked(name)) {
        let ground = Ground::new();
        let file = ground.write(name, &text);
        for command in commands().into_iter().filter(|command| is_read_by(name, &command.name)) {
            let inputs: Vec<_> = command
                .slots
                .iter()
                .filter(|slot| {
                    matches!(slot.id.as_str(), "files" | "file" | "new" | "old" | "baseline")
                })
                .map(|slot| (slot, file.as_path()))
                .collect();
            if inputs.is_empty() {
                continue;
            }
            let mut lines = vec![command.line(&ground, &inputs)];
            for format in &command.formats {
                lines
                    .push([lines[0].clone(), vec!["--format".to_owned(), format.clone()]].concat());
            }
            if command.name == "export" {
                let tables = ["findings", "credentials", "services", "paths", "plan", "owners"];
                let what = |table: &str| ["--what".to_owned(), table.to_owned()].to_vec();
                lines.extend(tables.map(|table| [lines[0].clone(), what(table)].concat()));
            }
            if command.name == "report" {
                let rejected = ground.path("rejected.csv").to_str().unwrap().to_owned();
                let more = ["--full", "--format", "json", "--rejected"].map(str::to_owned);
                lines.push([lines[0].clone(), more.to_vec(), vec![rejected]].concat());
            }
            for line in lines {
                let output = keyreach(&line);
                done += usize::from(output.status.success());
                for bytes in [&output.stdout, &output.stderr] {
                    let text = String::from_utf8_lossy(&unpacked(bytes)).into_owned();
                    check(&mut wrong, name, &line.join(" "), &text);
                }
                let rejected = std::fs::read_to_string(ground.path("rejected.csv"));
                check(&mut wrong, name, "rejected rows", &rejected.unwrap_or_default());
                // The project, where one was made.
                let project = std::fs::read_to_string(ground.path("picture.png"));
                check(&mut wrong, name, "project", &project.unwrap_or_default());
            }
        }
    }
    assert!(done > least, "{done} answers");
    wrong.assert_none();
}

#[test]
fn no_planted_value_stands_in_the_wizard_or_in_what_import_hands_back() {
    let mut wrong = Wrong::default();
    let (settings, overrides) = (ImportSettings::default(), ReadOverrides::default());
    for (name, text) in planted() {
        let file = FileBytes::new(name, text.into_bytes());
        let asked =
            PreviewRequest { table: 0, before: &[], overrides: &overrides, settings: &settings };
        let seen = preview(&file, asked);
        check(&mut wrong, name, "preview", &format!("{seen:?}"));
        let mapping = mappings_of(file.clone(), &settings);
        check(&mut wrong, name, "mapping", &format!("{mapping:?}"));
        let key = FingerprintKey::from_bytes([9; 32]);
        let read = import(vec![file], &key, &settings, &Progress::default());
        check(&mut wrong, name, "inventory", &format!("{read:?}"));
        if Path::new(name)
            .extension()
            .is_none_or(|end| !["csv", "json"].contains(&end.to_str().unwrap_or_default()))
        {
            let refused = read.err().map(|error| error.to_string()).unwrap_or_default();
            wrong.unless(refused.contains("not a table"), || format!("{name}: {refused}"));
        }
    }
    wrong.assert_none();
}

/// What stands in a workbook, which is an archive; anything else as it is.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return bytes.to_vec();
    };
    let mut text = Vec::new();
    for at in 0..archive.len() {
        std::io::Read::read_to_end(&mut archive.by_index(at).unwrap(), &mut text).unwrap();
    }
    text
}

fn check(wrong: &mut Wrong, name: &str, output: &str, text: &str) {
    // The name of a file is no secret of its own.
    let found = text.to_lowercase().find(NEEDLE);
    let around = |at: usize| {
        let lower = text.to_lowercase();
        lower
            .chars()
            .skip(lower[..at].chars().count().saturating_sub(60))
            .take(140)
            .collect::<String>()
    };
    wrong.unless(found.is_none(), || format!("{name}: {output}: {}", around(found.unwrap_or(0))));
}
