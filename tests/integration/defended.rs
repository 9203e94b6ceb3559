//! What answers rest on, and of how many they speak: on the command line, worked out by hand.

use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keyreach"));
    command.args(arguments).args(["--as-of", "2026-11-23"]);
    command.current_dir(folder.path()).output().unwrap()
}

/// What a command line prints about files with these names and texts.
fn text(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(&folder, arguments);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(files: &[(&str, &str)], arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    serde_json::from_str(&text(files, &arguments)).unwrap()
}

/// Every access is stated, and every environment is part of a name.
const NAMES: &str = "credential_id,service,access\nk1,web-dev,holds\nk1,db-prod,grants\n\
                     k2,api-dev,holds\nk2,api-prod,grants\n";

#[test]
fn a_report_names_the_environments_that_were_read_from_names() {
    let files = [("names.csv", NAMES)];
    let report = text(&files, &["report", "names.csv"]);
    let all =
        "2 credentials let dev reach prod, all on assumptions only: environments read from names";
    assert!(report.contains(all), "{report}");
    let assumed = "an id in several sources: the same credential, environments read from names: dev \
                   and prod, as of 2026-11-23";
    assert!(report.contains(assumed), "{report}");
    let report = json(&files, &["report", "names.csv"]);
    assert_eq!(report["assumptions"]["environments_from_names"], json!(["dev", "prod"]));
    let stated =
        [("stated.csv", "id,service,environment,access\nk,web,dev,holds\nk,db,prod,grants\n")];
    let report = text(&stated, &["report", "stated.csv"]);
    assert!(
        !report.contains("assumptions only") && !report.contains("read from names"),
        "{report}"
    );
    let report = json(&stated, &["report", "stated.csv"]);
    assert_eq!(report["assumptions"]["environments_from_names"], json!([]));
}

#[test]
fn a_report_on_an_id_in_two_files_names_that_assumption() {
    let header = "id,service,environment,access\n";
    let (one, two) = (format!("{header}k,ci,dev,holds\n"), format!("{header}k,app,prod,grants\n"));
    let files = [("one.csv", one.as_str()), ("two.csv", two.as_str())];
    let report = text(&files, &["report", "one.csv", "two.csv"]);
    let only = "1 credential lets dev reach prod, on assumptions only: an id across sources";
    assert!(report.contains(only), "{report}");
}

/// web → mail by `k`, and web, mail → db by `l`; db is the crown jewel, web and mail are entry points. `l`
/// is stated to be held by mail alone.
const ENDS: &str = "id,service,environment,access,status\nk,web,dev,holds,active\n\
                    k,mail,dev,grants,active\nl,mail,dev,holds,active\nl,db,prod,grants,active\n\
                    l,web,dev,,active\nold,db,prod,grants,revoked\n";

#[test]
fn an_entry_point_is_not_one_of_those_that_can_reach_it() {
    let files = [("ends.csv", ENDS)];
    let of = |to: &str| text(&files, &["reached-by", "ends.csv", "--to", to]);
    assert!(of("mail@dev").contains("mail in dev is reached by 1 of 1 other entry point,"));
    assert!(of("db@prod").contains("db in prod is reached by 2 of 2 entry points,"));
    let answer = json(&files, &["reached-by", "ends.csv", "--to", "mail@dev"]);
    let figures = (&answer["entry_points"], &answer["other_entry_points"], &answer["reached_by"]);
    assert_eq!(figures, (&json!(2), &json!(1), &json!(1)));
}

#[test]
fn a_what_if_marks_what_rests_on_assumption() {
    // p leads from web to db as no row states; s from mail to db as rows state.
    let rows = "id,service,environment,access\np,web,dev,\np,db,prod,\ns,mail,dev,holds\n\
                s,db,prod,grants\n";
    let files = [("rows.csv", rows)];
    let arguments = ["what-if", "rows.csv", "--fix", "revoke p", "--fix", "revoke s"];
    let written = text(&files, &arguments);
    assert!(written.contains("1. revoke p  (assumed)\n"), "{written}");
    assert!(written.contains("2. revoke s\n"), "{written}");
    // p let db reach web too.
    assert!(written.contains("\n3 accesses lost, 2 of them assumed\n"), "{written}");
    let answer = json(&files, &arguments);
    let marks = [&answer["fixes"][0]["assumed"], &answer["fixes"][1]["assumed"]];
    assert_eq!(marks, [&json!(true), &json!(false)]);
    let lost = (&answer["accesses_lost_total"], &answer["accesses_lost_total_assumed"]);
    assert_eq!(lost, (&json!(3), &json!(2)));
    let so_far = (
        &answer["fixes"][0]["accesses_lost_so_far_assumed"],
        &answer["fixes"][1]["accesses_lost_so_far_assumed"],
    );
    assert_eq!(so_far, (&json!(2), &json!(2)));
}

#[test]
fn the_last_credential_of_a_crown_jewel_says_how_many_come_by_it_as_stated() {
    let report = text(&[("ends.csv", ENDS)], &["report", "ends.csv"]);
    let last = "last credentials: l (2 entry points)";
    assert!(report.contains(last), "web gets to mail by k, and on by l: {report}");
    // Without k, nothing states that web holds l.
    let rows = ENDS.replace("k,mail,dev,grants", "k,web,dev,grants");
    let report = text(&[("ends.csv", &rows)], &["report", "ends.csv"]);
    let last = "last credentials: l (2 entry points, 1 with stated access alone)";
    assert!(report.contains(last), "{report}");
}

#[test]
fn services_as_a_table_say_how_many_of_their_credentials_are_dead() {
    let table = text(&[("ends.csv", ENDS)], &["export", "ends.csv", "--what", "services"]);
    let mut lines = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let heading = lines.next().unwrap();
    let column = |name: &str| heading.iter().position(|own| *own == name).unwrap();
    let database = lines.find(|line| line[0] == "db").unwrap();
    let of = ["granted_by", "granted_by_dead", "holds_dead"].map(|name| database[column(name)]);
    assert_eq!(of, ["2", "1", "0"], "l and old, of which old is dead: {table}");
}

#[test]
fn a_difference_lists_all_only_if_it_is_asked_to() {
    use std::fmt::Write as _;
    let mut new = "id,service,environment,access\nk,web,dev,holds\n".to_owned();
    let old = new.clone();
    for at in 0..21 {
        writeln!(new, "n{at:02},web,dev,holds").unwrap();
    }
    let files = [("old.csv", old.as_str()), ("new.csv", new.as_str())];
    let short = text(&files, &["diff", "old.csv", "new.csv"]);
    assert!(short.contains("21 credentials added") && short.contains("and 1 more"), "{short}");
    let full = text(&files, &["diff", "old.csv", "new.csv", "--full"]);
    assert!(full.contains("n20") && !full.contains("and 1 more"), "{full}");
}

#[test]
fn the_headline_names_an_id_across_sources_only_where_nothing_else_joins_the_rows() {
    let header = "credential_id,secret_fingerprint,service,environment,access\n";
    let print = "00000000000010010000000000001001";
    // The fingerprint joins a and b: the id joins c alone, which leads nowhere.
    let (a, b) =
        (format!("{header}x,{print},web,dev,\n"), format!("{header}x,{print},db,prod,grants\n"));
    let c = "credential_id,service,environment,access\nx,other,test,grants\n";
    let files = [("a.csv", a.as_str()), ("b.csv", b.as_str()), ("c.csv", c)];
    let report = text(&files, &["report", "a.csv", "b.csv", "c.csv"]);
    let only = "1 credential lets dev reach prod, on assumed access only\n";
    assert!(report.starts_with(only), "{report}");
    // Here x and y are one credential through the fingerprint of another source alone.
    let a = format!("{header}x,,web,dev,\ny,,db,prod,grants\n");
    let b = format!("{header}x,{print},other,test,grants\ny,{print},other,test,grants\n");
    let files = [("a.csv", a.as_str()), ("b.csv", b.as_str())];
    let report = text(&files, &["report", "a.csv", "b.csv"]);
    let both = "1 credential lets dev reach prod, on assumptions only: assumed access and an id across sources\n";
    assert!(report.starts_with(both), "{report}");
    let apart = ["report", "a.csv", "b.csv", "--ids-across-sources", "apart"];
    assert!(text(&files, &apart).contains("0 cross environments"));
}

#[test]
fn what_counts_as_dead_by_an_id_alone_is_named_where_it_has_fallen() {
    let a = "id,service,environment,access,status\nj,web,dev,holds,\nj,pay,prod,grants,\n";
    let b = "id,service,environment,access,status\nj,old,test,holds,revoked\n";
    let files = [("a.csv", a), ("b.csv", b)];
    let words =
        "j counts as dead by an id across sources alone (assumed); what it leads to is left out";
    for command in [
        &["rotation", "a.csv", "b.csv", "--from", "j"][..],
        &["rotation", "a.csv", "b.csv", "--from", "web@dev"],
        &["blast-radius", "a.csv", "b.csv", "--from", "j"],
        &["blast-radius", "a.csv", "b.csv", "--from", "web@dev"],
        &["paths", "a.csv", "b.csv", "--from", "j", "--to", "pay@prod"],
    ] {
        let said = text(&files, command);
        assert!(said.contains(words), "{command:?}: {said}");
        let answer = json(&files, command);
        let named = [&answer["dead_by_id_alone"], &answer["from"]["dead_by_id_alone"]];
        assert!(named.contains(&&json!(["j"])), "{command:?}: {answer}");
        let apart = [command, &["--ids-across-sources", "apart"]].concat();
        let apart: Vec<&str> =
            apart.iter().map(|&word| if word == "j" { "j~2" } else { word }).collect();
        assert!(!text(&files, &apart).contains("dead by an id"), "{apart:?}");
    }
}

#[test]
fn a_difference_marks_each_assumed_link_and_hop_and_pairs_whose_ends_alone_changed() {
    let header = "credential_id,service,environment,access\n";
    let old = format!("{header}k1,web,dev,holds\nk1,mid,test,grants\n");
    let new = format!("{old}k2,mid,test,\nk2,db,prod,\nk3,db,prod,holds\nk3,core,prod,grants\n");
    let files = [("old.csv", old.as_str()), ("new.csv", new.as_str())];
    let said = text(&files, &["diff", "old.csv", "new.csv"]);
    let lines: Vec<&str> = said.lines().map(str::trim).collect();
    for line in [
        "k2 grants db in prod  (new.csv:5)  (assumed)",
        "k3 grants core in prod  (new.csv:7)",
        "with k2 into db in prod  (new.csv:4, new.csv:5)  (assumed)",
        "with k1 into mid in test  (new.csv:2, new.csv:3)",
        "the way is still there: mid in test is no crown jewel now",
    ] {
        assert!(lines.contains(&line), "{line} in {said}");
    }
    let answer = json(&files, &["diff", "old.csv", "new.csv"]);
    assert_eq!(answer["paths"]["closed"][0]["ends_changed"], json!(["crown_jewel"]));
    assert_eq!(answer["paths"]["opened"][0]["ends_changed"], json!([]));
    let said = text(&files, &["diff", "new.csv", "old.csv"]);
    assert!(said.contains("the way was there before: mid in test is a crown jewel now"), "{said}");
}

#[test]
fn a_difference_says_what_is_assumed_of_the_older_inventory_where_that_differs() {
    let now =
        "credential_id,service,environment,access\nk1,web-dev,dev,holds\nk1,db-prod,prod,grants\n";
    let files = [("names.csv", NAMES), ("now.csv", now)];
    let said = text(&files, &["diff", "names.csv", "now.csv"]);
    let before = "Assumed of the older inventory: rows without access: holds and grants, pivot needs any, an id in \
                  several sources: the same credential, environments read from names: dev and prod";
    assert!(said.contains(before), "{said}");
    let answer = json(&files, &["diff", "names.csv", "now.csv"]);
    assert_eq!(answer["assumptions_before"]["environments_from_names"], json!(["dev", "prod"]));
    assert!(!text(&files, &["diff", "now.csv", "now.csv"]).contains("older inventory"));
}

#[test]
fn tasks_say_what_rests_on_assumption() {
    let rows = "credential_id,service,environment,access\nk1,web,dev,holds\nk1,db,prod,grants\n\
                k2,app,dev,\nk2,pay,prod,\n";
    let files = [("rows.csv", rows)];
    let table = text(&files, &["export", "rows.csv", "--what", "tasks"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|it| it == name).unwrap();
    let found: Vec<(String, String, String)> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cell = |name: &str| row[at(name)].to_owned();
            (cell("credential"), cell("assumed"), cell("held_by"))
        })
        .collect();
    let of = |name: &str| found.iter().find(|(own, ..)| own == name).unwrap().clone();
    let words = |of: [&str; 3]| (of[0].to_owned(), of[1].to_owned(), of[2].to_owned());
    assert_eq!(of("k1"), words(["k1", "no", "web in dev"]));
    let expected = "app in dev (assumed), pay in prod (assumed)";
    let (_, assumed, held_by) = of("k2");
    assert_eq!(
        (assumed.as_str(), held_by.replace(';', ",").replace(",  ", ", ")),
        ("yes", expected.to_owned())
    );
}

#[test]
fn a_new_secret_goes_into_a_holder_that_an_id_alone_joins_by_assumption() {
    let header = "id,service,environment,access\n";
    let (a, b) = (
        format!("{header}k4,db,prod,holds\nk4,core,prod,grants\n"),
        format!("{header}k4,edge,dev,holds\nk4,hub,dev,grants\n"),
    );
    let files = [("a.csv", a.as_str()), ("b.csv", b.as_str())];
    let command = ["rotation", "a.csv", "b.csv", "--from", "edge@dev"];
    let said = text(&files, &command);
    assert!(
        said.contains("db in prod (assumed)") || said.contains("db in prod  (assumed)"),
        "{said}"
    );
    let update = &json(&files, &command)["groups"][0]["update"];
    let of = |name: &str| {
        let found = update.as_array().unwrap().iter().find(|own| own["service"] == name);
        found.unwrap()["assumed"].clone()
    };
    assert_eq!((of("edge"), of("db")), (json!(false), json!(true)));
}
